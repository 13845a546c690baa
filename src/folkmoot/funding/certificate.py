"""What proves that allocations are the one answer to the pace-of-change rule.

In:        nothing; ``pace_of_change`` makes certificates.
Out:       the allocations again, and a form that JSON carries without loss.
Not here:  checking one: ``folkmoot funding verify`` does, with code of its own.
Source:    docs/explanation/pace-of-change.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, Self

State = Literal["floor", "free", "ceiling", "no_target"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The common level and each area's place beside it, areas sorted by code.

    An area receives ``level x target``, or its floor or ceiling where that lies outside
    them; free areas are rounded down and some of them receive one penny more.
    """

    quantum: int
    """Unit: pence."""
    level: Fraction
    """The part of its target that every free area receives; lambda in the JSON form."""
    codes: tuple[str, ...]
    targets: tuple[Fraction, ...]
    """Unit: pence, exact."""
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    states: tuple[State, ...]
    extra_pennies: tuple[bool, ...]

    def pence(self) -> tuple[int, ...]:
        """The allocations, one an area in order of code."""
        return tuple(
            self._amount(area) + self.extra_pennies[area] for area in range(len(self.codes))
        )

    def _amount(self, area: int) -> int:
        if self.states[area] == "free":
            return int(self.level * self.targets[area])
        return self.upper[area] if self.states[area] == "ceiling" else self.lower[area]

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
        return cls(
            quantum=record["quantum"],
            level=Fraction(record["lambda_numerator"], record["lambda_denominator"]),
            codes=tuple(area["code"] for area in areas),
            targets=tuple(Fraction(*area["target"]) for area in areas),
            lower=tuple(area["lower"] for area in areas),
            upper=tuple(area["upper"] for area in areas),
            states=tuple(area["state"] for area in areas),
            extra_pennies=tuple(area["extra_penny"] for area in areas),
        )
