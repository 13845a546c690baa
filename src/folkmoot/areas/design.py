"""Design an area plan: the best there is where that can be proven, else the best found.

In:        places, criteria, chance, a budget of work.
Out:       ``Design``: the plan, its objective, and the bounds that are proven for it.
Rule:      atoms first: every union of them is weighed, and the cheapest choice is proven. Then
           atoms are split: areas are redrawn block by block, and the best plan is put together
           from all areas met. Each stage can only make the plan better, so one that is cut
           short leaves the best plan so far.
Not here:  scores for people to read (``geography.scores``); how many small blocks are designed
           from larger ones (``levels``).
Source:    docs/explanation/designing-areas.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from folkmoot.areas.atoms import Units, atoms
from folkmoot.areas.baselines import merged, spread
from folkmoot.areas.columns import Columns
from folkmoot.areas.errors import NoCapError, NoPlanError
from folkmoot.areas.feasibility import check_feasible
from folkmoot.areas.levels import design_by_levels
from folkmoot.areas.limits import coterminosity_limits
from folkmoot.areas.redraw import redraw
from folkmoot.areas.splitting import Split, Splitting
from folkmoot.areas.weighed import Weighed
from folkmoot.areas.work import Step, Work
from folkmoot.geography.terms import Terms, area_costs, coterminosity_costs, terms
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Enough, Progress, silent

Method = Literal["atoms", "blocks", "redrawn"]

CUT_SHORT = "It was cut short: more work may find a better plan, and the same seed another one."

SAME = 1e-9
"""Difference of F that counts as none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """An area plan, and what is proven of it."""

    plan: AreaPlan
    method: Method
    """``atoms``: the best plan of whole atoms. ``blocks``: a better one, that splits some.
    ``redrawn``: the best one found where the areas of atoms are too many to weigh."""
    objective: float
    atoms_bound: float | None
    """No plan made of whole atoms has less; None where nothing is proven of them."""
    block_bound: float | None
    """No plan of whole blocks has less; None where nothing is proven of all those."""
    trail: tuple[str, ...]
    """What was done, counted, for people."""
    why_unproven: str = ""
    """Why nothing is proven of atoms, as a clause."""
    is_split_tried: bool = False
    """Whether plans that split atoms were searched to the end."""
    is_cut_short: bool = False
    """Whether the work was ended from outside."""
    weighed: Weighed | None = None
    """Every union of atoms, to ask for other plans; None where they are too many."""

    @property
    def bound(self) -> float | None:
        """No plan of the kind that ``covers`` names has less; None where nothing is proven."""
        return self.atoms_bound if self.method == "atoms" else self.block_bound

    @property
    def covers(self) -> str:
        """What the bound covers, or why there is none, as sentences."""
        said = [CUT_SHORT] if self.is_cut_short else []
        if self.method == "atoms" and self.atoms_bound is not None:
            said.append(
                "The bound covers every plan made of whole atoms, and none that splits one."
            )
            said.append(self._of_blocks())
        elif self.block_bound is not None:
            said.append("The bound covers every plan of whole blocks.")
        elif self.method == "blocks":
            said.append(
                "It splits atoms, and is better than every plan that splits none; of plans that "
                "do, no bound is known."
            )
        else:
            said.append(f"Nothing is proven of it: {self.why_unproven}.")
        return " ".join(filter(None, said))

    def _of_blocks(self) -> str:
        if self.block_bound is None and not self.is_split_tried:
            return "Plans that split atoms were not searched."
        if self.block_bound is None:
            return "Plans that split atoms were searched too, and none was better."
        return (
            f"Of all plans of whole blocks none has less than {self.block_bound:.6f}, which is "
            f"within {_gap(self.objective, self.block_bound):.2%}."
        )

    @property
    def gap(self) -> float | None:
        """How much better the best could be, at most, as a part of the objective."""
        return None if self.bound is None else _gap(self.objective, self.bound)

    @property
    def block_gap(self) -> float | None:
        """The same for every plan of whole blocks."""
        return None if self.block_bound is None else _gap(self.objective, self.block_bound)

    @property
    def proven(self) -> bool:
        """Whether no plan of the kind that was searched is better."""
        return self.bound is not None and self.bound >= self.objective


def _gap(objective: float, bound: float) -> float:
    return max(0.0, objective - bound) / objective if objective else 0.0


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
        Told what is being done and how far it is. It may raise ``Enough`` to end the work
        with the best plan so far, as Ctrl-C does.
    work : Work, optional
        Budgets, in steps and not in seconds, so that a plan does not depend on the machine.

    Raises
    ------
    NoPlanError
        If there is no plan within the bounds, or none was found.
    NoCapError
        If coterminosity is to be no worse than that of areas that cannot be merged to
        so many.
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
    try:
        drawing.draw()
    except (Enough, KeyboardInterrupt):
        if drawing.plan is None:
            raise
        drawing.is_cut_short = True
    return drawing.design()


@dataclass(slots=True, kw_only=True, eq=False)
class _Drawing:
    """One design at work: what it is about, and the best so far."""

    places: Places
    criteria: Criteria
    terms: Terms
    """Of blocks."""
    rng: np.random.Generator
    progress: Progress
    work: Work
    limits: tuple[float, ...] = ()
    """Most that the areas' coterminosity costs may add up to, if there is a limit."""
    plan: IntVector | None = None
    cost: float = np.inf
    method: Method = "redrawn"
    atoms_bound: float | None = None
    block_bound: float | None = None
    weighed: Weighed | None = None
    why: str = "the work was ended before"
    is_split_tried: bool = False
    is_cut_short: bool = False
    trail: list[str] = field(default_factory=list)

    def design(self) -> Design:
        """The best so far."""
        if self.plan is None:
            reason = "every one that was tried broke a bound"
            raise NoPlanError(self.criteria.areas, self.bounds, reason, is_proven=False)
        objective = float(self.terms.constant + self.cost)
        return Design(
            plan=AreaPlan.labelled(self.places.blocks.codes, self.plan),
            method=self.method,
            objective=objective,
            atoms_bound=self._bound(self.atoms_bound, objective, is_over=self.method == "atoms"),
            block_bound=self._bound(self.block_bound, objective, is_over=True),
            trail=tuple(self.trail),
            why_unproven=self.why,
            is_split_tried=self.is_split_tried,
            is_cut_short=self.is_cut_short,
            weighed=self.weighed,
        )

    def _bound(self, cost: float | None, objective: float, *, is_over: bool) -> float | None:
        """A bound as F; one over the plan itself is at most what the plan has."""
        if cost is None or not np.isfinite(cost):
            return None
        bound = float(self.terms.constant + cost)
        return min(bound, objective) if is_over else bound

    @property
    def bounds(self) -> tuple[int, int]:
        return self.criteria.minimum_population, self.criteria.maximum_population

    def draw(self) -> None:
        """Every stage in turn."""
        if len(self.places.blocks) > self.work.few_units:
            self.level()
            return
        self.limits = coterminosity_limits(
            self.places, self.criteria, self.terms, self.work, self.progress
        )
        units = Units.of(self.places, self.terms, atoms(self.places, self.criteria.atoms))
        self.begin(units)
        near = self.weigh(units)
        if self.atoms_bound is not None and len(units) == len(self.places.blocks):
            self.block_bound = self.atoms_bound
        elif self.work.beginnings or near is None:
            self.split(near)

    def keep(self, plan: IntVector, method: Method) -> bool:
        """Keep a plan if it is within the limits and better than the best so far."""
        crossing = [float(coterminosity_costs(self.terms, plan).sum())][: len(self.limits)]
        cost = float(area_costs(self.terms, plan).sum())
        is_better = cost < self.cost - SAME * (self.plan is not None)
        if is_better and all(c <= most for c, most in zip(crossing, self.limits, strict=True)):
            self.plan, self.cost, self.method = plan, cost, method
            return True
        return False

    def begin(self, units: Units) -> None:
        """A first plan, so that there is one however soon the work ends."""
        if self.limits and self.criteria.coterminosity_no_worse_than:
            name = self.criteria.coterminosity_no_worse_than
            labels = merged(self.places, self.criteria, self.terms, name, self.work)
            if labels is None:
                raise NoCapError(name, "its areas cannot be merged within the bounds")
            self.keep(labels, "redrawn")
            return
        steps = min(self.work.first_redraws, 30 * len(units))
        quick = replace(self.work, redraws=steps, attempts=1)
        try:
            drawn = redraw(
                units, self.criteria.areas, self.bounds, quick, self.rng, progress=self.progress
            )
        except NoPlanError:
            return
        self.keep(drawn[units.unit_of], "redrawn")

    def weigh(self, units: Units) -> Columns | None:
        """Take the cheapest choice among all unions of atoms; answer with those like it."""
        self.trail.append(str(Step(f"atoms of {len(self.places.blocks):,} blocks", len(units))))
        self.weighed = Weighed.of(
            self.places,
            self.criteria,
            self.terms,
            units.unit_of,
            work=self.work,
            limits=self.limits,
            met=self.keep_atoms(units),
            progress=self.progress,
        )
        if self.weighed is None:
            self.why = (
                f"the areas that could be made of {len(units):,} atoms are too many for the work "
                "allowed, so they were not weighed one by one"
            )
            return None
        found = self.weighed.best
        self.trail.append(
            str(Step("areas that could be made of them", self.weighed.unions.columns))
        )
        self.trail += map(str, found.trail)
        if found.areas is None and found.is_proven:
            self.none_of(units)
            return None
        if found.areas is None:
            self.why = "the work allowed ran out before a plan of whole atoms was found"
            return None
        self.atoms_bound = found.bound
        if self.cost >= found.cost - SAME:
            # A first plan may be as good: what is proven is said of the plan and cost of the proof.
            self.plan, self.cost = spread(found.areas, units), found.cost
            self.method = "atoms"
        return self.weighed.near.only(
            np.arange(min(len(self.weighed.near), self.work.near))
        ).spread(units.unit_of)

    def keep_atoms(self, units: Units) -> Callable[[Columns], None]:
        """What keeps better choices of atoms on the way to the best."""

        def keep(areas: Columns) -> None:
            self.keep(spread(areas, units), "redrawn")

        return keep

    def none_of(self, units: Units) -> None:
        """No plan of whole units keeps the bounds: refuse, or go on by blocks."""
        self.why = "every union of atoms was weighed, and no plan of them keeps the bounds"
        if len(units) == len(self.places.blocks) and not self.limits:
            raise NoPlanError(self.criteria.areas, self.bounds, self.why, is_proven=True)

    def split(self, near: Columns | None) -> None:
        """Look for a better plan of blocks."""
        splitting = Splitting.of(
            Units.of(self.places, self.terms, np.arange(len(self.places.blocks))),
            self.criteria.areas,
            self.bounds,
            self.limits,
            self.work,
        )
        start = None if self.plan is None else np.unique(self.plan, return_inverse=True)[1]
        best: Split | None = None
        for best in splitting.search(start, near, self.rng, progress=self.progress):
            if best.plan is not None:
                self.keep(best.plan, "redrawn" if near is None else "blocks")
            self.block_bound = best.bound
        self.is_split_tried = True
        if best is not None:
            self.trail += map(str, best.trail)

    def level(self) -> None:
        """A plan of small blocks, from the best one of larger units."""
        self.why = f"{len(self.places.blocks):,} blocks are too many to weigh all areas of them"
        if self.criteria.coterminosity_no_worse_than is not None:
            raise NoCapError(self.criteria.coterminosity_no_worse_than, self.why)
        plan, trail = design_by_levels(
            self.places, self.criteria, self.terms, self.work, self.rng, progress=self.progress
        )
        self.trail += trail
        self.keep(plan, "redrawn")
