"""Read the cells of a plan's tables: text in, checked value out.

Rule:  a cell that cannot be read is named by table, row and column.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from folkmoot.plan.folder import PlanFolder
from moothall.bridge.errors import PlanCellError, PlanReferenceError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, as an editor counts it: the header is row 1."""

    table: str
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return a cell as it stands."""
        try:
            return self.cells[column]
        except KeyError as error:
            raise PlanCellError(self.table, self.number, column, "(no such column)") from error

    def whole(self, column: str) -> int:
        """Return a whole number."""
        return self._read(column, int)

    def whole_or_none(self, column: str) -> int | None:
        """Return a whole number, or None for an empty cell."""
        return self.whole(column) if self.text(column) else None

    def rounded(self, column: str) -> int:
        """Return a number of people, which a split block may leave in fractions."""
        return self._read(column, lambda text: round(Decimal(text)))

    def exact(self, column: str, places: int = 6) -> Decimal:
        """Return a decimal, kept to so many places."""
        return self._read(column, lambda text: round(Decimal(text), places))

    def exact_or_none(self, column: str, places: int = 6) -> Decimal | None:
        """Return a decimal, or None for an empty cell."""
        return self.exact(column, places) if self.text(column) else None

    def float_or_none(self, column: str) -> float | None:
        """Return a measured figure, or None for an empty cell."""
        return self._read(column, float) if self.text(column) else None

    def day(self, column: str) -> date:
        """Return a day."""
        return self._read(column, date.fromisoformat)

    def day_or_none(self, column: str) -> date | None:
        """Return a day, or None for an empty cell."""
        return self.day(column) if self.text(column) else None

    def find(self, column: str, kind: str, among: Mapping[str, T]) -> T:
        """Return what the cell names."""
        code = self.text(column)
        try:
            return among[code]
        except KeyError as error:
            raise PlanReferenceError(self.table, self.number, kind, code) from error

    def _read(self, column: str, reader: Callable[[str], T]) -> T:
        text = self.text(column)
        try:
            return reader(text)
        except (ValueError, InvalidOperation) as error:
            raise PlanCellError(self.table, self.number, column, text) from error


def rows(plan: PlanFolder, table: str) -> Iterator[Row]:
    """Yield the rows of a table of the plan; a plan without the table has none."""
    found: Sequence[Mapping[str, str]] = plan.tables.get(table, ())
    for number, cells in enumerate(found, 2):
        yield Row(table=table, number=number, cells=cells)
