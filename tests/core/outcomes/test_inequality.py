"""Slope and relative index: golden figures, an independent regression, laws and refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import WLS

from folkmoot.outcomes.errors import TooFewGroupsError
from folkmoot.outcomes.inequality import NO_RATIO, UNSTABLE, Scale, slope_index
from folkmoot.vocabulary.statistics.errors import CountError, DenominatorError

PEOPLE, VALUES, ERRORS = (
    [1200, 1100, 1000, 900, 800],
    [70, 72, 73, 75, 78],
    [0.5, 0.5, 0.6, 0.6, 0.7],
)
groups = st.lists(
    st.tuples(st.integers(20, 90), st.integers(50, 5000), st.integers(1, 9)),
    min_size=5,
    max_size=12,
)


def columns(rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values, people, errors = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    return values, people, errors / 4


def test_the_published_groups_have_the_published_gradient() -> None:
    found = slope_index(VALUES, PEOPLE, ERRORS)

    assert found.slope.value[0] == pytest.approx(9.180451127819415, rel=1e-12)
    assert found.slope.lower[0] == pytest.approx(7.384776, abs=1e-6)
    assert found.slope.upper[0] == pytest.approx(10.976126, abs=1e-6)
    assert found.intercept[0] == pytest.approx(68.62977443609033, rel=1e-12)
    assert found.relative.value[0] == pytest.approx(1.1337677590120665, rel=1e-12)
    assert found.relative.lower[0] == pytest.approx(1.1062750864, abs=1e-9)
    assert found.relative.upper[0] == pytest.approx(1.1619643381, abs=1e-9)


@given(groups)
def test_the_line_is_that_of_weighted_least_squares(rows: list[tuple[int, int, int]]) -> None:
    values, people, errors = columns(rows)
    share = people / people.sum()
    rank = np.cumsum(share) - share / 2
    fitted = WLS(values, np.column_stack([np.ones(len(rank)), rank]), weights=share).fit()
    found = slope_index(values, people, errors)

    assert found.intercept[0] == pytest.approx(fitted.params[0], rel=1e-9)
    assert found.slope.value[0] == pytest.approx(fitted.params[1], rel=1e-8, abs=1e-8)


def test_limits_are_those_of_a_hundred_thousand_draws() -> None:
    rng = np.random.default_rng(7)
    values, people, errors = (np.array(one, dtype=float) for one in (VALUES, PEOPLE, ERRORS))
    drawn = slope_index(
        values + errors * rng.standard_normal((100_000, 5)),
        np.tile(people, (100_000, 1)),
        np.tile(errors, (100_000, 1)),
    )
    found = slope_index(values, people, errors)
    for exact, simulated in ((found.slope, drawn.slope), (found.relative, drawn.relative)):
        low, high = np.quantile(simulated.value, [0.025, 0.975])
        room = exact.upper[0] - exact.lower[0]
        assert exact.lower[0] == pytest.approx(low, abs=0.015 * room)
        assert exact.upper[0] == pytest.approx(high, abs=0.015 * room)


@pytest.mark.parametrize("scale", ["log", "logit"])
def test_limits_of_other_scales_are_near_those_of_draws(scale: Scale) -> None:
    rng = np.random.default_rng(8)
    values = np.array([0.30, 0.27, 0.22, 0.2, 0.15, 0.12])
    people, errors = np.full(6, 1000.0), np.full(6, 0.008)
    drawn = slope_index(
        np.abs(values + errors * rng.standard_normal((60_000, 6))),
        np.tile(people, (60_000, 1)),
        np.tile(errors, (60_000, 1)),
        scale=scale,
    )
    found = slope_index(values, people, errors, scale=scale)
    for exact, simulated in ((found.slope, drawn.slope), (found.relative, drawn.relative)):
        low, high = np.quantile(simulated.value, [0.025, 0.975])
        room = exact.upper[0] - exact.lower[0]
        assert exact.lower[0] == pytest.approx(low, abs=0.05 * room)
        assert exact.upper[0] == pytest.approx(high, abs=0.05 * room)


@given(groups, st.integers(1, 50), st.integers(2, 9))
def test_moving_and_scaling_values_does_what_it_should(
    rows: list[tuple[int, int, int]], more: int, times: int
) -> None:
    values, people, errors = columns(rows)
    plain = slope_index(values, people, errors)
    moved = slope_index(values + more, people, errors)
    scaled = slope_index(values * times, people, errors * times)
    turned = slope_index(values[::-1], people[::-1], errors[::-1])

    assert moved.slope.value == pytest.approx(plain.slope.value, abs=1e-8)
    assert scaled.slope.value == pytest.approx(times * plain.slope.value, rel=1e-9, abs=1e-8)
    assert scaled.relative.value == pytest.approx(plain.relative.value, rel=1e-9)
    assert turned.slope.value == pytest.approx(-plain.slope.value, abs=1e-8)


@given(groups, st.integers(1, 99))
def test_equal_values_have_no_gradient(rows: list[tuple[int, int, int]], level: int) -> None:
    _, people, errors = columns(rows)
    found = slope_index(np.full(len(people), float(level)), people, errors)

    assert found.slope.value[0] == pytest.approx(0, abs=1e-9)
    assert found.relative.value[0] == pytest.approx(1, abs=1e-9)


def test_a_start_that_may_be_nothing_has_no_limits_of_the_ratio() -> None:
    found = slope_index([0.1, 1, 2, 3, 4], [100] * 5, [1.0] * 5)

    assert np.isnan(found.relative.lower[0])
    assert found.relative.absent == {0: NO_RATIO}
    assert np.isfinite(found.slope.lower[0])


def test_many_groups_carry_a_note_and_few_are_refused() -> None:
    assert slope_index([1.0] * 11, [1] * 11, [1] * 11).note == UNSTABLE
    with pytest.raises(TooFewGroupsError, match="5 groups or more, and there are 4"):
        slope_index([1, 2, 3, 4], [1] * 4, [1] * 4)
    with pytest.raises(DenominatorError):
        slope_index(VALUES, [0, 1, 1, 1, 1], ERRORS)
    with pytest.raises(CountError):
        slope_index(VALUES, PEOPLE, [-1, 1, 1, 1, 1])
    with pytest.raises(DenominatorError):
        slope_index([0, 1, 1, 1, 1], PEOPLE, ERRORS, scale="log")
    with pytest.raises(CountError, match="below 1"):
        slope_index([0.5, 0.5, 0.5, 0.5, 1.0], PEOPLE, ERRORS, scale="logit")
