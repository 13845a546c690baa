"""``folkmoot areas demand`` prices what is asked of a plan, or says why it cannot be met."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import small_country

from folkmoot.cli import main


@pytest.fixture
def given(tmp_path: Path) -> tuple[str, ...]:
    """The small country and its criteria."""
    package = small_country.write(tmp_path / "places")
    criteria = small_country.write_criteria(tmp_path)
    return "--places", str(package), "--criteria", str(criteria)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["areas", "demand", *words])
    return result.exit_code, result.output


def test_a_demand_is_priced_and_the_plan_written(tmp_path: Path, given: tuple[str, ...]) -> None:
    out = tmp_path / "new.csv"

    code, text = run("--together", "a", "Block E", "--out", str(out), *given)

    assert code == 0
    assert "Block A together with Block E" in text
    assert "proven" in text
    placed = dict(line.split(",") for line in out.read_text().splitlines()[1:])
    assert placed["a"] == placed["e"]


def test_a_range_says_by_which_number_f_is_told(given: tuple[str, ...]) -> None:
    code, text = run("--between", "4", "2", "--at-least", "100000", *given)

    assert code == 0
    assert "between 2 and 4 areas" in text
    assert "all together" in text
    assert "by its own number" in text or " 3 areas" not in text


def test_demands_for_machines(given: tuple[str, ...]) -> None:
    code, text = run("--within", "board", "--json", *given)

    assert code == 0
    found = json.loads(text[text.index("{") :])
    assert found["proven"]
    assert found["price"] == pytest.approx(found["objective"] - found["asked_of_objective"])


def test_what_cannot_be_met_or_is_not_known_is_refused(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    plan = tmp_path / "rows.csv"
    rows = [f"{block},R{n // 3}" for n, block in enumerate("abcdefghi")]
    plan.write_text("\n".join(["block,area", *rows]) + "\n", encoding="utf-8")

    clash = run("--together", "a", "b", "--apart", "a", "b", "--at-most", "400000", *given)
    unknown = run("--together", "a", "Blok B", *given)
    no_area = run(str(plan), "--keep", "R9", *given)
    kept = run(str(plan), "--keep", "R1", *given)

    assert clash[0] == unknown[0] == no_area[0] == 1
    assert "Block A together with Block B; Block A apart from Block B" in clash[1]
    assert "Nearest: Block B" in unknown[1]
    assert "no area 'R9'" in no_area[1]
    assert kept[0] == 0
    assert run(*given)[0] == run("--keep", "R1", *given)[0] == 2
