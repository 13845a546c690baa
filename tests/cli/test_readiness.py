"""``folkmoot transition readiness``: gates, shortfalls in words, and what to enter."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import main

HEADER = "body,theme,level,assessor,evidence,assessed_on,valid_months,function_group\n"
THEMES = ("strategy", "people", "finance", "reporting")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["transition", "readiness", *map(str, words)])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A body that is at Core in three themes and Developing in one."""
    path = tmp_path / "assessments.csv"
    levels = zip(THEMES, ("Core", "3", "Core", "Developing"), strict=True)
    rows = (f"body-A01,{theme},{level},auditor,report,2030-12-01,,\n" for theme, level in levels)
    path.write_text(HEADER + "".join(rows))
    return path


def test_shortfalls_are_told_in_words(table: Path) -> None:
    told = run("--assessments", table)

    assert told.exit_code == 0, told.output
    assert "On 2030-12-01:" in told.output
    assert "reporting and evaluation is Developing and must be Core." in told.output
    assert "0 of 6 gates are open." in told.output


def test_the_third_deferral_is_named(table: Path) -> None:
    told = run("--assessments", table, "--day", "2033-05-01")

    assert "body-A01, skills: deferral 3. The Devolution Unit asks why" in told.output


def test_json_and_drawing_say_the_same(table: Path, tmp_path: Path) -> None:
    svg = tmp_path / "gates.svg"
    found = json.loads(run("--assessments", table, "--json", "--svg", svg).stdout)

    drawn = "".join(ElementTree.fromstring(svg.read_text()).itertext())
    assert [one["group"] for one in found][0] == "skills"
    for one in found:
        year = one["vests_on"][:4]
        assert f"{len(one['shortfalls'])} short, {year}" in drawn


def test_without_assessments_it_says_what_to_enter() -> None:
    told = run()

    assert told.exit_code == 0
    assert "Nobody has been assessed yet" in told.output
    assert "--template" in told.output


def test_a_template_left_blank_is_no_assessment(tmp_path: Path) -> None:
    path = tmp_path / "blank.csv"
    path.write_text(HEADER + "body-A01,strategy,,,,,,\n")

    assert "Nobody has been assessed yet" in run("--assessments", path).output


def test_every_fault_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        HEADER
        + "body-A01,strategy,Cor,auditor,report,2030-13-01,,\n"
        + "body-A01,people,Core,body-A01,report,2030-12-01,,\n"
    )
    told = run("--assessments", path)

    assert told.exit_code == 1
    for said in ("row 2, column 'level'", "row 2, column 'assessed_on'", "row 3, column 'assessor'"):
        assert said in told.output
