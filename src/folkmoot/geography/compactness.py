"""How compact areas are, by the lengths of their outlines and of the borders they cut.

In:        places with boundaries, and an area plan.
Out:       Polsby–Popper an area.
Rule:      every stretch of outline is measured once and belongs to one block or two; an
           area's outline is made of the stretches with only one side in it, so no shapes
           are joined and a plan is measured in milliseconds.
Not here:  inertia, which needs no outlines (``geography.scores``).
Source:    Polsby & Popper 1991. Coasts count, so an area on an estuary scores low
           however it is drawn: compare plans of one country, not areas with each other.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import pi
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from folkmoot.geography.outlines import coverage
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import (
    BoolVector,
    FloatMatrix,
    FloatVector,
    IntMatrix,
    IntVector,
    frozen,
)
from folkmoot.vocabulary.places import Places

ComplexVector: TypeAlias = NDArray[np.complex128]
ShapeVector: TypeAlias = NDArray[np.object_]

EARTH_KM = 6371.0088
"""Mean radius (IUGG). It cancels in Polsby–Popper; taking the Earth for a sphere puts that out
by less than one part in two hundred."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Stretches:
    """Straight pieces of block outlines, each once."""

    km: FloatVector
    sides: IntMatrix
    """Shape (n_stretches, 2): the blocks on the two sides, the same twice at the outer edge."""
    is_edge: BoolVector
    """Whether there is nothing on the other side: a coast, or the frontier."""
    block_km2: FloatVector

    def __post_init__(self) -> None:
        for array in (self.km, self.sides, self.is_edge, self.block_km2):
            frozen(array)


def polsby_popper(plan: AreaPlan, places: Places) -> FloatVector | None:
    """How nearly each area is a circle: 4π × area / perimeter².

    Returns
    -------
    array of shape (n_areas,) or None
        Unit: ratio, 0 to 1. None where the package has no boundaries: lengths of shared
        borders alone leave out the coast and the frontier.
    """
    stretches = _stretches(places)
    if stretches is None:
        return None
    near, far = plan.area_of[stretches.sides].T
    ours = stretches.is_edge | (near != far)
    theirs = ~stretches.is_edge & (near != far)
    n = len(plan.areas)
    perimeter = np.bincount(near[ours], weights=stretches.km[ours], minlength=n)
    perimeter += np.bincount(far[theirs], weights=stretches.km[theirs], minlength=n)
    km2 = np.bincount(plan.area_of, weights=stretches.block_km2)
    circle = perimeter**2 / (4 * pi)
    return np.divide(km2, circle, out=np.zeros_like(km2), where=circle > 0)


@lru_cache(maxsize=4)
def _stretches(places: Places) -> _Stretches | None:
    shapes = np.array(coverage(places), dtype=object)
    if not len(shapes):
        return None
    ends, owner = _edges(shapes)
    corners, corner = np.unique(ends[:, 0] + 1j * ends[:, 1], return_inverse=True)
    pairs = np.sort(corner.reshape(-1, 2), axis=1)
    key, where, times = np.unique(
        pairs[:, 0] * len(corners) + pairs[:, 1], return_inverse=True, return_counts=True
    )
    sides = np.zeros((len(key), 2), dtype=np.int64)
    sides[where, 0] = owner
    sides[where[::-1], 1] = owner[::-1]
    start, stop = corners[key // len(corners)], corners[key % len(corners)]
    return _Stretches(
        km=_lengths_km(start, stop),
        sides=sides,
        is_edge=times == 1,
        block_km2=shapely.area(shapely.transform(shapes, _equal_area_km)),
    )


def _edges(shapes: ShapeVector) -> tuple[FloatMatrix, IntVector]:
    """Both ends of every straight piece, one below the other, and the block of each piece."""
    polygons, block = shapely.get_parts(shapes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    at, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[1:] == ring[:-1]
    ends = np.stack([at[:-1], at[1:]], axis=1)[follows]
    return ends.reshape(-1, 2), block[polygon[ring[1:][follows]]]


def _lengths_km(start: ComplexVector, stop: ComplexVector) -> FloatVector:
    """Lengths between corners written as longitude + i latitude, near enough to be straight."""
    across = np.radians((stop - start).real) * np.cos(np.radians((stop + start).imag / 2))
    along = np.radians((stop - start).imag)
    lengths: FloatVector = np.hypot(across, along) * EARTH_KM
    return lengths


def _equal_area_km(degrees: FloatMatrix) -> FloatMatrix:
    """Sinusoidal projection: it keeps areas, and that is all it is used for."""
    lon, lat = np.radians(degrees).T
    return np.column_stack([lon * np.cos(lat), lat]) * EARTH_KM
