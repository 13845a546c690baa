"""Home, and who decides in a district."""

from django.http import HttpRequest, HttpResponse

from moothall.bridge.maps import area_map_svg
from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.plans import area_list, key_figures
from moothall.centre.queries.responsibility import who_decides
from moothall.centre.queries.settlements import money_notes
from moothall.pages.areas.addresses import area_address
from moothall.pages.frame.rendering import page, with_plan
from moothall.pages.home.forms import DistrictForm


@with_plan
def home(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Say what this is, with a map of the areas and its table."""
    return page(
        request,
        "home/home.html",
        plan=plan,
        figures=key_figures(plan),
        areas=area_list(plan),
        map=area_map_svg(plan, address=area_address),
        notes=money_notes(plan),
    )


@with_plan
def here(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Say who decides in the district that the query names."""
    form = DistrictForm(request.GET if "district" in request.GET else None)
    if not form.is_valid():
        error = form.errors["district"][0] if form.is_bound else ""
        return page(request, "home/here.html", words="", error=error, search=None)
    words = form.cleaned_data["district"]
    search = who_decides(plan, words)
    error = "" if search.found else f"No district has “{words}” in its name"
    return page(request, "home/here.html", words=words, error=error, search=search)
