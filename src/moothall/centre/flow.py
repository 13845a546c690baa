"""How devolution plans, settlements and negotiations move, and what must hold when they do."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Model

from moothall.centre.models import (
    Allocation,
    BlockGrant,
    Conflict,
    DevolutionPlan,
    Negotiation,
    NegotiationOption,
    Quantum,
    Settlement,
)
from moothall.records.models import NEW
from moothall.records.moves import Move, Proposal

_CENTRE = frozenset({"centre"})

MOVES = (
    Move(entity="centre.devolutionplan", origin=NEW, to=DevolutionPlan.CONSTITUTED, roles=_CENTRE),
    Move(
        entity="centre.devolutionplan",
        origin=DevolutionPlan.CONSTITUTED,
        to=DevolutionPlan.REPLACED,
        roles=_CENTRE,
    ),
    Move(
        entity="centre.settlement",
        origin=NEW,
        to=Settlement.DRAFT,
        roles=_CENTRE,
        guards=("adds up to the quantum", "block grants are sums"),
    ),
    Move(
        entity="centre.settlement",
        origin=Settlement.DRAFT,
        to=Settlement.WITHDRAWN,
        roles=_CENTRE,
    ),
    Move(
        entity="centre.negotiation",
        origin=NEW,
        to=Negotiation.OPEN,
        roles=_CENTRE,
        guards=("something to choose",),
    ),
    Move(
        entity="centre.negotiation",
        origin=Negotiation.OPEN,
        to=Negotiation.WITHDRAWN,
        roles=_CENTRE,
    ),
)

FINAL = frozenset(
    {
        ("centre.devolutionplan", DevolutionPlan.REPLACED),
        ("centre.settlement", Settlement.WITHDRAWN),
        ("centre.negotiation", Negotiation.WITHDRAWN),
    }
)


def adds_up_to_the_quantum(proposal: Proposal) -> str | None:
    """Hold that each stream's allocations are its quantum in every year, to the penny."""
    quanta = {(p.stream.code, p.year): p.pence for p in proposal.parts if isinstance(p, Quantum)}
    given: Counter[tuple[str, str]] = Counter()
    for allocation in _allocations(proposal.parts):
        given[allocation.stream.code, allocation.year] += allocation.pence
    wrong = [
        f"{stream} in {year} is {given[stream, year] - quanta.get((stream, year), 0):+d} pence out"
        for stream, year in sorted(quanta.keys() | given.keys())
        if given[stream, year] != quanta.get((stream, year), 0)
    ]
    if quanta and not wrong:
        return None
    return f"{'; '.join(wrong) or 'there is no quantum'}. Settle it again from the formula."


def block_grants_are_sums(proposal: Proposal) -> str | None:
    """Hold that each block grant is what the area's streams come to."""
    sums: Counter[tuple[str, str]] = Counter()
    for allocation in _allocations(proposal.parts):
        sums[allocation.area.code, allocation.year] += allocation.pence
    grants = {
        (part.area.code, part.year): part.pence
        for part in proposal.parts
        if isinstance(part, BlockGrant)
    }
    wrong = sorted(
        f"{area} in {year}"
        for area, year in sums.keys() | grants.keys()
        if grants.get((area, year)) != sums[area, year]
    )
    if not wrong:
        return None
    return f"the block grant of {', '.join(wrong)} is not the sum of its streams. Add it again."


def something_to_choose(proposal: Proposal) -> str | None:
    """Hold that a negotiation has blocks in conflict and at least one option."""
    kinds = {type(part) for part in proposal.parts}
    if {Conflict, NegotiationOption} <= kinds:
        return None
    return "a negotiation needs a block in conflict and an option. Add what is missing."


def _allocations(parts: Sequence[Model]) -> list[Allocation]:
    return [part for part in parts if isinstance(part, Allocation)]


GUARDS = {
    "adds up to the quantum": adds_up_to_the_quantum,
    "block grants are sums": block_grants_are_sums,
    "something to choose": something_to_choose,
}
