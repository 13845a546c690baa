"""What each stream shares in each year: published sums, and named lines that change them.

In:        a stream with its published sums and its lines.
Out:       ``Quantum``: whole pence for one year, and every line between the published
           sum and it.
Rule:      quantum = published x growth - admin saving - national top-slice
           - contingency + reinvested saving; the lines are zero until they are declared.
Not here:  sharing it (``settlement``); the rounding line of the published total, which
           belongs to no stream and is never apportioned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal, get_args

from folkmoot.funding.errors import QuantumError
from folkmoot.vocabulary.codes import StreamCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.source import Source

LineKind = Literal[
    "growth", "admin_saving", "national_top_slice", "contingency", "reinvested_saving"
]
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSum:
    """A sum as it was printed, with the days it holds for."""

    first_day: date
    last_day: date
    """Included."""
    pence: int
    half_width_pence: int
    """The printed figure is rounded: the true one lies within this of it."""
    text: str
    checked: str
    source: Source

    @property
    def year(self) -> FinancialYear:
        """The financial year in which it begins."""
        day = self.first_day
        this = FinancialYear(day.year)
        return this if day >= this.first_day else FinancialYear(day.year - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A declared change of a stream's quantum in one year."""

    kind: LineKind
    name: str
    year: FinancialYear
    growth: Fraction
    """Ratio, for growth; else 0."""
    pence: int
    """For all other kinds; else 0."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantum:
    """The sum that one stream shares between commissioners in one year."""

    stream: StreamCode
    year: FinancialYear
    published: PublishedSum
    uplifted: int
    """The published sum after every growth line to this year. Unit: pence."""
    lines: tuple[Line, ...]
    """Every line that bears on this year, growth of earlier years included."""

    def __post_init__(self) -> None:
        if self.pence <= 0:
            raise QuantumError(self.stream, str(self.year), "nothing is left of it")

    def of_kind(self, kind: LineKind) -> int:
        """Sum of this year's lines of one kind. Unit: pence."""
        return sum(
            line.pence for line in self.lines if line.kind == kind and line.year == self.year
        )

    @property
    def pence(self) -> int:
        """What is shared. Unit: pence."""
        return (
            self.uplifted
            - self.of_kind("admin_saving")
            - self.of_kind("national_top_slice")
            - self.of_kind("contingency")
            + self.of_kind("reinvested_saving")
        )

    @property
    def label(self) -> str:
        """In which year's pounds the sum is, while no growth has been declared."""
        if any(line.kind == "growth" for line in self.lines):
            return f"published for {self.published.year}, raised by declared growth"
        return "" if self.published.year == self.year else f"{self.published.year} pounds"


def check_published(stream: StreamCode, sums: Sequence[PublishedSum]) -> None:
    """Refuse sums that are not positive, end before they begin, or overlap.

    Raises
    ------
    QuantumError
        For the first such sum.
    """
    if not sums:
        raise QuantumError(stream, "any year", "no sum is published")
    ordered = sorted(sums, key=lambda one: one.first_day)
    for one in ordered:
        if one.pence <= 0:
            raise QuantumError(stream, str(one.year), f"the sum is {one.pence}p")
        if one.last_day < one.first_day:
            raise QuantumError(stream, str(one.year), "its last day is before its first")
    for one, after in pairwise(ordered):
        if after.first_day <= one.last_day:
            raise QuantumError(stream, str(after.year), "two sums hold on the same days")


def quantum(
    stream: StreamCode,
    year: FinancialYear,
    *,
    sums: Sequence[PublishedSum],
    lines: Sequence[Line] = (),
) -> Quantum:
    """Work out a stream's quantum for a year from the last sum published by then.

    Growth compounds from the year after the published one and is rounded once, half to
    even; all other lines count in their own year only.

    Raises
    ------
    QuantumError
        If no sum is published for the year or before it, or the lines leave nothing.
    """
    published = max(
        (one for one in sums if one.year <= year), key=lambda one: one.first_day, default=None
    )
    if published is None:
        raise QuantumError(stream, str(year), "no sum is published for it or before it")
    bearing = tuple(
        line
        for line in lines
        if (published.year < line.year <= year if line.kind == "growth" else line.year == year)
    )
    grown = Fraction(published.pence)
    for line in bearing:
        grown *= 1 + line.growth
    return Quantum(
        stream=stream, year=year, published=published, uplifted=round(grown), lines=bearing
    )
