"""Whether a cohort is large enough to show a change: exact power of a binomial test.

In:        people, a baseline and an aim, as shares.
Out:       the chance that the test shows the change, the least aim it would show, and the
           people that it would need.
Rule:      one side, the baseline taken as known: with a comparison group power is lower still.
Source:    C. J. Clopper and E. S. Pearson, Biometrika 26, 1934 (the test); E. L. Lehmann and
           J. P. Romano, Testing Statistical Hypotheses, 2005, section 3.4 (it is most powerful).
"""

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np
from scipy.stats import binom

from folkmoot.vocabulary.arrays import FloatVector, IntVector

MOST_COUNTED = 400_000
"""Cohorts up to this size are counted exactly; larger ones by the normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What a cohort can show."""

    power: float
    """Chance that the test shows the change, if the aim is reached."""
    detectable: float | None
    """The least change of share that it would show as often as asked; None: none would be."""
    needed: int
    """People from which on the power is as asked."""
    is_exact: bool
    """Whether ``needed`` was counted, or comes from the normal distribution."""


def power_of(people: int, baseline: float, aim: float, *, alpha: float, power: float) -> Power:
    """Power of the exact one-sided test that a share has left its baseline towards the aim.

    Parameters
    ----------
    people : int
        1 or more.
    baseline, aim : float
        Shares from 0 to 1 that differ; the test looks to the side of the aim.
    alpha, power : float
        Level of the test, and the power asked for.

    Examples
    --------
    >>> found = power_of(20, 0.5, 0.8, alpha=0.05, power=0.8)
    >>> round(found.power, 6), found.needed
    (0.804208, 18)
    """
    # A share that falls is the share of the others that rises.
    is_rise = aim > baseline
    low, high = (baseline, aim) if is_rise else (1.0 - baseline, 1.0 - aim)
    needed, is_exact = _needed(low, high, alpha, power)
    return Power(
        power=float(_powers(np.array([people]), low, high, alpha)[0]),
        detectable=_detectable(people, low, alpha, power),
        needed=needed,
        is_exact=is_exact,
    )


def _powers(people: IntVector, low: float, high: float, alpha: float) -> FloatVector:
    """Power at each cohort size: chance, at the aim, of as many as the baseline seldom gives."""
    most = binom.isf(alpha, people, low)  # more than these come with a chance of alpha at most
    found: FloatVector = np.asarray(binom.sf(most, people, high), dtype=np.float64)
    return found


def _needed(low: float, high: float, alpha: float, power: float) -> tuple[int, bool]:
    """People from which on the power never falls below what is asked, and whether it is exact."""
    normal = NormalDist()
    spread = normal.inv_cdf(1.0 - alpha) * sqrt(low * (1.0 - low)) + normal.inv_cdf(power) * sqrt(
        high * (1.0 - high)
    )
    about = ceil((spread / (high - low)) ** 2)
    # Power goes up and down with the size, by less and less, about a curve that rises.
    last = 2 * about + 200
    if last > MOST_COUNTED:
        return about, False
    short = np.flatnonzero(_powers(np.arange(1, last + 1), low, high, alpha) < power)
    return (int(short[-1]) + 2 if len(short) else 1), True


def _detectable(people: int, low: float, alpha: float, power: float) -> float | None:
    """The least rise above the baseline that a cohort shows with the power asked for."""
    most = float(binom.isf(alpha, people, low))
    if most >= people:
        return None
    below, above = low, 1.0
    for _ in range(60):
        middle = (below + above) / 2.0
        if binom.sf(most, people, middle) >= power:
            above = middle
        else:
            below = middle
    return above - low
