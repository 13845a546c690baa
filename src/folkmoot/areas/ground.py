"""All areas that could be made, weighed once in each process that draws plans from them.

In:        places and criteria.
Out:       ``Ground``, small enough to send to a worker; every union of its units; ``Near``:
           the best plan of whole atoms, and how far from it a plan may be.
Not here:  drawing plans (``ensemble``, ``front``).
"""

import hashlib
import pickle
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

import numpy as np

from folkmoot.areas.atoms import Units, atoms
from folkmoot.areas.columns import Columns, Prices, Task
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.errors import NoPlanError, TooManyAreasError
from folkmoot.areas.feasibility import check_feasible
from folkmoot.areas.limits import coterminosity_limits
from folkmoot.areas.measures import Measures
from folkmoot.areas.relaxation import relax
from folkmoot.areas.search import search
from folkmoot.areas.unions import Unions
from folkmoot.areas.work import Work
from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """What plans are drawn from. Two with the same key are the same."""

    key: str
    units: Units
    measures: Measures
    """Of the units."""
    bounds: tuple[int, int]
    limits: tuple[float, ...]
    """The most that coterminosity costs may add up to, where the criteria say."""
    work: Work

    @classmethod
    def of(cls, places: Places, criteria: Criteria, work: Work, progress: Progress) -> Self:
        """The ground of a package under some criteria.

        Raises
        ------
        NoPlanError
            If no plan could keep the bounds.
        NoCapError
            If the criteria limit coterminosity by areas that cannot be merged.
        """
        check_feasible(places, criteria)
        measures = Measures.of(places, criteria)
        units = Units.of(places, measures.whole, atoms(places, criteria.atoms))
        ground = cls(
            key="",
            units=units,
            measures=measures.merged(units.unit_of),
            bounds=(criteria.minimum_population, criteria.maximum_population),
            limits=coterminosity_limits(places, criteria, measures.whole, work, progress),
            work=work,
        )
        return replace(ground, key=hashlib.sha256(pickle.dumps(ground)).hexdigest())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ground) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def task(self) -> Task:
        """What the columns of a plan must add up to."""
        n_areas = self.measures.n_areas
        return Task(n_units=len(self.units), n_areas=n_areas, limits=self.limits)

    def labels(self, areas: Columns) -> IntVector:
        """The area of each unit, when areas are given as columns."""
        labels = np.empty(len(self.units), dtype=np.int64)
        labels[areas.members] = areas.column_of
        return labels


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Near:
    """The best plan of whole atoms, and what counts as near it."""

    ground: Ground
    best: IntVector
    """The area of each unit."""
    least: float
    """F of the best plan."""
    bound: float
    """No plan of whole atoms has a lower F."""
    most: float
    """The greatest F of a plan that is near."""
    prices: Prices
    """Those of the relaxation."""
    reach: float
    """Unions of at most so great a reduced cost are drawn from."""
    is_complete: bool
    """Whether every plan that is near is made of such unions."""


def near(ground: Ground, tolerance: float, progress: Progress = silent) -> Near:
    """Find the best plan, and how far the unions reach of which plans near it are drawn.

    Parameters
    ----------
    tolerance : float
        How much greater F may be than that of the best plan. Unit: ratio.

    Raises
    ------
    NoPlanError
        If there is no plan of whole atoms within the bounds, or none was found.
    TooManyAreasError
        If the unions are more than the work allows.
    """
    progress("Weighing the areas that could be made", 0.0)
    unions = unions_of(ground)
    relaxation, areas, found = None, None, None
    if unions.columns:
        relaxation = relax(unions, ground.task, ground.work, progress=progress)
        *_, found = search(
            unions, ground.task, ground.work, relaxation=relaxation, progress=progress
        )
        areas = found.areas
    if relaxation is None or found is None or areas is None:
        reason = "no choice of whole atoms, which the criteria never split, was found to keep them"
        raise NoPlanError(ground.measures.n_areas, ground.bounds, reason, is_proven=False)
    constant = ground.measures.whole.constant
    least = constant + found.cost
    most = least + tolerance * abs(least)
    whole = most - constant - relaxation.bound
    reaches = whole * np.append(np.linspace(0.01, 0.99, 99), 1.0)
    counts = unions.count_within(relaxation.prices, relaxation.least + reaches)
    widest = max(int(np.searchsorted(counts, POOL, side="right")) - 1, 0)
    return Near(
        ground=ground,
        best=ground.labels(areas),
        least=least,
        bound=min(constant + found.bound, least),
        most=most,
        prices=relaxation.prices,
        reach=float(relaxation.least + reaches[widest]),
        is_complete=widest == len(reaches) - 1,
    )


POOL = 40_000
"""Unions that plans are drawn from, at most: of England's, those in any plan whose F is half of
one per cent above the best, and in most of those that are further from it."""


@lru_cache(maxsize=1)
def _unions(ground: Ground) -> Unions:
    unions = enumerate_unions(ground.units, ground.bounds, ground.work, with_coterminosity=True)
    if unions is None:
        raise TooManyAreasError(len(ground.units))
    return unions


def unions_of(ground: Ground) -> Unions:
    """Every union of units, with the measure that the criteria limit, if any.

    Raises
    ------
    TooManyAreasError
        If there are more than the work allows.
    """
    unions = _unions(ground)
    return unions if ground.limits else replace(unions, measures=())


@lru_cache(maxsize=1)
def measured(ground: Ground) -> dict[str, FloatVector]:
    """What every union adds to F and to each traded measure."""
    return ground.measures.of_unions(_unions(ground))


def forget() -> None:
    """Give back the memory of what was weighed in this process."""
    _unions.cache_clear()
    measured.cache_clear()
