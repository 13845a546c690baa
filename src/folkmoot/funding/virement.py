"""Virement: moves from one stream of a block grant to another, as balanced ledger entries.

In:        a settlement and the moves that bodies decided.
Out:       double entries; or, for each move that may not be, why.
Rule:      a grant is not ring-fenced, but entitlements and what waits for outcomes stay in
           their stream, and so does what the formula's ``virement_ratio`` keeps there, where it
           has one. Moves out of one grant count together, and what comes in opens no more room.
Not here:  what is given (``settlement``); reading a table of moves (``decision_tables``).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor

from folkmoot.funding.errors import VirementError
from folkmoot.funding.outcome_share import at_risk
from folkmoot.funding.settlement import Settlement
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import AreaCode, HolderCode, StreamCode
from folkmoot.vocabulary.ledger import Entry, Ledger
from folkmoot.vocabulary.money import in_pounds
from folkmoot.vocabulary.periods import FinancialYear

VIREMENT = HolderCode("virement")
"""What has left one stream for another; nothing over all streams of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Virement:
    """One body's decision to move money from one stream to another."""

    area: AreaCode
    year: FinancialYear
    from_stream: StreamCode
    to_stream: StreamCode
    pence: int
    decider: str
    """Who decided, as in the minutes."""
    reason: str

    @property
    def reference(self) -> str:
        """What the ledger says of it."""
        return f"{self.decider}: {self.reason}"

    def entries(self) -> Iterator[Entry]:
        """Out of one stream and into the other."""
        body = HolderCode(body_code(self.area))
        for stream, from_holder, to_holder in (
            (self.from_stream, body, VIREMENT),
            (self.to_stream, VIREMENT, body),
        ):
            yield Entry(
                year=self.year,
                stream=stream,
                from_holder=from_holder,
                to_holder=to_holder,
                pence=self.pence,
                cause="virement",
                reference=self.reference,
            )


def vire(settlement: Settlement, moves: Sequence[Virement]) -> Ledger:
    """Write virements as double entries.

    Raises
    ------
    VirementError
        With every move that may not be.
    CellError
        If the settlement has no such area, stream or year.
    """
    refused = refusals(settlement, moves)
    if refused:
        raise VirementError([problem for _, problem in refused])
    return Ledger.of(entry for move in moves for entry in move.entries())


def refusals(settlement: Settlement, moves: Sequence[Virement]) -> list[tuple[int, str]]:
    """Every move that may not be: its position, and why."""
    found = []
    moved: Counter[tuple[AreaCode, StreamCode, FinancialYear]] = Counter()
    for at, move in enumerate(moves):
        key = (move.area, move.from_stream, move.year)
        settlement.find(move.to_stream, str(move.year))
        left = free(settlement, *key) - moved[key]
        problem = _problem(move, left)
        if problem:
            found.append((at, problem))
        else:
            moved[key] += move.pence
    return found


def _problem(move: Virement, left: int) -> str:
    what = f"{in_pounds(move.pence)} cannot leave '{move.from_stream}' of {move.area}"
    if move.from_stream == move.to_stream:
        return f"{what}: it would stay in the same stream"
    if not move.decider or not move.reason:
        return f"{what}: nobody is named who decided, or no reason is given"
    if move.pence <= 0:
        return f"{what}: a move is more than nothing; swap the streams to move money back"
    if move.pence > left:
        return f"{what} in {move.year}: {in_pounds(max(left, 0))} of it is free to move"
    return ""


def free(settlement: Settlement, area: AreaCode, stream: StreamCode, year: FinancialYear) -> int:
    """What a body may move out of one grant. Unit: pence.

    Raises
    ------
    CellError
        If the settlement has no such area, stream or year.
    """
    at, found = settlement.position(area), settlement.find(stream, str(year))
    grant, owed = found.allocations.closing[at], found.allocations.entitlements[at]
    risked = at_risk(grant, entitlement=owed, share=found.stream.outcome_share)
    most = settlement.formula.head.virement_ratio
    above_promises = max(0, grant - owed - risked)
    return above_promises if most is None else min(above_promises, floor(grant * most))
