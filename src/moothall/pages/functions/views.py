"""Who does what before and after, one function, what is asked first, and earlier deals."""

from django.http import Http404, HttpRequest, HttpResponse

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.functions import (
    deal_scores_of,
    deals_of,
    function_by_code,
    functions_of,
    gate_groups,
    handovers,
)
from moothall.pages.frame.rendering import page, with_plan


@with_plan
def functions(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Every function, its holders before and after, and what becomes of it."""
    return page(request, "functions/list.html", functions=functions_of(plan))


@with_plan
def function(request: HttpRequest, plan: DevolutionPlan, code: str) -> HttpResponse:
    """One function: why it goes where it goes, and who hands it over to whom."""
    found = function_by_code(plan, code)
    if found is None:
        raise Http404(code)
    return page(request, "functions/function.html", function=found, handovers=handovers(found))


@with_plan
def gates(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """What each body needs before a group of functions passes to it."""
    return page(request, "functions/gates.html", groups=gate_groups(plan))


@with_plan
def deals(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """How far deals have devolved already, each score with its evidence."""
    return page(request, "functions/deals.html", deals=deals_of(plan), scores=deal_scores_of(plan))
