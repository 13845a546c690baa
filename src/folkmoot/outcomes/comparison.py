"""Compare two areas' rates or proportions: how many times as large, and by how much.

In:        events and people of a and of b.
Out:       the ratio with limits on the log scale; for proportions also the difference with
           Newcombe's limits.
Source:    N. E. Breslow and N. E. Day 1987; D. Katz and others, Biometrics 34, 1978;
           R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.outcomes.results import Estimates, Method
from folkmoot.vocabulary.statistics.inputs import (
    Floats,
    check_counts,
    check_denominators,
    check_within,
    digest,
    two_sided,
    vectors,
)
from folkmoot.vocabulary.statistics.intervals import wilson

Kind = Literal["rate", "proportion"]

NO_RATIO = "an area without events has no ratio"

RATIO = Method(
    code="O6",
    name="ratio of two rates or proportions; limits on the logarithm",
    sources="Breslow and Day 1987; Katz and others 1978",
    cannot_say="why they differ.",
)
DIFFERENCE = Method(
    code="O6",
    name="difference of two proportions; Newcombe's score limits",
    sources="Newcombe 1998",
    cannot_say="why they differ.",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """How a compares with b, row by row."""

    ratio: Estimates
    difference: Estimates | None
    """Of proportions only: a less b."""


def compare(
    events: tuple[ArrayLike, ArrayLike],
    people: tuple[ArrayLike, ArrayLike],
    *,
    kind: Kind,
    confidence: float = 0.95,
) -> Comparison:
    """Compare a with b.

    Parameters
    ----------
    events, people : pairs of arrays of shape (n_rows,)
        Of a, then of b.

    Raises
    ------
    CountError, DenominatorError, MissingValueError, ShapeError, EmptyInputError, ConfidenceError
        Naming every bad row.

    Examples
    --------
    >>> found = compare(([120], [80]), ([1000], [1000]), kind="proportion").ratio
    >>> [round(float(one[0]), 6) for one in (found.value, found.lower, found.upper)]
    [1.5, 1.146244, 1.962933]
    """
    x1, x2, n1, n2 = vectors(
        events_a=events[0], events_b=events[1], people_a=people[0], people_b=people[1]
    )
    check_counts(events_a=x1, events_b=x2)
    check_denominators(people_a=n1, people_b=n2)
    if kind == "proportion":
        check_within("events_a", x1, n1, "people_a")
        check_within("events_b", x2, n2, "people_b")
    sha256 = digest({"events_a": x1, "events_b": x2, "people_a": n1, "people_b": n2})
    ratio = _ratio((x1, n1), (x2, n2), kind=kind, confidence=confidence, sha256=sha256)
    if kind == "rate":
        return Comparison(ratio=ratio, difference=None)
    difference = _difference((x1, n1), (x2, n2), confidence=confidence, sha256=sha256)
    return Comparison(ratio=ratio, difference=difference)


def _ratio(
    a: tuple[Floats, Floats],
    b: tuple[Floats, Floats],
    *,
    kind: Kind,
    confidence: float,
    sha256: str,
) -> Estimates:
    (x1, n1), (x2, n2) = a, b
    none = (x1 == 0) | (x2 == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(none, np.nan, (x1 / n1) / (x2 / n2))
        variance = 1.0 / x1 + 1.0 / x2
        if kind == "proportion":
            variance = variance - 1.0 / n1 - 1.0 / n2
        apart = np.exp(two_sided(confidence) * np.sqrt(np.where(none, np.nan, variance)))
    return Estimates(
        value=value,
        lower=value / apart,
        upper=value * apart,
        confidence=confidence,
        method=RATIO,
        inputs_sha256=sha256,
        absent={int(row): NO_RATIO for row in np.flatnonzero(none)},
    )


def _difference(
    a: tuple[Floats, Floats], b: tuple[Floats, Floats], *, confidence: float, sha256: str
) -> Estimates:
    (x1, n1), (x2, n2) = a, b
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = (wilson(x, n, confidence=confidence) for x, n in (a, b))
    return Estimates(
        value=p1 - p2,
        lower=p1 - p2 - np.hypot(p1 - l1, u2 - p2),
        upper=p1 - p2 + np.hypot(u1 - p1, p2 - l2),
        confidence=confidence,
        method=DIFFERENCE,
        inputs_sha256=sha256,
    )
