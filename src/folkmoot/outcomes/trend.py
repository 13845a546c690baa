"""Recent trends: whether the last five periods rise or fall by more than chance.

In:        the last five values of each area with their 95% limits, or events and people.
Out:       increasing, decreasing, no significant change, or that it cannot be calculated.
Rule:      significant at 99.8%, and the slope keeps its sign whichever period is left out.
Source:    Office for Health Improvement and Disparities, Fingertips technical guidance on
           recent trends; P. Armitage, Biometrics 11, 1955 (trend of proportions).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.outcomes.errors import LimitError
from folkmoot.outcomes.results import Method
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector
from folkmoot.vocabulary.statistics.errors import ShapeError
from folkmoot.vocabulary.statistics.inputs import (
    check_counts,
    check_denominators,
    check_within,
    digest,
    places,
    vectors,
)

Direction = Literal["increasing", "decreasing", "no significant change", "cannot be calculated"]

PERIODS = 5
SIGNIFICANT = 9.549535706083237
"""Chi-squared with one degree of freedom that chance exceeds in 0.2% of series."""
WIDTH = 3.92
"""A 95% interval in standard errors."""

TREND = Method(
    code="O8",
    name="recent trend over five periods; weighted slope, significant at 99.8%",
    sources="Fingertips technical guidance; Armitage 1955",
    cannot_say="whether a change will go on.",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trends:
    """The recent trend of each area."""

    slope: FloatVector
    """Change a period, in the unit of the values; NaN where it cannot be calculated."""
    chi_squared: FloatVector
    direction: tuple[Direction, ...]
    inputs_sha256: str
    method: Method = TREND


def recent_trend(values: ArrayLike, lower_95: ArrayLike, upper_95: ArrayLike) -> Trends:
    """Judge the last five periods by values and limits.

    Parameters
    ----------
    values, lower_95, upper_95 : arrays of shape (n_areas, n_periods)
        The latest last; NaN passes through, and fewer than five periods, or a limit missing in
        one of them, cannot be calculated.

    Raises
    ------
    LimitError
        If an interval has no width, or its limits are exchanged.
    ShapeError, EmptyInputError
        As for every method.

    Examples
    --------
    >>> se = 1.96 * np.array([[1.5, 1.4, 1.5, 1.6, 1.5]])
    >>> v = np.array([[50.0, 52, 55, 57, 60]])
    >>> found = recent_trend(v, v - se, v + se)
    >>> round(float(found.slope[0]), 12), found.direction
    (2.508018455515, ('increasing',))
    """
    v, low, high = vectors(may_miss=True, values=values, lower_95=lower_95, upper_95=upper_95)
    if v.ndim != 2:
        raise ShapeError({"values": v.shape})
    if (high <= low).any():
        raise LimitError(places(high <= low), "have no width, or are exchanged,")
    sha256 = digest({"values": v, "lower_95": low, "upper_95": high})
    if v.shape[1] < PERIODS:
        return _judged(np.full((len(v), PERIODS + 1, 2), np.nan), sha256)
    last, width = v[:, -PERIODS:], (high - low)[:, -PERIODS:]
    return _judged(_fits(last, (width / WIDTH) ** -2.0), sha256)


def recent_trend_of_proportions(events: ArrayLike, people: ArrayLike) -> Trends:
    """Judge the last five periods of proportions by their counts.

    Parameters
    ----------
    events, people : arrays of shape (n_areas, n_periods)
        The latest last.

    Raises
    ------
    CountError, DenominatorError, MissingValueError, ShapeError, EmptyInputError
        Naming every bad row.
    """
    x, n = vectors(events=events, people=people)
    if x.ndim != 2:
        raise ShapeError({"events": x.shape})
    check_counts(events=x)
    check_denominators(people=n)
    check_within("events", x, n, "people")
    sha256 = digest({"events": x, "people": n})
    if x.shape[1] < PERIODS:
        return _judged(np.full((len(x), PERIODS + 1, 2), np.nan), sha256)
    last, of = x[:, -PERIODS:], n[:, -PERIODS:]
    return _judged(_armitage(last, of), sha256)


def _left_out() -> FloatMatrix:
    """All five periods, and then each of them left out in turn."""
    return np.vstack([np.ones(PERIODS), 1.0 - np.eye(PERIODS)])


def _fits(values: FloatMatrix, weights: FloatMatrix) -> FloatMatrix:
    """Slope and chi-squared of six fits an area; shape (n_areas, 6, 2)."""
    time = np.arange(1.0, PERIODS + 1.0)
    w = weights[:, None, :] * _left_out()
    whole = w.sum(axis=2, keepdims=True)
    apart = time - (w * time).sum(axis=2, keepdims=True) / whole
    room = (w * apart**2).sum(axis=2)
    slope = (w * apart * values[:, None, :]).sum(axis=2) / room
    return np.stack([slope, slope**2 * room], axis=2)


def _armitage(events: FloatMatrix, people: FloatMatrix) -> FloatMatrix:
    """Slope and chi-squared for trend of six fits an area; shape (n_areas, 6, 2)."""
    time = np.arange(1.0, PERIODS + 1.0)
    kept = _left_out()
    n, x = people[:, None, :] * kept, events[:, None, :] * kept
    whole = n.sum(axis=2)
    share = x.sum(axis=2) / whole
    moved = ((x - n * share[..., None]) * time).sum(axis=2)
    room = (n * time**2).sum(axis=2) - (n * time).sum(axis=2) ** 2 / whole
    with np.errstate(divide="ignore", invalid="ignore"):
        chi_squared = moved**2 / (share * (1.0 - share) * room)
    return np.stack([moved / room, np.nan_to_num(chi_squared)], axis=2)


def _judged(fits: FloatMatrix, sha256: str) -> Trends:
    slope, chi_squared = fits[:, 0, 0], fits[:, 0, 1]
    signs = np.sign(fits[:, :, 0]).sum(axis=1)  # 6 or -6: one sign whatever is left out
    return Trends(
        slope=slope,
        chi_squared=chi_squared,
        direction=tuple(
            _direction(*one)
            for one in zip(slope.tolist(), chi_squared.tolist(), signs.tolist(), strict=True)
        ),
        inputs_sha256=sha256,
    )


def _direction(slope: float, chi_squared: float, signs: float) -> Direction:
    if np.isnan(slope):
        return "cannot be calculated"
    if chi_squared > SIGNIFICANT and abs(signs) == PERIODS + 1:
        return "increasing" if signs > 0 else "decreasing"
    return "no significant change"
