"""Terms: sums from which F follows, equal to the definitions in plain Python."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.geography.plain_scores import plain_scores
from tests.random_country import Country, countries

from folkmoot.geography.needs import need_values
from folkmoot.geography.terms import SparseRows, Terms, area_costs, coterminosity_costs, terms
from folkmoot.vocabulary.criteria import NeedCriterion
from folkmoot.vocabulary.places import Places


def of(country: Country) -> Terms:
    return terms(country.places, country.criteria)


@settings(max_examples=50)
@given(countries())
def test_the_costs_of_areas_and_a_constant_make_f(country: Country) -> None:
    places, criteria = country.places, country.criteria
    needs = {one.name: need_values(places, one).tolist() for one in criteria.needs}
    expected = plain_scores(country.plan, places, criteria, needs)
    found = of(country)

    objective = area_costs(found, country.plan.area_of).sum() + found.constant
    crossing = coterminosity_costs(found, country.plan.area_of).sum()

    assert objective == pytest.approx(expected["objective", ""], abs=1e-9)
    assert crossing + found.coterminosity_constant == pytest.approx(
        expected["coterminosity", ""], abs=1e-9
    )


@settings(max_examples=50)
@given(countries(), st.data())
def test_an_area_costs_the_same_whatever_else_is_in_the_plan(
    country: Country, data: st.DataObject
) -> None:
    found, n = of(country), len(country.places.blocks)
    labels = country.plan.area_of
    others = np.flatnonzero(labels != 0)
    moved = labels.copy()
    moved[others] = 1 + np.array(data.draw(st.permutations(range(len(others)))), dtype=np.int64)

    assert area_costs(found, moved)[0] == pytest.approx(area_costs(found, labels)[0], abs=1e-12)
    assert len(moved) == n


@settings(max_examples=50)
@given(countries(), st.data())
def test_merging_in_two_steps_is_merging_in_one(country: Country, data: st.DataObject) -> None:
    found, n = of(country), len(country.places.blocks)
    atom_of = np.array([data.draw(st.integers(0, block)) for block in range(n)])
    atom_of = np.unique(atom_of, return_inverse=True)[1]
    n_atoms = int(atom_of.max()) + 1
    area_of = np.array([data.draw(st.integers(0, atom)) for atom in range(n_atoms)])
    area_of = np.unique(area_of, return_inverse=True)[1]

    once = area_costs(found, area_of[atom_of])
    twice = area_costs(found.merged(atom_of), area_of)

    assert twice == pytest.approx(once, abs=1e-12)
    assert found.merged(atom_of).people.sum() == country.places.population


@settings(max_examples=50)
@given(countries())
def test_where_the_grid_begins_makes_no_difference(country: Country) -> None:
    blocks = country.places.blocks
    far = replace(blocks, easting=blocks.easting + 2.0**23, northing=blocks.northing - 2.0**24)
    moved = terms(replace(country.places, blocks=far), country.criteria)

    assert area_costs(moved, country.plan.area_of) == pytest.approx(
        area_costs(of(country), country.plan.area_of), abs=1e-9
    )


entries = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(-9, 9)), max_size=30)


@given(entries)
def test_sparse_rows_add_up_like_a_whole_matrix(found: list[tuple[int, int, int]]) -> None:
    whole = np.zeros((5, 7))
    for row, column, value in found:
        whole[row, column] += value
    rows, columns, values = np.array(found, dtype=np.int64).reshape(-1, 3).T

    summed = SparseRows.summed(rows, columns, values.astype(np.float64), n_rows=5)

    assert np.array_equal(summed.dense(7), whole)
    assert np.array_equal(summed.row, np.sort(summed.row))


def test_a_need_that_the_package_lacks_is_no_figure(england_places: Places) -> None:
    with pytest.raises(KeyError):
        need_values(england_places, NeedCriterion(indicator="no-such-thing", weight=1.0))
