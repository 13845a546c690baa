"""Who lives where, in the cohorts that a prevalence is told for.

In:        a table of people by area and cohort, or a places package and a division of its blocks.
Out:       ``People``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import NeedsTableError
from folkmoot.outcomes.indicators import OLDEST
from folkmoot.outcomes.measured import people_of_ages
from folkmoot.readers.tables import Faults, Table, read_table
from folkmoot.vocabulary.arrays import FloatMatrix
from folkmoot.vocabulary.places import Places

POPULATION_COLUMNS = ("area", "cohort", "persons")
AGES = re.compile(r"(\d+)(?:\s*-\s*(\d+)|\+)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class People:
    """Who lives where, by cohort."""

    areas: tuple[str, ...]
    names: tuple[str, ...]
    cohorts: tuple[str, ...]
    persons: FloatMatrix
    """Shape (n_areas, n_cohorts)."""


def ages(cohort: str) -> tuple[int, int] | None:
    """First and last year of age of a cohort that is called by them.

    Examples
    --------
    >>> ages("16-64"), ages("65+"), ages("carers")
    ((16, 64), (65, 90), None)
    """
    match = AGES.fullmatch(cohort.strip())
    return None if match is None else (int(match[1]), min(int(match[2] or OLDEST), OLDEST))


def people_by_age(
    places: Places, division: Division, told: Table, cohorts: Sequence[str]
) -> People:
    """Residents of each area of a division, in cohorts of ages.

    Parameters
    ----------
    told : Table
        That which names the cohorts in its column ``cohort``.

    Raises
    ------
    NeedsTableError
        If a cohort is not called by its ages, or the package has no ages.
    """
    faults = Faults()
    spans = {cohort: ages(cohort) for cohort in cohorts}
    for number, cohort in enumerate(told.columns["cohort"]):
        span = spans[cohort]
        if span is None or span[0] > span[1]:
            mend = "Write ages, as 16-64 or 65+, or give a table of people by cohort."
            faults.add(
                told.file, f"'{cohort}' is no span of ages.", mend,
                row=told.lines[number], column="cohort",
            )  # fmt: skip
    if places.populations_single_year is None:
        mend = "Add it to the package, or give a table of people by cohort."
        faults.add(places.name, "it has no table 'populations-single-year'.", mend)
    if faults.found:
        raise NeedsTableError(told.file, faults.found)
    return People(
        areas=division.codes,
        names=division.names,
        cohorts=tuple(cohorts),
        persons=np.column_stack(
            [people_of_ages(places, span) @ division.shares for span in spans.values() if span]
        ),
    )


def read_people(path: Path, cohorts: Sequence[str]) -> People:
    """Read a table of people by area and cohort.

    Raises
    ------
    NeedsTableError
        With every fault; a cohort that an area lacks must stand with 0.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*POPULATION_COLUMNS):
        raise NeedsTableError(str(path), faults.found)
    persons = table.floats("persons", least=0, what="a number of people, 0 or more")
    table.once(("area", "cohort"))
    table.text("cohort")
    areas = tuple(dict.fromkeys(table.text("area")))
    rows = {key: n for n, key in enumerate(table.rows("area", "cohort"))}
    for area in areas:
        for cohort in cohorts:
            if (area, cohort) not in rows:
                faults.add(
                    table.file, f"'{area}' has no row for '{cohort}'.", "Add it, if need be with 0."
                )
    if faults.found:
        raise NeedsTableError(str(path), faults.found)
    found = np.array([[persons[rows[area, one]] for one in cohorts] for area in areas])
    return People(areas=areas, names=areas, cohorts=tuple(cohorts), persons=found)
