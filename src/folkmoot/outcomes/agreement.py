"""What an area and the centre agreed: a few high-level outcomes, and floors under every block.

In:        targets with a baseline, an aim and a period by when; entitlements; figures by period.
Out:       where each target stands at each review; every block beneath a floor.
Rule:      a state is read from intervals, never from a point alone or from fewer than three
           points. An entitlement is tested in every block: no average of an area hides one.
Not here:  how many the centre may ask for: the caller hands it in; what follows from a state.
Source:    our own definition, docs/decisions/0029-needs-gaps-and-agreements.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Literal, get_args

from folkmoot.outcomes.errors import AimError, LevelError, TooManyOutcomesError
from folkmoot.outcomes.indicators import middle_of
from folkmoot.outcomes.results import Method

Kind = Literal["reach", "reduce gap", "no worse than"]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["met", "on course", "off course", "cannot tell"]
STATES: tuple[State, ...] = get_args(State)
FEWEST_POINTS = 3

AGREEMENT = Method(
    code="O17",
    name="the interval of a figure against the straight path from baseline to aim",
    sources="our own definition",
    cannot_say="what caused a change, or that the path would have been straight.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure of one period; limits are NaN where none were published."""

    period: str
    value: float
    lower: float
    """95% limits."""
    upper: float

    @property
    def year(self) -> float:
        """The middle of the period."""
        return middle_of(self.period)

    def less(self, comparator: float) -> "Point":
        """The gap to another figure, which is taken as exact."""
        low, value, high = (one - comparator for one in (self.lower, self.value, self.upper))
        return Point(period=self.period, value=value, lower=low, upper=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A high-level outcome of one area.

    Raises
    ------
    LevelError
        If the indicator is an output or an input.
    AimError
        If getting worse would reach the aim, or the periods are not in order.
    """

    indicator: str
    level: str
    area: str
    kind: Kind
    is_higher_better: bool
    baseline: float
    """For ``reduce gap``, the gap to the comparator, with its sign; so is ``aim``."""
    baseline_period: str
    aim: float
    by: str
    """The period of which the figure must reach the aim."""
    source: str = ""
    """Where it was agreed."""

    def __post_init__(self) -> None:
        if self.level not in ("impact", "outcome"):
            raise LevelError(self.indicator, self.level)
        start, end = middle_of(self.baseline_period), middle_of(self.by)
        if not start < end:
            raise AimError(self.indicator, "is not later than its baseline")
        forward = self._better(self.aim) - self._better(self.baseline)
        if self.kind != "no worse than" and forward <= 0:
            raise AimError(self.indicator, "is no better than its baseline")
        if self.kind == "reduce gap" and not abs(self.aim) < abs(self.baseline):
            raise AimError(self.indicator, "is no smaller a gap than its baseline")

    def _better(self, value: float) -> float:
        """Turn a figure so that more is better."""
        return value if self.is_higher_better else -value

    def path(self, year: float) -> float:
        """Where a straight way from baseline to aim would be; the aim itself once it is due."""
        start, end = middle_of(self.baseline_period), middle_of(self.by)
        if self.kind == "no worse than" or year >= end:
            return self.aim
        gone = max(0.0, (year - start) / (end - start))
        return self.baseline + gone * (self.aim - self.baseline)

    def read(self, point: Point) -> tuple[State, str]:
        """What one figure says, and why it cannot tell."""
        if not (isfinite(point.lower) and isfinite(point.upper)):
            return "cannot tell", "no interval was published"
        worst, best = sorted((self._better(point.lower), self._better(point.upper)))
        aim = self._better(self.aim)
        is_due = point.year >= middle_of(self.by)
        if best < self._better(self.path(point.year)):
            return "off course", ""
        if worst >= aim and (is_due or self.kind != "no worse than"):
            return "met", ""
        if not is_due:
            return "on course", ""
        if self._better(point.value) >= aim:
            return "met", ""
        return "cannot tell", "it is due, and the interval holds the aim that the figure misses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a target stands at one review."""

    target: Target
    point: Point | None
    """The figure of the review; None where there is none since the baseline."""
    path: float
    state: State
    reason: str
    """Why it cannot tell."""


def standings(target: Target, points: Sequence[Point]) -> tuple[Standing, ...]:
    """Read a target at every review since its baseline.

    Parameters
    ----------
    points : sequence of Point
        In order of time, those before the baseline too: three are needed before any is read.

    Examples
    --------
    >>> target = Target(indicator="work", level="outcome", area="A01", kind="reach", aim=80.0,
    ...                 is_higher_better=True, baseline=70.0, baseline_period="2020", by="2030")
    >>> points = [Point(period=str(year), value=value, lower=value - 1, upper=value + 1)
    ...           for year, value in ((2020, 70.0), (2021, 71.5), (2022, 70.0), (2023, 81.5))]
    >>> [one.state for one in standings(target, points)]
    ['cannot tell', 'off course', 'met']
    """
    start = middle_of(target.baseline_period)
    found = [
        _standing(target, point, number)
        for number, point in enumerate(points, 1)
        if point.year > start
    ]
    if not found:
        missing = "no figure is later than the baseline"
        return (Standing(target=target, point=None, path=nan, state="cannot tell", reason=missing),)
    return tuple(found)


def _standing(target: Target, point: Point, number: int) -> Standing:
    if number < FEWEST_POINTS:
        state: State = "cannot tell"
        reason = f"the series has {number} of the {FEWEST_POINTS} points that are needed"
    else:
        state, reason = target.read(point)
    path = target.path(point.year)
    return Standing(target=target, point=point, path=path, state=state, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """A floor beneath which no block may be."""

    indicator: str
    floor: float
    is_higher_better: bool
    source: str = ""
    """Where it is owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneath:
    """A block that is beneath a floor."""

    entitlement: Entitlement
    block: str
    point: Point
    is_sure: bool
    """Whether its whole interval is; else chance could be why."""


def beneath(entitlement: Entitlement, blocks: Sequence[tuple[str, Point]]) -> tuple[Beneath, ...]:
    """Name every block whose figure is beneath a floor, the furthest first.

    Examples
    --------
    >>> floor = Entitlement(indicator="seen in time", floor=95.0, is_higher_better=True)
    >>> low = Point(period="2025", value=94.0, lower=93.0, upper=95.5)
    >>> [(one.block, one.is_sure) for one in beneath(floor, [("E1", low)])]
    [('E1', False)]
    """
    sign = 1.0 if entitlement.is_higher_better else -1.0
    found = [
        Beneath(
            entitlement=entitlement,
            block=block,
            point=point,
            is_sure=max(sign * point.lower, sign * point.upper) < sign * entitlement.floor,
        )
        for block, point in blocks
        if sign * point.value < sign * entitlement.floor
    ]
    return tuple(sorted(found, key=lambda one: (sign * one.point.value, one.block)))


def check_numbers(
    targets: Sequence[Target],
    entitlements: Sequence[Entitlement],
    *,
    most_outcomes: int,
    most_entitlements: int,
) -> None:
    """Refuse an agreement that asks for more than the centre may.

    One outcome in many areas counts once.

    Raises
    ------
    TooManyOutcomesError
        If there are more high-level outcomes, or entitlements, than allowed.
    """
    outcomes = len({one.indicator for one in targets})
    if outcomes > most_outcomes:
        raise TooManyOutcomesError("high-level outcomes", outcomes, most_outcomes)
    floors = len({one.indicator for one in entitlements})
    if floors > most_entitlements:
        raise TooManyOutcomesError("entitlements", floors, most_entitlements)
