"""Variance between areas, agreement, and many tests at once, beside other libraries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, friedmanchisquare
from statsmodels.stats.meta_analysis import combine_effects

from folkmoot.vocabulary.statistics.agreement import kendalls_w
from folkmoot.vocabulary.statistics.between import heterogeneity, overdispersion, winsorised
from folkmoot.vocabulary.statistics.discoveries import benjamini_hochberg

some = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.05, 2)), min_size=5, max_size=40)


@given(some)
def test_heterogeneity_is_that_of_statsmodels(rows: list[tuple[float, float]]) -> None:
    scores, errors = (np.array(column) for column in zip(*rows, strict=True))
    found = heterogeneity(scores, errors)
    with np.errstate(all="ignore"):  # their variance may go below 0 before it is cut off
        theirs = combine_effects(scores, errors**2, method_re="dl", use_t=False)

    assert found.q == pytest.approx(theirs.q, rel=1e-8, abs=1e-10)
    assert found.tau_squared == pytest.approx(max(theirs.tau2, 0.0), rel=1e-8, abs=1e-10)
    assert 0 <= found.i_squared <= 1
    assert 0 <= found.p <= 1


@given(some)
def test_without_winsorising_about_the_mean_both_variances_are_the_same(
    rows: list[tuple[float, float]],
) -> None:
    scores, errors = (np.array(column) for column in zip(*rows, strict=True))
    weights = errors**-2.0
    mean = float((weights * scores).sum() / weights.sum())
    found = overdispersion(scores, errors, mean, winsorise=0.0)

    if np.ptp((scores - mean) / errors) > 0:
        assert found.tau_squared == pytest.approx(
            heterogeneity(scores, errors).tau_squared, rel=1e-9, abs=1e-12
        )


def test_areas_that_are_all_alike_have_no_variance_between_them() -> None:
    alike = overdispersion(np.full(8, 0.3), np.full(8, 0.01), 0.2)

    assert alike.tau_squared == 0
    assert heterogeneity(np.full(8, 0.3), np.full(8, 0.01)).tau_squared == 0


@given(st.lists(st.floats(-9, 9), min_size=3, max_size=50), st.floats(0, 0.4))
def test_winsorising_pulls_in_the_tails_and_moves_nothing_else(
    given_values: list[float], share: float
) -> None:
    values = np.array(given_values)
    found = winsorised(values, share)
    low, high = np.quantile(values, [share, 1 - share])

    assert ((found >= low) & (found <= high)).all()
    inside = (values >= low) & (values <= high)
    assert (found[inside] == values[inside]).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_false_discoveries_are_those_of_scipy(p: list[float]) -> None:
    assert benjamini_hochberg(np.array(p)) == pytest.approx(
        false_discovery_control(p, method="bh"), abs=1e-12
    )


@given(
    st.integers(3, 9).flatmap(
        lambda things: st.lists(st.permutations(range(things)), min_size=3, max_size=6)
    )
)
def test_concordance_is_friedmans_test_in_another_unit(rows: list[list[int]]) -> None:
    values = np.array(rows, dtype=np.float64)
    theirs = friedmanchisquare(*values.T).statistic / (values.shape[0] * (values.shape[1] - 1))

    assert kendalls_w(values) == pytest.approx(theirs, abs=1e-9)


def test_rows_without_an_order_have_no_concordance() -> None:
    assert kendalls_w(np.ones((3, 4))) is None
