"""``folkmoot transition readiness``: the matrix, its shortfalls, and its empty state."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from folkmoot.cli import main

PILOTS = "function_group,pilot,result,decided_on,decider,evidence\n"
HEADER = "body,theme,level,assessor,evidence,assessed_on,valid_months,function_group\n"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["transition", "readiness", *map(str, words)])


def table(folder: Path, *levels: str, assessor: str = "auditor") -> Path:
    path = folder / "assessments.csv"
    themes = ("strategy", "people", "finance", "reporting")
    rows = [
        f"body-A01,{theme},{level},{assessor},report,2035-01-01,,\n"
        for theme, level in zip(themes, levels, strict=False)
    ]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def test_shortfalls_are_told_in_words_and_as_json(tmp_path: Path) -> None:
    path = table(tmp_path, "Core", "Core", "3", "Developing")
    told = run("--assessments", path, "--day", "2035-02-01")

    assert told.exit_code == 0, told.output
    assert (
        "hospital waits, until 2040-04-01 at least: finance Core, needs Advanced; " in told.output
    )
    assert "This is deferral 4: the Devolution Unit asks why" in told.output
    assert "0 of 6 gates are open" in told.output
    found = json.loads(run("--assessments", path, "--json").output)
    hospital = next(one for one in found if one["group"] == "hospital")
    assert [lack["theme"] for lack in hospital["shortfalls"]] == ["finance", "reporting"]


def test_the_matrix_is_drawn(tmp_path: Path) -> None:
    svg = tmp_path / "gates.svg"
    told = run("--assessments", table(tmp_path, *["Advanced"] * 4), "--svg", svg)

    assert told.exit_code == 0
    assert "6 of 6 gates are open" in told.output
    assert svg.read_text(encoding="utf-8").count("<rect") == 6


def test_without_assessments_it_says_what_to_enter_and_writes_a_table_for_it(
    tmp_path: Path,
) -> None:
    told = run()
    assert told.exit_code == 0
    assert "Nobody has been assessed yet" in told.output
    assert "Core, Advanced in finance" in told.output

    blank = tmp_path / "assessments.csv"
    assert run("--template", blank).exit_code == 0
    assert run("--assessments", blank).exit_code == 0


def test_every_fault_of_the_table_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "assessments.csv"
    path.write_text(
        HEADER
        + "body-A01,luck,Core,auditor,report,2035-01-01,,\n"
        + "body-A01,people,Cor,auditor,report,soon,,\n"
        + "body-A01,people,Core,body-A01,report,2035-01-01,,\n",
        encoding="utf-8",
    )
    told = run("--assessments", path)

    assert told.exit_code == 1
    assert "has 4 faults" in told.output
    assert "row 2: " not in told.output
    assert "assessments.csv, row 2, column 'theme': 'luck' is no theme." in told.output
    assert "row 3, column 'level': 'Cor' is not known. Did you mean 'Core'?" in told.output
    assert "row 3, column 'assessed_on': 'soon' is not a day." in told.output
    assert "row 4, column 'assessor': 'body-A01' assesses itself." in told.output


def test_bodies_that_assess_themselves_are_refused(tmp_path: Path) -> None:
    told = run("--assessments", table(tmp_path, "Core", assessor="body-A01"))

    assert told.exit_code == 1
    assert "Nobody judges their own readiness." in told.output


def test_a_template_that_nobody_has_filled_in_is_no_assessment(tmp_path: Path) -> None:
    path = tmp_path / "blank.csv"
    path.write_text(HEADER + "body-A01,strategy,,,,,,\n")

    assert "Nobody has been assessed yet" in run("--assessments", path).output


def test_a_gate_that_asks_for_a_pilot_says_what_is_missing_and_opens_on_its_result(
    tmp_path: Path,
) -> None:
    given = ("--assessments", table(tmp_path, *["Advanced"] * 4), "--needs-pilot", "hospital")
    told = run(*given)
    assert told.exit_code == 0, told.output
    assert "hospital waits, until 2040-04-01 at least: pilot without a result, needs shown." in (
        told.output
    )
    assert "its result is entered in pilots.csv" in told.output
    assert "5 of 6 gates are open" in told.output

    pilots = tmp_path / "pilots.csv"
    row = "hospital,Three areas,shown,2034-06-01,the Devolution Unit,report"
    pilots.write_text(f"{PILOTS}{row}\n", encoding="utf-8")
    assert "6 of 6 gates are open" in run(*given, "--pilots", pilots).output


def test_every_fault_of_a_table_of_pilots_is_told_with_its_row(tmp_path: Path) -> None:
    pilots = tmp_path / "pilots.csv"
    pilots.write_text(
        f"{PILOTS}weather,Three areas,shown,2034-06-01,the Devolution Unit,report\n"
        "hospital,,maybe,soon,,report\n",
        encoding="utf-8",
    )
    told = run("--pilots", pilots)

    assert told.exit_code == 1
    for said in (
        "pilots.csv, row 2, column 'function_group': 'weather' is no group of functions.",
        "pilots.csv, row 3, column 'pilot': the cell is empty.",
        "pilots.csv, row 3, column 'result': 'maybe' is not known.",
        "pilots.csv, row 3, column 'decided_on': 'soon' is not a day.",
        "opens only on one that anyone can check",
    ):
        assert said in told.output
