"""Read who decides in a district: its area, its body, and who is accountable for what."""

from dataclasses import dataclass

from moothall.bodies.models import Area
from moothall.bodies.queries import BlockRow, OfficeRow, blocks_named, body_of, offices_of
from moothall.centre.models import DevolutionPlan, Responsibility

MOST_FOUND = 20
"""Districts that a search lists; a longer list helps nobody to find one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountable:
    """Who is accountable for one function in one block, before the plan and after."""

    function: str
    stream: str
    before: str
    after: str
    result: str
    reason: str
    stays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who decides in one block."""

    block: BlockRow
    body: str
    offices: tuple[OfficeRow, ...]
    functions: tuple[Accountable, ...]


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
    return Search(
        found=found, answer=_answer(plan, chosen[0]) if len(chosen) == 1 else None
    )


def _answer(plan: DevolutionPlan, block: BlockRow) -> Answer:
    body = body_of(Area.objects.get(area_plan=plan.area_plan, code=block.area_code))
    return Answer(
        block=block,
        body=body.name,
        offices=offices_of(body),
        functions=_accountable(plan, block.code),
    )


def _accountable(plan: DevolutionPlan, block_code: str) -> tuple[Accountable, ...]:
    """Who is accountable for each function, in the catalogue's order."""
    found = Responsibility.objects.filter(
        function__devolution_plan=plan, block__area_plan=plan.area_plan, block__code=block_code
    ).select_related("function", "before", "after")
    return tuple(
        Accountable(
            function=one.function.name,
            stream=one.function.stream,
            before=one.before.name,
            after=one.after.name,
            result=one.function.result,
            reason=one.function.reason,
            stays=one.before_id == one.after_id,
        )
        for one in found.order_by("function__place")
    )
