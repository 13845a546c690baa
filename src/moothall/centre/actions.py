"""Constitute and replace plans; draft settlements; open negotiations. The only writer here."""

from collections.abc import Sequence

from django.db.models import Model

from moothall.centre.models import (
    Commissioner,
    Conflict,
    DevolutionPlan,
    Function,
    MoneyRoute,
    Negotiation,
    NegotiationOption,
    PlanScore,
    Responsibility,
    Settlement,
    Task,
)
from moothall.records.flow import advance
from moothall.records.moves import Actor


def constitute_plan(
    plan: DevolutionPlan,
    *,
    scores: Sequence[PlanScore],
    functions: Sequence[Function],
    commissioners: Sequence[Commissioner],
    responsibilities: Sequence[Responsibility],
    routes: Sequence[MoneyRoute],
    tasks: Sequence[Task],
    published: Sequence[Model],
    by: Actor,
    reason: str,
) -> None:
    """Write a new plan: its scores, who is responsible, how the money runs, and when.

    ``published`` is all else that it publishes: deals, gates, portfolios, the starts of
    settlements, administration; those that others point to come first.
    """
    parts = (
        *(*scores, *functions, *commissioners, *responsibilities, *routes, *tasks),
        *published,
    )
    advance(plan, DevolutionPlan.CONSTITUTED, by=by, reason=reason, parts=parts)


def replace_plan(plan: DevolutionPlan, *, by: Actor, reason: str) -> None:
    """Let a plan make room for another; its rows stay."""
    advance(plan, DevolutionPlan.REPLACED, by=by, reason=reason)


def draft_settlement(
    settlement: Settlement, *, parts: Sequence[Model], by: Actor, reason: str
) -> None:
    """Write a draft settlement: its streams, quanta, allocations and block grants."""
    advance(settlement, Settlement.DRAFT, by=by, reason=reason, parts=parts)


def withdraw_settlement(settlement: Settlement, *, by: Actor, reason: str) -> None:
    """Withdraw a draft; a published settlement is never withdrawn, only corrected."""
    advance(settlement, Settlement.WITHDRAWN, by=by, reason=reason)


def open_negotiation(
    negotiation: Negotiation,
    *,
    conflicts: Sequence[Conflict],
    options: Sequence[NegotiationOption],
    by: Actor,
    reason: str,
) -> None:
    """Write a negotiation with the blocks in conflict and the options, priced."""
    advance(negotiation, Negotiation.OPEN, by=by, reason=reason, parts=(*conflicts, *options))


def withdraw_negotiation(negotiation: Negotiation, *, by: Actor, reason: str) -> None:
    """Withdraw a negotiation whose plan is no longer in force."""
    advance(negotiation, Negotiation.WITHDRAWN, by=by, reason=reason)
