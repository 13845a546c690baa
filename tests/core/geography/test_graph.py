"""The border graph agrees with networkx, and keeps no chain waiting."""

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.random_country import Country, countries

from folkmoot.geography.graph import components, neighbours, pieces
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.places import Places

graphs = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)))
    )
)


@given(graphs)
def test_components_are_those_of_networkx(graph: tuple[int, list[tuple[int, int]]]) -> None:
    n, pairs = graph
    other = nx.Graph(pairs)
    other.add_nodes_from(range(n))

    labels = components(n, np.array(pairs, dtype=np.int64).reshape(-1, 2))

    assert {frozenset(np.flatnonzero(labels == label).tolist()) for label in set(labels)} == {
        frozenset(part) for part in nx.connected_components(other)
    }


@given(graphs)
def test_components_are_numbered_by_their_first_member(
    graph: tuple[int, list[tuple[int, int]]],
) -> None:
    n, pairs = graph

    labels = components(n, np.array(pairs, dtype=np.int64).reshape(-1, 2)).tolist()

    assert list(dict.fromkeys(labels)) == list(range(len(set(labels))))


def test_a_chain_of_a_hundred_thousand_is_one_component() -> None:
    n = 100_000
    order = np.random.default_rng(1).permutation(n)

    labels = components(n, np.column_stack([order[:-1], order[1:]]))

    assert not labels.any()


@given(countries())
def test_neighbours_are_those_that_the_borders_name(country: Country) -> None:
    pairs = country.places.borders.pairs
    graph = nx.Graph(pairs.tolist())
    graph.add_nodes_from(range(len(country.places.blocks)))

    found = neighbours(country.places)

    for block in graph:
        assert found.of(block).tolist() == sorted(graph[block])
        borders = found.borders[found.starts[block] : found.starts[block + 1]]
        for border, other in zip(borders, found.of(block), strict=True):
            assert sorted((block, other)) == pairs[border].tolist()


@given(countries())
def test_pieces_are_the_components_of_each_broken_area(country: Country) -> None:
    plan, places = country.plan, country.places
    graph = nx.Graph(places.borders.pairs.tolist())
    graph.add_nodes_from(range(len(places.blocks)))
    people = places.blocks.population.tolist()
    expected = {}
    for number, area in enumerate(plan.areas):
        inside = np.flatnonzero(plan.area_of == number).tolist()
        parts = [sorted(part) for part in nx.connected_components(graph.subgraph(inside))]
        parts.sort(key=lambda part: (-sum(people[block] for block in part), part[0]))
        if len(parts) > 1:
            expected[area] = tuple(
                tuple(places.blocks.codes[block] for block in part) for part in parts
            )

    assert pieces(plan, places) == expected


def test_england_is_one_piece_only_with_its_links(england_places: Places) -> None:
    borders, n = england_places.borders, len(england_places.blocks)
    is_land = np.array(borders.kinds) == "land"

    assert components(n, borders.pairs).max() == 0
    assert components(n, borders.pairs[is_land]).max() == 2


def test_a_whole_country_in_one_area_is_not_broken(england_places: Places) -> None:
    blocks = england_places.blocks.codes
    one = AreaPlan.labelled(blocks, np.zeros(len(blocks), dtype=np.int64))

    assert pieces(one, england_places) == {}
