"""Rates, proportions, ratios to what was expected, and means, each with its interval.

In:        events and people, one row an area, or by area and age.
Out:       ``Estimates``: ratios, never multiplied by 1,000 or 100,000; exhibits do that.
Not here:  standardising to a common age structure (``outcomes.standardised``).
Source:    docs/reference/methods.md, O1, O2, O4 and O5.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from folkmoot.outcomes.results import Estimates, Method
from folkmoot.vocabulary.statistics.errors import ShapeError
from folkmoot.vocabulary.statistics.inputs import (
    check_counts,
    check_denominators,
    check_within,
    digest,
    two_sided,
    vectors,
)
from folkmoot.vocabulary.statistics.intervals import poisson, wilson

CRUDE_RATE = Method(
    code="O1",
    name="crude rate; Byar's limits, exact ones below 10 events",
    sources="Breslow and Day 1987; Garwood 1936",
    cannot_say="whether areas differ in age: an older area has more deaths.",
)
PROPORTION = Method(
    code="O2",
    name="proportion; Wilson's limits",
    sources="Wilson 1927; Newcombe 1998",
    cannot_say="whether the people asked are like those not asked.",
)
INDIRECT = Method(
    code="O4",
    name="events over those expected; Byar's limits, exact ones below 10 events",
    sources="Breslow and Day 1987",
    cannot_say="how two areas compare with each other: each is compared with the reference.",
)
MEAN = Method(
    code="O5",
    name="mean; Student's t",
    sources="Student 1908",
    cannot_say="how values are spread within an area.",
)


def crude_rate(events: ArrayLike, people: ArrayLike, *, confidence: float = 0.95) -> Estimates:
    """Events over people or person-years.

    Parameters
    ----------
    events, people : arrays of shape (n_areas,)
        Events 0 or more, people above 0; neither need be whole.

    Raises
    ------
    CountError, DenominatorError, MissingValueError, ShapeError, EmptyInputError, ConfidenceError
        Naming every bad row.

    Examples
    --------
    >>> rate = crude_rate([65], [1000])
    >>> [round(float(one[0]), 7) for one in (rate.value, rate.lower, rate.upper)]
    [0.065, 0.0501632, 0.0828491]
    """
    x, n = vectors(events=events, people=people)
    check_counts(events=x)
    check_denominators(people=n)
    lower, upper = poisson(x, confidence=confidence)
    return Estimates(
        value=x / n,
        lower=lower / n,
        upper=upper / n,
        confidence=confidence,
        method=CRUDE_RATE,
        inputs_sha256=digest({"events": x, "people": n}),
        unit="events a person",
    )


def proportion(events: ArrayLike, people: ArrayLike, *, confidence: float = 0.95) -> Estimates:
    """The part of people of whom something is true.

    Parameters
    ----------
    events, people : arrays of shape (n_areas,)
        Events from 0 to people.

    Raises
    ------
    CountError, DenominatorError, MissingValueError, ShapeError, EmptyInputError, ConfidenceError
        Naming every bad row.

    Examples
    --------
    >>> share = proportion([0, 5], [10, 50])
    >>> share.lower.round(9).tolist(), share.upper.round(9).tolist()
    ([0.0, 0.043475765], [0.2775328, 0.213602314])
    """
    x, n = vectors(events=events, people=people)
    check_counts(events=x)
    check_denominators(people=n)
    check_within("events", x, n, "people")
    lower, upper = wilson(x, n, confidence=confidence)
    return Estimates(
        value=x / n,
        lower=lower,
        upper=upper,
        confidence=confidence,
        method=PROPORTION,
        inputs_sha256=digest({"events": x, "people": n}),
    )


def indirectly_standardised(
    events: ArrayLike,
    people: ArrayLike,
    reference_events: ArrayLike,
    reference_people: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Estimates:
    """Events over those expected, had each age group the reference's rate.

    The ratio times the reference's crude rate is the standardised rate.

    Parameters
    ----------
    events, people : arrays of shape (n_areas, n_ages)
    reference_events, reference_people : arrays of shape (n_ages,)

    Raises
    ------
    DenominatorError
        If nothing is expected in an area, or an age of the reference has nobody.
    CountError, MissingValueError, ShapeError, EmptyInputError, ConfidenceError
        Naming every bad row.

    Examples
    --------
    >>> ratio = indirectly_standardised([[65]], [[50]], [1], [1])
    >>> round(float(ratio.value[0]), 3), round(float(ratio.lower[0]), 7)
    (1.3, 1.0032638)
    """
    x, n = vectors(events=events, people=people)
    ref_x, ref_n = vectors(reference_events=reference_events, reference_people=reference_people)
    if x.ndim != 2 or ref_x.shape != x.shape[1:]:
        raise ShapeError({"events": x.shape, "reference_events": ref_x.shape})
    check_counts(events=x, people=n, reference_events=ref_x)
    check_denominators(reference_people=ref_n)
    expected = n @ (ref_x / ref_n)
    check_denominators(expected=expected)
    total = x.sum(axis=1)
    lower, upper = poisson(total, confidence=confidence)
    return Estimates(
        value=total / expected,
        lower=lower / expected,
        upper=upper / expected,
        confidence=confidence,
        method=INDIRECT,
        inputs_sha256=digest(
            {
                "events": x,
                "people": n,
                "reference_events": ref_x,
                "reference_people": ref_n,
            }
        ),
        unit="ratio to the reference",
    )


def mean(
    total: ArrayLike, people: ArrayLike, deviation: ArrayLike, *, confidence: float = 0.95
) -> Estimates:
    """A mean of a measured quantity, from its sum and standard deviation.

    Parameters
    ----------
    total, people, deviation : arrays of shape (n_areas,)
        Sum of the quantity, people measured, and standard deviation among them. An area with
        one person has a mean but no limits.

    Raises
    ------
    DenominatorError, CountError, MissingValueError, ShapeError, EmptyInputError, ConfidenceError
        Naming every bad row.
    """
    sums, n, sd = vectors(total=total, people=people, deviation=deviation)
    check_denominators(people=n)
    check_counts(deviation=sd)
    two_sided(confidence)
    alone = n < 2
    t = stdtrit(np.where(alone, 1.0, n - 1.0), 1.0 - (1.0 - confidence) / 2.0)
    half = np.where(alone, np.nan, t * sd / np.sqrt(n))
    return Estimates(
        value=sums / n,
        lower=sums / n - half,
        upper=sums / n + half,
        confidence=confidence,
        method=MEAN,
        inputs_sha256=digest({"total": sums, "people": n, "deviation": sd}),
        unit="unit of the quantity",
        absent={int(row): "one person has no spread" for row in np.flatnonzero(alone)},
    )
