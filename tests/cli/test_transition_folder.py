"""``folkmoot transition check`` and ``contracts``: every fault of every table, in one message."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country

from folkmoot.cli import main
from folkmoot.transition.inputs import TABLES


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["transition", *map(str, words)])


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The examples that ship, as a folder."""
    folder = tmp_path / "tables"
    assert run("check", "--templates", folder).exit_code == 0
    return folder


@pytest.fixture
def given(tmp_path: Path) -> tuple[str | Path, ...]:
    """The small country and a plan of three areas, as options."""
    country = small_country.write(tmp_path / "country")
    plan = tmp_path / "areas.csv"
    pairs = zip(small_country.CODES, "xxxyyyzzz", strict=True)
    plan.write_text("block,area\n" + "".join(f"{b},{a}\n" for b, a in pairs), encoding="utf-8")
    criteria = small_country.write_criteria(tmp_path)
    return "--areas", plan, "--places", country, "--criteria", criteria


def change(folder: Path, name: str, **cells: str) -> None:
    """Change cells of the one row of a table."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    small_country.write_csv(path, [rows[0] | cells])


def test_the_examples_are_sound(templates: Path) -> None:
    told = run("check", templates)

    assert told.exit_code == 0, told.output
    assert told.output.startswith("No fault in bodies.csv, leaders.csv")
    assert json.loads(run("check", templates, "--json").stdout)["contracts"] == 1
    assert {path.stem for path in templates.iterdir()} == set(TABLES)


def test_every_fault_of_every_table_is_told_with_its_row(templates: Path) -> None:
    change(templates, "bodies", kind="combined_authority")
    change(templates, "leaders", first_day="April")
    change(templates, "tasks", after="law")
    change(templates, "contracts", remaining="2031/33=5", severable="perhaps")
    change(templates, "staff", functions="adult-skills=most")
    change(templates, "assessments", level="Cor")
    change(templates, "elections", every="0")
    told = run("check", templates)

    assert told.exit_code == 1
    for said in (
        "bodies.csv, row 2, column 'constituents': A combined authority has two councils",
        "leaders.csv, row 2, column 'first_day': 'April' is not a day",
        "tasks.csv, row 2, column 'task': 'form': it waits for 'law', which is no task",
        "contracts.csv, row 2, column 'remaining': '2031/33' is not a financial year",
        "staff.csv, row 2, column 'functions': 'adult-skills=most' has no whole number",
        "assessments.csv, row 2, column 'level': 'Cor' is not known. Did you mean 'Core'?",
        "elections.csv, row 2, column 'every': '0' is not a whole number, 1 or more",
    ):
        assert said in told.output


@pytest.mark.parametrize(
    ("table", "cells", "said"),
    [
        ("leaders", {"last_day": "2031-03-31"}, "'cornwall' has no leader from 2031-04-01 on"),
        ("leaders", {"body": "devon"}, "leaders.csv, row 2, column 'body': 'devon' is no body"),
        ("portfolios", {"programmes": "probation"}, "'adult-skills' of 'cornwall' is in no port"),
        ("portfolios", {"programmes": "adult-skils"}, "Did you mean 'adult-skills'?"),
        ("bodies", {"blocks": "E9", "constituents": "E9"}, "E9 are no blocks"),
    ],
)
def test_what_does_not_fit_together_is_told(
    templates: Path, table: str, cells: dict[str, str], said: str
) -> None:
    change(templates, table, **cells)
    told = run("check", templates)

    assert told.exit_code == 1
    assert said in told.output


def test_tasks_in_a_loop_are_told_with_the_loop(templates: Path) -> None:
    change(templates, "tasks", after="form")
    told = run("check", templates)

    assert told.exit_code == 1
    assert "tasks.csv, row 2, column 'after': Task 'form' waits for 'form'" in told.output


def test_the_bodies_of_a_whole_country_cover_it(templates: Path) -> None:
    told = run("check", templates, "--whole")

    assert told.exit_code == 1
    assert "and 290 more is in no body" in told.output


def test_successions_are_tried_on_the_register_of_a_plan(
    templates: Path, given: tuple[str | Path, ...]
) -> None:
    for table in TABLES:
        if table != "successions":
            (templates / f"{table}.csv").unlink()
    block = small_country.CODES[0]
    change(templates, "successions", blocks=block, to_body="body-x", vesting_day="2031-04-02")
    told = run("check", templates, *given)
    assert told.exit_code == 1
    assert "successions.csv, row 2" in told.output
    assert "2031-04-02 is not the first of a financial year" in told.output

    assert "Name the joint arrangement" in told.output
    change(templates, "successions", vesting_day="2031-04-01", together="x; y")
    told = run("check", templates, *given)
    assert told.exit_code == 0, told.output


def test_a_folder_without_tables_says_how_to_begin_one(tmp_path: Path) -> None:
    told = run("check", tmp_path)

    assert told.exit_code == 1
    assert "'folkmoot transition check --templates DIR' writes an example of each" in told.output
    assert run("check").exit_code == 2


def test_contracts_are_disposed_of_and_add_up(
    given: tuple[str | Path, ...], tmp_path: Path
) -> None:
    path, out = tmp_path / "contracts.csv", tmp_path / "parts.csv"
    assert run("contracts", "--template", path).exit_code == 0
    blocks = "; ".join(small_country.CODES[2:4])
    change(tmp_path, "contracts", blocks=blocks, functions="apprenticeships", last_day="2040-03-31")
    told = run("contracts", path, *given, "--out", out)

    assert told.exit_code == 0, told.output
    assert "splits" in told.output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["body"] for row in rows} == {"body-x", "body-y"}
    assert sum(int(row["pence"]) for row in rows) == 2_000_000
    found = json.loads(run("contracts", path, *given, "--json").stdout)
    assert len(found) == len(rows)


def test_contracts_with_faults_are_refused_with_all_of_them(
    given: tuple[str | Path, ...], tmp_path: Path
) -> None:
    path = tmp_path / "contracts.csv"
    run("contracts", "--template", path)
    change(tmp_path, "contracts", last_day="2020-01-01", remaining="2031-32=-5")
    told = run("contracts", path, *given)

    assert told.exit_code == 1
    assert "has 2 faults" in told.output
