"""A move costs what scoring the moved plan says, and what mends it keeps every rule."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import small_country
from tests.core.areas.plain_demands import joined
from tests.random_country import Country, countries

from folkmoot.areas.errors import UnknownAreaError, UnknownBlockError
from folkmoot.areas.moves import Mend, Moved, move
from folkmoot.areas.rules import broken_rules
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


def placed(plan: AreaPlan) -> dict[BlockCode, AreaCode]:
    """The area of every block."""
    return {block: plan.area(block) for block in plan.blocks}


def mended(moved: Moved, mend: Mend) -> AreaPlan:
    """The moved plan with further blocks moved."""
    return AreaPlan.of(placed(moved.plan) | {one.block: one.after for one in mend.moves})


@given(countries(), st.data())
def test_a_move_costs_the_difference_of_two_scores_term_by_term(
    country: Country, data: st.DataObject
) -> None:
    plan, places, criteria = country.plan, country.places, country.criteria
    block = data.draw(st.sampled_from(plan.blocks))
    area = data.draw(st.sampled_from(plan.areas))

    moved = move(plan, places, criteria, block, area)

    after = AreaPlan.of(placed(plan) | {block: area})
    expected = score(after, places, criteria).objective
    drawn = score(plan, places, criteria)
    assert placed(moved.plan) == placed(after)
    assert moved.objective == pytest.approx(expected, abs=1e-9)
    assert moved.price == pytest.approx(expected - drawn.objective, abs=1e-9)
    assert moved.terms == drawn.terms
    assert sum(moved.changes) == pytest.approx(moved.price, abs=1e-9)


@settings(max_examples=200)
@given(joined(), st.data())
def test_every_mend_is_priced_truly_and_keeps_every_rule_that_the_plan_keeps(
    country: Country, data: st.DataObject
) -> None:
    plan, places, criteria = country.plan, country.places, country.criteria
    block = data.draw(st.sampled_from(plan.blocks))
    area = data.draw(st.sampled_from(plan.areas))

    moved = move(plan, places, criteria, block, area)

    drawn = score(plan, places, criteria).objective
    names = {area: area.lower() for area in plan.areas}
    before = {one.words for one in broken_rules(plan, places, criteria, names)}
    for mend in (*moved.cut_off, *moved.mends):
        after = mended(moved, mend)
        assert mend.moves
        assert block not in {one.block for one in mend.moves}
        assert all(plan.area(one.block) == one.before != one.after for one in mend.moves)
        price = score(after, places, criteria).objective - drawn
        assert mend.price == pytest.approx(price, abs=1e-9)
    for mend in moved.mends:
        after = mended(moved, mend)
        assert after.areas == plan.areas
        assert {one.words for one in broken_rules(after, places, criteria, names)} <= before
    prices = [mend.price for mend in moved.mends]
    assert prices == sorted(prices)
    assert moved.breaks or not (moved.cut_off or moved.mends)


@pytest.fixture
def square(tmp_path: Path) -> tuple[Places, Criteria]:
    """Nine blocks of 100,000 people; areas hold two to four."""
    places = read_places(small_country.write(tmp_path / "places"))
    return places, read_criteria(small_country.write_criteria(tmp_path), places)


def drawn(text: str) -> AreaPlan:
    codes = map(AreaCode, text.split())
    return AreaPlan.of(dict(zip(map(BlockCode, small_country.CODES), codes, strict=True)))


def goes(mend: Mend) -> dict[str, str]:
    return {one.block: one.after for one in mend.moves}


def test_a_piece_that_is_cut_off_is_placed_and_its_area_made_good(
    square: tuple[Places, Criteria],
) -> None:
    plan = drawn("A1 A1 A1 A2 A2 A2 A3 A3 A3")

    moved = move(plan, *square, BlockCode("e"), AreaCode("A1"))

    assert moved.breaks == ("Middle is in 2 pieces",)
    assert [goes(mend) for mend in moved.cut_off] == [{"f": "A3"}]
    assert moved.cut_off[0].breaks == ("Middle has 100,000 people, fewer than 200,000",)
    assert {"f": "A3", "g": "A2"} in map(goes, moved.mends)
    assert {"f": "A3", "a": "A2"} in map(goes, moved.mends)


def test_an_area_that_is_too_small_is_made_good_by_a_neighbour(
    square: tuple[Places, Criteria],
) -> None:
    places, criteria = square
    strict = replace(criteria, minimum_population=300_000, maximum_population=300_000)
    plan = drawn("A1 A1 A1 A2 A2 A2 A3 A3 A3")

    moved = move(plan, places, strict, BlockCode("d"), AreaCode("A1"))

    assert sorted(moved.breaks) == [
        "Middle has 200,000 people, fewer than 300,000",
        "North has 400,000 people, more than 300,000",
    ]
    assert [goes(mend) for mend in moved.mends] == [{"c": "A2"}]
    assert moved.cut_off == ()


def test_a_block_that_touches_nothing_of_its_area_is_joined_to_it(
    square: tuple[Places, Criteria],
) -> None:
    plan = drawn("A1 A1 A1 A2 A2 A2 A3 A3 A3")

    moved = move(plan, *square, BlockCode("c"), AreaCode("A3"))

    assert moved.breaks == ("South is in 2 pieces",)
    assert moved.mends == ()  # f would make five blocks of it


def test_an_area_that_is_left_without_a_block_is_told(square: tuple[Places, Criteria]) -> None:
    plan = drawn("A1 A2 A2 A2 A2 A3 A3 A3 A3")

    moved = move(plan, *square, BlockCode("a"), AreaCode("A2"))

    assert moved.plan.areas == ("A2", "A3")
    assert any(words.endswith("holds nothing") for words in moved.breaks)
    assert moved.mends == ()


def test_mends_are_left_out_when_they_are_not_wanted(square: tuple[Places, Criteria]) -> None:
    plan = drawn("A1 A1 A1 A2 A2 A2 A3 A3 A3")

    moved = move(plan, *square, BlockCode("e"), AreaCode("A1"), with_mends=False)

    assert moved.breaks
    assert moved.cut_off == moved.mends == ()


def test_what_is_not_known_is_refused_with_the_nearest(square: tuple[Places, Criteria]) -> None:
    plan = drawn("A1 A1 A1 A2 A2 A2 A3 A3 A3")

    with pytest.raises(UnknownBlockError, match="'z'"):
        move(plan, *square, BlockCode("z"), AreaCode("A1"))
    with pytest.raises(UnknownAreaError, match="A1"):
        move(plan, *square, BlockCode("a"), AreaCode("A11"))
