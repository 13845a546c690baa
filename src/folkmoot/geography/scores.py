"""Score an area plan against criteria, for people to read.

In:        places, criteria, and any plan of the package's blocks, feasible or not.
Out:       ``Scores``: F and its parts, by criterion and by area; lower is better for every
           cost, higher for every share.
Rule:      docs/reference/criteria.md, to the letter: what is left out there is left out here.
Not here:  the same F in the form that the search wants (``geography.terms``); each is the
           other's check.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np

from folkmoot.geography.agreement import agreement, information_by_area
from folkmoot.geography.compactness import polsby_popper
from folkmoot.geography.errors import MissingFlowsError, MissingGeographyError, OtherPlacesError
from folkmoot.geography.needs import need_values
from folkmoot.geography.scorecard import AreaScore, GeographyScore, NeedScore, Scores
from folkmoot.geography.travel import Travel, travel
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, frozen
from folkmoot.vocabulary.criteria import Criteria, GeographyCriterion
from folkmoot.vocabulary.places import Geography, Places

__all__ = ["Scores", "score"]


def score(plan: AreaPlan, places: Places, criteria: Criteria) -> Scores:
    """Score an area plan.

    Parameters
    ----------
    plan : AreaPlan
        Each block of ``places`` in one area; any number of areas, connected or not.

    Raises
    ------
    OtherPlacesError
        If the plan holds other blocks than the package.
    MissingGeographyError, MissingFlowsError
        If the criteria ask for what the package lacks; ``readers.criteria`` refuses
        such criteria beforehand.

    Notes
    -----
    The first call for a package and criteria takes about a second and the later ones a
    few milliseconds: figures of the package alone are kept.
    """
    if plan.blocks != places.blocks.codes:
        ours, theirs = set(places.blocks.codes), set(plan.blocks)
        raise OtherPlacesError(places.name, sorted(ours - theirs), sorted(theirs - ours))
    if places.flows is None and criteria.flow_weight > 0:
        raise MissingFlowsError(places.name)
    ground = _ground(places, criteria)
    fits = [_fit(plan, places, criteria, wanted) for wanted in criteria.geographies]
    left = _left_within(ground, plan)
    moving = travel(plan, places)
    leaving = np.zeros(len(plan.areas)) if moving is None else moving.leaving
    inertia, by_need = left[:, :2].sum(axis=1), left[:, 2:]
    need = by_need @ ground.need_weights
    costs = np.column_stack(
        [
            *(crossing for _, crossing in fits),
            criteria.inertia_weight * inertia,
            criteria.need_weight * need,
            criteria.flow_weight * leaving,
        ]
    )
    totals = tuple(costs.sum(axis=0).tolist())
    return Scores(
        objective=sum(totals),
        terms=(*(wanted.name for wanted in criteria.geographies), "inertia", "need", "flow"),
        costs=totals,
        geographies=tuple(found for found, _ in fits),
        inertia=float(inertia.sum()),
        need=float(need.sum()),
        needs=tuple(
            NeedScore(name=wanted.name, weight=wanted.weight, dissimilarity=dissimilarity)
            for wanted, dissimilarity in zip(
                criteria.needs, by_need.sum(axis=0).tolist(), strict=True
            )
        ),
        self_containment=None if moving is None else moving.self_containment,
        cut_border_km=_cut_border_km(plan, places),
        areas=_area_scores(plan, places, criteria, costs=costs, moving=moving),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Ground:
    """Figures of the package alone: the same for every plan."""

    people: FloatVector
    figures: FloatMatrix
    """Shape (n_blocks, 2 + n_needs): easting, northing and needs about their means, scaled
    so that the people's sum of squares is 1: in all for the ground, and for each need."""
    need_weights: FloatVector
    """Parts of the whole need, one a need."""

    def __post_init__(self) -> None:
        for array in (self.people, self.figures, self.need_weights):
            frozen(array)


@lru_cache(maxsize=8)
def _ground(places: Places, criteria: Criteria) -> _Ground:
    people = places.blocks.population.astype(np.float64)
    at = np.column_stack([places.blocks.easting, places.blocks.northing])
    needs = [need_values(places, wanted)[:, None] for wanted in criteria.needs]
    weights = np.array([wanted.weight for wanted in criteria.needs])
    return _Ground(
        people=people,
        figures=np.hstack([_standardised(figures, people) for figures in (at, *needs)]),
        need_weights=weights / weights.sum() if weights.any() else weights,
    )


def _standardised(figures: FloatMatrix, people: FloatVector) -> FloatMatrix:
    about_mean = figures - people @ figures / people.sum()
    total = float(people @ (about_mean**2).sum(axis=1))
    return about_mean / np.sqrt(total) if total > 0 else np.zeros_like(about_mean)


def _left_within(ground: _Ground, plan: AreaPlan) -> FloatMatrix:
    """Part of each figure's variance that is left within each area: Σ p y² − (Σ p y)² / Σ p."""
    n = len(plan.areas)
    people = np.bincount(plan.area_of, weights=ground.people, minlength=n)
    left = np.empty((n, ground.figures.shape[1]))
    for number, figure in enumerate(ground.figures.T):
        squares = np.bincount(plan.area_of, weights=ground.people * figure**2)
        sums = np.bincount(plan.area_of, weights=ground.people * figure)
        left[:, number] = squares - sums**2 / np.maximum(people, 1)
    return np.maximum(left, 0.0)


def _fit(
    plan: AreaPlan, places: Places, criteria: Criteria, wanted: GeographyCriterion
) -> tuple[GeographyScore, FloatVector]:
    """How well the plan fits one geography, and the part of its cost that each area makes."""
    geography = places.geographies.get(wanted.name)
    if geography is None:
        raise MissingGeographyError(wanted.name, places.name, sorted(places.geographies))
    table = places.contingency(geography, plan.area_of, len(plan.areas))
    found = agreement(table)
    finest = found.entropy + log(criteria.areas)
    costs = information_by_area(table) * (wanted.weight / finest if finest else 0.0)
    fit = GeographyScore(
        criterion=wanted,
        agreement=found,
        cost=float(costs.sum()),
        areas_within_share=_areas_within_share(plan, places, geography, table),
    )
    return fit, costs


def _areas_within_share(
    plan: AreaPlan, places: Places, geography: Geography, table: FloatMatrix
) -> float:
    """People of the areas that lie wholly in one area of a geography, over all people."""
    is_outside = np.ones(len(plan.blocks), dtype=bool)
    is_outside[geography.block] = False
    people = np.bincount(plan.area_of, weights=places.blocks.population)
    outside = np.bincount(plan.area_of, weights=places.blocks.population * is_outside)
    is_within = (np.count_nonzero(table, axis=1) == 1) & (outside == 0)
    return float(people[is_within].sum() / people.sum())


def _cut_border_km(plan: AreaPlan, places: Places) -> float:
    first, second = plan.area_of[places.borders.pairs].T
    return float(places.borders.shared_border_km[first != second].sum())


def _area_scores(
    plan: AreaPlan, places: Places, criteria: Criteria, *, costs: FloatMatrix, moving: Travel | None
) -> tuple[AreaScore, ...]:
    people = np.bincount(plan.area_of, weights=places.blocks.population).astype(int).tolist()
    compactness = polsby_popper(plan, places)
    return tuple(
        AreaScore(
            area=area,
            population=people[n],
            is_within_bounds=(
                criteria.minimum_population <= people[n] <= criteria.maximum_population
            ),
            costs=tuple(costs[n].tolist()),
            self_containment_supply=None if moving is None else float(moving.supply[n]),
            self_containment_demand=None if moving is None else float(moving.demand[n]),
            polsby_popper=None if compactness is None else float(compactness[n]),
        )
        for n, area in enumerate(plan.areas)
    )
