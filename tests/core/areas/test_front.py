"""A front is complete, or says where it is not; and no plan beats a point of it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests import small_country
from tests.core.areas.plain_plans import joined_areas, neighbours, plans
from tests.random_country import Country, countries

from folkmoot.areas.front import RESOLUTION, Front, front
from folkmoot.areas.ground import Ground, Near, forget, near
from folkmoot.areas.measures import Measures
from folkmoot.areas.work import Work
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.errors import FolkmootError
from folkmoot.vocabulary.progress import silent

small = countries(most_blocks=7)
tolerances = st.sampled_from([0.05, 0.5, 1e6])


@dataclass(frozen=True, kw_only=True)
class Traced:
    """A front, and what is at least as good as nothing else, by trying every plan."""

    base: Near
    front: Front
    least: np.ndarray
    """Shape (n, n_measures): the values of plans that no other beats."""
    scales: np.ndarray


def values(country: Country, labels: np.ndarray) -> dict[str, float]:
    """What a plan has of each measure, by the scores that people read."""
    places, criteria = country.places, country.criteria
    scores = score(AreaPlan.labelled(places.blocks.codes, labels), places, criteria)
    people = np.array([area.population for area in scores.areas])
    even = people.sum() / criteria.areas
    return {
        "F": scores.objective,
        "coterminosity": scores.coterminosity,
        "need": scores.need,
        "balance": float(np.abs(people - even).sum() / people.sum()),
    }


def every_plan(country: Country) -> list[np.ndarray]:
    places, criteria = country.places, country.criteria
    n = len(places.blocks)
    areas = joined_areas(
        neighbours(n, places.borders.pairs.tolist()),
        places.blocks.population.tolist(),
        (criteria.minimum_population, criteria.maximum_population),
    )
    found = []
    for plan in plans(areas, frozenset(range(n)), criteria.areas):
        labels = np.zeros(n, dtype=np.int64)
        for number, area in enumerate(plan):
            labels[list(area)] = number
        found.append(labels)
    return found


def traced(country: Country, tolerance: float, count: int = 200) -> Traced | None:
    forget()
    try:
        ground = Ground.of(country.places, country.criteria, Work(), silent)
        base = near(ground, tolerance)
    except FolkmootError:
        assert not every_plan(country)
        return None
    found = front(base, count)
    each = [values(country, labels) for labels in every_plan(country)]
    at = np.array(
        [[one[name] for name in found.measures] for one in each if one["F"] <= base.most + 1e-7]
    )
    beaten = [((at <= one + 1e-9).all(axis=1) & (at < one - 1e-9).any(axis=1)).any() for one in at]
    scales = np.array([found.resolution[name] for name in found.measures]) / RESOLUTION
    return Traced(base=base, front=found, least=at[~np.array(beaten)], scales=scales)


def corners(found: Front) -> np.ndarray:
    return np.array([[point.values[name] for name in found.measures] for point in found.points])


@settings(max_examples=40, deadline=None)
@given(small, tolerances)
def test_the_front_of_a_small_country_is_complete(country: Country, tolerance: float) -> None:
    found = traced(country, tolerance)
    if found is None:
        return

    assert found.front.is_complete
    at = corners(found.front) / found.scales
    for one in found.least / found.scales:
        assert (at <= one + 2 * RESOLUTION).all(axis=1).any()


@settings(max_examples=40, deadline=None)
@given(small, tolerances, st.integers(1, 4))
def test_no_plan_beats_a_point_and_what_was_not_searched_is_told(
    country: Country, tolerance: float, count: int
) -> None:
    found = traced(country, tolerance, count)
    if found is None:
        return

    for point in corners(found.front):
        assert not (
            (found.least <= point + 1e-9).all(axis=1)
            & (found.least < point - 1e-5 * found.scales).any(axis=1)
        ).any()
    limits = np.array(
        [[zone[name] for name in found.front.measures] for zone in found.front.open_zones]
    ).reshape(-1, len(found.scales))
    at = corners(found.front)
    for one in found.least:
        is_met = (at <= one + 2 * RESOLUTION * found.scales).all(axis=1).any()
        assert is_met or (one < limits).all(axis=1).any()


@settings(max_examples=40, deadline=None)
@given(countries(most_blocks=7))
def test_measures_are_what_the_scores_say(country: Country) -> None:
    measures = Measures.of(country.places, country.criteria.with_areas(len(country.plan.areas)))
    same = Country(
        places=country.places,
        plan=country.plan,
        criteria=country.criteria.with_areas(len(country.plan.areas)),
    )

    found = measures.of_plan(country.plan.area_of)

    for name, value in values(same, country.plan.area_of).items():
        assert found[name] == pytest.approx(value, abs=1e-9)


def is_unsupported(at: np.ndarray, number: int) -> bool:
    """Whether a mixture of other points is better than a point by every measure."""
    others = np.delete(at, number, axis=0)
    if not len(others):
        return False
    n, width = others.shape
    answer = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=np.column_stack([others.T, np.ones(width)]),
        b_ub=at[number],
        A_eq=np.append(np.ones(n), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0.0, None)] * n + [(None, None)],
    )
    return bool(answer.success and -answer.fun > 1e-3)


def uneven_square(tmp_path: Path) -> Country:
    """Nine blocks in a square, with people and a need by chance."""
    tables = small_country.tables()
    rng = np.random.default_rng(1)
    for row in tables["blocks"]:
        row["population"] = str(rng.integers(50_000, 150_000))
        row["need"] = str(rng.integers(1, 100))
    criteria = small_country.CRITERIA.replace("200000", "1").replace("400000", "900000")
    criteria += '[[need]]\ncolumn = "need"\nweight = 1\n'
    places = read_places(small_country.write(tmp_path / "uneven", tables))
    return Country(
        places=places,
        plan=AreaPlan.labelled(places.blocks.codes, np.arange(9)),
        criteria=read_criteria(small_country.write_criteria(tmp_path, criteria), places),
    )


def test_points_that_no_weighing_of_the_measures_would_find_are_found(tmp_path: Path) -> None:
    found = traced(uneven_square(tmp_path), 1e6)

    assert found is not None
    assert found.front.is_complete
    assert len(found.front.points) == len(found.least)
    at = corners(found.front) / found.scales
    assert sum(is_unsupported(at, number) for number in range(len(at))) > 2


@settings(max_examples=30, deadline=None)
@given(small)
def test_a_plan_is_beaten_exactly_when_it_is_not_on_the_front(country: Country) -> None:
    found = traced(country, 1e6)
    if found is None:
        return

    for labels in every_plan(country):
        judged = values(country, labels)
        beaten = found.front.beating(judged)
        at = np.array([judged[name] for name in found.front.measures])
        gains = (at - found.least) / found.scales
        if (gains.min(axis=1) >= 0).any() and gains[gains.min(axis=1) >= 0].max() > 0.01:
            assert beaten is not None
        if beaten is not None:
            assert min(beaten.by[name] for name in beaten.by) >= -1.01 * max(
                found.front.resolution.values()
            )
            assert (gains.max(axis=1) > 0).any()
