"""The tables of a needs assessment: prevalence and people served in, people expected out.

In:        CSV files, and people by area and cohort (``outcomes.people``).
Out:       ``Assessed``: a needs assessment with its words; rows for a table, and cells for
           ``outcomes.overlap``.
Rule:      cohorts of one need share nobody; an area's own prevalence goes before the national.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from folkmoot.outcomes.errors import NeedsTableError
from folkmoot.outcomes.needs import NOBODY, Needs, Prevalence, needs
from folkmoot.outcomes.people import People, ages
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.vocabulary.arrays import FloatMatrix
from folkmoot.vocabulary.source import MADE_UP, ROW_STATES, Source

EXAMPLE = "needs_example.csv"
PREVALENCE_COLUMNS = (
    "need", "cohort", "area", "prevalence", "lower_95", "upper_95", "source", "publisher",
    "published", "state",
)  # fmt: skip
MET_COLUMNS = ("area", "need", "persons", "source")
NEED_COLUMNS = (
    "area", "name", "need", "people", "expected", "lower_95", "upper_95", "met", "unmet",
    "unmet_lower_95", "unmet_upper_95", "excess", "label", "source",
)  # fmt: skip
CELL_COLUMNS = ("need", "cohort", "place", "expected", "met_elsewhere", "source")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessed:
    """A needs assessment and the words of its rows."""

    people: People
    kinds: tuple[str, ...]
    """What is needed."""
    found: Needs
    is_made_up: bool

    def label(self, area: int, need: int) -> str:
        """How the figure of one area and need was made."""
        made_up = "made up, " if self.is_made_up else ""
        return made_up + ("modelled" if self.found.is_modelled[area, need] else "local")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Declared:
    """A table of prevalence as it was read, before it is laid over people."""

    table: Table
    kinds: tuple[str, ...]
    cohorts: tuple[str, ...]
    is_made_up: bool


def read_prevalence(path: Path) -> Declared:
    """Read a table in the form of ``parameters/needs_example.csv``.

    An empty area means everywhere: a national prevalence.

    Raises
    ------
    NeedsTableError
        With every fault.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*PREVALENCE_COLUMNS):
        raise NeedsTableError(str(path), faults.found)
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each need and cohort.")
    for name in ("need", "cohort", "source", "publisher", "published"):
        table.text(name)
    states = table.text("state")
    for number, state in enumerate(states):
        if state and state not in ROW_STATES:
            table.fault(number, "state", f"'{state}' is not known.", nearest(state, ROW_STATES))
    table.once(("need", "cohort", "area"))
    _check_estimates(table)
    kinds, cohorts = (tuple(dict.fromkeys(table.columns[name])) for name in ("need", "cohort"))
    _check_apart(table, kinds)
    if faults.found:
        raise NeedsTableError(str(path), faults.found)
    return Declared(
        table=table, kinds=kinds, cohorts=cohorts, is_made_up=MADE_UP in states
    )  # fmt: skip


def _check_estimates(table: Table) -> None:
    """Note each prevalence that is no share, and limits that do not hold it."""
    what = "a share of people from 0 to 1"
    value = table.floats("prevalence", least=0, most=1, what=what)
    lower, upper = (
        table.floats(name, required=False, least=0, most=1, what=what)
        for name in ("lower_95", "upper_95")
    )
    for number in np.flatnonzero((lower > value) | (upper < value)).tolist():
        mend = "Exchange the limits, or correct the prevalence."
        table.fault(number, "lower_95", "the limits do not hold the prevalence.", mend)
    for number in np.flatnonzero(np.isnan(lower) != np.isnan(upper)).tolist():
        table.fault(number, "lower_95", "one limit is without the other.", "Write both or none.")


def _check_apart(table: Table, kinds: Sequence[str]) -> None:
    """Note cohorts of ages of one need that share people: they would be counted twice."""
    rows = list(enumerate(table.rows("need", "area", "cohort")))
    for kind in kinds:
        local: dict[str, dict[str, int]] = {"": {}}
        for number, (need, area, cohort) in rows:
            if need == kind:
                local.setdefault(area, {})[cohort] = number
        for area, held in local.items():
            # What an area says of itself stands in place of the national row of that cohort.
            both = {**local[""], **held} if area else held
            _note_shared_ages(table, both)


def _note_shared_ages(table: Table, rows: Mapping[str, int]) -> None:
    spans = sorted((span, n) for cohort, n in rows.items() if (span := ages(cohort)) is not None)
    for (before, _), (after, number) in pairwise(spans):
        if after[0] <= before[1]:
            mend = "Cut the cohorts so that every age is in one."
            problem = "it shares ages with another row of this need."
            table.fault(number, "cohort", problem, mend)


def assess_needs(
    declared: Declared, people: People, *, met: Path | None = None, confidence: float = 0.95
) -> Assessed:
    """Lay a prevalence over people, and take off those who are served already.

    Raises
    ------
    NeedsTableError
        With every area or need that is not known.
    """
    faults = Faults()
    prevalence = _laid(declared, people, faults)
    served = None if met is None else _met(met, people, declared.kinds, faults)
    if faults.found:
        raise NeedsTableError(declared.table.file, faults.found)
    return Assessed(
        people=people,
        kinds=declared.kinds,
        found=needs(people.persons, prevalence, served, confidence=confidence),
        is_made_up=declared.is_made_up,
    )


def _laid(declared: Declared, people: People, faults: Faults) -> Prevalence:
    """Where each estimate stands: a local one before the national one."""
    table, where = declared.table, {area: n for n, area in enumerate(people.areas)}
    areas = table.columns["area"]
    which = np.full((len(where), len(declared.cohorts), len(declared.kinds)), NOBODY)
    for number in sorted(range(len(table)), key=lambda one: areas[one] != ""):
        cohort = declared.cohorts.index(table.columns["cohort"][number])
        need = declared.kinds.index(table.columns["need"][number])
        if areas[number] and areas[number] not in where:
            faults.add(
                table.file, f"the area '{areas[number]}' has no people.",
                nearest(areas[number], where), row=table.lines[number], column="area",
            )  # fmt: skip
        else:
            which[where.get(areas[number], slice(None)), cohort, need] = number
    return Prevalence(
        value=table.floats("prevalence"),
        lower=table.floats("lower_95", required=False),
        upper=table.floats("upper_95", required=False),
        is_local=np.array([area != "" for area in areas]),
        sources=tuple(
            Source(title=title, publisher=publisher, published=published)
            for title, publisher, published in table.rows("source", "publisher", "published")
        ),
        which=which,
    )


def _met(path: Path, people: People, kinds: Sequence[str], faults: Faults) -> FloatMatrix:
    """People served already, by area and need; no row means nobody."""
    served = np.zeros((len(people.areas), len(kinds)))
    table = read_table(path, faults)
    if table is None or not table.has(*MET_COLUMNS):
        return served
    table.text("source")
    table.once(("area", "need"))
    persons = table.floats("persons", least=0, what="a number of people, 0 or more")
    known: Mapping[str, Mapping[str, int]] = {
        name: {one: n for n, one in enumerate(words)}
        for name, words in (("area", people.areas), ("need", kinds))
    }
    for number, pair in enumerate(table.rows("area", "need")):
        spot = [
            _known(table, number, name, word, known[name])
            for name, word in zip(("area", "need"), pair, strict=True)
        ]
        if None not in spot:
            served[spot[0], spot[1]] = persons[number]
    return served


def _known(
    table: Table, number: int, column: str, word: str, known: Mapping[str, int]
) -> int | None:
    if word not in known:
        table.fault(number, column, f"'{word}' is not known.", nearest(word, known))
    return known.get(word)


def need_rows(assessed: Assessed) -> Iterator[tuple[object, ...]]:
    """One row an area and need, and last one for all areas together."""
    found, people = assessed.found, assessed.people
    low, high = found.unmet_limits
    for area, (code, name) in enumerate(zip(people.areas, people.names, strict=True)):
        for need, kind in enumerate(assessed.kinds):
            yield (
                *(code, name, kind, _figure(found.people[area, need])),
                *(
                    _figure(one[area, need])
                    for one in (
                        *(found.expected.value, found.expected.lower, found.expected.upper),
                        *(found.met, found.unmet, low, high, found.excess),
                    )
                ),
                *(assessed.label(area, need), "; ".join(map(str, found.sources[need]))),
            )


def cell_rows(assessed: Assessed) -> Iterator[tuple[object, ...]]:
    """People expected in each need, cohort and place: what a map of services begins with."""
    found, people = assessed.found, assessed.people
    shares = _shares_met(found)
    for area, cohort, need in np.argwhere(found.cells > 0).tolist():
        yield (
            *(assessed.kinds[need], people.cohorts[cohort], people.areas[area]),
            *(_figure(found.cells[area, cohort, need]), _figure(shares[area, need], 6)),
            f"{assessed.label(area, need)}: {'; '.join(map(str, found.sources[need]))}",
        )


def _shares_met(found: Needs) -> FloatMatrix:
    """The part of those expected who are served already, at most all."""
    expected = np.where(found.expected.value > 0, found.expected.value, 1.0)
    return np.minimum(1.0, found.met / expected)


def _figure(value: float, digits: int = 1) -> str:
    """A figure as a table shows it; nothing where there is none."""
    return "" if np.isnan(value) else f"{value:.{digits}f}"
