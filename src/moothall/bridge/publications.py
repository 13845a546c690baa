"""Carry what a plan publishes beside areas, money and tasks from its folder into rows.

Rule:  the rows are the core's tables; a plan of an older version that lacks one has no rows of it.
"""

from collections.abc import Iterator, Mapping

from django.db.models import Model

from folkmoot.plan.folder import PlanFolder
from folkmoot.transition.rules import shipped_rules
from moothall.bodies.models import Area
from moothall.bridge.cells import Row, rows
from moothall.centre.models import (
    AdministrationYear,
    Deal,
    DealScore,
    DevolutionPlan,
    Gate,
    Portfolio,
    SettlementStart,
)

TO_CHECK = "to_check"


def published_rows(
    plan: PlanFolder, devolution_plan: DevolutionPlan, areas: Mapping[str, Area]
) -> tuple[Model, ...]:
    """Return deals with their scores, gates, portfolios, settlement starts, administration."""
    bodies = {f"body-{code}": area for code, area in areas.items()}
    deals = {
        row.text("deal"): _deal(row, devolution_plan, place)
        for place, row in enumerate(rows(plan, "deals"))
    }
    return (
        *deals.values(),
        *(_score(row, deals, place) for place, row in enumerate(rows(plan, "deal_scores"))),
        *_gates(plan, devolution_plan, bodies),
        *(_portfolio(row, bodies, place) for place, row in enumerate(rows(plan, "portfolios"))),
        *(_start(row, devolution_plan) for row in rows(plan, "settlement_starts")),
        *(_year(row, devolution_plan) for row in rows(plan, "administration")),
    )


def _deal(row: Row, devolution_plan: DevolutionPlan, place: int) -> Deal:
    return Deal(
        devolution_plan=devolution_plan,
        code=row.text("deal"),
        name=row.text("name"),
        agreed=row.text("agreed"),
        leader=row.text("leader"),
        fund=row.text("fund"),
        fund_pence=row.whole_or_none("fund_pence"),
        reach_least=row.exact_or_none("reach_least"),
        reach_most=row.exact_or_none("reach_most"),
        weighted_by=row.text("weighted_by"),
        is_reference=row.text("is_reference") == "yes",
        is_to_check=row.text("state") == TO_CHECK,
        source=row.text("source"),
        note=row.text("note"),
        place=place,
    )


def _score(row: Row, deals: Mapping[str, Deal], place: int) -> DealScore:
    return DealScore(
        deal=row.find("deal", "deal", deals),
        function=row.text("function"),
        control=row.text("control"),
        score=row.whole_or_none("score"),
        reach_least=row.exact("reach_least"),
        reach_most=row.exact("reach_most"),
        classes=row.text("classes"),
        is_to_check=row.text("state") == TO_CHECK,
        evidence=row.text("evidence"),
        source=row.text("source"),
        place=place,
    )


def _gates(
    plan: PlanFolder, devolution_plan: DevolutionPlan, bodies: Mapping[str, Area]
) -> Iterator[Gate]:
    """Gates with their themes in words."""
    themes = {theme.code: theme.name for theme in shipped_rules().readiness.themes}
    for place, row in enumerate(rows(plan, "gates")):
        yield Gate(
            devolution_plan=devolution_plan,
            area=row.find("body", "body", bodies),
            group=row.text("group"),
            risk_class=row.text("risk_class"),
            theme=themes.get(row.text("theme"), row.text("theme")),
            shadow_level=row.text("shadow_level"),
            vest_level=row.text("vest_level"),
            vesting_day=row.day("vesting_day"),
            place=place,
        )


def _portfolio(row: Row, bodies: Mapping[str, Area], place: int) -> Portfolio:
    return Portfolio(
        area=row.find("body", "body", bodies),
        code=row.text("portfolio"),
        title=row.text("title"),
        held_by=row.text("held_by"),
        functions=row.text("programmes").split("; "),
        first_day=row.day("first_day"),
        place=place,
    )


def _start(row: Row, devolution_plan: DevolutionPlan) -> SettlementStart:
    return SettlementStart(
        devolution_plan=devolution_plan,
        settlement_years=row.whole("settlement_years"),
        bridge_years=row.whole("bridge_years"),
        start=row.day("start"),
        latest_election=row.day("latest_election"),
        lag_years=row.whole("lag_years"),
        target_lag_years=row.whole("target_lag_years"),
        is_aligned=row.text("is_aligned") == "yes",
    )


def _year(row: Row, devolution_plan: DevolutionPlan) -> AdministrationYear:
    return AdministrationYear(
        devolution_plan=devolution_plan,
        year=row.text("year"),
        gross=row.whole("gross"),
        new=row.whole("new"),
        one_off=row.whole("one_off"),
        net=row.whole("net"),
        cumulative=row.whole("cumulative"),
        label=row.text("label"),
    )
