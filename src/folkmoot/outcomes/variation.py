"""The postcode lottery: how much areas differ beyond chance, and which differ.

In:        events and people, or values with 95% limits, one row an area.
Out:       scores on a scale where chance is alike everywhere; a funnel with and without
           overdispersion; the spread between areas and what it means for two of them.
Not here:  ranks (``outcomes.ranks``); the variance itself (``vocabulary.statistics.between``).
Source:    D. J. Spiegelhalter, Statistics in Medicine 24, 2005, 1185-1202.
"""

from dataclasses import dataclass
from math import asin, exp, log, pi, sin, sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.outcomes.errors import LimitError, NotComparableError
from folkmoot.outcomes.results import Method
from folkmoot.vocabulary.arrays import BoolVector, FloatVector
from folkmoot.vocabulary.statistics.between import (
    Heterogeneity,
    Overdispersion,
    heterogeneity,
    overdispersion,
)
from folkmoot.vocabulary.statistics.errors import DenominatorError, TooFewAreasError
from folkmoot.vocabulary.statistics.inputs import (
    check_counts,
    check_denominators,
    check_within,
    digest,
    places,
    two_sided,
    vectors,
)

CountKind = Literal["proportion", "ratio", "root ratio", "rate of counts"]
Kind = Literal["proportion", "ratio", "root ratio", "rate of counts", "measured"]

FEWEST_AREAS = 5
HALF_APART = sqrt(2.0) * 0.6744897501960817
"""Median difference of two draws from a normal distribution, in standard deviations."""
WIDTH = 2.0 * 1.959963984540054
"""A 95% interval in standard errors."""

VARIATION = Method(
    code="O9",
    name="funnel with additive overdispersion; variance between areas beyond chance",
    sources="Spiegelhalter 2005; DerSimonian and Laird 1986; Higgins and Thompson 2002",
    cannot_say="whose fault a difference is: it describes variation, and blames nobody.",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """Areas on a scale where chance alone would spread them by a known amount."""

    kind: Kind
    scores: FloatVector
    """NaN for an area that has none."""
    errors: FloatVector
    """Standard error of each score by chance."""
    centre: float
    inputs_sha256: str

    @property
    def scored(self) -> BoolVector:
        """Which areas have a score."""
        return np.isfinite(self.scores)

    def natural(self, scores: FloatVector | float) -> FloatVector:
        """Turn scores back into rates, proportions, ratios or values, within what is possible."""
        y = np.asarray(scores, dtype=np.float64)
        if self.kind == "proportion":
            found = np.sin(np.clip(y, 0.0, pi / 2.0)) ** 2
        elif self.kind == "root ratio":
            found = np.maximum(y, 0.0) ** 2
        elif self.kind == "measured":
            found = y.copy()
        else:
            found = np.exp(y)
        return found

    @property
    def target(self) -> float:
        """The centre as a rate, proportion, ratio or value."""
        return float(self.natural(self.centre))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Funnel:
    """Scores with what chance, and variation between areas, would explain."""

    scored: Scores
    overdispersion: Overdispersion
    method: Method = VARIATION

    @property
    def z(self) -> FloatVector:
        """Standard errors from the centre by chance alone; NaN where there is no score."""
        return (self.scored.scores - self.scored.centre) / self.scored.errors

    @property
    def z_adjusted(self) -> FloatVector:
        """The same, allowing for variation between areas: beyond 1.96 or 3.09 stands out."""
        spread = np.sqrt(self.scored.errors**2 + self.overdispersion.tau_squared)
        return (self.scored.scores - self.scored.centre) / spread

    def limits(
        self,
        errors: FloatVector | None = None,
        *,
        confidence: float = 0.95,
        adjusted: bool = True,
    ) -> tuple[FloatVector, FloatVector]:
        """Lower and upper limits at standard errors, the areas' own unless said otherwise."""
        s = self.scored.errors if errors is None else errors
        extra = self.overdispersion.tau_squared if adjusted else 0.0
        apart = two_sided(confidence) * np.sqrt(s**2 + extra)
        centre = self.scored.centre
        return self.scored.natural(centre - apart), self.scored.natural(centre + apart)


def score(
    events: ArrayLike, people: ArrayLike, kind: CountKind, *, target: float | None = None
) -> Scores:
    """Score counts.

    Parameters
    ----------
    events, people : arrays of shape (n_areas,)
        For a ratio, ``people`` are the events expected.
    kind : {'proportion', 'ratio', 'root ratio', 'rate of counts'}
    target : float, optional
        Centre as a proportion, ratio or rate. Default: all areas together, or a ratio of 1.

    Raises
    ------
    CountError, DenominatorError, MissingValueError, ShapeError, EmptyInputError
        Naming every bad row. An area without events has no log ratio: it gets no score.

    Examples
    --------
    >>> round(score([30, 45], [300, 350], "proportion").target, 9)
    0.115384615
    """
    x, n = vectors(events=events, people=people)
    check_counts(events=x)
    check_denominators(people=n)
    if kind == "proportion":
        check_within("events", x, n, "people")
    overall = float(x.sum() / n.sum())
    if target is None and kind not in {"ratio", "root ratio"} and overall == 0.0:
        raise DenominatorError("events of all areas together", ["all"])
    centre = 1.0 if kind in ("ratio", "root ratio") else overall
    centre = centre if target is None else target
    with np.errstate(divide="ignore"):
        if kind == "proportion":
            y, s, middle = np.arcsin(np.sqrt(x / n)), 0.5 / np.sqrt(n), asin(sqrt(centre))
        elif kind == "ratio":
            y = np.where(x > 0, np.log(x / n), np.nan)
            s, middle = 1.0 / np.sqrt(n), log(centre)
        elif kind == "root ratio":
            y, s, middle = np.sqrt(x / n), 0.5 / np.sqrt(n), sqrt(centre)
        else:
            y, s, middle = np.log((x + 0.5) / (n + 0.5)), _error_of_rate(x, n), log(centre)
    return Scores(
        kind=kind,
        scores=y,
        errors=s,
        centre=middle,
        inputs_sha256=digest({"events": x, "people": n}),
    )


def errors_at(scored: Scores, people: ArrayLike) -> FloatVector:
    """Standard errors at the target for other numbers of people: what a funnel is drawn from.

    Raises
    ------
    DenominatorError, MissingValueError
        If there is nobody. Values that were published with limits have no such curve.
    """
    (n,) = vectors(people=people)
    check_denominators(people=n)
    if scored.kind == "rate of counts":
        return _error_of_rate(n * scored.target, n)
    return (1.0 if scored.kind == "ratio" else 0.5) / np.sqrt(n)


def _error_of_rate(events: FloatVector, people: FloatVector) -> FloatVector:
    """Standard error of the logarithm of a rate.

    An area without events would have hardly any: half an event stands for it (record 0025).
    """
    counted = np.sqrt(events / (events + 0.5) ** 2 + people / (people + 0.5) ** 2)
    return np.where(events > 0, counted, sqrt(1.0 / 0.5))


def score_measured(
    values: ArrayLike, lower_95: ArrayLike, upper_95: ArrayLike, *, target: float | None = None
) -> Scores:
    """Score values that were published with their 95% limits, on their own scale.

    Parameters
    ----------
    values, lower_95, upper_95 : arrays of shape (n_areas,)
    target : float, optional
        Centre. Default: the mean weighted by precision.

    Raises
    ------
    LimitError
        If an interval has no width or its limits are exchanged.
    MissingValueError, ShapeError, EmptyInputError
        As for every method.
    """
    v, low, high = vectors(values=values, lower_95=lower_95, upper_95=upper_95)
    if (high <= low).any():
        raise LimitError(places(high <= low), "have no width, or are exchanged,")
    s = (high - low) / WIDTH
    centre = float((v / s**2).sum() / (s**-2.0).sum()) if target is None else target
    return Scores(
        kind="measured",
        scores=v,
        errors=s,
        centre=centre,
        inputs_sha256=digest({"values": v, "lower_95": low, "upper_95": high}),
    )


def funnel(scored: Scores, *, winsorise: float = 0.10) -> Funnel:
    """Set areas against what chance and variation between them would explain.

    Raises
    ------
    TooFewAreasError
        If fewer than five areas have a score.
    """
    has = scored.scored
    _check_enough(int(has.sum()), "A funnel with overdispersion")
    found = overdispersion(
        scored.scores[has], scored.errors[has], scored.centre, winsorise=winsorise
    )
    return Funnel(scored=scored, overdispersion=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery:
    """How large the postcode lottery is, for one indicator, period and set of areas."""

    kind: Kind
    areas: int
    target: float
    tau: float
    """Standard deviation between areas beyond chance, on the scale of the scores."""
    phi: float
    plain: Heterogeneity
    """The same from all areas as they are, with its test."""
    basis: str
    """What was measured of which blocks: two lotteries compare only where it is the same."""
    method: Method = VARIATION

    @property
    def factor(self) -> float | None:
        """By which factor two areas drawn at random differ at the median; log scales only."""
        is_log = self.kind in ("ratio", "rate of counts")
        return exp(HALF_APART * self.tau) if is_log else None

    @property
    def difference(self) -> float | None:
        """By how much two areas drawn at random differ at the median, where it is no factor."""
        if self.kind == "proportion":
            return HALF_APART * self.tau * sin(2.0 * asin(sqrt(self.target)))
        if self.kind == "root ratio":
            return HALF_APART * self.tau * 2.0 * sqrt(self.target)
        return HALF_APART * self.tau if self.kind == "measured" else None


def lottery(scored: Scores, *, basis: str, winsorise: float = 0.10) -> Lottery:
    """Measure how much areas differ beyond chance.

    Raises
    ------
    TooFewAreasError
        If fewer than five areas have a score.
    """
    found, has = funnel(scored, winsorise=winsorise).overdispersion, scored.scored
    return Lottery(
        kind=scored.kind,
        areas=int(has.sum()),
        target=scored.target,
        tau=sqrt(found.tau_squared),
        phi=found.phi,
        plain=heterogeneity(scored.scores[has], scored.errors[has]),
        basis=basis,
    )


def change_in_lottery(before: Lottery, after: Lottery) -> float:
    """The variance between areas of one plan over that of another, as a ratio.

    Raises
    ------
    NotComparableError
        If they are not of the same indicator, period and blocks, or the first has no variance.
    """
    if before.basis != after.basis or before.kind != after.kind:
        raise NotComparableError(f"one is of {before.basis}, the other of {after.basis}")
    if before.tau == 0.0:
        raise NotComparableError("the first shows no difference beyond chance to divide by")
    return (after.tau / before.tau) ** 2


def _check_enough(areas: int, what: str) -> None:
    if areas < FEWEST_AREAS:
        raise TooFewAreasError(areas, FEWEST_AREAS, what)
