"""Control charts: the published series, a plain twin of the rules, laws and refusals."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outcomes.errors import PeriodError, RebaseReasonError
from folkmoot.outcomes.xmr import SIGNALS, Improvement, xmr, xmr_signals
from folkmoot.vocabulary.statistics.errors import MissingValueError, ShapeError

PUBLISHED = [10, 12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 30, 12, 13, 15, 16, 15, 17, 16, 18, 17]
# Values of one figure behind the point, so that no sum depends on its order.
series = st.lists(st.integers(0, 40).map(float), min_size=1, max_size=60)


def days(count: int) -> list[date]:
    return [date(2024, 1, 1) + timedelta(days=7 * n) for n in range(count)]


def plain_signals(values: list[float], run: int) -> list[tuple[str, int]]:
    """The rules by loops over windows, as the publication words them."""
    n, mean = len(values), sum(values) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    whole = sum(ranges) / len(ranges) if ranges else 0.0
    kept = [one for one in ranges if one < 3.267 * whole] if whole else ranges
    amr = sum(kept) / len(kept) if kept else 0.0
    far, near = 2.66 * amr, 2.66 * amr * 2 / 3
    side = [(v > mean) - (v < mean) for v in values]
    close = [near < abs(v - mean) <= far for v in values]
    found: list[tuple[str, int]] = [("common cause", 0)] * n
    for start in range(n - run + 1):
        window = range(start, start + run)
        if abs(sum(side[i] for i in window)) == run:
            for i in window:
                found[i] = ("one side", side[i])
    for start in range(n - 2):
        window = range(start, start + 3)
        if abs(sum(side[i] for i in window)) == 3 and sum(close[i] for i in window) >= 2:
            for i in window:
                if close[i]:
                    found[i] = ("two of three", side[i])
    for start in range(n - run + 1):
        steps = [np.sign(values[i + 1] - values[i]) for i in range(start, start + run - 1)]
        if abs(sum(steps)) == run - 1:
            for i in range(start, start + run):
                found[i] = ("trend", int(steps[0]))
    return [
        ("outside limits", side[i]) if abs(v - mean) > far else found[i]
        for i, v in enumerate(values)
    ]


def test_the_published_series_has_the_published_limits_and_signals() -> None:
    found = xmr(PUBLISHED, days(21), "increase")
    (group,) = found.groups

    assert group.mean == pytest.approx(14.285714285714286, rel=1e-12)
    assert group.whole_range == pytest.approx(3.15, rel=1e-12)
    assert group.ranges_dropped == 2
    assert group.mean_range == pytest.approx(1.5, rel=1e-12)
    assert group.lower == pytest.approx(10.295714285714286, rel=1e-12)
    assert group.upper == pytest.approx(18.275714285714287, rel=1e-12)
    shown = {
        (signal, direction): [
            n
            for n, pair in enumerate(zip(found.signals, found.directions, strict=True), 1)
            if pair == (signal, direction)
        ]
        for signal, direction in set(zip(found.signals, found.directions, strict=True))
    }
    assert shown == {
        ("outside limits", -1): [1],
        ("outside limits", 1): [12],
        ("two of three", 1): [18, 20, 21],
        ("one side", -1): list(range(2, 12)),
        ("one side", 1): [15, 16, 17, 19],
        ("common cause", 0): [13, 14],
    }


@given(series, st.sampled_from([6, 7]))
def test_signals_are_those_of_the_rules_read_plainly(values: list[float], run: int) -> None:
    found = xmr(values, days(len(values)), "increase", run=run)

    assert list(zip(found.signals, found.directions, strict=True)) == plain_signals(values, run)


@given(series, st.integers(-1000, 1000))
def test_adding_a_constant_moves_the_limits_and_no_signal(values: list[float], more: int) -> None:
    plain = xmr(values, days(len(values)), "increase")
    moved = xmr([v + more for v in values], days(len(values)), "increase")

    assert moved.groups[0].mean == pytest.approx(plain.groups[0].mean + more, abs=1e-9)
    assert moved.groups[0].upper == pytest.approx(plain.groups[0].upper + more, abs=1e-9)


@given(series)
def test_turning_values_over_swaps_up_and_down(values: list[float]) -> None:
    plain = xmr(values, days(len(values)), "increase")
    turned = xmr([-v for v in values], days(len(values)), "decrease")

    assert turned.signals == plain.signals
    assert turned.directions == tuple(-one for one in plain.directions)
    assert turned.meanings == plain.meanings


@given(st.lists(st.integers(0, 40).map(float), min_size=20, max_size=40), st.integers(5, 15))
def test_a_group_does_not_depend_on_the_others(values: list[float], split: int) -> None:
    days_of = days(len(values))
    found = xmr(values, days_of, "increase", rebase={days_of[split]: "a new clinic"})
    alone = xmr(values[split:], days_of[split:], "increase")

    assert found.signals[split:] == alone.signals
    assert found.groups[1].mean == alone.groups[0].mean
    assert [group.points for group in found.groups] == [split, len(values) - split]


def test_many_series_at_once_show_what_each_shows_alone() -> None:
    matrix = np.random.default_rng(3).integers(0, 30, (40, 30)).astype(float)
    found = xmr_signals(matrix)
    for row, values in enumerate(matrix):
        alone = xmr(values, days(30), "increase")
        assert [SIGNALS[abs(one)] for one in found[row]] == list(alone.signals)


def test_a_constant_series_shows_nothing() -> None:
    found = xmr([5.0] * 20, days(20), "increase", target=6)

    assert set(found.signals) == {"common cause"}
    assert found.groups[0].lower == found.groups[0].upper == 5
    assert found.assurance == "consistently fails"


@pytest.mark.parametrize(
    ("improvement", "target", "told"),
    [
        ("increase", 100, "consistently fails"),
        ("increase", 0, "consistently passes"),
        ("increase", 14, "hit or miss"),
        ("decrease", 100, "consistently passes"),
        ("decrease", 0, "consistently fails"),
        ("neither", 0, None),
        ("increase", None, None),
    ],
)
def test_assurance_compares_the_target_with_the_last_limits(
    improvement: Improvement, target: float | None, told: str | None
) -> None:
    found = xmr(PUBLISHED, days(21), improvement, target=target)

    assert found.assurance == told


def test_a_short_series_has_no_verdict_and_gaps_are_listed() -> None:
    some = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 7, 1)]
    found = xmr([1, 2, 1, 2], some, "increase", target=9)

    assert found.is_too_short
    assert found.assurance is None
    assert found.gaps == ((date(2024, 3, 1), date(2024, 7, 1)),)


def test_limits_may_come_from_the_first_points_only() -> None:
    values = [1.0, 3.0] * 6 + [50.0] * 8
    found = xmr(values, days(20), "increase", fix_after=12)

    assert found.groups[0].mean == 2
    assert set(found.signals[12:]) == {"outside limits"}


def test_what_cannot_be_charted_is_refused() -> None:
    with pytest.raises(PeriodError, match="2024-01-01 comes twice, or too late"):
        xmr([1, 2], [date(2024, 1, 1)] * 2, "increase")
    with pytest.raises(PeriodError, match="2020-01-01, which it lacks"):
        xmr([1, 2], days(2), "increase", rebase={date(2020, 1, 1): "why"})
    with pytest.raises(RebaseReasonError, match="Say what changed"):
        xmr([1, 2], days(2), "increase", rebase={days(2)[1]: " "})
    with pytest.raises(PeriodError, match="from 1 point"):
        xmr([1, 2], days(2), "increase", fix_after=1)
    with pytest.raises(PeriodError, match="a run is 7"):
        xmr([1, 2], days(2), "increase", run=5)
    with pytest.raises(ShapeError):
        xmr([1, 2], days(3), "increase")
    with pytest.raises(MissingValueError):
        xmr([1, np.nan], days(2), "increase")
