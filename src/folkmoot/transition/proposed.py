"""The bodies that a plan proposes: councils, a leader's office, and portfolios, as a first draft.

In:        an area plan and its places, the register and the timetable drawn up for it.
Out:       one body an area, its leader's office, and portfolios in which every function that it
           will hold sits exactly once. Areas change all of it: its tables are a transition's.
Rule:      a draft leader is one of the councils' leaders, which asks for no referendum; an area
           may choose a mayor. What no portfolio names is the leader's own.
Not here:  whether bodies, leaders and cabinets are sound (``transition.bodies``).
Source:    docs/decisions/0021-bodies-gates-and-the-centre.md.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from folkmoot.services.register import Register
from folkmoot.transition.bodies import Body, Leader, Portfolio
from folkmoot.transition.rules import Draft, shipped_rules
from folkmoot.transition.timetable import Timetable
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import AreaCode, BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A draft of every body, its leader's office and its cabinet."""

    bodies: tuple[Body, ...]
    leaders: tuple[Leader, ...]
    portfolios: tuple[Portfolio, ...]


def proposed_bodies(
    plan: AreaPlan, places: Places, register: Register, timetable: Timetable
) -> Proposed:
    """Draft the bodies of a plan.

    Notes
    -----
    Councils are the upper tier of the package, where it has that geography; else each block is
    taken for one. An upper tier that areas share is a council of each, with its blocks there.
    """
    draft = shipped_rules().draft
    councils = _councils(plan, places, draft.council_geography)
    begins = _first_days(timetable)
    holds = _held(register)
    bodies: list[Body] = []
    leaders: list[Leader] = []
    portfolios: list[Portfolio] = []
    for area in sorted(plan.areas):
        body, constituents = body_code(area), councils[area]
        first = begins.get(area, timetable.start)
        bodies.append(
            Body(
                code=body,
                name=register.commissioners[body].name,
                kind="unitary" if len(constituents) == 1 else "combined_authority",
                blocks=tuple(sorted(block for some in constituents.values() for block in some)),
                constituents=constituents,
                first_day=first,
                instrument=draft.instrument,
            )
        )
        leaders.append(
            Leader(
                body=body,
                kind=draft.leader,
                holder_title=draft.leader_title,
                first_day=first,
                basis=draft.leader_basis,
            )
        )
        portfolios += _portfolios(body, holds[body], first, draft)
    return Proposed(bodies=tuple(bodies), leaders=tuple(leaders), portfolios=tuple(portfolios))


def _councils(
    plan: AreaPlan, places: Places, geography: str
) -> dict[AreaCode, dict[str, tuple[BlockCode, ...]]]:
    """The councils of each area, by name, each with its blocks there."""
    found = places.geographies.get(geography)
    names = list(places.blocks.names)
    if found is not None:
        largest = found.dominant(len(names)).tolist()
        names = [
            found.names[at] if at >= 0 else name for at, name in zip(largest, names, strict=True)
        ]
    grouped: dict[AreaCode, dict[str, list[BlockCode]]] = defaultdict(lambda: defaultdict(list))
    for block, at, name in zip(plan.blocks, plan.area_of.tolist(), names, strict=True):
        grouped[plan.areas[at]][name].append(block)
    return {
        area: {name: tuple(sorted(blocks)) for name, blocks in sorted(by_name.items())}
        for area, by_name in grouped.items()
    }


def _first_days(timetable: Timetable) -> dict[AreaCode, date]:
    """The day after each area's body has been formed."""
    return {
        one.task.area: one.last_day + timedelta(days=1)
        for one in timetable.dated
        if one.task.kind == "form" and one.task.area is not None
    }


def _held(register: Register) -> dict[CommissionerCode, set[FunctionCode]]:
    """What each body will hold somewhere."""
    found: dict[CommissionerCode, set[FunctionCode]] = defaultdict(set)
    for function, holders in register.holdings("after").items():
        for holder in set(holders):
            found[holder].add(function)
    return found


def _portfolios(
    body: CommissionerCode, held: set[FunctionCode], first: date, draft: Draft
) -> Iterator[Portfolio]:
    """The shipped portfolios as far as the body holds their functions; the rest is the leader's."""
    named = {function for one in draft.portfolios for function in one.functions}
    rest = tuple(sorted(held - named))
    for one in draft.portfolios:
        programmes = tuple(function for function in one.functions if function in held)
        if programmes:
            yield Portfolio(
                code=one.code, body=body, title=one.title, programmes=programmes, first_day=first
            )
    if rest:
        title = draft.leader_title
        yield Portfolio(
            code="leader",
            body=body,
            title=title,
            programmes=rest,
            first_day=first,
            held_by="leader",
        )
