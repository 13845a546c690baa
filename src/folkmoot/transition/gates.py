"""Readiness gates: whether a body may take a function over, and what it lacks.

In:        independent assessments of a body, by theme; the gate of each class of function;
           what pilots showed, for the gates that ask.
Out:       passed, or waiting with every shortfall; the day to which vesting then moves.
Rule:      a gate asks for a level in every theme. The latest valid assessment counts; one
           that has expired counts as none. What waits, waits alone, until the next 1 April.
Not here:  what the rules are (``transition.rules``); drawing (``exhibits.gate_matrix``).
Source:    docs/decisions/0021-bodies-gates-and-the-centre.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from folkmoot.transition.days import add_months
from folkmoot.transition.errors import AssessmentError, IndependenceError
from folkmoot.transition.rules import Readiness, Theme, shipped_rules
from folkmoot.transition.verdicts import Verdict, latest
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import AreaCode, CommissionerCode
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.periods import FinancialYear

Stage = Literal["shadow", "vest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What an independent assessor says of one body and theme.

    Raises
    ------
    IndependenceError
        If the assessor is the body itself.
    AssessmentError
        If theme, level or group is not one of the rules, or nothing shows it.
    """

    body: CommissionerCode
    theme: str
    level: int
    """1 to 4, from Emerging to Advanced."""
    assessor: str
    evidence: str
    """Where it is published."""
    assessed_on: date
    valid_months: int = 24
    function_group: str = ""
    """The one group of functions that it is about; empty for all."""

    def __post_init__(self) -> None:
        rules = shipped_rules().readiness
        if self.assessor.strip().casefold() == self.body.casefold():
            problem = f"'{self.body}' assesses itself."
            mend = "Name an assessor from outside the body."
            raise IndependenceError(self.body, [_fault(self, "assessor", problem, mend)])
        if faults := [*_faults(self, rules)]:
            raise AssessmentError(self.body, faults)

    @property
    def last_day(self) -> date:
        """The last day on which it counts."""
        return add_months(self.assessed_on, self.valid_months) - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A theme in which a body has not the level that a gate asks for, or a proof of concept."""

    theme: Theme
    held: str
    """Name of the level; ``not assessed`` without a valid assessment, ``without a result`` or
    ``not shown`` of a pilot."""
    needed: str
    looks_like: str
    """What the level needed looks like."""

    def __str__(self) -> str:
        has = "is not assessed" if self.held == NOT_ASSESSED else f"is {self.held}"
        return f"{self.theme.name} {has} and must be {self.needed}: {self.looks_like}."


NOT_ASSESSED = "not assessed"
NO_RESULT, SHOWN = "without a result", "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The gate is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The gate is closed, for these reasons."""

    shortfalls: tuple[Shortfall, ...]


Gate: TypeAlias = Passed | Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a body stands before the gate of one group of functions."""

    body: CommissionerCode
    group: str
    gate: Gate
    """On the day asked about."""
    planned_day: date
    vests_on: date
    """The planned day, or the 1 April to which it has moved."""
    deferrals: int
    """How many times a vesting day came and the gate was closed."""
    goes_to_ladder: bool
    """Whether it was deferred so often that the Devolution Unit asks why."""

    has_vested: bool
    """Whether its day came and found the gate open."""


def gate(
    body: CommissionerCode,
    group: str,
    day: date,
    assessments: Sequence[Assessment],
    *,
    stage: Stage = "vest",
    verdicts: Sequence[Verdict] = (),
    rules: Readiness | None = None,
) -> Gate:
    """Whether a body may run a group of functions in shadow, or take it over, on a day.

    Parameters
    ----------
    verdicts : sequence of Verdict
        What pilots showed: to vest, some gates ask for it. A missing result leaves them closed.

    Raises
    ------
    KeyError
        If no class has the group.

    Examples
    --------
    >>> held = dict(strategy=3, people=3, finance=3, reporting=2)
    >>> body = CommissionerCode("body-A01")
    >>> found = gate(body, "hospital", date(2035, 4, 1), [
    ...     Assessment(body=body, theme=theme, level=level, assessor="auditor", evidence="report",
    ...                assessed_on=date(2035, 1, 1)) for theme, level in held.items()])
    >>> [(one.theme.code, one.held, one.needed) for one in found.shortfalls]
    [('finance', 'Core', 'Advanced'), ('reporting', 'Developing', 'Core')]
    """
    rules = rules or shipped_rules().readiness
    asked = rules.class_of[group]
    shortfalls = []
    for theme in rules.themes:
        held = _level(body, theme.code, group, day, assessments)
        needed = asked.shadow if stage == "shadow" else asked.vest[theme.code]
        if held < needed:
            shortfalls.append(
                Shortfall(
                    theme=theme,
                    held=rules.levels[held - 1] if held else NOT_ASSESSED,
                    needed=rules.levels[needed - 1],
                    looks_like=rules.beyond_core if needed == len(rules.levels) else theme.core,
                )
            )
    if stage == "vest" and group in rules.pilot_groups:
        shortfalls += _unproven(group, day, verdicts, rules.pilot)
    return Waiting(shortfalls=tuple(shortfalls)) if shortfalls else Passed()


def standing(
    body: CommissionerCode,
    group: str,
    planned_day: date,
    day: date,
    assessments: Sequence[Assessment],
    *,
    verdicts: Sequence[Verdict] = (),
    rules: Readiness | None = None,
) -> Standing:
    """Where a body stands on a day, with the deferrals until then.

    Each 1 April from the planned day on that finds the gate closed defers vesting to the next.
    """
    rules = rules or shipped_rules().readiness
    vests, deferrals, has_vested = planned_day, 0, False
    found = gate(body, group, day, assessments, verdicts=verdicts, rules=rules)
    while vests <= day:
        then = gate(body, group, vests, assessments, verdicts=verdicts, rules=rules)
        if isinstance(then, Passed):
            found, has_vested = Passed(), True
            break
        deferrals += 1
        vests = FinancialYear(vests.year + 1).first_day
    return Standing(
        body=body,
        group=group,
        gate=found,
        planned_day=planned_day,
        vests_on=vests,
        deferrals=deferrals,
        goes_to_ladder=deferrals >= rules.deferrals and not has_vested,
        has_vested=has_vested,
    )


def standings(
    planned: Mapping[tuple[CommissionerCode, str], date],
    day: date,
    assessments: Sequence[Assessment],
    *,
    verdicts: Sequence[Verdict] = (),
    rules: Readiness | None = None,
) -> tuple[Standing, ...]:
    """Every body before every gate, bodies by code, groups by their planned day."""
    of: dict[CommissionerCode, list[Assessment]] = {}
    for one in assessments:
        of.setdefault(one.body, []).append(one)
    keys = sorted(planned, key=lambda key: (key[0], planned[key], key[1]))
    return tuple(
        standing(
            *(body, group, planned[body, group], day, of.get(body, [])),
            verdicts=verdicts,
            rules=rules,
        )
        for body, group in keys
    )


def vesting_groups(
    steps: Sequence[tuple[str, AreaCode, date]], *, rules: Readiness | None = None
) -> dict[tuple[CommissionerCode, str], date]:
    """When each body takes over each group, from the vestings of a timetable.

    Parameters
    ----------
    steps : sequence of task code, area and first day
        A vesting of a group is the task 'vest-GROUP-AREA'.
    """
    groups = (rules or shipped_rules().readiness).class_of
    found = {}
    for task, area, day in steps:
        group = task.removeprefix("vest-").removesuffix(f"-{area}")
        if area and task.startswith("vest-") and group in groups:
            found[body_code(area), group] = day
    return found


def _unproven(
    group: str, day: date, verdicts: Sequence[Verdict], pilot: Theme
) -> Iterator[Shortfall]:
    """What is short of a proof of concept."""
    found = latest(group, day, verdicts)
    if found is None or found.result != SHOWN:
        held = NO_RESULT if found is None else found.result
        yield Shortfall(theme=pilot, held=held, needed=SHOWN, looks_like=pilot.core)


def _level(
    body: CommissionerCode, theme: str, group: str, day: date, assessments: Sequence[Assessment]
) -> int:
    """The level that counts; 0 without a valid assessment."""
    valid = [
        one
        for one in assessments
        if one.body == body
        and one.theme == theme
        and one.function_group in ("", group)
        and one.assessed_on <= day <= one.last_day
    ]
    latest = max(
        valid, key=lambda one: (one.assessed_on, bool(one.function_group), -one.level), default=None
    )
    return latest.level if latest else 0


def _faults(one: Assessment, rules: Readiness) -> list[Fault]:
    themes, groups = [theme.code for theme in rules.themes], sorted(rules.class_of)
    found = []
    if one.theme not in themes:
        found.append(("theme", f"'{one.theme}' is no theme.", f"Known: {', '.join(themes)}."))
    if not 1 <= one.level <= len(rules.levels):
        known = ", ".join(f"{n} {name}" for n, name in enumerate(rules.levels, 1))
        found.append(("level", f"{one.level} is no level.", f"Known: {known}."))
    if one.function_group and one.function_group not in groups:
        problem = f"'{one.function_group}' is no group of functions."
        found.append(("function_group", problem, f"Known: {', '.join(groups)}."))
    if not one.evidence.strip():
        found.append(("evidence", "nothing shows it.", "Say where it is published."))
    if one.valid_months < 1:
        found.append(("valid_months", "it is never valid.", "Write 1 or more."))
    return [_fault(one, column, problem, mend) for column, problem, mend in found]


def _fault(one: Assessment, column: str, problem: str, mend: str) -> Fault:
    return Fault(file=f"assessment of {one.body}", column=column, problem=problem, mend=mend)
