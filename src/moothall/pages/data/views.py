"""What the plan rests on, what is modelled, and how to make it again."""

from django.http import HttpRequest, HttpResponse

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.plans import plan_facts, score_table
from moothall.pages.data.words import measure_name
from moothall.pages.frame.rendering import page, with_plan


@with_plan
def data(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show the plan's facts, scores, sources and downloads."""
    return page(
        request,
        "data/data.html",
        plan=plan,
        facts=plan_facts(plan),
        scores=score_table(plan),
        measure_name=measure_name,
    )
