"""Read areas, blocks and bodies. The only reader of this app's tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from moothall.bodies.models import Area, AreaPlan, Block, Body
from moothall.bodies.models.area_geography import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An area as a map needs it."""

    code: str
    name: str
    population: int
    geometry: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    """A block as a table shows it."""

    code: str
    name: str
    population: int
    area_km2: float
    area_code: str
    area_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An existing area that meets an area of the plan."""

    role: str
    geography: str
    code: str
    name: str
    people: int
    share_of_area: float
    share_of_geography: float
    relation: str
    relation_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    """An office of a body and who holds it; empty where it is to be filled."""

    title: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaProfile:
    """An area as its own page shows it."""

    code: str
    name: str
    population: int
    area_km2: float
    self_containment_supply: float | None
    self_containment_demand: float | None
    body: str
    offices: tuple[OfficeRow, ...]
    blocks: tuple[BlockRow, ...]
    matches: tuple[Meeting, ...]
    """Existing areas with the same boundary."""
    inside: tuple[Meeting, ...]
    """Existing areas that lie wholly in this one."""
    around: tuple[Meeting, ...]
    """Existing areas that this one lies wholly in."""
    crosses: tuple[Meeting, ...]
    """Existing areas that its boundary cuts."""


def area_outlines(area_plan_id: int) -> tuple[Outline, ...]:
    """Return the outlines of a plan's areas, by code; areas without one are left out."""
    found = Area.objects.filter(area_plan_id=area_plan_id).order_by("code")
    return tuple(
        Outline(code=a.code, name=a.name, population=a.population, geometry=a.outline)
        for a in found
        if a.outline
    )


def constituted_bodies(area_plan: AreaPlan) -> Sequence[Body]:
    """Return the bodies of a plan that are in force."""
    return tuple(
        Body.objects.filter(area__area_plan=area_plan, state=Body.CONSTITUTED).order_by("code")
    )


def area_by_code(area_plan: AreaPlan, code: str) -> Area | None:
    """Return one area of a plan."""
    return Area.objects.filter(area_plan=area_plan, code=code).first()


def body_of(area: Area) -> Body:
    """Return the body of an area."""
    return Body.objects.get(area=area)


def offices_of(body: Body) -> tuple[OfficeRow, ...]:
    """Return a body's offices, the leader's first."""
    offices = body.offices.select_related("holder").order_by("pk")
    return tuple(
        OfficeRow(title=o.title or o.get_kind_display(), holder=o.holder.office if o.holder else "")
        for o in offices
    )


def blocks_of(area: Area) -> tuple[BlockRow, ...]:
    """Return an area's blocks, the most people first."""
    return tuple(
        _block_row(block)
        for block in Block.objects.filter(area=area)
        .select_related("area")
        .order_by("-population", "code")
    )


def blocks_named(area_plan: AreaPlan, words: str, *, limit: int) -> tuple[BlockRow, ...]:
    """Return blocks whose name holds these words, those that begin with them first."""
    key = words.strip().casefold()
    found = Block.objects.filter(area_plan=area_plan, search_name__contains=key)
    ordered = sorted(
        found.select_related("area"),
        key=lambda b: (b.search_name != key, not b.search_name.startswith(key), b.search_name),
    )
    return tuple(_block_row(block) for block in ordered[:limit])


def meetings_of(area: Area) -> tuple[Meeting, ...]:
    """Return every existing area that meets this one, by role, the most people first."""
    found = area.geographies.order_by("role", "geography", "-people", "code")
    return tuple(
        Meeting(
            role=g.role,
            geography=g.geography,
            code=g.code,
            name=g.name,
            people=g.people,
            share_of_area=float(g.share_of_area),
            share_of_geography=float(g.share_of_geography),
            relation=g.relation,
            relation_words=Relation(g.relation).label,
        )
        for g in found
    )


def area_profile(area: Area) -> AreaProfile:
    """Return all that the page of an area shows of its land and its body."""
    body, met = body_of(area), meetings_of(area)
    supply, demand = area.self_containment_supply, area.self_containment_demand
    return AreaProfile(
        code=area.code,
        name=area.name,
        population=area.population,
        area_km2=float(area.area_km2),
        self_containment_supply=None if supply is None else float(supply),
        self_containment_demand=None if demand is None else float(demand),
        body=body.name,
        offices=offices_of(body),
        blocks=blocks_of(area),
        matches=tuple(one for one in met if one.relation == Relation.EQUAL),
        inside=tuple(one for one in met if one.relation == Relation.CONTAINS),
        around=tuple(one for one in met if one.relation == Relation.WITHIN),
        crosses=tuple(one for one in met if one.relation == Relation.CROSSES),
    )


def _block_row(block: Block) -> BlockRow:
    return BlockRow(
        code=block.code,
        name=block.name,
        population=block.population,
        area_km2=float(block.area_km2),
        area_code=block.area.code,
        area_name=block.area.name,
    )
