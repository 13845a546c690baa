"""Groups of neighbouring areas: the best of every size, and a partition into large enough ones."""

from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.services.neighbours import LARGEST_GROUP, Neighbours
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Places


def neighbours(populations: list[int], borders: set[tuple[int, int]]) -> Neighbours:
    touching: list[set[int]] = [set() for _ in populations]
    for one, other in borders:
        touching[one].add(other)
        touching[other].add(one)
    return Neighbours(
        areas=tuple(AreaCode(f"A{n:02d}") for n in range(len(populations))),
        populations=tuple(populations),
        touching=tuple(map(frozenset, touching)),
    )


@st.composite
def maps(draw: st.DrawFn) -> Neighbours:
    size = draw(st.integers(1, 8))
    people = draw(st.lists(st.integers(1, 1000), min_size=size, max_size=size))
    pairs = list(combinations(range(size), 2))
    borders = draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    return neighbours(people, borders)


def graph(found: Neighbours) -> nx.Graph:
    drawn = nx.Graph()
    drawn.add_nodes_from(range(len(found.areas)))
    drawn.add_edges_from((a, b) for a, near in enumerate(found.touching) for b in near)
    return drawn


@given(maps())
def test_the_best_group_of_each_size_is_the_best_of_all_there_are(found: Neighbours) -> None:
    drawn = graph(found)
    for area, best in enumerate(found.group_populations):
        for size in range(1, LARGEST_GROUP + 1):
            groups = [
                group
                for n in range(1, size + 1)
                for group in combinations(range(len(found.areas)), n)
                if area in group and nx.is_connected(drawn.subgraph(group))
            ]
            assert best[size - 1] == max(sum(found.populations[a] for a in g) for g in groups)


@given(maps(), st.integers(1, 5000))
def test_join_is_the_least_size_that_serves_every_area(found: Neighbours, people: int) -> None:
    size = found.join(people)

    if size is None:
        assert found.smallest_best(LARGEST_GROUP) < people
    else:
        assert found.smallest_best(size) >= people
        assert size == 1 or found.smallest_best(size - 1) < people


@given(maps(), st.integers(0, 5000), st.integers(1, 3))
def test_groups_are_connected_cover_all_and_are_large_enough_where_they_can_be(
    found: Neighbours, people: int, least_areas: int
) -> None:
    groups = found.groups(people, least_areas=least_areas)
    at = {area: n for n, area in enumerate(found.areas)}
    drawn = graph(found)

    assert sorted(area for group in groups for area in group) == list(found.areas)
    for group in groups:
        members = [at[area] for area in group]
        assert nx.is_connected(drawn.subgraph(members))
        is_short = sum(found.populations[a] for a in members) < people or len(group) < least_areas
        if is_short:
            assert set(members) == nx.node_connected_component(drawn, members[0])


def test_the_lead_is_the_area_with_most_people_the_earlier_at_a_tie() -> None:
    found = neighbours([5, 9, 9], {(0, 1), (1, 2)})
    assert found.lead(found.areas) == "A01"


def test_areas_touch_where_their_blocks_do(england_places: Places) -> None:
    geography = england_places.geographies["region"]
    plan = AreaPlan.labelled(
        england_places.blocks.codes, geography.dominant(len(england_places.blocks))
    )
    found = Neighbours.of(plan, england_places)

    assert sum(found.populations) == england_places.population
    for one, near in enumerate(found.touching):
        assert one not in near
        assert all(one in found.touching[other] for other in near)
    assert nx.is_connected(graph(found))
    assert np.all(np.array(found.populations) > 0)
