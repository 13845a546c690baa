"""Read functions, who hands them over to whom, what is asked first, and what deals gave already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from moothall.centre.models import (
    Commissioner,
    Deal,
    DealScore,
    DevolutionPlan,
    Function,
    Gate,
    Responsibility,
    Succession,
)

KINDS = {"body": "commissioning bodies", "local": "local bodies", "present": "present bodies"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRow:
    """A function with its holders before and after, in words."""

    function: Function
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Who passes a function to whom, in how many blocks."""

    succession: Succession
    blocks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GateGroup:
    """Functions that pass together, and what each body needs first."""

    name: str
    risk_class: str
    days: tuple[date, ...]
    areas: int
    themes: tuple[Gate, ...]
    """One a theme and level; alike for all areas unless the plan says otherwise."""


def functions_of(plan: DevolutionPlan) -> tuple[FunctionRow, ...]:
    """Every function in the order of the catalogue."""
    held = {period: _holders(plan, period) for period in ("before", "after")}
    return tuple(
        FunctionRow(
            function=one,
            before=_in_words(held["before"].get(one.pk, ())),
            after=_in_words(held["after"].get(one.pk, ())),
        )
        for one in Function.objects.filter(devolution_plan=plan)
    )


def _holders(plan: DevolutionPlan, period: str) -> dict[int, list[Commissioner]]:
    pairs = (
        Responsibility.objects.filter(function__devolution_plan=plan)
        .values("function", period)
        .annotate(blocks=Count("pk"))
    )
    known = {one.pk: one for one in Commissioner.objects.filter(devolution_plan=plan)}
    found: dict[int, list[Commissioner]] = {}
    for pair in pairs:
        found.setdefault(pair["function"], []).append(known[pair[period]])
    return found


def _in_words(holders: Sequence[Commissioner]) -> str:
    """The one holder by name, or how many of which kind there are."""
    if len(holders) == 1:
        return holders[0].name
    counted = Counter(KINDS.get(one.kind, one.kind.replace("_", " ")) for one in holders)
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counted.items())) or "nobody"


def function_by_code(plan: DevolutionPlan, code: str) -> Function | None:
    """One function of a plan."""
    return Function.objects.filter(devolution_plan=plan, code=code).first()


def handovers(function: Function) -> tuple[Handover, ...]:
    """Who hands a function over to whom, the earliest first."""
    found = Succession.objects.filter(function=function).select_related(
        "from_commissioner", "to_commissioner"
    )
    return tuple(
        Handover(succession=one, blocks=len(one.blocks.split(";")))
        for one in found.order_by("vesting_day", "to_commissioner__code", "place")
    )


def gate_groups(plan: DevolutionPlan) -> tuple[GateGroup, ...]:
    """Every group of functions, the earliest first."""
    by_group: dict[str, list[Gate]] = {}
    for gate in gates_of(plan):
        by_group.setdefault(gate.group, []).append(gate)
    made = [_group(name, gates) for name, gates in by_group.items()]
    return tuple(sorted(made, key=lambda one: (one.days, one.name)))


def _group(name: str, gates: Sequence[Gate]) -> GateGroup:
    themes = {(one.theme, one.shadow_level, one.vest_level): one for one in gates}
    return GateGroup(
        name=name,
        risk_class=", ".join(sorted({one.risk_class for one in gates})),
        days=tuple(sorted({one.vesting_day for one in gates})),
        areas=len({one.area_id for one in gates}),
        themes=tuple(themes.values()),
    )


def gates_of(plan: DevolutionPlan) -> tuple[Gate, ...]:
    """Every gate of every body, in the order of the plan."""
    return tuple(Gate.objects.filter(devolution_plan=plan).select_related("area"))


def deals_of(plan: DevolutionPlan) -> tuple[Deal, ...]:
    """Every deal, and the line by which known funds miss the printed sum."""
    return tuple(Deal.objects.filter(devolution_plan=plan))


def deal_scores_of(plan: DevolutionPlan) -> tuple[DealScore, ...]:
    """Every score, the unknown ones too."""
    return tuple(DealScore.objects.filter(deal__devolution_plan=plan).select_related("deal"))
