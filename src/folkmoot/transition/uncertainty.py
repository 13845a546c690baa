"""How sure the days of a timetable are, when durations are not.

In:        tasks, each with its least, likely and most months; a seed.
Out:       how long the transition takes in each of many draws; when each phase vests; how often
           each task is on the critical path.
Rule:      durations are drawn apart, from triangles, in whole months. A day that others fixed is
           missed when the work is late: what vests then waits for the next financial year.
Not here:  dates on likely durations (``transition.timetable``).
Source:    docs/decisions/0022-chance-and-progress.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from folkmoot.transition.tasks import Task, in_order
from folkmoot.transition.timetable import VESTING_MONTH, Timetable, first_of, month_number
from folkmoot.vocabulary.codes import TaskCode

Months = npt.NDArray[np.int32]

BATCH = 1000
"""Draws held in memory at a time."""
EARLY, LATE = Fraction(1, 10), Fraction(9, 10)
"""Draws between which most fall."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseDays:
    """The last day on which functions of a phase vest: in an early, a middle and a late draw."""

    phase: str
    early: date
    """One draw in ten is no later."""
    middle: date
    late: date
    """Nine draws in ten are no later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """What many draws of a timetable say."""

    start: date
    seed: int
    lengths: tuple[int, ...]
    """Months from the start to the end in each draw, the shortest first."""
    likely_months: int
    """Length on likely durations: usually shorter than most draws, since delays add up."""
    phases: tuple[PhaseDays, ...]
    criticality: Mapping[TaskCode, Fraction]
    """Share of draws in which a task is on a chain that sets the end."""

    @property
    def draws(self) -> int:
        """How many times durations were drawn."""
        return len(self.lengths)

    def chance_by(self, months: int) -> Fraction:
        """Share of draws that end within so many months."""
        return Fraction(sum(length <= months for length in self.lengths), self.draws)

    def margin(self, months: int) -> float:
        """How far the chance may be off because draws are few: 1.96 standard errors, at most."""
        chance = float(self.chance_by(months))
        return float(max(1.96 * (chance * (1 - chance) / self.draws) ** 0.5, 3 / self.draws))

    def length_at(self, share: Fraction) -> int:
        """Months within which this share of draws end."""
        return self.lengths[_place(share, self.draws)]


def draw_timetables(
    tasks: Sequence[Task], start: date, *, draws: int = 10_000, seed: int
) -> Uncertainty:
    """Date tasks many times over, their durations drawn anew each time.

    Parameters
    ----------
    draws : int
        1 or more.
    seed : int
        The same seed and the same tasks, in any order, give the same draws.

    Raises
    ------
    TimetableError, CycleError
        As for ``Timetable.of``.

    Notes
    -----
    A triangular distribution for each duration is the usual choice where experts give only
    three figures (Law, *Simulation Modeling and Analysis*, on input without data); the
    criticality index is that of Van Slyke (1963), *Monte Carlo Methods and the PERT Problem*.
    Durations that share a cause, such as an election, are late together; drawing them apart makes
    the end look surer than it is, and the whole country, which waits for its last area, later.

    Examples
    --------
    >>> law = Task(code="law", title="Law", months=18, least_months=12, most_months=36)
    >>> vest = Task(code="vest", title="Vest", months=0, after=("law",), kind="vest")
    >>> found = draw_timetables([law, vest], date(2027, 4, 1), draws=1000, seed=1)
    >>> found.likely_months, found.lengths[-1]
    (24, 36)
    >>> float(found.criticality["law"])
    1.0
    """
    ordered = in_order(tasks)
    likely = Timetable.of(tasks, start)
    first = month_number(start)
    rng = np.random.default_rng(seed)
    lengths, critical = [], np.zeros(len(ordered), dtype=np.int64)
    vests: dict[str, list[Months]] = {}
    for done in range(0, draws, BATCH):
        batch = _Batch.drawn(ordered, first, min(BATCH, draws - done), rng)
        lengths.append(batch.last - first)
        critical += batch.critical()
        for phase, days in batch.vestings().items():
            vests.setdefault(phase, []).append(days)
    every = np.sort(np.concatenate(lengths))
    return Uncertainty(
        start=start,
        seed=seed,
        lengths=tuple(every.tolist()),
        likely_months=likely.months,
        phases=tuple(_phase(phase, np.concatenate(days)) for phase, days in sorted(vests.items())),
        criticality={
            task.code: Fraction(int(count), draws)
            for task, count in zip(ordered, critical, strict=True)
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Some draws: months by task, one column a draw."""

    tasks: tuple[Task, ...]
    before: tuple[tuple[int, ...], ...]
    """Places of the tasks that each waits for."""
    ready: Months
    starts: Months
    ends: Months

    @classmethod
    def drawn(
        cls, tasks: tuple[Task, ...], first: int, draws: int, rng: np.random.Generator
    ) -> "_Batch":
        place = {task.code: n for n, task in enumerate(tasks)}
        before = tuple(tuple(place[code] for code in dict.fromkeys(task.after)) for task in tasks)
        ready, starts, ends = (np.empty((len(tasks), draws), dtype=np.int32) for _ in range(3))
        for n, task in enumerate(tasks):
            ready[n] = first
            for one in before[n]:
                np.maximum(ready[n], ends[one], out=ready[n])
            starts[n] = _year_start(ready[n]) if task.is_vesting else ready[n]
            ends[n] = starts[n] + _durations(task, draws, rng)
            if task.fixed_day is not None:
                fixed = month_number(task.fixed_day)
                if task.is_vesting:
                    starts[n] = np.where(ready[n] <= fixed, fixed, starts[n])
                    ends[n] = starts[n]
                else:
                    np.maximum(ends[n], fixed, out=ends[n])
        return cls(tasks=tasks, before=before, ready=ready, starts=starts, ends=ends)

    @property
    def last(self) -> Months:
        """The month in which each draw ends."""
        found: Months = self.ends.max(axis=0)
        return found

    def critical(self) -> npt.NDArray[np.int64]:
        """In how many draws each task is on a chain that sets the end."""
        on_path = self.ends == self.last
        for n in range(len(self.tasks) - 1, -1, -1):
            for one in self.before[n]:
                on_path[one] |= on_path[n] & (self.ends[one] == self.ready[n])
        counts: npt.NDArray[np.int64] = on_path.sum(axis=1)
        return counts

    def vestings(self) -> dict[str, Months]:
        """The last month in which functions of each phase vest."""
        found: dict[str, Months] = {}
        for task, starts in zip(self.tasks, self.starts, strict=True):
            if task.is_vesting:
                found[task.phase] = np.maximum(found.get(task.phase, starts), starts)
        return found


def _durations(task: Task, draws: int, rng: np.random.Generator) -> Months | int:
    """Whole months, drawn from a triangle; each task takes as many numbers of the generator."""
    least, most = task.months_between
    if least == most:
        return task.months
    drawn = rng.triangular(least, task.months, most, draws)
    return np.rint(drawn).astype(np.int32)


def _year_start(months: Months) -> Months:
    """The first month, this one or later, in which a financial year starts."""
    found: Months = months + (VESTING_MONTH - 1 - months) % 12
    return found


def _phase(phase: str, days: Months) -> PhaseDays:
    ordered = np.sort(days)
    early, middle, late = (
        first_of(int(ordered[_place(share, len(ordered))]))
        for share in (EARLY, Fraction(1, 2), LATE)
    )
    return PhaseDays(phase=phase, early=early, middle=middle, late=late)


def _place(share: Fraction, count: int) -> int:
    """Place, in ascending order, of the least value that this share of draws do not exceed."""
    return max(0, -(-share.numerator * count // share.denominator) - 1)


def chance_words(drawn: Uncertainty, ends: Sequence[int]) -> str:
    """Say how many draws are done within some numbers of months."""
    said = [
        f"{float(chance):.1%} are done within {months} months"
        if chance
        else f"none is done within {months} months"
        for months in ends
        for chance in [drawn.chance_by(months)]
    ]
    return (
        f"Of {drawn.draws:,} draws of how long each step takes, {' and '.join(said)}. How far "
        "durations spread is our reading, to be checked."
    )
