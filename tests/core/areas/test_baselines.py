"""Existing geographies are judged as plans, and health boards merged as well as can be."""

import pytest

from folkmoot.areas.baselines import baselines
from folkmoot.geography.scores import score
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


def test_the_merged_health_boards_of_england_have_their_known_scores(
    england_places: Places, england_criteria: Criteria
) -> None:
    found = {one.name: one.plan for one in baselines(england_places, england_criteria)}
    merged = score(found["icb merged"], england_places, england_criteria)

    assert len(found["icb"].areas) == 42
    assert len(found["icb merged"].areas) == 38
    assert merged.objective == pytest.approx(0.24974, abs=5e-6)
    assert merged.coterminosity == pytest.approx(0.0772, abs=5e-5)


def test_every_block_is_placed_even_where_a_geography_leaves_it_out(
    england_places: Places, england_criteria: Criteria
) -> None:
    for one in baselines(england_places, england_criteria):
        assert one.plan.blocks == england_places.blocks.codes
