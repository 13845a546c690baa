"""``folkmoot services prevention``: a table of options in; who pays and who gains out."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import small_country

from folkmoot.cli import main


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["services", "prevention", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def given(tmp_path: Path) -> tuple[str | Path, ...]:
    criteria = small_country.write_criteria(tmp_path)
    package = small_country.write(tmp_path / "country")
    areas, table = tmp_path / "areas.csv", tmp_path / "options.csv"
    rows = [f"{code},A0{n // 3 + 1}" for n, code in enumerate(small_country.CODES)]
    areas.write_text("block,area\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert run("--template", table)[0] == 0
    return "--options", table, "--areas", areas, "--places", package, "--criteria", criteria


def test_the_template_shows_who_pays_and_gains_and_is_labelled(
    given: tuple[str | Path, ...],
) -> None:
    code, told, problem = run(*given)
    assert code == 0, problem
    assert told.startswith("Made up")
    assert "Nobody holds the function that would pay to prevent: Cold homes." in told
    assert "Treatment on release, after:" in told


def test_files_hold_what_the_summary_sums(given: tuple[str | Path, ...], tmp_path: Path) -> None:
    table, chart = tmp_path / "pockets.csv", tmp_path / "pockets.svg"
    assert run(*given, "--csv", table, "--out", chart)[0] == 0
    found = json.loads(run(*given, "--json")[1])
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for option in found["options"]:
        for period in ("before", "after"):
            for side in ("cost", "value"):
                told = sum(
                    int(row[side])
                    for row in rows
                    if (row["option"], row["period"]) == (option["option"], period)
                )
                assert told == option[period][side]
    assert chart.read_text(encoding="utf-8").startswith("<svg")
    assert run(*given, "--csv", table)[0] == 1


def test_a_plan_and_a_table_must_be_named(given: tuple[str | Path, ...]) -> None:
    assert run()[0] == 2
    assert run(*given[:2])[0] == 2
    assert run("--template", given[1], "--options", given[1])[0] == 2
    assert run("--template", given[1])[0] == 1
