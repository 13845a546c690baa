"""Virement, outcome share, vesting, boundary and whole grants: what they write and refuse."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country
from tests.core.funding.funded_country import need_tables

from folkmoot.cli import main
from folkmoot.funding.settlement_ledger import LEDGER_COLUMNS

FORMULA = """
[formula]
virement_ratio = "0.1"
[stream.skills]
outcome_share = "0.1"
[stream.skills.outcome_weights]
work = "0.5"
wages = "0.5"
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["funding", *map(str, arguments)])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return small_country.write(tmp_path / "package", need_tables())


@pytest.fixture
def settled(tmp_path: Path, package: Path) -> Path:
    areas, formula, out = (tmp_path / name for name in ("areas.csv", "mine.toml", "settlement"))
    areas.write_text(placed("NNNMMMSSS"), encoding="utf-8")
    formula.write_text(FORMULA, encoding="utf-8")
    asked = ("settle", "--areas", areas, "--places", package, "--formula", formula)
    result = run(*asked, "--years", "2", "--out", out)
    assert result.exit_code == 0, result.output
    return out


def placed(areas: str) -> str:
    pairs = zip("abcdefghi", areas, strict=True)
    return "block,area\n" + "".join(f"{block},{area}\n" for block, area in pairs)


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def moves(tmp_path: Path) -> Path:
    return table(
        tmp_path / "moves.csv",
        "area,year,from_stream,to_stream,pence,decider,reason",
        "N,2026-27,health,skills,1200,Cabinet of N,colleges train nurses",
        "N,2026-27,skills,employment,200,Cabinet of N,work coaches",
    )


def test_virement_writes_balanced_lines_and_shows_each_grant(
    settled: Path, package: Path, moves: Path, tmp_path: Path
) -> None:
    asked = ("virement", "--settlement", settled, "--places", package, "--moves", moves)
    out = tmp_path / "virements.csv"
    shown = run(*asked, "--out", out)
    written = rows(out)
    told = json.loads(run(*asked, "--json").stdout)

    assert shown.exit_code == 0, shown.output
    assert tuple(written[0]) == LEDGER_COLUMNS
    assert [one["pence"] for one in written] == ["200", "1200", "200", "1200"]
    assert [one["moved_pence"] for one in told["rows"]] == [200, -1200, 1000]
    assert all(
        row["after_pence"] == row["grant_pence"] + row["moved_pence"] for row in told["rows"]
    )
    assert "£10.00" in shown.output
    assert "modelled baseline, not actual spending." in shown.output


def test_every_fault_of_a_table_of_moves_is_listed(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    bad = table(
        tmp_path / "bad.csv",
        "area,year,from_stream,to_stream,pence,decider,reason",
        "X,2026-27,health,skills,5,Cabinet,y",
        "N,2036-37,helth,skills,-5,,y",
        "N,2026-27,health,skills,9000000000000000,Cabinet,y",
        "M,2026-27,health,health,5,Cabinet,y",
    )
    out = tmp_path / "out.csv"
    asked = ("virement", "--settlement", settled, "--places", package, "--moves", bad)
    result = run(*asked, "--out", out)

    assert result.exit_code == 1
    for said in (
        "Table of decisions",
        "has 7 faults",
        "row 2, column 'area': 'X' is not known in the settlement.",
        "row 3, column 'pence': '-5' is not a whole number.",
        "row 3, column 'decider': the cell is empty.",
        "row 3, column 'year': '2036-37' is no year of the settlement.",
        "row 3, column 'from_stream': 'helth' is not known in the settlement.",
        "row 4, column 'pence': £90,000,000,000,000.00 cannot leave 'health' of N",
        "row 5, column 'pence': £0.05 cannot leave 'health' of M: it would stay",
    ):
        assert said in result.output
    assert not out.exists()


def test_a_table_without_its_columns_is_refused(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    bare = table(tmp_path / "bare.csv", "area,pence", "N,5")
    asked = ("--settlement", settled, "--places", package)
    result = run("virement", *asked, "--moves", bare)
    missing = run("vesting", *asked, "--days", tmp_path / "none.csv")

    assert (result.exit_code, missing.exit_code) == (1, 1)
    assert "the column 'from_stream' is missing." in result.output
    assert "the file is not there." in missing.output


def test_outcome_share_releases_by_weight_and_leaves_the_rest_in_the_stream(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    attained = table(
        tmp_path / "attained.csv",
        "area,stream,year,measure,attained",
        ",skills,2026-27,work,1",
        "N,skills,2026-27,wages,1/2",
    )
    asked = ("outcome-share", "--settlement", settled, "--places", package, "--attained", attained)
    told = json.loads(run(*asked, "--json").stdout)
    by_key = {(row["area"], row["year"]): row for row in told["rows"]}
    of_n, of_m = by_key["N", "2026-27"], by_key["M", "2026-27"]

    assert of_n["released_pence"] == of_n["at_risk_pence"] * 3 // 4
    assert of_n["pending_pence"] == 0
    assert of_m["stability_pot_pence"] == 0
    assert by_key["N", "2027-28"]["pending_pence"] == by_key["N", "2027-28"]["at_risk_pence"]
    assert {one["cause"] for one in told["entries"]} == {"outcome reached", "outcome missed"}
    assert sum(one["pence"] for one in told["entries"]) == sum(
        row["released_pence"] + row["stability_pot_pence"] for row in told["rows"]
    )


def test_attainments_that_cannot_be_are_all_listed(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    attained = table(
        tmp_path / "attained.csv",
        "area,stream,year,measure,attained",
        "N,skills,2026-27,work,1.5",
        "N,skills,2026-27,sport,1",
        "N,health,2026-27,work,1",
        "M,skills,2026-27,work,1",
        ",skills,2026-27,work,1",
    )
    asked = ("outcome-share", "--settlement", settled, "--places", package)
    result = run(*asked, "--attained", attained)

    assert result.exit_code == 1
    for said in (
        "row 2, column 'attained': '1.5' is not a part of the outcome.",
        "row 3, column 'measure': 'sport' is not known in the settlement. Known: wages, work.",
        "row 4, column 'measure': 'work' is not known in the settlement. The formula has none",
        "row 6, column 'measure': M has 'work' already.",
        "row 6, column 'measure': N has 'work' already.",
    ):
        assert said in result.output


def test_vesting_splits_a_year_by_days_and_the_ledger_balances(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    days = table(
        tmp_path / "days.csv",
        "area,stream,vesting_day",
        ",health,2027-04-01",
        "N,skills,2026-10-01",
    )
    out = tmp_path / "ledger.csv"
    asked = ("vesting", "--settlement", settled, "--places", package, "--days", days)
    result = run(*asked, "--out", out)
    waiting = {
        (one["year"], one["stream"], one["reference"]): int(one["pence"])
        for one in rows(out)
        if one["cause"] == "not yet vested"
    }
    health = [row for row in rows(settled / "settlement.csv") if row["stream"] == "health"]

    assert result.exit_code == 0, result.output
    assert {key for key in waiting if key[1] == "skills"} == {("2026-27", "skills", "N")}
    assert {key[2]: pence for key, pence in waiting.items() if key[1] == "health"} == {
        row["area"]: int(row["pence"]) for row in health if row["year"] == "2026-27"
    }
    assert "not yet vested" in result.output


def test_a_day_that_is_none_and_a_doubled_row_are_refused(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    days = table(
        tmp_path / "days.csv",
        "area,stream,vesting_day",
        "N,health,1 April",
        "N,health,2027-04-01",
    )
    result = run("vesting", "--settlement", settled, "--places", package, "--days", days)

    assert result.exit_code == 1
    assert "row 2, column 'vesting_day': '1 April' is not a day. Write it as 2027-10-01." in (
        result.output
    )
    assert "row 3, column 'stream': 'health' vests in N by another row." in result.output


def test_boundary_carries_every_penny_to_the_new_areas(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.csv"
    new.write_text(placed("NNNNMMSSS"), encoding="utf-8")
    asked = ("boundary", "--settlement", settled, "--places", package, "--to", new)
    told = json.loads(run(*asked, "--reference", "the order", "--year", "2026-27", "--json").stdout)
    old = {
        (row["area"], row["stream"]): int(row["pence"])
        for row in rows(settled / "settlement.csv")
        if row["year"] == "2026-27"
    }
    carried = {(row["area"], row["stream"]): row["pence"] for row in told["rows"]}

    # The small country's blocks have as many residents each, so a third of M moves to N.
    for stream in ("health", "skills"):
        moved = -(-old["M", stream] // 3)
        assert carried["N", stream] - old["N", stream] in (moved, moved - 1)
        assert carried["S", stream] == old["S", stream]
    assert sum(carried.values()) == sum(old.values())
    assert {one["cause"] for one in told["entries"]} == {"boundary"}
    assert {one["reference"] for one in told["entries"]} == {"the order"}


def test_whole_grants_keep_their_least_and_say_in_figures_where_none_fit(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    grants = [row for row in rows(settled / "settlement.csv") if row["year"] == "2026-27"]
    of_n = sum(int(row["pence"]) for row in grants if row["area"] == "N")
    least = table(tmp_path / "least.csv", "area,pence", f"N,{of_n + 90}")
    out = tmp_path / "whole.csv"
    asked = ("whole-grants", "--settlement", settled, "--places", package)
    result = run(*asked, "--least", least, "--out", out)
    after = rows(out)
    none = json.loads(run(*asked, "--floor", "1%", "--json").stdout)

    assert result.exit_code == 0, result.output
    assert sum(int(row["after_pence"]) for row in after if row["area"] == "N") == of_n + 90
    assert sum(int(row["change_pence"]) for row in after) == 0
    assert none["is_feasible"] is False
    assert none["kind"] == "floors_exceed_quantum"
    assert none["pence"] > 0


def test_whole_grants_stand_where_they_keep_their_floor(settled: Path, package: Path) -> None:
    asked = ("whole-grants", "--settlement", settled, "--places", package)
    stands = run(*asked, "--floor", "-10%")
    nothing = run(*asked)

    assert "is above its floor already: nothing moves." in stands.output
    assert nothing.exit_code == 2
    assert "Say what the least is: --floor, --least, or both." in nothing.output


def test_weights_of_outcomes_that_do_not_sum_to_one_are_refused(
    package: Path, settled: Path, tmp_path: Path
) -> None:
    odd = table(
        tmp_path / "odd.toml", "[stream.skills.outcome_weights]", 'work = "0.5"', 'wages = "0.4"'
    )
    asked = ("settle", "--areas", settled, "--places", package, "--formula", odd)
    result = run(*asked, "--out", tmp_path / "odd")

    assert result.exit_code == 1
    assert "its weights are 2/5 + 1/2, and not 1." in result.output
