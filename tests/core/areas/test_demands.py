"""A plan under demands is the best of all plans that meet them, and its price is true."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import small_country
from tests.core.areas.plain_demands import cheapest, joined, meets
from tests.random_country import Country

from folkmoot.areas.answers import Answer, demand, relabelled, weigh
from folkmoot.areas.columns import Columns, Prices
from folkmoot.areas.demands import (
    Apart,
    AtLeast,
    AtMost,
    Between,
    Demand,
    Keep,
    Together,
    Within,
    conditions_of,
)
from folkmoot.areas.errors import (
    ConflictingDemandsError,
    NoPlanError,
    UnansweredError,
    UnknownBlockError,
)
from folkmoot.areas.weighed import Weighed
from folkmoot.areas.work import Work
from folkmoot.geography.errors import MissingGeographyError
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


def every_run(codes: Sequence[BlockCode]) -> list[tuple[BlockCode, ...]]:
    """Blocks that follow one another, one or more."""
    n = len(codes)
    return [tuple(codes[first:last]) for first in range(n) for last in range(first + 1, n + 1)]


def _itself(kind: st.SearchStrategy[Demand]) -> st.SearchStrategy[Demand]:
    return kind


@st.composite
def asked(draw: st.DrawFn) -> tuple[Country, list[Demand]]:
    """A country that has a plan, and what is demanded of it."""
    country = draw(joined())
    codes = country.places.blocks.codes
    code = st.sampled_from(codes)
    kinds: list[st.SearchStrategy[Demand]] = [
        st.builds(Together, code, code),
        st.builds(Apart, st.just(codes[0]), st.sampled_from(codes[1:])),
        st.builds(Apart, st.just(codes[-1]), st.sampled_from(codes[:-1])),
        st.builds(Keep, st.sampled_from(every_run(codes))),
        st.builds(Within, st.sampled_from(["board", "market", "shire"])),
        st.builds(AtLeast, st.integers(0, 8000)),
        st.builds(AtMost, st.integers(500, 12000)),
        st.builds(Between, st.integers(1, 3), st.integers(2, len(codes))),
    ]
    one = st.sampled_from(kinds).flatmap(_itself)
    return country, draw(st.lists(one, min_size=1, max_size=3))


def answered(country: Country, demands: Sequence[Demand]) -> Answer:
    return demand(country.places, country.criteria, demands)


@settings(max_examples=120)
@given(asked())
def test_the_price_is_that_of_the_best_of_all_plans_that_meet_the_demands(
    asked: tuple[Country, list[Demand]],
) -> None:
    country, demands = asked
    places, criteria = country.places, country.criteria
    best, without = cheapest(country, demands), cheapest(country, [])

    if np.isinf(best):
        with pytest.raises(ConflictingDemandsError) as conflict:
            answered(country, demands)
        check_smallest(country, demands, conflict.value)
        return
    answer = answered(country, demands)

    assert answer.is_proven
    assert answer.objective == pytest.approx(best, abs=1e-9)
    assert answer.asked_of_objective == pytest.approx(without, abs=1e-9)
    assert answer.price == pytest.approx(best - without, abs=1e-9)
    assert score(answer.plan, places, criteria).objective == pytest.approx(best, abs=1e-9)
    at = places.blocks.position()
    sets = [frozenset(at[block] for block in area) for area in answer.plan.members().values()]
    assert all(meets(sets, one, places) for one in demands)
    for one, price in zip(demands, answer.prices, strict=True):
        assert price.is_proven
        assert price.price == pytest.approx(cheapest(country, [one]) - without, abs=1e-9)


def check_smallest(
    country: Country, demands: Sequence[Demand], conflict: ConflictingDemandsError
) -> None:
    """The set named conflicts, and no smaller set of the demands does."""
    named = [one for one in demands if one.words(country.places) in conflict.demands]
    assert conflict.is_smallest
    assert np.isinf(cheapest(country, named))
    sizes = [
        size
        for chosen in range(1, 2 ** len(demands))
        for size in [chosen.bit_count()]
        if np.isinf(cheapest(country, [one for n, one in enumerate(demands) if chosen >> n & 1]))
    ]
    assert len(conflict.demands) == min(sizes)


@settings(max_examples=40)
@given(asked())
def test_a_demand_more_never_makes_the_answer_cheaper(
    asked: tuple[Country, list[Demand]],
) -> None:
    country, demands = asked
    demands = [one for one in demands if not isinstance(one, Between)]
    weighed = weigh(country.places, country.criteria, demands)
    costs = [
        weighed.choose(conditions_of(demands[:count], country.places, weighed.units)).cost
        for count in range(len(demands) + 1)
    ]

    assert all(after >= before - 1e-9 for before, after in pairwise(costs))


@settings(max_examples=40)
@given(asked())
def test_forbidding_in_the_compiled_loop_and_in_whole_arrays_is_the_same(
    asked: tuple[Country, list[Demand]],
) -> None:
    country, demands = asked
    weighed = weigh(country.places, country.criteria)
    conditions = conditions_of(demands, country.places, weighed.units)
    columns = every_union(weighed)

    left = conditions.only(weighed.unions)

    assert left.columns == conditions.met_by(columns).sum()
    assert np.isfinite(left.costs).sum() == left.columns


def every_union(weighed: Weighed) -> Columns:
    prices = Prices(np.zeros(len(weighed.units)))
    found = weighed.unions.within(prices, np.finfo(np.float64).max, limit=10**9)
    assert found is not None
    return found


@pytest.fixture
def country(tmp_path: Path) -> tuple[Places, Criteria]:
    """Nine blocks whose atoms are their three health boards, the rows."""
    places = read_places(small_country.write(tmp_path / "places"))
    text = small_country.CRITERIA.replace("atoms = []", 'atoms = ["board"]')
    return places, read_criteria(small_country.write_criteria(tmp_path, text), places)


def pair(text: str) -> tuple[BlockCode, BlockCode]:
    return BlockCode(text[0]), BlockCode(text[1])


def test_only_the_atom_that_a_demand_splits_is_cut(country: tuple[Places, Criteria]) -> None:
    answer = demand(*country, [Apart(*pair("ab"))])

    assert answer.cut == ("Block A",)
    assert "the atom of Block A cut finer" in answer.covers
    of = dict(zip(answer.plan.blocks, answer.plan.area_of.tolist(), strict=True))
    assert of["a"] != of["b"]
    assert of["d"] == of["e"] == of["f"]
    assert of["g"] == of["h"] == of["i"]


def test_keeping_and_lines_cut_atoms_along_themselves(country: tuple[Places, Criteria]) -> None:
    kept = demand(*country, [Keep((BlockCode("a"), BlockCode("b"), BlockCode("d")))])
    within = demand(*country, [Within("economy")])

    assert kept.cut == ("Block A", "Block D")
    assert {"a", "b", "d"} in [set(area) for area in kept.plan.members().values()]
    assert sorted(within.plan.members().values()) == [tuple("adg"), tuple("beh"), tuple("cfi")]


def test_moves_are_told_against_the_plan_that_was_asked(country: tuple[Places, Criteria]) -> None:
    rows = AreaPlan.of(
        {BlockCode(block): AreaCode(f"R{n // 3}") for n, block in enumerate("abcdefghi")}
    )

    answer = demand(*country, [Apart(*pair("ab"))], plan=rows)

    assert answer.asked_of is rows
    assert answer.plan.areas == rows.areas
    assert 0 < len(answer.moves) <= 2
    assert {one.block for one in answer.moves} <= set("abc")
    assert answer.asked_of_objective == score(rows, *country).objective


def test_a_plan_that_splits_atoms_can_be_asked(country: tuple[Places, Criteria]) -> None:
    split = AreaPlan.of(
        dict(zip(map(BlockCode, "abcdefghi"), map(AreaCode, "XXYXZYZZY"), strict=True))
    )

    answer = demand(*country, [Together(*pair("ae"))], plan=split)

    assert len(answer.cut) == 3
    assert answer.is_proven


def test_areas_keep_the_codes_of_those_they_take_most_people_from(
    country: tuple[Places, Criteria],
) -> None:
    blocks = tuple(map(BlockCode, "abcdefghi"))
    like = AreaPlan.of(dict(zip(blocks, map(AreaCode, "PPPQQQRRR"), strict=True)))
    plan = AreaPlan.of(dict(zip(blocks, map(AreaCode, "345311122"), strict=True)))

    found = relabelled(plan, like, country[0])

    assert found.is_same_partition(plan)
    assert set(found.areas) == {"P", "Q", "R", "A01", "A02"}
    assert found.area(BlockCode("e")) == "Q"


def test_conflicting_demands_are_named_and_others_are_not(
    country: tuple[Places, Criteria],
) -> None:
    clash: list[Demand] = [Together(*pair("ab")), Apart(*pair("di")), Apart(*pair("ab"))]

    with pytest.raises(ConflictingDemandsError) as conflict:
        demand(*country, clash)

    assert conflict.value.demands == (
        "Block A together with Block B",
        "Block A apart from Block B",
    )
    assert conflict.value.is_smallest
    assert "meets these demands together" in str(conflict.value)


def test_of_many_demands_a_set_is_named_of_which_each_is_needed(
    country: tuple[Places, Criteria],
) -> None:
    idle: list[Demand] = [AtLeast(n) for n in range(6)]

    with pytest.raises(ConflictingDemandsError) as conflict:
        demand(*country, [*idle, Together(*pair("ab")), Apart(*pair("ab"))])

    assert conflict.value.demands == (
        "Block A together with Block B",
        "Block A apart from Block B",
    )
    assert not conflict.value.is_smallest


def test_ranges_that_do_not_meet_conflict(country: tuple[Places, Criteria]) -> None:
    places, criteria = country
    with pytest.raises(ConflictingDemandsError, match="3 areas; 4 areas"):
        demand(places, replace(criteria, atoms=()), [Between(3, 3), Between(4, 4)])


def test_work_that_runs_out_is_no_proof(country: tuple[Places, Criteria]) -> None:
    with pytest.raises(UnansweredError, match="not a proof"):
        demand(*country, [Apart(*pair("ab"))], work=Work(unions=1))


def test_an_atom_is_cut_only_as_finely_as_the_work_allows(
    country: tuple[Places, Criteria],
) -> None:
    finest = weigh(*country, [Apart(*pair("ab"))])
    coarser = weigh(*country, [Apart(*pair("ab"))], work=Work(unions=len(finest.unions) - 1))

    assert len(finest.units) == 5
    assert len(coarser.units) == 4
    units = coarser.units.unit_of
    assert units[0] != units[1]


def test_what_the_package_does_not_have_is_refused(country: tuple[Places, Criteria]) -> None:
    with pytest.raises(UnknownBlockError, match="no block 'z'"):
        demand(*country, [Together(*pair("az"))])
    with pytest.raises(MissingGeographyError, match="shire"):
        demand(*country, [Within("shire")])


def test_without_any_plan_there_is_none_under_demands(country: tuple[Places, Criteria]) -> None:
    places, criteria = country
    with pytest.raises(NoPlanError):
        demand(places, criteria.with_areas(4), [AtLeast(1)])
