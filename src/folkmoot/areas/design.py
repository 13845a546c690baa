"""Design an area plan: the best there is where that can be proven, else the best found.

In:        places, criteria, chance, a budget of work.
Out:       ``Design``: the plan, its objective, and the bound that is proven for it.
Rule:      atoms first: every union of them is weighed, and the cheapest choice is proven. Where
           they are too many, or make no plan, areas are redrawn, and nothing is proven.
Not here:  scores for people to read (``geography.scores``).
Source:    docs/explanation/designing-areas.md.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from folkmoot.areas.atoms import Units, atoms
from folkmoot.areas.baselines import spread
from folkmoot.areas.cap import coterminosity_cap
from folkmoot.areas.columns import Columns, Task
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.errors import NoCapError, NoPlanError
from folkmoot.areas.feasibility import check_feasible
from folkmoot.areas.met import Met
from folkmoot.areas.redraw import redraw
from folkmoot.areas.search import Found, best_of, search
from folkmoot.areas.work import Step, Work
from folkmoot.geography.terms import Terms, area_costs, terms
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

Method = Literal["atoms", "redrawn"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """An area plan, and what is proven of it."""

    plan: AreaPlan
    method: Method
    objective: float
    bound: float | None
    """No plan of the kind that ``covers`` names costs less; None where nothing is proven."""
    covers: str
    """What the bound covers, or why there is none, as a sentence."""
    trail: tuple[str, ...]
    """What was done, counted, for people."""

    @property
    def gap(self) -> float | None:
        """How much better the best could be, at most, as a part of the objective."""
        if self.bound is None:
            return None
        return max(0.0, self.objective - self.bound) / self.objective if self.objective else 0.0

    @property
    def proven(self) -> bool:
        """Whether no plan of the kind that was searched is better."""
        return self.bound is not None and self.bound >= self.objective


def design(
    places: Places,
    criteria: Criteria,
    *,
    rng: np.random.Generator,
    progress: Progress = silent,
    work: Work | None = None,
) -> Design:
    """Design an area plan.

    Parameters
    ----------
    rng : numpy.random.Generator
        Chance, where areas are redrawn; the exact search needs none.
    progress : callable
        Told what is being done and how far it is.
    work : Work, optional
        Budgets, in steps and not in seconds, so that a plan does not depend on the machine.

    Raises
    ------
    NoPlanError
        If there is no plan within the bounds, or none was found.
    NoCapError
        If coterminosity is to be no worse than that of areas that cannot be merged to
        so many, or plans under that cap cannot be searched.
    """
    check_feasible(places, criteria)
    drawing = _Drawing(
        places=places,
        criteria=criteria,
        terms=terms(places, criteria),
        rng=rng,
        progress=progress,
        work=work or Work(),
    )
    units = Units.of(places, drawing.terms, atoms(places, criteria.atoms))
    found, why = drawing.weighed(units)
    if found is not None and found.areas is not None:
        return drawing.proven(units, found, found.areas)
    is_proven = found is not None and found.is_proven and len(units) == len(places.blocks)
    if is_proven and criteria.coterminosity_no_worse_than is None:
        raise NoPlanError(criteria.areas, drawing.bounds, why, is_proven=True)
    if criteria.coterminosity_no_worse_than is not None:
        raise NoCapError(criteria.coterminosity_no_worse_than, why)
    return drawing.redrawn(units, why)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Drawing:
    """One design at work."""

    places: Places
    criteria: Criteria
    terms: Terms
    """Of blocks."""
    rng: np.random.Generator
    progress: Progress
    work: Work

    @property
    def bounds(self) -> tuple[int, int]:
        return self.criteria.minimum_population, self.criteria.maximum_population

    @property
    def is_small(self) -> bool:
        """Whether blocks are few enough to be redrawn many times over."""
        return len(self.places.blocks) <= self.work.few_units

    @property
    def redraws(self) -> int:
        """Steps of one cooling: where there is one beginning only, it has the work of all."""
        return self.work.redraws * (1 if self.is_small else self.work.beginnings)

    def cap(self) -> float | None:
        """Most that the areas' coterminosity costs may add up to."""
        return coterminosity_cap(
            self.places, self.criteria, self.terms, self.work, progress=self.progress
        )

    def weighed(self, units: Units) -> tuple[Found | None, str]:
        """The cheapest choice among all unions of atoms, or why there is none."""
        cap = self.cap()
        unions = enumerate_unions(
            units,
            self.bounds,
            self.work,
            with_coterminosity=cap is not None,
            progress=self.progress,
        )
        if unions is None:
            return None, (
                f"the areas that could be made of {len(units):,} atoms are too many for the work "
                "allowed, so they were not weighed one by one"
            )
        task = Task(n_units=len(units), n_areas=self.criteria.areas, cap=cap)
        *_, found = search(unions, task, self.work, progress=self.progress)
        steps = (
            Step(f"atoms of {len(self.places.blocks):,} blocks", len(units)),
            Step("areas that could be made of them", unions.columns),
        )
        found = replace(found, trail=(*steps, *found.trail))
        if not found.is_proven:
            return found, "the work allowed ran out before a plan of whole atoms was found"
        return found, "every union of atoms was weighed, and no plan of them keeps the bounds"

    def proven(self, units: Units, found: Found, areas: Columns) -> Design:
        """The cheapest choice as a design, with its bound."""
        constant = self.terms.constant
        objective = float(constant + found.cost)
        return Design(
            plan=AreaPlan.labelled(self.places.blocks.codes, spread(areas, units)),
            method="atoms",
            objective=objective,
            bound=min(float(constant + found.bound), objective),
            covers="The bound covers every plan made of whole atoms, and none that splits one.",
            trail=tuple(map(str, found.trail)),
        )

    def redrawn(self, units: Units, why: str) -> Design:
        """The best plan of blocks that redrawing finds, from atoms where they make one."""
        blocks = Units.of(self.places, self.terms, np.arange(len(self.places.blocks)))
        met = Met(blocks.terms.people, self.bounds) if self.is_small else None
        plans = self.from_atoms(units, blocks, met) if len(units) < len(blocks) else []
        if not plans or met is not None:
            plans += self.from_nothing(blocks, met)
        if not plans:
            reason = "every one that was tried broke a bound"
            raise NoPlanError(self.criteria.areas, self.bounds, reason, is_proven=False)
        trail = [
            f"{len(units):,} atoms of {len(blocks):,} blocks",
            f"{self.redraws:,} steps of redrawing, from each of {len(plans)} beginnings",
        ]
        if met is not None:
            plans += self.put_together(plans, blocks, met)
            trail.append(f"{len(met):,} areas met, the best of them put together")
        costs = [float(area_costs(self.terms, plan).sum()) for plan in plans]
        best = int(np.argmin(costs))
        return Design(
            plan=AreaPlan.labelled(self.places.blocks.codes, plans[best]),
            method="redrawn",
            objective=float(self.terms.constant + costs[best]),
            bound=None,
            covers=f"Nothing is proven of it: {why}.",
            trail=tuple(trail),
        )

    def from_atoms(self, units: Units, blocks: Units, met: Met | None) -> list[IntVector]:
        """Redraw whole atoms, then refine by blocks; nothing where whole atoms make no plan."""
        return [
            refined
            for coarse in self.redraw(units)
            for refined in self.redraw(blocks, start=coarse[units.unit_of], met=met)
        ]

    def from_nothing(self, blocks: Units, met: Met | None) -> list[IntVector]:
        """Redraw blocks from random cuts, some times over where they are few."""
        beginnings = self.work.beginnings if self.is_small else 1
        return [plan for _ in range(beginnings) for plan in self.redraw(blocks, met=met)]

    def put_together(self, plans: list[IntVector], blocks: Units, met: Met) -> list[IntVector]:
        """The best plan of areas that were met, if it is better than every plan met."""
        self.progress("Putting the best areas met together", 0.9)
        cost = min(float(area_costs(self.terms, plan).sum()) for plan in plans)
        task = Task(n_units=len(blocks), n_areas=self.criteria.areas)
        areas = best_of(met.columns(), task, self.work, cost_to_beat=cost)
        return [] if areas is None else [spread(areas, blocks)]

    def redraw(
        self, units: Units, *, start: IntVector | None = None, met: Met | None = None
    ) -> list[IntVector]:
        """Redraw units under the criteria: one plan, or none where none keeps the bounds."""
        try:
            plan = redraw(
                units,
                self.criteria.areas,
                self.bounds,
                replace(self.work, redraws=self.redraws),
                self.rng,
                start=start,
                met=met,
                progress=self.progress,
            )
        except NoPlanError:
            return []
        return [plan]
