"""How sure each border is, drawn: a map of what good plans agree on and where they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import shapely
from shapely.geometry import mapping, shape

from folkmoot.areas.ensemble import Ensemble
from folkmoot.exhibits.drawing import number
from folkmoot.exhibits.maps import INK, Line, MapArea, area_map
from folkmoot.geography.outlines import area_outlines
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Places

GROUND = "#f3f2f1"

SURE, LIKELY, SELDOM = 0.95, 0.5, 0.05
"""Shares of the plans in which a border parts two areas, from which it is drawn so."""

DRAWN = (
    (
        SELDOM,
        LIKELY,
        Line(
            outline={},
            colour="#b3873f",
            width=0.9,
            dashes="2 2",
            says=f"parts areas in fewer than half of the plans, but in {SELDOM:.0%} or more",
        ),
    ),
    (
        LIKELY,
        SURE,
        Line(
            outline={},
            colour="#7a4f9a",
            width=1.5,
            dashes="6 2",
            says="parts areas in half of the plans or more",
        ),
    ),
    (
        SURE,
        1.1,
        Line(
            outline={},
            colour=INK,
            width=2.2,
            says=f"parts areas in {SURE:.0%} of the plans or more",
        ),
    ),
)
"""Least and greatest share, and how such a border is drawn: never told by colour alone."""

BORDERS = Sequence[Mapping[str, object] | None]


def certainty_map(
    found: Ensemble, places: Places, names: Mapping[AreaCode, str], borders: BORDERS
) -> str:
    """Draw the borders that part areas in the plans: sure ones dark, choices light.

    Parameters
    ----------
    borders : sequence of GeoJSON geometries or None
        Those of the pairs of neighbours, in the order of the package.
    """
    outlines = area_outlines(found.plan, places)
    kept = {one.area: one.kept_ratio for one in found.areas}
    shown = [
        MapArea(
            code=area,
            name=f"{number(area)} {names[area]}",
            label=number(area),
            note=f"the same in {kept[area]:.0%} of the plans",
            outline=outlines[area],
            colour=GROUND,
        )
        for area in found.plan.areas
        if area in outlines
    ]
    return area_map(
        shown,
        title=f"How sure the borders are, by {len(found.plans)} good plans",
        description=(
            f"A thick line parts areas in {SURE:.0%} of the plans or more; a line of long "
            f"dashes in half or more; a dotted line in {SELDOM:.0%} or more: there the plans "
            "differ, so there is a choice. The figures are in borders.csv."
        ),
        lines=[line for line in _lines(found, borders) if line is not None],
        identity="borders",
    )


def _lines(found: Ensemble, borders: BORDERS) -> list[Line | None]:
    return [
        _joined(
            line,
            [
                outline
                for one, outline in zip(found.borders, borders, strict=True)
                if outline is not None and least <= 1.0 - one.together_ratio < most
            ],
        )
        for least, most, line in DRAWN
    ]


def _joined(line: Line, outlines: Sequence[Mapping[str, object]]) -> Line | None:
    """One line of many borders."""
    if not outlines:
        return None
    parts = shapely.get_parts([shape(outline) for outline in outlines])
    merged = shapely.line_merge(shapely.multilinestrings(parts))
    simple = shapely.multilinestrings(shapely.get_parts(shapely.simplify(merged, 0.002)))
    return replace(line, outline=mapping(simple))
