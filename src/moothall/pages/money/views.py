"""The settlement: one year by stream, or one stream by year."""

from django.http import HttpRequest, HttpResponse

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.plans import settlement_years
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
