"""Outlines of areas, made from the outlines of their blocks.

In:        places, and an area plan.
Out:       a GeoJSON geometry an area: its outline, or the middle of its residents where the
           package has no boundaries.
Rule:      outlines that were simplified or rounded one by one no longer meet exactly. They
           are first cleaned together, so that neighbours share each stretch of border and
           an area has no slivers inside.
Not here:  how compact an outline is (``geography.compactness``); drawing (``exhibits``).
"""

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Places

GAP_DEGREES = 0.001
"""Gaps between blocks up to this width, some 100 metres, are closed: they are traces of
simplifying, or rivers too narrow to draw."""

DECIMALS = 5
"""Of a degree: about a metre, finer than any outline that is simplified for a page."""


@lru_cache(maxsize=4)
def coverage(places: Places) -> tuple[shapely.Geometry, ...]:
    """The outline of each block, all cleaned together; empty without boundaries."""
    if not places.outlines:
        return ()
    drawn = [shape(places.outlines[code]) for code in places.blocks.codes]
    sound = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    whole = shapely.coverage_clean(sound, gap_width=GAP_DEGREES)
    # A corner that several blocks share is rounded alike in each, so borders still match.
    rounded = shapely.transform(whole, _rounded)
    return tuple(rounded if shapely.coverage_is_valid(rounded) else whole)


def area_outlines(plan: AreaPlan, places: Places) -> dict[AreaCode, dict[str, Any]]:
    """The outline of each area as a GeoJSON geometry, in longitude and latitude.

    Returns
    -------
    dict
        A Polygon or MultiPolygon an area; where the package has no boundaries, a Point
        in the middle of its residents; nothing for an area whose blocks have neither.
    """
    blocks = np.array(coverage(places), dtype=object)
    if not len(blocks):
        return area_centroids(plan, places)
    return {
        area: _geojson(shapely.coverage_union_all(blocks[plan.area_of == number]))
        for number, area in enumerate(plan.areas)
    }


def inner_borders(plan: AreaPlan, places: Places) -> dict[str, Any] | None:
    """The borders between areas, without the coast, as one GeoJSON geometry.

    Returns
    -------
    dict or None
        A MultiLineString or LineString in longitude and latitude; None where the package
        has no boundaries, or the plan one area.
    """
    blocks = np.array(coverage(places), dtype=object)
    if not len(blocks):
        return None
    drawn = [
        shapely.coverage_union_all(blocks[plan.area_of == area]) for area in range(len(plan.areas))
    ]
    edges = shapely.union_all([area.boundary for area in drawn])
    inner = shapely.difference(edges, shapely.coverage_union_all(blocks).boundary)
    lines = [one for one in shapely.get_parts(inner) if one.geom_type == "LineString"]
    if not lines:
        return None
    return _geojson(shapely.line_merge(shapely.multilinestrings(lines)))


def pair_borders(places: Places) -> tuple[dict[str, Any] | None, ...]:
    """The border of each pair of neighbours as a GeoJSON geometry, in longitude and latitude.

    Returns
    -------
    tuple of dict or None
        A LineString or MultiLineString a pair. Two blocks that share no outline, as at a
        crossing or where the package has no boundaries, have a dash across the middle of
        the line between them; None where they have no place either.
    """
    blocks, middles = coverage(places), np.column_stack([places.blocks.lon, places.blocks.lat])
    return tuple(
        (_shared(blocks[a], blocks[b]) if blocks else None) or _dash(middles[a], middles[b])
        for a, b in places.borders.pairs.tolist()
    )


def _shared(one: shapely.Geometry, other: shapely.Geometry) -> dict[str, Any] | None:
    both = shapely.get_parts(shapely.intersection(one.boundary, other.boundary))
    lines = [part for part in both if part.geom_type == "LineString"]
    return _geojson(shapely.line_merge(shapely.multilinestrings(lines))) if lines else None


def _dash(one: FloatVector, other: FloatVector) -> dict[str, Any] | None:
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        return None
    middle, along = (one + other) / 2, (other - one) / 6
    # A degree of longitude is shorter than one of latitude.
    squeeze = max(float(np.cos(np.radians(middle[1]))), 0.01)
    across = np.array([-along[1] / squeeze, along[0] * squeeze])
    ends = _rounded(np.array([middle - across, middle + across]))
    return {"type": "LineString", "coordinates": ends.tolist()}


def area_centroids(plan: AreaPlan, places: Places) -> dict[AreaCode, dict[str, Any]]:
    """The middle of each area's residents as a GeoJSON Point."""
    people = np.maximum(places.blocks.population, 1)
    total = np.bincount(plan.area_of, weights=people)
    middle = np.column_stack(
        [
            np.bincount(plan.area_of, weights=people * degrees) / total
            for degrees in (places.blocks.lon, places.blocks.lat)
        ]
    )
    return {
        area: {"type": "Point", "coordinates": at}
        for area, at in zip(plan.areas, _rounded(middle).tolist(), strict=True)
        if np.isfinite(at).all()
    }


def _rounded(degrees: FloatMatrix) -> FloatMatrix:
    return np.round(degrees, DECIMALS)


def _geojson(outline: shapely.Geometry) -> dict[str, Any]:
    """One form for one outline: parts in order, outer rings anticlockwise (RFC 7946)."""
    ordered = shapely.orient_polygons(shapely.normalize(outline), exterior_cw=False)
    return dict(mapping(ordered))
