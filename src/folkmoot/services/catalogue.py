"""Streams and programmes: every pound that could be devolved stands in exactly one line.

In:        figures, and a file of streams and programmes.
Out:       lines of spending that sum to each stream to the penny, listed or not.
Rule:      what the listed programmes of a stream do not account for is its line
           ``<stream>-unlisted``; below zero it is refused.
Not here:  whether a programme's functions should be devolved (``services.devolution_test``);
           how its money runs (``services.flow``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

from folkmoot.parameters.reader import Section, packaged
from folkmoot.services.errors import CatalogueError
from folkmoot.services.figures import Figure, RoundingLine, rounding_line, shipped_figures
from folkmoot.services.sources import cited, named_sources
from folkmoot.vocabulary.codes import CommissionerCode, ProgrammeCode, StreamCode
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.money import in_pounds
from folkmoot.vocabulary.source import STATES, Source, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Programmes that would share one formula, and the route of their money today."""

    code: StreamCode
    name: str
    amount: Figure
    route: tuple[CommissionerCode, ...]
    """Through whose hands the money runs: the department that pays, …, the commissioner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A line of spending."""

    code: ProgrammeCode
    stream: StreamCode
    name: str
    purpose: str = ""
    users: str = ""
    amount: Figure | None = None
    """None where no amount is published; it then adds nothing."""
    source: Source
    state: State
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one programme, or a stream's unlisted programmes together, cost in a year."""

    stream: StreamCode
    programme: ProgrammeCode
    name: str
    pence: int
    is_listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Streams and their programmes, sorted by code."""

    streams: tuple[Stream, ...]
    programmes: tuple[Programme, ...]
    total: Figure
    """The printed sum that the streams should make."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "streams", tuple(sorted(self.streams, key=lambda one: one.code)))
        object.__setattr__(
            self, "programmes", tuple(sorted(self.programmes, key=lambda one: one.code))
        )
        if faults := self._faults():
            raise CatalogueError("catalogue", faults)

    def stream(self, code: StreamCode) -> Stream:
        """The stream with a code.

        Raises
        ------
        CatalogueError
            If there is none.
        """
        for stream in self.streams:
            if stream.code == code:
                return stream
        known = ", ".join(stream.code for stream in self.streams)
        raise CatalogueError("catalogue", [_fault(code, "is no stream here.", f"Known: {known}.")])

    def lines(self, stream: StreamCode) -> tuple[Line, ...]:
        """Lines with money of one stream; they sum to it to the penny.

        Examples
        --------
        >>> [(line.programme, line.pence) for line in shipped_catalogue().lines("skills")]
        [('skills-unlisted', 320000000000)]
        """
        listed = [
            Line(
                stream=stream,
                programme=one.code,
                name=one.name,
                pence=one.amount.pence,
                is_listed=True,
            )
            for one in self.programmes
            if one.stream == stream and one.amount is not None and one.amount.pence
        ]
        whole = self.stream(stream)
        left = whole.amount.pence - sum(line.pence for line in listed)
        if left:
            unlisted = Line(
                stream=stream,
                programme=ProgrammeCode(f"{stream}-unlisted"),
                name=f"{whole.name}: programmes not listed one by one",
                pence=left,
                is_listed=False,
            )
            listed.append(unlisted)
        return tuple(listed)

    def without(self, programme: ProgrammeCode) -> Self:
        """The catalogue without a programme; its money moves to the unlisted line."""
        kept = tuple(one for one in self.programmes if one.code != programme)
        return replace(self, programmes=kept)

    def rounding(self) -> RoundingLine:
        """What the printed total has beyond the streams; it is shared with nobody.

        Raises
        ------
        RoundingError
            If rounding cannot explain it.
        """
        return rounding_line(self.total, [stream.amount for stream in self.streams])

    def _faults(self) -> list[Fault]:
        """Doubled codes, programmes of no stream, and streams that their lines exceed."""
        codes = [one.code for one in self.programmes] + [one.code for one in self.streams]
        faults = [
            _fault(code, "stands twice.", "Give each stream and programme a code of its own.")
            for code in sorted({code for code in codes if codes.count(code) > 1})
        ]
        streams = {stream.code for stream in self.streams}
        faults += [
            _fault(one.code, f"belongs to '{one.stream}', which is no stream.", "Correct it.")
            for one in self.programmes
            if one.stream not in streams
        ]
        for stream in self.streams:
            known = sum(
                one.amount.pence
                for one in self.programmes
                if one.stream == stream.code and one.amount is not None
            )
            if known > stream.amount.pence:
                problem = (
                    f"has {in_pounds(stream.amount.pence)}, and its programmes {in_pounds(known)}."
                )
                mend = "Correct an amount; two of them may count the same money."
                faults.append(_fault(stream.code, problem, mend))
        return faults


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue of the proposal, on the shipped figures."""
    return read_catalogue(packaged("programmes.toml"), shipped_figures())


def read_catalogue(file: Section, figures: Mapping[str, Figure]) -> Catalogue:
    """Read streams and programmes.

    Raises
    ------
    CatalogueError
        With every fault.
    """
    sources = named_sources(file)
    total = _figure(file, "total", figures)
    streams = [
        _stream(StreamCode(code), table, figures) for code, table in file.sections("stream").items()
    ]
    programmes = [
        _programme(ProgrammeCode(code), table, figures, sources)
        for code, table in file.sections("programme").items()
    ]
    file.finish()
    if file.faults or total is None:
        raise CatalogueError(file.file, file.faults)
    return Catalogue(
        streams=tuple(one for one in streams if one is not None),
        programmes=tuple(programmes),
        total=total,
    )


def _stream(code: StreamCode, table: Section, figures: Mapping[str, Figure]) -> Stream | None:
    amount = _figure(table, "amount", figures)
    name, route = table.text("name"), table.texts("route")
    table.finish()
    if amount is None:
        return None
    return Stream(
        code=code, name=name, amount=amount, route=tuple(CommissionerCode(one) for one in route)
    )


def _programme(
    code: ProgrammeCode,
    table: Section,
    figures: Mapping[str, Figure],
    sources: Mapping[str, Source],
) -> Programme:
    programme = Programme(
        code=code,
        stream=StreamCode(table.text("stream")),
        name=table.text("name"),
        purpose=table.text("purpose", default=""),
        users=table.text("users", default=""),
        amount=_figure(table, "amount", figures) if table.has("amount") else None,
        source=cited(table, sources),
        state=table.choice("state", STATES),
        note=table.text("note", default=""),
    )
    table.finish()
    return programme


def _figure(table: Section, key: str, figures: Mapping[str, Figure]) -> Figure | None:
    """The figure that a key names."""
    return figures.get(table.choice(key, list(figures) or [""]))


def _fault(code: str, problem: str, mend: str) -> Fault:
    return Fault(file="catalogue", column=code, problem=f"'{code}' {problem}", mend=mend)
