"""Unions: the compiled walk and its prices, beside plain Python that shares nothing with them."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.areas.plain_plans import Area, joined_areas, neighbours
from tests.random_country import Country, countries

from folkmoot.areas import enumeration
from folkmoot.areas.atoms import Units
from folkmoot.areas.columns import Columns, Prices
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.unions import Unions
from folkmoot.areas.work import Work
from folkmoot.geography.terms import area_costs, coterminosity_costs, terms
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The unions of a small country, compiled and plain."""

    units: Units
    unions: Unions
    areas: list[Area]


def listed(country: Country) -> Listed:
    """Every union of a country's blocks, by the compiled walk and by trying every set."""
    places, criteria = country.places, country.criteria
    n, bounds = len(places.blocks), (criteria.minimum_population, criteria.maximum_population)
    units = Units.of(places, terms(places, criteria), np.arange(n))
    unions = enumerate_unions(units, bounds, Work(), with_coterminosity=True)
    assert unions is not None
    near = neighbours(n, units.pairs.tolist())
    areas = joined_areas(near, places.blocks.population.tolist(), bounds)
    return Listed(units=units, unions=unions, areas=areas)


def costs(area: Area, units: Units) -> tuple[float, float]:
    """What an area costs, and its coterminosity, from the terms alone."""
    inside = np.isin(np.arange(len(units)), list(area)).astype(np.int64)
    place = -1 if inside.any() else 0
    return (
        float(area_costs(units.terms, inside)[place]),
        float(coterminosity_costs(units.terms, inside)[place]),
    )


def by_area(columns: Columns) -> dict[Area, float]:
    """The cost of each column by what it holds; each stands once."""
    found = {
        frozenset(columns.of(n).tolist()): float(columns.costs[n]) for n in range(len(columns))
    }
    assert len(found) == len(columns)
    return found


prices = st.lists(st.integers(-8, 8), min_size=8, max_size=8).map(lambda all_: np.array(all_) / 16)


@settings(max_examples=50)
@given(countries(most_blocks=7))
def test_every_connected_area_within_the_bounds_is_met_once_at_its_cost(country: Country) -> None:
    found = listed(country)

    nothing = Prices(np.zeros(len(found.units)), np.zeros(1))
    columns = found.unions.within(nothing, 1e9, limit=10**6)

    assert columns is not None
    assert by_area(columns).keys() == set(found.areas)
    for number in range(len(columns)):
        cost, crossing = costs(frozenset(columns.of(number).tolist()), found.units)
        assert columns.costs[number] == pytest.approx(cost, abs=1e-12)
        assert columns.measures[number, 0] == pytest.approx(crossing, abs=1e-12)


@settings(max_examples=30)
@given(countries(most_blocks=7))
def test_figures_of_units_add_up_over_each_union(country: Country) -> None:
    found = listed(country)
    figures = np.arange(1.0, len(found.units) + 1)
    summed = replace(found.unions, measures=(found.unions.sums(figures),))

    columns = summed.within(Prices(np.zeros(len(figures)), np.zeros(1)), 1e9, limit=10**6)

    assert columns is not None
    for number in range(len(columns)):
        assert columns.measures[number, 0] == figures[columns.of(number)].sum()


@settings(max_examples=50)
@given(countries(most_blocks=7), prices, st.sampled_from([0.0, -0.5]))
def test_prices_are_taken_off_as_plain_sums_would(
    country: Country, all_prices: np.ndarray, crossing_price: float
) -> None:
    found = listed(country)
    offered = Prices(all_prices[: len(found.units)], np.array([crossing_price]))
    reduced = {}
    for area in found.areas:
        cost, crossing = costs(area, found.units)
        reduced[area] = cost - sum(offered.units[list(area)]) - crossing_price * crossing

    least, bargains = found.unions.cheapest(offered, below=0.0)
    inside = found.unions.within(offered, 0.1, limit=10**6)
    counts = found.unions.count_within(offered, np.array([-0.2, 0.1]))

    assert least == pytest.approx(min(reduced.values(), default=np.inf), abs=1e-9)
    assert inside is not None
    sure = {area for area, value in reduced.items() if value <= 0.1 - 1e-9}
    unsure = {area for area, value in reduced.items() if abs(value - 0.1) < 1e-9}
    assert sure <= by_area(inside).keys() <= sure | unsure
    assert counts[1] == len(inside)
    for unit in range(len(found.units)):
        held = [value for area, value in reduced.items() if unit in area]
        if min(held, default=0.0) < -1e-9:
            best = min(bargains.reduced(offered)[bargains.holds(len(found.units))[:, unit]])
            assert best == pytest.approx(min(held), abs=1e-9)


@settings(max_examples=50)
@given(countries(most_blocks=7))
def test_as_many_as_the_budget_are_listed_and_one_more_is_not(country: Country) -> None:
    found = listed(country)
    bounds = country.criteria.minimum_population, country.criteria.maximum_population
    n = len(found.unions)
    bytes_each = 12

    assert enumerate_unions(found.units, bounds, Work(unions=n)) is not None
    if n:
        tight = Work(memory_bytes=bytes_each * n - 1)
        assert enumerate_unions(found.units, bounds, Work(unions=n - 1)) is None
        assert enumerate_unions(found.units, bounds, tight) is None


def test_the_runs_in_which_roots_are_walked_make_no_difference(
    england_places: Places, england_criteria: Criteria, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Work(unions=200_000)
    n = len(england_places.blocks)
    units = Units.of(england_places, terms(england_places, england_criteria), np.arange(n))
    one = enumerate_unions(units, (0, 800_000), few)
    monkeypatch.setattr(enumeration, "PARTS", 3)
    other = enumerate_unions(units, (0, 800_000), few)

    assert one is not None
    assert other is not None
    assert np.array_equal(one.units, other.units)
    assert np.array_equal(one.costs, other.costs)
