"""What if the formula were another: every allocation before and after, at once.

In:        a desk, a settlement that it made, and the formula changed.
Out:       ``WhatIf``: before, after and change of each area, stream and year; or, for each
           stream that no settlement would fit, why, in figures.
Rule:      the same as settling from scratch by the changed formula. A stream is only settled
           anew where something that bears on it has changed.
Not here:  naming what is changed (``formula_parameters``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from folkmoot.funding.baseline import Baseline
from folkmoot.funding.errors import InfeasibleError
from folkmoot.funding.formula import Formula
from folkmoot.funding.outcome_share import at_risk
from folkmoot.funding.settlement import Desk, Settlement, StreamYear
from folkmoot.funding.streams import Stream
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.periods import FinancialYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One area in one stream and year. Unit: pence."""

    area: AreaCode
    stream: StreamCode
    year: FinancialYear
    before: int
    after: int
    label: str
    """Words that the figures must carry."""

    @property
    def pence(self) -> int:
        """What the area gains; less than nothing where it loses."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A settlement, and what a changed formula would make of it."""

    before: Settlement
    after: Settlement
    """Only the streams that can be settled."""
    unchanged: tuple[StreamCode, ...]
    """Streams on which nothing that changed bears."""
    infeasible: tuple[InfeasibleError, ...]
    """Why each of the other streams cannot be settled, and what would fit."""

    def changes(self) -> Iterator[Change]:
        """Every figure before and after, by stream, year and area."""
        earlier = {(one.stream.code, one.year): one for one in self.before.stream_years}
        for one in self.after.stream_years:
            yield from _changes(earlier[one.stream.code, one.year], one, self.before.areas)

    def waiting(self, year: FinancialYear) -> dict[StreamCode, tuple[int, int]]:
        """What waits for outcomes in a year, before and after, by stream. Unit: pence."""
        found = {}
        for one in self.after.stream_years:
            if one.year == year:
                earlier = self.before.find(one.stream.code, str(year))
                found[one.stream.code] = _waiting(earlier), _waiting(one)
        return found


def _waiting(one: StreamYear) -> int:
    return sum(
        at_risk(pence, entitlement=owed, share=one.stream.outcome_share)
        for pence, owed in zip(one.allocations.closing, one.allocations.entitlements, strict=True)
    )


def _changes(before: StreamYear, after: StreamYear, areas: tuple[AreaCode, ...]) -> list[Change]:
    return [
        Change(
            area=area,
            stream=after.stream.code,
            year=after.year,
            before=was,
            after=becomes,
            label=after.label,
        )
        for area, was, becomes in zip(
            areas, before.allocations.closing, after.allocations.closing, strict=True
        )
    ]


def what_if(
    desk: Desk, settlement: Settlement, formula: Formula, *, keep_baselines: bool = False
) -> WhatIf:
    """Settle again by another formula, and set both beside each other.

    Parameters
    ----------
    desk : Desk
        It made the settlement.
    settlement : Settlement
        By the formula as it is.
    formula : Formula
        The same streams for the same years, with other numbers (``with_values``).
    keep_baselines : bool
        Open from the settlement's own baselines. A modelled baseline is made from need, so
        without this it moves when need does.
    """
    kept = _baselines(settlement) if keep_baselines else {}
    earlier = {one.code: one for one in settlement.formula.streams}
    stream_years: list[StreamYear] = []
    unchanged, infeasible = [], []
    for stream in formula.streams:
        if _bears_on(stream, formula) == _bears_on(earlier[stream.code], settlement.formula):
            unchanged.append(stream.code)
            stream_years += [one for one in settlement.stream_years if one.stream == stream]
            continue
        try:
            stream_years += desk.stream_years(formula, stream, kept.get(stream.code))
        except InfeasibleError as error:
            infeasible.append(error)
    return WhatIf(
        before=settlement,
        after=desk.settlement(formula, stream_years),
        unchanged=tuple(unchanged),
        infeasible=tuple(infeasible),
    )


def _baselines(settlement: Settlement) -> Mapping[StreamCode, Baseline]:
    return {one.stream.code: one.baseline for one in settlement.stream_years}


def _bears_on(stream: Stream, formula: Formula) -> tuple[object, ...]:
    """All of a formula that a stream's allocations rest on."""
    promises = formula.promises(stream)
    return (
        stream,
        formula.profile(stream),
        formula.years,
        formula.head.old_after_years,
        formula.rules,
        formula.modelled_need_weight,
        promises,
        [formula.profiles[one.profile] for one in promises if one.profile],
    )
