"""How the money runs before and after: one ledger each, from the same catalogue.

In:        a catalogue, and one year's grants by area and stream.
Out:       two ledgers from the Treasury to programmes; only their routes differ.
Rule:      every holder between the Treasury and the programmes passes on what it gets;
           what leaves the Treasury before leaves it after; what administration no longer
           costs has a holder of its own. A printed sum's rounding stands beside the ledgers
           (``Catalogue.rounding``) and is never shared.
Not here:  how much each area gets (``funding``); drawing (``exhibits``).
Source:    docs/decisions/0007-who-is-accountable.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise

from folkmoot.services.catalogue import Catalogue
from folkmoot.services.errors import FlowError
from folkmoot.vocabulary.bodies import Commissioner, CommissionerKind, body_code
from folkmoot.vocabulary.codes import AreaCode, CommissionerCode, HolderCode, StreamCode
from folkmoot.vocabulary.ledger import RETAINED, TREASURY, Entry, Ledger
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.periods import FinancialYear

ADMINISTRATION = HolderCode("administration-change")
"""What administration costs today and no longer after; zero unless a plan declares it."""

LAYERS: Mapping[CommissionerKind, int] = {
    "treasury": 1,
    "department": 2,
    "centre": 2,
    "national": 3,
    "local": 4,
    "body": 4,
}
PROGRAMMES = 5
"""The layer of programmes, and of what else money ends in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A holder of money, as a chart or table shows it."""

    code: HolderCode
    name: str
    layer: int
    """1 Treasury, 2 departments, 3 national and 4 local commissioners, 5 programmes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFlow:
    """One year's money, by the routes of today and by those of the plan."""

    year: FinancialYear
    before: Ledger
    after: Ledger
    holders: Mapping[HolderCode, Holder]

    def __post_init__(self) -> None:
        ends = {code for code, holder in self.holders.items() if holder.layer == PROGRAMMES}
        for ledger in (self.before, self.after):
            check_passed_on(ledger, {TREASURY, *ends})
        before, after = (one.paid().get(TREASURY, 0) for one in (self.before, self.after))
        if before != after:
            raise FlowError(TREASURY, before, after)

    @property
    def pence(self) -> int:
        """What leaves the Treasury, before and after."""
        return self.before.paid().get(TREASURY, 0)

    def once(self, vested: Collection[StreamCode]) -> Ledger:
        """The ledger of a day: streams that have vested by the plan's routes, others by today's.

        A stream's money moves when the last of its functions vests: what each function
        costs is not published, so it cannot move in parts.
        """
        return Ledger.of(
            [entry for entry in self.before.entries if entry.stream not in vested]
            + [entry for entry in self.after.entries if entry.stream in vested]
        )


def check_passed_on(ledger: Ledger, ends: set[HolderCode]) -> None:
    """Refuse a ledger in which a holder keeps money, or passes on more than it gets.

    Raises
    ------
    FlowError
        Naming the first such holder that is not among ``ends``.
    """
    received, paid = ledger.received(), ledger.paid()
    for holder, balance in ledger.balances().items():
        if balance and holder not in ends:
            raise FlowError(holder, received.get(holder, 0), paid.get(holder, 0))


def vested_streams(
    vesting: Iterable[tuple[StreamCode, date]], day: date
) -> tuple[tuple[StreamCode, ...], tuple[StreamCode, ...]]:
    """The streams of which every function has vested by a day, and those of which only some.

    Parameters
    ----------
    vesting
        The stream of each function, empty where no grant pays for it, and its vesting day.

    Examples
    --------
    >>> days = [("health", date(2031, 4, 1)), ("health", date(2033, 4, 1)),
    ...         ("skills", date(2031, 4, 1))]
    >>> vested_streams(days, date(2031, 4, 1))
    (('skills',), ('health',))
    """
    have: dict[StreamCode, list[bool]] = {}
    for stream, first_day in vesting:
        if stream:
            have.setdefault(stream, []).append(first_day <= day)
    return (
        tuple(stream for stream, found in sorted(have.items()) if all(found)),
        tuple(stream for stream, found in sorted(have.items()) if any(found) and not all(found)),
    )


def hops(ledger: Ledger) -> Fraction:
    """How many hands a pound passes from the Treasury on, on average over pounds.

    Examples
    --------
    >>> ledger = Ledger.of(
    ...     Entry(year=FinancialYear(2026), stream="health", from_holder=here, to_holder=there,
    ...           pence=7, cause="present route")
    ...     for here, there in (("treasury", "health-department"), ("health-department", "care")))
    >>> hops(ledger)
    Fraction(2, 1)
    """
    moved = sum(entry.pence for entry in ledger.entries)
    return Fraction(moved, ledger.paid()[TREASURY]) if moved else Fraction(0)


def distinct_paths(ledger: Ledger) -> int:
    """How many different routes lead from the Treasury to where money ends, by stream."""
    onward: dict[tuple[StreamCode, HolderCode], set[HolderCode]] = {}
    for entry in ledger.entries:
        onward.setdefault((entry.stream, entry.from_holder), set()).add(entry.to_holder)

    @cache
    def paths(stream: StreamCode, holder: HolderCode) -> int:
        further = onward.get((stream, holder), set())
        return sum(paths(stream, other) for other in further) if further else 1

    return sum(paths(stream, TREASURY) for stream, holder in sorted(onward) if holder == TREASURY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Money of one stream and year that no area gets, in pence by stream; none by default."""

    saved: Mapping[StreamCode, int] = field(default_factory=dict)
    """Administration that the plan no longer pays for."""
    retained: Mapping[StreamCode, int] = field(default_factory=dict)
    """What the centre keeps to spend itself."""


def flow(
    catalogue: Catalogue,
    grants: Mapping[AreaCode, Mapping[StreamCode, int]],
    *,
    year: FinancialYear,
    commissioners: Mapping[CommissionerCode, Commissioner],
    aside: SetAside | None = None,
) -> MoneyFlow:
    """Run one year's money by the routes of today and by those of the plan.

    Parameters
    ----------
    grants : mapping from area to pence by stream
        One year of a settlement. Unit: pence.
    commissioners
        Every body that a route names, as ``Register.commissioners``; for names and layers.

    Raises
    ------
    FlowError
        If money would appear or vanish, as with a negative saving.
    CatalogueError
        If a grant belongs to no stream.
    """
    aside = aside or SetAside()
    spent = _spent(catalogue, grants)
    ends = _ends(catalogue, grants)
    before: list[Entry] = []
    after: list[Entry] = []
    for (area, stream, programme), pence in spent.items():
        body = HolderCode(body_code(area))
        after += _route(year, stream, (TREASURY, body, programme), pence, "settlement")
    for (stream, end), pence in _totals(spent, aside).items():
        if pence < 0:
            raise FlowError(end, pence, 0)
        today = [HolderCode(one) for one in catalogue.stream(stream).route]
        before += _route(year, stream, (TREASURY, *today, end), pence, "present route")
        if end in {ADMINISTRATION, RETAINED}:
            cause = (
                "administration no longer paid"
                if end == ADMINISTRATION
                else "retained at the centre"
            )
            after += _route(year, stream, (TREASURY, end), pence, cause)
    used = {
        holder for entry in (*before, *after) for holder in (entry.from_holder, entry.to_holder)
    }
    known = {HolderCode(code): _holder(one) for code, one in commissioners.items()}
    return MoneyFlow(
        year=year,
        before=Ledger.of(before).merged(),
        after=Ledger.of(after).merged(),
        holders={code: ends.get(code) or known[code] for code in sorted(used)},
    )


def _spent(
    catalogue: Catalogue, grants: Mapping[AreaCode, Mapping[StreamCode, int]]
) -> dict[tuple[AreaCode, StreamCode, HolderCode], int]:
    """What each area spends on each programme: its grant, shared as the stream's lines are."""
    streams = {stream for by_stream in grants.values() for stream in by_stream}
    lines = {stream: catalogue.lines(stream) for stream in sorted(streams)}
    weights = {stream: [line.pence for line in found] for stream, found in lines.items()}
    return {
        (area, stream, HolderCode(line.programme)): share
        for area, by_stream in sorted(grants.items())
        for stream, pence in sorted(by_stream.items())
        for line, share in zip(lines[stream], apportion(pence, weights[stream]), strict=True)
    }


def _totals(
    spent: Mapping[tuple[AreaCode, StreamCode, HolderCode], int], aside: SetAside
) -> dict[tuple[StreamCode, HolderCode], int]:
    """What each stream spends where, in all areas and beside them."""
    found: dict[tuple[StreamCode, HolderCode], int] = {}
    for (_, stream, programme), pence in spent.items():
        found[stream, programme] = found.get((stream, programme), 0) + pence
    for end, by_stream in ((ADMINISTRATION, aside.saved), (RETAINED, aside.retained)):
        found |= {(stream, end): pence for stream, pence in by_stream.items() if pence}
    return found


def _route(
    year: FinancialYear, stream: StreamCode, holders: tuple[HolderCode, ...], pence: int, cause: str
) -> Iterator[Entry]:
    """One sum along one route; nothing where there is no money."""
    if pence:
        for here, there in pairwise(holders):
            yield Entry(
                year=year,
                stream=stream,
                from_holder=here,
                to_holder=there,
                pence=pence,
                cause=cause,
                reference=f"{stream} {year}",
            )


def _ends(
    catalogue: Catalogue, grants: Mapping[AreaCode, Mapping[StreamCode, int]]
) -> dict[HolderCode, Holder]:
    """Where money ends: programmes, administration that ends, and what is retained."""
    names = {ADMINISTRATION: "Change in administration", RETAINED: "Retained at the centre"}
    streams = {stream for by_stream in grants.values() for stream in by_stream}
    for stream in sorted(streams):
        names |= {HolderCode(line.programme): line.name for line in catalogue.lines(stream)}
    return {code: Holder(code=code, name=name, layer=PROGRAMMES) for code, name in names.items()}


def _holder(body: Commissioner) -> Holder:
    return Holder(code=HolderCode(body.code), name=body.name, layer=LAYERS[body.kind])
