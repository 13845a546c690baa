"""Proof of concept: whether the areas that went first did better than areas like them.

In:        a declaration made before the start; a table of outcomes by area and year.
Out:       comparison areas; before the start what could be detected; after it the estimate
           with its interval, p, trends, and what each area alone makes of it.
Rule:      few areas, so no standard errors: every set of as many areas is counted. What is
           measured, from when until when, is declared before the start and not changed.
Not here:  whether a function passes (``transition.timetable``).
Source:    docs/decisions/0020-few-areas-exact-test.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np

from folkmoot.parameters.reader import Section, read_parameters
from folkmoot.readers.tables import Faults, nearest, read_table
from folkmoot.transition.errors import PilotError
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.errors import ParameterError
from folkmoot.vocabulary.periods import FinancialYear, FinancialYearError
from folkmoot.vocabulary.permutation import PermutationTest, exact_test, limits, sets_of

EXAMPLE, EXAMPLE_OUTCOMES = "pilot_example.toml", "pilot_example.csv"
OUTCOME_COLUMNS = ("area", "year", "outcome", "value")
FEWEST_COMPARISONS = 8
"""With fewer, hardly any set of areas could have been chosen instead."""
FEWEST_YEARS_BEFORE = 2
"""One year has no trend."""
MOST_SETS = 500_000
"""Sets of areas that are counted; more would take too long."""
SIMULATED_SETS = 4_000
"""Of more sets than these a simulation takes as many, by chance."""

CHOSEN = (
    "Areas that went first were not drawn by lot: p says how rare such a difference is among "
    "sets of these areas, not that the function caused it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotOutcome:
    """What is measured, as declared before the start."""

    code: str
    name: str
    registered: date
    """When it was declared, or last changed."""
    until: FinancialYear
    """The last year that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """A function that some areas take on before the others."""

    title: str
    function: str
    areas: tuple[AreaCode, ...]
    start: FinancialYear
    comparisons: int
    """How many areas they are compared with."""
    outcomes: tuple[PilotOutcome, ...]
    alpha: Fraction
    power: Fraction
    is_illustration: bool


Values = Mapping[AreaCode, Mapping[FinancialYear, Fraction]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTable:
    """Outcomes by area and year; every area has every year of an outcome."""

    values: Mapping[str, Values]

    def years(self, outcome: str) -> tuple[FinancialYear, ...]:
        """The years of an outcome, in order."""
        return tuple(sorted(next(iter(self.values[outcome].values()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Detectable:
    """What a pilot could find, from how areas changed by themselves before."""

    outcome: str
    spread: float
    """Standard deviation of the change from the first half of the years before to the second."""
    effect: float | None
    """The least effect found with the declared power; None: no effect ever would be."""
    draws: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotResult:
    """What came of one outcome."""

    outcome: PilotOutcome
    last_year: FinancialYear
    test: PermutationTest
    before: PermutationTest
    """The same test on the years before: it should find nothing."""
    without: Mapping[AreaCode, Fraction]
    """The estimate when each area in turn is left out."""
    trend: tuple[tuple[FinancialYear, Fraction, Fraction], ...]
    """Year, mean of the pilot areas, mean of the comparison areas."""

    @property
    def is_interim(self) -> bool:
        """Whether the declared period is not over."""
        return self.last_year < self.outcome.until


def read_pilot(path: Path) -> Pilot:
    """Read a declaration in the form of ``parameters/pilot_example.toml``.

    Raises
    ------
    PilotError
        With every fault, such as an outcome that was changed after the start.
    """
    try:
        return pilot_of(read_parameters(path))
    except ParameterError as error:
        raise PilotError(error.source, error.faults) from error


def pilot_of(file: Section) -> Pilot:
    """Make a pilot of a file that has been read; errors as ``read_pilot``."""
    start = file.year("start")
    found = Pilot(
        title=file.text("title"),
        function=file.text("function"),
        areas=tuple(AreaCode(area) for area in file.texts("areas")),
        start=start,
        comparisons=file.whole("comparisons"),
        outcomes=tuple(
            _outcome(code, table, start) for code, table in file.sections("outcome").items()
        ),
        alpha=file.ratio("alpha", default=Fraction(1, 20), least=0, most=Fraction(1, 2)),
        power=file.ratio("power", default=Fraction(4, 5), least=Fraction(1, 2), most=1),
        is_illustration=file.flag("is_illustration", default=False),
    )
    file.finish()
    if found.comparisons < FEWEST_COMPARISONS:
        mend = f"Take {FEWEST_COMPARISONS} or more."
        file.fault("comparisons", f"{found.comparisons} areas are too few to compare with.", mend)
    elif not 0 < len(set(found.areas)) == len(found.areas) < found.comparisons:
        file.fault(
            "areas",
            "there are none, one stands twice, or they are as many as the comparison areas.",
            "Name each pilot area once, and compare with more areas than these.",
        )
    elif comb(len(found.areas) + found.comparisons, len(found.areas)) > MOST_SETS:
        mend = f"Compare with fewer areas: at most {MOST_SETS:,} sets are counted."
        file.fault("comparisons", "there are too many sets of areas to count them all.", mend)
    if not found.outcomes:
        file.fault("outcome", "nothing is measured.", "Write [outcome.NAME].")
    if file.faults:
        raise PilotError(file.file, file.faults)
    return found


def _outcome(code: str, table: Section, start: FinancialYear) -> PilotOutcome:
    registered = table.day("registered")
    changed = table.day("changed", default=registered)
    found = PilotOutcome(
        code=code,
        name=table.text("name"),
        registered=max(registered, changed),
        until=table.year("until"),
    )
    if start > FinancialYear(0) and found.registered >= start.first_day:
        table.fault(
            "changed" if changed > registered else "registered",
            f"the outcome was declared or changed on {found.registered}, after the start.",
            f"Take the outcome as it was declared before {start.first_day}, or start later.",
        )
    if found.until < start:
        table.fault("until", "it ends before the start.", f"Write {start} or later.")
    table.finish()
    return found


def read_outcomes(path: Path, pilot: Pilot) -> OutcomeTable:
    """Read a table of outcomes, and check that a pilot can be judged by it.

    Raises
    ------
    PilotError
        With every fault: an area without a value, no years before, too few other areas.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*OUTCOME_COLUMNS):
        raise PilotError(str(path), faults.found)
    table.once(OUTCOME_COLUMNS[:3])
    codes = [one.code for one in pilot.outcomes]
    values: dict[str, dict[AreaCode, dict[FinancialYear, Fraction]]] = {one: {} for one in codes}
    columns = (table.text(name) for name in OUTCOME_COLUMNS)
    for number, (area, told, outcome, value) in enumerate(zip(*columns, strict=True)):
        try:
            year = FinancialYear.parse(told)
            found = Fraction(value)
        except (FinancialYearError, ValueError, ZeroDivisionError):
            mend = "Write a financial year, as 2026-27, and a number."
            table.fault(number, "value", f"'{told}' or '{value}' is not one.", mend)
            continue
        if outcome in values:
            values[outcome].setdefault(AreaCode(area), {})[year] = found
    for outcome, by_area in values.items():
        _check_outcome(pilot, outcome, by_area, table.file, faults)
    shared = set.intersection(*(set(found) for found in values.values())) - set(pilot.areas)
    if len(shared) < pilot.comparisons:
        problem = f"{len(shared)} other areas have every outcome, of {pilot.comparisons} needed."
        mend = f"Add areas, or compare with fewer, {FEWEST_COMPARISONS} or more."
        faults.add(table.file, problem, mend)
    if faults.found:
        raise PilotError(str(path), faults.found)
    return OutcomeTable(values=values)


def _check_outcome(pilot: Pilot, outcome: str, by_area: Values, file: str, faults: Faults) -> None:
    years = {year for found in by_area.values() for year in found}
    for area in pilot.areas:
        if area not in by_area:
            mend = f"Add its rows. {nearest(area, by_area)}"
            faults.add(file, f"pilot area '{area}' has no '{outcome}'.", mend)
    for area, found in sorted(by_area.items()):
        if missing := sorted(years - set(found)):
            problem = f"'{area}' has no '{outcome}' in {', '.join(map(str, missing))}."
            faults.add(file, problem, "Add it, or leave the area or the year out altogether.")
    if sum(year < pilot.start for year in years) < FEWEST_YEARS_BEFORE:
        problem = f"'{outcome}' has fewer than {FEWEST_YEARS_BEFORE} years before {pilot.start}."
        faults.add(file, problem, "Add earlier years: without them there is no trend to compare.")


def comparison_areas(pilot: Pilot, table: OutcomeTable) -> tuple[AreaCode, ...]:
    """The areas most like a pilot area in every year before the start; ties by code.

    Each outcome and year is measured in standard deviations of all areas, and an area is
    as near as its nearest pilot area. Nothing from after the start is looked at.
    """
    areas = sorted(set.intersection(*(set(found) for found in table.values.values())))
    features = np.array(
        [
            [float(found[area][year]) for area in areas]
            for outcome, found in table.values.items()
            for year in table.years(outcome)
            if year < pilot.start
        ]
    ).T
    spread = features.std(axis=0)
    scaled = (features - features.mean(axis=0)) / np.where(spread > 0, spread, 1)
    own = [areas.index(area) for area in pilot.areas]
    apart = np.linalg.norm(scaled[:, None, :] - scaled[None, own, :], axis=2).min(axis=1)
    ranked = sorted((round(float(far), 12), area) for far, area in zip(apart, areas, strict=True))
    return tuple(area for _, area in ranked if area not in pilot.areas)[: pilot.comparisons]


def detectable(
    pilot: Pilot, table: OutcomeTable, *, rng: np.random.Generator, draws: int = 1000
) -> tuple[Detectable, ...]:
    """The least effect on each outcome that the pilot would find with the declared power.

    Areas are drawn to change as they did before the start, by themselves. In each draw an
    effect is found when it is beyond the upper limit of what the test does not reject, so
    the least effect found in a share of the draws is a quantile of these limits.
    """
    areas = (*pilot.areas, *comparison_areas(pilot, table))
    chosen = range(len(pilot.areas))
    sets = sets_of(len(areas), len(chosen))
    if len(sets) > SIMULATED_SETS:
        others = 1 + rng.choice(len(sets) - 1, SIMULATED_SETS - 1, replace=False)
        sets = sets[np.concatenate([[0], np.sort(others)])]  # the first set is the pilot's own
    found = []
    for outcome in pilot.outcomes:
        changes = _changes_before(pilot, table, outcome.code, areas)
        spread = float(np.std([float(one) for one in changes], ddof=1))
        upper = [
            limits(spread * rng.standard_normal(len(areas)), sets, chosen, alpha=pilot.alpha)[1]
            for _ in range(draws)
        ]
        known = [one for one in upper if one is not None]
        found.append(
            Detectable(
                outcome=outcome.code,
                spread=spread,
                effect=float(np.quantile(known, float(pilot.power))) if known else None,
                draws=draws,
            )
        )
    return tuple(found)


def analyse(pilot: Pilot, table: OutcomeTable) -> tuple[PilotResult, ...]:
    """Judge a pilot by difference in differences, for each outcome with a year after the start.

    The change of an area is its mean from the start until the declared end, less its mean
    before the start; the estimate is the mean change of the pilot areas less that of the
    comparison areas.
    """
    compared = comparison_areas(pilot, table)
    areas, chosen = (*pilot.areas, *compared), range(len(pilot.areas))
    sets = sets_of(len(areas), len(chosen))
    results = []
    for outcome in pilot.outcomes:
        years = [year for year in table.years(outcome.code) if year <= outcome.until]
        after = [year for year in years if year >= pilot.start]
        before = [year for year in years if year < pilot.start]
        if not after:
            continue
        values = table.values[outcome.code]
        changes = [_mean(values[area], after) - _mean(values[area], before) for area in areas]
        past = _changes_before(pilot, table, outcome.code, areas)
        results.append(
            PilotResult(
                outcome=outcome,
                last_year=after[-1],
                test=exact_test(changes, sets, chosen, alpha=pilot.alpha),
                before=exact_test(past, sets, chosen, alpha=pilot.alpha),
                without=_without(changes, areas, len(chosen)),
                trend=tuple(
                    (
                        year,
                        _over({area: values[area][year] for area in pilot.areas}),
                        _over({area: values[area][year] for area in compared}),
                    )
                    for year in years
                ),
            )
        )
    return tuple(results)


def cannot_show(pilot: Pilot, result: PilotResult) -> tuple[str, ...]:
    """What a result does not say, as sentences."""
    test = result.test
    told = [
        f"With {test.sets:,} possible sets of areas no p can be below {1 / test.sets:.2g}.",
        CHOSEN,
        "It speaks of these areas and years, and of no others.",
    ]
    if test.least is None:
        told.append("There are too few sets to reject any effect: the interval has no limits.")
    if result.before.p <= pilot.alpha:
        told.append("The pilot areas were already moving apart from the others before the start.")
    if result.is_interim:
        told.append(f"The declared period runs until {result.outcome.until}: this is interim.")
    return tuple(told)


def _changes_before(
    pilot: Pilot, table: OutcomeTable, outcome: str, areas: Sequence[AreaCode]
) -> list[Fraction]:
    """How each area changed from the first half of the years before the start to the second."""
    before = [year for year in table.years(outcome) if year < pilot.start]
    early, late = before[: len(before) // 2], before[len(before) // 2 :]
    values = table.values[outcome]
    return [_mean(values[area], late) - _mean(values[area], early) for area in areas]


def _mean(values: Mapping[FinancialYear, Fraction], years: Sequence[FinancialYear]) -> Fraction:
    return sum((values[year] for year in years), Fraction(0)) / len(years)


def _over(values: Mapping[AreaCode, Fraction]) -> Fraction:
    return sum(values.values(), Fraction(0)) / len(values)


def _without(
    changes: Sequence[Fraction], areas: Sequence[AreaCode], pilots: int
) -> dict[AreaCode, Fraction]:
    """The estimate with each area left out; a single pilot area cannot be."""
    found = {}
    for out, area in enumerate(areas):
        own = {areas[n]: changes[n] for n in range(pilots) if n != out}
        rest = {areas[n]: changes[n] for n in range(pilots, len(areas)) if n != out}
        if own:
            found[area] = _over(own) - _over(rest)
    return found
