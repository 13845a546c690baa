"""``folkmoot transition progress`` on a plan of the small country."""

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country

from folkmoot.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    country = small_country.write(tmp_path_factory.mktemp("country"))
    criteria = small_country.write_criteria(country, small_country.CRITERIA)
    out = country / "plan"
    made = run(
        *("plan", "--places", country, "--criteria", criteria, "--effort", "quick", "--out", out)
    )
    assert made.exit_code == 0, made.output
    return out


def look(plan: Path, *words: str | Path) -> Result:
    return run("transition", "progress", plan, *words)


def filled(plan: Path, path: Path, until: str) -> Path:
    """The table of steps, those that should be done by a day done on the day planned."""
    assert look(plan, "--day", until, "--template", path).exit_code == 0
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["done_on"] = row["planned_last_day"] if row["planned_last_day"] <= until else ""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_plan_that_is_kept_is_on_time(plan: Path, tmp_path: Path) -> None:
    done = filled(plan, tmp_path / "done.csv", "2034-06-01")
    found = json.loads(look(plan, "--day", "2034-06-01", "--done", done, "--json").stdout)

    assert found["late"] == []
    assert {one["variance_months"] for one in found["progress"].values()} == {0}
    assert found["progress"]["functions"]["index"] == 1


def test_what_is_late_is_split_by_whose_it_is(plan: Path, tmp_path: Path) -> None:
    done = filled(plan, tmp_path / "done.csv", "2030-06-01")
    told = look(plan, "--day", "2032-06-01", "--done", done)

    assert told.exit_code == 0, told.output
    assert "Late steps of the centre's own: 2" in told.output
    assert "Map contracts, staff and data for skills" in told.output


def test_without_a_table_it_says_how_to_write_one(plan: Path) -> None:
    told = look(plan, "--day", "2034-06-01")

    assert told.exit_code == 0
    assert "nothing counts as earned" in told.output
    assert "--template done.csv" in told.output


def test_the_curve_is_drawn(plan: Path, tmp_path: Path) -> None:
    done = filled(plan, tmp_path / "done.csv", "2034-06-01")
    svg = tmp_path / "curve.svg"
    look(plan, "--day", "2034-06-01", "--done", done, "--svg", svg)

    words = " ".join(ET.fromstring(svg.read_text()).itertext())  # noqa: S314 - our own text
    assert "planned 100%" in words
    assert "earned" in words


def test_every_fault_of_the_table_is_told_with_its_row(plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "done.csv"
    path.write_text("task,done_on\nlaw,2028-13-01\nlav,2028-10-01\nlaw,2028-10-01\n")
    told = look(plan, "--day", "2034-06-01", "--done", path)

    assert told.exit_code == 1
    for said in (
        *("row 2, column 'done_on'", "row 3, column 'task'", "Did you mean 'law'?"),
        "law stands already in row 2",
    ):
        assert said in told.output
