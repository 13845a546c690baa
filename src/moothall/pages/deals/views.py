"""The deals, their funds, and how far each function is devolved."""

from django.http import HttpRequest, HttpResponse

from moothall.bridge.pictures import reach_svg
from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.deals import deals_of, scored_functions, scores_of
from moothall.pages.frame.rendering import page, with_plan


@with_plan
def deals(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show the deals with every score and its evidence."""
    functions = scored_functions(plan)
    return page(
        request,
        "deals/deals.html",
        deals=deals_of(plan),
        functions=functions,
        scores=scores_of(plan),
        pictures={"wide": reach_svg(functions), "narrow": reach_svg(functions, is_narrow=True)},
    )
