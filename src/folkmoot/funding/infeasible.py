"""No settlement keeps every promise: an answer with its figures, not a failure.

In:        what the floors and ceilings promise, and the quantum.
Out:       ``Infeasible``: by how many pence, which floors cost most, and the largest
           floor that fits everyone.
Not here:  choosing which promise to break; nothing is ever cut by rule.
Source:    docs/explanation/pace-of-change.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from folkmoot.vocabulary.money import in_pounds

InfeasibleKind = Literal[
    "floors_exceed_quantum", "ceilings_below_quantum", "entitlements_exceed_quantum"
]
STEP = 10_000
"""A uniform floor is sought in steps of one ten-thousandth: 0.01 of a per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostlyFloor:
    """What keeping one area's floor costs over its target."""

    area: str
    over_target: Fraction
    """Unit: pence, exact; 0 where the floor is no higher than the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Infeasible:
    """Why no allocation fits, and what would."""

    kind: InfeasibleKind
    pence: int
    """Pence missing, or left over where ceilings are too low; always above zero."""
    costliest: tuple[CostlyFloor, ...]
    """Every area, those whose floor costs most over target first."""
    largest_uniform_floor: Fraction | None = None
    """Greatest change on the baseline that fits everyone, in ten-thousandths; None where
    the baseline is not known or nothing fits."""

    def sentence(self) -> str:
        """The answer in words.

        Examples
        --------
        >>> answer = Infeasible(
        ...     kind="floors_exceed_quantum",
        ...     pence=11,
        ...     costliest=(CostlyFloor(area="A", over_target=Fraction(54)),),
        ...     largest_uniform_floor=Fraction(85, 10_000),
        ... )
        >>> print(answer.sentence())
        The floors promise 11p more than the quantum. The largest floor that fits everyone is 0.85%.
        """
        if self.kind == "entitlements_exceed_quantum":
            return (
                f"The entitlements promise {_in_words(self.pence)} more than the quantum. "
                "No rule cuts an entitlement: raise the quantum or lower a promise."
            )
        if self.kind == "ceilings_below_quantum":
            return (
                f"The ceilings leave {_in_words(self.pence)} of the quantum with nobody. "
                "Raise or drop the ceiling."
            )
        said = f"The floors promise {_in_words(self.pence)} more than the quantum."
        if self.largest_uniform_floor is None:
            return said
        per_cent = f"{float(self.largest_uniform_floor * 100):.2f}"
        return f"{said} The largest floor that fits everyone is {per_cent}%."


def _in_words(pence: int) -> str:
    return f"{pence}p" if pence < 100 else in_pounds(pence)


def costliest_floors(
    codes: Sequence[str], targets: Sequence[Fraction], lower: Sequence[int]
) -> tuple[CostlyFloor, ...]:
    """Rank areas by what their floor costs over their target, ties by code."""
    found = [
        CostlyFloor(area=code, over_target=max(Fraction(0), least - target))
        for code, target, least in zip(codes, targets, lower, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.over_target, one.area)))


def largest_uniform_floor(
    quantum: int, baseline: Sequence[int], entitlements: Sequence[int]
) -> Fraction | None:
    """Find the greatest floor, the same for every area, that the quantum can pay.

    Parameters
    ----------
    quantum : int
        Unit: pence.
    baseline, entitlements : sequence of int
        One an area. Unit: pence.

    Returns
    -------
    Fraction or None
        Greatest k/10000, -1 or more, with ``sum max(e, ceil(b (1 + k/10000)))`` no more
        than the quantum; None where entitlements alone exceed it or no baseline is paid.

    Notes
    -----
    The sum of floors never falls as k rises, so halving the interval is exact.

    Examples
    --------
    >>> largest_uniform_floor(1010, (350, 290, 285, 75), (0, 0, 0, 0))
    Fraction(17, 2000)
    """
    if sum(entitlements) > quantum or not any(baseline):
        return None

    def fits(step: int) -> bool:
        grown = 1 + Fraction(step, STEP)
        return quantum >= sum(
            max(owed, ceil(before * grown))
            for before, owed in zip(baseline, entitlements, strict=True)
        )

    low, high = -STEP, floor(Fraction(quantum, sum(baseline)) * STEP) - STEP + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return Fraction(low, STEP)
