"""One stream in one year: from need and last year's allocations to this year's.

In:        a quantum, need, last year's allocations, entitlements and the year's rule.
Out:       ``Allocations``, whole pence by area, with everything that led to them; or
           ``Infeasible``.
Not here:  where the inputs come from (``settlement``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from folkmoot.funding.bounds import Bounds, BoundsRule, bounds
from folkmoot.funding.certificate import Certificate
from folkmoot.funding.errors import ZeroNeedError
from folkmoot.funding.infeasible import Infeasible, largest_uniform_floor
from folkmoot.funding.pace_of_change import Problem
from folkmoot.funding.targets import distance_from_target, targets
from folkmoot.vocabulary.money import apportion


@dataclass(frozen=True, kw_only=True)
class Allocations:
    """What each area is given in one stream and year, areas sorted by code."""

    # Without slots, as its certificate, because what is not always read is made when it is.
    need: tuple[int, ...]
    """Unit: micro-persons."""
    baseline: tuple[int, ...]
    """Last year's allocations. Unit: pence, as in all that follows."""
    entitlements: tuple[int, ...]
    rule: BoundsRule
    bounds: Bounds
    certificate: Certificate
    closing: tuple[int, ...]
    """After pace of change: what is given."""

    @cached_property
    def opening(self) -> tuple[int, ...]:
        """The quantum in last year's proportions: before pace of change."""
        if not any(self.baseline):
            return self.baseline
        return apportion(self.certificate.quantum, self.baseline)

    @property
    def targets(self) -> tuple[Fraction, ...]:
        """What need alone would give, exact."""
        return self.certificate.targets

    def distances(self, pence: Sequence[int]) -> tuple[Fraction | None, ...]:
        """Distance from target of opening or closing allocations."""
        return tuple(
            distance_from_target(amount, target)
            for amount, target in zip(pence, self.targets, strict=True)
        )


def allocate(
    quantum: int,
    *,
    codes: Sequence[str],
    need: Sequence[int],
    baseline: Sequence[int],
    entitlements: Sequence[int],
    rule: BoundsRule,
) -> Allocations | Infeasible:
    """Share a quantum between areas, moving last year's allocations towards target.

    Parameters
    ----------
    quantum : int
        Unit: pence.
    codes : sequence of str
        Codes of the areas, sorted; everything else is in this order.
    need : sequence of int
        Unit: micro-persons.
    baseline, entitlements : sequence of int
        Last year's allocations, and what is owed whatever happens. Unit: pence.

    Raises
    ------
    ZeroNeedError, BoundsError
        If nobody has need, or a floor lies above its ceiling.

    Examples
    --------
    >>> found = allocate(
    ...     1010,
    ...     codes="ABCD",
    ...     need=(3, 3, 3, 1),
    ...     baseline=(350, 290, 285, 75),
    ...     entitlements=(0, 0, 0, 0),
    ...     rule=BoundsRule(floor=Fraction(2, 100), ceiling=Fraction(1, 10)),
    ... )
    >>> found.sentence()
    'The floors promise 11p more than the quantum. The largest floor that fits everyone is 0.85%.'
    """
    if not quantum * sum(need):
        raise ZeroNeedError
    held = bounds(
        quantum,
        codes=codes,
        baseline=baseline,
        targets=targets(quantum, need) if rule.least_share else (),
        entitlements=entitlements,
        rule=rule,
    )
    problem = Problem(
        quantum=quantum,
        codes=tuple(codes),
        weights=tuple(need),
        unit=Fraction(quantum, sum(need)),
        lower=held.lower,
        upper=held.upper,
    )
    found = problem.answer()
    if isinstance(found, Infeasible):
        return _explained(found, quantum, baseline=baseline, entitlements=entitlements)
    return Allocations(
        need=tuple(need),
        baseline=tuple(baseline),
        entitlements=tuple(entitlements),
        rule=rule,
        bounds=held,
        certificate=found,
        closing=found.pence(),
    )


def _explained(
    found: Infeasible, quantum: int, *, baseline: Sequence[int], entitlements: Sequence[int]
) -> Infeasible:
    """Say what would fit: no floor where the entitlements alone are too much."""
    over = sum(entitlements) - quantum
    if over > 0:
        return replace(found, kind="entitlements_exceed_quantum", pence=over)
    if found.kind != "floors_exceed_quantum":
        return found
    fits = largest_uniform_floor(quantum, baseline, entitlements)
    return replace(found, largest_uniform_floor=fits)
