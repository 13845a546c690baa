"""The timetable: its phases and steps, the gates before each vesting, and elections."""

from django.http import HttpRequest, HttpResponse

from moothall.bridge.timetable import phases_svg
from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.readiness import gates_of, starts_by_kind
from moothall.centre.queries.timetable import phases_of, vestings_of
from moothall.pages.frame.rendering import page, with_plan


@with_plan
def timetable(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show how the areas get from today to the plan."""
    phases = phases_of(plan)
    return page(
        request,
        "transition/timetable.html",
        phases=phases,
        vestings=vestings_of(plan),
        pictures={"wide": phases_svg(phases), "narrow": phases_svg(phases, is_narrow=True)},
        chance=plan.record.get("timetable", {}).get("sentence", ""),
        to_check=plan.record.get("timetable", {}).get("to_check", []),
    )


@with_plan
def gates(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show what each body must show before a group of functions passes to it."""
    return page(request, "transition/gates.html", gates=gates_of(plan))


@with_plan
def elections(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show how long after an election each settlement starts."""
    return page(request, "transition/elections.html", kinds=starts_by_kind(plan))
