"""What is told of a block elsewhere is what moving it, or the best of all plans, costs."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import small_country
from tests.core.areas.plain_demands import cheapest, joined
from tests.random_country import Country, countries

from folkmoot.areas.demands import Apart, Between, Demand
from folkmoot.areas.explain import explain
from folkmoot.areas.moves import move
from folkmoot.areas.work import Work
from folkmoot.geography.graph import neighbours
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


@given(countries(), st.data())
def test_each_neighbouring_area_is_told_at_the_price_of_the_move(
    country: Country, data: st.DataObject
) -> None:
    plan, places, criteria = country.plan, country.places, country.criteria
    at = data.draw(st.integers(0, len(plan.blocks) - 1))
    block = plan.blocks[at]
    touched = {plan.areas[plan.area_of[other]] for other in neighbours(places).of(at)}

    found = explain(plan, places, criteria, block, held_only=True)

    told = [one.moved for one in found.alternatives]
    assert {one.move.after for one in told} == touched - {plan.area(block)}
    assert [one.price for one in told] == sorted(one.price for one in told)
    assert found.elsewhere is None
    for one in told:
        again = move(plan, places, criteria, block, one.move.after)
        assert (one.price, one.changes, one.breaks) == (again.price, again.changes, again.breaks)


@settings(max_examples=80)
@given(joined(), st.data())
def test_the_plan_elsewhere_is_the_best_of_all_that_have_the_two_apart(
    country: Country, data: st.DataObject
) -> None:
    plan, places, criteria = country.plan, country.places, country.criteria
    block = data.draw(st.sampled_from(plan.blocks))

    found = explain(plan, places, criteria, block)

    elsewhere = found.elsewhere
    if elsewhere is None:
        assert plan.members()[plan.area(block)] == (block,)
        return
    count = len(plan.areas)
    apart: list[Demand] = [Apart(block, elsewhere.apart_from), Between(count, count)]
    best = cheapest(country, apart) - score(plan, places, criteria).objective
    assert plan.area(elsewhere.apart_from) == plan.area(block)
    assert elsewhere.is_proven
    if elsewhere.price is None:
        assert np.isinf(best)
        assert elsewhere.standing == "no plan"
    else:
        assert elsewhere.price == pytest.approx(best, abs=1e-9)
        after = {one: plan.area(one) for one in plan.blocks}
        after |= {one.block: one.after for one in elsewhere.moves}
        anew = score(AreaPlan.of(after), places, criteria).objective
        assert anew - found.objective == pytest.approx(best, abs=1e-9)
        assert after[block] != after[elsewhere.apart_from]


@pytest.fixture
def square(tmp_path: Path) -> tuple[Places, Criteria]:
    """Nine blocks, whose atoms are the boards."""
    places = read_places(small_country.write(tmp_path / "places"))
    text = small_country.CRITERIA.replace("atoms = []", 'atoms = ["board"]')
    return places, read_criteria(small_country.write_criteria(tmp_path, text), places)


ROWS = AreaPlan.of(
    {BlockCode(code): AreaCode(f"A{n // 3 + 1}") for n, code in enumerate(small_country.CODES)}
)


def test_a_block_may_leave_its_atom_so_it_costs_no_more_than_to_move_alone(
    square: tuple[Places, Criteria],
) -> None:
    found = explain(ROWS, *square, BlockCode("d"))

    alone = [one.moved.price for one in found.alternatives if not one.moved.breaks]
    elsewhere = found.elsewhere
    assert elsewhere is not None
    assert elsewhere.price is not None
    assert elsewhere.price <= min(alone) + 1e-12
    assert "the atom of Block D cut finer" in elsewhere.covers


def test_what_weighs_most_is_told_first_and_a_broken_rule_last(
    square: tuple[Places, Criteria],
) -> None:
    found = explain(ROWS, *square, BlockCode("e"), held_only=True)

    for one in found.alternatives:
        against = one.sentences[0]
        assert against.startswith("Against it: areas fit the board lines worse")
        assert one.sentences[-1] == "It breaks a rule: Middle is in 2 pieces."


def test_too_many_areas_to_weigh_is_said_to_be_no_proof(square: tuple[Places, Criteria]) -> None:
    found = explain(ROWS, *square, BlockCode("d"), work=Work(unions=0))

    assert found.elsewhere is not None
    assert found.elsewhere.price is None
    assert found.elsewhere.standing == "not known"
    assert found.elsewhere.covers.startswith("Nothing is proven")
