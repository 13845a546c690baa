"""A weighted line, and what it predicts of each thing from the others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from folkmoot.vocabulary.statistics.errors import (
    DenominatorError,
    EmptyInputError,
    TooFewAreasError,
)
from folkmoot.vocabulary.statistics.line import predict_each


@given(st.integers(0, 10_000))
def test_matrices_of_the_others_alone_give_the_same_limits(seed: int) -> None:
    rng = np.random.default_rng(seed)
    things = int(rng.integers(5, 12))
    x, y, w = rng.normal(size=things), rng.normal(size=things), rng.uniform(0.5, 20.0, things)

    found = predict_each(y, x, w)

    for one in range(things):
        others = np.arange(things) != one
        design = np.column_stack([np.ones(things - 1), x[others]])
        root = np.sqrt(w[others])
        fitted, *_ = np.linalg.lstsq(design * root[:, None], y[others] * root, rcond=None)
        left = y[others] - design @ fitted
        spread = float(w[others] @ left**2) / (things - 3)
        at = np.array([1.0, x[one]])
        inverse = np.linalg.inv(design.T @ (design * w[others][:, None]))
        apart = student.ppf(0.975, things - 3) * np.sqrt(spread * (1 / w[one] + at @ inverse @ at))
        assert found.predicted[one] == pytest.approx(float(at @ fitted), rel=1e-8, abs=1e-9)
        assert found.upper[one] - found.predicted[one] == pytest.approx(float(apart), rel=1e-8)
        side = 1 if y[one] > found.upper[one] else -1 if y[one] < found.lower[one] else 0
        assert found.side[one] == side


def test_one_that_stands_apart_does_not_hide_itself() -> None:
    """In a line through all nine the same region would be inside its limits."""
    x = np.arange(9.0)
    y = 0.3 + 0.01 * x + 0.002 * np.array([1, -1, 1, -1, 0, 1, -1, 1, 0])
    y[4] -= 0.02

    assert predict_each(y, x, np.ones(9)).side == (0, 0, 0, 0, -1, 0, 0, 0, 0)


def test_what_gives_no_line_is_refused() -> None:
    with pytest.raises(TooFewAreasError):
        predict_each([1.0] * 4, range(4), [1.0] * 4)
    with pytest.raises(EmptyInputError):
        predict_each(range(5), [1.0] * 5, [1.0] * 5)
    with pytest.raises(DenominatorError):
        predict_each(range(5), range(5), [1, 1, 0, 1, 1])
