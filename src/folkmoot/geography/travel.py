"""Travel to work within and between areas.

In:        flows between blocks, and an area plan.
Out:       who stays in the area they live in: of all commuters, and area by area.
Source:    the supply and demand sides of self-containment are those by which the Office for
           National Statistics draws travel-to-work areas.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import FloatVector, IntVector, frozen
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Travel:
    """Travel to work by area."""

    leaving: FloatVector
    """Commuters who live in the area and work in another, over all commuters."""
    supply: FloatVector
    """Part of those who live in the area who work in it."""
    demand: FloatVector
    """Part of those who work in the area who live in it."""

    @property
    def self_containment(self) -> float:
        """Part of all commuters who work in the area they live in."""
        return 1 - float(self.leaving.sum())


def travel(plan: AreaPlan, places: Places) -> Travel | None:
    """Count who stays in each area to work; None where the package has no flows.

    An area in which nobody lives or works contains nobody: 0.
    """
    journeys = _journeys(places)
    if journeys is None:
        return None
    n = len(plan.areas)
    home, work = plan.area_of[journeys.origin], plan.area_of[journeys.destination]
    away = home != work
    leaving = np.bincount(home[away], weights=journeys.commuters[away], minlength=n)
    residents = np.bincount(plan.area_of, weights=journeys.residents, minlength=n)
    workers = np.bincount(plan.area_of, weights=journeys.workers, minlength=n)
    staying = residents - leaving
    return Travel(
        leaving=leaving / max(residents.sum(), 1.0),
        supply=staying / np.maximum(residents, 1.0),
        demand=staying / np.maximum(workers, 1.0),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Journeys:
    """Flows between different blocks, and the commuters of every block."""

    origin: IntVector
    destination: IntVector
    commuters: FloatVector
    residents: FloatVector
    """Commuters who live in each block, wherever they work."""
    workers: FloatVector
    """Commuters who work in each block, wherever they live."""

    def __post_init__(self) -> None:
        for array in (self.origin, self.destination, self.commuters, self.residents, self.workers):
            frozen(array)


@lru_cache(maxsize=8)
def _journeys(places: Places) -> _Journeys | None:
    flows, n = places.flows, len(places.blocks)
    if flows is None:
        return None
    away = flows.origin != flows.destination
    return _Journeys(
        origin=flows.origin[away],
        destination=flows.destination[away],
        commuters=flows.commuters[away].astype(np.float64),
        residents=np.bincount(flows.origin, weights=flows.commuters, minlength=n).astype(float),
        workers=np.bincount(flows.destination, weights=flows.commuters, minlength=n).astype(float),
    )
