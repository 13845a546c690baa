"""Rows back to a plan folder, as far as the core's comparison reads one.

In:        a devolution plan that the hall holds, in force or replaced.
Out:       its tables as text under the core's own columns, and its record.
Rule:      what comes out is what was constituted: numbers as they stood, days in ISO form.
"""

from collections.abc import Iterator, Mapping

from folkmoot.plan.folder import PlanFolder
from moothall.bodies.models import Area, Block
from moothall.centre.models import (
    Allocation,
    Commissioner,
    DevolutionPlan,
    Function,
    Quantum,
    Responsibility,
    Task,
)

Cells = Mapping[str, str]


def folder_of(plan: DevolutionPlan) -> PlanFolder:
    """Return a plan as a folder of what two plans are compared by."""
    areas = list(Area.objects.filter(area_plan_id=plan.area_plan_id).order_by("code"))
    blocks = list(
        Block.objects.filter(area_plan_id=plan.area_plan_id).select_related("area").order_by("code")
    )
    tables: dict[str, Iterator[Cells]] = {
        "areas": ({"block": one.code, "area": one.area.code} for one in blocks),
        "area_summary": ({"area": one.code, "name": one.name} for one in areas),
        "blocks": (
            {
                "block": one.code,
                "name": one.name,
                "population": f"{one.population}",
                "lon": "",
                "lat": "",
            }
            for one in blocks
        ),
        "scores": (
            {"plan": one.plan, "measure": one.measure, "geography": one.geography}
            | {"value": one.value}
            for one in plan.scores.order_by("pk")
        ),
        "commissioners": (
            {"commissioner": one.code, "name": one.name}
            for one in Commissioner.objects.filter(devolution_plan=plan).order_by("pk")
        ),
        "functions": _functions(plan),
        "function_catalogue": _catalogue(plan),
        "settlement": _settlement(plan),
        "streams": _streams(plan),
        "timetable": _timetable(plan),
    }
    return PlanFolder(
        record=plan.record,
        tables={name: tuple(found) for name, found in tables.items()},
        outlines=_outlines(areas),
        sha256=plan.sha256,
    )


def _functions(plan: DevolutionPlan) -> Iterator[Cells]:
    held = Responsibility.objects.filter(function__devolution_plan=plan).order_by(
        "function__place", "block__code"
    )
    for period in ("before", "after"):
        for function, block, holder in held.values_list(
            "function__code", "block__code", f"{period}__code"
        ):
            yield {"function": function, "block": block, "period": period, "commissioner": holder}


def _catalogue(plan: DevolutionPlan) -> Iterator[Cells]:
    for one in Function.objects.filter(devolution_plan=plan):
        yield {
            "function": one.code,
            "name": one.name,
            "stream": one.stream,
            "result": one.result,
            "vesting_day": one.vesting_day.isoformat() if one.vesting_day else "",
        }


def _settlement(plan: DevolutionPlan) -> Iterator[Cells]:
    found = Allocation.objects.filter(stream__settlement__devolution_plan=plan)
    for area, stream, year, pence in found.order_by(
        "area__code", "stream__place", "year"
    ).values_list("area__code", "stream__code", "year", "pence"):
        yield {"area": area, "stream": stream, "year": year, "pence": f"{pence}"}


def _streams(plan: DevolutionPlan) -> Iterator[Cells]:
    found = Quantum.objects.filter(stream__settlement__devolution_plan=plan)
    for one in found.select_related("stream").order_by("stream__place", "year"):
        yield {"stream": one.stream.code, "year": one.year, "label": one.stream.label}


def _timetable(plan: DevolutionPlan) -> Iterator[Cells]:
    for one in Task.objects.filter(devolution_plan=plan).select_related("area"):
        named = f"{one.title}: {one.area.name}" if one.area else one.title
        yield {
            "task": one.code,
            "title": named,
            "area": one.area.code if one.area else "",
            "kind": one.kind,
            "phase": one.phase,
            "months": f"{one.months}",
            "first_day": one.first_day.isoformat(),
            "last_day": one.last_day.isoformat(),
        }


def _outlines(areas: list[Area]) -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"area": one.code, "name": one.name, "population": one.population},
                "geometry": one.outline,
            }
            for one in areas
        ],
    }
