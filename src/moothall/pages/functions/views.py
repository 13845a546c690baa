"""Who holds what: every function, one function, and the bodies with their leaders."""

from django.http import Http404, HttpRequest, HttpResponse

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.cabinets import bodies_of, portfolios_of
from moothall.centre.queries.holders import function_by_code, functions_of, passings_of
from moothall.pages.frame.rendering import page, with_plan


@with_plan
def functions(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show every function with its holders before and after."""
    return page(request, "functions/functions.html", functions=functions_of(plan))


@with_plan
def function(request: HttpRequest, plan: DevolutionPlan, code: str) -> HttpResponse:
    """Show one function: why it goes where it goes, and from whom to whom."""
    found = function_by_code(plan, code)
    if found is None:
        raise Http404
    return page(
        request, "functions/function.html", function=found, passings=passings_of(plan, code)
    )


@with_plan
def bodies(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show every body with its councils, its leader's office and its portfolios."""
    return page(
        request,
        "functions/bodies.html",
        bodies=bodies_of(plan),
        portfolios=portfolios_of(plan),
    )
