"""Control charts: whether a series has changed, or only varies as it always has.

In:        one value a period, the days, and whether more is better.
Out:       limits, what each point shows and what that means, and whether a target is met.
Rule:      NHS England's Making Data Count: limits from the mean moving range, four signals.
Not here:  drawing (``exhibits.control_chart``); the loops (``outcomes.xmr_kernels``).
Source:    NHS England, Making Data Count; D. J. Wheeler, Understanding Variation, 1993.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.outcomes.errors import PeriodError, RebaseReasonError
from folkmoot.outcomes.results import Method
from folkmoot.outcomes.xmr_kernels import SPREAD, limits, signals
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntMatrix
from folkmoot.vocabulary.statistics.errors import ShapeError
from folkmoot.vocabulary.statistics.inputs import digest, vectors

Improvement = Literal["increase", "decrease", "neither"]
Signal = Literal["common cause", "outside limits", "trend", "two of three", "one side"]
Meaning = Literal["improvement", "concern", "neutral", "common cause"]
Assurance = Literal["consistently passes", "consistently fails", "hit or miss"]

SIGNALS: tuple[Signal, ...] = (
    "common cause",
    "outside limits",
    "trend",
    "two of three",
    "one side",
)
"""By the numbers of ``xmr_kernels``."""

FEWEST_POINTS = 13
"""With fewer the limits are still moving, so no verdict is given."""

GAP = 1.5
"""Usual steps between days, beyond which a period is missing."""

XMR = Method(
    code="O7",
    name="XmR control chart; limits at 2.66 mean moving ranges",
    sources="NHS England, Making Data Count; Wheeler 1993",
    cannot_say="what caused a change: it says only where to ask.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Points between two rebases, with limits of their own."""

    first: int
    """Position of its first point."""
    points: int
    mean: float
    whole_range: float
    """Mean moving range of all points."""
    mean_range: float
    """The same without outlying ranges."""
    ranges_dropped: int

    @property
    def lower(self) -> float:
        """Lower limit."""
        return self.mean - SPREAD * self.mean_range

    @property
    def upper(self) -> float:
        """Upper limit."""
        return self.mean + SPREAD * self.mean_range

    @property
    def near(self) -> tuple[float, float]:
        """Two thirds of the way from the mean to either limit."""
        apart = SPREAD * self.mean_range * 2.0 / 3.0
        return self.mean - apart, self.mean + apart


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ControlChart:
    """A series with its limits, and what each point shows."""

    dates: tuple[date, ...]
    values: FloatVector
    improvement: Improvement
    target: float | None
    groups: tuple[Group, ...]
    signals: tuple[Signal, ...]
    directions: tuple[int, ...]
    """1 up, -1 down, 0 neither."""
    reasons: Mapping[date, str]
    """Why the limits start anew on a day."""
    gaps: tuple[tuple[date, date], ...]
    """Neighbouring days between which a period is missing."""
    inputs_sha256: str
    method: Method = XMR

    @property
    def is_too_short(self) -> bool:
        """Whether there are too few points for a verdict."""
        return len(self.values) < FEWEST_POINTS

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """Whether each point is good news."""
        better = {"increase": 1, "decrease": -1, "neither": 0}[self.improvement]
        return tuple(
            _meaning(signal, direction * better)
            for signal, direction in zip(self.signals, self.directions, strict=True)
        )

    @property
    def assurance(self) -> Assurance | None:
        """Whether the process as it is meets the target; None without one, or too short."""
        if self.target is None or self.improvement == "neither" or self.is_too_short:
            return None
        last = self.groups[-1]
        above, below = self.target > last.upper, self.target < last.lower
        if self.improvement == "decrease":
            above, below = below, above
        return "consistently fails" if above else "consistently passes" if below else "hit or miss"


def xmr(
    values: ArrayLike,
    dates: Sequence[date],
    improvement: Improvement,
    *,
    target: float | None = None,
    rebase: Mapping[date, str] | None = None,
    fix_after: int | None = None,
    screen_outliers: bool = True,
    run: int = 7,
) -> ControlChart:
    """Chart a series against its own limits.

    Parameters
    ----------
    values : array of shape (n_periods,)
    dates : sequence of date
        Rising; gaps are allowed and listed.
    improvement : {'increase', 'decrease', 'neither'}
        Which way is better.
    rebase : mapping of date to str, optional
        Days on which the limits start anew, each with the reason; never chosen by the program.
    fix_after : int, optional
        Limits come from this many first points of each group only, 2 or more.
    run : int
        Successive points that make a trend or a shift: 7, or 6.

    Raises
    ------
    PeriodError
        If days are not in order, each once, or a rebase is on none of them.
    RebaseReasonError
        If a rebase has no reason.
    MissingValueError, ShapeError, EmptyInputError
        As for every method.

    Examples
    --------
    >>> days = [date(2025, month, 1) for month in range(1, 10)]
    >>> chart = xmr([1, 2, 1, 2, 1, 2, 1, 2, 9], days, "decrease")
    >>> chart.signals[-1], chart.meanings[-1], chart.is_too_short
    ('outside limits', 'concern', True)
    """
    (series,) = vectors(values=values)
    days, anew = tuple(dates), dict(rebase or {})
    if series.shape != (len(days),):
        raise ShapeError({"values": series.shape, "dates": (len(days),)})
    _check_days(days, anew, fix_after=fix_after, run=run)
    starts = [0, *(number for number, day in enumerate(days) if number and day in anew)]
    groups: list[Group] = []
    shows: list[int] = []
    points: list[int] = []
    for start, end in pairwise([*starts, len(days)]):
        part = series[start:end]
        mean, whole, amr, dropped = limits(part[:fix_after], screen_outliers)
        groups.append(
            Group(
                first=start,
                points=end - start,
                mean=mean,
                whole_range=whole,
                mean_range=amr,
                ranges_dropped=dropped,
            )
        )
        found, ways = signals(part, mean, amr, run)
        shows += found.tolist()
        points += ways.tolist()
    return ControlChart(
        dates=days,
        values=series,
        improvement=improvement,
        target=target,
        groups=tuple(groups),
        signals=tuple(SIGNALS[one] for one in shows),
        directions=tuple(points),
        reasons=anew,
        gaps=_gaps(days),
        inputs_sha256=digest({"values": series}),
    )


def xmr_signals(values: FloatMatrix, *, run: int = 7) -> IntMatrix:
    """What each point of many series shows, by the numbers of ``SIGNALS``.

    Parameters
    ----------
    values : array of shape (n_series, n_periods)

    Returns
    -------
    array of shape (n_series, n_periods)
        Positive where the point is above or rising, negative where below or falling.
    """
    (matrix,) = vectors(values=values)
    found = np.zeros(matrix.shape, dtype=np.int64)
    for row, series in enumerate(matrix):
        mean, _, amr, _ = limits(series, screen=True)
        shows, points = signals(series, mean, amr, run)
        found[row] = shows * np.where(points == 0, 1, points)
    return found


def _check_days(
    days: Sequence[date], anew: Mapping[date, str], *, fix_after: int | None, run: int
) -> None:
    if any(before >= after for before, after in pairwise(days)):
        wrong = next(after for before, after in pairwise(days) if before >= after)
        raise PeriodError(f"{wrong} comes twice, or too late")
    if unknown := [str(day) for day in anew if day not in days]:
        raise PeriodError(f"limits are to start anew on {', '.join(unknown)}, which it lacks")
    if silent := [day for day, reason in anew.items() if not reason.strip()]:
        raise RebaseReasonError(silent)
    if fix_after is not None and fix_after < 2:
        raise PeriodError(f"limits cannot come from {fix_after} point")
    if run not in (6, 7):
        raise PeriodError(f"a run is 7 points, or 6, and not {run}")


def _gaps(days: Sequence[date]) -> tuple[tuple[date, date], ...]:
    """Neighbouring days that are much further apart than usual."""
    steps = [(after - before).days for before, after in pairwise(days)]
    if not steps:
        return ()
    usual = median(steps)
    return tuple(
        pair for pair, step in zip(pairwise(days), steps, strict=True) if step > GAP * usual
    )


def _meaning(signal: Signal, goodness: int) -> Meaning:
    if signal == "common cause":
        return "common cause"
    return "improvement" if goodness > 0 else "concern" if goodness < 0 else "neutral"
