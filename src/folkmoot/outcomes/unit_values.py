"""What one more of an outcome is worth, to whom, and of which kind.

In:        a table with a row for each outcome and whom its value falls to.
Out:       checked values in whole pence, negative where one more of it costs.
Rule:      fiscal value is money that a commissioner gets or need not spend; economic and social
           value is everyone else's, and the two are never one unlabelled figure.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from folkmoot.outcomes.errors import UnitValueError
from folkmoot.outcomes.evidence import Wrong
from folkmoot.outcomes.evidence_table import note, prices
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.source import ROW_STATES

ValueKind = Literal["fiscal", "economic", "social"]
KINDS: tuple[ValueKind, ...] = get_args(ValueKind)
PERSON = "person"
"""Whom a value falls to that no commissioner gets."""
EXAMPLE = "unit_values_example.csv"
VALUE_COLUMNS = (
    *("outcome", "pounds", "kind", "falls_to", "price_year", "source", "published", "state"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitValue:
    """What one more of an outcome is worth in a year."""

    outcome: str
    pence: int
    """Negative where one more of it costs, as of an unplanned admission."""
    kind: ValueKind
    falls_to: str
    """A function whose commissioner gets or saves it, or ``person``."""
    price_year: FinancialYear | None
    source: str
    published: str
    state: str

    def __post_init__(self) -> None:
        faults = [
            Fault(file=self.outcome, column=column, problem=problem, mend=mend)
            for column, problem, mend in _wrong(self)
        ]
        if faults:
            raise UnitValueError(self.outcome, faults)


def _wrong(one: UnitValue) -> Wrong:
    if one.kind not in KINDS:
        yield "kind", f"'{one.kind}' is not known.", nearest(one.kind, KINDS)
    if one.kind == "fiscal" and one.falls_to == PERSON:
        mend = "Name the function whose commissioner has the money, or write economic or social."
        yield "falls_to", "fiscal value falls to a commissioner, not to a person.", mend
    if one.price_year is None:
        yield "price_year", "a sum has no year of prices.", "Write it as 2024-25."
    if one.state not in ROW_STATES:
        yield "state", f"'{one.state}' is not known.", nearest(one.state, ROW_STATES)


def read_values(path: Path, functions: tuple[str, ...]) -> tuple[UnitValue, ...]:
    """Read a table in the form of ``parameters/unit_values_example.csv``.

    Parameters
    ----------
    functions
        What ``falls_to`` may name, beside ``person``.

    Raises
    ------
    UnitValueError
        With every fault.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*VALUE_COLUMNS):
        raise UnitValueError(str(path), faults.found)
    table.once(("outcome", "kind", "falls_to"))
    found = _rows(table, (*functions, PERSON))
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each outcome.")
    if faults.found:
        raise UnitValueError(str(path), faults.found)
    return found


def _rows(table: Table, known: tuple[str, ...]) -> tuple[UnitValue, ...]:
    outcomes, kinds, sources = (table.text(name) for name in ("outcome", "kind", "source"))
    published, states, holders = (table.text(name) for name in ("published", "state", "falls_to"))
    pence, years = table.pence("pounds", is_signed=True), prices(table)
    found = []
    for n, holder in enumerate(holders):
        if holder and holder not in known:
            table.fault(n, "falls_to", f"'{holder}' is not known.", nearest(holder, known))
        try:
            found.append(
                UnitValue(
                    outcome=outcomes[n],
                    pence=pence[n] or 0,
                    kind=cast("ValueKind", kinds[n]),  # UnitValue refuses another
                    falls_to=holder,
                    price_year=years[n],
                    source=sources[n],
                    published=published[n],
                    state=states[n],
                )
            )
        except UnitValueError as error:
            note(table, n, error.faults)
    return tuple(found)
