"""The tables of a transition, as people keep them in a spreadsheet.

In:        CSV tables: who the bodies are, what passes when, what is assessed.
Out:       checked values; faults with their file and row, gathered and never raised here.
Not here:  whether the tables fit together (``transition.folder``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.readers.tables import Table
from folkmoot.transition.gates import Assessment
from folkmoot.transition.rows import Row, made
from folkmoot.transition.rules import shipped_rules
from folkmoot.vocabulary.codes import CommissionerCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: what an example of it looks like, and whether it may be left out."""

    name: str
    example: str
    is_required: bool = True


def _column(name: str, example: str) -> Column:
    """A column; a name that ends in ``?`` may be left out."""
    return Column(name=name.removesuffix("?"), example=example, is_required=name[-1] != "?")


TABLES: Mapping[str, tuple[Column, ...]] = {
    "assessments": (
        _column("body", "body-A01"),
        _column("theme", "strategy"),
        _column("level", "Core"),
        _column("assessor", "the external auditor"),
        _column("evidence", "annual report, page 12"),
        _column("assessed_on", "2030-01-15"),
        _column("valid_months?", "24"),
        _column("function_group?", ""),
    ),
}
"""Every table by the stem of its file."""


def has_columns(table: Table, name: str) -> bool:
    """Whether a table has the columns that it must; each that is missing is a fault."""
    return table.has(*(column.name for column in TABLES[name] if column.is_required))


def template(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The header of a table, and a row as an example."""
    columns = TABLES[name]
    return tuple(one.name for one in columns), tuple(one.example for one in columns)


def read_assessments(table: Table) -> tuple[Assessment, ...]:
    """Assessments of readiness; the level by its name or its number, 1 to 4.

    A row that names only a body and a theme is one that nobody has filled in yet.
    """
    if not has_columns(table, "assessments"):
        return ()
    filled = ("level", "assessor", "evidence", "assessed_on")
    return tuple(made(table, _assessment, if_any=filled))


def _assessment(row: Row) -> Assessment:
    return Assessment(
        body=CommissionerCode(row.text("body")),
        theme=row.text("theme"),
        level=_level(row),
        assessor=row.text("assessor"),
        evidence=row.text("evidence"),
        assessed_on=row.day("assessed_on"),
        valid_months=row.whole(
            "valid_months", default=shipped_rules().readiness.valid_months, least=1
        ),
        function_group=row.text("function_group", default=""),
    )


def _level(row: Row) -> int:
    levels = shipped_rules().readiness.levels
    numbers = [f"{number}" for number in range(1, len(levels) + 1)]
    found = row.choice("level", (*levels, *numbers))
    return int(found) if found in numbers else 1 + levels.index(found)
