"""A map of services as tables: cells, services, where they offer, and need terms.

In:        a folder with ``cells.csv``, ``services.csv``, ``offers.csv`` and, if wanted,
           ``terms.csv``, in the form of ``parameters/overlap_example``.
Out:       ``ServiceMap``.
Rule:      ``all`` in an offer is every cohort, or every place, that the cells name. A service
           gives all of its shares or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from folkmoot.outcomes.cells import Cells, Services
from folkmoot.outcomes.errors import OverlapTableError
from folkmoot.outcomes.need_terms import Terms
from folkmoot.readers.open_referral import Directory
from folkmoot.readers.tables import Faults, Table, nearest, read_table

EXAMPLES = "overlap_example"
FILES = ("cells.csv", "services.csv", "offers.csv", "terms.csv")
ALL, INTENDED, MADE_UP = "all", "intended", "made_up"
STATES = ("seen", "computed", "to_check", "disputed", MADE_UP)
PENCE = 100
CELL_COLUMNS = ("need", "cohort", "place", "expected", "source")
SERVICE_COLUMNS = (
    "service", "name", "capacity", "cost_pounds", "funder", "sector", "source", "state",
)  # fmt: skip
OFFER_COLUMNS = ("service", "need", "cohort", "place")
DRAFT_COLUMNS = {
    "services.csv": (
        "service", "name", "capacity", "cost_pounds", "funder", "sector", "identifier", "address",
        "plurality", "plurality_reason", "source", "state",
    ),
    "offers.csv": ("service", "need", "cohort", "place", "share", "access"),
    "terms.csv": ("need", "broader", "functions"),
}  # fmt: skip
TERM_COLUMNS = ("need", "broader", "functions")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ServiceMap:
    """A map of services as it was read."""

    cells: Cells
    services: Services
    terms: Terms | None
    addresses: tuple[str, ...]
    identifiers: tuple[str, ...]
    is_made_up: bool
    sources: tuple[str, ...]
    """Of cells and of services, each once."""


def read_service_map(folder: Path) -> ServiceMap:
    """Read a map of services.

    Raises
    ------
    OverlapTableError
        With every fault of a row.
    UnknownCellError, ShareError, PluralityReasonError, TermError
        If the tables do not fit each other.
    """
    faults = Faults()
    cells, sources = _cells(folder / "cells.csv", faults)
    services = read_table(folder / "services.csv", faults)
    offers = read_table(folder / "offers.csv", faults)
    terms = _terms(folder / "terms.csv", faults)
    if (
        cells is None
        or services is None
        or offers is None
        or not services.has(*SERVICE_COLUMNS)
        or not offers.has(*OFFER_COLUMNS)
    ):
        raise OverlapTableError(str(folder), faults.found)
    _check_words(services)
    if terms is not None:
        for need in cells.needs:
            if need not in terms.broader:
                advice = nearest(need, terms.broader)
                mend = f"Add it, with an empty 'broader' if it has none. {advice}"
                faults.add("terms.csv", f"the need '{need}' of the cells is not there.", mend)
    made = _services(services, offers, cells, faults)
    if made is None:
        raise OverlapTableError(str(folder), faults.found)
    return ServiceMap(
        cells=cells,
        services=made,
        terms=terms,
        addresses=tuple(services.text("address", required=False)),
        identifiers=tuple(services.text("identifier", required=False)),
        is_made_up=MADE_UP in services.columns["state"],
        sources=tuple(dict.fromkeys((*sources, *services.columns["source"]))),
    )


def _cells(path: Path, faults: Faults) -> tuple[Cells | None, tuple[str, ...]]:
    """Cells, and where they come from."""
    table = read_table(path, faults)
    if table is None or not table.has(*CELL_COLUMNS):
        return None, ()
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each need, cohort and place.")
        return None, ()
    needs, cohorts, places = (tuple(table.text(name)) for name in CELL_COLUMNS[:3])
    table.once(CELL_COLUMNS[:3])
    expected = table.floats("expected", least=0, what="a number of people, 0 or more")
    met = table.floats("met_elsewhere", required=False, least=0, most=1, what="a share, 0 to 1")
    axes = [tuple(dict.fromkeys(words)) for words in (needs, cohorts, places)]
    size = len(axes[0]) * len(axes[1]) * len(axes[2])
    empty = Cells(
        needs=axes[0],
        cohorts=axes[1],
        places=axes[2],
        expected=np.zeros(size),
        met=np.zeros(size),
    )
    at = empty.numbers(list(zip(needs, cohorts, places, strict=True)))
    people, part = np.zeros(size), np.zeros(size)
    people[at], part[at] = np.nan_to_num(expected), np.nan_to_num(met)
    made = Cells(needs=axes[0], cohorts=axes[1], places=axes[2], expected=people, met=part)
    return made, tuple(dict.fromkeys(table.text("source")))


def _terms(path: Path, faults: Faults) -> Terms | None:
    if not path.exists():
        return None
    table = read_table(path, faults)
    if table is None or not table.has(*TERM_COLUMNS):
        return None
    table.once(("need",))
    needs, broader = table.text("need"), table.text("broader", required=False)
    listed = table.text("functions", required=False)
    return Terms(
        broader={need: above or None for need, above in zip(needs, broader, strict=True)},
        functions={
            need: tuple(filter(None, map(str.strip, text.split(";"))))
            for need, text in zip(needs, listed, strict=True)
        },
    )


def _check_words(services: Table) -> None:
    """Note each service that is not named, sourced or known for what it is."""
    services.once(("service",))
    for name in ("service", "name", "source"):
        services.text(name)
    known_words = (("state", STATES, True), ("plurality", (INTENDED,), False))
    for column, known, required in known_words:
        for number, word in enumerate(services.text(column, required=required)):
            if word and word not in known:
                services.fault(number, column, f"'{word}' is not known.", nearest(word, known))


def _services(services: Table, offers: Table, cells: Cells, faults: Faults) -> Services | None:
    """Join services with their offers; None where there are faults."""
    codes = tuple(services.columns["service"])
    what = "a number of people a year, 0 or more"
    capacity = services.floats("capacity", least=0, what=what)
    pounds = services.whole("cost_pounds", what="a sum in whole pounds")
    runs = _runs(offers, codes, cells)
    offering = set(offers.columns["service"])
    for number, code in enumerate(codes):
        if code and code not in offering:
            services.fault(number, "service", f"'{code}' offers nothing.", "Add it to offers.csv.")
    if not codes:
        faults.add(services.file, "it has no row.", "Write one for each service.")
    if faults.found:
        return None
    meant = services.text("plurality", required=False)
    reasons = services.text("plurality_reason", required=False)
    joined = [_joined(runs[code]) for code in codes]
    sizes = [len(numbers) for numbers, _, _ in joined]
    numbers, shares, access = (np.concatenate(one) for one in zip(*joined, strict=True))
    return Services(
        codes=codes,
        names=tuple(services.columns["name"]),
        capacity=capacity,
        pence=pounds * PENCE,
        funders=tuple(services.columns["funder"]),
        sectors=tuple(services.columns["sector"]),
        intended=tuple(
            reason if word == INTENDED else None
            for word, reason in zip(meant, reasons, strict=True)
        ),
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        cell=numbers,
        share=shares,
        access=access,
    )


Offer = tuple[int, float, float]
"""A cell, the share of the service there, NaN where it is even, and the access to it."""


def _joined(run: Sequence[Offer]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cells in order, with shares, even ones where none is given, and access."""
    ordered = sorted(run)
    share = np.array([one[1] for one in ordered])
    return (
        np.array([one[0] for one in ordered], dtype=np.int64),
        np.full(len(ordered), 1.0 / len(ordered)) if np.isnan(share).any() else share,
        np.array([one[2] for one in ordered]),
    )


def _runs(offers: Table, codes: Sequence[str], cells: Cells) -> dict[str, list[Offer]]:
    """The cells of each service; faults are noted in the table."""
    runs: dict[str, list[Offer]] = {code: [] for code in codes}
    columns = [offers.text(name) for name in OFFER_COLUMNS]
    share, access = (
        offers.floats(name, required=False, least=0, most=1, what="a share, 0 to 1")
        for name in ("share", "access")
    )
    access = np.where(np.isnan(access), 1.0, access)
    rows: list[int] = []
    words: list[tuple[str, str, str]] = []
    many = np.ones(len(offers))
    for number, (code, need, cohort, place) in enumerate(zip(*columns, strict=True)):
        if code not in runs:
            offers.fault(number, "service", f"'{code}' is no service.", nearest(code, runs))
        spread = [
            (need, one, where)
            for one in (cells.cohorts if cohort == ALL else (cohort,))
            for where in (cells.places if place == ALL else (place,))
        ]
        many[number] = len(spread)
        rows += [number] * len(spread)
        words += spread
    if offers.faults.found:
        return runs
    taken: dict[tuple[str, int], int] = {}
    for number, cell in zip(rows, cells.numbers(words).tolist(), strict=True):
        code = columns[0][number]
        if (code, cell) in taken:
            mend = f"It stands in row {offers.lines[taken[code, cell]]} too. Keep one."
            offers.fault(number, "service", f"'{code}' offers this already.", mend)
        taken[code, cell] = number
        runs[code].append((cell, float(share[number] / many[number]), float(access[number])))
    for number in np.flatnonzero(np.isnan(share)).tolist():
        if any(not np.isnan(one) for _, one, _ in runs[columns[0][number]]):
            mend = "Give it one, or leave out all shares of this service."
            offers.fault(number, "share", "other rows of this service have a share.", mend)
    return runs


def directory_rows(found: Directory) -> dict[str, list[tuple[str, ...]]]:
    """A directory as rows of ``services.csv``, ``offers.csv`` and ``terms.csv``, to fill in.

    Capacity, cost and source are empty, for no directory holds them. A service that says no
    age or area is offered to all; one that is listed under no need has no offer.
    """
    return {
        "services.csv": [
            (
                *(one.identifier, one.name, "", "", "; ".join(one.funders), ""),
                *(one.identifier, one.address, "", "", "", ""),
            )
            for one in found.services
        ],
        "offers.csv": [
            (one.identifier, need, one.ages or ALL, area, "", "")
            for one in found.services
            for need in one.needs
            for area in (one.areas or (ALL,))
        ],
        "terms.csv": [(term, above or "", "") for term, above in sorted(found.broader.items())],
    }
