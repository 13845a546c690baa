"""Design an area plan: the best there is where that can be proven, else the best found.

In:        places, criteria, chance, a budget of work.
Out:       ``Design``: the plan, its objective, and the bound that is proven for it.
Rule:      atoms first: every union of them is weighed, and the cheapest choice is proven.
Not here:  scores for people to read (``geography.scores``).
Source:    docs/explanation/designing-areas.md.
"""

from dataclasses import dataclass

import numpy as np

from folkmoot.areas.atoms import Units, atoms
from folkmoot.areas.columns import Columns, Task
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.search import search
from folkmoot.areas.work import Step, Work
from folkmoot.geography.terms import terms
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.errors import FolkmootError
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """An area plan, and what is proven of it."""

    plan: AreaPlan
    method: str
    proven: bool
    """Whether no plan of the kind that was searched costs less."""
    objective: float
    bound: float | None
    gap: float | None
    covers: str
    """What the bound covers, as a sentence."""
    trail: tuple[str, ...]
    """What was done, counted, for people."""


class NoPlanError(FolkmootError):
    """No plan was found."""


def design(
    places: Places,
    criteria: Criteria,
    *,
    rng: np.random.Generator,
    progress: Progress = silent,
    work: Work | None = None,
) -> Design:
    """Design an area plan."""
    work = work or Work()
    weighed = terms(places, criteria)
    units = Units.of(places, weighed, atoms(places, criteria.atoms))
    bounds = (criteria.minimum_population, criteria.maximum_population)
    unions = enumerate_unions(units, bounds, work, progress=progress)
    if unions is None:
        raise NoPlanError("too many")
    task = Task(n_units=len(units), n_areas=criteria.areas)
    *_, found = search(unions, task, work, progress=progress)
    if found.areas is None:
        raise NoPlanError("none")
    area_of_unit = np.empty(len(units), dtype=np.int64)
    area_of_unit[found.areas.members] = found.areas.column_of
    objective = float(weighed.constant + found.cost)
    bound = float(weighed.constant + found.bound)
    steps = (
        Step(f"atoms of {len(places.blocks):,} blocks", len(units)),
        Step("areas that could be made of them", unions.columns),
        *found.trail,
    )
    return Design(
        plan=AreaPlan.labelled(places.blocks.codes, area_of_unit[units.unit_of]),
        method="atoms",
        proven=bool(found.is_proven),
        objective=objective,
        bound=min(bound, objective),
        gap=max(0.0, (objective - bound) / objective) if objective else 0.0,
        covers="The bound covers every plan made of whole atoms, and none that splits one.",
        trail=tuple(map(str, steps)),
    )
