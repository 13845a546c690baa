"""How area plans and bodies move, and what must hold when they do."""

from collections import Counter

from moothall.bodies.models import Area, AreaPlan, Block, Body, Office
from moothall.records.models import NEW
from moothall.records.moves import Move, Proposal

_CENTRE = frozenset({"centre"})

MOVES = (
    Move(
        entity="bodies.areaplan",
        origin=NEW,
        to=AreaPlan.DRAFT,
        roles=_CENTRE,
        guards=("each block in one area", "each area has a block"),
    ),
    Move(entity="bodies.areaplan", origin=AreaPlan.DRAFT, to=AreaPlan.WITHDRAWN, roles=_CENTRE),
    Move(
        entity="bodies.body",
        origin=NEW,
        to=Body.CONSTITUTED,
        roles=_CENTRE,
        guards=("one leader",),
    ),
    Move(entity="bodies.body", origin=Body.CONSTITUTED, to=Body.WOUND_UP, roles=_CENTRE),
)

FINAL = frozenset({("bodies.areaplan", AreaPlan.WITHDRAWN), ("bodies.body", Body.WOUND_UP)})


def each_block_in_one_area(proposal: Proposal) -> str | None:
    """Hold that no block is placed twice."""
    codes = Counter(part.code for part in proposal.parts if isinstance(part, Block))
    twice = sorted(code for code, times in codes.items() if times > 1)
    if not twice:
        return None
    return f"block(s) {', '.join(twice)} stand in two areas. Place each block once."


def each_area_has_a_block(proposal: Proposal) -> str | None:
    """Hold that no area is empty of land."""
    placed = {part.area.code for part in proposal.parts if isinstance(part, Block)}
    areas = {part.code for part in proposal.parts if isinstance(part, Area)}
    empty = sorted(areas - placed)
    if areas and not empty:
        return None
    return f"area(s) {', '.join(empty) or '(none at all)'} have no block. Give each at least one."


def one_leader(proposal: Proposal) -> str | None:
    """Hold that a body has exactly one leader's office."""
    kinds = [part.kind for part in proposal.parts if isinstance(part, Office)]
    leaders = kinds.count(Office.Kind.LEADER)
    if leaders == 1:
        return None
    return f"the body would have {leaders} leader's offices. Give it exactly one."


GUARDS = {
    "each block in one area": each_block_in_one_area,
    "each area has a block": each_area_has_a_block,
    "one leader": one_leader,
}
