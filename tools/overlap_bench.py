"""Measure a map of services: speed, against goals.

In:        made-up cells and services, from a seed.
Out:       rows for ``tools/bench.py``: what, measured, goal.
"""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array, triu
from tools.timing import Row, fastest

from folkmoot.outcomes.cells import Cells, Services
from folkmoot.outcomes.overlap import Bounds, gap_map, pairs, stake
from folkmoot.vocabulary.arrays import IntVector

NEEDS, COHORTS, PLACES, SERVICES = 60, 128, 297, 40_000
COPIES, COPIED = 12_000, 1_500
"""So many services offer nearly what one of so few others does: what is to be found."""


def rows() -> list[Row]:
    """Every measure with its goal."""
    return [*_overlap()]


def _overlap() -> list[Row]:
    cells, services = country(seed=1)
    bounds = Bounds.shipped()
    found = gap_map(cells, services)
    made = pairs(services, found, bounds)
    peer = _peer(services, cells.size, bounds)

    def together() -> object:
        gaps = gap_map(cells, services)
        return pairs(services, gaps, bounds), stake(services, gaps)

    size = f"{cells.size / 1e6:.2f}m cells, {len(services):,} services"
    return [
        _row(
            f"gaps of {size}, {len(services.cell):,} offers",
            5,
            lambda: gap_map(cells, services),
            "500 ms",
        ),
        _row(
            f"the {len(made):,} pairs that offer much the same, with pounds",
            5,
            lambda: pairs(services, found, bounds),
            "500 ms",
        ),
        _row(
            f"{peer:,} pairs, no pounds, by a sparse product of scipy",
            3,
            lambda: _peer(services, cells.size, bounds),
            "–",
        ),
        _row("gaps, pairs and all that is at stake", 5, together, "1 s"),
    ]


def _peer(services: Services, cells: int, bounds: Bounds) -> int:
    """How many pairs offer much the same, by the product of who is where with itself."""
    held = csr_array(
        (np.ones(len(services.cell), np.int32), services.cell, services.first),
        shape=(len(services), cells),
    )
    both = triu(held @ held.T, k=1).tocoo()
    one, other = services.sizes[both.row], services.sizes[both.col]
    containment = both.data / np.minimum(one, other)
    jaccard = both.data / (one + other - both.data)
    is_alike = (containment >= bounds.containment) | (jaccard >= bounds.jaccard)
    return int(is_alike.sum())


def country(seed: int) -> tuple[Cells, Services]:
    """Made-up services: each one to three needs, of a run of cohorts, in a few places near."""
    rng = np.random.default_rng(seed)
    size = NEEDS * COHORTS * PLACES
    cells = Cells(
        needs=tuple(f"n{n}" for n in range(NEEDS)),
        cohorts=tuple(f"c{n}" for n in range(COHORTS)),
        places=tuple(f"p{n}" for n in range(PLACES)),
        expected=rng.exponential(40.0, size),
        met=rng.uniform(0.0, 0.5, size),
    )
    runs = [_set(rng) for _ in range(SERVICES - COPIES)]
    for _ in range(COPIES):
        copied = runs[int(rng.integers(0, COPIED))]
        runs.append(copied[rng.random(len(copied)) > 0.05] if len(copied) > 2 else copied)
    services = Services.of(
        [f"s{n}" for n in range(SERVICES)],
        [run if len(run) else np.zeros(1, np.int64) for run in runs],
        capacity=rng.exponential(2000.0, SERVICES),
        pence=rng.integers(10**6, 10**9, SERVICES),
    )
    return cells, services


def _set(rng: np.random.Generator) -> IntVector:
    needs = rng.choice(NEEDS, size=int(rng.integers(1, 4)), replace=False)
    start, length = int(rng.integers(0, COHORTS - 16)), int(rng.integers(1, 16))
    places = (int(rng.integers(0, PLACES)) + np.arange(int(rng.geometric(0.4)))) % PLACES
    cohorts = np.arange(start, start + length)
    grid = (cohorts[:, None, None] * PLACES + places[None, :, None]) * NEEDS + needs[None, None, :]
    found: IntVector = np.sort(grid.ravel())
    return found


def _row(what: str, runs: int, work: Callable[[], object], goal: str) -> Row:
    return what, f"{fastest(runs, work) * 1e3:.3g} ms", goal
