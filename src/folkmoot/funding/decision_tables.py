"""Read tables of what is decided after a settlement: moves, attainments, days, least grants.

In:        a CSV table, and the settlement that it is about.
Out:       values that the room's functions take; or every fault, with its row and column.
Not here:  what follows from them (``virement``, ``settlement_ledger``, ``whole_grants``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Self, TypeVar

from folkmoot.funding.errors import DecisionTableError
from folkmoot.funding.settlement import Settlement
from folkmoot.funding.settlement_ledger import Attained, Vested
from folkmoot.funding.virement import Virement, refusals
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.periods import FinancialYear, FinancialYearError

VIREMENT_COLUMNS = ("area", "year", "from_stream", "to_stream", "pence", "decider", "reason")
ATTAINMENT_COLUMNS = ("area", "stream", "year", "measure", "attained")
VESTING_COLUMNS = ("area", "stream", "vesting_day")
LEAST_COLUMNS = ("area", "pence")

Value = TypeVar("Value")


def read_virements(path: Path, settlement: Settlement) -> tuple[Virement, ...]:
    """Read moves between streams: area, year, from_stream, to_stream, pence, decider, reason.

    Raises
    ------
    DecisionTableError
        With every fault, and every move of more than is free.
    """
    rows = _Rows.of(path, settlement, VIREMENT_COLUMNS)
    pence = rows.table.whole("pence", least=1).tolist()
    texts = {name: rows.table.text(name) for name in ("decider", "reason")}
    moves = [
        Virement(
            area=rows.area(at),
            year=rows.year(at),
            from_stream=rows.stream(at, "from_stream"),
            to_stream=rows.stream(at, "to_stream"),
            pence=pence[at],
            decider=texts["decider"][at],
            reason=texts["reason"][at],
        )
        for at in range(len(rows.table))
    ]
    sound = [at for at in range(len(moves)) if at not in rows.faulty]
    for at, problem in refusals(settlement, [moves[at] for at in sound]):
        mend = "Move less, from another grant, or with a decider and a reason."
        rows.table.fault(sound[at], "pence", f"{problem}.", mend)
    rows.check()
    return tuple(moves)


def read_attainments(path: Path, settlement: Settlement) -> Attained:
    """Read what was attained: area, stream, year, measure, and ``attained`` from 0 to 1.

    An empty area stands for every area. A measure that has no row is not yet assessed.

    Raises
    ------
    DecisionTableError
        With every fault.
    """
    rows = _Rows.of(path, settlement, ATTAINMENT_COLUMNS)
    weights = {one.code: one.outcome_weights for one in settlement.formula.streams}
    found: dict[tuple[AreaCode, StreamCode, FinancialYear], dict[str, Fraction]] = {}
    for at in range(len(rows.table)):
        stream, year, reached = rows.stream(at), rows.year(at), rows.attained(at)
        measure = rows.known(at, "measure", weights.get(stream, {}), str)
        for area in rows.areas(at):
            of_area = found.setdefault((area, stream, year), {})
            if measure in of_area:
                mend = "Keep one of the two rows."
                rows.fault(at, "measure", f"{area} has '{measure}' already.", mend)
            of_area[measure] = reached
    rows.check()
    return found


def read_vesting(path: Path, settlement: Settlement) -> Vested:
    """Read when functions vest: area, stream and ``vesting_day``, as 2027-10-01.

    An empty area stands for every area. What has no row vested before the settlement.

    Raises
    ------
    DecisionTableError
        With every fault.
    """
    rows = _Rows.of(path, settlement, VESTING_COLUMNS)
    found: dict[tuple[AreaCode, StreamCode], date] = {}
    for at in range(len(rows.table)):
        stream, day = rows.stream(at), rows.day(at)
        for area in rows.areas(at):
            if (area, stream) in found:
                mend = "Keep one of the two rows."
                rows.fault(at, "stream", f"'{stream}' vests in {area} by another row.", mend)
            found[area, stream] = day
    rows.check()
    return found


def read_least(path: Path, settlement: Settlement) -> Mapping[AreaCode, int]:
    """Read the least that areas may have in all streams together: area and pence.

    Raises
    ------
    DecisionTableError
        With every fault.
    """
    rows = _Rows.of(path, settlement, LEAST_COLUMNS)
    pence = rows.table.whole("pence").tolist()
    rows.table.once(("area",))
    found = {rows.area(at): pence[at] for at in range(len(rows.table))}
    rows.check()
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """A table, read cell by cell against a settlement; what is wrong is noted."""

    path: Path
    table: Table
    settlement: Settlement
    faulty: set[int] = field(default_factory=set)
    """Rows of which a cell names something that the settlement does not have."""

    @classmethod
    def of(cls, path: Path, settlement: Settlement, columns: tuple[str, ...]) -> Self:
        faults = Faults()
        table = read_table(path, faults)
        if table is None or not table.has(*columns):
            raise DecisionTableError(str(path), faults.found)
        return cls(path=path, table=table, settlement=settlement)

    def check(self) -> None:
        """Raise every fault noted so far."""
        if self.table.faults.found:
            raise DecisionTableError(str(self.path), self.table.faults.found)

    def cell(self, at: int, column: str) -> str:
        return self.table.columns[column][at]

    def fault(self, at: int, column: str, problem: str, mend: str) -> None:
        self.faulty.add(at)
        self.table.fault(at, column, problem, mend)

    def known(
        self, at: int, column: str, known: Mapping[str, object], kind: Callable[[str], Value]
    ) -> Value:
        """A cell that is one of some words."""
        cell = self.cell(at, column)
        if cell not in known:
            near = nearest(cell, known) or "The formula has none: see 'outcome_weights'."
            self.fault(at, column, f"'{cell}' is not known in the settlement.", near)
        return kind(cell)

    def area(self, at: int) -> AreaCode:
        return self.known(at, "area", dict.fromkeys(self.settlement.areas), AreaCode)

    def areas(self, at: int) -> Iterator[AreaCode]:
        """The area of a row, or every area where it names none."""
        if self.cell(at, "area"):
            yield self.area(at)
        else:
            yield from self.settlement.areas

    def stream(self, at: int, column: str = "stream") -> StreamCode:
        known = [one.code for one in self.settlement.formula.streams]
        return self.known(at, column, dict.fromkeys(known), StreamCode)

    def year(self, at: int) -> FinancialYear:
        years = {str(one): one for one in self.settlement.formula.years}
        cell = self.cell(at, "year")
        try:
            found = FinancialYear.parse(cell)
        except FinancialYearError:
            found = None
        if found is None or str(found) not in years:
            mend = f"Write one of: {', '.join(years)}."
            self.fault(at, "year", f"'{cell}' is no year of the settlement.", mend)
            return self.settlement.formula.opening_year
        return found

    def day(self, at: int) -> date:
        cell = self.cell(at, "vesting_day")
        try:
            return date.fromisoformat(cell)
        except ValueError:
            self.fault(at, "vesting_day", f"'{cell}' is not a day.", "Write it as 2027-10-01.")
            return date.min

    def attained(self, at: int) -> Fraction:
        cell = self.cell(at, "attained")
        try:
            found = Fraction(cell)
        except (ValueError, ZeroDivisionError):
            found = Fraction(-1)
        if not 0 <= found <= 1:
            mend = "Write a part from 0 to 1, or drop the row until the outcome is assessed."
            self.fault(at, "attained", f"'{cell}' is not a part of the outcome.", mend)
        return found
