"""Every union of a design's units, weighed once, to choose from again and again.

In:        places, criteria, units, a budget.
Out:       ``Weighed``: the cheapest plan, and the cheapest under any conditions, with proof.
Rule:      enumerating takes most of the time of a design, so it is done once. The prices of
           the plan without conditions are near those of a plan under conditions, so a search
           starts from the unions that are cheap at them, and ends where it would have anyway.
Not here:  what is asked for (``demands``); the search (``search``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from folkmoot.areas.atoms import Units
from folkmoot.areas.baselines import spread
from folkmoot.areas.columns import Columns, Task
from folkmoot.areas.conditions import Conditions
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.limits import coterminosity_limits
from folkmoot.areas.relaxation import relax
from folkmoot.areas.search import Found, search
from folkmoot.areas.unions import Unions
from folkmoot.areas.work import Work
from folkmoot.geography.terms import Terms
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

NEAR = 40_000
"""Unions near the prices without conditions that are kept to start from."""

OFFERED = 3_000
"""How many of those that meet the conditions a search starts from."""


def _nobody(_: Columns) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighed:
    """A design that can be asked again under conditions."""

    places: Places
    criteria: Criteria
    units: Units
    unions: Unions
    task: Task
    work: Work
    near: Columns
    """Unions that are cheap at the prices without conditions, cheapest first."""
    best: Found
    """The cheapest choice without conditions."""

    @classmethod
    def of(
        cls,
        places: Places,
        criteria: Criteria,
        weighed: Terms,
        unit_of: IntVector,
        *,
        work: Work | None = None,
        limits: tuple[float, ...] | None = None,
        met: Callable[[Columns], None] = _nobody,
        progress: Progress = silent,
    ) -> Self | None:
        """Weigh every union of units; None where they are more than the work allows.

        Parameters
        ----------
        weighed : Terms
            Of the blocks.
        unit_of : array of shape (n_blocks,)
            The unit of each block, from 0 up.
        limits : tuple of float, optional
            What ``coterminosity_limits`` answers, where it was asked already.
        met : callable
            Told each better choice on the way to the best.

        Raises
        ------
        NoCapError
            If coterminosity is to be no worse than that of areas that cannot be merged.
        """
        work = work or Work()
        units = Units.of(places, weighed, unit_of)
        if limits is None:
            limits = coterminosity_limits(places, criteria, weighed, work, progress)
        bounds = criteria.minimum_population, criteria.maximum_population
        unions = enumerate_unions(
            units, bounds, work, with_coterminosity=len(limits) > 0, progress=progress
        )
        if unions is None:
            return None
        task = Task(n_units=len(units), n_areas=criteria.areas, limits=limits)
        near, best = _near_and_best(unions, task, work, met, progress)
        return cls(
            places=places,
            criteria=criteria,
            units=units,
            unions=unions,
            task=task,
            work=work,
            near=near,
            best=best,
        )

    def choose(
        self,
        conditions: Conditions,
        *,
        counts: Sequence[int] | None = None,
        cost_to_beat: float = np.inf,
        progress: Progress = silent,
    ) -> Found:
        """The cheapest plan all of whose areas meet some conditions.

        Parameters
        ----------
        counts : sequence of int, optional
            Numbers of areas of which the best is taken; those of the criteria unless given.
            Costs are by the criteria's own number throughout, so that they compare.
        cost_to_beat : float, optional
            Only a cheaper plan is wanted.

        Returns
        -------
        Found
            Without areas where there is none: that is proven if ``is_proven``, else the work
            ran out.
        """
        unions = conditions.only(self.unions)
        near = self.near.only(conditions.met_by(self.near))
        best = Found(areas=None, cost=cost_to_beat, bound=np.inf, trail=())
        for count in counts or (self.task.n_areas,):
            *_, found = search(
                unions,
                replace(self.task, n_areas=count),
                self.work,
                offered=near.only(_first(near)),
                cost_to_beat=best.cost,
                progress=progress,
            )
            better = best if found.areas is None else found
            best = replace(better, bound=min(best.bound, found.bound))
        return best

    def objective(self, cost: float) -> float:
        """F, from what the areas of a plan cost together."""
        return float(self.units.terms.constant + cost)

    def plan(self, areas: Columns) -> AreaPlan:
        """A choice as an area plan."""
        return AreaPlan.labelled(self.places.blocks.codes, spread(areas, self.units))


def _near_and_best(
    unions: Unions, task: Task, work: Work, met: Callable[[Columns], None], progress: Progress
) -> tuple[Columns, Found]:
    """The unions that are cheapest at the prices of the task, cheapest first, and the best plan."""
    if not unions.columns:
        return _none(unions), Found(areas=None, cost=np.inf, bound=np.inf, trail=())
    relaxation = relax(unions, task, work, progress=progress)
    for best in search(unions, task, work, relaxation=relaxation, progress=progress):
        if best.areas is not None:
            met(best.areas)
    reaches = np.geomspace(1e-4, 1e-1, 75) / relaxation.scale
    counts = unions.count_within(relaxation.prices, relaxation.least + reaches)
    reach = reaches[max(int(np.searchsorted(counts, NEAR, side="right")) - 1, 0)]
    near = unions.within(relaxation.prices, relaxation.least + reach, limit=work.pool)
    if near is None:
        return _none(unions), best
    return near.only(np.argsort(near.reduced(relaxation.prices), kind="stable")), best


def _none(unions: Unions) -> Columns:
    return Columns(
        starts=np.zeros(1, dtype=np.int64),
        members=np.zeros(0, dtype=np.int64),
        costs=np.zeros(0),
        measures=np.zeros((0, len(unions.measures))),
    )


def _first(near: Columns) -> IntVector:
    return np.arange(min(len(near), OFFERED))
