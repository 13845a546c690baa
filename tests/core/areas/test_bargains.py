"""Bargains and bounds: the tree search beside plain Python that tries every set of blocks."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.areas.plain_plans import joined_areas, neighbours, plans
from tests.random_country import Country, countries

from folkmoot.areas.atoms import Units
from folkmoot.areas.bargains import Market, bands
from folkmoot.areas.columns import Prices
from folkmoot.areas.splitting import Split, Splitting
from folkmoot.areas.work import Work
from folkmoot.geography.terms import area_costs, terms
from folkmoot.vocabulary.arrays import FloatVector

FULL = Work(beginnings=1, redraws=300, bargain_rounds=8, proof_steps=1_000_000)


def blocks_of(country: Country) -> Units:
    places = country.places
    return Units.of(places, terms(places, country.criteria), np.arange(len(places.blocks)))


def bounds_of(country: Country) -> tuple[int, int]:
    return country.criteria.minimum_population, country.criteria.maximum_population


def areas_of(country: Country, blocks: Units) -> list[frozenset[int]]:
    near = neighbours(len(blocks), blocks.pairs.tolist())
    return joined_areas(near, country.places.blocks.population.tolist(), bounds_of(country))


def reduced(area: frozenset[int], blocks: Units, prices: FloatVector) -> float:
    inside = np.isin(np.arange(len(blocks)), list(area)).astype(np.int64)
    cost = float(area_costs(blocks.terms, inside)[-1 if inside.any() else 0])
    return cost - float(prices[list(area)].sum())


priced = st.tuples(countries(most_blocks=7), st.integers(0, 2**32 - 1), st.floats(-0.3, 0.3))


@given(priced)
@settings(max_examples=100)
def test_every_bargain_is_found_once_and_no_other(case: tuple[Country, int, float]) -> None:
    country, seed, below = case
    blocks = blocks_of(country)
    prices = np.random.default_rng(seed).normal(0.0, 0.2, len(blocks))
    market = Market.of(blocks)
    questions = market.questions(bands(bounds_of(country), 1.5))
    answers = market.ask(questions, Prices(prices), below=below, steps=10_000, most=200)

    found = [
        (frozenset(one.columns.of(n).tolist()), float(one.reduced[n]))
        for one in answers
        for n in range(len(one.columns))
    ]
    wanted = {
        area: cost
        for area in areas_of(country, blocks)
        if (cost := reduced(area, blocks, prices)) < below - 1e-9
    }
    assert len(found) == len(dict(found))
    assert wanted.keys() <= dict(found).keys()
    for area, cost in found:
        assert cost == pytest.approx(reduced(area, blocks, prices), abs=1e-9)


@given(priced, st.integers(1, 6))
@settings(max_examples=100)
def test_what_is_left_open_is_never_said_to_cost_more_than_it_does(
    case: tuple[Country, int, float], steps: int
) -> None:
    country, seed, below = case
    blocks = blocks_of(country)
    prices = np.random.default_rng(seed).normal(0.0, 0.2, len(blocks))
    market = Market.of(blocks)
    questions = market.questions(bands(bounds_of(country), 1.5))
    answers = market.ask(questions, Prices(prices), below=below, steps=steps, most=200)

    least = min((one.least for one in answers), default=np.inf)
    costs = [reduced(area, blocks, prices) for area in areas_of(country, blocks)]
    assert least <= min(costs, default=np.inf) + 1e-9


@given(countries(most_blocks=7), st.integers(1, 4))
@settings(max_examples=40)
def test_no_plan_of_blocks_costs_less_than_the_bound(country: Country, n_areas: int) -> None:
    country = replace(country, criteria=replace(country.criteria, areas=n_areas))
    blocks = blocks_of(country)
    every = areas_of(country, blocks)
    whole = frozenset(range(len(blocks)))
    labelled = []
    for plan in plans(every, whole, n_areas):
        labels = np.empty(len(blocks), dtype=np.int64)
        for number, area in enumerate(plan):
            labels[list(area)] = number
        labelled.append(labels)
    if not labelled:
        return
    best = min(float(area_costs(blocks.terms, labels).sum()) for labels in labelled)
    splitting = Splitting.of(blocks, n_areas, bounds_of(country), (), FULL)
    found: Split | None = None
    for found in splitting.search(
        labelled[0], None, np.random.default_rng(1), progress=lambda _stage, _share: None
    ):
        assert found.cost >= best - 1e-9
    assert found is not None
    assert found.bound is None or found.bound <= best + 1e-9
