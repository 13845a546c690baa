"""What areas match and cross: exact, and complete."""

import numpy as np
import pytest
from hypothesis import given
from tests.random_country import Country, countries

from folkmoot.areas.matches import RELATION_COLUMNS, crossed, matched, relations
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


@given(countries())
def test_relations_are_what_the_blocks_say(country: Country) -> None:
    plan, places = country.plan, country.places
    people = places.blocks.population.tolist()
    found = relations(plan, places, country.criteria)

    for one in found:
        geography = places.geographies[one.geography]
        other = geography.codes.index(one.code)
        inside = {
            block
            for block in range(len(people))
            if plan.areas[plan.area_of[block]] == one.area and people[block]
        }
        rows = zip(geography.block.tolist(), geography.area.tolist(), strict=True)
        entries = [(block, area) for block, area in rows if people[block]]
        holds_all = all(block in inside for block, area in entries if area == other)
        only_other = {block for block, area in entries if area == other} - {
            block for block, area in entries if area != other
        }
        is_within = inside <= only_other
        expected = {
            (True, True): "equal",
            (True, False): "contains",
            (False, True): "within",
            (False, False): "crosses",
        }[holds_all, is_within]
        assert one.relation == expected


@given(countries())
def test_shares_of_an_area_sum_to_its_people_in_the_geography(country: Country) -> None:
    plan, places = country.plan, country.places
    found = relations(plan, places, country.criteria)

    for wanted in country.criteria.geographies:
        table = places.contingency(places.geographies[wanted.name], plan.area_of, len(plan.areas))
        mine = [one for one in found if one.geography == wanted.name]
        assert sum(one.people for one in mine) == pytest.approx(table.sum())
        assert len(mine) == np.count_nonzero(table)


def test_greater_manchester_matches_five_maps(
    england_places: Places, england_criteria: Criteria
) -> None:
    labels = england_places.geographies["police"].dominant(296)
    plan = AreaPlan.labelled(england_places.blocks.codes, labels)
    area = plan.area(england_places.blocks.codes[england_places.blocks.names.index("Manchester")])

    found = relations(plan, england_places, england_criteria)

    assert matched(found, area) == (
        "Greater Manchester integrated care board; Greater Manchester police; "
        "Greater Manchester local enterprise partnership; "
        "Greater Manchester ceremonial county; Greater Manchester combined authority"
    )
    assert "travel-to-work area" in crossed(found, area)
    assert "police" not in crossed(found, area)


def test_a_row_stands_under_its_columns(england_places: Places, england_criteria: Criteria) -> None:
    labels = england_places.geographies["icb"].dominant(296)
    plan = AreaPlan.labelled(england_places.blocks.codes, labels)

    row = dict(
        zip(
            RELATION_COLUMNS,
            relations(plan, england_places, england_criteria)[0].row(),
            strict=True,
        )
    )

    assert row["area"] == "A01"
    assert row["geography"] == "icb"
    assert row["relation"] in ("equal", "contains", "within", "crosses")
    assert isinstance(row["people"], int)
