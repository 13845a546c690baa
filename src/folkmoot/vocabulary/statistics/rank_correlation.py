"""Whether one ranking of a few things follows another, by every order that could have been.

In:        two values of each thing; a random generator where there are too many orders to count.
Out:       Spearman's correlation, its chance, and how far from 0 it would have to be.
Source:    C. Spearman, American Journal of Psychology 15, 1904; B. Phipson and G. K. Smyth,
           Statistical Applications in Genetics and Molecular Biology 9, 2010, for drawn orders.
"""

from dataclasses import dataclass
from functools import cache
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.statistics.errors import EmptyInputError, TooFewAreasError
from folkmoot.vocabulary.statistics.inputs import vectors

FEWEST, MOST_EXACT = 5, 9
DRAWS = 100_000
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class RankCorrelation:
    """How far two rankings agree."""

    rho: float
    """From -1, opposite orders, to 1, the same."""
    p: float
    """Chance of one as far from 0, either way, if neither followed the other."""
    orders: int
    is_exact: bool
    """Whether every order was counted, rather than some drawn."""
    critical: float | None
    """The least distance from 0 with a chance of 0.05 or less; None where none has one."""
    critical_p: float | None
    things: int


def spearman(
    first: ArrayLike,
    second: ArrayLike,
    *,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> RankCorrelation:
    """Correlate two rankings, and test by orders: all of up to nine things, else drawn ones.

    Parameters
    ----------
    first, second : arrays of shape (n_things,)
        Ties have the mean of their ranks.
    rng : numpy.random.Generator
        Used for more than nine things.

    Raises
    ------
    TooFewAreasError
        If there are fewer than five things.
    EmptyInputError
        If all things are alike in one ranking.
    MissingValueError, ShapeError
        If a value is missing, or rows do not fit.

    Examples
    --------
    >>> found = spearman(range(9), [0, 2, 1, 4, 3, 6, 5, 8, 7],
    ...                  rng=np.random.default_rng(1))
    >>> round(found.rho, 4), round(found.critical, 3), round(found.critical_p, 4), found.orders
    (0.9333, 0.7, 0.0433, 362880)
    """
    x, y = vectors(first=first, second=second)
    if len(x) < FEWEST:
        raise TooFewAreasError(len(x), FEWEST, "A correlation of ranks")
    one, other = _centred(x, "first"), _centred(y, "second")
    rho = float(one @ other)
    is_exact = len(x) <= MOST_EXACT
    if is_exact:
        every = np.abs(one[_orders(len(x))] @ other)
    else:
        drawn = rng.permuted(np.tile(one, (draws, 1)), axis=1)
        every = np.abs(drawn @ other)
    extra = 0 if is_exact else 1
    as_far = int((every >= abs(rho) - ROUNDING).sum()) + extra
    critical, critical_p = _critical(every)
    return RankCorrelation(
        rho=rho,
        p=as_far / (len(every) + extra),
        orders=len(every),
        is_exact=is_exact,
        critical=critical,
        critical_p=critical_p,
        things=len(x),
    )


def _centred(values: FloatVector, name: str) -> FloatVector:
    """Ranks about their mean, of length 1, so that two of them multiply to a correlation."""
    ranks: FloatVector = rankdata(values) - (len(values) + 1) / 2.0
    length = float(np.sqrt(ranks @ ranks))
    if length == 0.0:
        raise EmptyInputError(name)
    return ranks / length


@cache
def _orders(things: int) -> NDArray[np.int8]:
    """Every order of a few things, one a row."""
    return np.array(list(permutations(range(things))), dtype=np.int8)


def _critical(every: FloatVector, level: float = 0.05) -> tuple[float | None, float | None]:
    """The least distance from 0 that so few orders reach, and how many do."""
    distances, counts = np.unique(np.round(every, 9), return_counts=True)
    reached = counts[::-1].cumsum()[::-1] / len(every)
    rare = np.flatnonzero(reached <= level)
    if not rare.size:
        return None, None
    return float(distances[rare[0]]), float(reached[rare[0]])
