"""Carry the timetable of a plan folder into rows of ``centre``, and draw its phases."""

from collections.abc import Mapping

from folkmoot.exhibits.spans import Bar, spans
from folkmoot.plan.folder import PlanFolder
from moothall.bodies.models import Area
from moothall.bridge.cells import Row, rows
from moothall.centre.models import DevolutionPlan, Task
from moothall.centre.queries.timetable import Phase


def task_rows(
    plan: PlanFolder, devolution_plan: DevolutionPlan, areas: Mapping[str, Area]
) -> tuple[Task, ...]:
    """Return every task; one of an area keeps its title without the area's name."""
    return tuple(
        _task(row, devolution_plan, areas, place)
        for place, row in enumerate(rows(plan, "timetable"))
    )


def phases_svg(phases: tuple[Phase, ...], *, is_narrow: bool = False) -> str:
    """Return an ``<svg>`` of the phases as bars on a line of years; empty where there is none.

    A narrow one, for a telephone, has each name above its bar.
    """
    if not phases:
        return ""
    bars = [
        Bar(name=one.name, first_day=one.first_day, last_day=one.last_day)
        for one in sorted(phases, key=lambda phase: (phase.first_day, phase.name))
    ]
    identity = "phases-narrow" if is_narrow else "phases"
    return spans(bars, title="Phases of the transition", identity=identity, is_narrow=is_narrow)


def _task(row: Row, devolution_plan: DevolutionPlan, areas: Mapping[str, Area], place: int) -> Task:
    area = row.find("area", "area", areas) if row.text("area") else None
    title = row.text("title")
    return Task(
        devolution_plan=devolution_plan,
        area=area,
        code=row.text("task"),
        title=title.removesuffix(f": {area.name}") if area else title,
        kind=row.text("kind"),
        phase=row.text("phase"),
        months=row.whole("months"),
        first_day=row.day("first_day"),
        last_day=row.day("last_day"),
        wait_months=row.whole("wait_months"),
        float_months=row.whole("float_months"),
        place=place,
    )
