"""A weighted line, and what it predicts of each thing from all the others.

In:        a value, what it may follow, and a weight of each thing.
Out:       for each thing, the prediction of the line through the others, with its limits.
Rule:      a thing has no part in the line that it is set against: one that stands apart would
           else pull the line to itself, and among nine that hides it.
Source:    R. D. Cook and S. Weisberg, Residuals and Influence in Regression, 1982, ch. 2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.statistics.errors import EmptyInputError, TooFewAreasError
from folkmoot.vocabulary.statistics.inputs import check_denominators, two_sided, vectors

FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Predictions:
    """What the line through the others predicts of each thing."""

    slope: float
    """Of the line through all things."""
    intercept: float
    predicted: FloatVector
    lower: FloatVector
    upper: FloatVector
    residual: FloatVector
    """The value less its prediction."""

    @property
    def side(self) -> tuple[int, ...]:
        """-1 where a value is below its limits, 1 where it is above, 0 within."""
        value = self.predicted + self.residual
        found = np.where(value < self.lower, -1, np.where(value > self.upper, 1, 0))
        return tuple(found.tolist())


def predict_each(
    value: ArrayLike, follows: ArrayLike, weight: ArrayLike, *, confidence: float = 0.95
) -> Predictions:
    """Predict each thing from a line through the others.

    Parameters
    ----------
    value, follows, weight : arrays of shape (n_things,)
        The variance of a value is taken to fall with its weight, such as people counted.

    Raises
    ------
    TooFewAreasError
        If there are fewer than five things.
    EmptyInputError
        If all, or all but one, are alike in what is followed.
    DenominatorError, MissingValueError, ShapeError, ConfidenceError
        Naming every bad row.

    Examples
    --------
    >>> found = predict_each([1.0, 2.0, 3.0, 9.0, 5.1], [1, 2, 3, 4, 5], [1.0] * 5)
    >>> found.side, round(float(found.predicted[3]), 3)
    ((0, 0, 0, 1, 0), 4.057)
    """
    y, x, w = vectors(value=value, follows=follows, weight=weight)
    check_denominators(weight=w)
    two_sided(confidence)
    if len(y) < FEWEST:
        raise TooFewAreasError(len(y), FEWEST, "A line with prediction limits")
    predicted, apart = np.empty(len(y)), np.empty(len(y))
    t = float(stdtrit(len(y) - 3, 0.5 + confidence / 2.0))
    for one in range(len(y)):
        others = np.arange(len(y)) != one
        slope, intercept, spread, middle, room = _line(y[others], x[others], w[others])
        predicted[one] = intercept + slope * x[one]
        leverage = 1.0 / w[others].sum() + (x[one] - middle) ** 2 / room
        apart[one] = t * np.sqrt(spread * (1.0 / w[one] + leverage))
    slope, intercept, *_ = _line(y, x, w)
    return Predictions(
        slope=slope,
        intercept=intercept,
        predicted=predicted,
        lower=predicted - apart,
        upper=predicted + apart,
        residual=y - predicted,
    )


def _line(
    y: FloatVector, x: FloatVector, w: FloatVector
) -> tuple[float, float, float, float, float]:
    """Slope, intercept, variance at weight 1, and the middle and spread of what is followed."""
    middle, mean = float(w @ x / w.sum()), float(w @ y / w.sum())
    room = float(w @ (x - middle) ** 2)
    if room == 0.0:
        raise EmptyInputError("the differences in what is followed")
    slope = float(w @ ((x - middle) * y)) / room
    intercept = mean - slope * middle
    spread = float(w @ (y - intercept - slope * x) ** 2) / (len(y) - 2)
    return slope, intercept, spread, middle, room
