"""``folkmoot areas move`` says what a move does, and writes the plan."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import small_country

from folkmoot.cli import main


@pytest.fixture
def given(tmp_path: Path) -> tuple[str, ...]:
    """A plan of the small country by rows, and the country and its criteria as options."""
    package = small_country.write(tmp_path / "places")
    criteria = small_country.write_criteria(tmp_path)
    plan = tmp_path / "rows.csv"
    rows = [f"{block},R{n // 3}" for n, block in enumerate("abcdefghi")]
    plan.write_text("\n".join(["block,area", *rows]) + "\n", encoding="utf-8")
    return str(plan), "--places", str(package), "--criteria", str(criteria)


def run(command: str, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["areas", command, *words])
    return result.exit_code, result.output


def test_a_move_is_told_term_by_term_and_the_plan_written(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    plan, *options = given
    out = tmp_path / "moved.csv"

    code, text = run("move", plan, "Block D", "North", "--out", str(out), *options)

    assert code == 0
    assert "Block D from Middle (R1) to North (R0)" in text
    assert "inertia" in text
    assert "It breaks no rule." in text
    placed = dict(line.split(",") for line in out.read_text().splitlines()[1:])
    assert placed["d"] == "R0"
    assert placed["e"] == "R1"
    assert run("move", plan, "d", "R0", "--out", str(out), *options)[0] == 1
    assert run("move", plan, "d", "R0", "--out", str(out), "--force", *options)[0] == 0


def test_what_a_move_breaks_and_what_mends_it_is_told(given: tuple[str, ...]) -> None:
    plan, *options = given

    broken = run("move", plan, "e", "R0", *options)
    same = run("move", plan, "e", "R1", *options)

    assert broken[0] == same[0] == 0
    assert "Middle is in 2 pieces" in broken[1]
    assert "where each best goes" in broken[1]
    assert "is in Middle (R1) already" in same[1]


def test_a_move_for_machines(given: tuple[str, ...]) -> None:
    plan, *options = given

    code, text = run("move", plan, "d", "R0", "--json", *options)

    found = json.loads(text)
    assert code == 0
    assert (found["before"], found["after"]) == ("R1", "R0")
    assert sum(found["changes"].values()) == pytest.approx(found["price"], abs=1e-9)
    assert found["breaks"] == []


def test_what_is_not_known_is_refused_with_the_nearest_names(given: tuple[str, ...]) -> None:
    plan, *options = given

    block = run("move", plan, "Blok D", "R0", *options)
    area = run("move", plan, "d", "Nort", *options)

    assert block[0] == area[0] == 1
    assert "Nearest: Block D" in block[1]
    assert "Nearest: North" in area[1]


def test_the_help_shows_an_example() -> None:
    code, text = run("move", "--help")

    assert code == 0
    assert "folkmoot areas move areas.csv Bassetlaw Sheffield" in text


def test_a_block_is_explained_against_each_neighbouring_area(given: tuple[str, ...]) -> None:
    plan, *options = given

    code, text = run("explain", plan, "Block D", *options)
    held = run("explain", plan, "d", "--held-only", *options)

    assert code == held[0] == 0
    assert "Block D is in Middle (R1)." in text
    assert "North (R0)" in text
    assert "Against it: areas fit the board lines worse" in text
    assert "Apart from Block E, with the rest drawn anew, F changes by" in text
    assert "proven" in text
    assert "drawn anew" not in held[1]


def test_an_explanation_for_machines(given: tuple[str, ...]) -> None:
    plan, *options = given

    code, text = run("explain", plan, "d", "--json", *options)
    held = run("explain", plan, "d", "--held-only", "--json", *options)

    found = json.loads(text[text.index("{") :])
    assert code == held[0] == 0
    assert {one["after"] for one in found["alternatives"]} == {"R0", "R2"}
    assert found["elsewhere"]["apart_from"] == "e"
    assert found["elsewhere"]["standing"] == "proven"
    assert "d" in {one["block"] for one in found["elsewhere"]["moves"]}
    assert json.loads(held[1])["elsewhere"] is None


def test_an_explanation_of_what_is_not_there_is_refused(given: tuple[str, ...]) -> None:
    plan, *options = given

    code, text = run("explain", plan, "Blok D", *options)

    assert code == 1
    assert "Nearest: Block D" in text
    assert "folkmoot areas explain areas.csv Bassetlaw" in run("explain", "--help")[1]


def test_a_block_alone_in_its_area_has_nothing_to_be_apart_from(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    plan = tmp_path / "alone.csv"
    rows = [f"{block},R{min(n, 1)}" for n, block in enumerate("abcdefghi")]
    plan.write_text("\n".join(["block,area", *rows]) + "\n", encoding="utf-8")

    code, text = run("explain", str(plan), "a", *given[1:])

    assert code == 0
    assert "It is alone in its area" in text
