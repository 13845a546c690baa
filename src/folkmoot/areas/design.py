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
from folkmoot.areas.baselines import merged, spread
from folkmoot.areas.columns import Columns, Task
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.errors import NoCapError, NoPlanError
from folkmoot.areas.redraw import redraw
from folkmoot.areas.search import Found, search
from folkmoot.areas.work import Step, Work
from folkmoot.geography.terms import Terms, area_costs, coterminosity_costs, terms
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

Method = Literal["atoms", "redrawn"]

ROUNDING = 1e-12
"""Part of a cap that sums of floats may be out by."""


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

    def cap(self) -> float | None:
        """Most that the areas' coterminosity costs may add up to."""
        name = self.criteria.coterminosity_no_worse_than
        if name is None:
            return None
        self.progress("Merging the areas that set the limit", 0.0)
        labels = merged(self.places, self.criteria, self.terms, name, self.work)
        if labels is None:
            problem = f"they cannot be merged to {self.criteria.areas} within the bounds"
            raise NoCapError(name, problem)
        cost = float(coterminosity_costs(self.terms, labels).sum())
        return cost + ROUNDING * abs(cost)

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
                f"more than {self.work.unions:,} areas could be made of {len(units):,} atoms, so "
                "they were not weighed one by one"
            )
        if not unions.columns:
            return None, "no union of atoms has as many people as an area needs"
        task = Task(n_units=len(units), n_areas=self.criteria.areas, cap=cap)
        *_, found = search(unions, task, self.work, progress=self.progress)
        steps = (
            Step(f"atoms of {len(self.places.blocks):,} blocks", len(units)),
            Step("areas that could be made of them", unions.columns),
        )
        return replace(
            found, trail=(*steps, *found.trail)
        ), "no plan of whole atoms keeps the bounds"

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
        plans = self.from_atoms(units, blocks)
        if not plans or len(blocks) <= self.work.few_units:
            plans += self.from_nothing(blocks)
        costs = [float(area_costs(self.terms, plan).sum()) for plan in plans]
        best = int(np.argmin(costs))
        return Design(
            plan=AreaPlan.labelled(self.places.blocks.codes, plans[best]),
            method="redrawn",
            objective=float(self.terms.constant + costs[best]),
            bound=None,
            covers=f"Nothing is proven of it: {why}.",
            trail=(
                f"{len(units):,} atoms of {len(blocks):,} blocks",
                f"{self.work.redraws:,} steps of redrawing, from each of {len(plans)} beginnings",
            ),
        )

    def from_atoms(self, units: Units, blocks: Units) -> list[IntVector]:
        """Redraw whole atoms, then refine by blocks; nothing where whole atoms make no plan."""
        try:
            coarse = self.redraw(units)
        except NoPlanError:
            return []
        return [self.redraw(blocks, start=coarse[units.unit_of])]

    def from_nothing(self, blocks: Units) -> list[IntVector]:
        """Redraw blocks from random cuts, some times over."""
        return [self.redraw(blocks) for _ in range(self.work.beginnings)]

    def redraw(self, units: Units, *, start: IntVector | None = None) -> IntVector:
        """Redraw units under the criteria."""
        return redraw(
            units,
            self.criteria.areas,
            self.bounds,
            self.work,
            self.rng,
            start=start,
            progress=self.progress,
        )
