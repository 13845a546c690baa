"""Constitute the hall from a devolution plan: everything, in one transaction, or nothing.

In:        a plan folder, and whoever orders it.
Out:       one devolution plan in force with its area plan, bodies, settlement and
           negotiations; each written through an action, each with its audit event.
Rule:      the same plan twice changes nothing; another plan is refused unless told to replace.
"""

from typing import Any

from django.utils import timezone

from folkmoot.plan.folder import PlanFolder
from folkmoot.vocabulary.progress import Progress, silent
from moothall.bodies import actions as bodies
from moothall.bodies.queries import constituted_bodies
from moothall.bridge.areas import AreaRows, area_rows, body_rows
from moothall.bridge.conflicts import negotiation_rows
from moothall.bridge.errors import OtherPlanError
from moothall.bridge.functions import function_rows
from moothall.bridge.money import money_rows
from moothall.bridge.needs import need_rows
from moothall.bridge.publications import published_rows
from moothall.bridge.routes import route_rows
from moothall.bridge.scores import cost_bound_gap, score_rows
from moothall.bridge.timetable import task_rows
from moothall.centre import actions as centre
from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.plans import open_negotiations, plan_in_force
from moothall.records.flow import together
from moothall.records.moves import Actor
from moothall.understand import actions as understand
from moothall.understand.queries import assessment_of


def constitute(
    plan: PlanFolder, *, by: Actor, replace: bool = False, progress: Progress = silent
) -> bool:
    """Load a plan; return False if the hall stands on this very plan already.

    Raises
    ------
    OtherPlanError
        If it stands on another one and ``replace`` is not given.
    PlanCellError, PlanReferenceError
        If a table holds what the hall cannot keep.
    RefusedError
        If a guard fails, such as a settlement that does not add up.
    """
    present = plan_in_force()
    if present is not None and present.sha256 == plan.sha256:
        return False
    if present is not None and not replace:
        raise OtherPlanError(present.sha256, plan.sha256)
    with together():
        if present is not None:
            progress("Withdrawing the present plan", 0.0)
            _end(present, by=by)
        _begin(plan, by=by, progress=progress)
    return True


def _end(present: DevolutionPlan, *, by: Actor) -> None:
    """Move everything of the present plan to its last state; no row is removed."""
    reason = "Another plan takes its place."
    for negotiation in open_negotiations(present):
        centre.withdraw_negotiation(negotiation, by=by, reason=reason)
    for body in constituted_bodies(present.area_plan):
        bodies.wind_up_body(body, by=by, reason=reason)
    assessment = assessment_of(present.area_plan)
    if assessment is not None:
        understand.replace_assessment(assessment, by=by, reason=reason)
    centre.withdraw_settlement(present.settlement, by=by, reason=reason)
    centre.replace_plan(present, by=by, reason=reason)
    bodies.withdraw_area_plan(present.area_plan, by=by, reason=reason)


def _begin(plan: PlanFolder, *, by: Actor, progress: Progress) -> None:
    reason = f"Constituted from plan {plan.sha256}."
    progress("Writing areas and blocks", 0.1)
    drawn = area_rows(plan, name=plan.record["title"])
    bodies.draft_area_plan(
        drawn.area_plan,
        areas=tuple(drawn.areas.values()),
        geographies=drawn.geographies,
        blocks=tuple(drawn.blocks.values()),
        by=by,
        reason=reason,
    )
    progress("Constituting one body an area", 0.3)
    for body, offices in body_rows(plan, drawn.areas):
        bodies.constitute_body(body, offices=offices, by=by, reason=reason)
    progress("Writing who is responsible for what", 0.5)
    devolution_plan = _constitute_plan(plan, drawn, by=by, reason=reason)
    needs = need_rows(plan, drawn.area_plan, drawn.areas)
    if needs is not None:
        progress("Writing what each area needs", 0.6)
        understand.make_assessment(needs.assessment, parts=needs.parts, by=by, reason=reason)
    progress("Writing the settlement and checking that it adds up", 0.7)
    money = money_rows(plan, devolution_plan, drawn.areas)
    centre.draft_settlement(money.settlement, parts=money.parts, by=by, reason=reason)
    progress("Opening negotiations where geographies conflict", 0.9)
    for negotiation, conflicts, options in negotiation_rows(
        plan, devolution_plan, drawn.areas, drawn.blocks
    ):
        centre.open_negotiation(
            negotiation, conflicts=conflicts, options=options, by=by, reason=reason
        )


def _constitute_plan(
    plan: PlanFolder, drawn: AreaRows, *, by: Actor, reason: str
) -> DevolutionPlan:
    record: dict[str, Any] = dict(plan.record)
    cost, bound, gap = cost_bound_gap(plan)
    devolution_plan = DevolutionPlan(
        area_plan=drawn.area_plan,
        name=record["title"],
        sha256=plan.sha256,
        core_version=record["version"],
        seed=record["seed"],
        cost=cost,
        bound=bound,
        gap_ratio=gap,
        record=record,
        constituted_at=timezone.now(),
    )
    held = function_rows(plan, devolution_plan, drawn.blocks)
    centre.constitute_plan(
        devolution_plan,
        scores=score_rows(plan, devolution_plan),
        functions=held.functions,
        commissioners=held.commissioners,
        responsibilities=held.responsibilities,
        routes=route_rows(plan, devolution_plan),
        tasks=task_rows(plan, devolution_plan, drawn.areas),
        published=published_rows(plan, devolution_plan, drawn.areas),
        by=by,
        reason=reason,
    )
    return devolution_plan
