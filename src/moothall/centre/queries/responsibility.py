"""Read who decides in a district: its area, its body, and who is accountable for what."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from moothall.bodies.models import Area
from moothall.bodies.queries import BlockRow, OfficeRow, blocks_named, body_of, offices_of
from moothall.centre.models import Commissioner, DevolutionPlan, Responsibility

MOST_FOUND = 20
"""Districts that a search lists; a longer list helps nobody to find one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountable:
    """Who is accountable for one function in one block, before the plan and after."""

    function: str
    before: str
    after: str
    reason: str
    vesting_day: date | None
    stays: bool
    is_to_check: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who decides in one block."""

    block: BlockRow
    body: str
    offices: tuple[OfficeRow, ...]
    local: tuple[Accountable, ...]
    """Functions that a commissioning body of the plan would hold."""
    elsewhere: tuple[Accountable, ...]
    """Functions that would stay with, or go to, someone else; each with its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a search for a district found, and the answer where it found just one."""

    found: tuple[BlockRow, ...]
    answer: Answer | None


def who_decides(plan: DevolutionPlan, words: str) -> Search:
    """Search for a district by name; an exact name or a single find is answered."""
    found = blocks_named(plan.area_plan, words, limit=MOST_FOUND)
    exact = tuple(one for one in found if one.name.casefold() == words.strip().casefold())
    chosen = exact if len(exact) == 1 else found
    return Search(found=found, answer=_answer(plan, chosen[0]) if len(chosen) == 1 else None)


def _answer(plan: DevolutionPlan, block: BlockRow) -> Answer:
    body = body_of(Area.objects.get(area_plan=plan.area_plan, code=block.area_code))
    return Answer(
        block=block,
        body=body.name,
        offices=offices_of(body),
        local=_accountable(plan, block.code, by_a_body=True),
        elsewhere=_accountable(plan, block.code, by_a_body=False),
    )


def _accountable(
    plan: DevolutionPlan, block_code: str, *, by_a_body: bool
) -> tuple[Accountable, ...]:
    """Who is accountable for each function, in the catalogue's order."""
    held = Responsibility.objects.filter(
        function__devolution_plan=plan, block__area_plan=plan.area_plan, block__code=block_code
    ).select_related("function", "before", "after")
    local = Q(after__kind=Commissioner.BODY)
    found = held.filter(local if by_a_body else ~local)
    return tuple(
        Accountable(
            function=one.function.name,
            before=one.before.name,
            after=one.after.name,
            reason=one.function.reason,
            vesting_day=one.function.vesting_day,
            stays=one.before_id == one.after_id,
            is_to_check=one.function.is_to_check,
        )
        for one in found.order_by("function__place")
    )
