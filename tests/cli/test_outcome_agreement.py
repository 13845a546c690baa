"""``folkmoot outcomes agreement``: targets and floors in, where each stands out."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.cli import main


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["outcomes", "agreement", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "agreement"
    assert run("--template", found)[0] == 0
    return found


def test_the_template_shows_where_each_outcome_stands(folder: Path, tmp_path: Path) -> None:
    table, low, chart = (tmp_path / name for name in ("a.csv", "b.csv", "c.svg"))

    code, told, problem = run(folder, "--csv", table, "--beneath", low, "--svg", chart)

    assert code == 0, problem
    assert told.startswith("Made up")
    assert "1 met, 3 on course, 1 off course, 1 cannot tell." in told
    assert "the series has 2 of the 3 points that are needed" in told
    assert "2 of 3 blocks beneath the floor" in told
    assert "E06000002: 78.9, floor 80, though chance could be why" in told
    with low.open(encoding="utf-8", newline="") as file:
        assert [row["block"] for row in csv.DictReader(file)] == ["E06000003", "E06000002"]
    drawn = chart.read_text(encoding="utf-8")
    assert "off course" in drawn
    assert drawn.startswith("<svg")
    assert "made-up" in run("--template", folder, "--force")[1]


def test_machines_get_every_review(folder: Path) -> None:
    told = json.loads(run(folder, "--json")[1])

    assert told["method"]["code"] == "O17"
    assert {row["state"] for row in told["standings"]} == {
        "met", "on course", "off course", "cannot tell",
    }  # fmt: skip
    assert told["tested"] == {"Seen by a general practice within a fortnight": 3}


def test_the_centre_cannot_ask_for_more_than_twelve_outcomes(folder: Path) -> None:
    header, first, *_ = (folder / "targets.csv").read_text(encoding="utf-8").splitlines()
    rows = [first.replace("Adults in work", f"Outcome {n}") for n in range(13)]
    (folder / "targets.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")

    code, _, problem = run(folder)

    assert code == 1
    assert "lists 13 high-level outcomes, and 12 is the most" in problem


def test_figures_come_from_the_package_where_no_table_is_given(folder: Path) -> None:
    columns = "indicator,level,better,area,kind,baseline,baseline_period,aim,by,source,state\n"
    row = "cigarette-smokers,outcome,lower,E06000001,reach,20,2012,5,2030,a paper,seen\n"
    floors = "indicator,better,floor,source,state\ncigarette-smokers,lower,15,a paper,seen\n"
    (folder / "targets.csv").write_text(columns + row, encoding="utf-8")
    (folder / "entitlements.csv").write_text(floors, encoding="utf-8")
    (folder / "values.csv").unlink()
    (folder / "blocks.csv").unlink()

    code, told, problem = run(folder)

    assert code == 0, problem
    assert "blocks beneath the floor" in told
    assert "Made up" not in told


def test_wrong_usage_is_told(folder: Path, tmp_path: Path) -> None:
    assert run()[0] == 2
    assert run(folder, "--template", tmp_path / "x")[0] == 2
    assert run(folder, "--plan", tmp_path)[0] == 2
    (folder / "targets.csv").unlink()
    assert "targets.csv: the file is not there" in run(folder)[2]
