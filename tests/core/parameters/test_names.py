"""Titles become names that people use, and every English geography has a noun."""

import pytest

from folkmoot.parameters.names import listed, naming
from folkmoot.vocabulary.places import Places


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("NHS South Yorkshire Integrated Care Board", "South Yorkshire"),
        ("NHS Central East ICB", "Central East"),
        (
            "Greater London Authority (not a combined authority; strategic authority)",
            "Greater London",
        ),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("London, City of", "City of London"),
        ("Devon & Cornwall", "Devon and Cornwall"),
        ("Metropolitan Police", "Metropolitan"),
        ("County Durham", "County Durham"),
        ("NHS ", "NHS "),
    ],
)
def test_a_title_is_stripped_to_its_place(title: str, name: str) -> None:
    assert naming().name(title) == name


def test_every_geography_of_the_packaged_england_has_a_noun(england_places: Places) -> None:
    assert england_places.geographies.keys() <= naming().nouns.keys()


def test_a_list_of_one_or_none_has_no_and() -> None:
    assert listed([]) == ""
    assert listed(["Ash"]) == "Ash"
    assert listed(["Ash", "Beech"]) == "Ash and Beech"
