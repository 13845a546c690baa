"""What each area of a plan matches, holds, lies in and crosses.

In:        an area plan, places and criteria.
Out:       one ``Relation`` for every area of the plan and of a geography that share people;
           short texts of what an area matches and crosses.
Not here:  how much crossing costs (``geography.scores``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from folkmoot.parameters.names import naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.criteria import Criteria, GeographyCriterion, Role
from folkmoot.vocabulary.places import Places

Relating = Literal["equal", "contains", "within", "crosses"]

ROUNDING = 1e-9
"""Part of an area's people that sums of shares may be out by; nothing else is forgiven."""

RELATION_COLUMNS = (
    "area",
    "geography",
    "role",
    "code",
    "name",
    "people",
    "share_of_area",
    "share_of_geography",
    "relation",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How one area of the plan lies to one area of a geography with which it shares people."""

    area: AreaCode
    geography: str
    role: Role
    code: str
    name: str
    people: float
    """Residents of both. Not whole where a block is split."""
    share_of_area: float
    share_of_geography: float
    relation: Relating
    """``equal``; ``contains``: the plan's area holds all of the other; ``within``: the
    other holds all of it; ``crosses``: each has people outside the other."""

    def row(self) -> tuple[str | int | float, ...]:
        """The relation under ``RELATION_COLUMNS``: whole people, shares to a millionth."""
        return (
            self.area,
            self.geography,
            self.role,
            self.code,
            self.name,
            round(self.people),
            round(self.share_of_area, 6),
            round(self.share_of_geography, 6),
            self.relation,
        )

    @property
    def phrase(self) -> str:
        """The geography's area as people call it: 'Nottinghamshire police'."""
        return naming().phrase(self.geography, self.name)


def relations(plan: AreaPlan, places: Places, criteria: Criteria) -> tuple[Relation, ...]:
    """Relate every area of a plan to the geographies of the criteria.

    Returns
    -------
    tuple of Relation
        By area, then in the criteria's order of geographies, then most people first.
    """
    found = [
        relation
        for wanted in criteria.geographies
        for relation in sorted(
            _relations(plan, places, wanted), key=lambda one: (-one.people, one.code)
        )
    ]
    return tuple(sorted(found, key=lambda one: one.area))


def _relations(plan: AreaPlan, places: Places, wanted: GeographyCriterion) -> Iterator[Relation]:
    geography = places.geographies[wanted.name]
    table = places.contingency(geography, plan.area_of, len(plan.areas))
    people = np.bincount(plan.area_of, weights=places.blocks.population)
    whole = table.sum(axis=0)
    for area, other in np.argwhere(table > 0).tolist():
        of_area = float(table[area, other] / people[area])
        of_geography = float(table[area, other] / whole[other])
        yield Relation(
            area=plan.areas[area],
            geography=wanted.name,
            role=wanted.role,
            code=geography.codes[other],
            name=geography.names[other],
            people=float(table[area, other]),
            share_of_area=of_area,
            share_of_geography=of_geography,
            relation=_relating(of_area, of_geography),
        )


def _relating(share_of_area: float, share_of_geography: float) -> Relating:
    is_within = share_of_area >= 1 - ROUNDING
    is_held = share_of_geography >= 1 - ROUNDING
    if is_within and is_held:
        return "equal"
    if is_held:
        return "contains"
    return "within" if is_within else "crosses"


def matched(found: Iterable[Relation], area: AreaCode) -> str:
    """The geographies' areas that an area equals, as one line of text."""
    return _listed(found, area, "equal")


def crossed(found: Iterable[Relation], area: AreaCode) -> str:
    """The geographies' areas that an area cuts, and that cut it, as one line of text."""
    return _listed(found, area, "crosses")


def _listed(found: Iterable[Relation], area: AreaCode, relating: Relating) -> str:
    return "; ".join(one.phrase for one in found if one.area == area and one.relation == relating)
