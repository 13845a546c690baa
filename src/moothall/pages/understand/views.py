"""What every area needs, one area on a page, and the postcode lottery."""

from django.http import Http404, HttpRequest, HttpResponse

from moothall.bodies.queries import area_by_code
from moothall.bridge.needs import (
    alike_svg,
    domain_titles,
    figure,
    figure_in_unit,
    sign_of,
    spine_svg,
)
from moothall.centre.models import DevolutionPlan
from moothall.pages.frame.rendering import page, with_plan
from moothall.understand.queries import assessment_of, needs_of, summaries, variation_of

FIRST = 6
"""Outcomes named at the head of an area's page, on either side."""


@with_plan
def needs(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """List the areas with what stands out in each."""
    assessment = assessment_of(plan.area_plan)
    return page(
        request,
        "understand/needs.html",
        assessment=assessment,
        areas=summaries(assessment) if assessment else (),
        figure=figure,
    )


@with_plan
def area_needs(request: HttpRequest, plan: DevolutionPlan, code: str) -> HttpResponse:
    """Show the needs assessment of one area."""
    area, assessment = area_by_code(plan.area_plan, code), assessment_of(plan.area_plan)
    if area is None or assessment is None:
        raise Http404(code)
    found = needs_of(assessment, area)
    known = [one for one in found if one.value is not None]
    outcomes = [one for one in known if one.indicator.is_outcome]
    worse = sorted(
        (one for one in outcomes if one.standing == "worse"), key=lambda one: one.distance or 0.0
    )
    better = sorted(
        (one for one in outcomes if one.standing == "better"),
        key=lambda one: -(one.distance or 0.0),
    )
    return page(
        request,
        "understand/area.html",
        area=area,
        assessment=assessment,
        outcomes=outcomes,
        worse=worse,
        better=better,
        first=FIRST,
        getting_worse=[one for one in outcomes if one.trend_is_good is False],
        getting_better=[one for one in outcomes if one.trend_is_good is True],
        groups=[
            (title, [one for one in known if one.indicator.domain == domain])
            for domain, title in domain_titles().items()
        ],
        unknown=[one for one in found if one.value is None],
        picture=spine_svg(
            known,
            name=area.name,
            whole=assessment.whole,
            areas=plan.area_plan.areas.count(),
        ),
        figure=figure,
        in_unit=figure_in_unit,
        sign=sign_of,
    )


@with_plan
def variation(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show how large the postcode lottery is, and whether like needs are together."""
    assessment = assessment_of(plan.area_plan)
    found = variation_of(assessment) if assessment else ()
    return page(
        request,
        "understand/variation.html",
        assessment=assessment,
        groups=[
            (title, [one for one in found if one.indicator.domain == domain])
            for domain, title in domain_titles().items()
        ],
        divisions=[spread.division for spread in found[0].divisions] if found else [],
        answers=plan.record.get("understanding", []),
        picture=alike_svg(found),
        figure=figure,
    )
