"""Carry a settlement from a plan folder into rows of ``centre``.

Rule:  the core has computed every allocation; the bridge adds the streams of an area to its
       block grant with the core's own exact arithmetic, and a guard adds them again.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model

from folkmoot.plan.folder import PlanFolder
from moothall.bodies.models import Area
from moothall.bridge.cells import Row, rows
from moothall.centre.models import (
    Allocation,
    BlockGrant,
    DevolutionPlan,
    Quantum,
    Settlement,
    Stream,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRows:
    """A settlement and its parts, not yet written; those that others point to come first."""

    settlement: Settlement
    parts: tuple[Model, ...]


def money_rows(
    plan: PlanFolder, devolution_plan: DevolutionPlan, areas: Mapping[str, Area]
) -> MoneyRows:
    """Return the rows of a plan's settlement."""
    settlement = Settlement(
        devolution_plan=devolution_plan,
        core_version=devolution_plan.core_version,
        core_inputs_sha256=plan.sha256,
        caveats=plan.record.get("settlement", {}).get("caveats", []),
    )
    streams = _streams(plan, settlement)
    quanta = [
        Quantum(
            stream=row.find("stream", "stream", streams),
            year=row.text("year"),
            pence=row.whole("quantum_pence"),
        )
        for row in rows(plan, "streams")
    ]
    allocations = _allocations(plan, streams, areas)
    grants = _block_grants(settlement, allocations)
    return MoneyRows(
        settlement=settlement, parts=(*streams.values(), *quanta, *allocations, *grants)
    )


def _streams(plan: PlanFolder, settlement: Settlement) -> dict[str, Stream]:
    """One stream each, although the table has a row for each of its years."""
    streams: dict[str, Stream] = {}
    for row in rows(plan, "streams"):
        streams.setdefault(
            row.text("stream"),
            Stream(
                settlement=settlement,
                code=row.text("stream"),
                name=row.text("name"),
                place=len(streams),
                need_profile=row.text("need_profile"),
                need_basis=row.text("need_basis"),
                baseline=row.text("baseline"),
                source=row.text("source"),
                label=row.text("label"),
            ),
        )
    return streams


def _allocations(
    plan: PlanFolder, streams: Mapping[str, Stream], areas: Mapping[str, Area]
) -> list[Allocation]:
    keys = ("area", "stream", "year")
    details = {tuple(row.text(key) for key in keys): row for row in rows(plan, "settlement_detail")}
    allocations = []
    for row in rows(plan, "settlement"):
        detail = details.get(tuple(row.text(key) for key in keys))
        allocations.append(
            Allocation(
                stream=row.find("stream", "stream", streams),
                area=row.find("area", "area", areas),
                year=row.text("year"),
                pence=row.whole("pence"),
                **(_explanation(detail) if detail else {}),
            )
        )
    return allocations


def _explanation(detail: Row) -> dict[str, object]:
    return {
        "population": detail.text("population"),
        "weighted_population": detail.text("weighted_population"),
        "opening_pence": detail.whole_or_none("opening_pence"),
        "target_pence": detail.whole_or_none("target_pence"),
        "limit": detail.text("state"),
        "distance_opening": detail.exact_or_none("distance_opening"),
        "distance_closing": detail.exact_or_none("distance_closing"),
        "pence_per_head": detail.rounded("pence_per_head")
        if detail.text("pence_per_head")
        else None,
    }


def _block_grants(settlement: Settlement, allocations: list[Allocation]) -> list[BlockGrant]:
    by_area: dict[tuple[str, str], list[Allocation]] = defaultdict(list)
    for allocation in allocations:
        by_area[allocation.area.code, allocation.year].append(allocation)
    return [_block_grant(settlement, year, by_area[code, year]) for code, year in sorted(by_area)]


def _block_grant(settlement: Settlement, year: str, parts: list[Allocation]) -> BlockGrant:
    area = parts[0].area
    pence = sum(part.pence for part in parts)
    # Half a penny rounds up: whole numbers only, as money must.
    per_head = (2 * pence + area.population) // (2 * area.population)
    return BlockGrant(
        settlement=settlement, area=area, year=year, pence=pence, pence_per_head=per_head
    )
