"""Meet every connected union of units within the population bounds, once.

In:        units, population bounds, a budget.
Out:       ``Unions``, or how many there are at least when they are too many.
Rule:      they are counted first, so that no memory is spent on what would not fit.
Not here:  choosing among them (``relaxation``, ``search``).
"""

from itertools import pairwise

import numpy as np

from folkmoot.areas import kernels
from folkmoot.areas.atoms import Units
from folkmoot.areas.threads import side_by_side
from folkmoot.areas.unions import Unions
from folkmoot.areas.work import Work
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.progress import Progress, silent

Bounds = tuple[int, int]
"""Least and most people in an area, both allowed."""

PARTS = 16
"""Runs of roots that are walked side by side: fixed, so that results do not depend on the
number of processors."""


def enumerate_unions(
    units: Units,
    bounds: Bounds,
    work: Work,
    *,
    counts: IntVector | None = None,
    with_coterminosity: bool = False,
    progress: Progress = silent,
) -> Unions | None:
    """List every connected union of at most the greatest population, with its cost.

    Parameters
    ----------
    counts : array of shape (n_units,), optional
        The unions of each root, where they have been counted already.

    Returns
    -------
    Unions or None
        None when there are more than ``work`` allows; nothing was then stored.
    """
    graph = units.graph()
    bytes_each = 2 + 2 + 8 + 8 * with_coterminosity
    most = min(work.unions, work.memory_bytes // bytes_each)
    if counts is None:
        progress("Counting the areas that could be made", 0.0)
        counts = count_unions(graph, bounds[1], most)
    if counts is None:
        return None
    return _filled(
        units, graph, bounds, counts, with_coterminosity=with_coterminosity, progress=progress
    )


def count_unions(graph: kernels.Graph, highest: int, most: int) -> IntVector | None:
    """Count the connected unions of each root with at most ``highest`` people.

    Returns
    -------
    array of shape (n_units,) or None
        None when there are more than ``most`` in all, or counting them takes too long.
    """
    n = len(graph.people)
    counts = np.zeros(n, dtype=np.int64)
    runs = pairwise(np.linspace(0, n, min(n, 8 * PARTS) + 1).astype(np.int64).tolist())

    def in_run(run: tuple[int, int]) -> int:
        return kernels.count_unions(graph, *run, highest, most, counts)

    total = 0
    for met in side_by_side(in_run, runs):
        total += met
        if total > most:
            return None
    return counts


def _filled(
    units: Units,
    graph: kernels.Graph,
    bounds: Bounds,
    counts: IntVector,
    *,
    with_coterminosity: bool,
    progress: Progress,
) -> Unions:
    starts = np.concatenate([[0], np.cumsum(counts)])
    n = int(starts[-1])
    steps, added = np.zeros(n, dtype=np.uint16), np.zeros(n, dtype=np.uint16)
    costs, coterminosity = np.zeros(n), np.zeros(n if with_coterminosity else 0)
    rows = units.rows()
    cuts = np.searchsorted(starts, np.linspace(0, n, PARTS + 1)).clip(max=len(counts))
    runs = list(pairwise(np.unique(np.append(cuts, len(counts))).tolist()))

    def in_run(run: tuple[int, int]) -> None:
        first, last = run
        into = (steps, added, costs, coterminosity)
        kernels.fill_unions(graph, rows, first, last, bounds, int(starts[first]), *into)

    for done, _ in enumerate(side_by_side(in_run, runs), 1):
        progress(f"Weighing {n:,} areas that could be made", done / len(runs))
    return Unions(
        steps=steps,
        units=added,
        costs=costs,
        measures=(coterminosity,) if with_coterminosity else (),
        spans=[(int(starts[first]), int(starts[last])) for first, last in runs],
    )
