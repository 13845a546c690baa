"""Targets: the part of a quantum that need alone would give, never rounded."""

from collections.abc import Sequence
from fractions import Fraction

from folkmoot.funding.errors import ZeroNeedError


def targets(quantum: int, need: Sequence[int]) -> tuple[Fraction, ...]:
    """Share a quantum in proportion to need, exactly.

    Parameters
    ----------
    quantum : int
        Unit: pence.
    need : sequence of int
        One an area, zero or more. Unit: any, such as micro-persons.

    Raises
    ------
    ZeroNeedError
        If nobody has need.

    Examples
    --------
    >>> targets(1010, (3, 3, 3, 1))
    (Fraction(303, 1), Fraction(303, 1), Fraction(303, 1), Fraction(101, 1))
    """
    whole = sum(need)
    if not whole:
        raise ZeroNeedError
    return tuple(Fraction(quantum * one, whole) for one in need)


def distance_from_target(pence: int, target: Fraction) -> Fraction | None:
    """How far an allocation is from its target, as a ratio; None without a target.

    Examples
    --------
    >>> distance_from_target(343, Fraction(303))
    Fraction(40, 303)
    """
    return pence / target - 1 if target else None
