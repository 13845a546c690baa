"""Rules are judged exactly: one person over a bound is over it."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from tests.random_country import Country, countries

from folkmoot.areas.rules import broken_rules


@given(countries())
def test_broken_rules_are_those_of_a_plain_count(country: Country) -> None:
    plan, places, criteria = country.plan, country.places, country.criteria
    names = {area: area.lower() for area in plan.areas}
    graph = nx.Graph(places.borders.pairs.tolist())
    graph.add_nodes_from(range(len(places.blocks)))
    expected = set()
    for number, area in enumerate(plan.areas):
        inside = np.flatnonzero(plan.area_of == number)
        people = places.blocks.population[inside].sum()
        if not criteria.minimum_population <= people <= criteria.maximum_population:
            expected.add((area, "population"))
        if not nx.is_connected(graph.subgraph(inside.tolist())):
            expected.add((area, "connection"))

    found = broken_rules(plan, places, criteria, names)

    assert {(one.area, one.rule) for one in found} == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(("over", "words"), [(0, ()), (1, ("has 9 people, more than 8",))])
@given(country=countries(most_blocks=2))
def test_one_person_over_a_bound_is_over_it(
    country: Country, over: int, words: tuple[str, ...]
) -> None:
    people = np.zeros(len(country.plan.blocks), dtype=np.int64)
    people[0] = 8 + over
    blocks = replace(country.places.blocks, population=people)
    criteria = replace(country.criteria, minimum_population=0, maximum_population=8)
    names = dict.fromkeys(country.plan.areas, "Ash")

    found = broken_rules(country.plan, replace(country.places, blocks=blocks), criteria, names)

    told = tuple(one.words for one in found if one.rule == "population")
    assert told == tuple(f"Ash {one}" for one in words)
