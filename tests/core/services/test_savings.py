"""What administration would release: the example, the laws, and what is refused."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.parameters.reader import packaged, packaged_text
from folkmoot.services.errors import DeclarationError, SplitUndeclaredError
from folkmoot.services.savings import (
    EXAMPLE,
    MILLION_POUNDS,
    Declaration,
    administration,
    declaration,
    read_declaration,
)


@pytest.fixture
def example() -> Declaration:
    return declaration(packaged(EXAMPLE))


def scaled(declared: Declaration, by: int) -> Declaration:
    return replace(
        declared,
        classes=tuple(replace(one, pence=one.pence * by) for one in declared.classes),
        fixed_pence=declared.fixed_pence * by,
        resident_pence=declared.resident_pence * by,
        one_off=tuple(pence * by for pence in declared.one_off),
    )


def test_the_illustration_is_that_of_the_specification(example: Declaration) -> None:
    found = administration(example)
    millions = [
        (one.net // MILLION_POUNDS, one.cumulative // MILLION_POUNDS) for one in found.years
    ]
    assert millions == [(-225, -225), (950, 725), (2025, 2750), (2700, 5450)]
    assert found.break_even == 2
    assert example.is_illustration


def test_present_value_is_the_sum_that_decimals_give(example: Declaration) -> None:
    found = administration(example)
    by_hand = sum(
        (one.net / Decimal("1.035") ** n for n, one in enumerate(found.years)), Decimal(0)
    )
    assert abs(found.present_value - by_hand) <= Decimal("0.5001")
    undiscounted = administration(replace(example, rate=Fraction(0)))
    assert undiscounted.present_value == undiscounted.years[-1].cumulative


def test_without_present_cost_only_the_new_and_one_off_are_left(example: Declaration) -> None:
    closing = tuple(replace(one, pence=Fraction(0)) for one in example.classes)
    for one in administration(replace(example, classes=closing)).years:
        assert one.net == -(one.new + one.one_off)


def test_without_phase_in_nothing_is_released(example: Declaration) -> None:
    closing = tuple(replace(one, closed=(Fraction(0),) * 4) for one in example.classes)
    found = administration(replace(example, classes=closing))
    assert [one.gross for one in found.years] == [0, 0, 0, 0]
    assert found.break_even is None


@given(st.integers(0, 1000))
def test_scaling_all_scales_the_net(by: int) -> None:
    plain = declaration(packaged(EXAMPLE))
    before, after = administration(plain), administration(scaled(plain, by))
    assert [one.net for one in after.years] == [one.net * by for one in before.years]


@given(st.lists(st.integers(0, 10**9), min_size=4, max_size=4))
def test_break_even_is_the_first_year_after_which_the_sum_stays_up(one_off: list[int]) -> None:
    found = administration(
        replace(
            declaration(packaged(EXAMPLE)),
            one_off=tuple(Fraction(one * 1000) for one in one_off),
        )
    )
    sums = [one.cumulative for one in found.years]
    stays = [n for n in range(4) if all(one >= 0 for one in sums[n:])]
    assert found.break_even == (stays[0] + 1 if stays else None)


def written(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = packaged_text(EXAMPLE)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "declared.toml"
    path.write_text(text, encoding="utf-8")
    return path


SECOND = '[class.health-boards]\nname = "Health boards"\nclosed = ["0", "1", "1", "1"]\n\n[new]'


def test_a_published_sum_is_never_split_unless_the_user_says_how(tmp_path: Path) -> None:
    with pytest.raises(SplitUndeclaredError, match="Health boards"):
        read_declaration(written(tmp_path, ("[new]", SECOND)))


def test_costs_of_ones_own_must_agree_with_the_published_sum(tmp_path: Path) -> None:
    own = SECOND.replace("closed", 'cost = "1000"\nclosed')
    costs = ('name = "Administration"', 'name = "Administration"\ncost = "3000"')
    assert len(read_declaration(written(tmp_path, costs, ("[new]", own))).classes) == 2
    less = costs[0], costs[1].replace("3000", "2000")
    with pytest.raises(DeclarationError, match="3,000"):
        read_declaration(written(tmp_path, less, ("[new]", own)))


def test_every_fault_of_a_declaration_is_named(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ('"2029-30"', '"2029"'),
        ('open = ["0.25", "0.5", "0.75", "1"]', 'open = ["0.25", "0.5"]'),
        ('keep = "0"', 'keep = "1.5"'),
        ("bodies = 40", "bodies = -1"),
    )
    with pytest.raises(DeclarationError) as caught:
        read_declaration(path)
    assert {fault.column for fault in caught.value.faults} == {
        "class.administration.keep",
        "group.all.bodies",
        "group.all.open",
    }
