"""The timetable: its phases, every step, and the days on which functions vest."""

from django.http import HttpRequest, HttpResponse

from moothall.bridge.timetable import phases_svg
from moothall.centre.models import DevolutionPlan
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
        picture=phases_svg(phases),
        chance=plan.record.get("timetable", {}).get("sentence", ""),
    )
