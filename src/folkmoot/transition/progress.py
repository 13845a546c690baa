"""How far a transition has come, set beside its plan, in value and in months.

In:        things to be earned, each with its weight, the day planned for it and the day on which
           it came; a day to look from.
Out:       planned and earned value; the month of the plan that has been earned; a forecast; steps
           that are late, by whose they are.
Rule:      the plan is that of a folder and never edited: a later plan is another folder. Value
           falls only where the centre has a function back.
Not here:  which functions vest when (``transition.timetable``); the steps that are left, dated
           again (``transition.replan``); drawing (``exhibits.progress``).
Source:    docs/decisions/0022-chance-and-progress.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from folkmoot.vocabulary.codes import TaskCode

Owner = Literal["centre", "area"]
State = Literal["not yet due", "under way", "finished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Something to be earned: functions of an area, its residents, or its money."""

    weight: int
    planned: date
    done: date | None = None
    """None: not yet."""
    returned: date | None = None
    """The day from which the centre has it back, which alone can lower what is earned."""
    step: TaskCode | None = None
    """The step that earns it, where it is one."""

    def is_earned_on(self, day: date) -> bool:
        """Whether it has come by a day, and has not gone back."""
        return _counts(self.done, self.returned, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a transition stands on a day, by one kind of goal."""

    day: date
    planned_value: Fraction
    """Share of all weight that should have been earned by the day."""
    earned_value: Fraction
    months: Fraction
    """From the start of the plan to the day."""
    earned_months: Fraction
    """Earned schedule: the time of the plan, nearest to the day, at which it had earned as much."""
    planned_length: int
    """Months of the plan, from its start to its last goal."""

    @property
    def state(self) -> State:
        """Whether anything is due, and whether all is done."""
        if self.earned_value == 1:
            return "finished"
        return "under way" if self.planned_value or self.earned_value else "not yet due"

    @property
    def index(self) -> Fraction | None:
        """Earned by planned value; None while nothing is due."""
        return self.earned_value / self.planned_value if self.planned_value else None

    @property
    def variance_months(self) -> Fraction:
        """Months ahead of the plan; negative behind it."""
        return self.earned_months - self.months

    @property
    def forecast_months(self) -> Fraction | None:
        """Length at the pace so far; None where nothing is earned, or nothing left."""
        if self.state != "under way" or not self.earned_months or not self.earned_value:
            return None
        return self.planned_length * self.months / self.earned_months


def progress(goals: Sequence[Goal], start: date, day: date) -> Progress:
    """Set what is earned beside what was planned.

    Parameters
    ----------
    goals : sequence of Goal
        What came after the day does not count yet.
    start : date
        First day of the plan.

    Notes
    -----
    Earned schedule as by Lipke (2003), *Schedule is Different*, in *The Measurable News*; an index
    of value alone returns to 1 in a plan that ends late. Where the plan earns nothing for some
    months, any of them had earned as much: the one nearest to the day counts, so that a plan
    that is kept has a variance of 0 on every day. Linear within a month.

    Examples
    --------
    >>> plan = [Goal(weight=1, planned=date(2030 + n // 12, n % 12 + 1, 1),
    ...              done=date(2032, 1, 1) if n <= 24 else None) for n in range(1, 121)]
    >>> found = progress(plan, date(2030, 1, 1), date(2033, 1, 1))
    >>> float(found.index), int(found.earned_months), int(found.variance_months)
    (0.6666666666666666, 24, -12)
    >>> int(found.forecast_months)
    180
    """
    now = _months(start, day)
    due: dict[int, int] = {}
    for goal in goals:
        month = max(0, -(-_months(start, goal.planned) // 1))
        due[month] = due.get(month, 0) + goal.weight
    total = sum(due.values()) or 1
    planned = Fraction(sum(one.weight for one in goals if one.planned <= day), total)
    earned = Fraction(sum(one.weight for one in goals if one.is_earned_on(day)), total)
    first, last = _held(due, earned * total)
    if earned == planned:
        reached = now
    else:
        reached = max(now, first) if last is None else min(max(now, first), last)
    return Progress(
        day=day,
        planned_value=planned,
        earned_value=earned,
        months=now,
        earned_months=reached,
        planned_length=max(due, default=0),
    )


def _held(due: Mapping[int, int], earned: Fraction) -> tuple[Fraction, Fraction | None]:
    """From when until when the plan had earned so much; until None: for ever."""
    so_far = 0
    first = Fraction(0)
    for month in sorted(due):
        if earned < so_far + due[month]:
            rises = max(first, Fraction(month - 1))  # linear in the month before the step
            reached = rises + (earned - so_far) / due[month] * (month - rises)
            return (first if earned == so_far else reached), reached
        so_far += due[month]
        first = Fraction(month)
    return first, None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step of a plan, with the day on which it was done, if it was."""

    code: TaskCode
    title: str
    owner: Owner
    after: tuple[TaskCode, ...]
    due: date
    """The day on which it should be done."""
    done: date | None = None
    returned: date | None = None
    """Of a vesting: the day from which the centre has its functions back."""
    months: int = 0
    """Likely duration; a vesting takes none."""
    months_left: int | None = None
    """How many months it still takes, where somebody says so."""
    is_vesting: bool = False

    def is_done_on(self, day: date) -> bool:
        """Whether it is done by a day, and its functions have not gone back."""
        return _counts(self.done, self.returned, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateStep:
    """A step that should have been done and is not."""

    step: PlannedStep
    months: Fraction
    """Since it was due."""
    waits_for: tuple[TaskCode, ...]
    """Steps before it that are late too: none where the delay is its own."""


def late_steps(steps: Sequence[PlannedStep], day: date) -> tuple[LateStep, ...]:
    """Steps that are due and not done; those whose delay is their own come first.

    A step that only waits for another that is late is not late by its owner's doing.
    """
    late = {one.code: one for one in steps if one.due <= day and not one.is_done_on(day)}
    found = [
        LateStep(
            step=one,
            months=_months(one.due, day),
            waits_for=tuple(code for code in one.after if code in late),
        )
        for one in late.values()
    ]
    return tuple(sorted(found, key=lambda one: (bool(one.waits_for), one.step.due, one.step.code)))


def _counts(done: date | None, returned: date | None, day: date) -> bool:
    """Whether what was done on one day and went back on another is there on a third."""
    return done is not None and done <= day and (returned is None or day < returned)


def _months(start: date, day: date) -> Fraction:
    """Months between two days; a part of a month by its days."""
    whole = (day.year - start.year) * 12 + day.month - start.month
    length = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - day.replace(day=1)).days
    return whole + Fraction(day.day - start.day, length)
