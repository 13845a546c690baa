"""Whole grants that are not too small: a floor over all streams, kept with the least change.

In:        one year of a settlement, and the least that each area may have in all streams.
Out:       every cell of areas by streams, changed as little as can be, so that whole grants
           keep their floor, streams their sums, and cells their own floors and ceilings; or
           why nothing does, in figures.
Rule:      a settlement that keeps the floor stands. Else whole grants are shared anew, as near
           to the sums of targets as their floors allow, and cells follow with the least change.
Not here:  the network that finds it (``two_way``); floors of one stream (``bounds``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Self, TypeAlias

from folkmoot.funding.infeasible import Infeasible, largest_uniform_floor
from folkmoot.funding.settlement import Settlement
from folkmoot.funding.two_way import TightSet, block_totals, least_change
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.periods import FinancialYear

Grid: TypeAlias = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeGrants:
    """One year of areas by streams. Unit: pence, in all that follows."""

    year: FinancialYear
    streams: tuple[StreamCode, ...]
    least: tuple[int, ...]
    """What each area's whole grant may not fall beneath."""
    before: Grid
    """One row an area, one column a stream, as settled."""
    after: Grid

    @property
    def moved(self) -> int:
        """Pence that reach another cell than the settlement gave them to."""
        return sum(
            max(now - was, 0)
            for row, changed in zip(self.before, self.after, strict=True)
            for was, now in zip(row, changed, strict=True)
        )


def whole_grants(
    settlement: Settlement,
    year: FinancialYear,
    *,
    floor: Fraction | None = None,
    least: Mapping[AreaCode, int] | None = None,
) -> WholeGrants | Infeasible | TightSet:
    """Keep every area's whole grant above a floor, with the least change of a settlement.

    Parameters
    ----------
    floor : Fraction, optional
        Least change of a whole grant on last year's, as a ratio; none where left out.
    least : mapping, optional
        The least for some areas. Unit: pence. The larger of the two holds.

    Returns
    -------
    WholeGrants, Infeasible or TightSet
        Infeasible where the least grants promise more than all streams share, or ceilings
        less; a tight set where areas and streams cannot both have their sums.

    Raises
    ------
    CellError
        If the settlement does not hold the year.
    """
    table = _Table.of(settlement, year)
    before = [sum(row) for row in table.of_last_year]
    owed = tuple(
        max(_grown(was, floor), (least or {}).get(area, 0))
        for area, was in zip(settlement.areas, before, strict=True)
    )
    if all(sum(row) >= promised for row, promised in zip(table.settled, owed, strict=True)):
        return table.becomes(table.settled, owed)
    totals = block_totals(
        table.targets,
        least=owed,
        lower=table.lower,
        upper=table.upper,
        quantum=settlement.total(year),
        codes=settlement.areas,
    )
    if isinstance(totals, Infeasible):
        promised = [sum(row) for row in table.lower]
        fits = largest_uniform_floor(settlement.total(year), before, promised)
        return replace(totals, largest_uniform_floor=fits)
    found = least_change(
        table.settled,
        lower=table.lower,
        upper=table.upper,
        area_totals=totals.pence(),
        stream_totals=table.quanta,
        areas=settlement.areas,
        streams=table.streams,
    )
    return found if isinstance(found, TightSet) else table.becomes(found, owed)


def _grown(pence: int, floor: Fraction | None) -> int:
    return 0 if floor is None else ceil(pence * (1 + floor))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """One year, a row an area and a column a stream. Unit: pence."""

    year: FinancialYear
    streams: tuple[StreamCode, ...]
    quanta: tuple[int, ...]
    targets: tuple[Fraction, ...]
    """Of all streams together."""
    of_last_year: Grid
    settled: Grid
    lower: Grid
    upper: Grid

    @classmethod
    def of(cls, settlement: Settlement, year: FinancialYear) -> Self:
        streams = [settlement.find(one.code, str(year)) for one in settlement.formula.streams]
        found = [one.allocations for one in streams]
        return cls(
            year=year,
            streams=tuple(one.stream.code for one in streams),
            quanta=tuple(one.quantum.pence for one in streams),
            targets=tuple(
                sum(row, Fraction(0)) for row in zip(*(one.targets for one in found), strict=True)
            ),
            of_last_year=tuple(zip(*(one.baseline for one in found), strict=True)),
            settled=tuple(zip(*(one.closing for one in found), strict=True)),
            lower=tuple(zip(*(one.bounds.lower for one in found), strict=True)),
            upper=tuple(zip(*(one.bounds.upper for one in found), strict=True)),
        )

    def becomes(self, after: Grid, least: tuple[int, ...]) -> WholeGrants:
        return WholeGrants(
            year=self.year, streams=self.streams, least=least, before=self.settled, after=after
        )
