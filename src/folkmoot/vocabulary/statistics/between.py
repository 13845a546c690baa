"""How much areas differ beyond chance: the variance between them.

In:        scores ``y`` of areas with their own standard errors ``s`` and a common centre.
Out:       overdispersion phi and the variance between areas tau², plain or winsorised.
Not here:  which scale a rate is scored on (``outcomes.variation``).
Source:    D. J. Spiegelhalter, Statistics in Medicine 24, 2005, 1185-1202; R. DerSimonian and
           N. Laird, Controlled Clinical Trials 7, 1986; W. G. Cochran, Biometrics 10, 1954;
           J. P. T. Higgins and S. G. Thompson, Statistics in Medicine 21, 2002 (I²).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc

from folkmoot.vocabulary.arrays import FloatVector


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdispersion:
    """What is left of the spread of areas when chance is taken off."""

    phi: float
    """Mean square of the scores in standard errors: 1 when there is only chance."""
    tau_squared: float
    """Variance between areas, on the scale of the scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """Whether areas differ at all, by all of them as they are."""

    tau_squared: float
    """DerSimonian and Laird's variance between areas, about their own weighted mean."""
    q: float
    """Cochran's Q."""
    p: float
    """Chance of so large a Q if all areas were the same."""
    i_squared: float
    """Part of the spread that is not chance: a ratio, 0 to 1."""


def winsorised(values: FloatVector, share: float) -> FloatVector:
    """Pull both tails in to their quantiles, so that a few outlying areas do not set the scale.

    Examples
    --------
    >>> winsorised(np.array([0.0, 1.0, 2.0, 3.0, 100.0]), 0.25).tolist()
    [1.0, 1.0, 2.0, 3.0, 3.0]
    """
    low, high = np.quantile(values, [share, 1.0 - share])
    return np.clip(values, low, high)


def overdispersion(
    scores: FloatVector, errors: FloatVector, centre: float, *, winsorise: float = 0.10
) -> Overdispersion:
    """Spiegelhalter's additive overdispersion about a centre.

    Parameters
    ----------
    scores, errors : arrays of shape (n_areas,)
        Scores and their standard errors by chance alone.
    winsorise : float
        Share of the areas pulled in at either end.
    """
    apart = (scores - centre) / errors
    phi = float(np.mean(winsorised(apart, winsorise) ** 2))
    # Areas that are all equally far from a given target do not differ from each other.
    beyond = 0.0 if np.ptp(apart) == 0 else len(scores) * phi - (len(scores) - 1)
    return Overdispersion(phi=phi, tau_squared=_variance(beyond, errors))


def heterogeneity(scores: FloatVector, errors: FloatVector) -> Heterogeneity:
    """Cochran's test and DerSimonian and Laird's variance, about the areas' own mean."""
    freedom, weights = len(scores) - 1, errors**-2.0
    mean = float((weights * scores).sum() / weights.sum())
    q = float((weights * (scores - mean) ** 2).sum())
    return Heterogeneity(
        tau_squared=_variance(q - freedom, errors),
        q=q,
        p=float(gammaincc(freedom / 2.0, q / 2.0)) if freedom else 1.0,
        i_squared=max(0.0, (q - freedom) / q) if q > 0 else 0.0,
    )


def _variance(beyond: float, errors: FloatVector) -> float:
    """The variance between areas that explains a sum of squares beyond its expectation."""
    weights = errors**-2.0
    room = float(weights.sum() - (weights**2).sum() / weights.sum())
    return max(0.0, beyond / room) if room > 0 else 0.0
