"""What no plan could satisfy is refused at once, by name, with the mend."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from folkmoot.areas.design import design
from folkmoot.areas.errors import (
    HeavyBlocksError,
    NoPlanError,
    SeparatePiecesError,
    StrandedPieceError,
)
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


def refusal(places: Places, criteria: Criteria) -> NoPlanError:
    """What ``design`` says, and that it survives a worker process."""
    with pytest.raises(NoPlanError) as caught:
        design(places, criteria, rng=np.random.default_rng(1))
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(again) == str(caught.value)
    assert caught.value.is_proven
    return caught.value


def without_links(places: Places) -> Places:
    """England as if nobody crossed an estuary."""
    borders = places.borders
    land = np.array([kind == "land" for kind in borders.kinds])
    return replace(
        places,
        borders=replace(
            borders,
            pairs=borders.pairs[land],
            kinds=("land",) * int(land.sum()),
            shared_border_km=borders.shared_border_km[land],
            centroid_distance_km=borders.centroid_distance_km[land],
        ),
    )


def test_a_block_with_more_people_than_an_area_may_have_is_named(
    england_places: Places, england_criteria: Criteria
) -> None:
    found = refusal(england_places, replace(england_criteria, maximum_population=1_100_000))

    assert isinstance(found, HeavyBlocksError)
    assert "Birmingham (1,166,049 people)" in str(found)
    assert "Raise 'max' under [population]" in str(found)


def test_an_island_that_nothing_joins_is_named(
    england_places: Places, england_criteria: Criteria
) -> None:
    found = refusal(without_links(england_places), england_criteria)

    assert isinstance(found, StrandedPieceError)
    assert "Isle of Wight" in str(found)
    assert "140,906 people" in str(found)
    assert "link" in str(found)


def test_pieces_that_cannot_have_so_few_areas_say_how_many_they_can(
    england_places: Places, england_criteria: Criteria
) -> None:
    few = replace(england_criteria, areas=2, minimum_population=1000, maximum_population=60_000_000)

    found = refusal(without_links(england_places), few)

    assert isinstance(found, SeparatePiecesError)
    assert "3 separate piece(s)" in str(found)
    assert found.possible[0] == 3
