"""Move allocations towards target, inside floors, ceilings and the quantum.

In:        a quantum, and a target, a least and a most amount for each area (pence).
Out:       closing allocations that sum to the quantum to the penny, with the certificate
           that proves them; or ``Infeasible``, with what would fit.
Rule:      everybody receives the same part of their target, except where a floor or a
           ceiling holds. Among all amounts inside the bounds this makes the largest
           distance from target as small as can be, then the next largest, and so on.
Not here:  what the bounds are (``bounds``); weighing need (``need``).
Source:    docs/explanation/pace-of-change.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from operator import gt, itemgetter

from folkmoot.funding.certificate import Certificate, State, common_measure
from folkmoot.funding.errors import BoundsError, NeedError, ZeroNeedError
from folkmoot.funding.infeasible import Infeasible, costliest_floors
from folkmoot.funding.level_kernels import question, share, unplaced

MANY = 32
"""Areas from which compiled loops answer: for fewer, plain integers are as quick."""
STATES: tuple[State, ...] = ("floor", "free", "ceiling", "no_target")
"""In the order in which the loops number them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One pace-of-change question, areas sorted by code."""

    quantum: int
    codes: tuple[str, ...]
    weights: tuple[int, ...]
    """Targets in proportion, such as micro-persons of need."""
    unit: Fraction
    """What one of these weights is worth. Unit: pence, exact."""
    lower: tuple[int, ...]
    upper: tuple[int, ...]

    def __post_init__(self) -> None:
        if not any(self.weights):
            raise ZeroNeedError
        if min(self.weights) < 0 or min(self.lower) < 0 or any(map(gt, self.lower, self.upper)):
            self._refuse()

    def _refuse(self) -> None:
        """Name the first area at fault."""
        for code, weight, least, most in zip(
            self.codes, self.weights, self.lower, self.upper, strict=True
        ):
            if weight < 0:
                raise NeedError("target", code, "negative")
            if least < 0:
                raise BoundsError(code, f"{least}p", "nobody may fall below 0p")
            if least > most:
                raise BoundsError(code, f"{least}p", f"{most}p")

    @property
    def targets(self) -> tuple[Fraction, ...]:
        """Unit: pence, exact."""
        return tuple(weight * self.unit for weight in self.weights)

    def infeasible(self) -> Infeasible | None:
        """The answer when the floors promise too much or the ceilings too little."""
        short = sum(self.lower) - self.quantum
        spare = self.quantum - sum(
            self.upper if all(self.weights) else map(_most, self.weights, self.lower, self.upper)
        )
        if short <= 0 and spare <= 0:
            return None
        return Infeasible(
            kind="floors_exceed_quantum" if short > 0 else "ceilings_below_quantum",
            pence=max(short, spare),
            costliest=costliest_floors(self.codes, self.targets, self.lower),
        )

    def answer(self) -> Certificate | Infeasible:
        """The one certificate, or why there is none."""
        return self.infeasible() or _certified(self)


def _most(weight: int, least: int, most: int) -> int:
    """The most that an area can take: its floor, where it has no target."""
    return most if weight else least


def pace_of_change(
    quantum: int,
    targets: Sequence[Fraction],
    *,
    lower: Sequence[int],
    upper: Sequence[int],
    codes: Sequence[str],
) -> Certificate | Infeasible:
    """Share a quantum as near to target as floors and ceilings allow.

    Parameters
    ----------
    quantum : int
        Unit: pence.
    targets : sequence of Fraction
        One an area, zero or more, never rounded. Unit: pence. They need not sum to the
        quantum: only their proportions and the bounds matter.
    lower, upper : sequence of int
        Least and most for each area. Unit: pence.
    codes : sequence of str
        Codes of the areas, in any order; a tie for a penny goes to the earlier code.

    Returns
    -------
    Certificate or Infeasible
        ``certificate.pence()`` are the allocations, in order of code.

    Raises
    ------
    BoundsError, NeedError, ZeroNeedError
        If a floor lies above its ceiling, a target is negative, or all are zero.

    Notes
    -----
    The amounts ``clamp(level x target, lower, upper)`` are unique, and are the least for
    every convex measure of distance. An area with no target receives its floor.
    Source: docs/explanation/pace-of-change.md; decision record 0003 for the pennies.

    Examples
    --------
    >>> certificate = pace_of_change(
    ...     1010,
    ...     [Fraction(303)] * 3 + [Fraction(101)],
    ...     lower=(343, 285, 280, 74),
    ...     upper=(385, 319, 313, 82),
    ...     codes="ABCD",
    ... )
    >>> certificate.pence(), certificate.level, certificate.states
    ((343, 293, 292, 82), Fraction(195, 202), ('floor', 'free', 'free', 'ceiling'))
    """
    areas = sorted(zip(codes, targets, lower, upper, strict=True), key=itemgetter(0))
    by_code, in_order, least, most = zip(*areas, strict=True)
    weights, unit = common_measure(in_order)
    problem = Problem(
        quantum=quantum, codes=by_code, weights=weights, unit=unit, lower=least, upper=most
    )
    return problem.answer()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """Where each area stands at the common level."""

    level: Fraction
    """Unit: pence a weight."""
    states: tuple[State, ...]
    extra_pennies: tuple[bool, ...]


def _certified(problem: Problem) -> Certificate:
    shared = _compiled(problem) or _one_by_one(problem)
    common = gcd(*problem.weights)
    return Certificate(
        quantum=problem.quantum,
        level=shared.level / problem.unit,
        codes=problem.codes,
        weights=tuple([weight // common for weight in problem.weights]),
        unit=problem.unit * common,
        lower=problem.lower,
        upper=problem.upper,
        states=shared.states,
        extra_pennies=shared.extra_pennies,
    )


def _compiled(problem: Problem) -> _Shared | None:
    """The same answer by the compiled loops, when areas are many and numbers short enough."""
    if len(problem.codes) < MANY:
        return None
    asked = question(problem.quantum, problem.weights, problem.lower, problem.upper)
    if asked is None:
        return None
    placed = unplaced(len(problem.codes))
    level = share(asked, placed)
    if not level.found:
        return None
    return _Shared(
        level=Fraction(int(level.above), int(level.below)),
        states=tuple(map(STATES.__getitem__, placed.states.tolist())),
        extra_pennies=tuple((placed.extra > 0).tolist()),
    )


def _one_by_one(problem: Problem) -> _Shared:
    level = _level(problem)
    above, below = level.as_integer_ratio()
    placed = [
        _place(above * weight, below, least, most) if weight else ("no_target", least, 0)
        for weight, least, most in zip(problem.weights, problem.lower, problem.upper, strict=True)
    ]
    # Hamilton's method among the free: the pence left over go to the largest remainders.
    left_over = problem.quantum - sum(pence for _, pence, _ in placed)
    largest_first = sorted(range(len(placed)), key=lambda area: -placed[area][2])
    extra = set(largest_first[:left_over])
    return _Shared(
        level=level,
        states=tuple(state for state, _, _ in placed),
        extra_pennies=tuple(area in extra for area in range(len(placed))),
    )


def _place(amount: int, over: int, least: int, most: int) -> tuple[State, int, int]:
    """State, whole pence and remainder of ``amount / over`` between two bounds."""
    pence, remainder = divmod(amount, over)
    if pence < least or (pence == least and not remainder):
        return "floor", least, 0
    if pence >= most:
        return "ceiling", most, 0
    return "free", pence, remainder


def _level(problem: Problem) -> Fraction:
    """Find the least pence a unit of weight that exhausts the quantum.

    As the level rises from nothing, an area is free from the point where it passes its
    floor to the point where it meets its ceiling. Walk these points in order until the
    sum of all amounts reaches the quantum.
    """
    # Different ratios of such whole numbers differ by more than 2 ** -shift, so these
    # keys sort them exactly, and faster than fractions.
    shift = 2 * max(problem.weights).bit_length()
    points = []
    for weight, least, most in zip(problem.weights, problem.lower, problem.upper, strict=True):
        if weight:
            points.append(((least << shift) // weight, weight, least))
            points.append(((most << shift) // weight, -weight, most))
    fixed, slope = sum(problem.lower), 0
    for _, weight, bound in sorted(points):
        if (problem.quantum - fixed) * abs(weight) <= slope * bound:
            break
        slope += weight
        fixed += -bound if weight > 0 else bound
    return Fraction(problem.quantum - fixed, slope) if slope else Fraction(0)
