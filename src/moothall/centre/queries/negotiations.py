"""Read negotiations: where geographies conflict, whom it concerns, and the ways out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from moothall.centre.models import Conflict, DevolutionPlan, Negotiation

_TITLES = {
    "leave": "As drawn",
    "health": "With the health geography",
    "economy": "With the economic geography",
}
"""What the core's options are called here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An area by code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """A block in conflict and the areas that pull at it."""

    negotiation: str
    block: str
    block_name: str
    people: int
    area: Place
    health: Place
    economy: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """One way out of a negotiation."""

    title: str
    sentence: str
    price_ratio: Decimal | None
    crosses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiationView:
    """A negotiation with all that is needed to settle it."""

    code: str
    people: int
    areas: tuple[Place, ...]
    """The areas concerned, by code."""
    conflicts: tuple[ConflictRow, ...]
    options: tuple[OptionRow, ...]


def negotiations_of(plan: DevolutionPlan) -> tuple[NegotiationView, ...]:
    """Return the open negotiations of a plan, those that concern the most people first."""
    by_code: defaultdict[str, list[ConflictRow]] = defaultdict(list)
    for conflict in _conflicts(Conflict.objects.filter(negotiation__devolution_plan=plan)):
        by_code[conflict.negotiation].append(conflict)
    found = plan.negotiations.filter(state=Negotiation.OPEN).prefetch_related("options")
    views = [_view(one, by_code[one.code]) for one in found]
    return tuple(sorted(views, key=lambda view: (-view.people, view.code)))


def conflicts_in(plan: DevolutionPlan, area_code: str) -> tuple[ConflictRow, ...]:
    """Return the conflicts over blocks that are in an area, or that it pulls at."""
    found = _conflicts(Conflict.objects.filter(negotiation__devolution_plan=plan))
    return tuple(
        one for one in found if area_code in {one.area.code, one.health.code, one.economy.code}
    )


def _view(negotiation: Negotiation, conflicts: Sequence[ConflictRow]) -> NegotiationView:
    concerned = {p.code: p for c in conflicts for p in (c.area, c.health, c.economy)}
    return NegotiationView(
        code=negotiation.code,
        people=sum(conflict.people for conflict in conflicts),
        areas=tuple(concerned[code] for code in sorted(concerned)),
        conflicts=tuple(conflicts),
        options=tuple(
            OptionRow(
                title=_TITLES.get(o.code, o.code),
                sentence=o.sentence,
                price_ratio=o.price_ratio,
                crosses=tuple(o.crosses.split("; ")) if o.crosses else (),
            )
            for o in negotiation.options.all()
        ),
    )


def _conflicts(found: QuerySet[Conflict]) -> tuple[ConflictRow, ...]:
    related = found.select_related("negotiation", "block__area", "health_area", "economy_area")
    return tuple(
        ConflictRow(
            negotiation=c.negotiation.code,
            block=c.block.code,
            block_name=c.block.name,
            people=c.people,
            area=Place(code=c.block.area.code, name=c.block.area.name),
            health=Place(code=c.health_area.code, name=c.health_area.name),
            economy=Place(code=c.economy_area.code, name=c.economy_area.name),
        )
        for c in related.order_by("-people", "block__code")
    )
