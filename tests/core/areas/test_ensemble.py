"""Plans of an ensemble are good, different and counted right, whoever draws them."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import small_country
from tests.core.areas.test_front import every_plan
from tests.random_country import Country, countries

from folkmoot.areas.design import design
from folkmoot.areas.ensemble import Ensemble, ensemble
from folkmoot.areas.errors import TooManyAreasError
from folkmoot.areas.names import name_areas
from folkmoot.areas.rules import broken_rules
from folkmoot.areas.work import Work
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.errors import FolkmootError
from folkmoot.vocabulary.places import Places


@pytest.fixture
def square(tmp_path: Path) -> tuple[Places, Criteria]:
    """Nine blocks in a square."""
    places = read_places(small_country.write(tmp_path / "square"))
    return places, read_criteria(small_country.write_criteria(tmp_path), places)


def drawn(
    square: tuple[Places, Criteria], *, seed: int = 1, executor: Executor | None = None
) -> Ensemble:
    rng = np.random.default_rng(seed)
    return ensemble(*square, count=6, tolerance=0.6, points=5, rng=rng, executor=executor)


def told(found: Ensemble) -> object:
    """Everything that an ensemble says."""
    assert found.front is not None
    return (
        [plan.area_of.tolist() for plan in found.plans],
        found.draws,
        found.values,
        found.borders,
        found.areas,
        [(point.labels.tolist(), point.values) for point in found.front.points],
        found.front.open_zones,
    )


@settings(max_examples=40, deadline=None)
@given(countries(most_blocks=7), st.sampled_from([0.02, 0.3, 1e6]), st.integers(1, 6))
def test_plans_are_near_the_best_different_and_keep_every_rule(
    country: Country, tolerance: float, count: int
) -> None:
    places, criteria = country.places, country.criteria
    rng = np.random.default_rng(1)
    try:
        found = ensemble(places, criteria, count=count, tolerance=tolerance, rng=rng)
    except FolkmootError:
        assert not every_plan(country)
        return

    best = design(places, criteria, rng=rng).objective
    assert found.least == pytest.approx(best, abs=1e-9)
    assert 1 <= len(found.plans) <= count
    assert len({tuple(plan.area_of.tolist()) for plan in found.plans}) == len(found.plans)
    for plan, values in zip(found.plans, found.values, strict=True):
        assert not broken_rules(plan, places, criteria, name_areas(plan, places))
        scores = score(plan, places, criteria)
        assert scores.objective <= best + tolerance * abs(best) + 1e-9
        assert values["F"] == pytest.approx(scores.objective, abs=1e-9)
        assert values["inertia"] == pytest.approx(scores.inertia, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(countries(most_blocks=7))
def test_borders_and_areas_are_as_sure_as_a_plain_count_says(country: Country) -> None:
    places, plan = country.places, country.plan
    rng = np.random.default_rng(1)
    try:
        found = ensemble(places, country.criteria, plan, count=5, tolerance=1e6, rng=rng)
    except FolkmootError:
        return

    n = len(found.plans)
    sure: dict[str, list[float]] = {area: [] for area in plan.areas}
    for border in found.borders:
        a, b = border.block_a, border.block_b
        together = sum(one.area(a) == one.area(b) for one in found.plans)
        assert border.together_ratio == pytest.approx(together / n)
        assert border.in_plan == (plan.area(a) == plan.area(b))
        for area in {plan.area(a), plan.area(b)}:
            sure[area].append(border.certainty)
    for one in found.areas:
        kept = sum(plan.members()[one.area] in other.members().values() for other in found.plans)
        assert one.kept_ratio == pytest.approx(kept / n)
        assert one.certainty == pytest.approx(np.mean(sure[one.area] or [1.0]))
    for standing in found.standings:
        better = sum(values[standing.measure] < standing.value - 1e-9 for values in found.values)
        assert standing.rank == 1 + better


def test_the_best_plan_is_judged_where_none_is_given(square: tuple[Places, Criteria]) -> None:
    found = drawn(square)

    best = design(*square, rng=np.random.default_rng(1))
    assert not found.is_given
    assert found.value["F"] == pytest.approx(best.objective, abs=1e-12)
    assert found.standings[0].rank == 1
    assert found.differing > 0


def test_a_plan_that_is_given_is_judged(square: tuple[Places, Criteria]) -> None:
    places, criteria = square
    columns = AreaPlan.labelled(places.blocks.codes, np.arange(9) % 3)

    found = ensemble(places, criteria, columns, count=3, rng=np.random.default_rng(1), points=3)

    assert found.is_given
    assert found.value["F"] == pytest.approx(score(columns, places, criteria).objective)
    assert found.front is not None
    beaten = found.front.beating(found.value)
    assert beaten is not None
    assert beaten.by["coterminosity"] > 0


def test_the_same_seed_gives_the_same_ensemble_and_another_seed_another(
    square: tuple[Places, Criteria],
) -> None:
    assert told(drawn(square)) == told(drawn(square))
    assert told(drawn(square)) != told(drawn(square, seed=2))


@contextmanager
def dask() -> Iterator[Executor]:
    """Two workers of a Dask cluster on this machine."""
    with (
        LocalCluster(  # type: ignore[no-untyped-call]  # distributed is half typed
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        cluster.get_client() as client,
    ):
        yield client.get_executor()


@pytest.mark.parametrize(
    "workers",
    [
        lambda: ThreadPoolExecutor(3),
        lambda: ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")),
        dask,
    ],
    ids=["threads", "processes", "dask"],
)
def test_the_ensemble_does_not_depend_on_who_draws_it(
    square: tuple[Places, Criteria], workers: object
) -> None:
    assert callable(workers)
    with workers() as executor:
        found = drawn(square, executor=executor)

    assert told(found) == told(drawn(square))


def test_too_many_areas_to_weigh_are_refused_with_the_mend(
    square: tuple[Places, Criteria],
) -> None:
    with pytest.raises(TooManyAreasError, match="Name fewer geographies under 'atoms'"):
        ensemble(*square, rng=np.random.default_rng(1), work=Work(unions=5))
