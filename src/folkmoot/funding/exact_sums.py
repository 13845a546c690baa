"""Add figures up by group, each sum correctly rounded, fast for thousands of groups.

A sum of floats depends on their order, unless it is exact and rounded once, as by
``math.fsum``. Here each figure is cut into two whole numbers, which add up exactly in any
order; figures too large or too fine for that go through ``fsum`` itself.
"""

from collections.abc import Sequence
from itertools import chain
from math import fsum

import numpy as np

from folkmoot.vocabulary.arrays import FloatMatrix, IntMatrix, IntVector

COARSE = 2**26
"""Parts of one in the first whole number; powers of two, so that no bit is lost."""
FINE = 2**46
"""Parts of those parts in the second."""
EXACT = 2**53
"""Whole numbers below this are exact as floats."""
ROOM = 2**16
"""Rows of a group for which the second cannot overflow: 2^16 of 2^46 make 2^62."""


def exact_sums(figures: FloatMatrix, groups: Sequence[Sequence[int]]) -> FloatMatrix:
    """Add rows up by group.

    Parameters
    ----------
    figures : array of shape (n_rows, n_columns)
        Any unit.
    groups : sequence of sequences of int
        Row numbers; groups may overlap, and an empty one sums to 0.

    Returns
    -------
    array of shape (n_groups, n_columns)
        The same unit; each cell equals ``math.fsum`` of the rows of its group.

    Examples
    --------
    >>> figures = np.array([[0.1], [0.2], [0.3]])
    >>> exact_sums(figures, [(0, 1, 2), (2, 1, 0), ()]).tolist()
    [[0.6], [0.6], [0.0]]
    """
    largest = max(map(len, groups), default=0) or 1
    bound = (float(np.abs(figures).max(initial=0.0)) + 1) * largest
    if not (largest < ROOM and bound < EXACT / COARSE):
        return _one_by_one(figures, groups)
    scaled = figures * COARSE
    # Cut towards nothing: what is left of a float then always is a float itself.
    whole = np.trunc(scaled)
    rest = (scaled - whole) * FINE
    if not np.array_equal(rest, np.floor(rest)):
        return _one_by_one(figures, groups)
    rows = np.fromiter(chain.from_iterable(groups), dtype=np.intp)
    sizes = np.array([len(group) for group in groups], dtype=np.intp)
    coarse, fine = (_added(part.astype(np.int64)[rows], sizes) for part in (whole, rest))
    carried, fine = np.divmod(fine, FINE)
    # Both terms are exact, and powers of two divide exactly: this rounds once, at the plus.
    sums: FloatMatrix = ((coarse + carried) + fine / FINE) / COARSE
    return sums


def _added(parts: IntMatrix, sizes: IntVector) -> IntMatrix:
    """Sums of consecutive rows, as many at a time as ``sizes`` says."""
    sums = np.zeros((len(sizes), parts.shape[1]), dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    filled = sizes > 0
    sums[filled] = np.add.reduceat(parts, starts[filled], axis=0)
    return sums


def _one_by_one(figures: FloatMatrix, groups: Sequence[Sequence[int]]) -> FloatMatrix:
    columns = figures.T.tolist()
    sums = [[fsum(column[row] for row in group) for column in columns] for group in groups]
    return np.array(sums).reshape(len(groups), figures.shape[1])
