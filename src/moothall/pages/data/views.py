"""What the plan rests on, how to make it again, and what differs from another plan."""

from django.http import Http404, HttpRequest, HttpResponse

from moothall.bridge.comparison import compared
from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.plans import held_plans, plan_facts, score_table
from moothall.pages.data.forms import asked
from moothall.pages.data.words import measure_name
from moothall.pages.frame.downloads import as_csv
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


@with_plan
def compare(request: HttpRequest, _plan: DevolutionPlan) -> HttpResponse:
    """Show what differs between two plans of the hall."""
    plans = held_plans()
    if len(plans) < 2:
        return page(request, "data/compare.html", plans=plans)
    first, second = asked(request.GET.dict(), plans)
    told = compared(first, second)
    return page(
        request,
        "data/compare.html",
        plans=plans,
        first=first,
        second=second,
        fault=told.fault,
        facts=told.facts,
        sections=told.sections,
    )


@with_plan
def compare_csv(request: HttpRequest, _plan: DevolutionPlan) -> HttpResponse:
    """Send every grant in both plans as a file."""
    plans = held_plans()
    if len(plans) < 2:
        raise Http404
    told = compared(*asked(request.GET.dict(), plans))
    response = HttpResponse(as_csv(told.grants), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="compared.csv"'
    return response
