"""Recent trends: the published series, a plain twin, laws and refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.contingency_tables import Table

from folkmoot.outcomes.errors import LimitError
from folkmoot.outcomes.trend import SIGNIFICANT, recent_trend, recent_trend_of_proportions
from folkmoot.vocabulary.statistics.errors import CountError, ShapeError

fives = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 12)), min_size=5, max_size=5)


def test_the_published_series_rises() -> None:
    v = np.array([[50.0, 52, 55, 57, 60]])
    half = 1.96 * np.array([[1.5, 1.4, 1.5, 1.6, 1.5]])
    found = recent_trend(v, v - half, v + half)

    assert found.slope[0] == pytest.approx(2.508018455514801, rel=1e-12)
    assert found.chi_squared[0] == pytest.approx(27.991098659809072, rel=1e-12)
    assert found.direction == ("increasing",)


@given(fives)
def test_the_slope_is_that_of_weighted_least_squares(rows: list[tuple[int, int]]) -> None:
    v = np.array([[float(one) for one, _ in rows]])
    se = np.array([[float(one) for _, one in rows]])
    found = recent_trend(v, v - 1.96 * se, v + 1.96 * se)
    x = np.column_stack([np.ones(5), np.arange(1.0, 6.0)])
    fitted = WLS(v[0], x, weights=se[0] ** -2.0).fit()

    assert found.slope[0] == pytest.approx(fitted.params[1], rel=1e-8, abs=1e-9)
    known = fitted.normalized_cov_params[1, 1]
    assert found.chi_squared[0] == pytest.approx(fitted.params[1] ** 2 / known, rel=1e-8, abs=1e-9)


@given(st.lists(st.tuples(st.integers(1, 80), st.integers(1, 80)), min_size=5, max_size=5))
def test_the_trend_of_proportions_is_armitages(rows: list[tuple[int, int]]) -> None:
    x = np.array([[float(yes) for yes, _ in rows]])
    n = np.array([[float(yes + no) for yes, no in rows]])
    found = recent_trend_of_proportions(x, n)
    table = Table(np.array(rows, dtype=float), shift_zeros=False)
    theirs = table.test_ordinal_association(
        row_scores=np.arange(1.0, 6.0), col_scores=np.array([1.0, 0.0])
    )
    # Their variance is that of a fixed margin, n - 1 where Armitage has n.
    whole = n.sum()
    assert found.chi_squared[0] == pytest.approx(
        theirs.zscore**2 * whole / (whole - 1), rel=1e-6, abs=1e-9
    )


@given(fives)
def test_turning_the_values_over_turns_the_trend(rows: list[tuple[int, int]]) -> None:
    v = np.array([[float(one) for one, _ in rows]])
    se = np.array([[float(one) for _, one in rows]])
    up = recent_trend(v, v - se, v + se)
    down = recent_trend(-v, -v - se, -v + se)
    turned = {"increasing": "decreasing", "decreasing": "increasing"}

    assert down.slope == pytest.approx(-up.slope)
    assert down.direction[0] == turned.get(up.direction[0], up.direction[0])


def test_one_period_that_makes_the_trend_is_not_one() -> None:
    v = np.array([[50.0, 50, 50, 50, 90]])
    found = recent_trend(v, v - 2, v + 2)

    assert found.chi_squared[0] > SIGNIFICANT
    assert found.direction == ("no significant change",)


def test_too_few_periods_or_a_missing_limit_cannot_be_calculated() -> None:
    short = recent_trend([[1.0, 2.0]], [[0.0, 1.0]], [[2.0, 3.0]])
    v = np.array([[50.0, 52, 55, 57, 60], [50.0, 52, 55, 57, 60]])
    low = v - 1
    low[1, 2] = np.nan

    assert short.direction == ("cannot be calculated",)
    assert recent_trend(v, low, v + 1).direction == ("increasing", "cannot be calculated")


def test_what_cannot_be_a_trend_is_refused() -> None:
    v = np.array([[1.0, 2, 3, 4, 5]])
    with pytest.raises(LimitError, match=r"have no width.*row \(0, 0\)|have no width.*5 rows"):
        recent_trend(v, v, v)
    with pytest.raises(ShapeError):
        recent_trend(v[0], v[0] - 1, v[0] + 1)
    with pytest.raises(CountError):
        recent_trend_of_proportions([[9.0] * 5], [[5.0] * 5])
