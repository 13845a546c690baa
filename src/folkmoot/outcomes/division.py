"""A division of the country: which part of each block's residents lives in which area.

In:        an area plan, an existing geography, the blocks themselves, or the whole country.
Out:       ``Division``: shares of blocks in areas, so that every kind is measured alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import FloatMatrix
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Geography, Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Division:
    """Areas made of blocks or of parts of blocks."""

    title: str
    """What one area of it is, in the plural: "districts"."""
    codes: tuple[str, ...]
    names: tuple[str, ...]
    shares: FloatMatrix
    """Shape (n_blocks, n_areas): the part of each block's residents in each area; a row sums
    to 1, or to 0 where the block is outside."""

    @classmethod
    def of_plan(cls, plan: AreaPlan, names: Mapping[AreaCode, str], title: str) -> Self:
        """The areas of a plan."""
        shares = np.zeros((len(plan.blocks), len(plan.areas)))
        shares[np.arange(len(plan.blocks)), plan.area_of] = 1.0
        return cls(
            title=title,
            codes=plan.areas,
            names=tuple(names.get(area, area) for area in plan.areas),
            shares=shares,
        )

    @classmethod
    def of_geography(cls, geography: Geography, blocks: int, title: str) -> Self:
        """The areas of an existing geography, which may part blocks."""
        shares = np.zeros((blocks, len(geography.codes)))
        shares[geography.block, geography.area] = geography.normalised_share(blocks)
        return cls(title=title, codes=geography.codes, names=geography.names, shares=shares)

    @classmethod
    def of_blocks(cls, places: Places, title: str) -> Self:
        """Each block by itself."""
        blocks = places.blocks
        return cls(title=title, codes=blocks.codes, names=blocks.names, shares=np.eye(len(blocks)))

    @classmethod
    def of_all(cls, places: Places) -> Self:
        """All blocks as one area."""
        name = country(places)
        shares = np.ones((len(places.blocks), 1))
        return cls(title=name, codes=("all",), names=(name,), shares=shares)

    @property
    def is_whole(self) -> bool:
        """Whether no block is parted."""
        return bool(np.isin(self.shares, (0.0, 1.0)).all())


def country(places: Places) -> str:
    """What the whole is called: the title of its package up to the first comma."""
    return places.title.split(",")[0]
