"""Single commissioning bodies: each with its blocks, one accountable leader, and a cabinet.

In:        bodies, leaders and portfolios, each with its first and last day.
Out:       every fault: blocks in no body or in two, days without one leader, programmes in no
           portfolio.
Rule:      a leader is an office, a mayor or the leader of the council; no person is named.
Not here:  which functions a body holds on a day (``services.register``).
Source:    docs/decisions/0021-bodies-gates-and-the-centre.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from folkmoot.transition.errors import BodyError, CabinetError, CoverError, LeaderError
from folkmoot.transition.rules import LeaderKind, Rules, shipped_rules
from folkmoot.transition.spans import Span, counted
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.errors import Fault

BodyKind = Literal["combined_authority", "unitary"]
MemberKind = Literal["councillor", "leader"]
BODY_KINDS: tuple[BodyKind, ...] = get_args(BodyKind)
MEMBER_KINDS: tuple[MemberKind, ...] = get_args(MemberKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A single commissioning body.

    Raises
    ------
    BodyError
        If its councils do not fit its kind or its blocks, an office is missing, or it
        ends before it begins.
    """

    code: CommissionerCode
    name: str
    kind: BodyKind
    blocks: tuple[BlockCode, ...]
    constituents: Mapping[str, tuple[BlockCode, ...]]
    """The councils that form it, each with its blocks."""
    first_day: date
    last_day: date | None = None
    """None: for ever."""
    instrument: str = ""
    """The law that makes it."""
    offices: tuple[str, ...] = ("scrutiny", "audit")

    def __post_init__(self) -> None:
        if faults := list(_body_faults(self, shipped_rules())):
            raise BodyError(self.code, faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """The one accountable office of a body, for some days."""

    body: CommissionerCode
    kind: LeaderKind
    holder_title: str
    """What the office is called; never who holds it."""
    first_day: date
    last_day: date | None = None
    basis: str = ""
    """The election or vote that the office rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Programmes that one elected member of a cabinet answers for."""

    code: str
    body: CommissionerCode
    title: str
    programmes: tuple[FunctionCode, ...]
    first_day: date
    last_day: date | None = None
    held_by: str = "councillor"
    """``councillor`` or ``leader``: every member is elected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOutcome:
    """An outcome that several programmes serve, and the portfolio that owns it."""

    name: str
    programmes: tuple[FunctionCode, ...]
    owner: str | None = None
    """Code of a portfolio; None where none is named."""


def check_cover(bodies: Sequence[Body], blocks: Sequence[BlockCode], full_cover_day: date) -> None:
    """Refuse bodies that leave a block in none, or put one in two.

    Parameters
    ----------
    full_cover_day : date
        From this day on every block is in exactly one body; before it, in at most one.

    Raises
    ------
    CoverError
        With every block and its days.
    """
    if faults := list(cover_faults(bodies, blocks, full_cover_day)):
        raise CoverError("bodies", faults)


def cover_faults(
    bodies: Sequence[Body], blocks: Sequence[BlockCode], full_cover_day: date
) -> Iterator[Fault]:
    """Blocks in no body, or in two; those with the same days in one fault."""
    held: dict[BlockCode, list[Body]] = {block: [] for block in blocks}
    for body in bodies:
        for block in body.blocks:
            if block in held:
                held[block].append(body)
    start = min([full_cover_day, *(body.first_day for body in bodies)])
    alike: dict[tuple[str, str, str], list[BlockCode]] = defaultdict(list)
    for block, those in held.items():
        for span in counted([(one.first_day, one.last_day) for one in those], start):
            if span.count > 1:
                named = ", ".join(sorted(one.code for one in those if _overlaps(one, span)))
                alike["two", f"{span}", named].append(block)
            elif span.count == 0 and (span.last_day is None or span.last_day >= full_cover_day):
                first = max(span.first_day, full_cover_day)
                bare = Span(first_day=first, last_day=span.last_day, count=0)
                alike["none", f"{bare}", ""].append(block)
    unknown = sorted({block for body in bodies for block in body.blocks} - set(blocks))
    if unknown:
        yield Fault(
            file="bodies",
            column="blocks",
            problem=f"{_some(unknown)} are no blocks.",
            mend="Use the codes of the places package.",
        )
    for (kind, days, named), where in sorted(alike.items()):
        if kind == "two":
            yield Fault(
                file="bodies",
                column="blocks",
                problem=f"{days} {_some(where)} is in more than one body: {named}.",
                mend="End one the day before the other begins, or give the block to one.",
            )
        else:
            yield Fault(
                file="bodies",
                column="blocks",
                problem=f"{days} {_some(where)} is in no body.",
                mend="Add it to one; until full cover begins it may stand alone.",
            )


def check_leaders(bodies: Sequence[Body], leaders: Sequence[Leader]) -> None:
    """Refuse a body that on some day has no leader, or two.

    Raises
    ------
    LeaderError
        With every body and its days.
    """
    if faults := list(leader_faults(bodies, leaders)):
        raise LeaderError("leaders", faults)


def leader_faults(bodies: Sequence[Body], leaders: Sequence[Leader]) -> Iterator[Fault]:
    """Days on which a body has not exactly one leader."""
    of: dict[CommissionerCode, list[Leader]] = defaultdict(list)
    for leader in leaders:
        of[leader.body].append(leader)
    for body in sorted(bodies, key=lambda one: one.code):
        spans = [(one.first_day, one.last_day) for one in of.pop(body.code, [])]
        for span in counted(spans, body.first_day, body.last_day):
            if span.count != 1:
                number = "no leader" if span.count == 0 else f"{span.count} leaders"
                yield Fault(
                    file="leaders",
                    column="body",
                    problem=f"'{body.code}' has {number} {span}.",
                    mend="Exactly one office answers on each day: add it, or end one sooner.",
                )
    for code in sorted(of):
        yield Fault(
            file="leaders",
            column="body",
            problem=f"'{code}' is no body.",
            mend="Name one of bodies.csv.",
        )


def check_cabinets(
    bodies: Sequence[Body],
    portfolios: Sequence[Portfolio],
    held: Mapping[CommissionerCode, Iterable[FunctionCode]],
    day: date,
    *,
    rules: Rules | None = None,
) -> None:
    """Refuse a cabinet in which a programme that the body holds has not one portfolio.

    Parameters
    ----------
    held : mapping from body to programmes
        What each body holds on the day.

    Raises
    ------
    CabinetError
        With every programme, and each cabinet that is too large or has unelected members.
    """
    if faults := list(cabinet_faults(bodies, portfolios, held, day, rules=rules)):
        raise CabinetError("portfolios", faults)


def cabinet_faults(
    bodies: Sequence[Body],
    portfolios: Sequence[Portfolio],
    held: Mapping[CommissionerCode, Iterable[FunctionCode]],
    day: date,
    *,
    rules: Rules | None = None,
) -> Iterator[Fault]:
    """Everything wrong with the cabinets of a day."""
    limit = (rules or shipped_rules()).cabinet_limit
    for body in sorted(bodies, key=lambda one: one.code):
        here = [
            one
            for one in portfolios
            if one.body == body.code
            and one.first_day <= day
            and (one.last_day is None or day <= one.last_day)
        ]
        for programme in sorted(held.get(body.code, ())):
            named = sorted(one.code for one in here if programme in one.programmes)
            if len(named) != 1:
                given = f"several portfolios: {', '.join(named)}" if named else "no portfolio"
                yield _cabinet(
                    f"'{programme}' of '{body.code}' is in {given} on {day}.",
                    "Put it in exactly one, so that one member answers for it.",
                )
        members = 1 + sum(one.held_by == "councillor" for one in here)
        if members > limit:
            yield _cabinet(
                f"the cabinet of '{body.code}' has {members} members on {day}, the leader "
                f"included; the limit is {limit} (to check).",
                "Join portfolios.",
            )
        for one in here:
            if one.held_by not in MEMBER_KINDS:
                yield _cabinet(
                    f"portfolio '{one.code}' is held by '{one.held_by}', who is not elected.",
                    f"Write one of: {', '.join(MEMBER_KINDS)}.",
                )


def joint_warnings(
    portfolios: Sequence[Portfolio], outcomes: Sequence[JointOutcome]
) -> tuple[str, ...]:
    """Outcomes whose programmes sit in different portfolios, and that nobody owns."""
    found = []
    for outcome in outcomes:
        here = {one.code for one in portfolios if set(one.programmes) & set(outcome.programmes)}
        if len(here) > 1 and outcome.owner not in here:
            found.append(
                f"'{outcome.name}' is shared by {', '.join(sorted(here))}, and none of them owns "
                "it. Name the portfolio that answers for the outcome."
            )
    return tuple(found)


def _body_faults(body: Body, rules: Rules) -> Iterator[Fault]:
    count = len(body.constituents)
    if body.kind == "unitary" and count != 1:
        yield _body(
            body,
            "constituents",
            f"A unitary body has one council; this one has {count}.",
            "Use 'combined_authority', or merge the councils first.",
        )
    if body.kind == "combined_authority" and count < 2:
        yield _body(
            body,
            "constituents",
            f"A combined authority has two councils or more; this one has {count}.",
            "Use 'unitary', or name the other councils.",
        )
    given = sorted(block for blocks in body.constituents.values() for block in blocks)
    if given != sorted(body.blocks):
        apart = sorted(set(given) ^ set(body.blocks)) or sorted(set(given))
        yield _body(
            body,
            "blocks",
            f"its councils and its blocks differ in {_some(apart)}.",
            "Each block belongs to exactly one of its councils.",
        )
    if body.last_day is not None and body.last_day < body.first_day:
        yield _body(
            body, "last_day", f"it ends on {body.last_day}, before it begins.", "Correct a day."
        )
    for office in rules.offices:
        if office not in body.offices:
            yield _body(
                body, "offices", f"it has no {office} office.", f"Add '{office}' to its offices."
            )


def _body(body: Body, column: str, problem: str, mend: str) -> Fault:
    return Fault(file=f"body {body.code}", column=column, problem=problem, mend=mend)


def _cabinet(problem: str, mend: str) -> Fault:
    return Fault(file="portfolios", column="programmes", problem=problem, mend=mend)


def _overlaps(body: Body, span: Span) -> bool:
    return body.first_day <= span.first_day and (
        body.last_day is None or body.last_day >= span.first_day
    )


def _some(codes: Sequence[str], most: int = 5) -> str:
    more = f" and {len(codes) - most} more" if len(codes) > most else ""
    return ", ".join(codes[:most]) + more
