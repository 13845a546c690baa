"""Choose unions that hold every unit once at least cost, and prove that none is cheaper.

In:        every union with its cost, and the task.
Out:       better and better choices, each with the bound that is proven so far.
Rule:      a plan that costs less than the relaxation's bound plus a reach is made of unions
           whose reduced cost is within that reach. So few unions are looked at first, and the
           reach grows until the cheapest plan found lies within it: then it is the optimum.
Not here:  the relaxation; cuts (``pool``); units that are too many to enumerate.
Source:    docs/explanation/areas.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count

import numpy as np

from folkmoot.areas.columns import Columns, Prices, Task
from folkmoot.areas.pool import Pool
from folkmoot.areas.relaxation import Relaxation, relax
from folkmoot.areas.unions import Unions
from folkmoot.areas.work import Step, Work
from folkmoot.vocabulary.progress import Progress, silent

FIRST_POOL = 12_000
"""Unions within the first reach."""

LARGER = 2
"""How many times the unions of one reach the next one holds at least."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """The state of a search: the best choice so far, and what is proven of it."""

    areas: Columns | None
    """The unions chosen; None before there are any."""
    cost: float
    """What they cost together; before there are any, what they have to cost less than."""
    bound: float
    """No choice costs less; infinite when it is proven that there is none."""
    trail: tuple[Step, ...]

    @property
    def is_proven(self) -> bool:
        """Whether nothing cheaper exists, or nothing at all."""
        return self.bound >= self.cost

    def proving(self, bound: float) -> "Found":
        """The same with a bound that may be higher."""
        return replace(self, bound=max(self.bound, bound))

    def with_areas(self, areas: Columns) -> "Found":
        """The cheaper of the choice so far and another one."""
        cost = float(areas.costs.sum())
        return replace(self, areas=areas, cost=cost) if cost < self.cost else self

    def noting(self, what: str, count: int) -> "Found":
        """The same with one step more."""
        return replace(self, trail=(*self.trail, Step(what, count)))


def search(
    unions: Unions,
    task: Task,
    work: Work,
    *,
    offered: Columns | None = None,
    cost_to_beat: float = np.inf,
    relaxation: Relaxation | None = None,
    progress: Progress = silent,
) -> Iterator[Found]:
    """Find the cheapest choice of unions that fulfils the task.

    Parameters
    ----------
    offered : Columns, optional
        Unions likely to be bargains, such as those of a task like this one: the end is the
        same, and comes sooner.
    cost_to_beat : float
        Only a cheaper choice is wanted: without areas in the end there is none.
    relaxation : Relaxation, optional
        Of these unions and this task, where it is settled already.

    Yields
    ------
    Found
        Whenever a cheaper choice is found or a higher bound is proven. The last one says
        how far the work allowed went: to a proof, or to a choice and a bound.
    """
    if not unions.columns:
        yield Found(areas=None, cost=cost_to_beat, bound=np.inf, trail=())
        return
    relaxation = relaxation or relax(unions, task, work, offered=offered, progress=progress)
    found = Found(
        areas=None,
        cost=cost_to_beat,
        bound=relaxation.bound,
        trail=(Step("rounds of pricing every union", relaxation.rounds),),
    )
    yield found
    target, pool = FIRST_POOL, None
    while not found.is_proven:
        reach = min(_reach(unions, relaxation, target), found.cost - relaxation.bound)
        columns = unions.within(relaxation.prices, relaxation.least + reach, limit=work.pool)
        if columns is None:
            return
        is_all = len(columns) == unions.columns
        within_reach = np.inf if is_all else relaxation.bound + reach
        pool = Pool(columns, task, relaxation, pool)
        for better in _search_pool(pool, found, within_reach, work, progress):
            found = better
            yield found
        if found.bound < min(found.cost, within_reach):
            return
        target = LARGER * len(columns)


def _reach(unions: Unions, relaxation: Relaxation, target: int) -> float:
    """A reach that holds so many unions, or all that can be areas.

    Few unions are near: to count those takes a fraction of what counting all would.
    """
    for reaches in np.split(np.geomspace(1e-4, 1e4, 200) / relaxation.scale, (75, 100)):
        counts = unions.count_within(relaxation.prices, relaxation.least + reaches)
        if counts[-1] >= target:
            return float(reaches[np.argmax(counts >= target)])
    return float(np.finfo(np.float64).max)  # what costs infinity stays beyond it


def _search_pool(
    root: Pool, found: Found, within_reach: float, work: Work, progress: Progress
) -> Iterator[Found]:
    """Find the cheapest choice in a pool, which holds every plan that costs less than its reach.

    The last bound is at least the lesser of the cost found and the reach, unless work ran out.
    """
    found = found.noting("unions within reach of the bound", len(root.columns))
    order = count()
    queue = [(root.bound, next(order), root)]
    for branch in range(work.branches):
        cost_to_beat = min(found.cost, within_reach)
        found = found.proving(min([cost_to_beat, *(bound for bound, *_ in queue[:1])]))
        yield found
        if not queue or queue[0][0] >= cost_to_beat:
            yield found.proving(cost_to_beat).noting("branches", branch)
            return
        _, _, pool = heappop(queue)
        progress(f"Ruling out areas: {len(pool.columns):,} left, branch {branch + 1}", 0.7)
        pool.tighten(cost_to_beat)
        if not len(pool.columns):
            continue
        whole = pool.whole()
        if whole is not None:
            found = found.with_areas(whole)
        else:
            for half in pool.halves():
                heappush(queue, (half.bound, next(order), half))


def best_of(
    columns: Columns,
    task: Task,
    work: Work,
    *,
    cost_to_beat: float,
    prices: Prices | None = None,
    progress: Progress = silent,
) -> Columns | None:
    """The cheapest choice of some columns that fulfils the task, or None if none is cheap enough.

    It is found sooner with prices that are nearly right. The work may run out first: then it
    is the cheapest that was met.
    """
    if len(columns) < task.n_areas:
        return None
    typical = max(float(np.median(np.abs(columns.costs))), 1e-9)
    if prices is None:
        prices = Prices(np.zeros(task.n_units), np.zeros(len(task.limits)))
    least = float(columns.reduced(prices).min())
    start = Relaxation(
        prices=prices,
        least=least,
        bound=task.bound(prices, least),
        scale=1.0 / typical,
        unmet_price=typical,
        rounds=0,
    )
    found = Found(areas=None, cost=cost_to_beat, bound=start.bound, trail=())
    patience = replace(work, branches=work.guesses)
    for better in _search_pool(Pool(columns, task, start), found, np.inf, patience, progress):
        found = better
    return found.areas
