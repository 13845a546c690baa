"""Carry a plan's scores, and those it is compared with, into rows of ``centre``."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from folkmoot.plan.folder import PlanFolder
from moothall.bridge.cells import rows
from moothall.bridge.errors import PlanReferenceError
from moothall.centre.models import DevolutionPlan, PlanScore

THIS_PLAN, OBJECTIVE = "this plan", "objective"
_PLACES = 12


def score_rows(plan: PlanFolder, devolution_plan: DevolutionPlan) -> tuple[PlanScore, ...]:
    """Return every score as the core printed it."""
    return tuple(
        PlanScore(
            devolution_plan=devolution_plan,
            plan=row.text("plan"),
            measure=row.text("measure"),
            geography=row.text("geography"),
            value=row.text("value"),
        )
        for row in rows(plan, "scores")
    )


def cost_bound_gap(plan: PlanFolder) -> tuple[Decimal, Decimal | None, Decimal | None]:
    """Return F, the bound that no plan can beat, and the gap; None where nothing is proven.

    Raises
    ------
    PlanReferenceError
        If the scores do not hold the objective of this plan.
    """
    for row in rows(plan, "scores"):
        if (row.text("plan"), row.text("measure")) == (THIS_PLAN, OBJECTIVE):
            record = plan.record
            return row.exact("value", _PLACES), _proven(record, "bound"), _proven(record, "gap")
    raise PlanReferenceError("scores", 1, "measure", OBJECTIVE)


def _proven(record: Mapping[str, Any], key: str) -> Decimal | None:
    found = record.get(key)
    return None if found is None else round(Decimal(str(found)), _PLACES)
