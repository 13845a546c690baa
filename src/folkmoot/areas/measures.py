"""What plans are judged by, one measure beside another.

In:        places and criteria; a plan of units, or unions of them.
Out:       a figure for each measure: of a plan, or what each union adds to it.
Rule:      every measure is a sum over areas, and lower is better. A measure of the criteria is
           F under criteria that weigh it alone; coterminosity keeps its weights.

           balance = Σ_A |P_A − P/k| / P

           with P_A the people of area A, P those of the country and k the number of areas
           asked for: 0 where all areas have as many people, less than 2 always.
Not here:  scores for people to read (``geography.scores``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from folkmoot.areas.unions import Unions
from folkmoot.geography.terms import Terms, area_costs, coterminosity_costs, terms
from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

F, COTERMINOSITY, NEED, BALANCE = "F", "coterminosity", "need", "balance"

TRADED = (COTERMINOSITY, NEED, BALANCE)
"""Measures between which a front is drawn; need only where the criteria name one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measures:
    """How plans of some units are measured."""

    whole: Terms
    alone: Mapping[str, Terms]
    """Inertia, need and travel out of the area, each alone; those that the package and the
    criteria know."""
    n_areas: int
    most_coterminosity: float
    """What coterminosity costs at most: the weights of all geographies."""

    @classmethod
    def of(cls, places: Places, criteria: Criteria) -> Self:
        """The measures of plans of blocks."""
        nothing = replace(
            criteria,
            geographies=tuple(replace(one, weight=0.0) for one in criteria.geographies),
            inertia_weight=0.0,
            need_weight=0.0,
            flow_weight=0.0,
        )
        alone = {"inertia": replace(nothing, inertia_weight=1.0)}
        if any(need.weight > 0 for need in criteria.needs):
            alone[NEED] = replace(nothing, need_weight=1.0)
        if places.flows is not None:
            alone["travel_out"] = replace(nothing, flow_weight=1.0)
        return cls(
            whole=terms(places, criteria),
            alone={name: terms(places, weighed) for name, weighed in alone.items()},
            n_areas=criteria.areas,
            most_coterminosity=sum(one.weight for one in criteria.geographies),
        )

    def merged(self, group_of: IntVector) -> Self:
        """The measures of plans of groups of units."""
        alone = {name: one.merged(group_of) for name, one in self.alone.items()}
        return replace(self, whole=self.whole.merged(group_of), alone=alone)

    @property
    def traded(self) -> tuple[str, ...]:
        """The measures between which a front is drawn."""
        return tuple(name for name in TRADED if name != NEED or NEED in self.alone)

    def of_plan(self, area_of: IntVector) -> dict[str, float]:
        """Every measure of a plan, F first."""
        whole = self.whole
        found = {
            F: whole.constant + float(area_costs(whole, area_of).sum()),
            COTERMINOSITY: whole.coterminosity_constant
            + float(coterminosity_costs(whole, area_of).sum()),
        }
        for name, one in self.alone.items():
            found[name] = one.constant + float(area_costs(one, area_of).sum())
        people = np.bincount(area_of, weights=whole.people).astype(np.float64)
        return {**found, BALANCE: float(self._imbalance(people).sum())}

    def of_unions(self, unions: Unions) -> dict[str, FloatVector]:
        """What each union adds to F less its constant, and to the traded measures.

        Parameters
        ----------
        unions : Unions
            With coterminosity as their first measure.
        """
        people = unions.sums(self.whole.people.astype(np.float64))
        found = {
            F: np.where(np.isfinite(unions.costs), unions.costs, 0.0),
            COTERMINOSITY: unions.measures[0],
            BALANCE: self._imbalance(people),
        }
        if NEED in self.alone:
            need = self.alone[NEED]
            spread = unions.sums(need.squares)
            for figure in need.moments.T:
                spread -= unions.sums(figure) ** 2 / np.maximum(people, 1.0)
            found[NEED] = spread
        return found

    def _imbalance(self, people: FloatVector) -> FloatVector:
        total = float(self.whole.people.sum())
        apart: FloatVector = np.abs(people - total / self.n_areas) / max(total, 1.0)
        return apart
