"""The default timetable: the tasks of each phase, made out for the areas of a plan.

In:        a file of tasks, some of which each area has; the areas.
Out:       tasks and their timetable.
Rule:      every area vests on its phase's day until readiness is assessed area by area.
Not here:  dating (``transition.timetable``).
Source:    docs/decisions/0008-vesting-days-are-snapped.md.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache

from folkmoot.parameters.reader import Section, packaged
from folkmoot.transition.errors import TimetableError
from folkmoot.transition.tasks import TASK_KINDS, Task
from folkmoot.transition.timetable import Timetable, first_of
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, FunctionCode, TaskCode
from folkmoot.vocabulary.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which a function passes, whatever a timetable plans."""

    function: FunctionCode
    last_day: date
    says: str
    """Why, as the rest of a sentence."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """Tasks before they are made out for areas."""

    start_day: date
    target_months: int
    """The proposal's own estimate."""
    limit_months: int
    """How long Japan's timetable was, fiscal powers included."""
    deadlines: tuple[Deadline, ...]
    tasks: tuple[Task, ...]
    for_each_area: frozenset[TaskCode]
    source: Source
    """Of the tasks and, in our reading, of how far their durations may be from the likely."""

    def tasks_for(
        self, areas: Sequence[AreaCode], names: Mapping[AreaCode, str] | None = None
    ) -> tuple[Task, ...]:
        """Every task of a plan: those of the country once, the others once an area.

        A task of an area waits for the same area's tasks, and for those of the country; a
        task of the country waits for every area.
        """
        called = names or {}
        return tuple(
            made for task in self.tasks for made in self._made(task, sorted(areas), called)
        )

    def _made(
        self, task: Task, areas: Sequence[AreaCode], names: Mapping[AreaCode, str]
    ) -> Iterator[Task]:
        if task.code not in self.for_each_area:
            yield replace(task, after=tuple(self._waits(task, areas)))
            return
        for area in areas:
            yield replace(
                task,
                code=_of(task.code, area),
                title=f"{task.title}: {names.get(area, area)}",
                area=area,
                after=tuple(self._waits(task, [area])),
            )

    def _waits(self, task: Task, areas: Sequence[AreaCode]) -> Iterator[TaskCode]:
        for before in task.after:
            if before in self.for_each_area:
                yield from (_of(before, area) for area in areas)
            else:
                yield before


@cache
def shipped_phases() -> Phases:
    """The phases of the proposal, in our reading."""
    return read_phases(packaged("timetable.toml"))


def read_phases(file: Section) -> Phases:
    """Read a file of tasks.

    Raises
    ------
    TimetableError
        With every fault of the file; those of dates and links come when tasks are dated.
    """
    tables = file.sections("task")
    spreads = {
        kind: (one.ratio("least", least=0, most=1), one.ratio("most", least=1))
        for kind, one in file.sections("spread").items()
    }
    tasks = tuple(_task(TaskCode(code), table, spreads) for code, table in tables.items())
    each = frozenset(
        TaskCode(code) for code, table in tables.items() if table.flag("each_area", default=False)
    )
    for table in tables.values():
        table.finish()
    phases = Phases(
        start_day=file.day("start_day"),
        target_months=_length(file.section("target")),
        limit_months=_length(file.section("limit")),
        deadlines=tuple(
            _deadline(FunctionCode(function), table)
            for function, table in file.sections("deadline").items()
        ),
        tasks=tasks,
        for_each_area=each,
        source=file.source(),
    )
    file.section("elections")
    file.finish()
    if file.faults:
        raise TimetableError(file.file, file.faults)
    return phases


def phased_timetable(
    plan: AreaPlan,
    *,
    start: date | None = None,
    names: Mapping[AreaCode, str] | None = None,
) -> Timetable:
    """The shipped phases, made out for the areas of a plan and dated.

    Parameters
    ----------
    start : date, optional
        First of a month; stands in for the shipped start.
    names : mapping from area to text, optional
        What areas are called in titles.

    Raises
    ------
    TimetableError
        If the start is not the first of a month.

    Examples
    --------
    >>> timetable = phased_timetable(AreaPlan.of({"a": "A01", "b": "A02"}))
    >>> timetable.end.isoformat(), timetable.months
    ('2042-04-01', 180)
    """
    phases = shipped_phases()
    return Timetable.of(phases.tasks_for(plan.areas, names), start or phases.start_day)


def late_words(timetable: Timetable, deadlines: Sequence[Deadline]) -> tuple[str, ...]:
    """A sentence for each function that vests after the day by which it passes.

    It says when the first body is formed, too: before that no order of steps helps.
    """
    days = timetable.vesting_days()
    formed = [one.end for one in timetable.dated if one.task.kind == "form" and one.task.area]
    bodies = (
        f"The first body of this plan is formed by {first_of(min(formed)):%-d %B %Y}"
        if formed
        else "This plan forms no body"
    )
    return tuple(
        f"To check: {one.function.replace('-', ' ')} vests on "
        f"{days[one.function]:%-d %B %Y}, but the {one.says} "
        f"({one.source.publisher}, {one.source.published}). {bodies}: whoever takes over holds it "
        "until it vests."
        for one in deadlines
        if days.get(one.function, one.last_day) > one.last_day
    )


def _length(table: Section) -> int:
    """A number of months, whose day, note and source stand there for its readers."""
    for key in ("first_day", "note"):
        table.has(key)
    table.source()
    months = table.whole("months", least=1)
    table.finish()
    return months


def _deadline(function: FunctionCode, table: Section) -> Deadline:
    found = Deadline(
        function=function,
        last_day=table.day("last_day"),
        says=table.text("note"),
        source=table.source(),
    )
    table.finish()
    return found


def _task(code: TaskCode, table: Section, spreads: Mapping[str, tuple[Fraction, Fraction]]) -> Task:
    kind = table.choice("kind", TASK_KINDS)
    months = table.whole("months", default=0, least=0)
    least, most = spreads.get(kind, (Fraction(1), Fraction(1)))
    return Task(
        code=code,
        title=table.text("title"),
        phase=table.text("phase"),
        kind=kind,
        months=months,
        least_months=table.whole("least_months", default=math.floor(months * least), least=0),
        most_months=table.whole("most_months", default=math.ceil(months * most), least=0),
        after=tuple(TaskCode(one) for one in table.texts("after", default=())),
        functions=tuple(FunctionCode(one) for one in table.texts("functions", default=())),
        fixed_day=table.day("fixed_day") if table.has("fixed_day") else None,
    )


def _of(task: TaskCode, area: AreaCode) -> TaskCode:
    """Code of one area's task."""
    return TaskCode(f"{task}-{area}")
