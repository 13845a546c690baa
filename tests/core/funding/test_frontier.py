"""The frontier: against its closed form, against settling again, and where there is none."""

import itertools
from collections.abc import Callable
from fractions import Fraction
from math import floor

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from folkmoot.funding.baseline import Baseline
from folkmoot.funding.errors import InfeasibleError
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.formula_parameters import Values, with_values
from folkmoot.funding.frontier import Frontier, Paid, Unpaid, at_floor, frontier
from folkmoot.funding.settlement import Desk, StreamYear
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.places import Places

AREAS = tuple(map(AreaCode, "MNS"))
STEP = Fraction(1, 10_000)


@pytest.fixture
def skills(bare_country: Places, rows_plan: AreaPlan) -> Callable[..., tuple[StreamYear, ...]]:
    """Skills in the small country, whose three areas have the same need."""
    formula = read_formula()
    desk = Desk.of(rows_plan, bare_country, formula)

    def settled(shares: tuple[int, ...], values: Values | None = None) -> tuple[StreamYear, ...]:
        changed = with_values(formula, values or {})
        stream = next(one for one in changed.streams if one.code == "skills")
        quantum = stream.quantum(formula.opening_year).pence
        pence = apportion(quantum, shares)
        before = Baseline(name="made up", pence=pence, is_modelled=False)
        return desk.stream_years(changed, stream, before)

    return settled


@pytest.mark.parametrize("within", [Fraction(1, 100), Fraction(1, 40), Fraction(9, 100)])
def test_with_equal_need_the_largest_floor_is_a_root(
    skills: Callable[..., tuple[StreamYear, ...]], within: Fraction
) -> None:
    # One area begins 10% above target and falls by the floor alone, year after year.
    found = frontier(skills((110, 95, 95)), AREAS)

    for number, year in enumerate(found.years, 1):
        answer = found.largest(year, within)
        root = (float(1 + within) / 1.1) ** (1 / number) - 1
        assert answer.best is not None
        assert answer.best.floor == Fraction(floor(root * 10_000), 10_000)
        assert answer.furthest is not None
        assert answer.furthest.area == "M"
        assert answer.furthest.distance <= within
        assert answer.above is not None
        assert answer.above.floor == answer.best.floor + STEP
        assert answer.above_furthest is not None
        assert answer.above_furthest.distance > within


def test_a_floor_that_the_quantum_cannot_pay_says_what_is_missing(
    skills: Callable[..., tuple[StreamYear, ...]],
) -> None:
    years = skills((110, 95, 95))
    found = frontier(years, AREAS)
    top, refused = found.tried[1], found.tried[0]
    asked = at_floor(years, AREAS, Fraction(1, 100))

    assert isinstance(top, Paid)
    assert top.floor == 0
    assert isinstance(refused, Unpaid)
    assert refused.floor == STEP
    assert isinstance(asked, Unpaid)
    # One per cent of 3.2 billion pounds, and each area's floor is rounded up to a penny.
    assert 0 <= asked.pence - 3_200_000_000 <= 3
    assert asked.year == years[0].year
    assert "The largest floor that fits everyone is 0.00%." in asked.reason


def test_where_ceilings_keep_areas_back_there_is_none_and_the_nearest_is_told(
    skills: Callable[..., tuple[StreamYear, ...]],
) -> None:
    found = frontier(skills((120, 120, 60), {"ceiling": Fraction(1, 20)}), AREAS)
    answer = found.largest(found.years[0], Fraction(1, 10))

    assert answer.best is None
    assert answer.above is None
    assert answer.furthest is not None
    assert answer.furthest.area == "S"
    # It begins at three fifths of target, and may grow by a twentieth.
    assert float(answer.furthest.distance) == pytest.approx(0.6 * 1.05 - 1, abs=1e-8)


def test_a_floor_above_the_ceiling_is_not_paid(
    skills: Callable[..., tuple[StreamYear, ...]],
) -> None:
    years = skills((101, 100, 99), {"ceiling": Fraction(0), "growth": Fraction(0)})
    asked = at_floor(years, AREAS, Fraction(1, 100))

    assert isinstance(asked, Unpaid)
    assert (asked.pence, asked.reason) == (0, "the floor lies above the ceiling")
    assert all(one.floor <= STEP for one in frontier(years, AREAS).tried)


def test_a_quantum_that_shrinks_later_limits_the_floor_of_every_year(
    skills: Callable[..., tuple[StreamYear, ...]],
) -> None:
    found = frontier(skills((110, 95, 95), {"growth": Fraction(-1, 100)}), AREAS)

    # At one per cent itself, floors that are rounded up miss the quantum by some pence.
    (at_growth,) = [one for one in found.tried if one.floor == Fraction(-1, 100)]
    assert isinstance(at_growth, Unpaid)
    assert 0 < at_growth.pence <= 3
    assert max(one.floor for one in found.paid) == Fraction(-1, 100) - STEP
    assert {one.year for one in found.tried[1:] if isinstance(one, Unpaid)} == {found.years[1]}


shares = st.tuples(*[st.integers(94, 106)] * 3)
ratios = st.integers(0, 200).map(lambda parts: Fraction(parts, 1000))


@given(
    shares=shares,
    growth=st.sampled_from((Fraction(-1, 100), Fraction(0), Fraction(1, 50))),
    ceiling=st.sampled_from((None, Fraction(1, 25), Fraction(1, 5))),
    within=ratios,
    number=st.integers(0, 3),
    data=st.data(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_is_what_settling_with_that_floor_gives(
    skills: Callable[..., tuple[StreamYear, ...]],
    shares: tuple[int, ...],
    growth: Fraction,
    ceiling: Fraction | None,
    within: Fraction,
    number: int,
    data: st.DataObject,
) -> None:
    values: dict[str, Fraction] = {"growth": growth, "floor": Fraction(-1, 2)}
    if ceiling is not None:
        values["ceiling"] = ceiling
    try:
        years = skills(shares, values)
    except InfeasibleError:
        reject()
    found = frontier(years, AREAS)
    answer = found.largest(found.years[number], within)

    def furthest(floor: Fraction) -> Fraction:
        settled = skills(shares, {**values, "floor": floor})[number].allocations
        return max(abs(one) for one in settled.distances(settled.closing) if one is not None)

    paid = [one.floor for one in found.paid]
    some = data.draw(st.sampled_from(paid))
    assert (furthest(some) <= within) <= (answer.best is not None and some <= answer.best.floor)
    if answer.best is not None:
        assert furthest(answer.best.floor) <= within
    # Beneath the last floor nothing changes.
    beneath = paid[-1] - STEP * data.draw(st.integers(0, 100))
    if beneath >= -1:
        assert furthest(beneath) == furthest(paid[-1])


def test_floors_are_whole_steps_and_none_is_left_out(
    skills: Callable[..., tuple[StreamYear, ...]],
) -> None:
    found: Frontier = frontier(skills((110, 95, 95)), AREAS)
    floors = [one.floor for one in found.tried]

    assert {one - other for one, other in itertools.pairwise(floors)} == {STEP}
    assert not found.paid[-1].binds
    assert all(one.binds for one in found.paid[:-1])


def test_the_first_year_within_a_distance(
    skills: Callable[..., tuple[StreamYear, ...]],
) -> None:
    found = at_floor(skills((110, 95, 95)), AREAS, Fraction(-1, 50))

    assert isinstance(found, Paid)
    # 1.1 x 0.98 = 1.078, then 1.05644, 1.0353112, 1.014604976.
    assert [f"{float(one.distance):.6f}" for one in found.furthest] == [
        *("0.078000", "0.056440", "0.035311", "0.014605"),
    ]
    assert found.first_within(Fraction(6, 100)) == 1
    assert found.first_within(Fraction(1, 100)) is None
