"""``folkmoot funding what-if``: before and after, infeasible answers, and what is refused."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country
from tests.core.funding.funded_country import COUNTED, need_tables

from folkmoot.cli import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["funding", *map(str, arguments)])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return small_country.write(tmp_path / "package", need_tables())


@pytest.fixture
def settled(tmp_path: Path, package: Path) -> Path:
    areas, formula, out = (tmp_path / name for name in ("areas.csv", "mine.toml", "settlement"))
    placed = zip(small_country.CODES, "NNNMMMSSS", strict=True)
    rows = "".join(f"{block},{area}\n" for block, area in placed)
    areas.write_text("block,area\n" + rows, encoding="utf-8")
    formula.write_text(COUNTED + 'range = ["0.2", "0.3"]\n', encoding="utf-8")
    result = run(
        *("settle", "--areas", areas, "--places", package, "--formula", formula),
        *("--years", "2", "--out", out),
    )
    assert result.exit_code == 0, result.output
    return out


def ask(settled: Path, package: Path, *more: str | Path) -> Result:
    return run("what-if", "--settlement", settled, "--places", package, *more)


def test_the_table_of_changes_adds_up_to_nothing_and_equals_the_json(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    out = tmp_path / "changes.csv"
    result = ask(settled, package, "--set", "theta.everybody=1/2", "--out", out, "--json")
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = json.loads(result.stdout)

    assert sum(int(row["change_pence"]) for row in rows) == 0
    assert any(int(row["change_pence"]) for row in rows)
    assert {row["area"] for row in rows} == {"N", "M", "S"}
    by_change = sorted(rows, key=lambda row: (-int(row["change_pence"]), row["area"]))
    assert [str(one["after_pence"]) for one in told["changes"]] == [
        row["after_pence"] for row in by_change
    ]
    assert told["set"] == {"theta.everybody": "0.5"}
    assert told["notes"] == [
        "theta.mine.everybody = 0.5 lies outside its plausible range, 0.2 to 0.3"
    ]
    assert "modelled baseline, not actual spending" in rows[0]["label"]


def test_gainers_come_first_and_streams_without_change_are_named(
    settled: Path, package: Path
) -> None:
    result = ask(settled, package, "--set", "theta.everybody=0")

    assert result.exit_code == 0
    assert "No change in: employment, health, offender." in result.output
    lines = result.output.split("skills, 2027-28, greatest gain first:")[1].splitlines()
    changes = [line for line in lines if line.strip().startswith(("N ", "M ", "S "))]
    assert [line.split()[0] for line in changes] == ["S", "M", "N"]
    assert "modelled baseline, not actual spending" in result.output


def test_floors_that_promise_too_much_are_an_answer_in_figures(
    settled: Path, package: Path
) -> None:
    result = ask(settled, package, "--set", "bounds.floor.2027-28=2%")
    told = json.loads(ask(settled, package, "--set", "bounds.floor.2027-28=2%", "--json").stdout)

    assert result.exit_code == 0
    assert "No settlement fits skills in 2027-28. The floors promise £64,000,000" in result.output
    assert not told["is_feasible"]
    found = {one["stream"]: one for one in told["infeasible"]}["skills"]
    assert found["pence"] >= 6_400_000_000
    assert found["largest_uniform_floor"] == "0"


def test_without_a_setting_it_lists_what_can_be_set(settled: Path, package: Path) -> None:
    result = ask(settled, package)
    told = json.loads(ask(settled, package, "--json").stdout)

    assert result.exit_code == 0
    assert "theta.mine.everybody" in result.output
    assert told["bounds.floor"]["value"] == "-0.02"


def test_an_unknown_name_is_told_what_there_is(settled: Path, package: Path) -> None:
    result = ask(settled, package, "--set", "beta=1")

    assert result.exit_code == 1
    assert "it has no parameter 'beta'" in result.output
    assert "\n  theta.mine.everybody" in result.output


@pytest.mark.parametrize("text", ["eta", "=1", "eta="])
def test_what_is_no_setting_is_wrong_usage(settled: Path, package: Path, text: str) -> None:
    result = ask(settled, package, "--set", text)

    assert result.exit_code == 2
    assert "is not a name and a value" in result.output


def test_other_files_than_the_settlement_was_made_from_are_refused(
    settled: Path, tmp_path: Path
) -> None:
    tables = need_tables()
    tables["blocks"][0]["population"] = "1"
    other = small_country.write(tmp_path / "other", tables)
    result = ask(settled, other, "--set", "eta=0.1")

    assert result.exit_code == 1
    assert "was made from other files" in result.output


def test_a_folder_that_does_not_follow_from_its_formula_is_refused(
    settled: Path, package: Path
) -> None:
    path = settled / "settlement.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2026-27,1", ",2026-27,2"))
    result = ask(settled, package, "--set", "eta=0.1")

    assert result.exit_code == 1
    assert "does not follow from its own formula" in result.output


def test_a_folder_that_is_no_settlement_is_refused(tmp_path: Path, package: Path) -> None:
    result = ask(tmp_path, package, "--set", "eta=0.1")

    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_a_year_that_is_not_settled_is_refused(settled: Path, package: Path) -> None:
    result = ask(settled, package, "--set", "eta=0.1", "--year", "2040-41")

    assert result.exit_code == 1
    assert "no year '2040-41'" in result.output


def test_a_number_that_is_none_is_told_what_it_may_be(settled: Path, package: Path) -> None:
    result = ask(settled, package, "--set", "floor=much", "--set", "need_data.skills=daily")

    assert result.exit_code == 1
    assert "'bounds.floor' cannot be much; write a number -1 or more" in result.output
    assert "cannot be daily; write one of: opening, yearly" in result.output


def test_what_waits_for_outcomes_is_told_where_no_grant_moves(settled: Path, package: Path) -> None:
    asked = ("--set", "kappa.skills=0.1")
    result = ask(settled, package, *asked)
    told = json.loads(ask(settled, package, *asked, "--json").stdout)["waiting"]["2027-28"]

    assert "skills, 2027-28: £320.0m waits for outcomes, £0 now." in result.output
    assert "No grant moves." in result.output
    assert told["skills"]["before_pence"] == 0
    assert 31_999_999_990 <= told["skills"]["after_pence"] <= 32_000_000_000
    assert told["health"] == {"before_pence": 0, "after_pence": 0}
