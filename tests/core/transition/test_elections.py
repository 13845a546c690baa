"""Elections and settlements: days, lags, and which lengths stay aligned."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.transition.elections import ElectionCycle, shipped_cycle
from folkmoot.transition.errors import SettlementTermError


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2025, date(2025, 5, 1)),
        (2026, date(2026, 5, 7)),
        (2024, date(2024, 5, 2)),
        (2020, date(2021, 5, 6)),
    ],
)
def test_local_elections_are_on_the_first_thursday_in_may_unless_they_were_moved(
    year: int, day: date
) -> None:
    assert shipped_cycle().election_day(year) == day


def test_four_year_settlements_stay_aligned_and_five_year_ones_do_not() -> None:
    cycle = shipped_cycle()
    four = cycle.alignment(first_start=2030, years=4, settlements=3)
    five = cycle.alignment(first_start=2030, years=5, settlements=5)

    assert (four.starts, four.lags, four.is_aligned) == ((2030, 2034, 2038), (1, 1, 1), True)
    assert (five.starts, five.lags) == ((2030, 2035, 2040, 2045, 2050), (1, 2, 3, 4, 1))
    assert not five.is_aligned
    assert (four.on_target, five.on_target) == (3, 2)


def test_an_election_after_the_first_of_april_does_not_count_for_that_year() -> None:
    cycle = shipped_cycle()
    assert (cycle.lag(2029), cycle.lag(2030)) == (4, 1)


def test_an_election_before_the_first_of_april_counts_for_that_year() -> None:
    assert replace(shipped_cycle(), month=3).lag(2029) == 0


@pytest.mark.parametrize("years", [0, 6])
def test_a_settlement_too_short_or_too_long_is_refused(years: int) -> None:
    with pytest.raises(SettlementTermError, match="Choose 1 to 5 years"):
        shipped_cycle().alignment(first_start=2030, years=years, settlements=2)


cycles = st.builds(
    ElectionCycle,
    month=st.integers(1, 12),
    weekday=st.integers(1, 7),
    first_year=st.integers(2000, 2040),
    every=st.integers(1, 6),
    target_lag=st.just(1),
    longest_settlement=st.just(5),
)


@given(cycles, st.integers(2005, 2080), st.integers(-5, 5))
def test_shifting_a_start_by_whole_cycles_changes_no_lag(
    cycle: ElectionCycle, start: int, turns: int
) -> None:
    assert cycle.lag(start + turns * cycle.every) == cycle.lag(start)


@given(cycles, st.integers(2005, 2080))
def test_the_latest_election_is_the_last_before_the_start(cycle: ElectionCycle, start: int) -> None:
    found = cycle.latest_election(start)
    assert found < date(start, 4, 1)
    assert cycle.election_day(found.year + cycle.every) >= date(start, 4, 1)
