"""The areas of a division by one indicator: shrunken, and ranked with the interval of each rank."""

from dataclasses import dataclass

import numpy as np

from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import NoLimitsError
from folkmoot.outcomes.indicators import Indicator, period_in_words
from folkmoot.outcomes.measured import Ground, measure
from folkmoot.outcomes.ranks import Ranks, shrunken_ranks
from folkmoot.outcomes.variation import FEWEST_AREAS, Funnel, funnel, score_measured
from folkmoot.vocabulary.arrays import FloatVector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranked:
    """Areas that have a figure with limits, in the order of the division."""

    indicator: Indicator
    period: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    value: FloatVector
    lower: FloatVector
    upper: FloatVector
    funnel: Funnel
    ranks: Ranks
    left_out: tuple[str, ...]
    """Areas without a figure or its limits."""


def rank_areas(
    ground: Ground, division: Division, indicator: Indicator, *, rng: np.random.Generator
) -> Ranked:
    """Rank the areas of a division by one indicator at its latest period; 1 is the highest.

    Raises
    ------
    NotAdditiveError
        If the indicator is a median.
    NoLimitsError
        If fewer than five areas have limits.
    """
    found = measure(ground, division, indicator, minimum_coverage=0.8)
    whole = measure(ground, Division.of_all(ground.places), indicator, minimum_coverage=0.5)
    value, lower, upper = found.value[-1], found.lower_95[-1], found.upper_95[-1]
    sure = np.flatnonzero(np.isfinite(value) & (upper > lower))
    if len(sure) < FEWEST_AREAS:
        raise NoLimitsError(indicator.name, len(sure))
    target = float(whole.value[-1, 0])
    scored = score_measured(value[sure], lower[sure], upper[sure], target=target)
    seen = funnel(scored)
    return Ranked(
        indicator=indicator,
        period=period_in_words(found.periods[-1]),
        names=tuple(division.names[one] for one in sure.tolist()),
        codes=tuple(division.codes[one] for one in sure.tolist()),
        value=value[sure],
        lower=lower[sure],
        upper=upper[sure],
        funnel=seen,
        ranks=shrunken_ranks(seen, rng=rng),
        left_out=tuple(
            name for n, name in enumerate(division.names) if n not in set(sure.tolist())
        ),
    )
