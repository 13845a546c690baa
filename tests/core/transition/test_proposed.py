"""The draft of every body is sound as a whole, and each thing left out of it is a named fault."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country

from folkmoot.cli import main


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    country = small_country.write(tmp_path_factory.mktemp("country"))
    criteria = small_country.write_criteria(country, small_country.CRITERIA)
    plan = country / "plan"
    words = ("plan", "--places", country, "--criteria", criteria, "--effort", "quick")
    told = CliRunner().invoke(main, [*map(str, words), "--out", str(plan)])
    assert told.exit_code == 0, told.output
    return country, criteria, plan


@pytest.fixture
def folder(made: tuple[Path, Path, Path], tmp_path: Path) -> Path:
    """The tables of a transition that a plan drafts, to be changed."""
    for name in ("bodies", "leaders", "portfolios", "successions"):
        (tmp_path / f"{name}.csv").write_bytes((made[2] / f"{name}.csv").read_bytes())
    return tmp_path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check(folder: Path, made: tuple[Path, Path, Path]) -> Result:
    country, criteria, plan = made
    words = ("transition", "check", folder, "--whole", "--areas", plan)
    return CliRunner().invoke(
        main, [*map(str, words), "--places", str(country), "--criteria", str(criteria)]
    )


def test_the_draft_of_a_plan_has_no_fault(made: tuple[Path, Path, Path], folder: Path) -> None:
    told = check(folder, made)

    assert told.exit_code == 0, told.output
    assert "No fault in bodies.csv, leaders.csv, portfolios.csv, successions.csv" in told.output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("leaders", "has no leader"),
        ("portfolios", "is in no portfolio"),
        ("bodies", "is in no body"),
    ],
)
def test_what_is_left_out_is_the_fault_that_is_named(
    made: tuple[Path, Path, Path], folder: Path, name: str, said: str
) -> None:
    path = folder / f"{name}.csv"
    rows = read(path)
    small_country.write_csv(path, rows[1:])
    told = check(folder, made)

    assert told.exit_code == 1
    assert said in told.output


def test_settlements_after_a_bridge_start_at_the_lag_aimed_at(
    made: tuple[Path, Path, Path],
) -> None:
    rows = read(made[2] / "settlement_starts.csv")
    bridged = [row for row in rows if row["bridge_years"] != "0"]

    assert {row["lag_years"] for row in bridged} == {"1"}
    assert {row["is_aligned"] for row in bridged} == {"yes"}
    assert {row["is_aligned"] for row in rows if row["settlement_years"] == "5"} == {"no"}
