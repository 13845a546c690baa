"""The ledger of a settlement: every pound from the Treasury to whoever holds it, and why.

In:        a settlement; for what happens later, the day on which functions vest, or what was
           attained.
Out:       double entries, sorted; as rows of ``ledger.csv``.
Rule:      the Treasury appropriates; the centre passes all of it on. In each stream and
           year the bodies and the pots that hold their money make the quantum.
Not here:  what is given (``settlement``); moves between streams (``virement``); areas that
           change (``boundary``); the routes to programmes (``services.flow``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from folkmoot.funding.outcome_share import OutcomeShare, at_risk, outcome_share
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
LEDGER_COLUMNS = ("year", "stream", "from", "to", "pence", "cause", "reference", "label")

ASIDE: Mapping[LineKind, HolderCode] = {
    "admin_saving": SAVINGS,
    "contingency": CONTINGENCY,
    "national_top_slice": RETAINED,
}
"""Where each kind of line goes that no area gets."""

Vested = Mapping[tuple[AreaCode, StreamCode], date]
"""First day on which an area's body has a stream; before the settlement where left out."""
Attained = Mapping[tuple[AreaCode, StreamCode, FinancialYear], Mapping[str, Fraction]]
"""Part of each outcome that was reached, by measure; not yet assessed where left out."""


def settlement_ledger(settlement: Settlement, *, vested: Vested | None = None) -> Ledger:
    """Write a settlement as double entries.

    Parameters
    ----------
    vested : mapping, optional
        When each body comes to hold a stream. Before that day the grant stays with the
        stream's present commissioner; a year is split by days, and an odd penny goes to
        the new body.

    Examples
    --------
    In each stream and year what the holders of grants keep is the quantum::

        kept = Ledger.of(one for one in ledger.entries if ...).balances()
    """
    return Ledger.of(
        entry
        for one in settlement.stream_years
        for entry in (
            *_appropriated(one),
            *_granted(settlement, one, vested or {}),
        )
    )


def part_held(year: FinancialYear, vesting_day: date) -> Fraction:
    """Part of a year for which a body holds what vests on a day.

    Examples
    --------
    >>> part_held(FinancialYear(2026), date(2026, 10, 1))
    Fraction(182, 365)
    """
    days = (year.last_day - year.first_day).days + 1
    held_days = (year.last_day - vesting_day).days + 1
    return Fraction(min(max(held_days, 0), days), days)


def present_holder(stream: StreamCode) -> HolderCode:
    """Who holds a stream's money until it vests."""
    return HolderCode(f"present-{stream}")


def _entries(
    stream: StreamCode,
    year: FinancialYear,
    moves: Iterable[tuple[HolderCode, HolderCode, int, str, str]],
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


def _granted(settlement: Settlement, one: StreamYear, vested: Vested) -> Iterator[Entry]:
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
            day = vested.get((area, one.stream.code), one.year.first_day)
            new, old = split_at_vesting(pence - risked, part_held(one.year, day))
            yield CENTRE, HolderCode(body_code(area)), new, "grant", formula
            yield CENTRE, present_holder(one.stream.code), old, "not yet vested", area
            yield CENTRE, PENDING, risked, "at risk for outcomes", area

    return _entries(one.stream.code, one.year, moves())


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What became of one area's money at risk in one stream and year."""

    area: AreaCode
    stream: StreamCode
    year: FinancialYear
    share: OutcomeShare

    def entries(self) -> Iterator[Entry]:
        """What is released, and what stays in the stream; what is pending does not move."""
        moves = (
            (PENDING, HolderCode(body_code(self.area)), self.share.released, "outcome reached"),
            (PENDING, STABILITY, self.share.stability_pot, "outcome missed"),
        )
        return _entries(self.stream, self.year, ((*move, self.area) for move in moves))


def assess(settlement: Settlement, attained: Attained) -> tuple[Assessed, ...]:
    """Release every area's money at risk in proportion to what it attained.

    Areas, streams and years with nothing at risk are left out.

    Raises
    ------
    AttainmentError
        If an attainment lies outside 0 to 1, or belongs to no measure of its stream.
    """
    found = (
        Assessed(
            area=area,
            stream=one.stream.code,
            year=one.year,
            share=outcome_share(
                one.allocations.closing[at],
                area=area,
                entitlement=one.allocations.entitlements[at],
                share=one.stream.outcome_share,
                weights=one.stream.outcome_weights,
                attainments=attained.get((area, one.stream.code, one.year), {}),
            ),
        )
        for one in settlement.stream_years
        for at, area in enumerate(settlement.areas)
    )
    return tuple(one for one in found if one.share.at_risk)


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
