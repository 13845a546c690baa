"""The search proves what a count of all plans finds, and never claims more than it has proven."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.areas.plain_plans import Area, joined_areas, neighbours, plans
from tests.random_country import Country, countries

from folkmoot.areas import search as search_module
from folkmoot.areas.atoms import Units
from folkmoot.areas.columns import Columns, Prices, Task
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.kernels import broken_sets
from folkmoot.areas.pool import Pool
from folkmoot.areas.relaxation import relax
from folkmoot.areas.search import Found, best_of, search
from folkmoot.areas.unions import Unions
from folkmoot.areas.work import Work
from folkmoot.geography.terms import area_costs, coterminosity_costs, terms


def unions_of(country: Country) -> tuple[Units, Unions]:
    """All unions of a country's blocks, and what they are made of."""
    places, criteria = country.places, country.criteria
    units = Units.of(places, terms(places, criteria), np.arange(len(places.blocks)))
    bounds = criteria.minimum_population, criteria.maximum_population
    unions = enumerate_unions(units, bounds, Work(), with_coterminosity=True)
    assert unions is not None
    return units, unions


def unlimited(country: Country) -> tuple[Units, Unions]:
    """The same without the measure that could be limited."""
    units, unions = unions_of(country)
    return units, replace(unions, measures=())


def every_plan(country: Country, units: Units) -> list[tuple[float, float]]:
    """Cost and coterminosity of every plan, by trying all."""
    criteria, n = country.criteria, len(units)
    bounds = criteria.minimum_population, criteria.maximum_population
    near = neighbours(n, units.pairs.tolist())
    areas = joined_areas(near, country.places.blocks.population.tolist(), bounds)
    found = []
    for plan in plans(areas, frozenset(range(n)), criteria.areas):
        labels = np.zeros(n, dtype=np.int64)
        for number, area in enumerate(plan):
            labels[list(area)] = number
        crossing = float(coterminosity_costs(units.terms, labels).sum())
        found.append((float(area_costs(units.terms, labels).sum()), crossing))
    return found


def last(unions: Unions, task: Task, work: Work) -> Found:
    """Where a search ends; on the way bounds only rise and costs only fall."""
    states = list(search(unions, task, work))
    assert [state.bound for state in states] == sorted(state.bound for state in states)
    assert [-state.cost for state in states] == sorted(-state.cost for state in states)
    return states[-1]


def check_fulfils(areas: Columns, task: Task) -> None:
    assert len(areas) == task.n_areas
    assert sorted(areas.members.tolist()) == list(range(task.n_units))
    assert (areas.measures.sum(axis=0) <= np.array(task.limits) + 1e-9).all()


small = countries(most_blocks=7)


@settings(max_examples=60)
@given(small)
def test_the_search_proves_the_optimum_of_all_plans_under_any_cap(country: Country) -> None:
    units, unions = unions_of(country)
    every = every_plan(country, units)
    caps: list[float | None] = [None, *sorted({crossing for _, crossing in every})[:3]]

    for cap in caps:
        task = Task(n_units=len(units), n_areas=country.criteria.areas)
        if cap is not None:
            task = replace(task, limits=(cap + 1e-9,))
        allowed = [cost for cost, crossing in every if cap is None or crossing <= cap]
        found = last(unions if task.limits else replace(unions, measures=()), task, Work())
        assert found.is_proven
        assert found.cost == pytest.approx(min(allowed, default=np.inf), abs=1e-9)
        if found.areas is None:
            assert not allowed
        else:
            check_fulfils(found.areas, task)


@settings(max_examples=40)
@given(small, st.sampled_from([-1e-6, 1e-6, 0.1]))
def test_a_search_told_what_to_beat_finds_the_optimum_or_proves_that_it_does_not(
    country: Country, more: float
) -> None:
    _, unions = unlimited(country)
    task = Task(n_units=len(country.places.blocks), n_areas=country.criteria.areas)
    best = last(unions, task, Work())

    found = list(search(unions, task, Work(), cost_to_beat=best.cost + more))[-1]

    assert found.is_proven
    assert (found.areas is not None) == (best.areas is not None and more > 0)
    if found.areas is not None:
        assert found.cost == pytest.approx(best.cost, abs=1e-9)


@settings(max_examples=40)
@given(small)
def test_pools_that_grow_a_little_at_a_time_find_the_same(country: Country) -> None:
    _, unions = unlimited(country)
    task = Task(n_units=len(country.places.blocks), n_areas=country.criteria.areas)
    at_once = last(unions, task, Work())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_module, "FIRST_POOL", 1)
        slowly = last(unions, task, Work())

    assert slowly.is_proven
    assert slowly.cost == pytest.approx(at_once.cost, abs=1e-9)


@settings(max_examples=40)
@given(small, st.integers(1, 3), st.integers(0, 6))
def test_a_search_that_is_cut_short_claims_only_what_is_true(
    country: Country, rounds: int, branches: int
) -> None:
    _, unions = unlimited(country)
    task = Task(n_units=len(country.places.blocks), n_areas=country.criteria.areas)
    best = last(unions, task, Work()).cost

    found = last(unions, task, Work(rounds=rounds, branches=branches))

    assert found.bound <= best + 1e-9
    assert found.cost >= best - 1e-9


@settings(max_examples=40)
@given(small)
def test_the_relaxation_is_beneath_every_plan(country: Country) -> None:
    units, unions = unlimited(country)
    task = Task(n_units=len(units), n_areas=country.criteria.areas)
    if not unions.columns:
        return

    relaxation = relax(unions, task, Work())

    lowest = min((cost for cost, _ in every_plan(country, units)), default=np.inf)
    assert relaxation.bound <= lowest + 1e-9
    assert task.bound(relaxation.prices, relaxation.least) <= lowest + 1e-9


@settings(max_examples=40)
@given(small)
def test_every_plan_of_a_pool_is_in_one_of_its_halves(country: Country) -> None:
    units, unions = unlimited(country)
    task = Task(n_units=len(units), n_areas=country.criteria.areas)
    everything = unions.within(Prices(np.zeros(len(units))), 1e9, limit=10**6)
    assert everything is not None
    if not len(everything) or not np.isfinite(last(unions, task, Work()).cost):
        return
    pool = Pool(everything, task, relax(unions, task, Work()))
    pool.tighten(1e9)
    if pool.whole() is not None:
        return
    near = [areas_of(half.columns) for half in pool.halves()]
    whole = frozenset(range(len(units)))

    for plan in plans(areas_of(pool.columns), whole, task.n_areas):
        assert any(set(plan) <= set(half) for half in near)


def areas_of(columns: Columns) -> list[Area]:
    return [frozenset(columns.of(number).tolist()) for number in range(len(columns))]


@settings(max_examples=40)
@given(small, st.data())
def test_the_best_of_some_columns_is_the_best_plan_made_of_them(
    country: Country, data: st.DataObject
) -> None:
    units, unions = unlimited(country)
    everything = unions.within(Prices(np.zeros(len(units))), 1e9, limit=10**6)
    assert everything is not None
    if not len(everything):
        return
    keep = data.draw(st.sets(st.integers(0, len(everything) - 1), min_size=1))
    columns = everything.only(np.array(sorted(keep), dtype=np.int64))
    task = Task(n_units=len(units), n_areas=country.criteria.areas)
    price = dict(zip(areas_of(columns), columns.costs.tolist(), strict=True))
    costs = [
        sum(price[area] for area in plan)
        for plan in plans(list(price), frozenset(range(len(units))), task.n_areas)
    ]

    found = best_of(columns, task, Work(), cost_to_beat=np.inf)

    assert (found is None) == (not costs)
    if found is not None:
        assert found.costs.sum() == pytest.approx(min(costs), abs=1e-9)
        beaten = best_of(columns, task, Work(), cost_to_beat=min(costs) - 1e-6)
        assert beaten is None


parts = st.lists(st.sampled_from([0.25, 1 / 3, 0.5, 2 / 3]), min_size=1, max_size=6)


@settings(max_examples=60)
@given(parts, st.data(), st.sampled_from([3, 5]))
def test_broken_sets_are_those_of_a_plain_count(
    taken: Sequence[float], data: st.DataObject, size: int
) -> None:
    n = data.draw(st.integers(size, 7))
    row = st.lists(st.booleans(), min_size=len(taken), max_size=len(taken))
    inside = np.array(data.draw(st.lists(row, min_size=n, max_size=n)))

    sets, excesses = broken_sets(inside, np.array(taken), size, 0.02)

    expected = {}
    for units in joined_areas({u: set(range(n)) for u in range(n)}, [1] * n, (size, size)):
        held = inside[sorted(units)].sum(axis=0)
        excess = sum(part * (count // 2) for part, count in zip(taken, held, strict=True))
        if excess - size // 2 > 0.02 + 1e-12:
            expected[units] = excess - size // 2
    found = dict(zip(map(frozenset, sets.tolist()), excesses.tolist(), strict=True))
    assert found.keys() == expected.keys()
    assert all(found[units] == pytest.approx(expected[units]) for units in expected)
