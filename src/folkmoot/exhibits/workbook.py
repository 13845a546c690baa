"""A settlement as a workbook of live formulas: change a floor, and the amounts move.

In:        a settlement.
Out:       the bytes of an .xlsx file, the same for the same settlement: a cover that says
           what is what, and a sheet a stream with a block of rows a year.
Not here:  any figure or formula (``live_cells``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from folkmoot.exhibits.live_cells import (
    HEADINGS,
    RULE_COLUMN,
    RULE_HEADINGS,
    Cell,
    Live,
    Row,
    YearBlock,
)
from folkmoot.funding.settlement import Settlement, StreamYear
from folkmoot.funding.settlement_record import caveats
from folkmoot.vocabulary.codes import AreaCode

COVER_HEADINGS = {
    **{name: RULE_HEADINGS[name] for name in ("stream", "year", "quantum_pence")},
    **{name: RULE_HEADINGS[name] for name in ("allocated_pence", "difference_pence", "check")},
    "label": "What the figures must not be read without",
}
FORMATS = {
    **dict.fromkeys(("need_share", "level"), "0.00000000"),
    **dict.fromkeys(
        ("change_ratio", "distance_opening", "distance_closing", "floor", "ceiling", "least_share"),
        "0.00%",
    ),
    "pence_per_head": "#,##0.00",
    "weighted_population": "#,##0.000000",
}
WHOLE = "#,##0"
TEXTS = ("area", "name", "stream", "year", "state", "note", "check", "label")
HEAD = {"bold": True, "text_wrap": True, "valign": "bottom"}
SMALL = {"font_color": "#505A5F", "font_size": 8, "bottom": 1}
MAY_CHANGE = ("quantum_pence", "level", "floor", "ceiling", "least_share")
WIDE = 120
"""Signs that fit on one line of the cover."""

COVER_TITLES = ("What is what", "When you have changed something", "Caveats")
COVER = """\
What is what
Each stream has a sheet, and each year a block of rows in it. Amounts are whole pence.
Under each heading stands, in grey, the column's name in the CSV files, whose figures these are.
Yellow cells may be changed: the quantum, the level, floors and ceilings. What follows from them \
moves, in later years too.
Allocation = level x target, rounded down, not below the floor and not above the ceiling, plus the \
odd penny that the certificate gives.
When you have changed something
The level was set so that the allocations make the quantum. Once a floor, a ceiling or the quantum \
is another, it no longer does: 'Left over' shows by how much.
Find it anew with Goal Seek (Excel: Data, What-If Analysis; LibreOffice: Tools): set 'Left over' \
to 0 by changing 'Level', year after year. It ends within some pence, because amounts are whole.
What you then have is a sketch. A settlement exact to the penny, with its certificate, comes from \
'folkmoot funding settle' and a changed parameters.toml.
"""


def workbook(settlement: Settlement, names: Mapping[AreaCode, str]) -> bytes:
    """Write a settlement as a workbook.

    Parameters
    ----------
    names : mapping
        What each area is called.

    Notes
    -----
    The file has no clock in it: it says it was made on the formula's first day.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day = settlement.formula.head.first_day
    book.set_properties(
        {
            "title": f"Settlement by formula {settlement.formula.version}",
            "author": "folkmoot",
            "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001 - a day, no clock
        }
    )
    look = _Look.of(book)
    cover = book.add_worksheet("Cover")
    sheets = [
        _StreamSheet.of(
            settlement, [one for one in settlement.stream_years if one.stream == stream], names
        )
        for stream in settlement.formula.streams
    ]
    _write_cover(cover, settlement, sheets, look)
    for sheet in sheets:
        _write_stream(book.add_worksheet(sheet.name), sheet, look)
    book.close()
    return stream.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How cells look."""

    book: xlsxwriter.Workbook
    title: Format
    label: Format
    head: Format
    head_of_figures: Format
    small: Format
    small_of_figures: Format
    wrap: Format
    known: dict[tuple[str, bool, bool], Format]

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "_Look":
        return cls(
            book=book,
            title=book.add_format({"bold": True, "font_size": 16}),
            label=book.add_format({"bold": True, "bg_color": "#FFF7BF"}),
            head=book.add_format(HEAD),
            head_of_figures=book.add_format({**HEAD, "align": "right"}),
            small=book.add_format(SMALL),
            small_of_figures=book.add_format({**SMALL, "align": "right"}),
            wrap=book.add_format({"text_wrap": True, "valign": "top"}),
            known={},
        )

    def figure(self, name: str, *, may_change: bool = False, is_sum: bool = False) -> Format:
        """The format of a column's figures."""
        key = (FORMATS.get(name, WHOLE), may_change, is_sum)
        if key not in self.known:
            self.known[key] = self.book.add_format(
                {
                    "num_format": key[0],
                    **({"bg_color": "#FFF7BF"} if may_change else {}),
                    **({"bold": True, "top": 1} if is_sum else {}),
                }
            )
        return self.known[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class _StreamSheet:
    name: str
    title: str
    notes: tuple[str, ...]
    blocks: tuple[YearBlock, ...]

    @classmethod
    def of(
        cls,
        settlement: Settlement,
        years: Sequence[StreamYear],
        names: Mapping[AreaCode, str],
    ) -> "_StreamSheet":
        stream = years[0].stream
        notes = tuple(dict.fromkeys(label for one in years for label in one.labels))
        height = len(settlement.areas) + 8
        tops = [len(notes) + 4 + height * at for at in range(len(years))]
        firsts = [None, *(top + 5 for top in tops)]
        return cls(
            name=stream.code[:31],
            title=f"{stream.name}, {years[0].year} to {years[-1].year}",
            notes=notes,
            blocks=tuple(
                YearBlock(
                    one=one,
                    areas=settlement.areas,
                    names=tuple(names[area] for area in settlement.areas),
                    population=settlement.population,
                    top=top,
                    before=before,
                )
                for one, top, before in zip(years, tops, firsts[:-1], strict=True)
            ),
        )


def _write_stream(sheet: Worksheet, model: _StreamSheet, look: _Look) -> None:
    sheet.write_string(0, 0, model.title, look.title)
    for at, note in enumerate(model.notes, 1):
        sheet.write_string(at, 0, note, look.label)
    for block in model.blocks:
        _write_heads(sheet, block.top - 1, RULE_HEADINGS, look)
        _write_row(sheet, block.rule - 1, RULE_HEADINGS, block.rule_cells(), look, is_rule=True)
        _write_heads(sheet, block.first - 3, HEADINGS, look)
        rows = [block.cells(at) for at in range(len(block.areas))]
        for at, row in enumerate(rows):
            _write_row(sheet, block.first - 1 + at, HEADINGS, row, look)
        _write_row(sheet, block.last, HEADINGS, block.sums(rows), look, is_sum=True)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, len(HEADINGS) - 3, 19)
    sheet.set_column(len(HEADINGS) - 2, len(HEADINGS) - 2, 11)
    sheet.set_column(len(HEADINGS) - 1, len(HEADINGS) - 1, 60)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_heads(sheet: Worksheet, row: int, headings: Mapping[str, str], look: _Look) -> None:
    """What a column is, and beneath it what the CSV files call it."""
    for column, (name, heading) in enumerate(headings.items()):
        is_text = name in TEXTS
        sheet.write_string(row, column, heading, look.head if is_text else look.head_of_figures)
        sheet.write_string(row + 1, column, name, look.small if is_text else look.small_of_figures)


def _write_row(
    sheet: Worksheet,
    row: int,
    names: Iterable[str],
    cells: Row,
    look: _Look,
    *,
    is_rule: bool = False,
    is_sum: bool = False,
) -> None:
    for column, name in enumerate(names):
        cell = cells.get(name, "")
        kind = look.figure(name, may_change=is_rule and name in MAY_CHANGE, is_sum=is_sum)
        if isinstance(cell, Live):
            sheet.write_formula(row, column, cell.formula, kind, cell.value)
        elif isinstance(cell, str):
            sheet.write(row, column, cell or None, kind)
        else:
            sheet.write_number(row, column, cell, kind)


def _write_cover(
    sheet: Worksheet, settlement: Settlement, sheets: Sequence[_StreamSheet], look: _Look
) -> None:
    years, version = settlement.formula.years, settlement.formula.version
    title = (
        f"Settlement {years[0]} to {years[-1]}, {len(settlement.areas)} areas, formula {version}"
    )
    sheet.write_string(0, 0, title, look.title)
    row = 1
    for label in settlement.labels(years[0]):
        sheet.write_string(row, 0, label, look.label)
        row += 1
    _write_heads(sheet, row + 1, COVER_HEADINGS, look)
    row += 3
    for model in sheets:
        for block in model.blocks:
            _write_row(sheet, row, COVER_HEADINGS, _totals(model.name, block), look)
            row += 1
    row += 1
    for sentence in (*COVER.splitlines(), "Caveats", *caveats(settlement)):
        is_heading = sentence in COVER_TITLES
        sheet.merge_range(row, 0, row, 6, sentence, look.head if is_heading else look.wrap)
        sheet.set_row(row, 16 if len(sentence) < WIDE else 32)
        row += 1
    sheet.set_column(0, 5, 19)
    sheet.set_column(6, 6, 60)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _totals(name: str, block: YearBlock) -> Row:
    """A stream and year on the cover, read off its sheet."""
    quoted = name.replace("'", "''")

    def read(column: str, value: Cell) -> Live:
        return Live(formula=f"='{quoted}'!{RULE_COLUMN[column]}{block.rule}", value=value)

    quantum = block.one.quantum.pence
    return {
        "stream": block.one.stream.code,
        "year": str(block.one.year),
        "quantum_pence": read("quantum_pence", quantum),
        "allocated_pence": read("allocated_pence", quantum),
        "difference_pence": read("difference_pence", 0),
        "check": read("check", "adds up"),
        "label": block.one.label,
    }
