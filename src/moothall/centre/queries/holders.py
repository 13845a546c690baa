"""Read who holds what, before the plan and after it: by function, and block by block."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Sum

from moothall.centre.models import Commissioner, DevolutionPlan, Function, Responsibility

_KINDS = {
    Commissioner.BODY: ("commissioning body", "commissioning bodies"),
    "local": ("local body", "local bodies"),
}
"""What holders of one kind are called where there are several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRow:
    """One function with its holders, in words."""

    code: str
    name: str
    result: str
    reason: str
    source: str
    before: str
    after: str
    vesting_day: date | None
    """None where nobody takes it over."""
    is_to_check: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """What passes from one holder to another, or stays: how many blocks, and whose residents."""

    before: str
    after: str
    stays: bool
    blocks: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who holds one function in one block, as the files hold it."""

    function: str
    block: str
    block_name: str
    area: str
    before: str
    after: str
    vesting_day: date | None


def functions_of(plan: DevolutionPlan) -> tuple[FunctionRow, ...]:
    """Return every function, in the order of the catalogue."""
    before, after = (_holders(plan, period) for period in ("before", "after"))
    moving = set(
        Responsibility.objects.filter(function__devolution_plan=plan)
        .exclude(before=F("after"))
        .values_list("function_id", flat=True)
        .distinct()
    )
    return tuple(
        FunctionRow(
            code=one.code,
            name=one.name,
            result=one.result.replace("_", " "),
            reason=one.reason,
            source=one.source,
            before=_in_words(before[one.pk]),
            after=_in_words(after[one.pk]),
            vesting_day=one.vesting_day if one.pk in moving else None,
            is_to_check=one.is_to_check,
        )
        for one in Function.objects.filter(devolution_plan=plan)
    )


def function_by_code(plan: DevolutionPlan, code: str) -> FunctionRow | None:
    """Return one function; None if the plan has none of that code."""
    return next((one for one in functions_of(plan) if one.code == code), None)


def passings_of(plan: DevolutionPlan, code: str) -> tuple[Passing, ...]:
    """Return from whom to whom a function passes, the most residents first."""
    found = (
        Responsibility.objects.filter(function__devolution_plan=plan, function__code=code)
        .values("before_id", "before__name", "after_id", "after__name")
        .annotate(blocks=Count("pk"), people=Sum("block__population"))
        .order_by("-people", "before__name", "after__name")
    )
    return tuple(
        Passing(
            before=row["before__name"],
            after=row["after__name"],
            stays=row["before_id"] == row["after_id"],
            blocks=row["blocks"],
            people=row["people"],
        )
        for row in found
    )


def register_rows(plan: DevolutionPlan) -> tuple[Held, ...]:
    """Return every function in every block, in the order of the catalogue."""
    found = Responsibility.objects.filter(function__devolution_plan=plan).values_list(
        *("function__code", "block__code", "block__name", "block__area__code"),
        *("before__name", "after__name", "function__vesting_day"),
    )
    return tuple(
        Held(
            function=row[0],
            block=row[1],
            block_name=row[2],
            area=row[3],
            before=row[4],
            after=row[5],
            vesting_day=row[6] if row[4] != row[5] else None,
        )
        for row in found.order_by("function__place", "block__code")
    )


def _holders(plan: DevolutionPlan, period: str) -> dict[int, list[tuple[str, str]]]:
    """Name and kind of every holder of each function, by the function's key."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = (
        Responsibility.objects.filter(function__devolution_plan=plan)
        .values_list("function_id", f"{period}__name", f"{period}__kind")
        .distinct()
        .order_by("function_id", f"{period}__name")
    )
    for function, name, kind in rows:
        found[function].append((name, kind))
    return found


def _in_words(holders: list[tuple[str, str]]) -> str:
    """The one holder by its name, or how many of which kind there are."""
    if len(holders) == 1:
        return holders[0][0]
    counted = Counter(_KINDS.get(kind, (name, name)) for name, kind in holders)
    return ", ".join(
        f"{number} {many}" if number > 1 else one for (one, many), number in counted.items()
    )
