"""Draft and withdraw area plans; constitute and wind up bodies. The only writer here."""

from collections.abc import Sequence

from moothall.bodies.models import Area, AreaGeography, AreaPlan, Block, Body, Office
from moothall.records.flow import advance
from moothall.records.moves import Actor


def draft_area_plan(
    area_plan: AreaPlan,
    *,
    areas: Sequence[Area],
    geographies: Sequence[AreaGeography],
    blocks: Sequence[Block],
    by: Actor,
    reason: str,
) -> None:
    """Write a new area plan with its areas, what each meets, and its blocks."""
    advance(
        area_plan,
        AreaPlan.DRAFT,
        by=by,
        reason=reason,
        parts=(*areas, *geographies, *blocks),
    )


def withdraw_area_plan(area_plan: AreaPlan, *, by: Actor, reason: str) -> None:
    """Withdraw a draft; its rows stay, so that the record can be read."""
    advance(area_plan, AreaPlan.WITHDRAWN, by=by, reason=reason)


def constitute_body(body: Body, *, offices: Sequence[Office], by: Actor, reason: str) -> None:
    """Write a new body with its offices, filled or to be filled."""
    advance(body, Body.CONSTITUTED, by=by, reason=reason, parts=offices)


def wind_up_body(body: Body, *, by: Actor, reason: str) -> None:
    """End a body; its rows stay."""
    advance(body, Body.WOUND_UP, by=by, reason=reason)
