"""Explain one allocation: what each cause adds to it or takes away, with nothing left over.

In:        one stream and year of a settlement, or the same figures from its folder.
Out:       ``Waterfall``: whole pence, cause by cause, that sum to the allocation.
Rule:      start from equal money a head; switch causes on, each an exact run of the whole
           stream; a cause's term is the difference that it makes. Where some causes alone
           would promise more than there is, their promises are scaled to fit.
Not here:  how a difference is shared between causes (``attribution``); what changed from
           one year or settlement to another (``change``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from folkmoot.funding.attribution import Method, attribute
from folkmoot.funding.bounds import BoundsRule, bounds
from folkmoot.funding.errors import CellError
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.pace_of_change import pace_of_change
from folkmoot.funding.settlement import Settlement, StreamYear
from folkmoot.vocabulary.money import apportion

POPULATION, ENTITLEMENTS, BOUNDS = "population", "entitlements", "floors and ceilings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why an allocation differs: the parameter at work, and where it comes from."""

    name: str
    parameter: str
    value: str
    first_day: str
    source: str
    sha256: str
    """Digest of the data or the formula behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one cause adds to an allocation, or takes away."""

    cause: Cause
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """One allocation as the sum of its causes."""

    area: str
    stream: str
    year: str
    terms: tuple[Term, ...]
    labels: tuple[str, ...]
    """Words that must not be lost, such as that the baseline is modelled."""
    since: str = ""
    """What it is compared with, such as last year; empty when explained from nothing."""
    start: int = 0
    """What the area's residents had then. Unit: pence."""

    @property
    def pence(self) -> int:
        """The allocation."""
        return self.start + sum(term.pence for term in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What an explanation needs to know of one stream and year, areas sorted by code."""

    stream: str
    year: str
    codes: tuple[str, ...]
    quantum: int
    population: tuple[int, ...]
    steps: Mapping[str, tuple[int, ...]]
    """Need with its parts switched on one by one, the last being the whole; by the name of
    the part. Empty where need is population. Unit: any."""
    baseline: tuple[int, ...]
    entitlements: tuple[int, ...]
    rule: BoundsRule
    causes: Mapping[str, Cause]
    """By name, in the order in which they are switched on; absent causes left out."""
    quantum_cause: Cause
    labels: tuple[str, ...]

    def run(self, at_work: frozenset[str]) -> tuple[int, ...]:
        """Every area's allocation with only some causes at work. Unit: pence."""
        targets = self.targets(at_work)
        owed = self.entitlements if ENTITLEMENTS in at_work else (0,) * len(self.codes)
        if BOUNDS not in at_work:
            lower, upper = owed, (self.quantum,) * len(self.codes)
        else:
            held = bounds(
                self.quantum,
                codes=self.codes,
                baseline=self.baseline,
                targets=targets,
                entitlements=owed,
                rule=self.rule,
            )
            lower, upper = held.lower, held.upper
        found = pace_of_change(self.quantum, targets, lower=lower, upper=upper, codes=self.codes)
        if isinstance(found, Infeasible):
            promised = upper if found.kind == "ceilings_below_quantum" else lower
            return apportion(self.quantum, promised)
        return found.pence()

    def targets(self, at_work: frozenset[str]) -> tuple[Fraction, ...]:
        """Targets by population and the parts of need that are at work."""
        ladder = [_parts(self.population), *map(_parts, self.steps.values())]
        shares = ladder[0]
        for name, (less, more) in zip(self.steps, pairwise(ladder), strict=True):
            if name in at_work:
                shares = [
                    share + after - before
                    for share, before, after in zip(shares, less, more, strict=True)
                ]
        kept = [max(share, Fraction(0)) for share in shares]
        a_share = self.quantum / sum(kept, Fraction(0))
        return tuple(a_share * share for share in kept)

    def closing(self) -> tuple[int, ...]:
        """What each area is given: every cause at work."""
        return self.run(frozenset(self.causes))

    def waterfall(self, area: str, *, method: Method = "order") -> Waterfall:
        """Explain one area's allocation.

        Parameters
        ----------
        method : 'order' or 'shapley'
            Switch causes on in their fixed order, or take the mean over every order.

        Raises
        ------
        CellError
            If there is no such area.
        """
        if area not in self.codes:
            raise CellError("area", area, self.codes)
        at = self.codes.index(area)
        names = [name for name in self.causes if name != POPULATION]
        start = self.run(frozenset())[at]
        terms = attribute(self.run, names, method)
        return Waterfall(
            area=area,
            stream=self.stream,
            year=self.year,
            terms=(
                Term(cause=self.causes[POPULATION], pence=start),
                *(
                    Term(cause=self.causes[name], pence=row[at])
                    for name, row in zip(names, terms, strict=True)
                ),
            ),
            labels=self.labels,
        )


def _parts(vector: Sequence[int]) -> list[Fraction]:
    whole = sum(vector)
    return [Fraction(one, whole) for one in vector]


def explain(
    settlement: Settlement, area: str, stream: str, year: str, *, method: Method = "order"
) -> Waterfall:
    """Explain one allocation of a settlement.

    Parameters
    ----------
    method : 'order' or 'shapley'
        Switch causes on in their fixed order, or take the mean over every order.

    Raises
    ------
    CellError
        If the settlement does not hold the area, stream or year.
    """
    one = settlement.find(stream, year)
    settlement.position(area)
    return figures(settlement, one).waterfall(area, method=method)


def figures(settlement: Settlement, one: StreamYear) -> Figures:
    """What explains every area of one stream and year."""
    return Figures(
        stream=one.stream.code,
        year=str(one.year),
        codes=settlement.areas,
        quantum=one.quantum.pence,
        population=settlement.population,
        steps=need_steps(one),
        baseline=one.allocations.baseline,
        entitlements=one.allocations.entitlements,
        rule=one.allocations.rule,
        causes=causes(settlement, one),
        quantum_cause=quantum_cause(settlement, one),
        labels=one.labels,
    )


def need_steps(one: StreamYear) -> dict[str, tuple[int, ...]]:
    """Need by area with its parts switched on one by one. Unit: micro-persons."""
    if one.need.basis == "by_population":
        return {}
    named = [step.name for step in one.need.steps]
    found = dict(zip(named, one.steps, strict=True))
    return {**found, one.need.last_step: one.allocations.need}


def quantum_cause(settlement: Settlement, one: StreamYear) -> Cause:
    """Where the sum comes from that the stream shares."""
    published = one.quantum.published
    return Cause(
        name="quantum",
        parameter=f"stream.{one.stream.code}.quantum",
        value=published.text,
        first_day=published.first_day.isoformat(),
        source=str(published.source),
        sha256=settlement.formula.digest,
    )


def causes(settlement: Settlement, one: StreamYear) -> dict[str, Cause]:
    """The causes at work in one stream and year, in order."""
    formula = settlement.formula
    head = formula.profile(one.stream).head
    found = [
        Cause(
            name=POPULATION,
            parameter="package.population",
            value="equal money a head",
            first_day="",
            source=settlement.package,
            sha256=settlement.inputs_sha256,
        )
    ]
    if one.need.basis != "by_population":
        parts = [(step.name, step.value) for step in one.need.steps]
        found += [
            Cause(
                name=name,
                parameter=f"profile.{head.name}",
                value=value,
                first_day=head.first_day.isoformat(),
                source=str(head.source),
                sha256=settlement.inputs_sha256,
            )
            for name, value in [*parts, (one.need.last_step, head.step)]
        ]
    if any(one.allocations.entitlements):
        promises = formula.promises(one.stream)
        found.append(
            Cause(
                name=ENTITLEMENTS,
                parameter=", ".join(f"entitlement.{promise.name}" for promise in promises),
                value=", ".join(promise.title for promise in promises),
                first_day=min(promise.first_day for promise in promises).isoformat(),
                source="; ".join(str(promise.source) for promise in promises),
                sha256=formula.digest,
            )
        )
    found.append(
        Cause(
            name=BOUNDS,
            parameter="bounds",
            value=one.allocations.rule.sentence(),
            first_day=formula.head.first_day.isoformat(),
            source=str(formula.bounds_source),
            sha256=formula.digest,
        )
    )
    return {cause.name: cause for cause in found}
