"""Units of a design: blocks, or atoms of neighbouring blocks that agree on geographies.

In:        places, the terms of their blocks, and which geographies units must agree on.
Out:       ``Units``: each with its terms, its neighbours and its blocks.
Not here:  joining units into areas (``enumeration``, ``search``).
Source:    docs/reference/criteria.md, "Atoms".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from folkmoot.areas.kernels import Graph, Rows
from folkmoot.geography.graph import components
from folkmoot.geography.terms import Terms
from folkmoot.vocabulary.arrays import IntMatrix, IntVector, frozen
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Units:
    """The pieces that a search joins into areas, and never splits."""

    terms: Terms
    pairs: IntMatrix
    """Shape (n_pairs, 2): two units that touch, the lower first; sorted, each pair once."""
    unit_of: IntVector
    """Shape (n_blocks,): the unit of each block."""

    def __post_init__(self) -> None:
        frozen(self.pairs)
        frozen(self.unit_of)

    def __len__(self) -> int:
        return len(self.terms)

    @classmethod
    def of(cls, places: Places, terms: Terms, unit_of: IntVector) -> Self:
        """Merge blocks into units, numbered from 0 up."""
        ends = np.sort(unit_of[places.borders.pairs], axis=1)
        apart = ends[ends[:, 0] < ends[:, 1]]
        return cls(terms=terms.merged(unit_of), pairs=np.unique(apart, axis=0), unit_of=unit_of)

    def first_blocks(self) -> IntVector:
        """The first block of each unit."""
        return np.unique(self.unit_of, return_index=True)[1].astype(np.int64)

    def graph(self) -> Graph:
        """Who touches whom, as the compiled loops want it."""
        both = np.concatenate([self.pairs, self.pairs[:, ::-1]])
        both = both[np.lexsort((both[:, 1], both[:, 0]))]
        starts = np.searchsorted(both[:, 0], np.arange(len(self) + 1))
        return Graph(
            people=self.terms.people,
            starts=starts.astype(np.int64),
            neighbours=np.ascontiguousarray(both[:, 1]),
        )

    def rows(self) -> Rows:
        """The terms as bare arrays; only for some thousands of units, as the flow is whole."""
        return Rows(
            overlap_start=self.terms.overlap.start,
            overlap_cell=self.terms.overlap.column,
            overlap_share=self.terms.overlap.value,
            cell_scales=self.terms.cell_scales,
            squares=self.terms.squares,
            moments=self.terms.moments,
            flow=self.terms.flow.dense(len(self)),
            flow_within=self.terms.flow_within,
        )


def atoms(places: Places, names: Sequence[str]) -> IntVector:
    """Label connected blocks that lie in the same area of every named geography.

    A block split between two areas counts as being in the one that holds most of it; blocks
    outside a geography agree with one another there. Without names nothing says which
    blocks belong together, so each block is an atom of its own.

    Returns
    -------
    array of shape (n_blocks,)
        The atom of each block, numbered from 0 by its first block.
    """
    n = len(places.blocks)
    if not names:
        return np.arange(n)
    pairs = places.borders.pairs
    areas = np.column_stack([places.geographies[name].dominant(n) for name in names])
    agree = (areas[pairs[:, 0]] == areas[pairs[:, 1]]).all(axis=1)
    return components(n, pairs[agree])
