"""Intervals: golden figures, libraries that we did not write, and what holds for every count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2
from statsmodels.stats.proportion import proportion_confint

from folkmoot.vocabulary.statistics.errors import (
    ConfidenceError,
    CountError,
    DenominatorError,
    EmptyInputError,
    MissingValueError,
    ShapeError,
)
from folkmoot.vocabulary.statistics.inputs import (
    check_counts,
    check_denominators,
    check_within,
    digest,
    two_sided,
    vectors,
)
from folkmoot.vocabulary.statistics.intervals import (
    byar,
    clopper_pearson,
    exact_poisson,
    poisson,
    wilson,
)

counts = st.integers(0, 5000)
levels = st.sampled_from([0.9, 0.95, 0.98, 0.998])


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [
        (65, 50.16318771045943, 82.84913854593984),
        (1045, 982.5932018073325, 1110.33121298565),
        (9, 4.115373097378334, 17.084803451419166),
        (0, 0.0, 3.6888794541139354),
    ],
)
def test_limits_of_counts_are_the_published_ones(events: int, lower: float, upper: float) -> None:
    low, high = poisson(np.array([float(events)]))

    assert low[0] == pytest.approx(lower, rel=1e-12)
    assert high[0] == pytest.approx(upper, rel=1e-12)


@pytest.mark.parametrize(
    ("events", "people", "lower", "upper"),
    [
        (65, 100, 0.5525444329688797, 0.7363575175690247),
        (0, 10, 0.0, 0.2775327998628892),
        (5, 50, 0.04347576493189042, 0.21360231437479654),
    ],
)
def test_limits_of_proportions_are_the_published_ones(
    events: int, people: int, lower: float, upper: float
) -> None:
    low, high = wilson(np.array([float(events)]), np.array([float(people)]))

    assert low[0] == pytest.approx(lower, rel=1e-12)
    assert high[0] == pytest.approx(upper, rel=1e-12)


@given(counts, counts, levels)
def test_proportions_have_the_limits_of_scipy_and_statsmodels(
    events: int, others: int, confidence: float
) -> None:
    people = events + others + 1
    x, n = np.array([float(events)]), np.array([float(people)])
    test = binomtest(events, people)
    for ours, method, name in (
        (wilson(x, n, confidence=confidence), "wilson", "wilson"),
        (clopper_pearson(x, n, confidence=confidence), "exact", "beta"),
    ):
        theirs = test.proportion_ci(confidence_level=confidence, method=method)
        also = proportion_confint(events, people, alpha=1 - confidence, method=name)
        assert ours[0][0] == pytest.approx(theirs.low, abs=1e-9)
        assert ours[1][0] == pytest.approx(theirs.high, abs=1e-9)
        assert ours[0][0] == pytest.approx(also[0], abs=1e-9)
        assert ours[1][0] == pytest.approx(also[1], abs=1e-9)


@given(counts, levels)
def test_exact_limits_are_those_of_chi_squared(events: int, confidence: float) -> None:
    low, high = exact_poisson(np.array([float(events)]), confidence=confidence)
    outside = (1 - confidence) / 2

    assert low[0] == pytest.approx(chi2.ppf(outside, 2 * events) / 2 if events else 0.0, rel=1e-9)
    assert high[0] == pytest.approx(chi2.ppf(1 - outside, 2 * events + 2) / 2, rel=1e-9)


@given(counts, levels)
def test_limits_hold_the_count_and_widen_with_confidence(events: int, confidence: float) -> None:
    x = np.array([float(events)])
    low, high = poisson(x, confidence=confidence)
    wide_low, wide_high = poisson(x, confidence=0.9985)

    assert 0 <= low[0] <= events <= high[0]
    assert wide_low[0] <= low[0]
    assert wide_high[0] >= high[0]


def test_byar_comes_near_the_exact_limits_from_ten_events_on() -> None:
    x = np.arange(10.0, 2000.0)
    for ours, exact in zip(byar(x), exact_poisson(x), strict=True):
        assert np.abs(ours / exact - 1).max() < 0.005


@given(counts, st.integers(0, 5000))
def test_proportions_stay_between_nothing_and_all(events: int, others: int) -> None:
    people = events + others + 1
    low, high = wilson(np.array([float(events)]), np.array([float(people)]))

    assert 0 <= low[0] <= events / people <= high[0] <= 1
    assert (low[0] == 0) == (events == 0)


@pytest.mark.parametrize("confidence", [0.5, 0.89, 1.0, 1.5, float("nan")])
def test_a_confidence_that_nobody_publishes_is_refused(confidence: float) -> None:
    with pytest.raises(ConfidenceError, match=r"not a confidence to publish.*0\.9 to below 1"):
        two_sided(confidence)


def test_every_bad_row_is_named_and_none_drops_silently() -> None:
    with pytest.raises(EmptyInputError, match="'events' is empty"):
        vectors(events=[])
    with pytest.raises(ShapeError, match=r"'events' \(2,\), 'people' \(1,\)"):
        vectors(events=[1, 2], people=[1])
    with pytest.raises(MissingValueError, match="'events' is missing in row 1"):
        vectors(events=[1, np.nan])
    with pytest.raises(CountError, match="'events' is below 0 in 2 rows: 0, 2; the first is -1"):
        check_counts(events=np.array([-1.0, 0.0, -2.0]))
    with pytest.raises(CountError, match="out of bounds in row 0; the first is 3"):
        check_within("events", np.array([3.0]), np.array([2.0]), "people")
    with pytest.raises(DenominatorError, match="'people' is 0 or less in 12 rows: 0, 1"):
        check_denominators(people=np.zeros(12))


def test_a_digest_tells_inputs_apart_by_value_name_and_shape() -> None:
    found = [
        digest({"x": [1.0, 2.0]}),
        digest({"x": [2.0, 1.0]}),
        digest({"y": [1.0, 2.0]}),
        digest({"x": [[1.0], [2.0]]}),
    ]

    assert len(set(found)) == 4
    assert digest({"x": [1.0, 2.0]}) == found[0]
