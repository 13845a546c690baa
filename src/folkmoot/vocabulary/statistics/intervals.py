"""Intervals of a count and of a proportion.

In:        events, people, and a confidence.
Out:       lower and upper limits, one pair a row.
Not here:  rates and their comparison (``outcomes.rates``).
Source:    N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II, 1987, p. 69
           (Byar); F. Garwood, Biometrika 28, 1936 (exact); E. B. Wilson, JASA 22, 1927;
           C. J. Clopper and E. S. Pearson, Biometrika 26, 1934.
"""

import numpy as np
from scipy.special import betaincinv, gammaincinv

from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.statistics.inputs import Floats, two_sided

EXACT_BELOW = 10
"""Events below which Byar's approximation is not used."""

Limits = tuple[FloatVector, FloatVector]


def byar(events: Floats, *, confidence: float = 0.95) -> Limits:
    """Byar's limits of a Poisson count; nothing is known of it at 0 events.

    Examples
    --------
    >>> lower, upper = byar(np.array([65.0]))
    >>> round(float(lower[0]), 9), round(float(upper[0]), 9)
    (50.16318771, 82.849138546)
    """
    z, more = two_sided(confidence), events + 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = events * (1.0 - 1.0 / (9.0 * events) - z / (3.0 * np.sqrt(events))) ** 3
    upper = more * (1.0 - 1.0 / (9.0 * more) + z / (3.0 * np.sqrt(more))) ** 3
    return lower, upper


def exact_poisson(events: Floats, *, confidence: float = 0.95) -> Limits:
    """Exact limits of a Poisson count, from the gamma distribution; the lower one of 0 is 0.

    Examples
    --------
    >>> lower, upper = exact_poisson(np.array([0.0, 9.0]))
    >>> lower.round(9).tolist(), upper.round(9).tolist()
    ([0.0, 4.115373097], [3.688879454, 17.084803451])
    """
    two_sided(confidence)
    outside = (1.0 - confidence) / 2.0
    kinds, which = np.unique(events, return_inverse=True)  # few counts, each reckoned once
    lower = np.where(kinds > 0, gammaincinv(np.maximum(kinds, 1e-300), outside), 0.0)
    return lower[which], gammaincinv(kinds + 1.0, 1.0 - outside)[which]


def poisson(events: Floats, *, confidence: float = 0.95) -> Limits:
    """Limits of a Poisson count: Byar's, and exact ones below ten events.

    Parameters
    ----------
    events : array of any shape
        0 or more; not whole where areas were apportioned.

    Raises
    ------
    ConfidenceError
        If the confidence is not from 0.9 to below 1.
    """
    lower, upper = byar(events, confidence=confidence)
    few = (events < EXACT_BELOW) | (lower < 0)
    if few.any():
        lower[few], upper[few] = exact_poisson(events[few], confidence=confidence)
    return lower, upper


def wilson(events: Floats, people: Floats, *, confidence: float = 0.95) -> Limits:
    """Wilson's score limits of a proportion: exactly 0 with no event, exactly 1 with all.

    Examples
    --------
    >>> lower, upper = wilson(np.array([65.0]), np.array([100.0]))
    >>> round(float(lower[0]), 12), round(float(upper[0]), 12)
    (0.552544432969, 0.736357517569)
    """
    z = two_sided(confidence)
    spread = z * np.sqrt(z * z + 4.0 * events * (1.0 - events / people))
    middle, whole = 2.0 * events + z * z, 2.0 * (people + z * z)
    lower = np.where(events == 0, 0.0, (middle - spread) / whole)
    upper = np.where(events == people, 1.0, (middle + spread) / whole)
    return lower, upper


def clopper_pearson(events: Floats, people: Floats, *, confidence: float = 0.95) -> Limits:
    """Exact limits of a proportion, from the beta distribution.

    Examples
    --------
    >>> lower, upper = clopper_pearson(np.array([0.0]), np.array([10.0]))
    >>> float(lower[0]), round(float(upper[0]), 7)
    (0.0, 0.3084971)
    """
    two_sided(confidence)
    outside, others = (1.0 - confidence) / 2.0, people - events
    lower = np.where(events > 0, betaincinv(np.maximum(events, 1e-9), others + 1.0, outside), 0.0)
    upper = np.where(
        others > 0, betaincinv(events + 1.0, np.maximum(others, 1e-9), 1.0 - outside), 1.0
    )
    return lower, upper
