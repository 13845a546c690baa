"""The border graph: who touches whom, and which blocks hang together.

In:        places, or bare pairs of positions; an area plan.
Out:       neighbours, components, the pieces of a broken area.
Not here:  blocks without a neighbour (``readers.places`` refuses them: a link is data, and
           never invented); repairing a plan (``areas``).
"""

from dataclasses import dataclass

import numpy as np

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import BoolVector, IntMatrix, IntVector, frozen
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Neighbours:
    """The blocks that touch each block, one run of positions a block."""

    starts: IntVector
    """Shape (n_blocks + 1,): the neighbours of block *i* are
    ``blocks[starts[i]:starts[i + 1]]``, in order."""
    blocks: IntVector
    borders: IntVector
    """The row of ``Borders.pairs`` that each entry comes from."""

    def __post_init__(self) -> None:
        frozen(self.starts)
        frozen(self.blocks)
        frozen(self.borders)

    def of(self, block: int) -> IntVector:
        """Positions of the blocks that touch one block."""
        return self.blocks[self.starts[block] : self.starts[block + 1]]


def neighbours(places: Places) -> Neighbours:
    """List the neighbours of every block, over land borders and links alike."""
    pairs = places.borders.pairs
    ends = np.concatenate([pairs, pairs[:, ::-1]])
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    degree = np.bincount(ends[:, 0], minlength=len(places.blocks))
    return Neighbours(
        starts=np.concatenate([[0], np.cumsum(degree)]).astype(np.int64),
        blocks=ends[order, 1],
        borders=order % max(len(pairs), 1),
    )


def components(n: int, pairs: IntMatrix) -> IntVector:
    """Label what hangs together.

    Each label hooks on to the lowest label it touches and then points straight at
    its root; both are whole-array steps, so a long chain takes a few rounds, not *n*.

    Parameters
    ----------
    n : int
        How many things there are.
    pairs : array of shape (n_pairs, 2)
        Positions of two things that touch, in any order.

    Returns
    -------
    array of shape (n,)
        The component of each thing, numbered from 0 by its first member.

    Examples
    --------
    >>> import numpy as np
    >>> components(5, np.array([[0, 3], [3, 1]])).tolist()
    [0, 0, 1, 0, 2]
    """
    roots = np.arange(n, dtype=np.int64)
    while True:
        first, second = roots[pairs[:, 0]], roots[pairs[:, 1]]
        apart = first != second
        if not apart.any():
            break
        low, high = np.minimum(first, second)[apart], np.maximum(first, second)[apart]
        np.minimum.at(roots, high, low)
        while not np.array_equal(roots, roots[roots]):
            roots = roots[roots]
    labels: IntVector = np.unique(roots, return_inverse=True)[1].astype(np.int64)
    return labels


def pieces_of(area_of: IntVector, places: Places) -> IntVector:
    """Label the connected pieces of areas: equal where blocks share an area and hang together."""
    pairs = places.borders.pairs
    inside: BoolVector = area_of[pairs[:, 0]] == area_of[pairs[:, 1]]
    return components(len(places.blocks), pairs[inside])


def pieces(plan: AreaPlan, places: Places) -> dict[AreaCode, tuple[tuple[BlockCode, ...], ...]]:
    """Find the areas that lie in several pieces.

    Returns
    -------
    dict
        Only the areas that are not connected: the blocks of each piece, the piece with
        most residents first. Empty when every area is connected.
    """
    labels = pieces_of(plan.area_of, places)
    area_of_piece = np.zeros(labels.max() + 1, dtype=np.int64)
    area_of_piece[labels] = plan.area_of
    people = np.bincount(labels, weights=places.blocks.population)
    broken: dict[AreaCode, tuple[tuple[BlockCode, ...], ...]] = {}
    for area in np.flatnonzero(np.bincount(area_of_piece) > 1).tolist():
        found = np.flatnonzero(area_of_piece == area)
        largest_first = found[np.lexsort((found, -people[found]))]
        broken[plan.areas[area]] = tuple(
            tuple(places.blocks.codes[block] for block in np.flatnonzero(labels == piece))
            for piece in largest_first
        )
    return broken
