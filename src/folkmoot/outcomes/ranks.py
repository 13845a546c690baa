"""Ranks that admit what is not known: each with an interval, and shrunk towards the centre.

In:        scores of areas with their errors, and the variance between areas.
Out:       shrunken values, and the rank of each area over many draws: 1 is the highest value.
Rule:      a rank is never given without its interval.
Source:    H. Goldstein and D. J. Spiegelhalter, Journal of the Royal Statistical Society A
           159, 1996, 385-443.
"""

from dataclasses import dataclass

import numpy as np

from folkmoot.outcomes.results import Method
from folkmoot.outcomes.variation import Funnel
from folkmoot.vocabulary.arrays import FloatVector

DRAWS = 10_000
NO_DIFFERENCE = "no difference beyond chance"

RANKS = Method(
    code="O9r",
    name="shrunken values and rank intervals",
    sources="Goldstein and Spiegelhalter 1996; Spiegelhalter 2005",
    cannot_say="which area is best: intervals of rank usually cover a third of the table.",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranks:
    """Where each area stands, and how sure that is; NaN for an area without a score."""

    value: FloatVector
    """Shrunken values, as rates, proportions, ratios or values."""
    shrinkage: FloatVector
    """Part of its distance from the centre that an area keeps: a ratio, 0 to 1."""
    median: FloatVector
    least: FloatVector
    """The rank in 2.5% of draws or fewer."""
    most: FloatVector
    draws: int
    is_chance_alone: bool
    """Whether nothing is beyond chance, so that every rank is possible for every area."""
    method: Method = RANKS


def shrunken_ranks(found: Funnel, *, rng: np.random.Generator, draws: int = DRAWS) -> Ranks:
    """Rank areas by values drawn from what is known of each.

    Examples
    --------
    >>> from folkmoot.outcomes.variation import funnel, score
    >>> x, n = [30, 45, 52, 61, 80, 20, 95, 40], [300, 350, 400, 420, 500, 260, 520, 380]
    >>> found = funnel(score(x, n, "proportion"))
    >>> ranks = shrunken_ranks(found, rng=np.random.default_rng(1))
    >>> ranks.value.round(6).tolist()
    [0.114659, 0.131156, 0.131864, 0.141639, 0.152, 0.102407, 0.167533, 0.116127]
    """
    scored, tau_squared = found.scored, found.overdispersion.tau_squared
    has = scored.scored
    areas = int(has.sum())
    kept = tau_squared / (tau_squared + scored.errors**2)
    theta = scored.centre + kept * (scored.scores - scored.centre)
    if tau_squared == 0.0:
        ends = (areas + 1.0) / 2.0, 1.0, float(areas)
        ranked = [np.where(has, end, np.nan) for end in ends]
    else:
        deviation = np.sqrt(kept * scored.errors**2)
        drawn = theta[has] + deviation[has] * rng.standard_normal((draws, areas))
        ranked = [np.full(len(has), np.nan) for _ in range(3)]
        quantiles = np.quantile(_ranks(drawn), [0.5, 0.025, 0.975], axis=0)
        for into, row in zip(ranked, quantiles, strict=True):
            into[has] = row
    return Ranks(
        value=scored.natural(theta),
        shrinkage=kept,
        median=ranked[0],
        least=ranked[1],
        most=ranked[2],
        draws=draws,
        is_chance_alone=tau_squared == 0.0,
    )


def _ranks(drawn: FloatVector) -> FloatVector:
    """The rank of each column in each row: 1 for the highest."""
    order = np.argsort(-drawn, axis=1)
    ranks = np.empty_like(drawn)
    np.put_along_axis(ranks, order, np.arange(1.0, drawn.shape[1] + 1.0)[None, :], axis=1)
    return ranks
