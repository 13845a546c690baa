"""Carry deals and their scores from a plan folder into rows of ``centre``."""

from folkmoot.plan.folder import PlanFolder
from moothall.bridge.cells import Row, rows
from moothall.centre.models import Deal, DealScore, DevolutionPlan


def deal_rows(plan: PlanFolder, devolution_plan: DevolutionPlan) -> tuple[Deal | DealScore, ...]:
    """Return every deal, and then every score; a line that only reconciles sums is a deal too."""
    deals = [_deal(row, devolution_plan, place) for place, row in enumerate(rows(plan, "deals"))]
    by_code = {deal.code: deal for deal in deals}
    scores = [
        DealScore(
            deal=row.find("deal", "deal", by_code),
            function=row.text("function"),
            control=row.text("control"),
            score=row.whole_or_none("score"),
            classes=row.text("classes"),
            state=row.text("state"),
            evidence=row.text("evidence"),
            source=row.text("source"),
            place=place,
        )
        for place, row in enumerate(rows(plan, "deal_scores"))
    ]
    return (*deals, *scores)


def _deal(row: Row, devolution_plan: DevolutionPlan, place: int) -> Deal:
    return Deal(
        devolution_plan=devolution_plan,
        code=row.text("deal"),
        name=row.text("name"),
        agreed=row.text("agreed"),
        leader=row.text("leader"),
        fund=row.text("fund"),
        fund_pence=row.whole_or_none("fund_pence"),
        reach_least=row.float_or_none("reach_least"),
        reach_most=row.float_or_none("reach_most"),
        weighted_by=row.text("weighted_by"),
        is_reference=row.text("is_reference") == "yes",
        is_to_check=row.text("state") == "to_check",
        source=row.text("source"),
        note=row.text("note"),
        place=place,
    )
