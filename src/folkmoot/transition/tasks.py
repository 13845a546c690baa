"""Tasks of a transition, and the order in which they can be done.

In:        tasks, each with its months and the tasks that it waits for.
Out:       the same tasks in an order in which each comes after those it waits for.
Not here:  dates (``transition.timetable``).
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal, get_args

from folkmoot.transition.errors import CycleError, TimetableError
from folkmoot.vocabulary.codes import AreaCode, FunctionCode, TaskCode
from folkmoot.vocabulary.errors import Fault

TaskKind = Literal["law", "form", "prepare", "assess", "shadow", "vest", "close"]
TASK_KINDS: tuple[TaskKind, ...] = get_args(TaskKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work, or the vesting of functions on a day."""

    code: TaskCode
    title: str
    months: int
    """Likely duration; a vesting takes none."""
    least_months: int | None = None
    """The shortest that it may take; None: it takes ``months``."""
    most_months: int | None = None
    """The longest that it may take; None: it takes ``months``."""
    after: tuple[TaskCode, ...] = ()
    kind: TaskKind = "prepare"
    phase: str = ""
    area: AreaCode | None = None
    functions: tuple[FunctionCode, ...] = ()
    """The functions that vest, for a task of that kind."""
    fixed_day: date | None = None
    """A day that others have set: the task ends then, and not before."""

    @property
    def is_vesting(self) -> bool:
        """Whether functions vest, so that the day is snapped to the start of a year."""
        return self.kind == "vest"

    @property
    def months_between(self) -> tuple[int, int]:
        """The least and the most months that it may take."""
        least = self.months if self.least_months is None else self.least_months
        most = self.months if self.most_months is None else self.most_months
        return least, most


def in_order(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Tasks so that each comes after those it waits for; where free, by code.

    Raises
    ------
    TimetableError
        With every doubled code, unknown predecessor and impossible duration.
    CycleError
        If tasks wait for each other; the loop is printed.

    Examples
    --------
    >>> tasks = [Task(code="b", title="Form", months=1, after=("c",)),
    ...          Task(code="c", title="Law", months=1), Task(code="a", title="Map", months=1)]
    >>> [task.code for task in in_order(tasks)]
    ['a', 'c', 'b']
    """
    if faults := list(_faults(tasks)):
        raise TimetableError("tasks", faults)
    by_code = {task.code: task for task in tasks}
    waiting = {task.code: len(set(task.after)) for task in tasks}
    feeds: dict[TaskCode, list[TaskCode]] = {code: [] for code in by_code}
    for task in tasks:
        for before in set(task.after):
            feeds[before].append(task.code)
    free = [code for code, count in waiting.items() if count == 0]
    heapq.heapify(free)
    ordered = []
    while free:
        code = heapq.heappop(free)
        ordered.append(by_code[code])
        for follower in feeds[code]:
            waiting[follower] -= 1
            if waiting[follower] == 0:
                heapq.heappush(free, follower)
    if len(ordered) < len(tasks):
        raise CycleError(_loop({c: t for c, t in by_code.items() if waiting[c]}))
    return tuple(ordered)


def _faults(tasks: Sequence[Task]) -> Iterator[Fault]:
    """Everything wrong with single tasks."""
    known: set[TaskCode] = set()
    codes = {task.code for task in tasks}
    for number, task in enumerate(tasks, 1):
        problems = []
        if task.code in known:
            problems.append(("its code stands twice", "Give it a code of its own."))
        if task.months < 0:
            problems.append((f"it takes {task.months} months", "Write 0 or more."))
        least, most = task.months_between
        if task.months >= 0 and not 0 <= least <= task.months <= most:
            problem = f"its months {least}, {task.months}, {most} are not least, likely, most"
            problems.append((problem, "Write them in that order, each 0 or more."))
        if task.is_vesting and task.months:
            problems.append(
                ("a vesting takes months", "Write 0, and a task before it for the work.")
            )
        if task.fixed_day is not None and task.fixed_day.day != 1:
            problems.append(
                (f"its fixed day {task.fixed_day} is not the first of a month", "Move it there.")
            )
        for before in task.after:
            if before not in codes:
                near = get_close_matches(before, sorted(codes), n=1)
                mend = f"Did you mean '{near[0]}'?" if near else "Add that task, or drop the link."
                problems.append((f"it waits for '{before}', which is no task", mend))
        known.add(task.code)
        for problem, mend in problems:
            yield Fault(
                file="tasks",
                row=number,
                column="task",
                problem=f"'{task.code}': {problem}.",
                mend=mend,
            )


def _loop(stuck: Mapping[TaskCode, Task]) -> tuple[TaskCode, ...]:
    """A loop among tasks that each wait for another of them, from its first code."""
    path: list[TaskCode] = []
    code = min(stuck)
    while code not in path:
        path.append(code)
        code = min(before for before in stuck[code].after if before in stuck)
    loop = path[path.index(code) :]
    first = loop.index(min(loop))
    return tuple(loop[first:] + loop[:first])
