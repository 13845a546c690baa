"""The settlement, by year or by stream; how the money runs; what administration would cost."""

from django.http import HttpRequest, HttpResponse

from moothall.bridge.pictures import administration_svg
from moothall.bridge.routes import routes_svg, routes_words
from moothall.centre.models import DevolutionPlan, MoneyRoute
from moothall.centre.queries.administration import administration_of
from moothall.centre.queries.plans import settlement_years
from moothall.centre.queries.routes import routes_of
from moothall.centre.queries.settlements import (
    money_notes,
    streams_of,
    table_of_stream,
    table_of_year,
)
from moothall.pages.frame.rendering import page, with_plan
from moothall.pages.money.forms import BY_YEAR, Choice
from moothall.pages.money.words import basis_words


@with_plan
def settlement(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show the table that the address asks for, with totals that are the quanta."""
    years, streams = settlement_years(plan), streams_of(plan)
    choice = Choice.asked(request.GET.dict(), years=years, streams=streams)
    by_year = choice.stream == BY_YEAR
    table = table_of_year(plan, choice.year) if by_year else table_of_stream(plan, choice.stream)
    return page(
        request,
        "money/settlement.html",
        choice=choice,
        by_year=by_year,
        years=years,
        streams=streams,
        table=table,
        notes=money_notes(plan),
        basis_words=basis_words,
    )


@with_plan
def routes(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show how a year's money runs from the Treasury to programmes, before and after."""
    year = settlement_years(plan)[0]
    return page(
        request,
        "money/routes.html",
        year=year,
        pictures=[
            {
                "period": period,
                "svg": routes_svg(plan, period=period, year=year),
                "words": routes_words(plan, period=period, year=year),
                "bands": routes_of(plan, period),
            }
            for period in (MoneyRoute.BEFORE, MoneyRoute.AFTER)
        ],
        notes=money_notes(plan),
    )


@with_plan
def administration(request: HttpRequest, plan: DevolutionPlan) -> HttpResponse:
    """Show what administration would release and cost, as an illustration."""
    years = administration_of(plan)
    return page(
        request, "money/administration.html", years=years, picture=administration_svg(years)
    )
