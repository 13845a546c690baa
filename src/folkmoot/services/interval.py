"""What is known of a quantity: the least and the most that it can be."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Self


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``least`` to ``most``, both included; None where there is no limit."""

    least: Fraction | None = None
    most: Fraction | None = None

    @classmethod
    def exactly(cls, value: Fraction) -> Self:
        """A quantity that is known."""
        return cls(value, value)

    @classmethod
    def around(cls, value: Fraction, half_width: Fraction) -> Self:
        """A quantity that was rounded, or given with a margin."""
        return cls(value - half_width, value + half_width)

    @property
    def is_empty(self) -> bool:
        """Whether no value fits both limits."""
        return self.least is not None and self.most is not None and self.least > self.most

    def minus(self, other: Self) -> Self:
        """Every difference that the two allow.

        Examples
        --------
        >>> tens = Interval(Fraction(10), Fraction(12)).minus(Interval(Fraction(1)))
        >>> tens.least, tens.most
        (None, Fraction(11, 1))
        """
        return type(self)(_minus(self.least, other.most), _minus(self.most, other.least))

    def over(self, other: Self) -> Self:
        """Every quotient, for a numerator of 0 or more and a positive divisor."""
        return type(self)(_over(self.least, other.most), _over(self.most, other.least))


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def _over(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or not other else one / other
