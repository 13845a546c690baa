"""Rates as they would be if every area had the same ages.

In:        events and people by area and age band, and the weight of each band.
Out:       ``Estimates``: directly standardised rates with Dobson's limits.
Not here:  standardising by a reference's rates (``outcomes.rates.indirectly_standardised``).
Source:    A. J. Dobson, K. Kuulasmaa, E. Eberle and J. Scherer, Statistics in Medicine 10, 1991.
"""

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.outcomes.results import Estimates, Method
from folkmoot.parameters.reader import packaged
from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.statistics.errors import CountError, EmptyInputError, ShapeError
from folkmoot.vocabulary.statistics.inputs import (
    Floats,
    check_counts,
    check_denominators,
    digest,
    places,
    two_sided,
    vectors,
)
from folkmoot.vocabulary.statistics.intervals import poisson

FEWEST_EVENTS = 10
"""With fewer the rate says more of chance than of the area."""

TOO_FEW = "fewer than 10 events"

DIRECT = Method(
    code="O3",
    name="directly standardised rate; Dobson's limits on Byar's",
    sources="Dobson and others 1991; Breslow and Day 1987",
    cannot_say="how many events there are: an age-standardised rate is for comparing only.",
)


def european_standard_population() -> FloatVector:
    """Weights of the 19 age bands from 0-4 to 90 and over, which sum to 100,000.

    Examples
    --------
    >>> weights = european_standard_population()
    >>> len(weights), float(weights.sum())
    (19, 100000.0)
    """
    file = packaged("outcomes.toml")
    section = file.section("european_standard_population")
    weights = np.array([float(one) for one in section.ratios("persons")])
    file.check()
    return weights


def directly_standardised(
    events: ArrayLike,
    people: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    event_counts: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimates:
    """Events a person, weighted to a standard population.

    Parameters
    ----------
    events, people : arrays of shape (n_areas, n_ages)
        Events 0 or more, people above 0.
    weights : array of shape (n_ages,), optional
        Of the standard population, in any unit. Default: the European one of 2013.
    event_counts : array of shape (n_areas, n_ages, k), optional
        People with 1, 2, … k events each, where one person can have several: events of one
        person are not independent, which widens the limits.

    Returns
    -------
    Estimates
        Without value or limits, and with the reason, where an area has fewer than 10 events.

    Raises
    ------
    DenominatorError
        Naming each area and band without people.
    CountError
        If a count is below 0, or ``event_counts`` do not add up to the events.
    ShapeError, MissingValueError, EmptyInputError, ConfidenceError
        As for every method.
    """
    x, n = vectors(events=events, people=people)
    given = european_standard_population() if weights is None else weights
    (w,) = vectors(weights=given)
    if x.ndim != 2 or w.shape != x.shape[1:]:
        raise ShapeError({"events": x.shape, "weights": w.shape})
    check_counts(events=x, weights=w)
    check_denominators(people=n)
    if not w.any():
        raise EmptyInputError("weights")
    two_sided(confidence)
    per_person = w / w.sum() / n
    value = (per_person * x).sum(axis=1)
    variance = (per_person**2 * _squares(x, event_counts)).sum(axis=1)
    total = x.sum(axis=1)
    few = total < FEWEST_EVENTS
    lower, upper = poisson(total, confidence=confidence)
    scale = np.sqrt(variance / np.where(few, 1.0, total))
    return Estimates(
        value=np.where(few, np.nan, value),
        lower=np.where(few, np.nan, value + scale * (lower - total)),
        upper=np.where(few, np.nan, value + scale * (upper - total)),
        confidence=confidence,
        method=DIRECT,
        inputs_sha256=digest({"events": x, "people": n, "weights": w}),
        unit="events a person",
        absent={int(row): TOO_FEW for row in np.flatnonzero(few)},
    )


def _squares(events: Floats, event_counts: ArrayLike | None) -> Floats:
    """The variance of each cell's events: themselves, or the sum of each person's, squared."""
    if event_counts is None:
        return events
    counts = np.asarray(event_counts, dtype=np.float64)
    if counts.ndim != 3 or counts.shape[:2] != events.shape:
        raise ShapeError({"events": events.shape, "event_counts": counts.shape})
    check_counts(event_counts=counts)
    each = np.arange(1.0, counts.shape[2] + 1.0)
    wrong = ~np.isclose(counts @ each, events)
    if wrong.any():
        raise CountError(
            "event_counts times events each",
            places(wrong),
            float((counts @ each)[wrong][0]),
            "'events', and equal to them",
        )
    squares: Floats = counts @ each**2
    return squares
