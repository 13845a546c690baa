"""How far several rankings of the same things agree."""

import numpy as np
from scipy.stats import rankdata

from folkmoot.vocabulary.arrays import FloatMatrix


def kendalls_w(values: FloatMatrix) -> float | None:
    """Kendall's coefficient of concordance, corrected for ties.

    Parameters
    ----------
    values : array of shape (n_judges, n_things)
        Each row ranks the same things, such as regions.

    Returns
    -------
    float or None
        0, no agreement, to 1, the same order in every row; None where no row has an order.

    Notes
    -----
    Source: M. G. Kendall and B. Babington Smith, Annals of Mathematical Statistics 10, 1939.

    Examples
    --------
    >>> kendalls_w(np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]))
    1.0
    """
    judges, things = values.shape
    ranks = rankdata(values, axis=1)
    sums = ranks.sum(axis=0)
    ties = sum(
        float((counts**3 - counts).sum())
        for counts in (np.unique(row, return_counts=True)[1] for row in ranks)
    )
    whole = judges**2 * (things**3 - things) - judges * ties
    apart = 12.0 * float(((sums - sums.mean()) ** 2).sum())
    return apart / whole if whole > 0 else None
