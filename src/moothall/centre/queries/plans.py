"""Read the plan in force, its areas with their money, and its scores."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from moothall.bodies.models import Area, Block
from moothall.bodies.models.area_geography import AreaGeography, Relation
from moothall.centre.models import (
    BlockGrant,
    Conflict,
    DevolutionPlan,
    Negotiation,
)

NESTED_SHARE = "nested_share"
"""The measure that a minister quotes: people whose existing area lies wholly in one area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """An area as the list of areas shows it."""

    code: str
    name: str
    population: int
    blocks: int
    pence: int
    pence_per_head: int
    matches: int
    crosses: int
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """What a plan comes to, in five figures."""

    areas: int
    blocks: int
    population: int
    year: str
    pence: int
    people_in_conflict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One measure of the plan beside the same measure of every baseline."""

    measure: str
    geography: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTable:
    """Scores with a column a plan; this plan comes first."""

    plans: tuple[str, ...]
    whole: tuple[ScoreRow, ...]
    """Measures of a whole plan."""
    nested: tuple[ScoreRow, ...]
    """The nested share of each geography."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What the plan rests on, and what lets anyone make it again."""

    trail: tuple[str, ...]
    """How the plan was found, step by step."""
    bound_covers: str
    is_proven: bool
    inputs: tuple[tuple[str, str], ...]
    """Each input with its SHA-256."""
    criteria: tuple[tuple[str, str, float], ...]
    """Each geography that the plan was judged by: name, role, weight."""
    licence: str
    attributions: tuple[str, ...]
    modelled: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPlan:
    """A plan that the hall holds: the one in force, or one that another has replaced."""

    key: int
    title: str
    sha256: str


def held_plans() -> tuple[HeldPlan, ...]:
    """Return every plan of the hall, the one in force last."""
    found = DevolutionPlan.objects.order_by("constituted_at", "pk").defer("record")
    return tuple(
        HeldPlan(
            key=one.pk,
            title=f"{one.name}, loaded {one.constituted_at:%-d %B %Y}, {one.sha256[:8]}"
            + (" (in force)" if one.state == DevolutionPlan.CONSTITUTED else ""),
            sha256=one.sha256,
        )
        for one in found
    )


def held_plan(key: int) -> DevolutionPlan:
    """Return one plan of the hall, with all that its plan.json said."""
    return DevolutionPlan.objects.get(pk=key)


def plan_in_force() -> DevolutionPlan | None:
    """Return the plan that the hall stands on; None before it is constituted."""
    return (
        DevolutionPlan.objects.filter(state=DevolutionPlan.CONSTITUTED)
        .select_related("area_plan", "settlement")
        # plan.json is large, and only one page reads it.
        .defer("record")
        .first()
    )


def open_negotiations(plan: DevolutionPlan) -> Sequence[Negotiation]:
    """Return the negotiations of a plan that are open."""
    return tuple(plan.negotiations.filter(state=Negotiation.OPEN).order_by("code"))


def settlement_years(plan: DevolutionPlan) -> tuple[str, ...]:
    """Return the years of a plan's settlement, the first year first."""
    found = BlockGrant.objects.filter(settlement__devolution_plan=plan)
    return tuple(found.order_by("year").values_list("year", flat=True).distinct())


def area_list(plan: DevolutionPlan) -> tuple[AreaRow, ...]:
    """Return every area with its first block grant, by code."""
    year = settlement_years(plan)[0]
    grants = {
        grant.area_id: grant
        for grant in BlockGrant.objects.filter(settlement__devolution_plan=plan, year=year)
    }
    met = Counter(
        AreaGeography.objects.filter(area__area_plan=plan.area_plan).values_list(
            "area_id", "relation"
        )
    )
    contested = Counter(
        Conflict.objects.filter(negotiation__devolution_plan=plan).values_list(
            "block__area_id", flat=True
        )
    )
    areas = Area.objects.filter(area_plan=plan.area_plan).annotate(n_blocks=Count("blocks"))
    return tuple(
        AreaRow(
            code=area.code,
            name=area.name,
            population=area.population,
            blocks=area.n_blocks,
            pence=grants[area.pk].pence,
            pence_per_head=grants[area.pk].pence_per_head,
            matches=met[area.pk, Relation.EQUAL],
            crosses=met[area.pk, Relation.CROSSES],
            conflicts=contested[area.pk],
        )
        for area in areas.order_by("code")
    )


def key_figures(plan: DevolutionPlan) -> KeyFigures:
    """Return the figures that the home page begins with."""
    year = settlement_years(plan)[0]
    people = Area.objects.filter(area_plan=plan.area_plan).aggregate(
        areas=Count("pk"), population=Sum("population")
    )
    grants = BlockGrant.objects.filter(settlement__devolution_plan=plan, year=year)
    contested = Conflict.objects.filter(negotiation__devolution_plan=plan)
    return KeyFigures(
        areas=people["areas"],
        blocks=Block.objects.filter(area_plan=plan.area_plan).count(),
        population=people["population"],
        year=year,
        pence=grants.aggregate(total=Sum("pence"))["total"],
        people_in_conflict=contested.aggregate(total=Sum("people"))["total"] or 0,
    )


def plan_facts(plan: DevolutionPlan) -> PlanFacts:
    """Return what plan.json says of its making; what it does not say is empty."""
    record = plan.record
    criteria = record.get("parameters", {}).get("geographies", ())
    return PlanFacts(
        trail=tuple(record.get("trail", ())),
        bound_covers=record.get("bound_covers", ""),
        is_proven=record.get("is_proven", False),
        inputs=tuple(sorted(record.get("inputs", {}).items())),
        criteria=tuple((one["name"], one["role"], one["weight"]) for one in criteria),
        licence=record.get("licence", ""),
        attributions=tuple(record.get("attributions", ())),
        modelled=tuple(record.get("modelled", ())),
    )


def score_table(plan: DevolutionPlan) -> ScoreTable:
    """Return the plan's scores beside its baselines', in the core's order."""
    found = list(plan.scores.order_by("pk"))
    plans = tuple(dict.fromkeys(score.plan for score in found))
    values = {(score.plan, score.measure, score.geography): score.value for score in found}
    rows = [
        ScoreRow(
            measure=measure,
            geography=geography,
            values=tuple(values.get((plan, measure, geography), "") for plan in plans),
        )
        for measure, geography in dict.fromkeys((one.measure, one.geography) for one in found)
    ]
    return ScoreTable(
        plans=plans,
        whole=tuple(row for row in rows if not row.geography),
        nested=tuple(row for row in rows if row.measure == NESTED_SHARE),
    )
