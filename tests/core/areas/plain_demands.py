"""Plans under demands, by trying every plan in plain Python; countries that have one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from tests.core.areas.plain_plans import Area, joined_areas, neighbours, plans
from tests.random_country import Country, countries

from folkmoot.areas.demands import (
    Apart,
    AtLeast,
    AtMost,
    Between,
    Demand,
    Keep,
    Together,
    Within,
)
from folkmoot.geography.terms import area_costs, terms
from folkmoot.vocabulary.places import Borders, Places


def meets(plan: Sequence[Area], one: Demand, places: Places) -> bool:  # noqa: PLR0911 - a case a kind
    """Whether a plan, as sets of positions, meets a demand; in plain words."""
    at = places.blocks.position()
    people = places.blocks.population.tolist()
    match one:
        case Together(first, second):
            return any({at[first], at[second]} <= area for area in plan)
        case Apart(first, second):
            return not any({at[first], at[second]} <= area for area in plan)
        case Keep(blocks):
            return {at[block] for block in blocks} in plan
        case Within(name):
            home = places.geographies[name].dominant(len(people)).tolist()
            return all(len({home[block] for block in area}) == 1 for area in plan)
        case AtLeast(least):
            return all(sum(people[block] for block in area) >= least for area in plan)
        case AtMost(most):
            return all(sum(people[block] for block in area) <= most for area in plan)
        case Between(fewest, most):
            return fewest <= len(plan) <= most
    raise AssertionError(one)


def cheapest(country: Country, demands: Sequence[Demand]) -> float:
    """F of the cheapest plan that meets demands, by trying every plan; infinite without one."""
    places, criteria = country.places, country.criteria
    people = places.blocks.population.tolist()
    known, n = terms(places, criteria), len(people)
    bounds = criteria.minimum_population, criteria.maximum_population
    every = joined_areas(neighbours(n, places.borders.pairs.tolist()), people, bounds)
    is_free = any(isinstance(one, Between) for one in demands)
    best = np.inf
    for count in range(1, n + 1) if is_free else [criteria.areas]:
        for plan in plans(every, frozenset(range(n)), count):
            if all(meets(plan, one, places) for one in demands):
                labels = np.zeros(n, dtype=np.int64)
                for number, area in enumerate(plan):
                    labels[list(area)] = number
                best = min(best, float(known.constant + area_costs(known, labels).sum()))
    return best


@st.composite
def joined(draw: st.DrawFn) -> Country:
    """A country that has a plan: its blocks stand in a row, and some runs of them are areas."""
    country = draw(countries(most_blocks=7))
    places, n = country.places, len(country.places.blocks)
    pairs = sorted({*map(tuple, places.borders.pairs.tolist()), *pairwise(range(n))})
    cuts = sorted(draw(st.sets(st.integers(1, n - 1))))
    labels = np.searchsorted(cuts, np.arange(n), side="right")
    people = np.bincount(labels, weights=places.blocks.population).astype(int).tolist()
    return replace(
        country,
        places=replace(
            places,
            borders=Borders(
                pairs=np.array(pairs, dtype=np.int64),
                kinds=("land",) * len(pairs),
                shared_border_km=np.ones(len(pairs)),
                centroid_distance_km=np.ones(len(pairs)),
            ),
        ),
        criteria=replace(
            country.criteria,
            areas=len(people),
            minimum_population=draw(st.integers(0, min(people))),
            maximum_population=max(people) + draw(st.integers(0, 5000)),
        ),
    )
