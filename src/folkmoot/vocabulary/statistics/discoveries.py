"""Many tests at once: how many of those called significant are likely to be chance."""

import numpy as np

from folkmoot.vocabulary.arrays import FloatVector


def benjamini_hochberg(p: FloatVector) -> FloatVector:
    """Adjust p-values so that a cut at 0.05 expects one false finding in twenty found.

    Notes
    -----
    Source: Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57, 1995.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p)[::-1]
    scaled = p[order] * len(p) / np.arange(len(p), 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return adjusted
