"""Read the bodies that a plan drafts: councils, leader's office, and portfolios."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from moothall.bodies.models import Area, Body
from moothall.bodies.queries import offices_of
from moothall.centre.models import DevolutionPlan, Function, Portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRow:
    """A portfolio of one body, its functions in words."""

    title: str
    functions: tuple[str, ...]
    held_by: str
    bodies: int
    """How many bodies have one like it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """A body as the list of bodies, and its file, hold it."""

    body: str
    name: str
    area: str
    area_name: str
    kind: str
    councils: tuple[str, ...]
    leader: str
    leader_basis: str
    first_day: date | None
    portfolios: int


def bodies_of(plan: DevolutionPlan) -> tuple[BodyRow, ...]:
    """Return every body of the plan, by its area."""
    found = Body.objects.filter(area__area_plan=plan.area_plan).select_related("area")
    counts: dict[int, int] = defaultdict(int)
    for area in Portfolio.objects.filter(area__area_plan=plan.area_plan).values_list(
        "area_id", flat=True
    ):
        counts[area] += 1
    return tuple(_body(one, counts[one.area_id]) for one in found.order_by("area__code"))


def portfolios_of(plan: DevolutionPlan, area: Area | None = None) -> tuple[PortfolioRow, ...]:
    """Return the portfolios of one body, or of all: those alike are one row."""
    names = dict(Function.objects.filter(devolution_plan=plan).values_list("code", "name"))
    found = Portfolio.objects.filter(area__area_plan=plan.area_plan)
    if area is not None:
        found = found.filter(area=area)
    alike: dict[tuple[str, tuple[str, ...], str], int] = defaultdict(int)
    for one in found:
        held = tuple(names.get(code, code) for code in one.functions)
        alike[one.title, held, one.held_by] += 1
    return tuple(
        PortfolioRow(title=title, functions=held, held_by=held_by, bodies=count)
        for (title, held, held_by), count in alike.items()
    )


def _body(one: Body, portfolios: int) -> BodyRow:
    leader = one.offices.order_by("pk").first()
    return BodyRow(
        body=one.code,
        name=one.name,
        area=one.area.code,
        area_name=one.area.name,
        kind=one.kind.replace("_", " "),
        councils=tuple(one.councils),
        leader=offices_of(one)[0].title,
        leader_basis=leader.basis if leader else "",
        first_day=one.first_day,
        portfolios=portfolios,
    )
