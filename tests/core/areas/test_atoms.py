"""Atoms are connected, agree on every named geography, and are as large as can be."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.areas.plain_plans import is_joined, neighbours
from tests.random_country import ROLE_OF, Country, countries

from folkmoot.areas.atoms import Units, atoms
from folkmoot.geography.terms import terms
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

names = st.lists(st.sampled_from(sorted(ROLE_OF)), min_size=1, max_size=3, unique=True)


@settings(max_examples=50)
@given(countries(), names)
def test_atoms_are_connected_blocks_that_agree_and_no_two_could_be_one(
    country: Country, agreeing: list[str]
) -> None:
    places, n = country.places, len(country.places.blocks)
    held = [places.geographies[name].dominant(n).tolist() for name in agreeing]
    kind = list(zip(*held, strict=True))
    pairs = places.borders.pairs.tolist()

    found = atoms(places, agreeing)

    for atom in set(found.tolist()):
        members = set(np.flatnonzero(found == atom).tolist())
        assert len({kind[block] for block in members}) == 1
        assert is_joined(members, neighbours(n, pairs))
    assert all((kind[a] == kind[b]) == (found[a] == found[b]) for a, b in pairs)


@settings(max_examples=50)
@given(countries())
def test_without_names_each_block_is_an_atom(country: Country) -> None:
    n = len(country.places.blocks)

    assert atoms(country.places, ()).tolist() == list(range(n))


@settings(max_examples=50)
@given(countries(), names)
def test_units_touch_where_their_blocks_do(country: Country, agreeing: list[str]) -> None:
    places = country.places
    unit_of = atoms(places, agreeing)
    units = Units.of(places, terms(places, country.criteria), unit_of)
    expected = {
        tuple(sorted((int(unit_of[a]), int(unit_of[b]))))
        for a, b in places.borders.pairs
        if unit_of[a] != unit_of[b]
    }

    graph = units.graph()

    assert [tuple(pair) for pair in units.pairs.tolist()] == sorted(expected)
    for unit in range(len(units)):
        touching = graph.neighbours[graph.starts[unit] : graph.starts[unit + 1]].tolist()
        assert touching == sorted({a + b - unit for a, b in expected if unit in (a, b)})


def test_england_has_167_atoms(england_places: Places, england_criteria: Criteria) -> None:
    assert atoms(england_places, england_criteria.atoms).max() + 1 == 167
