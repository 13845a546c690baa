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
    on_time = {kind: one for kind, one in found["progress"].items() if kind != "gates"}
    assert set(on_time) == {"functions", "residents", "money", "bodies"}
    assert {one["variance_months"] for one in on_time.values()} == {0}
    assert found["progress"]["functions"]["index"] == 1
    assert found["progress"]["bodies"]["earned_value"] == 1
    assert found["progress"]["gates"]["index"] == 1  # a gate is passed where functions vested
    assert found["returned"] == found["replan"]["moved"] == []
    assert found["replan"]["new_end"] == found["replan"]["first_end"] == "2042-04-01"


def change(path: Path, task: str, **cells: str) -> None:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    small_country.write_csv(path, [row | (cells if row["task"] == task else {}) for row in rows])


def vesting(path: Path, group: str) -> str:
    with path.open(newline="") as file:
        return next(
            row["task"] for row in csv.DictReader(file) if row["task"].startswith(f"vest-{group}-")
        )


def test_what_went_back_to_the_centre_is_flagged_and_planned_again(
    plan: Path, tmp_path: Path
) -> None:
    done, again = filled(plan, tmp_path / "done.csv", "2034-06-01"), tmp_path / "again.csv"
    task = vesting(done, "skills")
    change(done, task, returned_on="2033-09-01")
    words = ("--day", "2034-06-01", "--done", done)
    found = json.loads(look(plan, *words, "--replan", again, "--json").stdout)
    told = look(plan, *words).output

    assert [(one["task"], one["returned_on"]) for one in found["returned"]] == [
        (task, "2033-09-01")
    ]
    assert found["progress"]["functions"]["index"] < 1
    assert "Returned to the centre, and no longer earned:" in told
    assert {"task": task, "planned": "2031-04-01", "again": "2035-04-01", "months": 48} in (
        found["replan"]["moved"]
    )
    with again.open(newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["task"] == task)
    assert (row["planned"], row["again"], row["months_later"]) == (
        *("2031-04-01", "2035-04-01", "48"),
    )


def test_a_late_step_moves_the_end_and_the_first_plan_stands_beside(
    plan: Path, tmp_path: Path
) -> None:
    done = filled(plan, tmp_path / "done.csv", "2030-06-01")
    change(done, "prepare-skills", months_left="30")
    told = look(plan, "--day", "2032-06-01", "--done", done)

    assert told.exit_code == 0, told.output
    assert "planned again from 2032-06-01 beside the first plan" in told.output
    assert "First plan" in told.output
    assert "2042-04-01" in told.output
    assert "2044-04-01" in told.output


def test_a_gate_counts_while_it_is_open(plan: Path, tmp_path: Path) -> None:
    body = f"body-{vesting(filled(plan, tmp_path / 'd.csv', '2030-06-01'), 'skills')[12:]}"
    rows = [
        f"{body},{theme},Advanced,auditor,report,2030-01-01,36,\n"
        for theme in ("strategy", "people", "finance", "reporting")
    ]
    path = tmp_path / "assessments.csv"
    path.write_text(
        "body,theme,level,assessor,evidence,assessed_on,valid_months,function_group\n"
        + "".join(rows)
    )
    earned = [
        json.loads(look(plan, "--day", day, "--assessments", path, "--json").stdout)["progress"][
            "gates"
        ]["earned_value"]
        for day in ("2029-12-31", "2030-06-01", "2033-01-01")
    ]

    assert earned[0] == earned[2] == 0
    assert earned[1] > 0


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


def test_what_cannot_have_gone_back_is_refused(plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "done.csv"
    task = vesting(filled(plan, tmp_path / "all.csv", "2034-06-01"), "skills")
    path.write_text(
        "task,done_on,returned_on,months_left\nlaw,2028-10-01,2029-01-01,\n"
        f"{task},2031-04-01,2031-04-01,\nform-x,,,soon\n"
    )
    told = look(plan, "--day", "2034-06-01", "--done", path)

    assert told.exit_code == 1
    for said in (
        "row 2, column 'returned_on': only functions that have vested can go back.",
        "row 3, column 'returned_on': they go back on 2031-04-01, and have not vested before.",
        "row 4, column 'months_left': 'soon' months are not left of this step.",
    ):
        assert said in told.output
