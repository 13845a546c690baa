"""Whole grants keep their floor, streams their sums, cells their bounds; or figures say why not."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.funding.baseline import Baseline
from folkmoot.funding.errors import CellError
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.settlement import Desk, Settlement
from folkmoot.funding.two_way import TightSet
from folkmoot.funding.whole_grants import WholeGrants, whole_grants
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

OPENING = FinancialYear(2026)
N = AreaCode("N")


@pytest.fixture
def settled(bare_country: Places, rows_plan: AreaPlan) -> Callable[..., Settlement]:
    """The small country, whose three areas have the same need, from given baselines."""
    formula = read_formula(years=1)
    desk = Desk.of(rows_plan, bare_country, formula)

    def make(**shares: tuple[int, int, int]) -> Settlement:
        baselines = {
            stream.code: Baseline(
                name="made up",
                pence=apportion(stream.quantum(OPENING).pence, shares.get(stream.code, (1, 1, 1))),
                is_modelled=False,
            )
            for stream in formula.streams
        }
        return desk.settle(formula, baselines=baselines)

    return make


def test_a_settlement_that_keeps_the_floor_stands(settled: Callable[..., Settlement]) -> None:
    found = whole_grants(settled(health=(110, 95, 95)), OPENING, floor=Fraction(-1, 10))

    assert isinstance(found, WholeGrants)
    assert found.moved == 0
    assert found.after == found.before


def test_the_area_beneath_its_floor_is_raised_to_it_to_the_penny(
    settled: Callable[..., Settlement],
) -> None:
    # M begins 10% above target in health, so it falls by 2% there; no other stream of M moves.
    settlement = settled(health=(110, 95, 95))
    floor = Fraction(-1, 100)
    found = whole_grants(settlement, OPENING, floor=floor)
    at = settlement.position("M")

    assert isinstance(found, WholeGrants)
    last_year = sum(one.allocations.baseline[at] for one in settlement.stream_years)
    assert sum(found.before[at]) < ceil(last_year * (1 + floor)) == sum(found.after[at])
    # What M gains is what the others, who are alike, give up, half each.
    gained = sum(found.after[at]) - sum(found.before[at])
    lost = [sum(found.before[other]) - sum(found.after[other]) for other in range(3) if other != at]
    assert sum(lost) == gained
    assert abs(lost[0] - lost[1]) <= 1


def test_a_least_grant_for_one_area_holds(settled: Callable[..., Settlement]) -> None:
    settlement = settled()
    at = settlement.position("N")
    least = sum(one.allocations.closing[at] for one in settlement.stream_years)
    found = whole_grants(settlement, OPENING, least={N: least + 300})

    assert isinstance(found, WholeGrants)
    assert sum(found.after[at]) == least + 300
    assert found.moved == 300


def test_floors_beyond_all_streams_together_are_answered_in_figures(
    settled: Callable[..., Settlement],
) -> None:
    settlement = settled()
    found = whole_grants(settlement, OPENING, floor=Fraction(1, 100))

    assert isinstance(found, Infeasible)
    assert 0 <= found.pence - settlement.total(OPENING) // 100 <= 3
    assert found.largest_uniform_floor == 0
    assert "The largest floor that fits everyone is 0.00%." in found.sentence()


def test_a_year_that_is_not_settled_is_refused(settled: Callable[..., Settlement]) -> None:
    with pytest.raises(CellError, match="no year '2030-31'"):
        whole_grants(settled(), FinancialYear(2030), floor=Fraction(0))


shares = st.tuples(*[st.integers(85, 115)] * 3)


@given(health=shares, skills=shares, steps=st.integers(-40, 0))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_sum_and_bound_is_kept(
    settled: Callable[..., Settlement],
    health: tuple[int, int, int],
    skills: tuple[int, int, int],
    steps: int,
) -> None:
    settlement = settled(health=health, skills=skills)
    found = whole_grants(settlement, OPENING, floor=Fraction(steps, 1000))

    if not isinstance(found, WholeGrants):
        assert isinstance(found, Infeasible | TightSet)
        assert found.pence > 0
        return
    assert all(sum(row) >= least for row, least in zip(found.after, found.least, strict=True))
    for column, code in enumerate(found.streams):
        one = settlement.find(StreamCode(code), str(OPENING))
        assert sum(row[column] for row in found.after) == one.quantum.pence
        for at, row in enumerate(found.after):
            bounds = one.allocations.bounds
            assert bounds.lower[at] <= row[column] <= bounds.upper[at]
