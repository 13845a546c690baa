"""The rule that moves allocations towards target."""

import json
import pickle
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.funding.certificate import Certificate, common_measure
from folkmoot.funding.errors import BoundsError, NeedError, ZeroNeedError
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.pace_of_change import Problem, pace_of_change

PENCE = st.integers(0, 10**13)


AREAS = st.tuples(
    st.integers(0, 10**13),
    st.sampled_from([1, 7, 10**6 + 3]),
    PENCE,
    st.sampled_from([0, 1, 10**13]),
)
"""Numerator and denominator of a target, a floor, and the room above it."""


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A question that has an answer: bounds round an arbitrary quantum."""
    areas = draw(st.lists(AREAS, min_size=1, max_size=8))
    targets = [Fraction(above, below) for above, below, _, _ in areas]
    targets[0] = targets[0] or Fraction(1)
    lower = [least for _, _, least, _ in areas]
    upper = [least + room for _, _, least, room in areas]
    most = sum(
        high if target else low for target, low, high in zip(targets, lower, upper, strict=True)
    )
    weights, unit = common_measure(targets)
    return Problem(
        quantum=draw(st.integers(sum(lower), most)),
        codes=tuple(f"A{area:02d}" for area in range(len(areas))),
        weights=weights,
        unit=unit,
        lower=tuple(lower),
        upper=tuple(upper),
    )


def solve(problem: Problem) -> Certificate:
    found = pace_of_change(
        problem.quantum,
        problem.targets,
        lower=problem.lower,
        upper=problem.upper,
        codes=problem.codes,
    )
    assert isinstance(found, Certificate)
    return found


def continuous(certificate: Certificate) -> list[Fraction]:
    """Amounts before they become whole pence."""
    return [
        Fraction(least)
        if not target
        else min(max(certificate.level * target, Fraction(least)), Fraction(most))
        for target, least, most in zip(
            certificate.targets, certificate.lower, certificate.upper, strict=True
        )
    ]


@given(problems())
def test_allocations_sum_to_the_quantum_inside_their_bounds(problem: Problem) -> None:
    pence = solve(problem).pence()

    assert sum(pence) == problem.quantum
    for amount, least, most in zip(pence, problem.lower, problem.upper, strict=True):
        assert least <= amount <= most


@given(problems())
def test_the_certificate_alone_proves_the_allocations(problem: Problem) -> None:
    certificate = solve(problem)
    exact = continuous(certificate)
    by_remainder = sorted(
        range(len(exact)), key=lambda at: (exact[at].__floor__() - exact[at], problem.codes[at])
    )
    left_over = problem.quantum - sum(amount.__floor__() for amount in exact)

    assert sum(exact) == problem.quantum
    assert set(by_remainder[:left_over]) == {
        at for at, extra in enumerate(certificate.extra_pennies) if extra
    }
    for at, state in enumerate(certificate.states):
        free = problem.lower[at] < exact[at] < problem.upper[at]
        assert (state == "free") == (free and problem.targets[at] > 0)


@given(problems())
def test_a_certificate_comes_back_from_json(problem: Problem) -> None:
    certificate = solve(problem)

    assert Certificate.from_json(json.loads(json.dumps(certificate.as_json()))) == certificate


@given(problems())
def test_each_allocation_is_within_a_penny_of_the_exact_amount(problem: Problem) -> None:
    certificate = solve(problem)

    for pence, amount in zip(certificate.pence(), continuous(certificate), strict=True):
        assert abs(pence - amount) < 1


@given(problems(), st.data())
def test_the_order_of_areas_changes_nothing(problem: Problem, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(problem.codes))))
    mixed = pace_of_change(
        problem.quantum,
        [problem.targets[at] for at in order],
        lower=[problem.lower[at] for at in order],
        upper=[problem.upper[at] for at in order],
        codes=[problem.codes[at] for at in order],
    )

    assert mixed == solve(problem)


@given(problems())
def test_a_hundred_times_the_money_is_a_hundred_times_the_exact_amounts(problem: Problem) -> None:
    hundredfold = Problem(
        quantum=problem.quantum * 100,
        codes=problem.codes,
        weights=problem.weights,
        unit=problem.unit,
        lower=tuple(least * 100 for least in problem.lower),
        upper=tuple(most * 100 for most in problem.upper),
    )

    assert continuous(solve(hundredfold)) == [100 * one for one in continuous(solve(problem))]


@given(problems(), st.fractions(0, 10**12), st.data())
def test_more_need_never_lowers_an_area(
    problem: Problem, more: Fraction, data: st.DataObject
) -> None:
    raised = data.draw(st.integers(0, len(problem.codes) - 1))
    if not problem.targets[raised]:
        return
    targets = list(problem.targets)
    targets[raised] += more
    after = pace_of_change(
        problem.quantum, targets, lower=problem.lower, upper=problem.upper, codes=problem.codes
    )

    assert isinstance(after, Certificate)
    assert continuous(after)[raised] >= continuous(solve(problem))[raised]


@given(problems(), st.integers(0, 10**13))
def test_a_larger_quantum_never_lowers_an_exact_amount(problem: Problem, more: int) -> None:
    after = pace_of_change(
        problem.quantum + more,
        problem.targets,
        lower=problem.lower,
        upper=[most + more for most in problem.upper],
        codes=problem.codes,
    )
    before = pace_of_change(
        problem.quantum,
        problem.targets,
        lower=problem.lower,
        upper=[most + more for most in problem.upper],
        codes=problem.codes,
    )

    assert isinstance(after, Certificate)
    assert isinstance(before, Certificate)
    for less, amount in zip(continuous(before), continuous(after), strict=True):
        assert amount >= less


@given(problems())
def test_the_level_is_the_least_that_exhausts_the_quantum(problem: Problem) -> None:
    certificate = solve(problem)
    free = [
        (least, most)
        for target, least, most, amount in zip(
            problem.targets, problem.lower, problem.upper, continuous(certificate), strict=True
        )
        if target and least < amount
    ]

    assert certificate.level == 0 or free
    assert sum(continuous(certificate)) == problem.quantum


@given(st.lists(PENCE, min_size=1, max_size=20).filter(any))
def test_bounds_that_allow_no_change_return_the_baseline(baseline: list[int]) -> None:
    found = pace_of_change(
        sum(baseline),
        [Fraction(1)] * len(baseline),
        lower=baseline,
        upper=baseline,
        codes=[f"{area:02d}" for area in range(len(baseline))],
    )

    assert isinstance(found, Certificate)
    assert found.pence() == tuple(baseline)


@settings(max_examples=30)
@given(problems())
def test_a_certificate_travels_between_processes(problem: Problem) -> None:
    certificate = solve(problem)

    assert pickle.loads(pickle.dumps(certificate)) == certificate  # noqa: S301 - our own bytes


def test_the_worked_example_holds_in_every_order_of_areas() -> None:
    rows = [
        ("A", Fraction(303), 343, 385),
        ("B", Fraction(303), 285, 319),
        ("C", Fraction(303), 280, 313),
        ("D", Fraction(101), 74, 82),
    ]
    for order in permutations(rows):
        codes, targets, lower, upper = zip(*order, strict=True)
        found = pace_of_change(1010, targets, lower=lower, upper=upper, codes=codes)

        assert isinstance(found, Certificate)
        assert found.pence() == (343, 293, 292, 82)
        assert found.level == Fraction(195, 202)
        assert found.states == ("floor", "free", "free", "ceiling")
        assert found.extra_pennies == (False, True, False, False)


def test_when_every_area_is_at_a_bound_the_lowest_level_is_published() -> None:
    at_floor = pace_of_change(
        30, [Fraction(10), Fraction(20)], lower=(10, 20), upper=(40, 40), codes="AB"
    )
    one_full = pace_of_change(
        60, [Fraction(10), Fraction(1)], lower=(0, 20), upper=(40, 60), codes="AB"
    )

    assert isinstance(at_floor, Certificate)
    assert at_floor.level == 0
    assert isinstance(one_full, Certificate)
    assert one_full.level == 4
    assert one_full.states == ("ceiling", "floor")


def test_an_area_without_need_receives_its_floor() -> None:
    found = pace_of_change(
        100, [Fraction(0), Fraction(1)], lower=(7, 0), upper=(100, 100), codes="AB"
    )

    assert isinstance(found, Certificate)
    assert found.pence() == (7, 93)
    assert found.states[0] == "no_target"


def test_what_cannot_be_kept_is_an_answer_with_its_pence() -> None:
    targets = [Fraction(50), Fraction(50)]
    floors = pace_of_change(100, targets, lower=(60, 51), upper=(100, 100), codes="AB")
    ceilings = pace_of_change(100, targets, lower=(0, 0), upper=(40, 50), codes="AB")

    assert isinstance(floors, Infeasible)
    assert (floors.kind, floors.pence) == ("floors_exceed_quantum", 11)
    assert [one.area for one in floors.costliest] == ["A", "B"]
    assert [int(one.over_target) for one in floors.costliest] == [10, 1]
    assert isinstance(ceilings, Infeasible)
    assert (ceilings.kind, ceilings.pence) == ("ceilings_below_quantum", 10)


def test_contradictions_are_refused_by_name() -> None:
    with pytest.raises(BoundsError, match=r"floor of B \(9p\) lies above its ceiling \(8p\)"):
        pace_of_change(10, [Fraction(1)] * 2, lower=(0, 9), upper=(9, 8), codes="AB")
    with pytest.raises(BoundsError, match="nobody may fall below 0p"):
        pace_of_change(10, [Fraction(1)], lower=(-1,), upper=(9,), codes="A")
    with pytest.raises(NeedError, match="'target' is negative in B"):
        pace_of_change(10, [Fraction(1), Fraction(-1)], lower=(0, 0), upper=(9, 9), codes="AB")
    with pytest.raises(ZeroNeedError, match="no rule can share"):
        pace_of_change(10, [Fraction(0)], lower=(0,), upper=(9,), codes="A")
