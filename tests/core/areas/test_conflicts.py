"""Conflicts: what pulls where, who negotiates, and what each way out costs."""

from dataclasses import replace
from math import isclose

import numpy as np
import pytest
from hypothesis import given
from tests import small_country
from tests.random_country import Country, countries

from folkmoot.areas.conflicts import (
    CONFLICT_COLUMNS,
    MISPLACED_COLUMNS,
    OPTION_COLUMNS,
    Conflicts,
    conflicts,
)
from folkmoot.areas.pulls import pulls, role_pulls
from folkmoot.geography.graph import pieces
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria, GeographyCriterion
from folkmoot.vocabulary.places import Places


@pytest.fixture(scope="module")
def square(tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, Criteria]:
    """Nine blocks: boards are the rows, economies the columns."""
    folder = tmp_path_factory.mktemp("small")
    places = read_places(small_country.write(folder))
    return places, read_criteria(small_country.write_criteria(folder), places)


def placed(text: str) -> AreaPlan:
    """A plan of the nine blocks from a picture of it."""
    areas = text.split()
    return AreaPlan.of(
        {
            BlockCode(block): AreaCode(area)
            for block, area in zip(small_country.CODES, areas, strict=True)
        }
    )


ROWS = "A1 A1 A1  A2 A2 A2  A3 A3 A3"


def test_health_pulls_to_the_area_that_holds_most_of_the_board(
    square: tuple[Places, Criteria],
) -> None:
    places, _ = square
    plan = placed("A1 A1 A2  A2 A2 A2  A3 A3 A3")

    found = pulls(plan, places, places.geographies["board"])

    assert [plan.areas[area] for area in found.tolist()] == ["A1"] * 3 + ["A2"] * 3 + ["A3"] * 3


def test_a_tie_of_people_goes_to_the_lower_code(square: tuple[Places, Criteria]) -> None:
    places, _ = square

    found = pulls(placed(ROWS), places, places.geographies["economy"])

    assert not found.any()


def test_blocks_outside_a_geography_are_pulled_nowhere(
    square: tuple[Places, Criteria],
) -> None:
    places, _ = square
    board = places.geographies["board"]
    part = replace(board, block=board.block[3:], area=board.area[3:], share=board.share[3:])

    found = pulls(placed(ROWS), places, part)

    assert found.tolist() == [-1, -1, -1, 1, 1, 1, 2, 2, 2]


def test_geographies_of_one_role_vote_by_weight_and_a_tie_stays(
    square: tuple[Places, Criteria],
) -> None:
    places, criteria = square
    plan = placed(ROWS)

    def pulled(board: float, economy: float) -> list[int]:
        voters = tuple(
            GeographyCriterion(name=name, role="health", weight=weight)
            for name, weight in (("economy", economy), ("board", board))
        )
        found = role_pulls(plan, places, replace(criteria, geographies=voters), "health")
        assert found is not None
        return [int(area) for area in found]

    assert pulled(board=0.2, economy=0.1) == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert pulled(board=0.1, economy=0.2) == [0] * 9
    assert pulled(board=0.1, economy=0.1) == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_blocks_that_touch_and_are_between_the_same_areas_negotiate_together(
    square: tuple[Places, Criteria],
) -> None:
    places, criteria = square

    found = conflicts(placed(ROWS), places, criteria)

    # The columns are held alike by all rows, so every economy pulls to A1, the lowest.
    assert [[one.block for one in group.blocks] for group in found.negotiations] == [
        ["d", "e", "f"],
        ["g", "h", "i"],
    ]
    assert [group.areas for group in found.negotiations] == [("A1", "A2"), ("A1", "A3")]
    assert found.blocks == 6
    assert found.people == 600_000


def test_an_option_names_what_it_crosses_costs_and_breaks(
    square: tuple[Places, Criteria],
) -> None:
    places, criteria = square
    plan = placed("A2 A2 A2  A1 A1 A2  A3 A3 A3")

    found = conflicts(plan, places, criteria)

    group = next(one for one in found.negotiations if one.blocks[0].block == "f")
    leave, health = group.options
    assert leave.sentence == (
        "Leave Block F with ‘Block A, Block B and Block C’, as drawn: "
        "crosses Middle board; costs nothing."
    )
    assert health.option == "health"
    assert health.moves == (("f", "A1"),)
    assert health.crosses == ()
    assert health.price < 0
    assert health.sentence.startswith(
        "Place Block F with Block D and Block E: crosses no boundary; improves the objective by "
    )


def test_an_option_that_breaks_a_rule_says_so_and_is_priced(
    square: tuple[Places, Criteria],
) -> None:
    places, criteria = square

    found = conflicts(placed(ROWS), places, criteria)

    middle, south = (group.options[-1] for group in found.negotiations)
    assert middle.breaks == ("Middle holds nothing", "North has 600,000 people, more than 400,000")
    assert south.breaks == (
        "South holds nothing",
        "North has 600,000 people, more than 400,000",
        "North is in 2 pieces",
    )
    assert south.sentence.endswith(", but then " + "; ".join(south.breaks) + ".")
    assert middle.price != 0


@given(countries())
def test_prices_are_exact_scores_of_the_moved_plan(country: Country) -> None:
    plan, places, criteria = country.plan, country.places, country.criteria
    before = score(plan, places, criteria).objective
    drawn = dict(zip(plan.blocks, (plan.areas[a] for a in plan.area_of), strict=True))

    for group in conflicts(plan, places, criteria).negotiations:
        for option in group.options:
            moved = AreaPlan.of({**drawn, **dict(option.moves)})
            after = score(moved, places, criteria).objective
            assert isclose(option.price, after - before, abs_tol=1e-12)
            apart = any("pieces" in rule for rule in option.breaks)
            assert not apart or pieces(moved, places)
        for one in group.blocks:
            alone = AreaPlan.of({**drawn, one.block: one.health_area})
            after = score(alone, places, criteria).objective
            assert isclose(one.price_with_health, after - before, abs_tol=1e-12)


@given(countries())
def test_every_block_in_conflict_stands_in_one_negotiation(country: Country) -> None:
    plan, places, criteria = country.plan, country.places, country.criteria
    health = role_pulls(plan, places, criteria, "health")
    economy = role_pulls(plan, places, criteria, "economy")

    found = conflicts(plan, places, criteria)

    if health is None or economy is None:
        assert "no geography the role" in found.note
        assert found.negotiations == ()
        return
    in_conflict = [
        places.blocks.codes[block]
        for block in np.flatnonzero((health >= 0) & (economy >= 0) & (health != economy))
    ]
    assert sorted(one.block for group in found.negotiations for one in group.blocks) == in_conflict
    assert [group.people for group in found.negotiations] == sorted(
        (group.people for group in found.negotiations), reverse=True
    )


@given(countries())
def test_misplaced_blocks_are_those_pulled_elsewhere(country: Country) -> None:
    plan, places = country.plan, country.places

    found = conflicts(plan, places, country.criteria).misplaced

    for wanted in country.criteria.geographies:
        pulled = pulls(plan, places, places.geographies[wanted.name])
        assert [one.block for one in found if one.geography == wanted.name] == [
            places.blocks.codes[block]
            for block in np.flatnonzero((pulled >= 0) & (pulled != plan.area_of))
        ]


@given(countries(most_blocks=4))
def test_without_a_role_the_note_says_which(country: Country) -> None:
    police = tuple(replace(one, role="police") for one in country.criteria.geographies)

    found = conflicts(country.plan, country.places, replace(country.criteria, geographies=police))

    assert found == Conflicts(
        negotiations=(),
        misplaced=found.misplaced,
        note=(
            "The criteria give no geography the role health or economy and a weight, so no "
            "conflict between health and economy can be told."
        ),
    )


def test_rows_stand_under_their_columns(england_places: Places, england_criteria: Criteria) -> None:
    labels = england_places.geographies["police"].dominant(296)
    plan = AreaPlan.labelled(england_places.blocks.codes, labels)

    found = conflicts(plan, england_places, england_criteria)

    for columns, rows in (
        (CONFLICT_COLUMNS, found.conflict_rows()),
        (OPTION_COLUMNS, found.option_rows()),
        (MISPLACED_COLUMNS, found.misplaced_rows()),
    ):
        listed = [dict(zip(columns, row, strict=True)) for row in rows]
        assert listed
    assert {one.block for one in found.misplaced if one.geography == "police"} == set()


def test_progress_tells_how_far_the_pricing_is(square: tuple[Places, Criteria]) -> None:
    places, criteria = square
    told: list[tuple[str, float]] = []

    conflicts(placed(ROWS), places, criteria, progress=lambda *one: told.append(one))

    assert [share for _, share in told] == [0.0, 0.5, 1.0]
