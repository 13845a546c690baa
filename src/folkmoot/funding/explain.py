"""Explain one allocation: what each cause adds to it or takes away, with nothing left over.

In:        one stream and year of a settlement, or the same figures from its folder.
Out:       ``Waterfall``: whole pence, cause by cause, that sum to the allocation.
Rule:      start from equal money a head; switch causes on in order, each an exact run of
           the whole settlement; a cause's term is the difference that it makes.
Not here:  averaging over every order of causes; the order is fixed and printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from folkmoot.funding.errors import CellError
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.pace_of_change import pace_of_change
from folkmoot.funding.settlement import Settlement, StreamYear
from folkmoot.vocabulary.money import apportion


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

    @property
    def pence(self) -> int:
        """The allocation."""
        return sum(term.pence for term in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What an explanation needs to know of one stream and year, areas sorted by code."""

    stream: str
    year: str
    codes: tuple[str, ...]
    quantum: int
    population: tuple[int, ...]
    targets: tuple[Fraction, ...]
    entitlements: tuple[int, ...]
    closing: tuple[int, ...]
    causes: Mapping[str, Cause]
    """By name, in the order in which they are switched on; absent causes left out."""
    labels: tuple[str, ...]

    def runs(self) -> dict[str, tuple[int, ...]]:
        """Allocations with each cause and those before it switched on."""
        found = {"population": apportion(self.quantum, self.population)}
        if "need" in self.causes:
            found["need"] = apportion(self.quantum, self.targets)
        if "entitlements" in self.causes:
            found["entitlements"] = self._with_entitlements()
        return found | {"floors and ceilings": self.closing}

    def _with_entitlements(self) -> tuple[int, ...]:
        kept = pace_of_change(
            self.quantum,
            self.targets,
            lower=self.entitlements,
            upper=[self.quantum] * len(self.codes),
            codes=self.codes,
        )
        # A settlement that exists can pay its entitlements, so this is for the types.
        return self.closing if isinstance(kept, Infeasible) else kept.pence()

    def waterfall(self, area: str) -> Waterfall:
        """Explain one area's allocation.

        Raises
        ------
        CellError
            If there is no such area.
        """
        if area not in self.codes:
            raise CellError("area", area, self.codes)
        at, runs = self.codes.index(area), self.runs()
        amounts = [0, *(amounts[at] for amounts in runs.values())]
        terms = [
            Term(cause=self.causes[name], pence=after - before)
            for name, (before, after) in zip(runs, pairwise(amounts), strict=True)
        ]
        return Waterfall(
            area=area,
            stream=self.stream,
            year=self.year,
            terms=tuple(terms),
            labels=self.labels,
        )


def explain(settlement: Settlement, area: str, stream: str, year: str) -> Waterfall:
    """Explain one allocation of a settlement.

    Raises
    ------
    CellError
        If the settlement does not hold the area, stream or year.
    """
    one = settlement.find(stream, year)
    settlement.position(area)
    return figures(settlement, one).waterfall(area)


def figures(settlement: Settlement, one: StreamYear) -> Figures:
    """What explains every area of one stream and year."""
    return Figures(
        stream=one.stream.code,
        year=str(one.year),
        codes=settlement.areas,
        quantum=one.quantum.pence,
        population=settlement.population,
        targets=one.allocations.targets,
        entitlements=one.allocations.entitlements,
        closing=one.allocations.closing,
        causes=causes(settlement, one),
        labels=one.labels,
    )


def causes(settlement: Settlement, one: StreamYear) -> dict[str, Cause]:
    """The causes at work in one stream and year, in order."""
    formula = settlement.formula
    head = formula.profile(one.stream).head
    found = [
        Cause(
            name="population",
            parameter="package.population",
            value="equal money a head",
            first_day="",
            source=settlement.package,
            sha256=settlement.inputs_sha256,
        )
    ]
    if one.need.basis != "by_population":
        found.append(
            Cause(
                name="need",
                parameter=f"profile.{head.name}",
                value=head.step,
                first_day=head.first_day.isoformat(),
                source=str(head.source),
                sha256=settlement.inputs_sha256,
            )
        )
    if any(one.allocations.entitlements):
        promises = formula.promises(one.stream)
        found.append(
            Cause(
                name="entitlements",
                parameter=", ".join(f"entitlement.{promise.name}" for promise in promises),
                value=", ".join(promise.title for promise in promises),
                first_day=min(promise.first_day for promise in promises).isoformat(),
                source="; ".join(str(promise.source) for promise in promises),
                sha256=formula.digest,
            )
        )
    found.append(
        Cause(
            name="floors and ceilings",
            parameter="bounds",
            value=one.allocations.rule.sentence(),
            first_day=formula.head.first_day.isoformat(),
            source=str(formula.bounds_source),
            sha256=formula.digest,
        )
    )
    return {cause.name: cause for cause in found}
