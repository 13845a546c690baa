"""Draw areas as SVG: outlines where there are any, dots where there are only points.

In:        areas with GeoJSON geometry in longitude and latitude.
Out:       one ``<svg>`` element as text: no script, no style attribute, nothing from elsewhere,
           so that it stands in a page with a strict content policy and in a file alone.
Rule:      neighbours differ in colour, and colour never says anything alone: each area has its
           label, its title, and a table beside the map.
Not here:  joining blocks to outlines (``geography.outlines``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians
from typing import Any

import shapely
from shapely import Geometry
from shapely.geometry import box, shape

PALETTE = ("#8fb8de", "#f3c98b", "#a8cfa0", "#d9a7c7", "#b9b3dd", "#e8a598", "#9fd3cf", "#d8d38a")
"""Calm tints; text in INK has a contrast of at least 7 to 1 on each."""

INK, PAPER, LINE = "#0b0c0c", "#ffffff", "#505a5f"
SMALL_LABEL = 7.0
"""An area whose largest inner circle has a smaller radius, in drawing units, goes in the inset."""
DOT = 3.0
KEY = 18.0
"""Height of a row of the key. Unit: drawing units."""
INSET_SHARES = (0.38, 0.34, 0.30, 0.26)
"""Sides that an inset may have, as shares of the map's width, the best first."""
HIDDEN_RATIO = 0.001
"""How much of an inset's square may lie over the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapArea:
    """One area as a map shows it."""

    code: str
    name: str
    outline: Mapping[str, Any]
    """GeoJSON: Polygon, MultiPolygon, Point or MultiPoint, in longitude and latitude."""
    label: str = ""
    """A few letters, drawn on the area where they fit."""
    note: str = ""
    """A sentence shown with the name when the area is pointed at."""
    href: str = ""
    colour: str = ""
    """Fill; empty leaves the choice to the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A geometry drawn over the areas without fill, such as another geography's borders."""

    outline: Mapping[str, Any]
    colour: str = INK
    width: float = 1.2
    dashes: str = ""
    says: str = ""
    """What such a line means, for the key below the map; empty where the page says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """An area in drawing units."""

    area: MapArea
    shape: Geometry
    colour: str


def area_map(
    areas: Sequence[MapArea],
    *,
    title: str,
    description: str,
    lines: Sequence[Line] = (),
    width: float = 620.0,
    identity: str = "map",
    inset: bool = True,
) -> str:
    """Draw areas on one map, with an inset for those too small to label.

    Parameters
    ----------
    title, description : str
        What the map shows, for people who listen to it; the description is a sentence.
    lines : sequence of Line
        Drawn over the areas.
    width : float
        Of the drawing; the height follows. Unit: pixels at natural size.
    identity : str
        Prefix of the element ids, different for each map of one page.

    Returns
    -------
    str
        An ``<svg>`` element that scales with its container.
    """
    raw = [shape(area.outline) for area in areas]
    place = _Projection.over(raw, width)
    shapes = _simplified([place.on_paper(one) for one in raw])
    colours = _colours(areas, shapes)
    drawn = [
        _Drawn(area=area, shape=one, colour=colour)
        for area, one, colour in zip(areas, shapes, colours, strict=True)
    ]
    over = [(line, place.on_paper(shape(line.outline))) for line in lines]
    body = _layer(drawn, over, scale=1.0)
    if inset:
        body += _inset(drawn, over, place)
    told = [line for line in lines if line.says]
    body += "".join(_key(line, place.height + (row + 0.5) * KEY) for row, line in enumerate(told))
    height = place.height + len(told) * KEY
    # The children of an image are not reachable, so a map with links is a group.
    role = "group" if any(area.href for area in areas) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="{role}" '
        f'viewBox="0 0 {place.width:.0f} {height:.0f}" '
        f'aria-labelledby="{identity}-title {identity}-desc">'
        f'<title id="{identity}-title">{escape(title)}</title>'
        f'<desc id="{identity}-desc">{escape(description)}</desc>{body}</svg>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Projection:
    """Longitude and latitude to drawing units: plate carrée, true to scale at the middle."""

    west: float
    north: float
    stretch: float
    scale: float
    width: float
    height: float

    @classmethod
    def over(cls, shapes: Sequence[Geometry], width: float, margin: float = 6.0) -> "_Projection":
        west, south, east, north = shapely.total_bounds(shapes)
        stretch = cos(radians((south + north) / 2))
        across = max((east - west) * stretch, 1e-6)
        down = max(north - south, 1e-6)
        scale = (width - 2 * margin) / max(across, down / 1.6)
        return cls(
            west=west - margin / scale / stretch,
            north=north + margin / scale,
            stretch=stretch,
            scale=scale,
            width=across * scale + 2 * margin,
            height=down * scale + 2 * margin,
        )

    def on_paper(self, geometry: Geometry) -> Geometry:
        return shapely.transform(
            geometry,
            lambda x, y: (
                (x - self.west) * self.stretch * self.scale,
                (self.north - y) * self.scale,
            ),
            interleaved=False,
        )


def _simplified(shapes: Sequence[Geometry], tolerance: float = 0.5) -> list[Geometry]:
    """Drop detail that no eye can see, the same on both sides of a border."""
    if all(one.geom_type in ("Polygon", "MultiPolygon") for one in shapes):
        return list(shapely.coverage_simplify(list(shapes), tolerance))
    return list(shapes)


def _colours(areas: Sequence[MapArea], shapes: Sequence[Geometry]) -> list[str]:
    """Colour neighbours differently, most constrained first (DSATUR); given colours stand."""
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="dwithin", distance=1.5)
    neighbours: list[set[int]] = [set() for _ in shapes]
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if a != b:
            neighbours[a].add(b)
    chosen: dict[int, int] = {}
    while len(chosen) < len(shapes):
        taken = {n: {chosen[m] for m in neighbours[n] if m in chosen} for n in range(len(shapes))}
        following = min(
            (n for n in range(len(shapes)) if n not in chosen),
            key=lambda n: (-len(taken[n]), -len(neighbours[n]), areas[n].code),
        )
        free = [c for c in range(len(PALETTE)) if c not in taken[following]] or [0]
        # The colour that is used least keeps the map even.
        used = list(chosen.values())
        chosen[following] = min(free, key=lambda c: (used.count(c), c))
    return [area.colour or PALETTE[chosen[n]] for n, area in enumerate(areas)]


def _key(line: Line, y: float) -> str:
    """One row of the key: the line, and what it means."""
    return (
        f'<path d="M8 {y:.1f}h44" fill="none" {_stroke(line, 1.0)}/>'
        f'<text x="60" y="{y + 4:.1f}" font-family="Arial, sans-serif" font-size="12" '
        f'fill="{INK}">{escape(line.says)}</text>'
    )


def _stroke(line: Line, scale: float) -> str:
    dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
    return f'stroke="{line.colour}" stroke-width="{line.width / scale:.2f}"{dashes}'


def _layer(drawn: Sequence[_Drawn], over: Sequence[tuple[Line, Geometry]], *, scale: float) -> str:
    """Areas, then lines, then labels, so that no label is crossed."""
    fills = "".join(_area(one, scale) for one in drawn)
    lines = "".join(
        f'<path d="{_path(geometry)}" fill="none" {_stroke(line, scale)} '
        'stroke-linejoin="round" pointer-events="none"/>'
        for line, geometry in over
    )
    return fills + lines + "".join(_label(one, scale) for one in drawn)


def _area(one: _Drawn, scale: float) -> str:
    note = f". {one.area.note}" if one.area.note else ""
    figure = (
        f'<g class="map-area"><title>{escape(one.area.name + note)}</title>'
        f"{_figure(one, scale)}</g>"
    )
    if not one.area.href:
        return figure
    # An inset repeats links that the keyboard has already passed.
    skip = ' tabindex="-1"' if scale > 1 else ""
    return (
        f'<a href="{escape(one.area.href)}" aria-label="{escape(one.area.name)}"{skip}>{figure}</a>'
    )


def _figure(one: _Drawn, scale: float) -> str:
    if one.shape.geom_type in ("Point", "MultiPoint"):
        return "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT / scale:.2f}" fill="{one.colour}" '
            f'stroke="{LINE}" stroke-width="{0.5 / scale:.2f}"/>'
            for x, y in shapely.get_coordinates(one.shape)
        )
    return (
        f'<path d="{_path(one.shape)}" fill="{one.colour}" fill-rule="evenodd" '
        f'stroke="{PAPER}" stroke-width="{0.9 / scale:.2f}" stroke-linejoin="round"/>'
    )


def _path(geometry: Geometry) -> str:
    rings = []
    for part in shapely.get_parts(geometry):
        lines = [part] if part.geom_type == "LineString" else _rings(part)
        for line in lines:
            points = [f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(line)]
            closed = "Z" if line.geom_type == "LinearRing" else ""
            rings.append("M" + "L".join(points[: -1 if closed else None]) + closed)
    return "".join(rings)


def _rings(polygon: Geometry) -> list[Geometry]:
    return [polygon.exterior, *polygon.interiors]


def _anchor(geometry: Geometry) -> tuple[float, float, float]:
    """Where a label stands best, and the radius of the room there."""
    parts = shapely.get_parts(geometry)
    widest = max(parts, key=lambda part: (part.area, part.bounds))
    if widest.geom_type == "Point":
        middle = geometry.centroid
        return middle.x, middle.y, 0.0
    circle = shapely.maximum_inscribed_circle(widest, tolerance=0.5)
    (x, y), (edge_x, edge_y) = shapely.get_coordinates(circle)
    return x, y, hypot(edge_x - x, edge_y - y)


def _label(one: _Drawn, scale: float) -> str:
    x, y, room = _anchor(one.shape)
    if not one.area.label or room * scale < SMALL_LABEL:
        return ""
    size = 11.0 / scale
    return (
        f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}" font-size="{size:.2f}" '
        f'font-family="Arial, sans-serif" text-anchor="middle" fill="{INK}" '
        f'pointer-events="none">{escape(one.area.label)}</text>'
    )


def _inset(
    drawn: Sequence[_Drawn], over: Sequence[tuple[Line, Geometry]], place: _Projection
) -> str:
    """Enlarge the densest window of areas too small to label, in the emptiest corner."""
    small = [one for one in drawn if one.area.label and 0 < _anchor(one.shape)[2] < SMALL_LABEL]
    if len(small) < 3:
        return ""
    window = _densest_window(small, place.width * 0.16)
    side, corner = _emptiest_corner(drawn, place)
    scale = side / (window.bounds[2] - window.bounds[0])
    seen = [
        _Drawn(area=one.area, shape=clipped, colour=one.colour)
        for one in drawn
        if one.shape.intersects(window)
        and not (clipped := shapely.intersection(one.shape, window)).is_empty
        and clipped.geom_type in ("Polygon", "MultiPolygon")
    ]
    lines = [(line, _edges(geometry, window)) for line, geometry in over]
    left, top = window.bounds[0], window.bounds[1]
    return (
        f'<path d="{_path(window)}" fill="none" stroke="{INK}" stroke-width="0.8"/>'
        f'<g transform="translate({corner[0]:.1f} {corner[1]:.1f}) scale({scale:.3f}) '
        f'translate({-left:.1f} {-top:.1f})">'
        f'<path d="{_path(window)}" fill="{PAPER}"/>'
        f"{_layer(seen, lines, scale=scale)}"
        f'<path d="{_path(window)}" fill="none" stroke="{INK}" '
        f'stroke-width="{1 / scale:.2f}"/></g>'
    )


def _edges(geometry: Geometry, window: Geometry) -> Geometry:
    """What of a line, or of an outline, is seen through a window."""
    line = geometry if geometry.geom_type.endswith("LineString") else geometry.boundary
    seen = shapely.get_parts(shapely.intersection(line, window))
    return shapely.multilinestrings([one for one in seen if one.geom_type == "LineString"])


def _densest_window(small: Sequence[_Drawn], side: float) -> Geometry:
    """The square of a given side that holds the most small areas, and tight around them."""
    anchors = [_anchor(one.shape)[:2] for one in small]
    best = max(
        anchors,
        key=lambda at: (
            sum(abs(x - at[0]) <= side / 2 and abs(y - at[1]) <= side / 2 for x, y in anchors),
            at,
        ),
    )
    held = [
        one
        for one, (x, y) in zip(small, anchors, strict=True)
        if abs(x - best[0]) <= side / 2 and abs(y - best[1]) <= side / 2
    ]
    west, north, east, south = shapely.total_bounds([one.shape for one in held])
    half = max(east - west, south - north) / 2 * 1.06
    x, y = (west + east) / 2, (north + south) / 2
    return box(x - half, y - half, x + half, y + half)


def _emptiest_corner(
    drawn: Sequence[_Drawn], place: _Projection
) -> tuple[float, tuple[float, float]]:
    """Side and upper left point of the largest corner square that hides least of the map."""
    gap = 3.0
    choices = []
    for share in INSET_SHARES:
        side = place.width * share
        for y in (gap, place.height - side - gap):
            for x in (gap, place.width - side - gap):
                square = box(x - gap, y - gap, x + side + gap, y + side + gap)
                hidden = sum(one.shape.intersection(square).area for one in drawn)
                choices.append((hidden / square.area > HIDDEN_RATIO, -side, hidden, (x, y)))
    _, side, _, corner = min(choices)
    return -side, corner
