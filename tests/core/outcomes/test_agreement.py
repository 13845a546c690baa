"""What an area and the centre agreed."""

from dataclasses import replace
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outcomes.agreement import (
    Entitlement,
    Kind,
    Point,
    State,
    Target,
    beneath,
    check_numbers,
    standings,
)
from folkmoot.outcomes.errors import AimError, LevelError, TooManyOutcomesError

UP = Target(
    indicator="work", level="outcome", area="A01", kind="reach", is_higher_better=True,
    baseline=70.0, baseline_period="2020", aim=80.0, by="2030",
)  # fmt: skip


def point(year: int, value: float, width: float = 1.0) -> Point:
    return Point(period=str(year), value=value, lower=value - width, upper=value + width)


def last(target: Target, *points: Point) -> State:
    return standings(target, points)[-1].state


def history(final: Point) -> tuple[Point, ...]:
    return point(2019, 70.0), point(2020, 70.0), final


@pytest.mark.parametrize(
    ("final", "state"),
    [
        (point(2025, 75.0), "on course"),
        (point(2025, 74.1), "on course"),
        (point(2025, 73.9), "off course"),
        (point(2025, 78.0), "on course"),
        (point(2025, 81.0), "met"),
        (point(2030, 78.9), "off course"),
        (point(2030, 79.5), "cannot tell"),
        (point(2030, 80.1), "met"),
        (point(2035, 78.9), "off course"),
        (Point(period="2025", value=75.0, lower=nan, upper=nan), "cannot tell"),
    ],
)
def test_an_outcome_is_on_course_if_its_interval_is_not_wholly_beneath_the_path(
    final: Point, state: State
) -> None:
    assert last(UP, *history(final)) == state


@given(st.floats(-50, 150), st.floats(0, 20), st.integers(2021, 2034))
def test_what_is_better_downwards_is_the_mirror_of_what_is_better_upwards(
    value: float, width: float, year: int
) -> None:
    down = replace(UP, is_higher_better=False, baseline=-70.0, aim=-80.0)
    final = point(year, value, width)
    mirrored = point(year, -value, width)

    assert last(UP, *history(final)) == last(down, *history(mirrored))


@given(st.floats(-50, 150), st.floats(0, 20), st.floats(0, 30), st.integers(2021, 2029))
def test_a_better_figure_never_has_a_worse_state(
    value: float, width: float, more: float, year: int
) -> None:
    order = ["off course", "on course", "met"]

    worse = last(UP, *history(point(year, value, width)))
    better = last(UP, *history(point(year, value + more, width)))

    assert order.index(better) >= order.index(worse)


def test_no_state_is_read_before_three_points() -> None:
    told = standings(UP, [point(2020, 70.0), point(2021, 90.0), point(2022, 90.0)])

    assert [one.state for one in told] == ["cannot tell", "met"]
    assert told[0].reason == "the series has 2 of the 3 points that are needed"
    (nothing,) = standings(UP, [point(2019, 70.0)])
    assert nothing.point is None
    assert nothing.reason == "no figure is later than the baseline"


def test_no_worse_than_is_met_only_when_it_is_due() -> None:
    keep = replace(UP, kind="no worse than", aim=70.0)

    assert last(keep, *history(point(2025, 75.0))) == "on course"
    assert last(keep, *history(point(2025, 68.5))) == "off course"
    assert last(keep, *history(point(2030, 75.0))) == "met"


def test_a_gap_is_reduced_towards_nothing() -> None:
    gap = replace(UP, kind="reduce gap", baseline=-6.0, aim=-3.0)
    figures = [(2019, 70.0), (2020, 70.0), (2025, 72.5)]

    told = standings(gap, [point(*one, 0.4).less(76.5) for one in figures])

    assert told[-1].point is not None
    assert told[-1].point.value == -4.0
    assert told[-1].path == pytest.approx(-4.5)
    assert told[-1].state == "on course"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"aim": 60.0}, "is no better than its baseline"),
        ({"by": "2019"}, "is not later than its baseline"),
        ({"by": "some day"}, "is not later than its baseline"),
        ({"kind": "reduce gap", "baseline": 2.0, "aim": 5.0}, "is no smaller a gap"),
        ({"is_higher_better": False}, "is no better than its baseline"),
    ],
)
def test_an_aim_on_the_wrong_side_is_refused(
    change: dict[str, float | str | Kind], words: str
) -> None:
    with pytest.raises(AimError, match=words):
        replace(UP, **change)  # type: ignore[arg-type] # each change has the type of its field


def test_an_output_is_no_high_level_outcome() -> None:
    with pytest.raises(LevelError, match="counts what was done"):
        replace(UP, level="output")


def test_every_block_beneath_a_floor_is_named_however_good_the_average() -> None:
    floor = Entitlement(indicator="seen", floor=95.0, is_higher_better=True)
    blocks = [("E1", point(2025, 99.0)), ("E2", point(2025, 94.5)), ("E3", point(2025, 90.0))]

    told = beneath(floor, blocks)

    assert [(one.block, one.is_sure) for one in told] == [("E3", True), ("E2", False)]
    ceiling = Entitlement(indicator="waits", floor=5.0, is_higher_better=False)
    assert [one.block for one in beneath(ceiling, [("E1", point(2025, 7.0, 0.5))])] == ["E1"]


def test_the_centre_asks_for_no_more_than_it_may() -> None:
    many = [replace(UP, indicator=f"i{n}") for n in range(13)]
    same = [replace(UP, area=f"A{n}") for n in range(38)]

    check_numbers(same, [], most_outcomes=1, most_entitlements=0)
    with pytest.raises(TooManyOutcomesError, match="13 high-level outcomes, and 12 is the most"):
        check_numbers(many, [], most_outcomes=12, most_entitlements=12)
    floors = [Entitlement(indicator=f"i{n}", floor=1, is_higher_better=True) for n in range(2)]
    with pytest.raises(TooManyOutcomesError, match="2 entitlements"):
        check_numbers([], floors, most_outcomes=12, most_entitlements=1)
