"""The trade-off of floor and convergence: the larger the floor, the later all are near target.

In:        the years of one stream, as settled.
Out:       ``Frontier``: the largest floor that brings every area within a distance of its
           target by a year, with the step above it that does not; or that there is none,
           with the nearest that any floor brings.
Rule:      one floor holds in every year, and the quantum must pay it in every year. Every
           floor is settled, in steps of 0.01 of a per cent, from the first that the quantum
           cannot pay down to the first that binds nowhere: beneath that one nothing changes.
           So no answer takes for granted that a larger floor leaves areas further away.
Not here:  floors that differ from year to year (``what_if``).
Source:    docs/how-to/choose-a-floor.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor as rounded_down

from folkmoot.funding.allocation import Allocations, allocate
from folkmoot.funding.bounds import bounds
from folkmoot.funding.errors import BoundsError
from folkmoot.funding.infeasible import STEP, Infeasible, largest_uniform_floor
from folkmoot.funding.settlement import StreamYear
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.periods import FinancialYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Furthest:
    """The area furthest from its target, whether above or below."""

    area: AreaCode
    distance: Fraction
    """Exact; less than nothing below target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A floor that the quantum pays in every year, and what it brings."""

    floor: Fraction
    furthest: tuple[Furthest, ...]
    """One a year."""
    binds: bool
    """Whether any area's amount would be another with a smaller floor."""

    def first_within(self, distance: Fraction) -> int | None:
        """Position of the first year in which every area is so near; None for never."""
        near = (at for at, one in enumerate(self.furthest) if abs(one.distance) <= distance)
        return next(near, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaid:
    """A floor that cannot be kept in every year."""

    floor: Fraction
    year: FinancialYear
    """The first in which it cannot."""
    pence: int
    """What is missing; nothing where the floor lies above the ceiling."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The largest floor for one year and distance, with what proves it."""

    year: FinancialYear
    within: Fraction
    best: Paid | None
    """None where no floor brings every area so near."""
    above: Paid | Unpaid | None
    """The floor one step larger, which does not; None where there is no best."""
    nearest: Paid | None
    """The largest of the floors that bring the furthest area nearest in this year."""
    furthest: Furthest | None
    """Who is furthest with the best floor, or else with the nearest."""
    above_furthest: Furthest | None
    """Who is furthest with the floor above, where the quantum pays it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """Every floor of one stream, and what it brings."""

    stream: StreamCode
    years: tuple[FinancialYear, ...]
    tried: tuple[Paid | Unpaid, ...]
    """The largest floor first, each 0.01 of a per cent below the one before."""
    label: str
    """Words that the figures must carry."""

    @property
    def paid(self) -> tuple[Paid, ...]:
        """The floors that the quantum pays in every year."""
        return tuple(one for one in self.tried if isinstance(one, Paid))

    def largest(self, year: FinancialYear, within: Fraction) -> Answer:
        """Find the largest floor with which every area is near its target in a year.

        Parameters
        ----------
        within : Fraction
            Greatest distance from target, as a ratio: 1/100 is one per cent, either way.
        """
        at = self.years.index(year)
        near = (one for one in self.paid if abs(one.furthest[at].distance) <= within)
        best = next(near, None)
        nearest = min(self.paid, key=lambda one: abs(one.furthest[at].distance), default=None)
        shown = best or nearest
        larger = self.tried[: self.tried.index(best)] if best else ()
        above = larger[-1] if larger else None
        return Answer(
            year=year,
            within=within,
            best=best,
            above=above,
            nearest=nearest,
            furthest=shown.furthest[at] if shown else None,
            above_furthest=above.furthest[at] if isinstance(above, Paid) else None,
        )


def frontier(years: Sequence[StreamYear], areas: Sequence[AreaCode]) -> Frontier:
    """Settle one stream again with every floor there could be.

    Parameters
    ----------
    years : sequence of StreamYear
        One stream of a settlement, in order of year. All but the floor stays: quanta, need,
        entitlements, ceilings and least shares of target.
    areas : sequence of str
        Their codes, in the settlement's order.
    """
    return Frontier(
        stream=years[0].stream.code,
        years=tuple(one.year for one in years),
        tried=tuple(_tried(years, areas)),
        label=years[0].label,
    )


def _tried(years: Sequence[StreamYear], areas: Sequence[AreaCode]) -> Iterator[Paid | Unpaid]:
    for step in range(_first_unpaid(years), -STEP - 1, -1):
        found = at_floor(years, areas, Fraction(step, STEP))
        yield found
        if isinstance(found, Paid) and not found.binds:
            return


def _first_unpaid(years: Sequence[StreamYear]) -> int:
    """The least step that the first year cannot pay, or that lies above a ceiling."""
    first = years[0].allocations
    paid = largest_uniform_floor(
        first.certificate.quantum, years[0].baseline.pence, first.entitlements
    )
    ceilings = [one.allocations.rule.ceiling for one in years]
    limits = [limit for limit in (paid, *ceilings) if limit is not None]
    return rounded_down(min(limits) * STEP) + 1 if limits else 0


def at_floor(
    years: Sequence[StreamYear], areas: Sequence[AreaCode], floor: Fraction
) -> Paid | Unpaid:
    """Settle one stream again with one floor in every year.

    Parameters
    ----------
    floor : Fraction
        Least change on last year's allocation: -1/50 is a cut of 2%.
    """
    before = years[0].baseline.pence
    furthest, binds = [], False
    for one in years:
        try:
            found = _settled(one, areas, before, floor)
        except BoundsError:
            reason = "the floor lies above the ceiling"
            return Unpaid(floor=floor, year=one.year, pence=0, reason=reason)
        if isinstance(found, Infeasible):
            return Unpaid(floor=floor, year=one.year, pence=found.pence, reason=found.sentence())
        furthest.append(_furthest(found, areas))
        binds = binds or _binds(found, areas)
        before = found.closing
    return Paid(floor=floor, furthest=tuple(furthest), binds=binds)


def _settled(
    one: StreamYear, areas: Sequence[AreaCode], before: tuple[int, ...], floor: Fraction
) -> Allocations | Infeasible:
    held = one.allocations
    return allocate(
        one.quantum.pence,
        codes=areas,
        need=held.need,
        baseline=before,
        entitlements=held.entitlements,
        rule=replace(held.rule, floor=floor),
    )


def _furthest(found: Allocations, areas: Sequence[AreaCode]) -> Furthest:
    """Who is furthest from target, the earlier area on a tie; those without one are near."""
    distances = [one or Fraction(0) for one in found.distances(found.closing)]
    at = max(range(len(areas)), key=lambda area: abs(distances[area]))
    return Furthest(area=areas[at], distance=distances[at])


def _binds(found: Allocations, areas: Sequence[AreaCode]) -> bool:
    """Whether someone is held up by the floor, and not by a promise or a share of target."""
    on_floor = [state == "floor" for state in found.certificate.states]
    if not any(on_floor):
        return False
    bare = bounds(
        found.certificate.quantum,
        codes=areas,
        baseline=found.baseline,
        targets=found.targets,
        entitlements=found.entitlements,
        rule=replace(found.rule, floor=Fraction(-1)),
    )
    return any(
        held and without < least
        for held, without, least in zip(on_floor, bare.lower, found.bounds.lower, strict=True)
    )
