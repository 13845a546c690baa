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
