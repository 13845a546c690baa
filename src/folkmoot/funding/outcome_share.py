"""The part of a grant that waits for outcomes.

In:        an allocation, its entitlement, the share at risk, and attainment by measure.
Out:       what is at risk, released, still pending, and moved to the stability pot.
Rule:      entitlements are never at risk; an outcome not yet assessed is no penalty; not
           a penny is lost.
Not here:  assessing outcomes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from folkmoot.funding.errors import AttainmentError
from folkmoot.vocabulary.money import apportion


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeShare:
    """One area's money at risk and what became of it. Unit: pence."""

    at_risk: int
    released: int
    pending: int
    """Waits for measures that are not yet assessed."""
    stability_pot: int
    """Not earned: stays in the stream."""
    allocation: int
    """What the area has now: the unconditional part and what was released."""


def at_risk(allocation: int, *, entitlement: int, share: Fraction) -> int:
    """The part of an allocation that waits for outcomes. Unit: pence."""
    return floor(share * max(0, allocation - entitlement))


def outcome_share(
    allocation: int,
    *,
    area: str,
    entitlement: int,
    share: Fraction,
    weights: Mapping[str, Fraction],
    attainments: Mapping[str, Fraction],
) -> OutcomeShare:
    """Release an area's money at risk in proportion to what it attained.

    Parameters
    ----------
    share : Fraction
        Part of the allocation above the entitlement that is at risk.
    weights : mapping
        Weight of each measure; they are scaled to sum to 1.
    attainments : mapping
        Part of each assessed outcome that was reached, from 0 to 1. A measure that is
        left out is not yet assessed: its money is pending.

    Raises
    ------
    AttainmentError
        If an attainment lies outside 0 to 1, or belongs to no measure.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> found = outcome_share(
    ...     1000,
    ...     area="A01",
    ...     entitlement=400,
    ...     share=Fraction(1, 10),
    ...     weights={"work": half, "health": half},
    ...     attainments={"work": Fraction(1), "health": half},
    ... )
    >>> found.at_risk, found.released, found.stability_pot, found.allocation
    (60, 45, 15, 985)
    """
    for measure, reached in attainments.items():
        if measure not in weights or not 0 <= reached <= 1:
            raise AttainmentError(area, measure, str(reached))
    risked = at_risk(allocation, entitlement=entitlement, share=share)
    measures = sorted(weights)
    assessed = [measure for measure in measures if measure in attainments]
    if not assessed:
        return OutcomeShare(
            at_risk=risked,
            released=0,
            pending=risked,
            stability_pot=0,
            allocation=allocation - risked,
        )
    waiting, due = apportion(
        risked,
        (
            sum(weights[measure] for measure in measures if measure not in attainments),
            sum(weights[measure] for measure in assessed),
        ),
    )
    whole = sum(weights.values())
    earned = sum(weights[measure] * attainments[measure] for measure in assessed)
    released = min(due, floor(risked * earned / whole))
    return OutcomeShare(
        at_risk=risked,
        released=released,
        pending=waiting,
        stability_pot=due - released,
        allocation=allocation - risked + released,
    )
