"""How the geographies that a country already has fit its blocks and one another.

In:        places.
Out:       a row a geography; the areas that several geographies draw alike; the finest
           division that cuts no area of given geographies.
Not here:  how an area plan fits them (``geography.scores``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from folkmoot.geography.errors import MissingGeographyError
from folkmoot.geography.graph import components
from folkmoot.readers.criteria import SHARE_TOLERANCE
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.places import Geography, Places

Extent: TypeAlias = tuple[tuple[int, float], ...]
"""An area: each block in it, and the part of the block that is."""

SAME_SHARE_DECIMALS = 9
"""Shares of a block that agree to so many decimals are the same share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedShare:
    """How far the blocks of a country nest inside one of its geographies."""

    geography: str
    areas: int
    whole_people: int
    """Residents of blocks that lie wholly in one area of the geography."""
    whole_share: float
    """The same, over all residents of the country. Unit: ratio."""
    split_blocks: int
    """Blocks that lie in two areas or more."""
    outside_blocks: int
    """Blocks that the geography leaves out."""
    uneven_blocks: int
    """Blocks whose shares do not sum to 1, so that no plan can be measured against it."""


def nested_shares(places: Places) -> tuple[NestedShare, ...]:
    """Say of each geography of a package how far the blocks nest inside it, by name.

    A block that a geography leaves out lies in none of its areas, so a geography that
    covers half the residents has a share of at most one half.
    """
    return tuple(
        _nested_share(places, places.geographies[name]) for name in sorted(places.geographies)
    )


def _nested_share(places: Places, geography: Geography) -> NestedShare:
    n, people = len(places.blocks), places.blocks.population
    areas = np.bincount(geography.block, minlength=n)
    shares = np.bincount(geography.block, weights=geography.share, minlength=n)
    whole = int(people[areas == 1].sum())
    return NestedShare(
        geography=geography.name,
        areas=len(geography.codes),
        whole_people=whole,
        whole_share=whole / max(places.population, 1),
        split_blocks=int((areas > 1).sum()),
        outside_blocks=int((areas == 0).sum()),
        uneven_blocks=int(((areas > 0) & (np.abs(shares - 1) > SHARE_TOLERANCE)).sum()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedArea:
    """An area that several geographies draw alike."""

    geographies: tuple[str, ...]
    names: tuple[str, ...]
    """What each of the geographies calls it."""
    codes: tuple[str, ...]
    blocks: tuple[BlockCode, ...]
    population: int
    """Residents of the blocks that lie in it, split blocks by their share, rounded."""


def shared_areas(places: Places, names: Sequence[str]) -> tuple[SharedArea, ...]:
    """Find the areas that two or more of some geographies draw alike.

    Two areas are alike when they hold the same part of every block.

    Returns
    -------
    tuple
        Those on most geographies first, then those with most residents.
    """
    drawn: dict[Extent, list[tuple[Geography, int]]] = {}
    for name in names:
        geography = _geography(places, name)
        for area, extent in enumerate(_extents(places, geography)):
            drawn.setdefault(extent, []).append((geography, area))
    found = [
        SharedArea(
            geographies=tuple(geography.name for geography, _ in alike),
            names=tuple(geography.names[area] for geography, area in alike),
            codes=tuple(geography.codes[area] for geography, area in alike),
            blocks=tuple(places.blocks.codes[block] for block, _ in extent),
            population=round(
                sum(places.blocks.population[block] * share for block, share in extent)
            ),
        )
        for extent, alike in drawn.items()
        if len(alike) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.geographies), -one.population, one.codes)))


def _extents(places: Places, geography: Geography) -> list[Extent]:
    """What part of which blocks each area holds."""
    held: list[list[tuple[int, float]]] = [[] for _ in geography.codes]
    shares = np.round(geography.normalised_share(len(places.blocks)), SAME_SHARE_DECIMALS)
    for block, area, share in zip(
        geography.block.tolist(), geography.area.tolist(), shares.tolist(), strict=True
    ):
        held[area].append((block, share))
    return [tuple(sorted(blocks)) for blocks in held]


def uncut(places: Places, names: Sequence[str]) -> IntVector:
    """The finest division of the blocks that cuts no area of the named geographies.

    Blocks that share an area, even in part, stay together; so do those that are
    joined to each other through further blocks.

    Returns
    -------
    array of shape (n_blocks,)
        The piece of each block, numbered from 0. A plan of more areas than there are
        pieces must cross some boundary.
    """
    n = len(places.blocks)
    joined = [np.zeros((0, 2), dtype=np.int64)]
    start = n
    for name in names:
        geography = _geography(places, name)
        joined.append(np.column_stack([geography.block, start + geography.area]))
        start += len(geography.codes)
    pieces: IntVector = np.unique(
        components(start, np.concatenate(joined))[:n], return_inverse=True
    )[1]
    return pieces


def _geography(places: Places, name: str) -> Geography:
    geography = places.geographies.get(name)
    if geography is None:
        raise MissingGeographyError(name, places.name, sorted(places.geographies))
    return geography
