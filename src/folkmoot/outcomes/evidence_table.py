"""Read a table of evidence, and write its rows as they were.

In:        a CSV file with a row for each effect of each intervention.
Out:       checked evidence, or one error with every fault; the packaged library.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import numpy as np

from folkmoot.outcomes.errors import EvidenceError
from folkmoot.outcomes.evidence import MARYLAND, EffectKind, Evidence, on_maryland, scales
from folkmoot.parameters.reader import PACKAGED
from folkmoot.readers.tables import Faults, Table, read_table
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.periods import FinancialYear, FinancialYearError

LIBRARY, EXAMPLE = "evidence_library.csv", "evidence_example.csv"
EVIDENCE_COLUMNS = (
    *("evidence", "intervention", "need", "cohort", "outcome", "effect", "lower", "upper"),
    *("effect_kind", "strength", "cost_low", "cost_high", "price_year", "years_until"),
    *("years_lasting", "country", "source", "published", "state"),
)


def library() -> tuple[Evidence, ...]:
    """The packaged evidence: only rows whose source and figures are certain, marked to check."""
    return read_evidence(PACKAGED / LIBRARY)


def read_evidence(path: Path) -> tuple[Evidence, ...]:
    """Read a table in the form of ``parameters/evidence_example.csv``.

    Raises
    ------
    EvidenceError
        With every fault.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*EVIDENCE_COLUMNS):
        raise EvidenceError(str(path), faults.found)
    table.once(("evidence",))
    found = _rows(table)
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each effect.")
    if faults.found:
        raise EvidenceError(str(path), faults.found)
    return found


def _rows(table: Table) -> tuple[Evidence, ...]:
    """Every row that can be one; what is wrong with the others is noted."""
    words = {name: table.text(name) for name in ("evidence", "intervention", "need", "cohort",
                                                 "outcome", "effect_kind", "country", "source",
                                                 "published", "state")}  # fmt: skip
    numbers = {name: table.floats(name, required=False) for name in ("effect", "lower", "upper")}
    strength, years = _strengths(table), prices(table)
    until, lasting = (
        table.floats(name, required=False) for name in ("years_until", "years_lasting")
    )
    low, high = (table.pence(name, required=False) for name in ("cost_low", "cost_high"))
    found = []
    for n in range(len(table)):
        try:
            found.append(
                Evidence(
                    code=words["evidence"][n],
                    intervention=words["intervention"][n],
                    need=words["need"][n],
                    cohort=words["cohort"][n],
                    outcome=words["outcome"][n],
                    country=words["country"][n],
                    source=words["source"][n],
                    published=words["published"][n],
                    state=words["state"][n],
                    effect=_known(numbers["effect"][n]),
                    lower=_known(numbers["lower"][n]),
                    upper=_known(numbers["upper"][n]),
                    effect_kind=cast("EffectKind", words["effect_kind"][n]),  # or refused
                    strength=strength[n][1],
                    scale=strength[n][0],
                    cost_low=low[n],
                    cost_high=high[n],
                    price_year=years[n],
                    years_until=_years(table, n, "years_until", until[n]),
                    years_lasting=_years(table, n, "years_lasting", lasting[n]),
                )
            )  # fmt: skip
        except EvidenceError as error:
            note(table, n, error.faults)
    return tuple(found)


def _strengths(table: Table) -> list[tuple[str, int]]:
    """The scale of each row and its strength on the Maryland scale."""
    found = []
    levels = table.whole("strength").tolist()
    for n, scale in enumerate(table.text("scale", required=False)):
        level = on_maryland(scale or MARYLAND, levels[n])
        if level is None:
            problem = f"'{levels[n]}' is no level of '{scale}'."
            table.fault(n, "strength", problem, f"Scales: {', '.join(scales())}.")
        found.append((scale or MARYLAND, level or 0))
    return found


def _years(table: Table, number: int, column: str, value: float) -> int | None:
    if np.isfinite(value) and value != int(value):
        table.fault(number, column, f"'{value:g}' is not whole.", "Write whole years.")
    return int(value) if np.isfinite(value) else None


def note(table: Table, number: int, faults: Sequence[Fault]) -> None:
    """Note what a row refuses, once a cell: an unreadable one is told already."""
    told = {one.column for one in table.faults.found if one.row == table.lines[number]}
    for one in faults:
        if one.column not in told:
            table.fault(number, one.column or "", one.problem, one.mend)


def prices(table: Table) -> list[FinancialYear | None]:
    """The column ``price_year``; None where a cell is empty."""
    found: list[FinancialYear | None] = []
    for number, cell in enumerate(table.text("price_year", required=False)):
        try:
            found.append(FinancialYear.parse(cell) if cell else None)
        except FinancialYearError as error:
            found.append(None)
            table.fault(number, "price_year", str(error), "Leave it empty where no sum is given.")
    return found


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def evidence_row(one: Evidence) -> Mapping[str, object]:
    """A row as the table has it, sums in pounds."""
    row = {name: getattr(one, name, "") for name in EVIDENCE_COLUMNS}
    for name in ("cost_low", "cost_high"):
        pence = getattr(one, name)
        row[name] = None if pence is None else pence / 100
    return {**row, "evidence": one.code}
