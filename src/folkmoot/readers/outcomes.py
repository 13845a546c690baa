"""Read the tables that methods of review take: events and people, series, gradients.

In:        a CSV file.
Out:       its columns as arrays; or one error with every fault.
Not here:  what the figures mean (``outcomes``), and whether they make sense together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from folkmoot.readers.tables import Faults, Table, read_table
from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.errors import FiguresError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """A table of figures: who or what each row is of, and its numbers."""

    names: tuple[str, ...]
    """What each row is of, in the order of the file."""
    numbers: dict[str, FloatVector]


def read_figures(path: Path, key: str, numbers: Sequence[str]) -> Figures:
    """Read a table with one text column and some of figures.

    Raises
    ------
    FiguresError
        With every fault: a missing column, an empty cell, a row that stands twice.
    """
    faults = Faults()
    table = _table(path, (key, *numbers), faults)
    table.once((key,))
    found = Figures(
        names=tuple(table.text(key)), numbers={name: table.floats(name) for name in numbers}
    )
    _check(path, table, faults)
    return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ByAge:
    """Events and people by area and age, every area with every age."""

    areas: tuple[str, ...]
    ages: tuple[str, ...]
    """In the order in which the file first names them."""
    events: FloatVector
    """Shape (n_areas, n_ages), as is ``people``."""
    people: FloatVector


def read_by_age(path: Path) -> ByAge:
    """Read a table with the columns area, age, events, people.

    Raises
    ------
    FiguresError
        With every fault; an area that lacks an age is one.
    """
    faults = Faults()
    table = _table(path, ("area", "age", "events", "people"), faults)
    table.once(("area", "age"))
    areas, ages = (tuple(dict.fromkeys(table.text(name))) for name in ("area", "age"))
    events, people = table.floats("events"), table.floats("people")
    stands = {pair: n for n, pair in enumerate(zip(table.text("area"), table.text("age"),
                                                   strict=True))}  # fmt: skip
    for area in areas:
        if lacking := [age for age in ages if (area, age) not in stands]:
            problem = f"'{area}' has no row for {', '.join(lacking)}."
            faults.add(table.file, problem, "Add them: a rate by age needs every age.")
    _check(path, table, faults)
    rows = [[stands[area, age] for age in ages] for area in areas]
    return ByAge(areas=areas, ages=ages, events=events[rows], people=people[rows])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """Values by day, in order of time."""

    dates: tuple[date, ...]
    values: FloatVector


def read_series(path: Path) -> Series:
    """Read a table with the columns date and value; rows may be in any order.

    Raises
    ------
    FiguresError
        With every fault: a day that is none, or stands twice.
    """
    faults = Faults()
    table = _table(path, ("date", "value"), faults)
    table.once(("date",))
    days: list[date] = []
    for number, told in enumerate(table.text("date")):
        try:
            days.append(date.fromisoformat(told if len(told) > 7 else f"{told}-01"))
        except ValueError:
            mend = "Write it as 2026-04-01, or a month as 2026-04."
            table.fault(number, "date", f"'{told}' is not a day.", mend)
    values = table.floats("value")
    _check(path, table, faults)
    order = sorted(range(len(days)), key=days.__getitem__)
    return Series(dates=tuple(days[n] for n in order), values=values[order])


def _table(path: Path, columns: Sequence[str], faults: Faults) -> Table:
    table = read_table(path, faults)
    if table is None or not table.has(*columns):
        raise FiguresError(str(path), faults.found)
    return table


def _check(path: Path, table: Table, faults: Faults) -> None:
    if not len(table):
        faults.add(table.file, "there are no rows.", "Write one for each area, group or day.")
    if faults.found:
        raise FiguresError(str(path), faults.found)
