"""The list of areas, one area, and the conflicts between geographies."""

from django.http import Http404, HttpRequest, HttpResponse

from moothall.bodies.queries import area_by_code, area_profile
from moothall.bridge.maps import locator_svg
from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.cabinets import portfolios_of
from moothall.centre.queries.negotiations import conflicts_in, negotiations_of
from moothall.centre.queries.plans import area_list, settlement_years
from moothall.centre.queries.settlements import grant_of, money_notes
from moothall.pages.areas.sorting import Sorting
from moothall.pages.frame.rendering import page, with_plan
from moothall.understand.queries import assessment_of


@with_plan
def areas(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """List the areas, sorted as the address asks."""
    sorting = Sorting.asked(request.GET.get("sort"), request.GET.get("order"))
    return page(
        request,
        "areas/list.html",
        areas=sorting.sort(area_list(plan)),
        links=sorting.links(),
        year=settlement_years(plan)[0],
        notes=money_notes(plan),
    )


@with_plan
def area(request: HttpRequest, plan: DevolutionPlan, code: str) -> HttpResponse:
    """One area: who decides, its grant, its boundaries, its blocks, its conflicts."""
    found = area_by_code(plan.area_plan, code)
    if found is None:
        raise Http404(code)
    return page(
        request,
        "areas/area.html",
        area=area_profile(found),
        grant=grant_of(plan, found),
        notes=money_notes(plan),
        conflicts=conflicts_in(plan, code),
        portfolios=portfolios_of(plan, found),
        map=locator_svg(plan, code=code),
        has_needs=assessment_of(plan.area_plan) is not None,
    )


@with_plan
def conflicts(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Every negotiation with its blocks, its options and their price."""
    return page(request, "areas/conflicts.html", negotiations=negotiations_of(plan))
