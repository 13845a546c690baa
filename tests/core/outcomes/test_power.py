"""Power of a cohort: the same as adding up every possible count."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.outcomes.power import MOST_COUNTED, power_of


def chance(people: int, share: float, least: int) -> float:
    return sum(
        comb(people, count) * share**count * (1 - share) ** (people - count)
        for count in range(least, people + 1)
    )


def by_counting(people: int, low: float, high: float, alpha: float) -> float:
    least = next(
        (count for count in range(people + 1) if chance(people, low, count) <= alpha), people + 1
    )
    return chance(people, high, least)


shares = st.tuples(st.floats(0.02, 0.9), st.floats(0.03, 0.5)).filter(lambda two: sum(two) < 0.98)


@given(st.integers(1, 60), shares)
@settings(max_examples=60, deadline=None)
def test_power_is_the_sum_over_every_count(people: int, two: tuple[float, float]) -> None:
    low, high = two[0], sum(two)
    found = power_of(people, low, high, alpha=0.05, power=0.8)
    assert found.power == pytest.approx(by_counting(people, low, high, 0.05), abs=1e-9)
    if found.needed < 120:
        assert by_counting(found.needed, low, high, 0.05) >= 0.8
        if found.needed > 1:
            assert by_counting(found.needed - 1, low, high, 0.05) < 0.8


@given(st.integers(5, 300), shares)
@settings(max_examples=40, deadline=None)
def test_what_can_be_detected_has_the_power_asked_for(
    people: int, two: tuple[float, float]
) -> None:
    low = two[0]
    change = power_of(people, low, sum(two), alpha=0.05, power=0.8).detectable
    if change is not None and low + change < 1:
        again = power_of(people, low, low + change, alpha=0.05, power=0.8)
        assert again.power == pytest.approx(0.8, abs=1e-6)


@given(st.integers(5, 200), shares)
@settings(max_examples=40, deadline=None)
def test_a_fall_is_the_rise_of_the_others(people: int, two: tuple[float, float]) -> None:
    low, high = two[0], sum(two)
    rise = power_of(people, low, high, alpha=0.05, power=0.8)
    fall = power_of(people, 1 - low, 1 - high, alpha=0.05, power=0.8)
    assert fall.power == pytest.approx(rise.power, abs=1e-6)


def test_a_larger_cohort_shows_more_in_the_long_run() -> None:
    small, large = (power_of(n, 0.2, 0.25, alpha=0.05, power=0.8) for n in (100, 2000))
    assert small.power < 0.4
    assert large.power > 0.99
    assert (small.detectable or 0) > (large.detectable or 0)
    assert small.needed == large.needed


def test_cohorts_too_large_to_count_are_told_about() -> None:
    found = power_of(900, 0.0004, 0.0003, alpha=0.05, power=0.8)
    assert not found.is_exact
    assert found.needed * 2 > MOST_COUNTED
    assert found.detectable is None
    assert found.power == 0.0
