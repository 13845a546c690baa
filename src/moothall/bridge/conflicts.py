"""Carry conflicts and negotiations from a plan folder into rows of ``centre``."""

from collections import defaultdict
from collections.abc import Mapping

from folkmoot.plan.folder import PlanFolder
from moothall.bodies.models import Area, Block
from moothall.bridge.cells import Row, rows
from moothall.centre.models import Conflict, DevolutionPlan, Negotiation, NegotiationOption

type_of_negotiation = tuple[Negotiation, list[Conflict], list[NegotiationOption]]


def negotiation_rows(
    plan: PlanFolder,
    devolution_plan: DevolutionPlan,
    areas: Mapping[str, Area],
    blocks: Mapping[str, Block],
) -> list[type_of_negotiation]:
    """Return each negotiation with its blocks in conflict and its options, in order."""
    conflicts, options = _grouped(plan, "conflicts"), _grouped(plan, "negotiation_options")
    found = []
    for code in sorted(conflicts.keys() | options.keys()):
        negotiation = Negotiation(devolution_plan=devolution_plan, code=code)
        found.append(
            (
                negotiation,
                [_conflict(row, negotiation, areas, blocks) for row in conflicts[code]],
                [_option(row, negotiation, n) for n, row in enumerate(options[code])],
            )
        )
    return found


def _grouped(plan: PlanFolder, table: str) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows(plan, table):
        groups[row.text("negotiation")].append(row)
    return groups


def _conflict(
    row: Row, negotiation: Negotiation, areas: Mapping[str, Area], blocks: Mapping[str, Block]
) -> Conflict:
    return Conflict(
        negotiation=negotiation,
        block=row.find("block", "block", blocks),
        health_area=row.find("health_area", "area", areas),
        economy_area=row.find("economy_area", "area", areas),
        people=row.rounded("people"),
        price_with_health=row.text("price_with_health"),
        price_with_economy=row.text("price_with_economy"),
    )


def _option(row: Row, negotiation: Negotiation, place: int) -> NegotiationOption:
    return NegotiationOption(
        negotiation=negotiation,
        code=row.text("option"),
        place=place,
        moves=row.text("moves"),
        price_ratio=row.exact_or_none("price_ratio", 9),
        crosses=row.text("crosses"),
        breaks=row.text("breaks"),
        sentence=row.text("sentence"),
    )
