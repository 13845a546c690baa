"""Draw the areas of a plan as a map, with the core's own exhibit."""

from collections.abc import Callable
from functools import lru_cache

from folkmoot.exhibits.maps import MapArea, area_map
from moothall.bodies.queries import Outline, area_outlines
from moothall.centre.models import DevolutionPlan

CHOSEN, OTHERS = "#00665e", "#e3e8e6"
"""Fill of the area that a page is about, and of all others."""


def area_map_svg(plan: DevolutionPlan, *, address: Callable[[str], str]) -> str:
    """Return an ``<svg>`` of every area, each a link; empty without outlines.

    Parameters
    ----------
    address : callable
        Code of an area to the address of its page.
    """
    return _all_areas(plan.sha256, plan.area_plan_id, address)


def locator_svg(plan: DevolutionPlan, *, code: str) -> str:
    """Return a small ``<svg>`` that shows where one area is; empty without outlines."""
    return _one_among_others(plan.sha256, plan.area_plan_id, code)


# A plan's outlines never change, so each process draws each map of a digest once.
@lru_cache(maxsize=8)
def _all_areas(_sha256: str, area_plan_id: int, address: Callable[[str], str]) -> str:
    outlines = area_outlines(area_plan_id)
    if not outlines:
        return ""
    return area_map(
        [_map_area(one, href=address(one.code), label=one.code) for one in outlines],
        title=f"Map of the {len(outlines)} areas",
        description="Each area links to its page. The table of areas holds the same facts.",
        identity="areas",
    )


@lru_cache(maxsize=256)
def _one_among_others(_sha256: str, area_plan_id: int, code: str) -> str:
    outlines = area_outlines(area_plan_id)
    chosen = [one for one in outlines if one.code == code]
    if not chosen:
        return ""
    return area_map(
        [_map_area(one, colour=CHOSEN if one in chosen else OTHERS) for one in outlines],
        title=f"Where {chosen[0].name} is",
        description=f"{chosen[0].name}, dark, among the other areas.",
        width=320.0,
        identity="locator",
        inset=False,
    )


def _map_area(outline: Outline, *, href: str = "", label: str = "", colour: str = "") -> MapArea:
    return MapArea(
        code=outline.code,
        name=outline.name,
        outline=outline.geometry,
        label=label,
        note=f"{outline.population:,} people",
        href=href,
        colour=colour,
    )
