"""Whole pence: shared so that none is lost, and written so that a person can read them."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from folkmoot.vocabulary.errors import FolkmootError


class WeightError(FolkmootError):
    """Money cannot be shared by these weights."""

    def __init__(self, weights: Sequence[int | Fraction]) -> None:
        super().__init__(tuple(weights))
        self.weights = tuple(weights)

    def __str__(self) -> str:
        if not self.weights:
            problem = "there are none"
        elif min(self.weights) < 0:
            problem = f"number {self.weights.index(min(self.weights)) + 1} is negative"
        else:
            problem = "all are zero"
        return (
            f"Money cannot be shared by these weights: {problem}. A share is a part of the "
            "whole weight. Give one weight a receiver, zero or more, and at least one above zero."
        )


def apportion(total: int, weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Share whole pence in proportion to weights, leaving none over.

    Each share is rounded down; the pence left over go one each to the largest
    remainders, earlier receivers first (Hamilton's method). Integers only: in floats
    a share of a large quantum can be out by a penny.

    Parameters
    ----------
    total : int
        What is shared. Unit: pence; a negative total is shared as its mirror image.
    weights : sequence of int or Fraction
        One a receiver, zero or more. Any unit: scaling all of them changes nothing.

    Returns
    -------
    tuple of int
        One share a receiver, in pence; they sum to ``total``.

    Raises
    ------
    WeightError
        If there are no weights, one is negative, or all are zero.

    Notes
    -----
    With a larger total one receiver can lose a penny (the Alabama paradox).
    Source: decision record 0003.

    Examples
    --------
    >>> apportion(100, (1, 1, 1))
    (34, 33, 33)
    """
    if not weights or min(weights) < 0 or not any(weights):
        raise WeightError(weights)
    if total < 0:
        return tuple(-share for share in apportion(-total, weights))
    denominator = lcm(*(weight.denominator for weight in weights))
    whole_weights = [int(weight * denominator) for weight in weights]
    whole = sum(whole_weights)
    shares = [total * weight // whole for weight in whole_weights]
    remainders = [total * weight % whole for weight in whole_weights]
    largest_first = sorted(range(len(weights)), key=lambda receiver: -remainders[receiver])
    for receiver in largest_first[: total - sum(shares)]:
        shares[receiver] += 1
    return tuple(shares)


def in_pounds(pence: int) -> str:
    """Write pence as pounds, to the penny: £1,234.56.

    Examples
    --------
    >>> in_pounds(-123456)
    '-£1,234.56'
    """
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def in_short(pence: int) -> str:
    """Write pence as people say them: £4.21bn, £310.5m, £12,400.

    Examples
    --------
    >>> in_short(421_000_000_000), in_short(31_050_000_000), in_short(1_240_000)
    ('£4.21bn', '£310.5m', '£12,400')
    """
    sign, pounds = ("-" if pence < 0 else ""), abs(pence) / 100
    if pounds >= 1e9:
        return f"{sign}£{pounds / 1e9:,.2f}bn"
    if pounds >= 1e6:
        return f"{sign}£{pounds / 1e6:,.1f}m"
    return f"{sign}£{pounds:,.0f}"
