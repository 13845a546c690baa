"""``folkmoot outcomes evidence`` and ``options``: tables in; what is worth its cost out."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.cli import main
from folkmoot.services.functions import shipped_functions
from folkmoot.services.prevention import read_options


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["outcomes", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert run("options", "--template", tmp_path / "weigh")[0] == 0
    return tmp_path / "weigh"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_packaged_evidence_is_listed_with_its_strength_state_and_source() -> None:
    code, told, problem = run("evidence")
    assert code == 0, problem
    assert "0.44, no interval; ratio" in told
    assert "1, before and after" in told
    assert "to check" in told
    assert "Source: Reform" in told
    assert "No row has that need." in run("evidence", "--need", "nothing like it")[1]


def test_a_table_is_checked_chosen_from_and_written_again(folder: Path, tmp_path: Path) -> None:
    chosen = tmp_path / "falls.csv"
    code, told, _ = run("evidence", folder / "evidence.csv", "--need", "FALLS", "--csv", chosen)
    assert code == 0
    assert "Made up" in told
    assert [row["evidence"] for row in rows(chosen)] == ["falls-visits", "falls-wellbeing"]
    assert run("evidence", chosen)[0] == 0
    found = json.loads(run("evidence", chosen, "--json")[1])
    assert found[0]["price_year"] == {"start": 2025}
    assert run("evidence", chosen, "--template", tmp_path / "x.csv")[0] == 2
    code, _, problem = run("evidence", folder / "values.csv")
    assert code == 1
    assert problem.startswith("Evidence '")


def test_fiscal_and_all_value_stand_apart_and_no_evidence_is_a_row(folder: Path) -> None:
    code, told, problem = run("options", folder)
    assert code == 0, problem
    assert told.startswith("Made up")
    fiscal, public = told.split("By public value: fiscal, economic and social value together")
    assert "By fiscal value" in fiscal
    for part in (fiscal, public):
        assert "no evidence of unplanned admission" in part
        assert "None of them" in part
    assert "3 of 5" in fiscal  # wellbeing, of strength 2, has no fiscal value
    assert "2 of 5" in public
    assert "prices of 2025-26" in told
    assert "another 5% is taken off here" in told


def test_files_hold_what_the_summary_says(folder: Path, tmp_path: Path) -> None:
    table, flows, chart = tmp_path / "o.csv", tmp_path / "f.csv", tmp_path / "o.svg"
    given = ("options", folder, "--draws", "500", "--seed", "3")
    assert run(*given, "--csv", table, "--flows", flows, "--out", chart)[0] == 0
    found = json.loads(run(*given, "--json")[1])
    assert found["is_made_up"] is True
    told = [one for name in ("fiscal", "public") for one in found["accounts"][name]["options"]]
    for row, one in zip(rows(table), told, strict=True):
        assert row["net_pence"] == ("" if one["net_pence"] is None else str(one["net_pence"]))
    assert [row["option"] for row in rows(table)].count("none of them") == 2
    assert len(rows(flows)) == len(found["flows"])
    drawn = chart.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "Made up" in drawn
    assert "<desc" in drawn
    assert run(*given, "--json") == run(*given, "--json")  # the same seed, the same answer
    assert run(*given, "--csv", table)[0] == 1


def test_who_pays_and_gains_is_written_as_services_prevention_reads_it(
    folder: Path, tmp_path: Path
) -> None:
    table = tmp_path / "prevention.csv"
    assert run("options", folder, "--prevention", table)[0] == 0
    read = read_options(table, [one.code for one in shipped_functions().functions])
    assert {one.name for one in read} == {
        "Work coaches in clinics", "Home visits after a fall", "Warm homes",
    }  # fmt: skip
    assert all(one.is_made_up for one in read)
    coaches = next(one for one in read if one.name == "Work coaches in clinics")
    cost = sum(one.pence for one in coaches.sums if one.side == "cost")
    assert cost == 338_800_000


def test_a_folder_is_named_or_written_and_nothing_else_is_replaced(
    folder: Path, tmp_path: Path
) -> None:
    assert run("options")[0] == 2
    assert run("options", "--template", folder)[0] == 1
    assert run("options", "--template", folder, "--force")[0] == 0
    (folder / "mine.txt").write_text("kept", encoding="utf-8")
    assert run("options", "--template", folder, "--force")[0] == 1
    assert (folder / "mine.txt").exists()
    code, _, problem = run("options", tmp_path)
    assert code == 1
    assert "evidence.csv: the file is not there" in problem
