"""Published figures, printed as they were published and never re-rounded.

In:        a file of figures, each with its unit, days, source and state.
Out:       checked figures; the line that closes a printed sum whose parts were rounded.
Rule:      two sources that differ are two figures that name each other; none is averaged.
Not here:  which programme a figure pays for (``services.catalogue``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from folkmoot.parameters.reader import Section, packaged, read_parameters
from folkmoot.services.errors import FigureError, RoundingError
from folkmoot.services.interval import Interval
from folkmoot.services.sources import cited, named_sources
from folkmoot.vocabulary.errors import Fault, ParameterError
from folkmoot.vocabulary.source import STATES, Source, State

FigureKind = Literal["exact", "rounded", "at_least", "at_most", "about", "ratio"]
KINDS: tuple[FigureKind, ...] = get_args(FigureKind)

PENCE = {"GBP bn": 10**11, "GBP m": 10**8, "GBP": 100}
"""Pence in one unit of money; a unit may add ' a year'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that somebody published."""

    code: str
    published_text: str
    """As it was printed."""
    kind: FigureKind
    value: Fraction
    half_width: Fraction | None = None
    """How far the true figure may lie from the value; None where nothing says."""
    unit: str
    first_day: date
    last_day: date | None = None
    geography: str
    source: Source
    state: State
    note: str = ""
    same_as: tuple[str, ...] = ()
    """Other figures of the same quantity that differ."""

    @property
    def interval(self) -> Interval:
        """What the figure allows its quantity to be."""
        if self.kind == "at_least":
            return Interval(self.value, None)
        if self.kind == "at_most":
            return Interval(None, self.value)
        if self.kind in {"exact", "ratio"}:
            return Interval.exactly(self.value)
        if self.half_width is None:
            return Interval()
        return Interval.around(self.value, self.half_width)

    @property
    def pence(self) -> int:
        """The value in whole pence.

        Raises
        ------
        FigureError
            If the figure is not money, or not a whole number of pence.
        """
        unit = self.unit.removesuffix(" a year")
        pence = self.value * PENCE.get(unit, 0)
        if unit not in PENCE or pence.denominator != 1:
            problem = f"'{self.value} {self.unit}' is not a whole number of pence."
            mend = f"Give it a unit of money ({', '.join(PENCE)}) and fewer decimals."
            raise FigureError(
                self.code, [Fault(file=self.code, column="value", problem=problem, mend=mend)]
            )
        return int(pence)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundingLine:
    """What a printed total has beyond its printed parts. It is shared with nobody."""

    total: Figure
    parts: tuple[Figure, ...]
    pence: int

    @property
    def parts_pence(self) -> int:
        """The sum of the parts: what commissioners share."""
        return sum(part.pence for part in self.parts)


def rounding_line(total: Figure, parts: Sequence[Figure]) -> RoundingLine:
    """Close a printed sum.

    Parameters
    ----------
    total, parts
        Figures in one unit of money.

    Raises
    ------
    RoundingError
        If rounding cannot explain the difference.
    FigureError
        If a figure is not money.

    Examples
    --------
    >>> figures = shipped_figures()
    >>> parts = [figures[f"{stream}-devolved"]
    ...          for stream in ("health", "employment", "skills", "offender")]
    >>> line = rounding_line(figures["devolvable-total"], parts)
    >>> line.pence, line.parts_pence + line.pence
    (10000000000, 10770000000000)
    """
    line = total.value - sum(part.value for part in parts)
    most = sum((figure.half_width or Fraction(0) for figure in (total, *parts)), Fraction(0))
    if abs(line) > most or len({figure.unit for figure in (total, *parts)}) > 1:
        raise RoundingError(total.published_text, line, most, total.unit)
    pence = total.pence - sum(part.pence for part in parts)
    return RoundingLine(total=total, parts=tuple(parts), pence=pence)


def read_figures(path: Path) -> dict[str, Figure]:
    """Read a file of figures that a user names.

    Raises
    ------
    FigureError
        With every fault: a figure without source, unit or first day is refused.
    """
    try:
        return figures_of(read_parameters(path))
    except ParameterError as error:
        raise FigureError(error.source, error.faults) from error


@cache
def shipped_figures() -> Mapping[str, Figure]:
    """The figures of the proposal and those set beside it, by code; read once a process."""
    return figures_of(packaged("figures.toml"))


def figures_to_check(figures: Mapping[str, Figure]) -> tuple[Figure, ...]:
    """Figures that nobody has yet compared with their source."""
    return tuple(figure for figure in figures.values() if figure.state == "to_check")


def figures_of(file: Section) -> dict[str, Figure]:
    """The figures of a file that has been read; errors as ``read_figures``."""
    sources = named_sources(file)
    read = {code: _figure(code, table, sources) for code, table in file.sections("figure").items()}
    for code, figure in read.items():
        for other in figure.same_as:
            if code not in (read[other].same_as if other in read else ()):
                mend = f"Name '{code}' there as well, or drop the link."
                file.fault(f"figure.{code}.same_as", f"'{other}' does not name it back.", mend)
    file.finish()
    if file.faults:
        raise FigureError(file.file, file.faults)
    return read


def _figure(code: str, table: Section, sources: Mapping[str, Source]) -> Figure:
    kind = table.choice("kind", KINDS)
    figure = Figure(
        code=code,
        published_text=table.text("published_text"),
        kind=kind,
        value=table.ratio("value"),
        half_width=table.ratio("half_width", least=0) if table.has("half_width") else None,
        unit=table.text("unit"),
        first_day=table.day("first_day"),
        last_day=table.day("last_day") if table.has("last_day") else None,
        geography=table.text("geography"),
        source=cited(table, sources),
        state=table.choice("state", STATES),
        note=table.text("note", default=""),
        same_as=table.texts("same_as", default=()),
    )
    if kind == "rounded" and figure.half_width is None:
        table.fault("half_width", "a rounded figure has none.", 'Write one, such as "0.05".')
    if figure.last_day is not None and figure.last_day < figure.first_day:
        table.fault("last_day", "it is before the first day.", "Swap them.")
    table.finish()
    return figure
