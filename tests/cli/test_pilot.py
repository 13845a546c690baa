"""``folkmoot transition pilot``: the template runs, and its figures agree in every form."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.cli import main


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["transition", "pilot", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def given(tmp_path: Path) -> tuple[str | Path, ...]:
    declared = tmp_path / "pilot.toml"
    assert run("--template", declared)[0] == 0
    return "--declared", declared, "--outcomes", tmp_path / "pilot.csv"


def test_the_template_is_judged_and_labelled(given: tuple[str | Path, ...]) -> None:
    code, told, problem = run(*given)
    assert code == 0, problem
    for words in ("illustration", "interval", "120", "Without one area", "by lot"):
        assert words in told
    assert told == run(*given)[1]


def test_files_hold_what_the_document_says(given: tuple[str | Path, ...], tmp_path: Path) -> None:
    trends, chart = tmp_path / "trends.csv", tmp_path / "trends.svg"
    code, told, _ = run(*given, "--json", "--csv", trends, "--out", chart, "--draws", "100")
    found = json.loads(told)
    with trends.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert code == 0
    told_trend = found["results"][0]["trend"]
    assert [row["year"] for row in rows] == [one["year"] for one in told_trend]
    for row, one in zip(rows, told_trend, strict=True):
        assert abs(float(row["pilot_mean"]) - one["pilot_mean"]) < 1e-4
    assert chart.read_text(encoding="utf-8").count("<polyline") == 2
    assert len(found["comparison_areas"]) == 14
    assert run(*given, "--csv", trends)[0] == 1


def test_both_files_must_be_named_and_a_template_is_not_overwritten(
    given: tuple[str | Path, ...],
) -> None:
    assert run(*given[:2])[0] == 2
    assert run("--template", given[1])[0] == 1
