"""Prices of units at which no area is a bargain: the design with parts of areas allowed.

In:        every union of units with its cost, and the task.
Out:       prices, and the bound that they prove for every plan made of these unions.
Rule:      columns are made only when they are bargains at the latest prices; all unions are
           priced every round, so the end is exact. The bound is computed from the prices
           alone (``Task.bound``), never taken from the solver.
Not here:  choosing whole areas (``search``).
Source:    Lübbecke and Desrosiers 2005, Selected topics in column generation.
"""

from dataclasses import dataclass, replace

import numpy as np

from folkmoot.areas.columns import Columns, Prices, Task
from folkmoot.areas.solver import TOLERANCE, Programme
from folkmoot.areas.unions import Unions
from folkmoot.areas.work import Work
from folkmoot.vocabulary.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Relaxation:
    """Prices, and what they prove."""

    prices: Prices
    least: float
    """Least reduced cost of any union at these prices."""
    bound: float
    """No plan made of these unions costs less; infinite when there is no such plan."""
    scale: float
    """What costs are multiplied by to suit the solver's tolerances."""
    unmet_price: float
    """What leaving a unit out cost in the end."""
    rounds: int
    """How often all unions were priced."""


def relax(
    unions: Unions,
    task: Task,
    work: Work,
    *,
    offered: Columns | None = None,
    progress: Progress = silent,
) -> Relaxation:
    """Settle the prices of units.

    A unit may be left out at a price, which rises until every unit is taken, or until the
    bound passes what any plan could cost: then there is no plan. Prices start from the unions
    that are ``offered``, which need not be bargains.
    """
    typical = _typical(unions)
    dearest = task.n_areas * _dearest(unions) + typical  # what rounding adds is no proof
    scale = 1.0 / typical
    programme = Programme(task, scale=scale, unmet_price=typical)
    if offered is not None:
        programme.add(offered)
    best = Relaxation(
        prices=Prices(np.zeros(task.n_units), np.zeros(len(task.limits))),
        least=0.0,
        bound=-np.inf,
        scale=scale,
        unmet_price=typical,
        rounds=0,
    )
    while best.rounds < work.rounds:
        relaxed = programme.solve()
        below = relaxed.area_price - TOLERANCE / scale
        least, bargains = unions.cheapest(relaxed.prices, below=below)
        bound = task.bound(relaxed.prices, least)
        if bound > best.bound:
            best = replace(best, prices=relaxed.prices, least=least, bound=bound)
        best = replace(best, rounds=best.rounds + 1)
        progress(f"Pricing {len(unions):,} areas that could be made", best.rounds / 50)
        if bound > dearest:
            return replace(best, bound=np.inf)
        if not len(bargains):
            if relaxed.unmet <= UNMET:
                return best
            best = replace(best, unmet_price=10.0 * best.unmet_price)
            programme.price_unmet(best.unmet_price)
        programme.add(bargains)
    return best


UNMET = 1e-6
"""Parts of rows that count as none, given the solver's own tolerance."""


def _typical(unions: Unions) -> float:
    """The size of an ordinary cost: the median of some thousand."""
    sample = unions.costs[:: len(unions) // 1000 + 1]
    return max(float(np.median(np.abs(sample[np.isfinite(sample)]))), 1e-9)


def _dearest(unions: Unions) -> float:
    return float(np.max(unions.costs, where=np.isfinite(unions.costs), initial=0.0))
