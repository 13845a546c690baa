"""Names of areas: what people call them, each its own, the same every time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.random_country import Country, countries

from folkmoot.areas.names import name_areas
from folkmoot.parameters.names import naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


def of_blocks(places: Places, *groups: tuple[str, ...]) -> AreaPlan:
    """A plan with these groups of blocks, by name, and the rest in one more area."""
    number = {name: n for n, group in enumerate(groups, 1) for name in group}
    labels = [number.get(name, 0) for name in places.blocks.names]
    return AreaPlan.of(
        {
            block: AreaCode(f"A{label}")
            for block, label in zip(places.blocks.codes, labels, strict=True)
        }
    )


@pytest.mark.parametrize(
    ("blocks", "name"),
    [
        (("Sheffield", "Rotherham", "Doncaster", "Barnsley"), "South Yorkshire"),
        (("Kingston upon Hull, City of", "East Riding of Yorkshire"), "Hull and East Yorkshire"),
        (("Bristol, City of",), "Bristol"),
        (
            ("Herefordshire, County of", "Shropshire", "Telford and Wrekin"),
            "Herefordshire and Shropshire",
        ),
        (("Leeds", "Bradford", "Wakefield"), "Bradford, Leeds and Wakefield"),
        (("Slough", "Windsor and Maidenhead"), "Slough with Windsor and Maidenhead"),
        (("York", "North Yorkshire", "Leeds"), "Leeds, North Yorkshire and York"),
        (
            ("Norwich", "Broadland", "South Norfolk", "Breckland"),
            "South Norfolk, Norwich and Breckland",
        ),
    ],
)
def test_an_area_is_called_what_people_call_it(
    blocks: tuple[str, ...], name: str, england_places: Places, england_criteria: Criteria
) -> None:
    plan = of_blocks(england_places, blocks)

    assert name_areas(plan, england_places, england_criteria)[AreaCode("A1")] == name


def test_an_area_that_is_nearly_a_county_has_its_name(
    england_places: Places, england_criteria: Criteria
) -> None:
    devon = [
        name
        for name, tier in zip(
            england_places.blocks.names,
            england_places.blocks.column("upper_tier_name"),
            strict=True,
        )
        if tier in ("Devon", "Plymouth", "Torbay")
    ]
    plan = of_blocks(england_places, tuple(name for name in devon if name != "West Devon"))

    assert name_areas(plan, england_places, england_criteria)[AreaCode("A1")] == "Devon"


@pytest.mark.parametrize("geography", ["icb", "police", "lep", "ttwa", "upper_tier", "sub_icb"])
def test_real_maps_have_short_names_each_its_own(
    geography: str, england_places: Places, england_criteria: Criteria
) -> None:
    labels = england_places.geographies[geography].dominant(296)
    plan = AreaPlan.labelled(england_places.blocks.codes, labels)

    names = name_areas(plan, england_places, england_criteria)

    assert list(names) == list(plan.areas)
    assert len(set(names.values())) == len(names)
    assert max(map(len, names.values())) <= naming().longest
    assert not [name for name in names.values() if "NHS" in name or "Board" in name]


def test_names_need_no_criteria(england_places: Places) -> None:
    labels = england_places.geographies["police"].dominant(296)
    plan = AreaPlan.labelled(england_places.blocks.codes, labels)

    assert (
        name_areas(plan, england_places)[plan.area(england_places.blocks.codes[0])] == "Cleveland"
    )


@given(countries())
def test_every_area_has_a_name_of_its_own(country: Country) -> None:
    names = name_areas(country.plan, country.places, country.criteria)

    assert list(names) == list(country.plan.areas)
    assert len(set(names.values())) == len(names)
    assert all(names.values())


@given(countries())
def test_names_do_not_depend_on_the_codes_of_areas(country: Country) -> None:
    plan = country.plan
    other_code = dict(zip(plan.areas, reversed(plan.areas), strict=True))
    renamed = AreaPlan.of({block: other_code[plan.area(block)] for block in plan.blocks})

    first = name_areas(plan, country.places, country.criteria)
    second = name_areas(renamed, country.places, country.criteria)

    assert {block: first[plan.area(block)] for block in plan.blocks} == {
        block: second[renamed.area(block)] for block in plan.blocks
    }


def test_areas_of_one_name_are_told_apart(england_places: Places) -> None:
    same = replace(
        england_places,
        blocks=replace(england_places.blocks, names=("Newtown",) * 296),
        geographies={},
    )
    plan = AreaPlan.labelled(same.blocks.codes, np.arange(296) // 100)

    assert set(name_areas(plan, same).values()) == {
        "Newtown, Newtown and Newtown",
        "Newtown and Newtown",
        "Newtown",
    }
