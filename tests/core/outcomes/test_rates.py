"""Rates, standardised rates and comparisons: golden figures, plain twins, laws, refusals."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, t
from statsmodels.stats.proportion import confint_proportions_2indep

from folkmoot.outcomes.comparison import NO_RATIO, compare
from folkmoot.outcomes.rates import crude_rate, indirectly_standardised, mean, proportion
from folkmoot.outcomes.standardised import (
    TOO_FEW,
    directly_standardised,
    european_standard_population,
)
from folkmoot.vocabulary.statistics.errors import (
    CountError,
    DenominatorError,
    EmptyInputError,
    MissingValueError,
    ShapeError,
)

Z = 1.959963984540054
rows = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 9000)), min_size=1, max_size=20)
tables = st.integers(1, 5).flatmap(
    lambda ages: st.lists(
        st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5000)), min_size=ages, max_size=ages),
        min_size=1,
        max_size=6,
    )
)


def plain_limits(x: float) -> tuple[float, float]:
    """Limits of a count by a loop, in other words than ours."""
    if x < 10:
        low = chi2.ppf(0.025, 2 * x) / 2 if x else 0.0
        return low, chi2.ppf(0.975, 2 * x + 2) / 2
    return (
        x * (1 - 1 / (9 * x) - Z / (3 * sqrt(x))) ** 3,
        (x + 1) * (1 - 1 / (9 * (x + 1)) + Z / (3 * sqrt(x + 1))) ** 3,
    )


@given(rows)
def test_a_rate_is_the_count_and_its_limits_over_people(given_rows: list[tuple[int, int]]) -> None:
    x, n = zip(*given_rows, strict=True)
    found = crude_rate(x, n)
    for row, (events, people) in enumerate(given_rows):
        low, high = plain_limits(events)
        assert found.value[row] == pytest.approx(events / people, rel=1e-12)
        assert found.lower[row] == pytest.approx(low / people, rel=1e-9, abs=1e-15)
        assert found.upper[row] == pytest.approx(high / people, rel=1e-9)


def test_a_directly_standardised_rate_is_the_published_one() -> None:
    x = np.arange(2.0, 39.0, 2.0)[None]
    found = directly_standardised(x, np.full((1, 19), 1000.0))

    assert found.value[0] * 1e5 == pytest.approx(1785.0, rel=1e-12)
    assert found.lower[0] * 1e5 == pytest.approx(1593.020397720649, rel=1e-12)
    assert found.upper[0] * 1e5 == pytest.approx(1992.1517029167935, rel=1e-12)


def test_the_standard_population_is_eurostats() -> None:
    weights = european_standard_population()

    assert weights.sum() == 100_000
    assert weights[[0, 8, 18]].tolist() == [5000, 7000, 1000]


def test_an_indirectly_standardised_ratio_is_the_published_one() -> None:
    found = indirectly_standardised([[65.0]], [[100.0]], [50.0], [100.0])

    assert found.value[0] == pytest.approx(1.3, rel=1e-12)
    assert found.lower[0] == pytest.approx(1.0032637542091887, rel=1e-12)
    assert found.upper[0] == pytest.approx(1.6569827709187968, rel=1e-12)


@given(tables)
def test_a_standardised_rate_agrees_with_a_plain_loop(
    table: list[list[tuple[int, int]]],
) -> None:
    x = np.array([[cell[0] for cell in row] for row in table], dtype=np.float64)
    n = np.array([[cell[1] for cell in row] for row in table], dtype=np.float64)
    w = np.arange(1.0, x.shape[1] + 1.0)
    found = directly_standardised(x, n, w)
    for row, cells in enumerate(table):
        total = sum(cell[0] for cell in cells)
        if total < 10:
            assert np.isnan(found.value[row])
            assert found.absent[row] == TOO_FEW
            continue
        value = sum(w[a] * cell[0] / cell[1] for a, cell in enumerate(cells)) / w.sum()
        variance = (
            sum(cell[0] * (w[a] / cell[1]) ** 2 for a, cell in enumerate(cells)) / w.sum() ** 2
        )
        low, high = plain_limits(total)
        scale = sqrt(variance / total)
        assert found.value[row] == pytest.approx(value, rel=1e-9)
        assert found.lower[row] == pytest.approx(value + scale * (low - total), rel=1e-9, abs=1e-12)
        assert found.upper[row] == pytest.approx(value + scale * (high - total), rel=1e-9)


@given(tables, st.floats(0.001, 1000))
def test_scaling_the_standard_population_changes_nothing(
    table: list[list[tuple[int, int]]], factor: float
) -> None:
    x = np.array([[cell[0] + 5 for cell in row] for row in table], dtype=np.float64)
    n = np.array([[cell[1] for cell in row] for row in table], dtype=np.float64)
    w = np.arange(1.0, x.shape[1] + 1.0)
    plain, scaled = directly_standardised(x, n, w), directly_standardised(x, n, factor * w)

    assert scaled.value == pytest.approx(plain.value, rel=1e-9, nan_ok=True)
    assert scaled.upper == pytest.approx(plain.upper, rel=1e-9, nan_ok=True)


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=9))
def test_standardised_to_its_own_people_a_rate_is_the_crude_one(people: list[int]) -> None:
    n = np.array([people], dtype=np.float64)
    x = np.arange(10.0, 10.0 + len(people))[None]
    found = directly_standardised(x, n, n[0])

    assert found.value[0] == pytest.approx(x.sum() / n.sum(), rel=1e-12)


def test_equal_rates_at_every_age_give_that_rate_whatever_the_standard() -> None:
    n = np.array([[100.0, 400.0, 900.0]])
    found = directly_standardised(0.05 * n, n, [5.0, 1.0, 2.0])

    assert found.value[0] == pytest.approx(0.05, rel=1e-12)


def test_people_with_several_events_widen_the_limits_and_leave_the_rate() -> None:
    x, n = np.array([[40.0, 60.0]]), np.array([[500.0, 500.0]])
    once = np.zeros((1, 2, 2))
    once[..., 0] = x
    twice = np.zeros((1, 2, 2))
    twice[..., 1] = x / 2
    plain = directly_standardised(x, n, [1, 1])
    single = directly_standardised(x, n, [1, 1], event_counts=once)
    several = directly_standardised(x, n, [1, 1], event_counts=twice)

    assert single.lower == pytest.approx(plain.lower)
    assert several.value == pytest.approx(plain.value)
    assert several.upper[0] - several.value[0] == pytest.approx(
        sqrt(2) * (plain.upper[0] - plain.value[0]), rel=1e-12
    )
    with pytest.raises(CountError, match="equal to them"):
        directly_standardised(x, n, [1, 1], event_counts=2 * once)


@given(rows)
def test_the_order_of_areas_changes_nothing_else(
    given_rows: list[tuple[int, int]],
) -> None:
    order = np.random.default_rng(len(given_rows)).permutation(len(given_rows))
    x, n = (np.array(column, dtype=np.float64) for column in zip(*given_rows, strict=True))
    x = np.minimum(x, n)
    for method in (crude_rate, proportion):
        found, turned = method(x, n), method(x[order], n[order])
        assert (turned.value == found.value[order]).all()
        assert (turned.lower == found.lower[order]).all()
        assert (turned.upper == found.upper[order]).all()


def test_a_mean_has_the_limits_of_student_and_none_for_one_person() -> None:
    found = mean([50.0, 7.0], [10, 1], [2.0, 0.0])
    half = t.ppf(0.975, 9) * 2 / sqrt(10)

    assert found.value.tolist() == [5.0, 7.0]
    assert found.upper[0] == pytest.approx(5 + half, rel=1e-12)
    assert np.isnan(found.lower[1])
    assert found.absent == {1: "one person has no spread"}


def test_a_comparison_is_the_published_one() -> None:
    by_share = compare(([120], [80]), ([1000], [1000]), kind="proportion").ratio
    by_rate = compare(([120], [80]), ([1000], [1000]), kind="rate").ratio

    assert by_share.value[0] == pytest.approx(1.5)
    assert by_share.lower[0] == pytest.approx(1.1462437, abs=5e-8)
    assert by_share.upper[0] == pytest.approx(1.9629333, abs=1e-7)
    assert by_rate.lower[0] == pytest.approx(1.1303967, abs=5e-8)
    assert by_rate.upper[0] == pytest.approx(1.9904516, abs=5e-8)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 500), st.integers(1, 500))
def test_a_difference_has_newcombes_limits_as_statsmodels_gives_them(
    x1: int, x2: int, more1: int, more2: int
) -> None:
    n1, n2 = x1 + more1, x2 + more2
    found = compare(([x1], [x2]), ([n1], [n2]), kind="proportion").difference
    assert found is not None
    low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff")

    assert found.lower[0] == pytest.approx(low, abs=1e-9)
    assert found.upper[0] == pytest.approx(high, abs=1e-9)


def test_an_area_without_events_has_a_difference_but_no_ratio() -> None:
    found = compare(([0], [8]), ([50], [50]), kind="proportion")

    assert np.isnan(found.ratio.value[0])
    assert found.ratio.absent == {0: NO_RATIO}
    assert found.difference is not None
    assert found.difference.upper[0] < 0


def test_what_cannot_be_a_rate_is_refused_with_its_rows() -> None:
    with pytest.raises(DenominatorError, match="'people' is 0 or less in row 1"):
        crude_rate([1, 2], [5, 0])
    with pytest.raises(CountError, match="'events' is out of bounds in row 0"):
        proportion([6], [5])
    with pytest.raises(MissingValueError):
        crude_rate([np.nan], [5])
    with pytest.raises(DenominatorError, match=r"'people' is 0 or less in row \(0, 1\)"):
        directly_standardised([[20, 1]], [[5, 0]], [1, 1])
    with pytest.raises(ShapeError):
        directly_standardised([20, 1], [5, 5], [1, 1])
    with pytest.raises(EmptyInputError):
        directly_standardised([[20, 1]], [[5, 5]], [0, 0])
    with pytest.raises(DenominatorError, match="'expected' is 0 or less"):
        indirectly_standardised([[3.0]], [[5.0]], [0.0], [9.0])
