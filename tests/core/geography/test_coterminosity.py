"""How existing geographies fit: the facts of England, and what holds anywhere."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from tests.random_country import ROLE_OF, Country, countries

from folkmoot.geography.coterminosity import nested_shares, shared_areas, uncut
from folkmoot.geography.errors import MissingGeographyError
from folkmoot.vocabulary.places import Places

FACTS = {
    "icb": (42, 95.2, 12),
    "police": (39, 100.0, 0),
    "combined_authority": (16, 55.9, 0),
    "ttwa": (155, 52.7, 145),
    "lep": (38, 97.9, 5),
}
"""Areas, per cent of people whose district lies wholly in one, and districts that are split."""


@pytest.mark.parametrize("geography", FACTS)
def test_england_nests_as_is_known(geography: str, england_places: Places) -> None:
    found = next(one for one in nested_shares(england_places) if one.geography == geography)

    assert (found.areas, round(100 * found.whole_share, 1), found.split_blocks) == FACTS[geography]


def test_districts_in_a_second_lep_are_counted(england_places: Places) -> None:
    second = next(one for one in nested_shares(england_places) if one.geography == "lep_overlap")

    assert len(england_places.blocks) - second.outside_blocks == 28
    assert second.uneven_blocks > 0


def test_only_two_areas_are_the_same_for_health_police_and_combined_authorities(
    england_places: Places,
) -> None:
    found = shared_areas(england_places, ("icb", "police", "combined_authority"))

    on_all = [one.names[-1] for one in found if len(one.geographies) == 3]
    assert on_all == ["Greater Manchester", "South Yorkshire"]


def test_boards_and_forces_leave_twenty_pieces(england_places: Places) -> None:
    assert uncut(england_places, ("icb", "police")).max() + 1 == 20


@given(countries())
def test_every_block_is_whole_split_or_outside(country: Country) -> None:
    people = country.places.blocks.population
    for found in nested_shares(country.places):
        geography = country.places.geographies[found.geography]
        held = [int((geography.block == block).sum()) for block in range(len(people))]

        assert found.whole_people == sum(
            p for p, n in zip(people.tolist(), held, strict=True) if n == 1
        )
        assert found.split_blocks == sum(n > 1 for n in held)
        assert found.outside_blocks == held.count(0)
        assert 0 <= found.whole_share <= 1


@given(countries())
def test_no_area_is_cut_by_the_uncut_pieces_and_none_can_be_finer(country: Country) -> None:
    places, names = country.places, tuple(ROLE_OF)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(places.blocks)))
    for name in names:
        geography = places.geographies[name]
        graph.add_edges_from(
            (block, (name, area))
            for block, area in zip(geography.block.tolist(), geography.area.tolist(), strict=True)
        )

    labels = uncut(places, names)

    together = [
        {one for one in part if isinstance(one, int)} for part in nx.connected_components(graph)
    ]
    assert sorted(map(sorted, together)) == sorted(
        np.flatnonzero(labels == label).tolist() for label in set(labels.tolist())
    )


@given(countries())
def test_shared_areas_hold_the_same_part_of_every_block(country: Country) -> None:
    places = country.places
    for found in shared_areas(places, tuple(ROLE_OF)):
        extents = []
        for name, code in zip(found.geographies, found.codes, strict=True):
            geography = places.geographies[name]
            rows = geography.area == geography.codes.index(code)
            extents.append((geography.block[rows], geography.share[rows]))

        for blocks, shares in extents[1:]:
            assert blocks.tolist() == extents[0][0].tolist()
            assert shares == pytest.approx(extents[0][1])


def test_without_geographies_every_block_is_a_piece(england_places: Places) -> None:
    assert uncut(england_places, ()).max() + 1 == len(england_places.blocks)


def test_an_unknown_geography_is_named_with_those_there_are(england_places: Places) -> None:
    with pytest.raises(MissingGeographyError, match=r"'parish'.*It holds: ceremonial_county, "):
        uncut(england_places, ("parish",))
