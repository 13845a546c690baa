"""``folkmoot services``: lists, the devolution test, and the register of a plan."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import small_country

from folkmoot.cli import main

ROWS = "xxxyyyzzz"
"""Areas of the nine blocks of the small country: its three rows."""


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def given(tmp_path: Path) -> tuple[str | Path, ...]:
    """The small country, its criteria and a plan of three areas, as options."""
    folder = small_country.write(tmp_path / "country")
    plan = tmp_path / "areas.csv"
    pairs = zip(small_country.CODES, ROWS, strict=True)
    plan.write_text("block,area\n" + "".join(f"{b},{a}\n" for b, a in pairs), encoding="utf-8")
    criteria = small_country.write_criteria(tmp_path)
    return "--areas", plan, "--places", folder, "--criteria", criteria


def test_streams_are_listed_with_known_and_unlisted_money_apart() -> None:
    code, told, _ = run("services", "list")

    assert code == 0
    assert "health-unlisted" in told
    assert "not published" in told
    assert "The rest,\n£100,000,000.00, is rounding" in told


def test_what_is_to_check_can_be_listed_alone() -> None:
    code, told, _ = run("services", "list", "figures", "--to-check", "--json")
    listed = json.loads(told)

    assert code == 0
    assert {row["state"] for row in listed} == {"to_check"}
    assert "deal-funds" in {row["figure"] for row in listed}


def test_functions_are_listed_with_their_source() -> None:
    code, told, _ = run("services", "list", "functions", "--json")

    assert code == 0
    assert all(row["source"] for row in json.loads(told))


def test_an_unknown_list_is_wrong_usage() -> None:
    assert run("services", "list", "sums")[0] == 2


def test_the_test_says_what_it_cannot_yet_tell(given: tuple[str | Path, ...]) -> None:
    code, told, _ = run("services", "test", *given)

    assert code == 0
    assert "specialised-other" in told
    assert "cannot yet tell: needs incidence, safe volume" in told


def test_the_test_lists_every_rule_for_machines(given: tuple[str | Path, ...]) -> None:
    code, told, _ = run("services", "test", *given, "--json")
    found = {one["function"]: one for one in json.loads(told)}

    assert code == 0
    assert found["prisons"]["possible"] == ["retain"]
    assert found["prisons"]["decided_by"] == "R4"
    assert [one["rule"] for one in found["prisons"]["findings"] if one["fired"]] == ["R4"]


def test_the_register_is_written_with_one_commissioner_a_row(
    given: tuple[str | Path, ...], tmp_path: Path
) -> None:
    out = tmp_path / "functions.csv"
    code, told, _ = run("services", "register", *given, "--out", out)

    assert code == 0
    assert "A resident answers to" in told
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = {(row["function"], row["block"], row["period"]) for row in rows}
    assert len(keys) == len(rows)
    assert {row["commissioner"] for row in rows if row["period"] == "after"} >= {"body-x", "body-z"}


def test_a_file_that_is_there_is_not_replaced(
    given: tuple[str | Path, ...], tmp_path: Path
) -> None:
    out = tmp_path / "functions.csv"
    out.write_text("mine", encoding="utf-8")
    code, _, problem = run("services", "register", *given, "--out", out)

    assert code == 1
    assert "is there already" in problem
    assert out.read_text(encoding="utf-8") == "mine"
    assert run("services", "register", *given, "--out", out, "--force")[0] == 0


def test_who_decides_in_a_block(given: tuple[str | Path, ...]) -> None:
    code, told, _ = run("services", "register", *given, "--block", "a", "--json")
    found = {one["function"]: one for one in json.loads(told)}

    assert code == 0
    assert found["Hospital services"]["before"] == "North"
    assert found["Prisons"]["after"] == "Ministry of Justice"


def test_an_unknown_block_is_refused_in_a_sentence(given: tuple[str | Path, ...]) -> None:
    code, _, problem = run("services", "register", *given, "--block", "Q")

    assert code == 1
    assert "The register holds no block 'Q'" in problem


def test_the_register_for_machines(given: tuple[str | Path, ...]) -> None:
    code, told, _ = run("services", "register", *given, "--json")
    found = json.loads(told)

    assert code == 0
    assert found["bodies_per_resident"]["after"] <= found["bodies_per_resident"]["before"]
    assert found["blocks_without"]["strategic-authority"] == list(small_country.CODES)
    assert {one["vesting_day"] for one in found["functions"]} >= {"2031-04-01", "2042-04-01"}


def test_gaps_and_overlaps_of_today_are_a_report_and_no_error(
    given: tuple[str | Path, ...],
) -> None:
    code, told, _ = run("services", "register", *given, "--gaps")
    found = json.loads(run("services", "register", *given, "--gaps", "--json")[1])

    assert code == 0
    assert "another stands in" in told
    skills = next(one for one in found if "adult-skills" in one["functions"])
    assert (skills["kind"], skills["residents"]) == ("gap", 900_000)
