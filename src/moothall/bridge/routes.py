"""Carry how the money runs from a plan folder into rows of ``centre``, and draw it.

Rule:  the rows are the core's ledger; the picture is the core's exhibit of the rows.
"""

from functools import lru_cache

from folkmoot.exhibits.routes import routes_chart, told
from folkmoot.plan.folder import PlanFolder
from folkmoot.services.flow import PROGRAMMES, Holder
from folkmoot.vocabulary.codes import HolderCode, StreamCode
from folkmoot.vocabulary.ledger import Entry, Ledger
from folkmoot.vocabulary.periods import FinancialYear
from moothall.bridge.cells import rows
from moothall.centre.models import DevolutionPlan, MoneyRoute
from moothall.centre.queries.routes import Route, routes_of


def route_rows(plan: PlanFolder, devolution_plan: DevolutionPlan) -> tuple[MoneyRoute, ...]:
    """Return every band of both ledgers."""
    return tuple(
        MoneyRoute(
            devolution_plan=devolution_plan,
            period=row.text("period"),
            layer=row.whole("layer"),
            from_code=row.text("from"),
            from_name=row.text("from_name"),
            to_code=row.text("to"),
            to_name=row.text("to_name"),
            stream=row.text("stream"),
            pence=row.whole("pence"),
            cause=row.text("cause"),
            place=place,
        )
        for place, row in enumerate(rows(plan, "money_flow"))
    )


def routes_svg(plan: DevolutionPlan, *, period: str, year: str) -> str:
    """Return an ``<svg>`` of one period's money; empty where the plan holds none."""
    return _drawn(plan.sha256, plan, period, year)


def routes_words(plan: DevolutionPlan, *, period: str, year: str) -> str:
    """Say how many hands a pound passes, in a sentence's part."""
    bands = routes_of(plan, period)
    return told(_ledger(bands, year)) if bands else ""


# A plan's routes never change, so each process draws each picture of a digest once.
@lru_cache(maxsize=8)
def _drawn(_sha256: str, plan: DevolutionPlan, period: str, year: str) -> str:
    bands = routes_of(plan, period)
    if not bands:
        return ""
    # What never pays is where money ends.
    holders = {
        HolderCode(one.to_code): Holder(
            code=HolderCode(one.to_code), name=one.to_name, layer=PROGRAMMES
        )
        for one in bands
    }
    holders |= {
        HolderCode(one.from_code): Holder(
            code=HolderCode(one.from_code), name=one.from_name, layer=one.layer
        )
        for one in bands
    }
    title = f"{period.capitalize()}, {year}"
    return routes_chart({title: _ledger(bands, year)}, holders, identity=f"routes-{period}")


def _ledger(bands: tuple[Route, ...], year: str) -> Ledger:
    return Ledger.of(
        Entry(
            year=FinancialYear.parse(year),
            stream=StreamCode(one.stream),
            from_holder=HolderCode(one.from_code),
            to_holder=HolderCode(one.to_code),
            pence=one.pence,
            cause=one.cause,
            reference=one.stream,
        )
        for one in bands
    )
