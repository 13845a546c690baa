"""What proves that allocations are the one answer to the pace-of-change rule.

In:        nothing; ``pace_of_change`` makes certificates.
Out:       the allocations again, and a form that JSON carries without loss.
Not here:  checking one: ``folkmoot funding verify`` does, with code of its own.
Source:    docs/explanation/pace-of-change.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any, Literal, Self

State = Literal["floor", "free", "ceiling", "no_target"]


def common_measure(targets: Sequence[Fraction]) -> tuple[tuple[int, ...], Fraction]:
    """Whole numbers in the proportions of exact targets, and what one of them is worth.

    Examples
    --------
    >>> common_measure([Fraction(3, 2), Fraction(9, 4)])
    ((2, 3), Fraction(3, 4))
    """
    ratios = [target.as_integer_ratio() for target in targets]
    below = lcm(*{denominator for _, denominator in ratios})
    whole = [numerator * (below // denominator) for numerator, denominator in ratios]
    common = gcd(*whole) or 1
    return tuple([one // common for one in whole]), Fraction(common, below)


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The common level and each area's place beside it, areas sorted by code.

    An area receives ``level x target``, or its floor or ceiling where that lies outside
    them; free areas are rounded down and some of them receive one penny more.
    """

    # Without slots, because the exact targets are made when they are first asked for: a
    # what-if makes a hundred certificates and reads few of them.

    quantum: int
    """Unit: pence."""
    level: Fraction
    """The part of its target that every free area receives; lambda in the JSON form."""
    codes: tuple[str, ...]
    weights: tuple[int, ...]
    """Targets in proportion, with no common divisor."""
    unit: Fraction
    """What one of these weights is worth. Unit: pence, exact."""
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    states: tuple[State, ...]
    extra_pennies: tuple[bool, ...]

    @cached_property
    def targets(self) -> tuple[Fraction, ...]:
        """What need alone would give. Unit: pence, exact."""
        return tuple(weight * self.unit for weight in self.weights)

    def pence(self) -> tuple[int, ...]:
        """The allocations, one an area in order of code."""
        above, below = (self.level * self.unit).as_integer_ratio()
        amounts = {
            "free": [above * weight // below for weight in self.weights],
            "ceiling": self.upper,
            "floor": self.lower,
            "no_target": self.lower,
        }
        return tuple(
            [
                amounts[state][area] + extra
                for area, (state, extra) in enumerate(
                    zip(self.states, self.extra_pennies, strict=True)
                )
            ]
        )

    def as_json(self) -> dict[str, Any]:
        """The certificate as plain whole numbers, texts and lists."""
        return {
            "quantum": self.quantum,
            "lambda_numerator": self.level.numerator,
            "lambda_denominator": self.level.denominator,
            "areas": [
                {
                    "code": self.codes[area],
                    "target": [
                        self.targets[area].numerator,
                        self.targets[area].denominator,
                    ],
                    "lower": self.lower[area],
                    "upper": self.upper[area],
                    "state": self.states[area],
                    "extra_penny": self.extra_pennies[area],
                }
                for area in range(len(self.codes))
            ],
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Self:
        """Read what ``as_json`` wrote."""
        areas = record["areas"]
        weights, unit = common_measure([Fraction(*area["target"]) for area in areas])
        return cls(
            quantum=record["quantum"],
            level=Fraction(record["lambda_numerator"], record["lambda_denominator"]),
            codes=tuple(area["code"] for area in areas),
            weights=weights,
            unit=unit,
            lower=tuple(area["lower"] for area in areas),
            upper=tuple(area["upper"] for area in areas),
            states=tuple(area["state"] for area in areas),
            extra_pennies=tuple(area["extra_penny"] for area in areas),
        )
