"""Streams: programmes that share one formula, and what each stream shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import prod
from typing import Literal, get_args

from folkmoot.funding.errors import BaselineError
from folkmoot.funding.quantum import Line, PublishedSum, Quantum, check_published, quantum
from folkmoot.vocabulary.codes import ProgrammeCode, StreamCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.source import Source

NeedData = Literal["opening", "yearly"]
NEED_DATA: tuple[NeedData, ...] = get_args(NeedData)
BaselineKind = Literal["modelled-1", "spend"]
BASELINES: tuple[BaselineKind, ...] = get_args(BaselineKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """Present spending by block, or by area of an existing geography."""

    geography: str
    """Name of the package's geography; empty for blocks."""
    pence: Mapping[str, int]
    """By code of the block or area."""
    first_day: date
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One stream as the formula declares it."""

    code: StreamCode
    name: str
    programmes: tuple[ProgrammeCode, ...]
    present_commissioner: str
    price_base: str
    need_profile: str
    need_data: NeedData
    """Whether need is that of the opening year throughout, or of each year."""
    baseline: BaselineKind
    spend: Spend | None
    devolve_from: str
    outcome_share: Fraction
    """Part of each grant above its entitlements that waits for outcomes."""
    outcome_weights: Mapping[str, Fraction]
    """Weight of each measure by which that part is released; they sum to 1."""
    growth_range: tuple[Fraction, Fraction] | None
    """Least and most plausible growth a year after the opening; None where not in doubt."""
    sums: tuple[PublishedSum, ...]
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        check_published(self.code, self.sums)
        if self.baseline == "spend" and self.spend is None:
            raise BaselineError(self.code, "is 'spend', but no spending is given")

    def quantum(self, year: FinancialYear) -> Quantum:
        """What the stream shares in a year."""
        return quantum(self.code, year, sums=self.sums, lines=self.lines)

    def growth(self, year: FinancialYear) -> Fraction:
        """Declared growth of the quantum on the year before."""
        declared = [
            line.growth for line in self.lines if line.kind == "growth" and line.year == year
        ]
        return prod((1 + growth for growth in declared), start=Fraction(1)) - 1

    def quantum_before(self, opening: FinancialYear) -> Quantum:
        """What it shared in the year before, or in the opening year if none is known."""
        before = opening.later(-1)
        is_known = any(one.year <= before for one in self.sums)
        return self.quantum(before if is_known else opening)
