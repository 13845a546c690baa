"""One row of a table, read as typed cells; what cannot be read is noted, never raised.

Not here:  what the tables of a transition hold (``transition.inputs``).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from folkmoot.readers.tables import Table, nearest
from folkmoot.vocabulary.errors import Fault, FaultsError, FolkmootError
from folkmoot.vocabulary.periods import FinancialYear, FinancialYearError

Value = TypeVar("Value")
Word = TypeVar("Word", bound=str)

UNKNOWN_DAY = date(1, 1, 1)
"""Stands for a day that could not be read, until the fault is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table."""

    table: Table
    number: int

    @property
    def line(self) -> int:
        """Line of the file as an editor counts it."""
        return self.table.lines[self.number]

    def fault(self, column: str, problem: str, mend: str) -> None:
        """Note one fault in a cell."""
        self.table.fault(self.number, column, problem, mend)

    def text(self, column: str, *, default: str | None = None) -> str:
        """A text; an empty cell is a fault unless there is a default."""
        cells = self.table.columns.get(column)
        cell = cells[self.number] if cells else ""
        if not cell and default is None:
            self.fault(column, "the cell is empty.", "Fill it in.")
        return cell or default or ""

    def words(self, column: str) -> tuple[str, ...]:
        """Texts with ``;`` between them; none in an empty cell."""
        cell = self.text(column, default="")
        return tuple(filter(None, (word.strip() for word in cell.split(";"))))

    def choice(self, column: str, known: Sequence[Word]) -> Word:
        """One of the words that are known."""
        cell = self.text(column)
        for one in known:
            if one == cell:
                return one
        if cell:
            self.fault(column, f"'{cell}' is not known.", nearest(cell, known))
        return known[0]

    def whole(self, column: str, *, default: int | None = None, least: int = 0) -> int:
        """A whole number."""
        cell = self.text(column, default=None if default is None else f"{default}")
        try:
            found = int(cell)
        except ValueError:
            found = least - 1
        if found < least:
            if cell:
                self.fault(
                    column,
                    f"'{cell}' is not a whole number, {least} or more.",
                    "Write digits only, without commas or a unit.",
                )
            return least
        return found

    def pence(self, column: str) -> int:
        """Whole pence, which may be owed: a minus stands before them."""
        cell = self.text(column)
        try:
            return int(cell)
        except ValueError:
            if cell:
                mend = "Write digits only, with a minus before a debt."
                self.fault(column, f"'{cell}' is not whole pence.", mend)
            return 0

    def day(self, column: str) -> date:
        """A day, as 2031-04-01."""
        return self._day(column, self.text(column)) or UNKNOWN_DAY

    def day_or_none(self, column: str) -> date | None:
        """A day, or None in an empty cell."""
        return self._day(column, self.text(column, default=""))

    def flag(self, column: str) -> bool:
        """Yes or no; an empty cell is no."""
        cell = self.text(column, default="no").casefold()
        if cell not in ("yes", "no", "true", "false"):
            self.fault(column, f"'{cell}' is not yes or no.", "Write yes or no.")
        return cell in ("yes", "true")

    def weights(self, column: str, *, default: int) -> dict[str, int]:
        """Words with a whole number each, as ``a=2; b=1``; one without has the default."""
        found: dict[str, int] = {}
        for word in self.words(column):
            name, _, number = (part.strip() for part in word.partition("="))
            if name in found:
                self.fault(column, f"'{name}' stands twice.", "Keep one of the two.")
            try:
                found[name] = int(number) if number else default
            except ValueError:
                self.fault(
                    column,
                    f"'{word}' has no whole number after '='.",
                    "Write each as name=number, with ; between them.",
                )
        return found

    def by_year(self, column: str) -> dict[FinancialYear, int]:
        """Whole numbers by financial year, as ``2031-32=5; 2032-33=4``."""
        found = {}
        for name, number in self.weights(column, default=0).items():
            try:
                found[FinancialYear.parse(name)] = number
            except FinancialYearError as error:
                self.fault(column, str(error), "")
        return found

    def make(self, build: Callable[["Row"], Value]) -> Value | None:
        """The value of the row; what it refuses is noted with the row. None when faulty."""
        before = len(self.table.faults.found)
        try:
            value = build(self)
        except FolkmootError as error:
            # A refusal of a value that a bad cell left empty would only repeat that fault.
            if len(self.table.faults.found) == before:
                told = error.faults if isinstance(error, FaultsError) else [self._fault(error)]
                self.table.faults.found += [
                    replace(fault, file=self.table.file, row=self.line) for fault in told
                ]
            return None
        return None if len(self.table.faults.found) > before else value

    def _fault(self, error: FolkmootError) -> Fault:
        """A refusal that words itself, as a fault."""
        return Fault(file=self.table.file, problem=str(error), mend="")

    def _day(self, column: str, cell: str) -> date | None:
        try:
            return date.fromisoformat(cell) if cell else None
        except ValueError:
            self.fault(column, f"'{cell}' is not a day.", "Write year-month-day: 2031-04-01.")
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[Value]):
    """A value, and the line of the file that it was read from."""

    value: Value
    line: int


def made(
    table: Table, build: Callable[[Row], Value], *, if_any: Sequence[str] = ()
) -> Iterator[Read[Value]]:
    """The values of a table's sound rows; of those alone that fill some column ``if_any``."""
    for number in range(len(table)):
        if if_any and not any(table.columns[name][number] for name in if_any):
            continue
        row = Row(table=table, number=number)
        value = row.make(build)
        if value is not None:
            yield Read(value=value, line=row.line)
