"""Existing geographies as if they were area plans, to judge a design beside them.

In:        places and criteria.
Out:       each geography of the criteria as it is, and the first health geography merged
           optimally to the number of areas asked for.
Rule:      a block goes to the area of the geography that holds most of it; blocks that a
           geography leaves out are areas of their own, one for each connected piece of them.
Not here:  their scores (``geography.scores``).
"""

from dataclasses import dataclass

import numpy as np

from folkmoot.areas.atoms import Units
from folkmoot.areas.columns import Columns, Task
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.search import search
from folkmoot.areas.work import Work
from folkmoot.geography.graph import components
from folkmoot.geography.terms import Terms, terms
from folkmoot.parameters.names import naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Baseline:
    """An area plan that nobody designed."""

    name: str
    """The geography, and 'merged' where its areas were joined."""
    title: str
    """The same for people."""
    plan: AreaPlan


def baselines(places: Places, criteria: Criteria, work: Work | None = None) -> tuple[Baseline, ...]:
    """Every geography of the criteria as it is, then the first health geography merged.

    The merged one is left out where no union of its areas keeps the population bounds, or
    there are too many to say.
    """
    codes = places.blocks.codes
    found = [
        Baseline(
            name=one.name,
            title=f"{naming().noun(one.name)}, as today",
            plan=AreaPlan.labelled(codes, _labels(places, one.name)),
        )
        for one in criteria.geographies
    ]
    for one in criteria.by_role("health")[:1]:
        labels = merged(places, criteria, terms(places, criteria), one.name, work or Work())
        if labels is not None:
            found.append(
                Baseline(
                    name=f"{one.name} merged",
                    title=f"{naming().noun(one.name)}, merged to {criteria.areas} at best",
                    plan=AreaPlan.labelled(codes, labels),
                )
            )
    return tuple(found)


def merged(
    places: Places, criteria: Criteria, weighed: Terms, name: str, work: Work
) -> IntVector | None:
    """The cheapest plan whose areas are whole areas of a geography, joined.

    Areas of the geography that are in several pieces are joined piece by piece.

    Returns
    -------
    array of shape (n_blocks,) or None
        The area of each block; None where there is no such plan, or too many to weigh.
    """
    labels, pairs = _labels(places, name), places.borders.pairs
    together = labels[pairs[:, 0]] == labels[pairs[:, 1]]
    units = Units.of(places, weighed, components(len(places.blocks), pairs[together]))
    bounds = (criteria.minimum_population, criteria.maximum_population)
    unions = enumerate_unions(units, bounds, work)
    if unions is None:
        return None
    *_, found = search(unions, Task(n_units=len(units), n_areas=criteria.areas), work)
    return None if found.areas is None else spread(found.areas, units)


def spread(areas: Columns, units: Units) -> IntVector:
    """The area of each block, when areas are given as columns of units."""
    area_of_unit = np.empty(len(units), dtype=np.int64)
    area_of_unit[areas.members] = areas.column_of
    spread_out: IntVector = area_of_unit[units.unit_of]
    return spread_out


def _labels(places: Places, name: str) -> IntVector:
    """A label for each block; the pieces that a geography leaves out have labels of their own."""
    n = len(places.blocks)
    dominant = places.geographies[name].dominant(n)
    outside, pairs = dominant < 0, places.borders.pairs
    joined = pairs[outside[pairs[:, 0]] & outside[pairs[:, 1]]]
    apart = components(n, joined) + len(places.geographies[name].codes)
    labels: IntVector = np.where(outside, apart, dominant)
    return labels
