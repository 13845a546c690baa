"""Areas as values: an area plan places every block in exactly one area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from folkmoot.vocabulary.arrays import IntVector, frozen
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.errors import AreaPlanError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AreaPlan:
    """Each block in exactly one area; blocks and areas are sorted by code.

    ``area_of`` is the whole plan in the form that arithmetic wants: the position in
    ``areas`` of each block of ``blocks``.
    """

    blocks: tuple[BlockCode, ...]
    areas: tuple[AreaCode, ...]
    area_of: IntVector
    """Shape (n_blocks,): position in ``areas``. Read-only."""

    def __post_init__(self) -> None:
        if not _is_rising(self.blocks):
            raise AreaPlanError("its blocks are not sorted by code, each once")
        if not _is_rising(self.areas):
            raise AreaPlanError("its areas are not sorted by code, each once")
        if self.area_of.shape != (len(self.blocks),):
            raise AreaPlanError("it does not give every block one area")
        if np.unique(self.area_of).tolist() != list(range(len(self.areas))):
            raise AreaPlanError("it names areas that hold no block, or blocks with no area")
        frozen(self.area_of)

    @classmethod
    def of(cls, placed: Mapping[BlockCode, AreaCode]) -> Self:
        """Make a plan from block to area, in any order.

        Examples
        --------
        >>> plan = AreaPlan.of({"b": "Y", "a": "X", "c": "Y"})
        >>> plan.area_of.tolist(), plan.members()["Y"]
        ([0, 1, 1], ('b', 'c'))
        """
        if not placed:
            raise AreaPlanError("it holds no block")
        blocks = tuple(sorted(placed))
        areas = tuple(sorted(set(placed.values())))
        position = {area: number for number, area in enumerate(areas)}
        area_of = np.array([position[placed[block]] for block in blocks], dtype=np.int64)
        return cls(blocks=blocks, areas=areas, area_of=area_of)

    @classmethod
    def labelled(cls, blocks: tuple[BlockCode, ...], labels: IntVector) -> Self:
        """Make a plan from a label for each block, naming areas A01, A02, … .

        The area that holds the first block is A01, the next one met is A02, so the
        same partition always gets the same codes, whatever its labels were.

        Examples
        --------
        >>> import numpy as np
        >>> AreaPlan.labelled(("a", "b", "c"), np.array([7, 2, 7])).area_of.tolist()
        [0, 1, 0]
        """
        order = list(dict.fromkeys(labels.tolist()))
        width = max(2, len(str(len(order))))
        code = {label: AreaCode(f"A{n:0{width}d}") for n, label in enumerate(order, 1)}
        return cls.of(
            {block: code[label] for block, label in zip(blocks, labels.tolist(), strict=True)}
        )

    def members(self) -> dict[AreaCode, tuple[BlockCode, ...]]:
        """The blocks of each area, areas and blocks in order of code."""
        found: dict[AreaCode, list[BlockCode]] = {area: [] for area in self.areas}
        for block, area in zip(self.blocks, self.area_of.tolist(), strict=True):
            found[self.areas[area]].append(block)
        return {area: tuple(blocks) for area, blocks in found.items()}

    def area(self, block: BlockCode) -> AreaCode:
        """The area that holds a block."""
        return self.areas[int(self.area_of[self.blocks.index(block)])]

    def is_same_partition(self, other: "AreaPlan") -> bool:
        """Whether both plans keep the same blocks together, whatever the areas are called."""
        return self.blocks == other.blocks and bool(
            np.array_equal(
                AreaPlan.labelled(self.blocks, self.area_of).area_of,
                AreaPlan.labelled(other.blocks, other.area_of).area_of,
            )
        )


def _is_rising(codes: Sequence[str]) -> bool:
    """Whether codes are sorted, each once."""
    return all(before < after for before, after in pairwise(codes))
