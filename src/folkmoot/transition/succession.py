"""Pass functions from old bodies to new ones, on a day, and leave nobody without a commissioner.

In:        a register of today, and successions.
Out:       a new register; which functions a body has left; when it is wound up.
Rule:      a succession ends the old entry on the eve of vesting and opens the new one on the
           vesting day. There is no other way to change who is accountable.
Not here:  whether a body is ready (``transition.gates``).
Source:    docs/decisions/0021-bodies-gates-and-the-centre.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from folkmoot.readers.tables import nearest
from folkmoot.services.entries import Entry
from folkmoot.services.holders import JointArrangement
from folkmoot.services.register import Register
from folkmoot.transition.bodies import Body
from folkmoot.transition.errors import (
    FaultKind,
    RetainedFunctionError,
    SuccessionError,
    SuccessionFault,
)
from folkmoot.transition.spans import counted
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.periods import FinancialYear

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """A function that passes from one body to another, in some blocks, on a day."""

    function: FunctionCode
    blocks: tuple[BlockCode, ...]
    from_body: CommissionerCode
    to_body: CommissionerCode
    vesting_day: date
    instrument: str = "devolution plan"
    phase: str = ""
    reason: str = ""
    """Why the day is not the first of a financial year; its money is then split by days."""
    arrangement: JointArrangement | None = None
    """What the areas have agreed, where they hold the function together."""
    row: int | None = None
    """Line of the table that it was read from."""


def apply(
    register: Register,
    successions: Sequence[Succession],
    *,
    bodies: Mapping[CommissionerCode, Body] | None = None,
) -> Register:
    """Apply successions to a register; the order in which they are given changes nothing.

    Parameters
    ----------
    bodies : mapping from code to Body, optional
        With their days: a function may not pass to a body that is not there on the day.

    Raises
    ------
    SuccessionError
        With every fault; then none is applied. ``RetainedFunctionError`` when all are about
        functions that the devolution test keeps or joins.
    """
    faults = list(succession_faults(register, successions, bodies=bodies))
    if faults:
        kept = all(fault.kind in ("retained", "joint") for fault in faults)
        raise (RetainedFunctionError if kept else SuccessionError)(faults)
    held = _by_function(register)
    for one in sorted(successions, key=lambda one: (one.vesting_day, one.function)):
        entries = held[one.function]
        held[one.function] = [after for entry in entries for after in _passed(entry, one)]
    return _with(register, chain.from_iterable(held.values()))


def undo(register: Register, successions: Sequence[Succession]) -> Register:
    """Take successions back: the register is as it was before they were applied."""
    held = _by_function(register)
    for one in sorted(successions, key=lambda one: one.vesting_day, reverse=True):
        entries = held[one.function]
        opened = [entry for entry in entries if _is_opened(entry, one)]
        until = {block: entry.last_day for entry in opened for block in entry.blocks}
        held[one.function] = [back for entry in entries for back in _restored(entry, one, until)]
    return _with(register, chain.from_iterable(held.values()))


def today(register: Register) -> Register:
    """The register as if nothing passed: the holders of its first day, for ever."""
    held = [
        replace(entry, last_day=None)
        for entry in register.entries
        if entry.holds_on(register.first_day)
    ]
    return _with(register, held)


def successions_of(register: Register) -> tuple[Succession, ...]:
    """What passes in a planned register: applied to ``today``, they give it back."""
    arrangements = {(one.function, body_code(one.lead)): one for one in register.arrangements}
    found: dict[tuple[FunctionCode, CommissionerCode, CommissionerCode, date, str], list[str]]
    found = defaultdict(list)
    opened = [
        entry
        for entry in register.entries
        if entry.role == "accountable" and entry.first_day > register.first_day
    ]
    for entry in opened:
        for block in entry.blocks:
            eve = entry.first_day - ONE_DAY
            was = register.who_commissions(entry.function, block, eve)
            if was != entry.body:
                key = (entry.function, was, entry.body, entry.first_day, entry.instrument)
                found[key].append(block)
    return tuple(
        Succession(
            function=function,
            blocks=tuple(BlockCode(block) for block in sorted(blocks)),
            from_body=was,
            to_body=becomes,
            vesting_day=day,
            instrument=instrument,
            arrangement=arrangements.get((function, becomes)),
        )
        for (function, was, becomes, day, instrument), blocks in sorted(found.items())
    )


def succession_faults(
    register: Register,
    successions: Sequence[Succession],
    *,
    bodies: Mapping[CommissionerCode, Body] | None = None,
) -> Iterator[SuccessionFault]:
    """Everything that keeps successions from being applied."""
    functions = {one.code for one in register.functions}
    blocks = set(register.blocks)
    sound = []
    for one in successions:
        unknown = sorted(set(one.blocks) - blocks)
        if one.function not in functions:
            yield _fault(
                one, "unknown", "there is no such function.", nearest(one.function, functions)
            )
        elif unknown or not one.blocks:
            yield _fault(
                one,
                "unknown",
                f"{', '.join(unknown[:5])} are no blocks." if unknown else "no block is named.",
                "Use the codes of the places package.",
            )
        else:
            yield from _body_faults(one, register, bodies)
            yield from _test_faults(one, register)
            yield from _day_faults(one, register)
            sound.append(one)
    yield from _twice(sound)
    yield from _not_held(sound, register)


def remainder(
    register: Register, body: CommissionerCode, day: date
) -> dict[FunctionCode, tuple[BlockCode, ...]]:
    """The functions that a body still holds on a day, and where."""
    found: dict[FunctionCode, set[BlockCode]] = defaultdict(set)
    for entry in register.entries:
        if entry.body == body and entry.role == "accountable" and entry.holds_on(day):
            found[entry.function] |= set(entry.blocks)
    return {function: tuple(sorted(where)) for function, where in sorted(found.items())}


def wound_up(register: Register, body: CommissionerCode) -> date | None:
    """The first day on which a body that held functions holds none.

    Returns
    -------
    date or None
        None while it holds one for ever, or if it never held any.
    """
    spans = [
        (entry.first_day, entry.last_day)
        for entry in register.entries
        if entry.body == body and entry.role == "accountable"
    ]
    if not spans:
        return None
    free = (s for s in counted(spans, min(first for first, _ in spans)) if s.count == 0)
    return next((span.first_day for span in free), None)


def year_by_holder(
    register: Register,
    function: FunctionCode,
    year: FinancialYear,
    pence: Mapping[BlockCode, int],
) -> dict[CommissionerCode, int]:
    """Who has a function's money in a year: each block's sum is split by days held.

    Returns
    -------
    dict
        Pence by body; they sum to the pence of all blocks, to the penny.
    """
    found: dict[CommissionerCode, int] = defaultdict(int)
    for block, total in pence.items():
        days: dict[CommissionerCode, int] = {}
        day = year.first_day
        for turn in [*_turns(register, function, block, year), year.last_day + ONE_DAY]:
            if turn > day:
                body = register.who_commissions(function, block, day)
                days[body] = days.get(body, 0) + (turn - day).days
                day = turn
        for body, part in zip(days, apportion(total, tuple(days.values())), strict=True):
            found[body] += part
    return dict(sorted(found.items()))


def _turns(
    register: Register, function: FunctionCode, block: BlockCode, year: FinancialYear
) -> list[date]:
    """Days within a year on which a block's function passes."""
    return sorted(
        {
            entry.first_day
            for entry in register.entries
            if entry.function == function
            and entry.role == "accountable"
            and block in entry.blocks
            and year.first_day < entry.first_day <= year.last_day
        }
    )


def _by_function(register: Register) -> dict[FunctionCode, list[Entry]]:
    """The entries of a register by function."""
    held: dict[FunctionCode, list[Entry]] = {one.code: [] for one in register.functions}
    for entry in register.entries:
        held[entry.function].append(entry)
    return held


def _passed(entry: Entry, one: Succession) -> Iterator[Entry]:
    """What becomes of an entry: the blocks that pass leave it on the eve of vesting."""
    eve = one.vesting_day - ONE_DAY
    passing = _touched(entry, one)
    if not passing or not entry.holds_on(eve):
        yield entry
        return
    leaving = tuple(block for block in entry.blocks if block in passing)
    if staying := tuple(block for block in entry.blocks if block not in passing):
        yield replace(entry, blocks=staying)
    yield replace(entry, blocks=leaving, last_day=eve)
    if entry.role == "accountable":
        yield replace(
            entry,
            blocks=leaving,
            body=one.to_body,
            first_day=one.vesting_day,
            instrument=one.instrument,
        )


def _restored(
    entry: Entry, one: Succession, until: Mapping[BlockCode, date | None]
) -> Iterator[Entry]:
    """An entry before a succession: what it opened is gone, what it ended goes on."""
    where = set(one.blocks)
    if _is_opened(entry, one):
        if rest := tuple(block for block in entry.blocks if block not in where):
            yield replace(entry, blocks=rest)
        return
    back = _touched(entry, one)
    if not back or entry.last_day != one.vesting_day - ONE_DAY:
        yield entry
        return
    if rest := tuple(block for block in entry.blocks if block not in back):
        yield replace(entry, blocks=rest)
    for block in sorted(back):
        yield replace(entry, blocks=(block,), last_day=until.get(block))


def _touched(entry: Entry, one: Succession) -> set[BlockCode]:
    """The blocks of an entry whose accountable body, or whom it delegates to, gives way."""
    if entry.function != one.function or entry.role == "consulted":
        return set()
    if entry.role == "accountable" and entry.body != one.from_body:
        return set()
    return set(entry.blocks) & set(one.blocks)


def _is_opened(entry: Entry, one: Succession) -> bool:
    """Whether a succession opened an entry."""
    return (
        (entry.function, entry.body, entry.first_day)
        == (one.function, one.to_body, one.vesting_day)
        and entry.role == "accountable"
        and entry.instrument == one.instrument
        and not set(entry.blocks).isdisjoint(one.blocks)
    )


def _with(register: Register, entries: Iterable[Entry]) -> Register:
    """The register with other entries: joined where only their blocks differ, in one order."""
    joined: dict[Entry, set[BlockCode]] = defaultdict(set)
    for entry in entries:
        joined[replace(entry, blocks=())] |= set(entry.blocks)
    made = [replace(key, blocks=tuple(sorted(blocks))) for key, blocks in joined.items()]
    made.sort(key=lambda one: (one.function, one.role, one.first_day, one.body, one.blocks))
    vesting = dict.fromkeys((one.code for one in register.functions), register.first_day)
    for entry in made:
        if entry.role == "accountable":
            vesting[entry.function] = max(vesting[entry.function], entry.first_day)
    return replace(register, entries=tuple(made), vesting=vesting)


def _body_faults(
    one: Succession, register: Register, bodies: Mapping[CommissionerCode, Body] | None
) -> Iterator[SuccessionFault]:
    known = register.commissioners.keys() | (bodies or {}).keys()
    if one.to_body not in known:
        yield _fault(
            one,
            "unknown_body",
            f"'{one.to_body}' is no body.",
            "Add it to bodies.csv, or correct its code.",
        )
    elif bodies and one.to_body in bodies:
        body = bodies[one.to_body]
        if one.vesting_day < body.first_day:
            yield _fault(
                one,
                "before_body_exists",
                f"'{body.code}' begins on {body.first_day}, after {one.vesting_day}.",
                "Move the vesting day to a later 1 April, or form the body sooner.",
            )
        elif body.last_day is not None and one.vesting_day > body.last_day:
            yield _fault(
                one,
                "before_body_exists",
                f"'{body.code}' ended on {body.last_day}, before {one.vesting_day}.",
                "Name its successor.",
            )


def _test_faults(one: Succession, register: Register) -> Iterator[SuccessionFault]:
    """A retained function stays; one that areas share takes their arrangement."""
    result = register.results.get(one.function)
    kind = register.commissioners.get(one.to_body)
    if result is None or kind is None or kind.kind != "body":
        return
    if result.strongest == "retain":
        yield _fault(
            one,
            "retained",
            f"the devolution test keeps it at the centre: {result.reason}.",
            "Leave it where it is, or bring facts that change the test.",
        )
    elif result.strongest == "joint" and one.arrangement is None and _is_shared(one, register):
        yield _fault(
            one,
            "joint",
            f"areas hold it together: {result.reason}.",
            "Name the joint arrangement: its areas and the one that leads.",
        )


def _is_shared(one: Succession, register: Register) -> bool:
    """Whether the area of the new body is too small to hold a function that areas may share.

    A plan's arrangements say which areas are; without any, all are taken to be.
    """
    shared = [other for other in register.arrangements if other.function == one.function]
    return not shared or any(
        one.to_body == body_code(area) for other in shared for area in other.areas
    )


def _day_faults(one: Succession, register: Register) -> Iterator[SuccessionFault]:
    if one.vesting_day <= register.first_day:
        yield _fault(
            one,
            "day",
            f"{one.vesting_day} is not after {register.first_day}, when the register begins.",
            "Choose a later day.",
        )
    year = FinancialYear(one.vesting_day.year).first_day
    if one.vesting_day != year and not one.reason:
        yield _fault(
            one,
            "day",
            f"{one.vesting_day} is not the first of a financial year.",
            f"Write {max(year, one.vesting_day).year}-04-01 or the next, or give the reason.",
        )


def _twice(successions: Sequence[Succession]) -> Iterator[SuccessionFault]:
    """Blocks in which one function passes twice on one day."""
    seen: dict[tuple[FunctionCode, BlockCode, date], Succession] = {}
    for one in successions:
        clash = [b for b in one.blocks if (one.function, b, one.vesting_day) in seen]
        if clash:
            yield replace(
                _fault(
                    one,
                    "overlap",
                    f"it passes there twice on {one.vesting_day}.",
                    "Keep one of the two.",
                ),
                blocks=tuple(clash),
            )
        seen |= {(one.function, b, one.vesting_day): one for b in one.blocks}


def _not_held(successions: Sequence[Succession], register: Register) -> Iterator[SuccessionFault]:
    """Blocks whose function the old body does not hold on the eve, after earlier successions."""
    passes: dict[tuple[FunctionCode, BlockCode], list[Succession]] = defaultdict(list)
    for one in successions:
        for block in one.blocks:
            passes[one.function, block].append(one)
    wrong: dict[int, list[BlockCode]] = defaultdict(list)
    holders: dict[tuple[FunctionCode, BlockCode], list[Entry]] = defaultdict(list)
    functions = {one.function for one in successions}
    for entry in register.entries:
        if entry.role == "accountable" and entry.function in functions:
            for block in entry.blocks:
                holders[entry.function, block].append(entry)
    number = {id(one): at for at, one in enumerate(successions)}
    for (function, block), turns in passes.items():
        body: CommissionerCode | None = None
        for one in sorted(turns, key=lambda one: one.vesting_day):
            eve = one.vesting_day - ONE_DAY
            held = [e.body for e in holders[function, block] if e.holds_on(eve)]
            if one.from_body != (body or next(iter(held), None)):
                wrong[number[id(one)]].append(block)
            body = one.to_body
    for at, where in sorted(wrong.items()):
        one = successions[at]
        yield replace(
            _fault(
                one,
                "not_held",
                f"'{one.from_body}' does not hold it on {one.vesting_day - ONE_DAY}.",
                "Name the body that does: 'folkmoot services register' says which.",
            ),
            blocks=tuple(sorted(where)),
        )


def _fault(one: Succession, kind: FaultKind, problem: str, mend: str) -> SuccessionFault:
    return SuccessionFault(
        kind=kind,
        function=one.function,
        blocks=one.blocks,
        first_day=one.vesting_day,
        last_day=None,
        problem=problem,
        mend=mend,
        row=one.row,
    )
