"""``folkmoot compare`` on two plans of the small country."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country

from folkmoot.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Plans of three and of two areas."""
    base = tmp_path_factory.mktemp("plans")
    country = small_country.write(base / "country")
    criteria = small_country.write_criteria(
        country, small_country.CRITERIA.replace("max = 400000", "max = 600000")
    )
    for areas in ("3", "2"):
        made = run(
            *("plan", "--places", country, "--criteria", criteria, "--areas", areas),
            *("--effort", "quick", "--out", base / areas),
        )
        assert made.exit_code == 0, made.output
    return base / "3", base / "2"


def test_what_changed_is_told_with_who_gains_and_loses(plans: tuple[Path, Path]) -> None:
    told = run("compare", *plans)

    assert told.exit_code == 0, told.output
    assert "3 commissioning areas" in told.output
    assert "blocks move, with" in told.output
    assert "F goes from" in told.output
    assert "£0.00, as the totals" in told.output
    assert "No date moves." in told.output


def test_every_block_is_written_and_adds_up(plans: tuple[Path, Path], tmp_path: Path) -> None:
    out, page = tmp_path / "blocks.csv", tmp_path / "compared.html"
    result = run("compare", *plans, "--blocks", out, "--out", page, "--json")
    told = json.loads(result.stdout)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == 9
    assert sum(int(row["change_pence"]) for row in rows) == sum(
        one["second_pence"] - one["first_pence"]
        for one in told["grants"]
        if one["year"] == told["year"]
    )
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert "<script" not in html
    assert 'aria-labelledby="terms-title"' in html


def test_a_plan_beside_itself_differs_in_nothing(plans: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "same.html"
    told = run("compare", plans[0], plans[0], "--out", page)

    assert told.exit_code == 0
    assert "Nothing differs." in told.output
    assert "Nothing differs." in page.read_text(encoding="utf-8")


def test_a_folder_that_is_no_plan_is_refused_in_a_sentence(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    told = run("compare", plans[0], tmp_path)

    assert told.exit_code == 1
    assert "Name a folder that 'folkmoot plan' wrote." in told.output
