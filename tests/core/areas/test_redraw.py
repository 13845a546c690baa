"""Redrawing finds connected plans within the bounds, or says why there is none."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.areas.atoms import Units, atoms
from folkmoot.areas.errors import NoPlanError
from folkmoot.areas.redraw import areas_of_pieces, redraw
from folkmoot.areas.work import Work
from folkmoot.geography.terms import area_costs, terms
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

QUICK = Work(redraws=20_000)
BOUNDS = (500_000, 3_000_000)


@pytest.fixture(scope="module")
def blocks(england_places: Places, england_criteria: Criteria) -> Units:
    n = len(england_places.blocks)
    return Units.of(england_places, terms(england_places, england_criteria), np.arange(n))


def is_joined(members: set[int], pairs: Iterable[tuple[int, int]]) -> bool:
    """Whether a walk from one member comes to all the others."""
    near: dict[int, set[int]] = {member: set() for member in members}
    for a, b in pairs:
        if a in members and b in members:
            near[a].add(b)
            near[b].add(a)
    seen, waiting = set(), [min(members)]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += near[here]
    return seen == members


def check(plan: IntVector, units: Units, n_areas: int, bounds: tuple[int, int]) -> None:
    pairs = [(int(a), int(b)) for a, b in units.pairs]
    assert sorted(set(plan.tolist())) == list(range(n_areas))
    for area in range(n_areas):
        members = set(np.flatnonzero(plan == area).tolist())
        people = sum(int(units.terms.people[unit]) for unit in members)
        assert bounds[0] <= people <= bounds[1]
        assert is_joined(members, pairs)


@pytest.mark.parametrize("n_areas", [20, 38, 60])
def test_a_plan_of_districts_is_connected_and_within_the_bounds(
    blocks: Units, n_areas: int
) -> None:
    plan = redraw(blocks, n_areas, BOUNDS, QUICK, np.random.default_rng(1))

    check(plan, blocks, n_areas, BOUNDS)


def test_the_same_seed_gives_the_same_plan(blocks: Units) -> None:
    one, two = (redraw(blocks, 38, BOUNDS, QUICK, np.random.default_rng(7)) for _ in range(2))

    assert np.array_equal(one, two)


def test_refining_a_plan_never_makes_it_dearer(blocks: Units) -> None:
    rough = redraw(blocks, 38, BOUNDS, Work(redraws=2_000), np.random.default_rng(3))
    fine = redraw(blocks, 38, BOUNDS, QUICK, np.random.default_rng(3), start=rough)

    check(fine, blocks, 38, BOUNDS)
    assert area_costs(blocks.terms, fine).sum() <= area_costs(blocks.terms, rough).sum()


def test_redrawing_comes_near_the_proven_optimum(
    blocks: Units, england_places: Places, england_criteria: Criteria
) -> None:
    """The proven optimum over atoms is .231635; without proof 3% above is good enough."""
    found = [
        redraw(blocks, 38, BOUNDS, Work(redraws=100_000), np.random.default_rng(seed))
        for seed in range(3)
    ]

    cost = min(float(area_costs(blocks.terms, plan).sum()) for plan in found)
    assert blocks.terms.constant + cost < 0.231635 * 1.03
    assert len(np.unique(atoms(england_places, england_criteria.atoms))) == 167


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=6),
    st.integers(1, 12),
    st.integers(1, 10),
    st.integers(0, 20),
)
@settings(max_examples=200)
def test_pieces_of_a_country_get_areas_that_they_can_hold(
    people: list[int], n_areas: int, least: int, more: int
) -> None:
    bounds = least, least + more
    try:
        found = areas_of_pieces(people, n_areas, bounds)
    except NoPlanError:
        return
    assert sum(found) == n_areas
    for held, areas in zip(people, found, strict=True):
        assert areas * bounds[0] <= held <= areas * bounds[1]


def test_a_block_with_too_many_people_is_told(blocks: Units) -> None:
    with pytest.raises(NoPlanError, match="a piece of land that is never split has 1,166,049"):
        redraw(blocks, 60, (500_000, 1_100_000), QUICK, np.random.default_rng(1))
