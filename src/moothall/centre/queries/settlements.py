"""Read a settlement: by year, by stream, by area, and as flat rows. All sums are whole pence."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from moothall.bodies.models import Area
from moothall.centre.models import Allocation, BlockGrant, DevolutionPlan, Quantum, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamRow:
    """A stream, what it is shared by, and the words that stand beside its figures."""

    code: str
    name: str
    need_basis: str
    need_profile: str
    source: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLabel:
    """Words that must stand beside figures, and the streams that they are about."""

    text: str
    streams: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyNotes:
    """All that must stand beside the figures of a settlement."""

    labels: tuple[MoneyLabel, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """One area's pence, a cell a column of the table."""

    code: str
    name: str
    pence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyTable:
    """Areas by columns, with the totals that the centre shares out."""

    columns: tuple[str, ...]
    rows: tuple[MoneyRow, ...]
    totals: tuple[int, ...]
    """Sum of each column over the areas."""
    quanta: tuple[int, ...]
    """What each column shares out; equal to the totals, to the penny."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """One published allocation, as the page, the CSV and the JSON hold it."""

    area: str
    area_name: str
    stream: str
    year: str
    pence: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantLine:
    """An area's grant in one stream over the years, and where it stands to its target."""

    stream: str
    name: str
    label: str
    pence: tuple[int, ...]
    pence_per_head: tuple[int | None, ...]
    distance_opening: float | None
    distance_closing: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaGrant:
    """Everything an area is given: a line a stream, and the block grant of each year."""

    years: tuple[str, ...]
    lines: tuple[GrantLine, ...]
    pence: tuple[int, ...]
    pence_per_head: tuple[int, ...]


def money_notes(plan: DevolutionPlan) -> MoneyNotes:
    """Return what must stand beside every figure of the settlement."""
    streams = streams_of(plan)
    texts = dict.fromkeys(stream.label for stream in streams)
    labels = [
        MoneyLabel(text=text, streams=tuple(s.name for s in streams if s.label == text))
        for text in texts
    ]
    return MoneyNotes(labels=tuple(labels), caveats=tuple(plan.settlement.caveats))


def streams_of(plan: DevolutionPlan) -> tuple[StreamRow, ...]:
    """Return the streams of a plan's settlement, in its order."""
    return tuple(
        StreamRow(
            code=s.code,
            name=s.name,
            need_basis=s.need_basis,
            need_profile=s.need_profile,
            source=s.source,
            label=s.label,
        )
        for s in Stream.objects.filter(settlement__devolution_plan=plan)
    )


def table_of_year(plan: DevolutionPlan, year: str) -> MoneyTable:
    """Return one year: a column a stream."""
    streams = streams_of(plan)
    found = _allocations(plan).filter(year=year).values_list("area_id", "stream__code", "pence")
    quanta = Quantum.objects.filter(stream__settlement__devolution_plan=plan, year=year)
    return _table(
        plan,
        columns=[(stream.code, stream.name) for stream in streams],
        cells={(area, stream): pence for area, stream, pence in found},
        quanta=dict(quanta.values_list("stream__code", "pence")),
    )


def table_of_stream(plan: DevolutionPlan, stream: str) -> MoneyTable:
    """Return one stream: a column a year."""
    found = _allocations(plan).filter(stream__code=stream)
    quanta = Quantum.objects.filter(stream__settlement__devolution_plan=plan, stream__code=stream)
    shared = dict(quanta.order_by("year").values_list("year", "pence"))
    return _table(
        plan,
        columns=[(year, year) for year in shared],
        cells={
            (area, year): pence
            for area, year, pence in found.values_list("area_id", "year", "pence")
        },
        quanta=shared,
    )


def allocation_rows(plan: DevolutionPlan) -> tuple[AllocationRow, ...]:
    """Return every allocation, by area, stream and year."""
    found = _allocations(plan).select_related("area", "stream")
    return tuple(
        AllocationRow(
            area=one.area.code,
            area_name=one.area.name,
            stream=one.stream.code,
            year=one.year,
            pence=one.pence,
            label=one.stream.label,
        )
        for one in found.order_by("area__code", "stream__place", "year")
    )


def grant_of(plan: DevolutionPlan, area: Area) -> AreaGrant:
    """Return what an area is given, by stream and year."""
    lines: defaultdict[Stream, list[Allocation]] = defaultdict(list)
    for one in _allocations(plan).filter(area=area).select_related("stream").order_by("year"):
        lines[one.stream].append(one)
    grants = BlockGrant.objects.filter(settlement__devolution_plan=plan, area=area).order_by("year")
    return AreaGrant(
        years=tuple(grant.year for grant in grants),
        lines=tuple(_line(s, lines[s]) for s in sorted(lines, key=lambda s: s.place)),
        pence=tuple(grant.pence for grant in grants),
        pence_per_head=tuple(grant.pence_per_head for grant in grants),
    )


def _line(stream: Stream, years: Sequence[Allocation]) -> GrantLine:
    opening = years[0].distance_opening
    return GrantLine(
        stream=stream.code,
        name=stream.name,
        label=stream.label,
        pence=tuple(year.pence for year in years),
        pence_per_head=tuple(year.pence_per_head for year in years),
        distance_opening=None if opening is None else float(opening),
        distance_closing=tuple(
            None if year.distance_closing is None else float(year.distance_closing)
            for year in years
        ),
    )


def _table(
    plan: DevolutionPlan,
    *,
    columns: Sequence[tuple[str, str]],
    cells: dict[tuple[int, str], int],
    quanta: dict[str, int],
) -> MoneyTable:
    """Lay cells out by area; the last column is their sum."""
    keys = [key for key, _ in columns]
    areas = Area.objects.filter(area_plan=plan.area_plan).order_by("code")
    rows = [
        MoneyRow(code=a.code, name=a.name, pence=_with_sum([cells[a.pk, key] for key in keys]))
        for a in areas
    ]
    return MoneyTable(
        columns=tuple(name for _, name in columns),
        rows=tuple(rows),
        totals=tuple(sum(column) for column in zip(*(row.pence for row in rows), strict=True)),
        quanta=_with_sum([quanta[key] for key in keys]),
    )


def _with_sum(pence: Sequence[int]) -> tuple[int, ...]:
    return (*pence, sum(pence))


def _allocations(plan: DevolutionPlan) -> QuerySet[Allocation]:
    return Allocation.objects.filter(stream__settlement__devolution_plan=plan)
