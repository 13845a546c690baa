"""Inequality along a gradient: from the most to the least deprived, how far and how many times.

In:        values of 5 to 100 groups of people, most deprived first, with people and errors.
Out:       slope and relative index of inequality with exact limits, without simulation.
Source:    J. P. Mackenbach and A. E. Kunst, Social Science & Medicine 44, 1997; E. C. Fieller,
           Journal of the Royal Statistical Society B 16, 1954 (limits of a ratio).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.outcomes.errors import TooFewGroupsError
from folkmoot.outcomes.results import Estimates, Method
from folkmoot.vocabulary.arrays import BoolVector, FloatVector
from folkmoot.vocabulary.statistics.errors import CountError
from folkmoot.vocabulary.statistics.inputs import (
    Floats,
    check_counts,
    check_denominators,
    digest,
    places,
    two_sided,
    vectors,
)

Scale = Literal["natural", "log", "logit"]

FEWEST_GROUPS, STEADY_GROUPS = 5, 10
UNSTABLE = "more than ten groups: the slope is unstable"
NO_RATIO = "the value of the most deprived may be 0, so a ratio to it has no limits"

SLOPE = Method(
    code="O10",
    name="slope index of inequality; weighted line over ranks of people",
    sources="Mackenbach and Kunst 1997",
    cannot_say="whether the gradient is straight: look at the groups themselves.",
)
RELATIVE = Method(
    code="O10",
    name="relative index of inequality; Fieller's limits, or those of the logarithm",
    sources="Mackenbach and Kunst 1997; Fieller 1954",
    cannot_say="whether the gradient is straight: look at the groups themselves.",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Inequality:
    """The gradient of one or many sets of groups, one row a set."""

    slope: Estimates
    """Value of the least deprived end less that of the most deprived, in the value's unit."""
    relative: Estimates
    """The least deprived end over the most deprived."""
    intercept: FloatVector
    """Fitted value of the most deprived end."""
    note: str = ""


def slope_index(
    values: ArrayLike,
    population: ArrayLike,
    errors: ArrayLike,
    *,
    scale: Scale = "natural",
    confidence: float = 0.95,
) -> Inequality:
    """Fit a line through groups ranked by deprivation.

    Parameters
    ----------
    values, population, errors : arrays of shape (n_groups,) or (n_sets, n_groups)
        Most deprived group first; errors are standard errors of the values.
    scale : {'natural', 'log', 'logit'}
        Rates may be fitted on their logarithm, proportions on their logit; limits of the
        slope are then by the delta method.

    Raises
    ------
    TooFewGroupsError
        If there are fewer than five groups.
    CountError, DenominatorError, MissingValueError, ShapeError, ConfidenceError
        If an error is below 0, people are not above 0, or a value does not fit the scale.

    Examples
    --------
    >>> people, errors = [1200, 1100, 1000, 900, 800], [0.5, 0.5, 0.6, 0.6, 0.7]
    >>> found = slope_index([70, 72, 73, 75, 78], people, errors)
    >>> round(float(found.slope.value[0]), 9), round(float(found.relative.value[0]), 9)
    (9.180451128, 1.133767759)
    """
    v, n, se = vectors(values=values, population=population, errors=errors)
    v, n, se = np.atleast_2d(v), np.atleast_2d(n), np.atleast_2d(se)
    if v.shape[1] < FEWEST_GROUPS:
        raise TooFewGroupsError(v.shape[1])
    check_denominators(population=n)
    check_counts(errors=se)
    z = two_sided(confidence)
    y, error = _scaled(v, se, scale)
    rows = _rows_of_fit(n)
    fitted = (rows * y[:, None, :]).sum(axis=2)
    covariance = np.einsum("kig,kg,kjg->kij", rows, error**2, rows)
    start, slope = fitted[:, 0], fitted[:, 1]
    sha256 = digest({"values": v, "population": n, "errors": se})
    if scale == "natural":
        sd = np.sqrt(covariance[:, 1, 1])
        difference, low, high = slope, slope - z * sd, slope + z * sd
        ratio, least, most, none = _fieller(start, slope, covariance, z)
    else:
        difference, sd = _turned_back(start, slope, covariance, scale)
        low, high = difference - z * sd, difference + z * sd
        ratio, least, most = _ratio_turned_back(start, slope, covariance, scale=scale, z=z)
        none = np.zeros(len(v), dtype=np.bool_)
    return Inequality(
        slope=Estimates(
            value=difference,
            lower=low,
            upper=high,
            confidence=confidence,
            method=SLOPE,
            inputs_sha256=sha256,
            unit="unit of the value",
        ),
        relative=Estimates(
            value=ratio,
            lower=least,
            upper=most,
            confidence=confidence,
            method=RELATIVE,
            inputs_sha256=sha256,
            absent={int(row): NO_RATIO for row in np.flatnonzero(none)},
        ),
        intercept=_natural(start, scale),
        note=UNSTABLE if v.shape[1] > STEADY_GROUPS else "",
    )


def _rows_of_fit(population: Floats) -> Floats:
    """What turns values into intercept and slope; shape (n_sets, 2, n_groups)."""
    share = population / population.sum(axis=1, keepdims=True)
    rank = np.cumsum(share, axis=1) - share / 2.0
    middle = (share * rank).sum(axis=1, keepdims=True)
    slope = share * (rank - middle)
    slope = slope / (slope * rank).sum(axis=1, keepdims=True)
    found: Floats = np.stack([share - middle * slope, slope], axis=1)
    return found


def _scaled(values: Floats, errors: Floats, scale: Scale) -> tuple[Floats, Floats]:
    """Values and errors on the scale of the fit."""
    if scale == "natural":
        return values, errors
    check_denominators(values=values)
    if scale == "log":
        return np.log(values), errors / values
    if (values >= 1.0).any():
        beyond = values >= 1.0
        raise CountError("values", places(beyond), float(values[beyond][0]), "below 1")
    return np.log(values / (1.0 - values)), errors / (values * (1.0 - values))


def _natural(scores: FloatVector, scale: Scale) -> FloatVector:
    """Turn fitted values back."""
    if scale == "natural":
        return scores
    found: FloatVector = np.exp(scores) if scale == "log" else 1.0 / (1.0 + np.exp(-scores))
    return found


def _steepness(scores: FloatVector, scale: Scale) -> FloatVector:
    """How fast the natural value rises with the fitted one."""
    natural = _natural(scores, scale)
    return natural if scale == "log" else natural * (1.0 - natural)


def _fieller(
    start: FloatVector, slope: FloatVector, covariance: Floats, z: float
) -> tuple[FloatVector, FloatVector, FloatVector, BoolVector]:
    """Ratio of the two ends with its limits; none where the start may be 0."""
    end = start + slope
    v_start = covariance[:, 0, 0]
    v_end = v_start + 2.0 * covariance[:, 0, 1] + covariance[:, 1, 1]
    joint = v_start + covariance[:, 0, 1]
    a = start**2 - z * z * v_start
    b = start * end - z * z * joint
    c = end**2 - z * z * v_end
    none = a <= 0
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(np.maximum(b * b - a * c, 0.0))
        low, high = (b - root) / a, (b + root) / a
        ratio = end / start
    blank = np.where(none, np.nan, 1.0)
    return ratio, low * blank, high * blank, none


def _turned_back(
    start: FloatVector, slope: FloatVector, covariance: Floats, scale: Scale
) -> tuple[FloatVector, FloatVector]:
    """Difference of the two ends on the natural scale, with its standard error."""
    end = start + slope
    at_start, at_end = _steepness(start, scale), _steepness(end, scale)
    pull = np.stack([at_end - at_start, at_end], axis=1)
    variance = np.einsum("ki,kij,kj->k", pull, covariance, pull)
    return _natural(end, scale) - _natural(start, scale), np.sqrt(variance)


def _ratio_turned_back(
    start: FloatVector, slope: FloatVector, covariance: Floats, *, scale: Scale, z: float
) -> tuple[FloatVector, FloatVector, FloatVector]:
    """Ratio of the two ends on the natural scale, with limits on its logarithm."""
    end = start + slope
    first, last = _natural(start, scale), _natural(end, scale)
    at_start, at_end = _steepness(start, scale) / first, _steepness(end, scale) / last
    pull = np.stack([at_end - at_start, at_end], axis=1)
    sd = np.sqrt(np.einsum("ki,kij,kj->k", pull, covariance, pull))
    ratio = last / first
    return ratio, ratio * np.exp(-z * sd), ratio * np.exp(z * sd)
