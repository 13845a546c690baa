"""An option priced anew costs what the best of all plans costs that take it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from tests import small_country
from tests.core.areas.plain_demands import cheapest, joined
from tests.random_country import Country

from folkmoot.areas.answers import weigh, weighed_if_few
from folkmoot.areas.conflicts import OPTION_COLUMNS, Conflicts, conflicts
from folkmoot.areas.demands import Between, Together
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


@settings(max_examples=80)
@given(joined())
def test_the_price_is_that_of_the_best_of_all_plans_that_take_the_option(
    country: Country,
) -> None:
    places, criteria, plan = country.places, country.criteria, country.plan
    drawn = score(plan, places, criteria).objective
    weighed = weigh(places, criteria, plan=plan)

    for negotiation in conflicts(plan, places, criteria, weighed=weighed).negotiations:
        for option in negotiation.options:
            anew = negotiation.resolved[option.option]
            count = len(plan.areas)
            together = [Together(*pair) for pair in anew.anchors]
            best = cheapest(country, [*together, Between(count, count)]) - drawn
            assert anew.is_proven
            if anew.price is None:
                assert np.isinf(best)
                assert anew.standing == "no plan"
            else:
                assert anew.price == pytest.approx(best, abs=1e-9)
                assert anew.standing == "proven"


PLAN = "A1 A1 A1  A2 A2 A3  A3 A3 A3"


@pytest.fixture
def square(tmp_path: Path) -> tuple[Places, Criteria]:
    """Nine blocks: boards are the rows, economies the columns."""
    places = read_places(small_country.write(tmp_path / "places"))
    return places, read_criteria(small_country.write_criteria(tmp_path), places)


def found(square: tuple[Places, Criteria], text: str) -> Conflicts:
    codes = map(AreaCode, text.split())
    plan = AreaPlan.of(dict(zip(map(BlockCode, small_country.CODES), codes, strict=True)))
    return conflicts(plan, *square, weighed=weighed_if_few(*square, plan))


def test_a_block_goes_with_one_of_its_area_that_is_in_no_conflict_if_there_is_one(
    square: tuple[Places, Criteria],
) -> None:
    drawn = dict(zip(small_country.CODES, PLAN.split(), strict=True))
    negotiations = found(square, " ".join(drawn.values())).negotiations
    disputed = {one.block for negotiation in negotiations for one in negotiation.blocks}

    for negotiation in negotiations:
        for option in negotiation.options:
            target = drawn | dict(option.moves)
            for block, anchor in negotiation.resolved[option.option].anchors:
                inside = {other for other in drawn if drawn[other] == target[block]}
                assert anchor in (inside - disputed or inside)


def test_an_option_that_breaks_nothing_never_costs_more_anew(
    square: tuple[Places, Criteria],
) -> None:
    negotiations = found(square, PLAN).negotiations

    assert negotiations
    for negotiation in negotiations:
        for option in negotiation.options:
            price = negotiation.resolved[option.option].price
            assert option.breaks or (price is not None and price <= option.price + 1e-12)


def test_rows_tell_the_price_its_standing_and_the_anchors(
    square: tuple[Places, Criteria],
) -> None:
    rows = [
        dict(zip(OPTION_COLUMNS, row, strict=True)) for row in found(square, PLAN).option_rows()
    ]

    assert all(row["resolved"] in ("proven", "no plan") for row in rows)
    assert all(" with " in str(row["anchors"]) for row in rows)
    assert all(
        "With the rest drawn anew" in str(row["sentence"])
        for row in rows
        if row["resolved"] == "proven"
    )


def test_without_unions_the_price_anew_is_not_known(square: tuple[Places, Criteria]) -> None:
    plan = AreaPlan.of(
        dict(zip(map(BlockCode, small_country.CODES), map(AreaCode, "AAABBCCCC"), strict=True))
    )

    rows = [
        dict(zip(OPTION_COLUMNS, row, strict=True))
        for row in conflicts(plan, *square).option_rows()
    ]

    assert {row["resolved"] for row in rows} == {"not known"}
    assert {row["resolved_price"] for row in rows} == {""}
