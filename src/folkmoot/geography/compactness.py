"""How compact areas are, by the lengths of their outlines and of the borders they cut.

In:        places with boundaries, and an area plan.
Out:       Polsby–Popper an area.
Rule:      an area's perimeter is that of its blocks less twice what they share with each
           other, so no shapes are joined and a plan is measured in microseconds.
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
    FloatMatrix,
    FloatVector,
    IntMatrix,
    IntVector,
    frozen,
)
from folkmoot.vocabulary.places import Places

ComplexVector: TypeAlias = NDArray[np.complex128]
ComplexMatrix: TypeAlias = NDArray[np.complex128]
ShapeVector: TypeAlias = NDArray[np.object_]

EARTH_KM = 6371.0088
"""Mean radius (IUGG). It cancels in Polsby–Popper; taking the Earth for a sphere puts that out
by less than one part in two hundred."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Lengths:
    """How long the outlines of blocks are, and the parts that two blocks share."""

    perimeter_km: FloatVector
    """Shape (n_blocks,), coasts and frontiers included."""
    km2: FloatVector
    pairs: IntMatrix
    """Shape (n_pairs, 2): blocks that share a part of their outlines."""
    shared_km: FloatVector

    def __post_init__(self) -> None:
        for array in (self.perimeter_km, self.km2, self.pairs, self.shared_km):
            frozen(array)


def polsby_popper(plan: AreaPlan, places: Places) -> FloatVector | None:
    """How nearly each area is a circle: 4π × area / perimeter².

    Returns
    -------
    array of shape (n_areas,) or None
        Unit: ratio, 0 to 1. None where the package has no boundaries: lengths of shared
        borders alone leave out the coast and the frontier.
    """
    lengths = _lengths(places)
    if lengths is None:
        return None
    first, second = plan.area_of[lengths.pairs].T
    inside = np.where(first == second, lengths.shared_km, 0.0)
    perimeter = np.bincount(plan.area_of, weights=lengths.perimeter_km)
    perimeter -= 2 * np.bincount(first, weights=inside, minlength=len(plan.areas))
    km2 = np.bincount(plan.area_of, weights=lengths.km2)
    circle = perimeter**2 / (4 * pi)
    return np.divide(km2, circle, out=np.zeros_like(km2), where=circle > 0)


@lru_cache(maxsize=4)
def _lengths(places: Places) -> _Lengths | None:
    shapes = np.array(coverage(places), dtype=object)
    if not len(shapes):
        return None
    n = len(shapes)
    ends, owner = _edges(shapes)
    km = _lengths_km(*ends.T)
    corner = np.unique(ends, return_inverse=True)[1].reshape(-1, 2)
    low, high = np.sort(corner, axis=1).T
    # A stretch that two blocks share stands twice, so sorting brings the two together.
    order = np.lexsort((owner, high, low))
    twice = (np.diff(low[order]) == 0) & (np.diff(high[order]) == 0)
    one, other = order[:-1][twice], order[1:][twice]
    key, pair = np.unique(owner[one] * n + owner[other], return_inverse=True)
    return _Lengths(
        perimeter_km=np.bincount(owner, weights=km, minlength=n).astype(float),
        km2=shapely.area(shapely.transform(shapes, _equal_area_km)),
        pairs=np.column_stack([key // n, key % n]),
        shared_km=np.bincount(pair, weights=km[one], minlength=len(key)).astype(float),
    )


def _edges(shapes: ShapeVector) -> tuple[ComplexMatrix, IntVector]:
    """Both ends of every straight piece as longitude + i latitude, and the block of each."""
    polygons, block = shapely.get_parts(shapes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    degrees, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[1:] == ring[:-1]
    at = degrees[:, 0] + 1j * degrees[:, 1]
    return np.column_stack([at[:-1], at[1:]])[follows], block[polygon[ring[1:][follows]]]


def _lengths_km(start: ComplexVector, stop: ComplexVector) -> FloatVector:
    """Lengths between two corners that are near enough for the ground to be flat."""
    across = np.radians((stop - start).real) * np.cos(np.radians((stop + start).imag / 2))
    along = np.radians((stop - start).imag)
    lengths: FloatVector = np.hypot(across, along) * EARTH_KM
    return lengths


def _equal_area_km(degrees: FloatMatrix) -> FloatMatrix:
    """Sinusoidal projection: it keeps areas, and that is all it is used for."""
    lon, lat = np.radians(degrees).T
    return np.column_stack([lon * np.cos(lat), lat]) * EARTH_KM
