"""Floors and ceilings: the least and the most that each area may receive in a year.

In:        last year's allocations, targets, entitlements, and the year's rule.
Out:       ``Bounds`` in whole pence, with a record of each bound that gave way.
Rule:      an entitlement is stronger than a ceiling, a ceiling than the least share of
           target. Floors are rounded up and ceilings down, so whole pence keep both.
Not here:  what the amounts become inside them (``pace_of_change``).
Source:    docs/explanation/pace-of-change.md; decision record 0006.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from operator import gt

from folkmoot.funding.errors import BoundsError


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundsRule:
    """The rule of one year, as ratios."""

    floor: Fraction
    """Least change on last year's allocation: -1/50 is a cut of 2%."""
    ceiling: Fraction | None = None
    """Greatest change; None for no ceiling."""
    least_share: Fraction | None = None
    """Least part of target; None for none."""

    def __post_init__(self) -> None:
        if self.ceiling is not None and self.floor > self.ceiling:
            raise BoundsError("the rule", f"{self.floor}", f"{self.ceiling}")

    def sentence(self) -> str:
        """The rule in words.

        Examples
        --------
        >>> BoundsRule(floor=Fraction(-1, 50)).sentence()
        'no less than -2% on last year'
        """
        said = [f"no less than {_per_cent(self.floor)} on last year"]
        if self.ceiling is not None:
            said.append(f"no more than {_per_cent(self.ceiling)} on last year")
        if self.least_share:
            said.append(f"no less than {_per_cent(self.least_share)} of target")
        return ", ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Least and most for each area, in order of area. Unit: pence."""

    lower: tuple[int, ...]
    upper: tuple[int, ...]
    ceiling_raised: tuple[bool, ...]
    """Where an entitlement above the ceiling raised it."""
    least_share_cut: tuple[bool, ...]
    """Where the least share of target was cut to the ceiling."""


def _per_cent(ratio: Fraction) -> str:
    return f"{float(ratio * 100):g}%"


def bounds(
    quantum: int,
    *,
    codes: Sequence[str],
    baseline: Sequence[int],
    targets: Sequence[Fraction],
    entitlements: Sequence[int],
    rule: BoundsRule,
) -> Bounds:
    """Work out every area's floor and ceiling for a year.

    Without a ceiling the most is the quantum itself; without a least share of target, the
    targets are not read.

    Raises
    ------
    BoundsError
        If rounding to whole pence lifts an area's floor over its ceiling.

    Examples
    --------
    >>> found = bounds(
    ...     1010,
    ...     codes="ABCD",
    ...     baseline=(350, 290, 285, 75),
    ...     targets=[Fraction(303)] * 3 + [Fraction(101)],
    ...     entitlements=(0, 0, 0, 0),
    ...     rule=BoundsRule(floor=Fraction(-2, 100), ceiling=Fraction(1, 10)),
    ... )
    >>> found.lower, found.upper
    ((343, 285, 280, 74), (385, 319, 313, 82))
    """
    of_target = (
        [ceil(target * rule.least_share) for target in targets]
        if rule.least_share
        else [0] * len(codes)
    )
    above, below = rule.floor.as_integer_ratio()
    least = [-(-before * (below + above) // below) for before in baseline]
    most = [max(quantum, low, part) for low, part in zip(least, of_target, strict=True)]
    if rule.ceiling is not None:
        above, below = rule.ceiling.as_integer_ratio()
        most = [before * (below + above) // below for before in baseline]
        for code, low, high in zip(codes, least, most, strict=True):
            if low > high:
                raise BoundsError(code, f"{low}p", f"{high}p")
    lower = tuple(map(max, entitlements, least, map(min, of_target, most)))
    return Bounds(
        lower=lower,
        upper=tuple(map(max, most, lower)),
        ceiling_raised=tuple(map(gt, entitlements, most)),
        least_share_cut=tuple(map(gt, of_target, most)),
    )
