"""The remaining steps of a plan dated again from a day, beside the days first planned.

In:        the steps of the plan that was agreed, with what is done; a day.
Out:       the first day on which each step can now be done, and how far each has moved.
Rule:      what is done keeps its day. A step that is not ends when its likely months have passed
           since the last of those it waits for, and not before the day: an overdue step counts as
           done at once unless somebody says how many months it still takes. So the new end is
           the earliest possible, and of a plan that is kept nothing moves.
Not here:  the pace so far, and the end that it gives (``transition.progress``).
Source:    docs/decisions/0022-chance-and-progress.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from folkmoot.transition.progress import PlannedStep
from folkmoot.transition.timetable import first_of, month_number, next_year_start
from folkmoot.vocabulary.codes import TaskCode


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedStep:
    """A step with the day first planned for it, and the day on which it can now be done."""

    step: PlannedStep
    again: date

    @property
    def months(self) -> int:
        """Months later than planned; negative when sooner."""
        return month_number(self.again) - month_number(self.step.due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan:
    """A plan dated again from a day."""

    day: date
    remaining: tuple[MovedStep, ...]
    """Every step that is not done on the day, by its new day."""
    first_end: date
    """The day on which all was to be done."""
    new_end: date
    """The first day on which all can be done."""

    @property
    def moved(self) -> tuple[MovedStep, ...]:
        """Steps whose day is another now."""
        return tuple(one for one in self.remaining if one.months)

    @property
    def again(self) -> Mapping[TaskCode, date]:
        """The new day of each remaining step."""
        return {one.step.code: one.again for one in self.remaining}


def replan(steps: Sequence[PlannedStep], start: date, day: date) -> Replan:
    """Date the remaining steps again; the order in which they come changes nothing.

    Parameters
    ----------
    start : date
        First day of the plan.

    Raises
    ------
    graphlib.CycleError
        If steps wait for each other, which those of a plan folder do not.

    Examples
    --------
    >>> law = PlannedStep(code="law", title="Law", owner="centre", after=(), months=18,
    ...                   due=date(2028, 10, 1), done=date(2029, 3, 31))
    >>> form = PlannedStep(code="form", title="Form", owner="area", after=("law",), months=12,
    ...                    due=date(2029, 10, 1))
    >>> found = replan([law, form], date(2027, 4, 1), date(2029, 6, 1))
    >>> [(one.step.code, one.again.isoformat(), one.months) for one in found.moved]
    [('form', '2030-04-01', 6)]
    """
    by_code = {one.code: one for one in steps}
    now, ends = _month_from(day), dict[TaskCode, int]()
    for code in TopologicalSorter({one.code: one.after for one in steps}).static_order():
        ready = max([month_number(start), *(ends[before] for before in by_code[code].after)])
        ends[code] = _end(by_code[code], ready, now, day)
    remaining = [
        MovedStep(step=one, again=first_of(ends[one.code]))
        for one in steps
        if not one.is_done_on(day)
    ]
    return Replan(
        day=day,
        remaining=tuple(sorted(remaining, key=lambda one: (one.again, one.step.code))),
        first_end=max((one.due for one in steps), default=start),
        new_end=first_of(max(ends.values(), default=month_number(start))),
    )


def _end(step: PlannedStep, ready: int, now: int, day: date) -> int:
    """The month by whose first day a step is done, or in which it vests."""
    if step.done is not None and step.is_done_on(day):
        return _month_from(step.done)
    if step.is_vesting:
        return next_year_start(max(ready, now))
    if step.months_left is not None:
        return max(ready, now) + step.months_left
    return max(ready + step.months, now)


def _month_from(day: date) -> int:
    """The first month that begins on a day or after it."""
    return month_number(day) + (day.day > 1)
