"""Differences between regions: how large, how sure, and how much lies inside them.

In:        events and people of areas, or measured values, and the region of each.
Out:       the value of each region with limits; highest over lowest, as it is and shrunken;
           homogeneity; the parts of all variation inside and between regions; mixes.
Rule:      a ratio of the two extremes of many areas overstates: the shrunken one stands beside.
Source:    Breslow and Day 1987; Spiegelhalter 2005; P. S. Florence 1939 (location quotient).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincc

from folkmoot.outcomes.ranks import shrunken_ranks
from folkmoot.outcomes.rates import crude_rate, proportion
from folkmoot.outcomes.results import Estimates, Method
from folkmoot.outcomes.variation import (
    FEWEST_AREAS,
    CountKind,
    Scores,
    funnel,
    score,
    score_measured,
)
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntVector
from folkmoot.vocabulary.statistics.errors import EmptyInputError, ShapeError
from folkmoot.vocabulary.statistics.inputs import check_counts, two_sided, vectors

EXTREMES = (
    "The highest and the lowest of many areas differ by chance alone; the shrunken ratio allows "
    "for that."
)

REGIONS = Method(
    code="O13",
    name="regions compared; highest over lowest with limits, shrunken beside",
    sources="Breslow and Day 1987; Spiegelhalter 2005",
    cannot_say="why regions differ, nor that a person's chance would change on moving.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extremes:
    """The highest of several areas over the lowest."""

    highest: str
    lowest: str
    ratio: float
    lower: float | None
    upper: float | None
    """95% limits by the logarithm; None where one has no events or no limits."""
    shrunken: float | None
    """The same of shrunken values; None where there are fewer than five areas."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegionalVariation:
    """How one figure varies between regions."""

    regions: tuple[str, ...]
    values: Estimates
    extremes: Extremes
    chi_squared: float
    p: float
    """Chance of so much difference between regions if they were all the same."""
    tau: float | None
    """Between regions, beyond chance, on the scale of the scores; None of fewer than five."""
    between: float
    """Part of all variation between areas that lies between regions: a ratio, 0 to 1."""
    method: Method = REGIONS


def regional_variation(
    events: ArrayLike, people: ArrayLike, regions: Sequence[str], *, kind: CountKind
) -> RegionalVariation:
    """Compare regions by the counts of their areas.

    Parameters
    ----------
    events, people : arrays of shape (n_areas,)
    regions : sequence of str
        The region of each area.
    kind : {'proportion', 'rate of counts'}

    Raises
    ------
    CountError, DenominatorError, MissingValueError, ShapeError, EmptyInputError
        Naming every bad row.
    """
    x, n = vectors(events=events, people=people)
    _check_regions(len(x), regions)
    names, place = np.unique(np.array(regions), return_inverse=True)
    total, of = (np.bincount(place, weights=one).astype(np.float64) for one in (x, n))
    method = proportion if kind == "proportion" else crude_rate
    values = method(total, of)
    overall = float(x.sum() / n.sum())
    if overall == 0.0:
        raise EmptyInputError("events")
    expected = of * overall
    chi_squared = float(((total - expected) ** 2 / expected).sum())
    if kind == "proportion" and overall < 1.0:
        chi_squared /= 1.0 - overall
    freedom = len(names) - 1
    scored = score(total, of, kind)
    return RegionalVariation(
        regions=tuple(names.tolist()),
        values=values,
        extremes=_extremes_of_counts(names.tolist(), total, of, scored, kind),
        chi_squared=chi_squared,
        p=float(gammaincc(freedom / 2.0, chi_squared / 2.0)) if freedom else 1.0,
        tau=_tau(scored),
        between=_between(x / n, n, place),
    )


def _check_regions(areas: int, regions: Sequence[str]) -> None:
    if len(regions) != areas:
        raise ShapeError({"events": (areas,), "regions": (len(regions),)})


def _between(values: FloatVector, people: FloatVector, place: IntVector) -> float:
    """Part of the variation of areas that lies between their regions."""
    mean = float(values @ people / people.sum())
    of = np.bincount(place, weights=people)
    region = np.bincount(place, weights=people * values) / of
    whole = float(people @ (values - mean) ** 2)
    return float(of @ (region - mean) ** 2) / whole if whole > 0 else 0.0


def _tau(scored: Scores) -> float | None:
    if int(scored.scored.sum()) < FEWEST_AREAS:
        return None
    return sqrt(funnel(scored).overdispersion.tau_squared)


def _extremes_of_counts(
    names: Sequence[str], events: FloatVector, people: FloatVector, scored: Scores, kind: CountKind
) -> Extremes:
    values = events / people
    high, low = int(values.argmax()), int(values.argmin())
    if events[low] == 0:
        return Extremes(
            highest=names[high], lowest=names[low], ratio=float("inf"), lower=None, upper=None,
            shrunken=_shrunken(scored, high, low),
        )  # fmt: skip
    variance = 1.0 / events[high] + 1.0 / events[low]
    if kind == "proportion":
        variance -= 1.0 / people[high] + 1.0 / people[low]
    ratio = float(values[high] / values[low])
    apart = exp(two_sided(0.95) * sqrt(max(variance, 0.0)))
    return Extremes(
        highest=names[high],
        lowest=names[low],
        ratio=ratio,
        lower=ratio / apart,
        upper=ratio * apart,
        shrunken=_shrunken(scored, high, low),
    )


def measured_extremes(
    names: Sequence[str], values: ArrayLike, lower_95: ArrayLike, upper_95: ArrayLike
) -> Extremes:
    """The highest of several measured values over the lowest; values must be above 0.

    Raises
    ------
    EmptyInputError
        If a value is 0 or less, so that a ratio to it means nothing.
    LimitError, MissingValueError, ShapeError
        As for every method.
    """
    v, low_95, high_95 = vectors(values=values, lower_95=lower_95, upper_95=upper_95)
    if (v <= 0).any():
        raise EmptyInputError("values")
    scored = score_measured(v, low_95, high_95)
    high, low = int(v.argmax()), int(v.argmin())
    ratio = float(v[high] / v[low])
    error = sqrt(float((scored.errors[high] / v[high]) ** 2 + (scored.errors[low] / v[low]) ** 2))
    apart = exp(two_sided(0.95) * error)
    return Extremes(
        highest=names[high],
        lowest=names[low],
        ratio=ratio,
        lower=ratio / apart,
        upper=ratio * apart,
        shrunken=_shrunken(scored, high, low),
    )


def _shrunken(scored: Scores, high: int, low: int) -> float | None:
    """The ratio of the same two areas once each is drawn towards the centre."""
    if int(scored.scored.sum()) < FEWEST_AREAS:
        return None
    # Only the shrunken values are read, which no draw touches.
    values = shrunken_ranks(funnel(scored), rng=np.random.default_rng(0), draws=1).value
    found = float(values[high] / values[low])
    return found if np.isfinite(found) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """What part of an area's total one kind makes, beside another area."""

    share: float
    """Of the area's total."""
    other: float
    ratio: float
    quotient: float
    """Location quotient: the area's share over that of all areas together."""


def mix_ratio(counts: ArrayLike, *, row: int, other: int, column: int) -> Mix:
    """Compare the mix of two areas: jobs by industry, or offences by kind.

    Parameters
    ----------
    counts : array of shape (n_areas, n_kinds)
        Unit: persons, jobs or offences.
    row, other : int
        The two areas.
    column : int
        The kind.

    Raises
    ------
    EmptyInputError
        If an area, or the kind, has none at all.
    CountError, MissingValueError, ShapeError
        As for every method.

    Examples
    --------
    >>> found = mix_ratio([[30, 70], [10, 90]], row=0, other=1, column=0)
    >>> round(found.ratio, 6), round(found.quotient, 6)
    (3.0, 1.5)
    """
    (x,) = vectors(counts=counts)
    if x.ndim != 2:
        raise ShapeError({"counts": x.shape})
    check_counts(counts=x)
    shares = _shares(x, column)
    overall = float(x[:, column].sum() / x.sum())
    if shares[other] == 0:
        raise EmptyInputError(f"column {column} of row {other}")
    return Mix(
        share=float(shares[row]),
        other=float(shares[other]),
        ratio=float(shares[row] / shares[other]),
        quotient=float(shares[row] / overall),
    )


def _shares(counts: FloatMatrix, column: int) -> FloatVector:
    totals = counts.sum(axis=1)
    if (totals == 0).any():
        raise EmptyInputError(f"row {int((totals == 0).argmax())}")
    if not counts[:, column].any():
        raise EmptyInputError(f"column {column}")
    found: FloatVector = counts[:, column] / totals
    return found
