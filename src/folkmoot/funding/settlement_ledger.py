"""The ledger of a settlement: every pound from the Treasury to whoever holds it, and why.

In:        a settlement; for what happens later, the part of a year that has vested, an
           outcome share, or a decision to vire.
Out:       double entries, sorted; as rows of ``ledger.csv``.
Rule:      the Treasury appropriates; the centre passes all of it on. In each stream and
           year the bodies and the pots that hold their money make the quantum.
Not here:  what is given (``settlement``); areas that change (``boundary``); the routes to
           programmes (``services.flow``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from folkmoot.funding.errors import VirementError
from folkmoot.funding.outcome_share import OutcomeShare, at_risk
from folkmoot.funding.quantum import LineKind
from folkmoot.funding.settlement import Settlement, StreamYear
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import AreaCode, HolderCode, StreamCode
from folkmoot.vocabulary.ledger import (
    RETAINED,
    SAVINGS,
    TREASURY,
    Entry,
    Ledger,
    split_at_vesting,
)
from folkmoot.vocabulary.periods import FinancialYear

CENTRE = HolderCode("centre")
"""The Funding Commission, which passes on all that it gets."""
CONTINGENCY = HolderCode("contingency")
PENDING = HolderCode("pending")
"""Money that waits for outcomes to be assessed."""
STABILITY = HolderCode("stability")
"""Money that was not earned, and stays in its stream."""
VIREMENT = HolderCode("virement")
"""What has left one stream for another; nothing over all streams of a year."""

LEDGER_COLUMNS = ("year", "stream", "from", "to", "pence", "cause", "reference", "label")

ASIDE: Mapping[LineKind, HolderCode] = {
    "admin_saving": SAVINGS,
    "contingency": CONTINGENCY,
    "national_top_slice": RETAINED,
}
"""Where each kind of line goes that no area gets."""

Vested = Mapping[tuple[StreamCode, FinancialYear], Fraction]
"""Part of a year in which the bodies have a stream; all of it where left out."""


def settlement_ledger(settlement: Settlement, *, vested: Vested | None = None) -> Ledger:
    """Write a settlement as double entries.

    Parameters
    ----------
    vested : mapping, optional
        Part of a year, from 0 to 1, in which the new bodies hold a stream. The rest of
        each grant stays with the stream's present commissioner; an odd penny goes to the
        new body.

    Examples
    --------
    In each stream and year what the holders of grants keep is the quantum::

        kept = Ledger.of(one for one in ledger.entries if ...).balances()
    """
    shares = vested or {}
    return Ledger.of(
        entry
        for one in settlement.stream_years
        for entry in (
            *_appropriated(one),
            *_granted(settlement, one, shares.get((one.stream.code, one.year), Fraction(1))),
        )
    )


def present_holder(stream: StreamCode) -> HolderCode:
    """Who holds a stream's money until it vests."""
    return HolderCode(f"present-{stream}")


def _entries(
    stream: StreamCode,
    year: FinancialYear,
    moves: Iterator[tuple[HolderCode, HolderCode, int, str, str]],
) -> Iterator[Entry]:
    """Entries of one stream and year; none where no money moves."""
    for from_holder, to_holder, pence, cause, reference in moves:
        if pence:
            yield Entry(
                year=year,
                stream=stream,
                from_holder=from_holder,
                to_holder=to_holder,
                pence=pence,
                cause=cause,
                reference=reference,
            )


def _appropriated(one: StreamYear) -> Iterator[Entry]:
    """From the Treasury to the centre, and aside what no area gets."""

    def moves() -> Iterator[tuple[HolderCode, HolderCode, int, str, str]]:
        published = one.quantum.published
        told = f"{published.text} for {published.year}".strip()
        yield TREASURY, CENTRE, one.quantum.uplifted, "appropriation", told
        for line in one.quantum.lines:
            if line.kind == "reinvested_saving":
                yield SAVINGS, CENTRE, line.pence, "reinvested saving", line.name
            elif line.kind in ASIDE:
                cause = line.kind.replace("_", " ")
                yield CENTRE, ASIDE[line.kind], line.pence, cause, line.name

    return _entries(one.stream.code, one.year, moves())


def _granted(settlement: Settlement, one: StreamYear, vested: Fraction) -> Iterator[Entry]:
    """From the centre to the bodies, with what waits for outcomes beside it."""

    def moves() -> Iterator[tuple[HolderCode, HolderCode, int, str, str]]:
        formula = settlement.formula.version
        for area, pence, owed in zip(
            settlement.areas,
            one.allocations.closing,
            one.allocations.entitlements,
            strict=True,
        ):
            risked = at_risk(pence, entitlement=owed, share=one.stream.outcome_share)
            new, old = split_at_vesting(pence - risked, vested)
            yield CENTRE, HolderCode(body_code(area)), new, "grant", formula
            yield CENTRE, present_holder(one.stream.code), old, "not yet vested", area
            yield CENTRE, PENDING, risked, "at risk for outcomes", area

    return _entries(one.stream.code, one.year, moves())


def assessed(
    outcome: OutcomeShare, *, area: AreaCode, stream: StreamCode, year: FinancialYear
) -> tuple[Entry, ...]:
    """What becomes of an area's money at risk once outcomes are assessed."""
    moves = (
        (PENDING, HolderCode(body_code(area)), outcome.released, "outcome reached", area),
        (PENDING, STABILITY, outcome.stability_pot, "outcome missed", area),
    )
    return tuple(_entries(stream, year, iter(moves)))


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


def vire(settlement: Settlement, moved: Virement, *, most: Fraction | None = None) -> Ledger:
    """Write a virement as double entries.

    Grants are not ring-fenced: a body may move all of a grant but its entitlements and
    what waits for outcomes.

    Parameters
    ----------
    most : Fraction, optional
        Greatest part of the grant that may leave its stream; no limit when left out.

    Raises
    ------
    VirementError
        If nobody decided, no reason is given, or more is moved than may be.
    CellError
        If the settlement has no such area, stream or year.
    """
    at = settlement.position(moved.area)
    found = settlement.find(moved.from_stream, str(moved.year))
    settlement.find(moved.to_stream, str(moved.year))
    grant, owed = found.allocations.closing[at], found.allocations.entitlements[at]
    free = grant - owed - at_risk(grant, entitlement=owed, share=found.stream.outcome_share)
    if most is not None:
        free = min(free, floor(grant * most))
    if not 0 < moved.pence <= free or moved.from_stream == moved.to_stream:
        raise VirementError(moved.area, moved.from_stream, moved.pence, free)
    if not moved.decider or not moved.reason:
        raise VirementError(moved.area, moved.from_stream, 0, free)
    body = HolderCode(body_code(moved.area))
    out = iter([(body, VIREMENT, moved.pence, "virement", moved.reference)])
    into = iter([(VIREMENT, body, moved.pence, "virement", moved.reference)])
    return Ledger.of(
        (
            *_entries(moved.from_stream, moved.year, out),
            *_entries(moved.to_stream, moved.year, into),
        )
    )


def held(ledger: Ledger) -> dict[tuple[FinancialYear, StreamCode], int]:
    """What bodies and the pots of their streams hold, by year and stream. Unit: pence.

    Equal to the quantum in every stream and year; the law of the ledger.
    """
    beside = {TREASURY, CENTRE, SAVINGS, CONTINGENCY, RETAINED}
    found: dict[tuple[FinancialYear, StreamCode], int] = {}
    for entry in ledger.entries:
        key = (entry.year, entry.stream)
        gained = (entry.to_holder not in beside) - (entry.from_holder not in beside)
        found[key] = found.get(key, 0) + gained * entry.pence
    return found


def ledger_rows(settlement: Settlement, ledger: Ledger) -> Iterator[tuple[str | int, ...]]:
    """Every entry with the words that its figure must carry: ``ledger.csv``."""
    labels = {(one.stream.code, one.year): one.label for one in settlement.stream_years}
    for entry in ledger.entries:
        yield (
            str(entry.year),
            entry.stream,
            entry.from_holder,
            entry.to_holder,
            entry.pence,
            entry.cause,
            entry.reference,
            labels[entry.stream, entry.year],
        )
