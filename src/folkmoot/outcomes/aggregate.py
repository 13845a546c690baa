"""From blocks to areas: an indicator of an area out of those of its blocks.

In:        values of published areas with limits or counts, and how many of the people that
           they are of live in each area.
Out:       ``Aggregate``: values with limits, how they were made, and what was missing.
Rule:      counts add up; values are weighed by people; medians and ranks are refused.
Not here:  which published figure stands for which block (``outcomes.measured``).
Source:    docs/decisions/0025-indicators-of-areas.md.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from folkmoot.outcomes.errors import LimitError, NotAdditiveError
from folkmoot.outcomes.rates import crude_rate, proportion
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector
from folkmoot.vocabulary.statistics.errors import ShapeError
from folkmoot.vocabulary.statistics.inputs import places, two_sided

Kind = Literal["rate", "proportion", "mean", "ratio", "count", "median"]
Label = Literal["exact", "apportioned", "approximate", "approximate, no interval"]

WIDTH = 2.0 * 1.959963984540054
"""A 95% interval in standard errors."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """One indicator and period as published; NaN where a figure is missing."""

    value: FloatVector
    lower: FloatVector
    """95% limits."""
    upper: FloatVector
    numerator: FloatVector
    denominator: FloatVector

    @property
    def is_counted(self) -> bool:
        """Whether every value comes with its counts."""
        known = np.isfinite(self.value)
        counted = np.isfinite(self.numerator) & np.isfinite(self.denominator)
        return bool(known.any() and counted[known].all())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aggregate:
    """One indicator and period by area; NaN where there is none."""

    value: FloatVector
    lower_95: FloatVector
    upper_95: FloatVector
    lower_998: FloatVector
    upper_998: FloatVector
    coverage: FloatVector
    """Part of the people of each area for whom there was a figure."""
    label: Label


def aggregate(
    figures: Figures,
    people: FloatMatrix,
    *,
    indicator: str,
    kind: Kind,
    minimum_coverage: float = 1.0,
    is_whole: bool = True,
) -> Aggregate:
    """Put published figures together to those of areas.

    Parameters
    ----------
    figures : Figures
        One row a published area.
    people : array of shape (n_published, n_areas)
        Of each published area, those who live in each area. Unit: persons.
    minimum_coverage : float
        An area in which a smaller part of the people have a figure gets none.
    is_whole : bool
        Whether no published area is parted.

    Raises
    ------
    NotAdditiveError
        If the indicator is a median.
    LimitError
        If a limit is on the wrong side of its value.
    ShapeError
        If rows do not fit.

    Examples
    --------
    >>> one = np.array([10.0, 30.0])
    >>> none = np.full(2, np.nan)
    >>> given = Figures(value=one, lower=none, upper=none, numerator=none, denominator=none)
    >>> found = aggregate(given, np.array([[1.0], [3.0]]), indicator="x", kind="mean")
    >>> found.value.tolist(), found.label
    ([25.0], 'approximate, no interval')
    """
    if kind == "median":
        raise NotAdditiveError(indicator, kind)
    if len(people) != len(figures.value):
        raise ShapeError({"people": people.shape, "value": figures.value.shape})
    wrong = (figures.lower > figures.value) | (figures.upper < figures.value)
    if wrong.any():
        raise LimitError(places(wrong), f"of '{indicator}' are on the wrong side of the value")
    known = np.isfinite(figures.value)
    given = np.where(known[:, None], people, 0.0)
    total = people.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = np.where(total > 0, given.sum(axis=0) / total, 0.0)
    is_kept = (coverage >= minimum_coverage - 1e-9) & (total > 0)
    blank = np.where(is_kept, 1.0, np.nan)
    if figures.is_counted and kind != "mean":
        value, limits = _of_counts(figures, given, kind)
        label: Label = "exact" if is_whole else "apportioned"
    else:
        value, limits = _of_values(figures, given)
        has_limits = any(np.isfinite(one[is_kept]).any() for pair in limits for one in pair)
        label = "approximate" if has_limits else "approximate, no interval"
    (lower_95, upper_95), (lower_998, upper_998) = limits
    return Aggregate(
        value=value * blank,
        lower_95=lower_95 * blank,
        upper_95=upper_95 * blank,
        lower_998=lower_998 * blank,
        upper_998=upper_998 * blank,
        coverage=coverage,
        label=label,
    )


Limits = tuple[tuple[FloatVector, FloatVector], tuple[FloatVector, FloatVector]]


def _of_counts(figures: Figures, people: FloatMatrix, kind: Kind) -> tuple[FloatVector, Limits]:
    """Counts added up, in the unit that the values are published in."""
    whole = people.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(whole > 0, people / whole, 0.0)
    events = np.nan_to_num(figures.numerator) @ shares
    of = np.nan_to_num(figures.denominator) @ shares
    unit = _unit(figures)
    present = of > 0
    blank = np.where(present, 1.0, np.nan)
    safe = np.where(present, of, 1.0)
    none = np.full(len(of), np.nan)
    if kind not in ("rate", "proportion"):
        return unit * events / safe * blank, ((none, none), (none, none))
    method = proportion if kind == "proportion" else crude_rate
    near, far = (method(events * present, safe, confidence=one) for one in (0.95, 0.998))
    scale = unit * blank
    return near.value * scale, (
        (near.lower * scale, near.upper * scale),
        (far.lower * scale, far.upper * scale),
    )


def _unit(figures: Figures) -> float:
    """What a ratio of counts is multiplied by when published: 100 for per cent."""
    with np.errstate(invalid="ignore", divide="ignore"):
        found = figures.value * figures.denominator / figures.numerator
    found = found[np.isfinite(found) & (found > 0)]
    return float(10.0 ** np.round(np.log10(np.median(found)))) if len(found) else 1.0


def _of_values(figures: Figures, people: FloatMatrix) -> tuple[FloatVector, Limits]:
    """Values weighed by people; their errors are taken to be independent."""
    total = people.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.nan_to_num(figures.value) @ people / total
        errors = (figures.upper - figures.lower) / WIDTH
        variance = np.nan_to_num(errors) ** 2 @ people**2 / total**2
    # One value without limits leaves the whole area without.
    is_bare = (~np.isfinite(errors)).astype(np.float64) @ (people > 0) > 0
    se = np.where(is_bare, np.nan, np.sqrt(variance))
    apart = [two_sided(confidence) * se for confidence in (0.95, 0.998)]
    near, far = ((value - one, value + one) for one in apart)
    return value, (near, far)
