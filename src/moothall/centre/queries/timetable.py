"""Read the timetable of the transition: its phases, and the days on which functions vest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from moothall.centre.models import DevolutionPlan, Function, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A task, or as many like it as there are areas, from the first day to the last."""

    title: str
    kind: str
    areas: int
    """How many areas it is for; 0 where it is one task for the country."""
    first_day: date
    last_day: date
    is_critical: bool
    """Whether a month more would move the end, or a vesting day by a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase with its steps, by the day on which they begin."""

    name: str
    first_day: date
    last_day: date
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vesting:
    """The functions that pass to their new commissioners on one day."""

    day: date
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task, as the files hold it."""

    task: str
    title: str
    area: str
    kind: str
    phase: str
    months: int
    first_day: date
    last_day: date
    wait_months: int
    float_months: int


def phases_of(plan: DevolutionPlan) -> tuple[Phase, ...]:
    """Return the phases in the order of the plan; tasks alike but for their area are one step."""
    by_phase: dict[str, dict[tuple[str, str], list[Task]]] = defaultdict(lambda: defaultdict(list))
    for task in Task.objects.filter(devolution_plan=plan):
        by_phase[task.phase][task.kind, task.title].append(task)
    return tuple(
        _phase(name, [_step(alike) for alike in groups.values()])
        for name, groups in sorted(by_phase.items())
    )


def vestings_of(plan: DevolutionPlan) -> tuple[Vesting, ...]:
    """Return the days on which functions vest, the earliest first."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for function in Function.objects.filter(devolution_plan=plan, vesting_day__isnull=False):
        if function.vesting_day is not None:
            by_day[function.vesting_day].append(function.name)
    return tuple(Vesting(day=day, functions=tuple(names)) for day, names in sorted(by_day.items()))


def task_rows(plan: DevolutionPlan) -> tuple[TaskRow, ...]:
    """Return every task in the order of the plan."""
    return tuple(
        TaskRow(
            task=one.code,
            title=one.title,
            area=one.area.code if one.area else "",
            kind=one.kind,
            phase=one.phase,
            months=one.months,
            first_day=one.first_day,
            last_day=one.last_day,
            wait_months=one.wait_months,
            float_months=one.float_months,
        )
        for one in Task.objects.filter(devolution_plan=plan).select_related("area")
    )


def _phase(name: str, steps: list[Step]) -> Phase:
    return Phase(
        name=name,
        first_day=min(step.first_day for step in steps),
        last_day=max(step.last_day for step in steps),
        steps=tuple(sorted(steps, key=lambda step: (step.first_day, step.last_day, step.title))),
    )


def _step(alike: list[Task]) -> Step:
    return Step(
        title=alike[0].title,
        kind=alike[0].kind,
        areas=sum(task.area_id is not None for task in alike),
        first_day=min(task.first_day for task in alike),
        last_day=max(task.last_day for task in alike),
        is_critical=any(task.float_months == 0 for task in alike),
    )
