"""``folkmoot transition watch``: triggers, the next step, and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["transition", "watch", *map(str, words)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The examples that ship."""
    assert run("--templates", tmp_path / "watch").exit_code == 0
    return tmp_path / "watch"


def files(folder: Path) -> tuple[str | Path, ...]:
    observed, steps = folder / "observed.csv", folder / "steps.csv"
    return folder / "framework.toml", "--observed", observed, "--steps", steps


def test_the_examples_are_sound_and_the_next_step_is_told(folder: Path) -> None:
    told = run(*files(folder))

    assert told.exit_code == 0, told.output
    assert "3 items; each area fills 40 cells a year" in told.output
    assert "the condition is breached  ask" in told.output
    assert json.loads(run(*files(folder), "--json").stdout)["triggers"][0]["next_step"] == "ask"


def test_without_findings_there_is_nothing_to_act_on(folder: Path) -> None:
    told = run(folder / "framework.toml")

    assert told.exit_code == 0
    assert "Nothing to act on: no trigger has fired." in told.output
    assert run().exit_code == 2


def test_a_step_ends_when_its_trigger_is_clear_for_two_periods(folder: Path) -> None:
    with (folder / "observed.csv").open("a", encoding="utf-8") as file:
        file.write("A01,3,ledger,,\n")
    told = run(*files(folder))

    assert "'watch' has ended, since its trigger is clear" in told.output
    assert "what came in is not what went out" in told.output


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("steps.csv", ",watch,", ",support,", "'watch' comes before it"),
        ("steps.csv", "register", "", "row 2, column 'evidence': the cell is empty"),
        ("steps.csv", "2033-06-01", "2032-06-01", "its review is not after it"),
        ("observed.csv", "accounts are audited", "league place", "is on no list"),
        ("observed.csv", "condition", "rank", "row 2, column 'kind': 'rank' is not known"),
        ("observed.csv", "condition", "entitlement", "no group of people is named"),
        ("framework.toml", "fields = 40", "fields = 0", "fields"),
        ("framework.toml", 'item = "accounts', 'item = "beds', "is on no list"),
    ],
)
def test_what_is_outside_the_rules_is_refused(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    told = run(*files(folder))

    assert told.exit_code == 1
    assert said in told.output


def test_a_framework_that_asks_for_more_says_so(folder: Path) -> None:
    more = folder / "more.toml"
    text = (folder / "framework.toml").read_text(encoding="utf-8")
    more.write_text(text.replace("returns_a_year = 1", "returns_a_year = 12"), encoding="utf-8")
    told = run(more, "--before", folder / "framework.toml")

    assert told.exit_code == 1
    assert "asks for 480 cells a year" in told.output
