"""Small blocks are designed from larger units down, and lose nothing on the way."""

from collections import deque
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_country import Country, countries
from tools.small_areas import build

from folkmoot.areas.atoms import Units, atoms
from folkmoot.areas.baselines import merged
from folkmoot.areas.design import design
from folkmoot.areas.errors import NoPlanError, NoWayDownError
from folkmoot.areas.levels import Ladder, joined_up, refine
from folkmoot.areas.work import Work
from folkmoot.geography.scores import score
from folkmoot.geography.terms import area_costs, terms
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntMatrix, IntVector
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

QUICK = Work(few_units=100, coarse_unions=200_000, moves=200_000, redraws=20_000)
TINY = Work(few_units=3, coarse_unions=50, moves=2_000, redraws=600, attempts=2)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def ladder(places: Places, criteria: Criteria) -> Ladder:
    return Ladder(places=places, criteria=criteria, terms=terms(places, criteria))


def pieces_of_each(area_of: IntVector, pairs: IntMatrix) -> list[int]:
    """How many pieces each area is in, by walking it."""
    near: dict[int, list[int]] = {block: [] for block in range(len(area_of))}
    for a, b in pairs.tolist():
        if area_of[a] == area_of[b]:
            near[a].append(b)
            near[b].append(a)
    found, seen = [0] * (int(area_of.max()) + 1), set()
    for block in range(len(area_of)):
        if block in seen:
            continue
        found[area_of[block]] += 1
        seen.add(block)
        waiting = deque([block])
        while waiting:
            fresh = [other for other in near[waiting.popleft()] if other not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
    return found


def check(plan: AreaPlan, places: Places, criteria: Criteria) -> None:
    """Whether a plan keeps its rules, by other code than made it."""
    assert pieces_of_each(plan.area_of, places.borders.pairs) == [1] * criteria.areas
    for area in range(criteria.areas):
        people = sum(places.blocks.population[plan.area_of == area].tolist())
        assert criteria.minimum_population <= people <= criteria.maximum_population


@given(countries(most_blocks=9), st.integers(1, 5), st.data())
@settings(max_examples=100)
def test_larger_units_keep_people_land_and_the_cost_of_every_plan(
    country: Country, wanted: int, data: st.DataObject
) -> None:
    places, criteria = country.places, replace(country.criteria, maximum_population=10**6)
    stair = ladder(places, criteria)

    units = stair.joined(stair.blocks(), wanted)

    assert units.terms.people.sum() == places.population
    assert pieces_of_each(units.unit_of, places.borders.pairs) == [1] * len(units)
    labels = data.draw(st.lists(st.integers(0, 2), min_size=len(units), max_size=len(units)))
    plan = np.unique(labels, return_inverse=True)[1]
    coarse, fine = area_costs(units.terms, plan), area_costs(stair.terms, plan[units.unit_of])
    assert coarse == pytest.approx(fine, abs=1e-12)


def test_blocks_that_agree_on_everything_are_joined_first(
    england_places: Places, england_criteria: Criteria
) -> None:
    agreed = atoms(england_places, england_criteria.atoms)
    stair = ladder(england_places, replace(england_criteria, maximum_population=10**7))

    units = stair.joined(stair.blocks(), 167)

    assert len(np.unique(agreed)) == 167
    assert AreaPlan.labelled(england_places.blocks.codes, units.unit_of).is_same_partition(
        AreaPlan.labelled(england_places.blocks.codes, agreed)
    )


def test_no_unit_has_more_people_than_half_an_area(
    england_places: Places, england_criteria: Criteria
) -> None:
    stair = ladder(england_places, replace(england_criteria, maximum_population=2_400_000))

    assert stair.joined(stair.blocks(), 5).terms.people.max() <= 1_200_000


def test_england_is_designed_by_levels_within_the_rules_and_again_the_same(
    england_places: Places, england_criteria: Criteria
) -> None:
    one, two = (design(england_places, england_criteria, rng=rng(), work=QUICK) for _ in range(2))

    check(one.plan, england_places, england_criteria)
    assert one.plan.area_of.tolist() == two.plan.area_of.tolist()
    assert one.objective == pytest.approx(
        score(one.plan, england_places, england_criteria).objective, abs=1e-9
    )
    assert 0.231635 - 5e-7 <= one.objective < 0.245
    assert (one.method, one.bound) == ("redrawn", None)


@given(countries(most_blocks=8), st.integers(1, 3), st.integers(0, 1500), st.integers(1, 20_000))
@settings(max_examples=80)
def test_a_plan_made_by_levels_keeps_every_rule(
    country: Country, n_areas: int, least: int, width: int
) -> None:
    places = country.places
    criteria = replace(
        country.criteria,
        areas=min(n_areas, len(places.blocks)),
        minimum_population=least,
        maximum_population=least + width,
    )
    try:
        found = design(places, criteria, rng=rng(), work=TINY)
    except NoPlanError:
        return
    check(found.plan, places, criteria)
    assert found.objective == pytest.approx(score(found.plan, places, criteria).objective, abs=1e-9)


def counties(places: Places, criteria: Criteria) -> AreaPlan:
    """The health boards, merged, as a plan of upper tiers: each goes where its first block is."""
    weighed = terms(places, criteria)
    boards = merged(places, criteria, weighed, "icb", Work())
    assert boards is not None
    tiers = places.blocks.column("upper_tier_code")
    return AreaPlan.of(
        {BlockCode(tier): AreaCode(f"Z{boards[tiers.index(tier)]}") for tier in sorted(set(tiers))}
    )


def test_a_plan_of_counties_is_carried_down_to_districts_and_made_no_dearer(
    england_places: Places, england_criteria: Criteria
) -> None:
    coarse = counties(england_places, england_criteria)
    weighed = terms(england_places, england_criteria)
    blocks = Units.of(england_places, weighed, np.arange(len(england_places.blocks)))
    start = joined_up(blocks, coarse.area_of[_tier_of(england_places, coarse)])

    found = refine(
        coarse, england_places, england_criteria, through="upper_tier", rng=rng(), work=QUICK
    )

    check(found, england_places, england_criteria)
    assert found.areas == coarse.areas
    assert area_costs(weighed, found.area_of).sum() <= area_costs(weighed, start).sum()


def _tier_of(places: Places, plan: AreaPlan) -> IntVector:
    return np.array(
        [plan.blocks.index(BlockCode(tier)) for tier in places.blocks.column("upper_tier_code")]
    )


@given(countries(most_blocks=9))
@settings(max_examples=100)
def test_what_is_cut_off_from_its_area_joins_a_neighbour(country: Country) -> None:
    places, plan = country.places, country.plan.area_of
    blocks = ladder(places, country.criteria).blocks()

    mended = joined_up(blocks, plan)

    whole = pieces_of_each(np.zeros(len(plan), dtype=np.int64), places.borders.pairs)[0]
    assert set(mended.tolist()) == set(plan.tolist())
    broken = sum(count - 1 for count in pieces_of_each(mended, places.borders.pairs))
    assert broken <= whole - 1
    if pieces_of_each(plan, places.borders.pairs) == [1] * len(country.plan.areas):
        assert mended.tolist() == plan.tolist()


def test_blocks_outside_the_plan_are_named(
    england_places: Places, england_criteria: Criteria
) -> None:
    plan = AreaPlan.of({BlockCode("E10000003"): AreaCode("A")})

    with pytest.raises(
        NoWayDownError, match=r"291 block\(s\) lie in none of its blocks: E06000001"
    ):
        refine(plan, england_places, england_criteria, through="upper_tier", rng=rng())
    with pytest.raises(NoWayDownError, match="carried down through 'parish': 296"):
        refine(plan, england_places, england_criteria, through="parish", rng=rng())


def test_lsoas_are_designed_within_the_rules(shared: Path, tmp_path: Path) -> None:
    build(shared / "england", tmp_path)
    places = read_places(tmp_path)
    criteria = read_criteria(tmp_path / "criteria.toml", places)

    found = design(places, criteria, rng=rng())

    assert len(places.blocks) == 33_755
    check(found.plan, places, criteria)
    assert found.objective < 0.2895
