"""How many people need what."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outcomes.errors import LimitError, PrevalenceError
from folkmoot.outcomes.needs import Needs, Prevalence, needs
from folkmoot.vocabulary.arrays import FloatMatrix
from folkmoot.vocabulary.source import Source
from folkmoot.vocabulary.statistics.errors import CountError, MissingValueError, ShapeError

SOURCE = Source(title="made up for a test", publisher="folkmoot", published="2026")
OTHER = Source(title="another", publisher="folkmoot", published="2025")


def drawn(seed: int, *, local: bool = False) -> tuple[FloatMatrix, Prevalence, FloatMatrix]:
    rng = np.random.default_rng(seed)
    areas, cohorts, kinds = (int(n) for n in rng.integers(1, 6, size=3))
    shape = (areas, cohorts, kinds) if local else (cohorts, kinds)
    value = rng.uniform(0.1, 0.6, size=shape)
    width = rng.uniform(0.0, 0.09, size=shape)
    found = Prevalence.of(value, value - width, value + width, areas=areas, source=SOURCE)
    people = rng.integers(0, 5000, size=(areas, cohorts)).astype(float)
    met = rng.integers(0, 900, size=(areas, kinds)).astype(float)
    return people, found, met


def twin(people: FloatMatrix, found: Prevalence, met: FloatMatrix) -> dict[str, float]:
    """The same in plain loops."""
    areas, cohorts, kinds = found.which.shape
    told: dict[str, float] = {}
    for need in range(kinds):
        for area in range(areas):
            expected, by_estimate = 0.0, dict[int, float]()
            for cohort in range(cohorts):
                one = int(found.which[area, cohort, need])
                if one >= 0:
                    expected += people[area, cohort] * found.value[one]
                    by_estimate[one] = by_estimate.get(one, 0.0) + people[area, cohort]
            variance = sum(
                (count * (found.upper[one] - found.lower[one]) / 3.919927969080108) ** 2
                for one, count in by_estimate.items()
            )
            told[f"expected {area} {need}"] = expected
            told[f"lower {area} {need}"] = max(0.0, expected - 1.959963984540054 * sqrt(variance))
            told[f"unmet {area} {need}"] = max(0.0, expected - met[area, need])
    return told


def test_a_twin_in_plain_loops_agrees_on_a_thousand_inputs() -> None:
    for seed in range(1000):
        people, found, met = drawn(seed, local=seed % 2 == 1)

        told = needs(people, found, met)

        for name, value in twin(people, found, met).items():
            what, area, need = name.split()
            table = {"expected": told.expected.value, "lower": told.expected.lower}
            ours = table.get(what, told.unmet)[int(area), int(need)]
            assert ours == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(st.integers(0, 10_000), st.floats(0.0, 1.0))
def test_splitting_a_cohort_changes_nothing(seed: int, share: float) -> None:
    people, found, met = drawn(seed)
    halves = np.column_stack([people[:, 0] * share, people[:, 0] * (1 - share), people[:, 1:]])
    both = Prevalence(
        value=found.value, lower=found.lower, upper=found.upper, is_local=found.is_local,
        sources=found.sources, which=np.concatenate([found.which[:, :1], found.which], axis=1),
    )  # fmt: skip

    whole, split = needs(people, found, met), needs(halves, both, met)

    for one, other in zip(tables(whole), tables(split), strict=True):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-9)


def tables(told: Needs) -> tuple[FloatMatrix, ...]:
    return (
        told.expected.value, told.expected.lower, told.expected.upper, told.whole.lower,
        told.unmet, told.excess,
    )  # fmt: skip


@given(st.integers(0, 10_000))
def test_what_is_met_unmet_and_in_excess_adds_up_to_what_is_expected(seed: int) -> None:
    people, found, met = drawn(seed)

    told = needs(people, found, met)

    assert told.expected.value + told.excess == pytest.approx(told.met + told.unmet)
    assert (told.expected.lower <= told.expected.value + 1e-9).all()
    assert (told.expected.value <= told.expected.upper + 1e-9).all()
    assert told.whole.value[0] == pytest.approx(told.expected.value.sum(axis=0))
    assert told.cells.sum(axis=1) == pytest.approx(told.expected.value)


@given(st.integers(0, 10_000))
def test_the_order_of_areas_is_of_no_account(seed: int) -> None:
    people, found, met = drawn(seed)
    order = np.random.default_rng(seed).permutation(len(people))

    told, turned = needs(people, found, met), needs(people[order], found, met[order])

    assert turned.expected.upper == pytest.approx(told.expected.upper[order])


def test_a_national_estimate_errs_in_all_areas_alike_and_local_ones_each_for_itself() -> None:
    people = np.array([[1000.0], [1000.0]])
    once = Prevalence.of([[0.1]], [[0.08]], [[0.12]], areas=2, source=SOURCE)
    each = Prevalence.of(
        [[[0.1]], [[0.1]]], [[[0.08]], [[0.08]]], [[[0.12]], [[0.12]]], areas=2, source=SOURCE
    )

    assert needs(people, once).whole.lower[0, 0] == pytest.approx(160.0)
    assert needs(people, each).whole.lower[0, 0] == pytest.approx(200.0 - 40.0 / sqrt(2.0))


def test_a_national_prevalence_is_called_modelled_and_its_source_is_kept() -> None:
    which = np.array([[[0, 1]], [[0, 2]]])
    found = Prevalence(
        value=np.array([0.1, 0.2, 0.3]), lower=np.full(3, np.nan), upper=np.full(3, np.nan),
        is_local=np.array([False, True, False]), sources=(SOURCE, OTHER, SOURCE), which=which,
    )  # fmt: skip

    told = needs([[10.0], [10.0]], found)

    assert told.is_modelled.tolist() == [[True, False], [True, True]]
    assert told.sources == ((SOURCE,), (OTHER, SOURCE))
    assert np.isnan(told.expected.lower).all()


def test_more_served_than_expected_is_shown() -> None:
    found = Prevalence.of([[0.1]], [[0.1]], [[0.1]], areas=1, source=SOURCE)

    told = needs([[100.0]], found, [[25.0]])

    assert told.unmet.tolist() == [[0.0]]
    assert told.excess.tolist() == [[15.0]]


def test_a_prevalence_above_one_is_refused_by_row() -> None:
    with pytest.raises(PrevalenceError, match=r"not from 0 to 1 in row 0; the first is 17\."):
        Prevalence.of([[17.0]], [[16.0]], [[18.0]], areas=1, source=SOURCE)


def test_limits_on_the_wrong_side_are_refused() -> None:
    with pytest.raises(LimitError, match="of the prevalence are on the wrong side"):
        Prevalence.of([[0.2]], [[0.3]], [[0.4]], areas=1, source=SOURCE)


@pytest.mark.parametrize(
    ("people", "met", "error"),
    [
        ([[-1.0]], [[0.0]], CountError),
        ([[float("nan")]], [[0.0]], MissingValueError),
        ([[1.0, 2.0]], [[0.0]], ShapeError),
        ([[1.0]], [[0.0, 1.0]], ShapeError),
    ],
)
def test_what_cannot_be_people_is_refused(
    people: list[list[float]], met: list[list[float]], error: type[Exception]
) -> None:
    found = Prevalence.of([[0.1]], [[0.1]], [[0.1]], areas=1, source=SOURCE)

    with pytest.raises(error):
        needs(people, found, met)
