"""Add figures up by group, each sum correctly rounded, fast for thousands of groups.

A sum of floats depends on their order, unless it is exact and rounded once, as by
``math.fsum``. Here each figure is cut into two whole numbers, which add up exactly in any
order; figures too large or too fine for that go through ``fsum`` itself.
"""

from collections.abc import Sequence
from itertools import chain
from math import fsum

import numpy as np

from folkmoot.vocabulary.arrays import FloatMatrix, IntMatrix

COARSE = 2**30
"""Parts of one in the first whole number; powers of two, so that no bit is lost."""
FINE = 2**46
"""Parts of those parts in the second."""
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
    scaled = figures * COARSE
    whole = np.floor(scaled)
    rest = (scaled - whole) * FINE
    largest = max(map(len, groups), default=0)
    bound = np.abs(figures).max(initial=0.0) * largest
    if not (largest < ROOM and bound < 2**62 / COARSE and np.array_equal(rest, np.floor(rest))):
        return _one_by_one(figures, groups)
    rows = np.fromiter(chain.from_iterable(groups), dtype=np.intp)
    ends = np.cumsum([0, *map(len, groups)])
    coarse, fine = (
        _between(part[rows].astype(np.int64), ends).ravel().tolist() for part in (whole, rest)
    )
    # Python divides whole numbers of any size and rounds once, correctly.
    sums = [(c * FINE + f) / (COARSE * FINE) for c, f in zip(coarse, fine, strict=True)]
    return np.array(sums).reshape(len(groups), figures.shape[1])


def _between(parts: IntMatrix, ends: IntMatrix) -> IntMatrix:
    """Sums between ends; a running total that wraps round still has true differences."""
    running = np.zeros((len(parts) + 1, parts.shape[1]), dtype=np.int64)
    np.cumsum(parts, axis=0, out=running[1:])
    between: IntMatrix = running[ends[1:]] - running[ends[:-1]]
    return between


def _one_by_one(figures: FloatMatrix, groups: Sequence[Sequence[int]]) -> FloatMatrix:
    columns = figures.T.tolist()
    sums = [[fsum(column[row] for row in group) for column in columns] for group in groups]
    return np.array(sums).reshape(len(groups), figures.shape[1])
