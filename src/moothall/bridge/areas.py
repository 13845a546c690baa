"""Carry areas, blocks and bodies from a plan folder into rows of ``bodies``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from folkmoot.plan.folder import PlanFolder
from moothall.bodies.models import Area, AreaGeography, AreaPlan, Block, Body, Office
from moothall.bridge.cells import Row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRows:
    """An area plan and its parts, not yet written."""

    area_plan: AreaPlan
    areas: Mapping[str, Area]
    geographies: tuple[AreaGeography, ...]
    blocks: Mapping[str, Block]


def area_rows(plan: PlanFolder, *, name: str) -> AreaRows:
    """Return the rows that hold a plan's areas, what each meets, and its blocks."""
    area_plan = AreaPlan(name=name)
    areas = _areas(plan, area_plan)
    return AreaRows(
        area_plan=area_plan,
        areas=areas,
        geographies=_geographies(plan, areas),
        blocks=_blocks(plan, area_plan, areas),
    )


def _areas(plan: PlanFolder, area_plan: AreaPlan) -> dict[str, Area]:
    outlines = _outlines(plan.outlines)
    return {
        row.text("area"): Area(
            area_plan=area_plan,
            code=row.text("area"),
            name=row.text("name"),
            population=row.whole("population"),
            area_km2=row.exact("area_km2", 3),
            cost=row.exact("cost", 12),
            self_containment_supply=row.exact_or_none("self_containment_supply"),
            self_containment_demand=row.exact_or_none("self_containment_demand"),
            outline=outlines.get(row.text("area")),
        )
        for row in rows(plan, "area_summary")
    }


def _outlines(collection: Mapping[str, Any]) -> dict[str, Any]:
    return {
        feature["properties"]["area"]: feature["geometry"]
        for feature in collection.get("features", ())
    }


def _geographies(plan: PlanFolder, areas: Mapping[str, Area]) -> tuple[AreaGeography, ...]:
    return tuple(
        AreaGeography(
            area=row.find("area", "area", areas),
            geography=row.text("geography"),
            role=row.text("role"),
            code=row.text("code"),
            name=row.text("name"),
            people=row.rounded("people"),
            share_of_area=row.exact("share_of_area"),
            share_of_geography=row.exact("share_of_geography"),
            relation=row.text("relation"),
        )
        for row in rows(plan, "area_geographies")
    )


def _blocks(plan: PlanFolder, area_plan: AreaPlan, areas: Mapping[str, Area]) -> dict[str, Block]:
    placed = {row.text("block"): row.find("area", "area", areas) for row in rows(plan, "areas")}
    return {
        row.text("block"): Block(
            area_plan=area_plan,
            area=row.find("block", "block", placed),
            code=row.text("block"),
            name=row.text("name"),
            search_name=row.text("name").casefold(),
            population=row.whole("population"),
            area_km2=row.exact("area_km2", 3),
        )
        for row in rows(plan, "blocks")
    }


def body_rows(plan: PlanFolder, areas: Mapping[str, Area]) -> list[tuple[Body, list[Office]]]:
    """Return one body an area, with its leader's and its cabinet's office to be filled."""
    names = {row.text("commissioner"): row.text("name") for row in rows(plan, "commissioners")}
    drafts = {row.text("body"): row for row in rows(plan, "bodies")}
    leaders = {row.text("body"): row for row in rows(plan, "leaders")}
    found = []
    for code, area in sorted(areas.items()):
        own = f"body-{code}"
        body = Body(area=area, code=own, name=names.get(own, area.name), **_draft(drafts.get(own)))
        offices = [Office(body=body, kind=kind) for kind in Office.Kind]
        if own in leaders:
            offices[0].title = leaders[own].text("holder_title")
            offices[0].basis = leaders[own].text("basis")
        found.append((body, offices))
    return found


def _draft(row: Row | None) -> dict[str, Any]:
    """What a plan drafts of a body; nothing where it drafts none."""
    if row is None:
        return {}
    councils = (one.partition(":")[0].strip() for one in row.text("constituents").split(";"))
    return {
        "kind": row.text("kind"),
        "councils": list(filter(None, councils)),
        "first_day": row.day("first_day"),
    }
