"""Weigh counts of people into need, in whole numbers.

In:        how many people each component counts in each block, and the components' weights.
Out:       micro-persons by block: the same as with fractions, and fast enough to ask
           "what if the weights were others" a hundred times a second.
Not here:  counting (``counted_need``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm, prod
from typing import TypeAlias

from folkmoot.funding.errors import NeedError
from folkmoot.funding.profiles import Component, CountedProfile
from folkmoot.funding.weighted_population import MICRO


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """People of one component by block."""

    component: Component
    numbers: tuple[int, ...]
    """People of each block in parts of a person, as many to the person as ``parts``."""
    parts: int
    residents: tuple[int, ...]
    """Residents of the component's ages, of whom they are a part."""
    filled: tuple[str, ...]
    """Blocks with no value of their own, which took the rate of their region."""

    @property
    def people(self) -> tuple[Fraction, ...]:
        """People of each block, exact."""
        return tuple(Fraction(number, self.parts) for number in self.numbers)

    def of_everyone(self) -> "Counted":
        """As if every resident of the ages counted were in need."""
        return replace(self, numbers=self.residents, parts=1)


CountKey: TypeAlias = tuple[object, ...]
Counts: TypeAlias = Mapping[CountKey, Counted]
"""What was counted before, by everything that a count depends on but the package."""


def count_key(profile: CountedProfile, component: Component) -> CountKey:
    """All of a profile that decides what a component counts; its weight does not."""
    return (
        component.name,
        component.measure,
        component.indicator,
        component.period,
        component.ages,
        profile.region_column,
        profile.coverage_limit,
    )


def counted_in_parts(
    component: Component,
    people: Sequence[Fraction],
    residents: tuple[int, ...],
    filled: tuple[str, ...],
) -> Counted:
    """Hold exact numbers of people over one denominator."""
    parts = lcm(*(one.denominator for one in people))
    numbers = tuple(one.numerator * (parts // one.denominator) for one in people)
    return Counted(
        component=component, numbers=numbers, parts=parts, residents=residents, filled=filled
    )


def weigh(
    counts: Sequence[Counted], thetas: Sequence[Fraction], *, persons: int
) -> tuple[int, ...]:
    """Spread persons over blocks by the weighted shares of several counts.

    Parameters
    ----------
    counts : sequence of Counted
        One a component, blocks in the same order.
    thetas : sequence of Fraction
        Weight of each component; they sum to 1.
    persons : int
        What the weighted populations sum to, but for rounding.

    Returns
    -------
    tuple of int
        ``round_half_even(persons x 10^6 x sum_k theta_k number_bk / sum_b number_bk)``.
        Unit: micro-persons.

    Raises
    ------
    NeedError
        If a component counts nobody.
    """
    wholes = [sum(counted.numbers) for counted in counts]
    for counted, whole in zip(counts, wholes, strict=True):
        if not whole:
            raise NeedError(counted.component.name, "every block", "zero")
    below = prod(wholes) * lcm(*(theta.denominator for theta in thetas))
    scales = [
        theta.numerator * (below // (theta.denominator * whole)) * persons * MICRO
        for theta, whole in zip(thetas, wholes, strict=True)
    ]
    return tuple(
        rounded(sum(scale * one for scale, one in zip(scales, numbers, strict=True)), below)
        for numbers in zip(*(counted.numbers for counted in counts), strict=True)
    )


def rounded(above: int, below: int) -> int:
    """Divide and round, halves to even; without finding a common divisor first.

    Examples
    --------
    >>> rounded(5, 2), rounded(7, 2), rounded(8, 3)
    (2, 4, 3)
    """
    whole, rest = divmod(above, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2 == 1))
