"""Date the tasks of a transition, and say which of them drive its vesting days.

In:        tasks and the day on which the first may start.
Out:       for each task its first and last day, its float and its wait; the critical path.
Rule:      a task starts when the last of those it waits for ends. Functions vest only on
           the first day of a financial year, so a vesting waits for the next one.
Not here:  which tasks there are (``transition.phases``).
Source:    docs/decisions/0008-vesting-days-are-snapped.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from folkmoot.transition.errors import TimetableError
from folkmoot.transition.tasks import Task, in_order
from folkmoot.vocabulary.codes import FunctionCode, TaskCode
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.periods import FinancialYear

VESTING_MONTH = FinancialYear(2000).first_day.month
"""Functions vest in the month in which financial years start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedTask:
    """A task with its days. Months count from one fixed point, so that they subtract."""

    task: Task
    start: int
    """Month in which it starts, or in which its functions vest."""
    ready: int
    """Month in which all that it waits for is done; earlier than ``start`` for a vesting
    that waits for the year to begin."""
    end: int
    """Month on whose first day it is done."""
    float_months: int
    """How much longer it may take before some vesting is ready later."""
    calendar_float_months: int
    """How much longer it may take before some vesting day moves."""

    @property
    def first_day(self) -> date:
        """First day of the work, or the vesting day."""
        return first_of(self.start)

    @property
    def last_day(self) -> date:
        """Last day of the work, included; a vesting has one day."""
        return self.first_day if self.end == self.start else first_of(self.end) - timedelta(days=1)

    @property
    def wait_months(self) -> int:
        """Months lost because a vesting waits for 1 April, or an end for its fixed day."""
        return (
            self.start - self.ready
            if self.task.is_vesting
            else self.end - self.start - self.task.months
        )

    @property
    def is_critical(self) -> bool:
        """Whether it drives the day on which some vesting is ready."""
        return self.float_months == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """How to win a year: what would have to be done sooner, and by how much."""

    vesting: TaskCode
    months: int
    """Months sooner."""
    vests_on: date
    tasks: tuple[TaskCode, ...]
    """Tasks each of which, alone so much shorter, would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Dated tasks, in an order in which each comes after those it waits for."""

    start: date
    dated: tuple[DatedTask, ...]

    @classmethod
    def of(cls, tasks: Sequence[Task], start: date) -> Self:
        """Date every task; the order in which they come changes nothing.

        Raises
        ------
        TimetableError
            If the start is not the first of a month, a task is faulty, or a fixed day
            comes before its task can be done.
        CycleError
            If tasks wait for each other.
        """
        if start.day != 1:
            raise TimetableError("start", [_not_first(start)])
        ordered = in_order(tasks)
        forward = _forward(ordered, month_number(start))
        last = max((end for _, _, end in forward.values()), default=month_number(start))
        floats = _floats(ordered, forward, last, snapped=False)
        calendar = _floats(ordered, forward, last, snapped=True)
        return cls(
            start=start,
            dated=tuple(
                DatedTask(
                    task=task,
                    start=forward[task.code][1],
                    ready=forward[task.code][0],
                    end=forward[task.code][2],
                    float_months=floats[task.code],
                    calendar_float_months=calendar[task.code],
                )
                for task in ordered
            ),
        )

    @property
    def by_code(self) -> dict[TaskCode, DatedTask]:
        """Dated tasks by code."""
        return {dated.task.code: dated for dated in self.dated}

    @property
    def end(self) -> date:
        """The day on which everything is done."""
        return first_of(max((dated.end for dated in self.dated), default=month_number(self.start)))

    @property
    def months(self) -> int:
        """Length from the start to the end."""
        return month_number(self.end) - month_number(self.start)

    def critical_path(self) -> tuple[DatedTask, ...]:
        """The chain of tasks that sets the end: their months and waits sum to ``months``.

        At a tie the earlier code is followed.
        """
        if not self.dated:
            return ()
        by_code = self.by_code
        here = min(self.dated, key=lambda dated: (-dated.end, dated.task.code))
        path = [here]
        while here.task.after:
            driving = [by_code[code] for code in here.task.after]
            here = min(driving, key=lambda dated: (-dated.end, dated.task.code))
            path.append(here)
        return tuple(reversed(path))

    def vesting_days(self) -> dict[FunctionCode, date]:
        """The day on which each function has vested in every area."""
        days: dict[FunctionCode, date] = {}
        for dated in self.dated:
            for function in dated.task.functions:
                days[function] = max(days.get(function, dated.first_day), dated.first_day)
        return dict(sorted(days.items()))

    def lever(self, vesting: TaskCode) -> Lever:
        """What would bring a vesting forward by one year.

        Raises
        ------
        KeyError
            If there is no such task.
        """
        vest = self.by_code[vesting]
        sooner = 12 - vest.wait_months
        target = vest.start - 12
        tasks = [dated.task for dated in self.dated]
        found = []
        for dated in self.dated:
            if dated.is_critical and not dated.task.is_vesting and dated.task.months >= sooner:
                shorter = _in_months(dated.task, dated.task.months - sooner)
                tried = [shorter if task.code == shorter.code else task for task in tasks]
                if Timetable.of(tried, self.start).by_code[vesting].start <= target:
                    found.append(dated.task.code)
        return Lever(vesting=vesting, months=sooner, vests_on=first_of(target), tasks=tuple(found))


def _in_months(task: Task, months: int) -> Task:
    """A task that takes so many months, for certain."""
    return replace(task, months=months, least_months=None, most_months=None)


def _forward(ordered: Sequence[Task], start: int) -> dict[TaskCode, tuple[int, int, int]]:
    """Ready, start and end of each task, in months."""
    found: dict[TaskCode, tuple[int, int, int]] = {}
    faults = []
    for task in ordered:
        ready = max([start, *(found[before][2] for before in task.after)])
        begins = next_year_start(ready) if task.is_vesting else ready
        ends = begins + task.months
        if task.fixed_day is not None:
            fixed = month_number(task.fixed_day)
            if fixed < ends:
                faults.append(_too_soon(task, first_of(ends)))
            begins, ends = (fixed, fixed) if task.is_vesting else (begins, max(fixed, ends))
        found[task.code] = (ready, begins, ends)
    if faults:
        raise TimetableError("tasks", faults)
    return found


def _floats(
    ordered: Sequence[Task],
    forward: Mapping[TaskCode, tuple[int, int, int]],
    last: int,
    *,
    snapped: bool,
) -> dict[TaskCode, int]:
    """How many months each task could slip.

    A vesting hands back the month in which it is ready, so that the tasks which drive it
    have no float; or, ``snapped``, the month in which it vests, so that they have its wait.
    """
    latest = {task.code: last for task in ordered}
    found = {}
    for task in reversed(ordered):
        ready, begins, ends = forward[task.code]
        found[task.code] = latest[task.code] - ends
        if task.is_vesting:
            hands_back = begins if snapped else ready
        elif task.fixed_day is not None:
            hands_back = ends - task.months
        else:
            hands_back = latest[task.code] - task.months
        for before in task.after:
            latest[before] = min(latest[before], hands_back)
    return found


def next_year_start(month: int) -> int:
    """The first month, this one or later, in which a financial year starts."""
    return month + (VESTING_MONTH - 1 - month) % 12


def month_number(day: date) -> int:
    """Months since the year 0, so that months can be added and subtracted."""
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    """First day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def _not_first(day: date) -> Fault:
    return Fault(
        file="start",
        problem=f"{day} is not the first of a month.",
        mend=f"Tasks start on the first: write {day.replace(day=1)}.",
    )


def _too_soon(task: Task, done: date) -> Fault:
    return Fault(
        file="tasks",
        column="fixed_day",
        problem=f"'{task.code}' must end on {task.fixed_day}, and cannot be done before {done}.",
        mend="Move the day, or shorten what comes before.",
    )
