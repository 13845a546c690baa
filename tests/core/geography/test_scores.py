"""Scores: equal to the definitions in plain Python, and lawful in every country."""

from dataclasses import replace
from math import isclose
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy
from tests.core.geography.plain_scores import plain_scores
from tests.random_country import Country, countries, shuffled

from folkmoot.geography.agreement import agreement, information_by_area, unsettled
from folkmoot.geography.errors import (
    MissingFlowsError,
    MissingGeographyError,
    OtherPlacesError,
)
from folkmoot.geography.needs import need_values
from folkmoot.geography.scores import Scores, score
from folkmoot.geography.terms import area_costs, terms
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

tables = (
    st.integers(1, 5)
    .flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 900), min_size=width, max_size=width), min_size=1, max_size=5
        )
    )
    .map(lambda rows: np.array(rows, dtype=np.float64))
    .filter(lambda table: table.any())
)


def boards(places: Places, geography: str = "icb") -> AreaPlan:
    """The areas of a geography as a plan."""
    labels = places.geographies[geography].dominant(len(places.blocks))
    return AreaPlan.labelled(places.blocks.codes, labels)


@given(countries())
def test_every_score_equals_the_definition_in_plain_python(country: Country) -> None:
    places, criteria = country.places, country.criteria
    needs = {one.name: need_values(places, one).tolist() for one in criteria.needs}

    found = {(m, g): value for m, g, value in score(country.plan, places, criteria).rows()}

    expected = plain_scores(country.plan, places, criteria, needs)
    assert expected.keys() <= found.keys()
    for key, value in expected.items():
        assert isclose(found[key], value, rel_tol=1e-9, abs_tol=1e-9), key


@pytest.mark.parametrize("geography", ["icb", "police", "lep", "ttwa", "region"])
def test_every_score_of_a_real_map_equals_the_definition(
    geography: str, england_places: Places, england_criteria: Criteria
) -> None:
    plan = boards(england_places, geography)
    needs = {one.name: need_values(england_places, one).tolist() for one in england_criteria.needs}

    found = {(m, g): value for m, g, value in score(plan, england_places, england_criteria).rows()}

    for key, value in plain_scores(plan, england_places, england_criteria, needs).items():
        assert isclose(found[key], value, rel_tol=1e-9, abs_tol=1e-9), key


@given(countries())
def test_f_is_the_sum_of_its_terms_and_of_its_areas(country: Country) -> None:
    found = score(country.plan, country.places, country.criteria)

    assert isclose(sum(found.costs), found.objective, abs_tol=1e-12)
    assert isclose(sum(area.cost for area in found.areas), found.objective, abs_tol=1e-12)
    assert all(cost >= 0 for area in found.areas for cost in area.costs)


@given(countries(), st.randoms(use_true_random=False))
def test_scores_do_not_depend_on_the_order_or_names_of_blocks(
    country: Country, chance: Random
) -> None:
    order = list(range(len(country.places.blocks)))
    chance.shuffle(order)
    other = shuffled(country, order)

    assert_alike(
        score(country.plan, country.places, country.criteria),
        score(other.plan, other.places, other.criteria),
    )


@given(countries(), st.randoms(use_true_random=False))
def test_scores_do_not_depend_on_the_order_or_names_of_areas(
    country: Country, chance: Random
) -> None:
    names = [f"name {n}" for n in range(len(country.plan.areas))]
    chance.shuffle(names)
    called = dict(zip(country.plan.areas, names, strict=True))
    renamed = AreaPlan.of(
        {block: AreaCode(called[country.plan.area(block)]) for block in country.plan.blocks}
    )

    assert_alike(
        score(country.plan, country.places, country.criteria),
        score(renamed, country.places, country.criteria),
    )


def assert_alike(first: Scores, second: Scores) -> None:
    for (measure, name, value), other in zip(first.rows(), second.rows(), strict=True):
        assert other[:2] == (measure, name)
        assert isclose(value, other[2], rel_tol=1e-9, abs_tol=1e-9), (measure, name)


@given(tables)
def test_a_division_agrees_wholly_with_itself_and_alike_both_ways(table: np.ndarray) -> None:
    itself = agreement(np.diag(table.sum(axis=0)))
    there, back = agreement(table), agreement(table.T)

    assert itself.variation_of_information == 0
    assert itself.v_measure == 1
    assert itself.nested_share == 1
    assert itself.misplaced_people == 0
    assert isclose(there.variation_of_information, back.variation_of_information, abs_tol=1e-12)
    assert isclose(there.v_measure, back.v_measure, abs_tol=1e-9)
    assert isclose(there.homogeneity, back.completeness, abs_tol=1e-12)


@given(tables)
def test_shares_lie_between_nought_and_one(table: np.ndarray) -> None:
    found = agreement(table)

    for share in (found.homogeneity, found.completeness, found.v_measure, found.nested_share):
        assert 0 <= share <= 1
    assert found.variation_of_information >= 0
    assert 0 <= found.misplaced_people <= found.people


@given(tables)
def test_merging_areas_of_one_category_leaves_no_more_to_ask(table: np.ndarray) -> None:
    alone = np.zeros((2, table.shape[1]))
    alone[:, 0] = (30.0, 12.0)
    apart = np.vstack([table, alone])
    merged = np.vstack([table, alone.sum(axis=0)])

    assert unsettled(merged).sum() <= unsettled(apart).sum() + 1e-12


@given(tables)
def test_information_by_area_sums_to_the_whole(table: np.ndarray) -> None:
    by_area = information_by_area(table)

    assert (by_area >= 0).all()
    assert isclose(by_area.sum(), agreement(table).variation_of_information, abs_tol=1e-12)


@given(tables)
def test_entropies_agree_with_scipy(table: np.ndarray) -> None:
    joint = entropy(table.ravel())
    plan, geography = entropy(table.sum(axis=1)), entropy(table.sum(axis=0))

    found = agreement(table)

    assert isclose(found.entropy, geography, abs_tol=1e-12)
    assert isclose(found.variation_of_information, 2 * joint - plan - geography, abs_tol=1e-9)
    assert isclose(unsettled(table).sum(), joint - plan, abs_tol=1e-9)


def test_a_map_fits_itself_exactly(england_places: Places, england_criteria: Criteria) -> None:
    found = score(boards(england_places, "police"), england_places, england_criteria)

    police = next(fit for fit in found.geographies if fit.criterion.name == "police")
    assert police.cost == 0
    assert police.agreement.v_measure == 1
    assert police.agreement.nested_share == police.areas_within_share == 1


@given(countries())
def test_the_sums_that_the_search_uses_give_the_same_f(country: Country) -> None:
    sums = terms(country.places, country.criteria)
    found = area_costs(sums, country.plan.area_of)

    objective = score(country.plan, country.places, country.criteria).objective

    assert isclose(sums.constant + found.sum(), objective, rel_tol=1e-9, abs_tol=1e-9)


def test_one_area_for_all_costs_nothing_but_its_own_size(
    england_places: Places, england_criteria: Criteria
) -> None:
    blocks = england_places.blocks.codes
    one = AreaPlan.labelled(blocks, np.zeros(len(blocks), dtype=np.int64))

    found = score(one, england_places, england_criteria)

    assert found.self_containment == 1
    assert found.inertia == pytest.approx(1)
    assert found.need == pytest.approx(1)
    assert found.people_out_of_bounds == england_places.population
    assert all(fit.agreement.nested_share == 1 for fit in found.geographies)


def test_every_block_an_area_of_its_own_is_scored_too(
    england_places: Places, england_criteria: Criteria
) -> None:
    blocks = england_places.blocks.codes
    each = AreaPlan.labelled(blocks, np.arange(len(blocks)))

    found = score(each, england_places, england_criteria)

    assert found.inertia == pytest.approx(0, abs=1e-12)
    assert found.need == pytest.approx(0, abs=1e-12)
    police = next(fit for fit in found.geographies if fit.criterion.name == "police")
    assert police.areas_within_share == 1


def test_a_plan_for_other_places_is_refused_with_the_codes_that_differ(
    england_places: Places, england_criteria: Criteria
) -> None:
    with pytest.raises(OtherPlacesError, match=r"leaves out E06000001.*places X1, which") as raised:
        score(AreaPlan.of({BlockCode("X1"): AreaCode("A01")}), england_places, england_criteria)

    assert raised.value.args == (england_places.name, raised.value.missing, ("X1",))
    assert len(raised.value.missing) == 296


@given(countries(most_blocks=3))
def test_what_the_package_lacks_is_named(country: Country) -> None:
    no_flows = replace(country.places, flows=None)
    no_shire = replace(country.places, geographies={})
    weighed = replace(country.criteria, flow_weight=0.1)

    with pytest.raises(MissingFlowsError, match="has no flows"):
        score(country.plan, no_flows, weighed)
    with pytest.raises(MissingGeographyError, match="no geography called 'board'"):
        score(country.plan, no_shire, country.criteria)


@given(countries(most_blocks=4))
def test_without_flows_self_containment_is_unknown_and_not_nought(country: Country) -> None:
    unweighed = replace(country.criteria, flow_weight=0.0)

    found = score(country.plan, replace(country.places, flows=None), unweighed)

    assert found.self_containment is None
    assert found.areas[0].self_containment_supply is None
    assert "self_containment" not in {measure for measure, _, _ in found.rows()}
