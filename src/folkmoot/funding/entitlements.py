"""Entitlements: what everyone is owed everywhere, priced as a floor in each area.

In:        promises with their rule, a plan, a package and need by profile.
Out:       pence owed in each area of a stream, rounded up to a penny.
Not here:  keeping them (``bounds``); when they cannot all be kept (``infeasible``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Literal, get_args

from folkmoot.vocabulary.codes import StreamCode
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.source import Source

EntitlementRule = Literal["per_head", "share"]
ENTITLEMENT_RULES: tuple[EntitlementRule, ...] = get_args(EntitlementRule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """One national promise within a stream."""

    name: str
    stream: StreamCode
    title: str
    rule: EntitlementRule
    pence: Fraction
    """For each resident by the rule ``per_head``, for the whole country by ``share``."""
    profile: str
    """Need profile by which ``share`` is shared; empty for the stream's own."""
    first_day: date
    source: Source


def owed(
    entitlement: Entitlement, *, population: Sequence[int], need: Sequence[int]
) -> tuple[Fraction, ...]:
    """What one promise costs in each area.

    Parameters
    ----------
    population : sequence of int
        Residents of each area.
    need : sequence of int
        Need of each area by the profile that the promise is shared by.

    Returns
    -------
    tuple of Fraction
        Unit: pence, exact; whole pence by the rule ``share``.
    """
    if entitlement.rule == "per_head":
        return tuple(entitlement.pence * people for people in population)
    return tuple(Fraction(pence) for pence in apportion(ceil(entitlement.pence), need))


def total_owed(promises: Sequence[Sequence[Fraction]], n_areas: int) -> tuple[int, ...]:
    """Add promises up by area and round up to a penny.

    Examples
    --------
    >>> total_owed([(Fraction(5, 2), Fraction(1)), (Fraction(1), Fraction(1))], 2)
    (4, 2)
    """
    if not promises:
        return (0,) * n_areas
    return tuple(ceil(sum(promise[area] for promise in promises)) for area in range(n_areas))
