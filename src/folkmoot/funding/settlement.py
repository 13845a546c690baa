"""The settlement: every stream, area and year, settled in order of year.

In:        an area plan, a places package and a formula.
Out:       ``Settlement``: allocations to the penny, with targets, baselines, bounds,
           certificates and the words that each figure must carry.
Rule:      a year begins from the allocations of the year before; a stream's grants sum
           to its quantum in every year.
Not here:  tables and files (``settlement_tables``, the command line).
Source:    docs/explanation/pace-of-change.md; decision records 0003 to 0006.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

from folkmoot.funding.allocation import Allocations, allocate
from folkmoot.funding.baseline import Baseline, modelled_baseline, spend_baseline
from folkmoot.funding.entitlements import Entitlement, owed, total_owed
from folkmoot.funding.errors import CellError, FundingError, InfeasibleError, SplitBlockError
from folkmoot.funding.formula import Formula, digest_of
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.need import counts_of, need, year_before
from folkmoot.funding.profiles import Profile
from folkmoot.funding.quantum import Quantum
from folkmoot.funding.streams import Stream
from folkmoot.funding.weighing import Counts
from folkmoot.funding.weighted_population import Need, sum_by_area
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamYear:
    """One stream in one year of a settlement."""

    stream: Stream
    year: FinancialYear
    quantum: Quantum
    need: Need
    baseline: Baseline
    """What opened the settlement; ``allocations.baseline`` is the year before this one."""
    allocations: Allocations
    old_after_years: int
    steps: tuple[tuple[int, ...], ...] = ()
    """Need by area at each of ``need.steps``. Unit: micro-persons."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Words that every table and page built on these figures must carry."""
        old = any(one.age_years > self.old_after_years for one in self.need.vintages)
        found = (
            self.quantum.label,
            self.baseline.label,
            self.need.label,
            f"some need data are more than {self.old_after_years} years old" if old else "",
        )
        return tuple(label for label in found if label)

    @property
    def label(self) -> str:
        """The same words as one text."""
        return "; ".join(self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What every area is given in every stream, for stated years."""

    package: str
    inputs: Mapping[str, str]
    """Digest of each file of the package, by name."""
    areas: tuple[AreaCode, ...]
    population: tuple[int, ...]
    """Residents of each area."""
    formula: Formula
    stream_years: tuple[StreamYear, ...]
    """By stream, then year."""

    @property
    def inputs_sha256(self) -> str:
        """One digest of the package's files."""
        return digest_of(self.inputs)

    def find(self, stream: str, year: str) -> StreamYear:
        """One stream in one year.

        Raises
        ------
        CellError
            If the settlement does not hold it.
        """
        known = {(one.stream.code, str(one.year)): one for one in self.stream_years}
        streams = list(dict.fromkeys(code for code, _ in known))
        if stream not in streams:
            raise CellError("stream", stream, streams)
        wanted = str(FinancialYear.parse(year))
        if (StreamCode(stream), wanted) not in known:
            raise CellError("year", year, [str(one) for one in self.formula.years])
        return known[StreamCode(stream), wanted]

    def position(self, area: str) -> int:
        """Where an area stands."""
        if area not in self.areas:
            raise CellError("area", area, self.areas)
        return self.areas.index(AreaCode(area))

    def pence(self, area: str, stream: str, year: str) -> int:
        """One allocation. Unit: pence."""
        return self.find(stream, year).allocations.closing[self.position(area)]

    def grants(self, year: FinancialYear) -> dict[AreaCode, dict[StreamCode, int]]:
        """Each area's block grant in one year, by stream. Unit: pence."""
        of_year = [one for one in self.stream_years if one.year == year]
        return {
            area: {one.stream.code: one.allocations.closing[at] for one in of_year}
            for at, area in enumerate(self.areas)
        }

    def total(self, year: FinancialYear) -> int:
        """What all streams share in one year. Unit: pence."""
        return sum(one.quantum.pence for one in self.stream_years if one.year == year)

    def labels(self, year: FinancialYear) -> tuple[str, ...]:
        """Words that any sum of streams must carry; one that is not of all names its own."""
        of_year = [one for one in self.stream_years if one.year == year]
        found: dict[str, list[str]] = {}
        for one in of_year:
            for label in one.labels:
                found.setdefault(label, []).append(one.stream.name.lower())
        return tuple(
            label if len(names) == len(of_year) else f"{label} ({', '.join(names)})"
            for label, names in found.items()
        )

    def quanta(self) -> dict[str, dict[str, int]]:
        """The sum shared, by stream and year. Unit: pence."""
        found: dict[str, dict[str, int]] = {}
        for one in self.stream_years:
            found.setdefault(one.stream.code, {})[str(one.year)] = one.quantum.pence
        return found


def settle(plan: AreaPlan, places: Places, formula: Formula) -> Settlement:
    """Settle every stream for every year of the formula.

    Parameters
    ----------
    plan : AreaPlan
        Each block of the package in one area.
    places : Places
        Residents and need of each block.
    formula : Formula
        Streams, need profiles, bounds and entitlements; ``read_formula()`` for the
        shipped one.

    Raises
    ------
    SplitBlockError
        If the plan's blocks are not those of the package.
    InfeasibleError
        If no allocation keeps every promise; it carries the answer in figures.
    FundingError
        If the package's data cannot be used, each with its own class.
    """
    return Desk.of(plan, places, formula).settle(formula)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNeed:
    """Need by block, and by area of the desk's plan."""

    need: Need
    by_area: tuple[int, ...]
    """Unit: micro-persons."""
    steps: tuple[tuple[int, ...], ...]
    """The same at each of ``need.steps``."""


NeedKey: TypeAlias = tuple[Profile, FinancialYear, FinancialYear]
"""All that need rests on but the package: profile, year, and year in which it opens."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Desk:
    """A country and its areas, prepared so that one formula after another settles at once.

    What is prepared holds under any formula, so a settlement from a desk is the same as
    one from scratch.
    """

    plan: AreaPlan
    places: Places
    population: tuple[int, ...]
    """Residents of each area."""
    counts: Counts
    """People counted by each component, whatever it weighs."""
    weighed: Mapping[NeedKey, AreaNeed]
    """Need of the profiles and years of the formula that it was prepared for."""

    @classmethod
    def of(cls, plan: AreaPlan, places: Places, formula: Formula) -> Self:
        """Prepare for a formula and for others like it.

        Raises
        ------
        SplitBlockError
            If the plan's blocks are not those of the package.
        """
        apart = sorted(set(plan.blocks) ^ set(places.blocks.codes))
        if apart:
            raise SplitBlockError(places.name, apart)
        used = [stream.need_profile for stream in formula.streams]
        used += [promise.profile for promise in formula.entitlements if promise.profile]
        bare = cls(
            plan=plan,
            places=places,
            population=sum_by_area(tuple(places.blocks.population.tolist()), plan),
            counts=counts_of((formula.profiles[name] for name in dict.fromkeys(used)), places),
            weighed={},
        )
        return replace(bare, weighed=_Settling(desk=bare, formula=formula).weighed())

    def settle(
        self, formula: Formula, *, baselines: Mapping[StreamCode, Baseline] | None = None
    ) -> Settlement:
        """Settle every stream for every year of a formula.

        Parameters
        ----------
        baselines : mapping, optional
            What areas have before the settlement opens, by stream; the formula's own
            baseline where a stream is left out.

        Raises
        ------
        InfeasibleError, FundingError
            As ``settle``.
        """
        given = baselines or {}
        return self.settlement(
            formula,
            [
                one
                for stream in formula.streams
                for one in self.stream_years(formula, stream, given.get(stream.code))
            ],
        )

    def settlement(self, formula: Formula, stream_years: Sequence[StreamYear]) -> Settlement:
        """A settlement of years that this desk made."""
        return Settlement(
            package=self.places.name,
            inputs=self.places.sha256,
            areas=self.plan.areas,
            population=self.population,
            formula=formula,
            stream_years=tuple(stream_years),
        )

    def stream_years(
        self, formula: Formula, stream: Stream, baseline: Baseline | None = None
    ) -> tuple[StreamYear, ...]:
        """One stream, year after year, each beginning from the last."""
        work = _Settling(desk=self, formula=formula)
        return tuple(work.stream_years(stream, baseline))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settling:
    desk: Desk
    formula: Formula

    def stream_years(self, stream: Stream, baseline: Baseline | None) -> Iterator[StreamYear]:
        needs = self.needs(stream)
        opening = needs[self.formula.opening_year]
        begun = baseline or self.baseline(stream, opening)
        before = begun.pence
        for year, rule in zip(self.formula.years, self.formula.rules, strict=True):
            quantum = stream.quantum(year)
            found = allocate(
                quantum.pence,
                codes=self.desk.plan.areas,
                need=needs[year].by_area,
                baseline=before,
                entitlements=self.entitlements(stream, year, opening),
                rule=rule,
            )
            if isinstance(found, Infeasible):
                raise InfeasibleError(stream.code, str(year), found)
            yield StreamYear(
                stream=stream,
                year=year,
                quantum=quantum,
                need=needs[year].need,
                baseline=begun,
                allocations=found,
                old_after_years=self.formula.head.old_after_years,
                steps=needs[year].steps,
            )
            before = found.closing

    def weighed(self) -> dict[NeedKey, AreaNeed]:
        """Need of every stream and year, and of the year before; what is wrong is said later."""
        found: dict[NeedKey, AreaNeed] = {}
        for stream in self.formula.streams:
            with suppress(FundingError):
                profile = self.formula.profile(stream)
                years = set(self.years(stream)) | {self.year_before(profile)}
                for year in filter(None, years):
                    found[profile, year, self.formula.opening_year] = self.need(profile, year)
        return found

    def needs(self, stream: Stream) -> dict[FinancialYear, AreaNeed]:
        """Need in each year: that of the opening year unless the stream says yearly."""
        profile = self.formula.profile(stream)
        found = {year: self.need(profile, year) for year in self.years(stream)}
        opening = found[self.formula.opening_year]
        return {year: found.get(year, opening) for year in self.formula.years}

    def years(self, stream: Stream) -> tuple[FinancialYear, ...]:
        """The years whose need is weighed."""
        years = self.formula.years
        return years[:1] if stream.need_data == "opening" else years

    def year_before(self, profile: Profile) -> FinancialYear | None:
        """The data year before the one with which the settlement opens."""
        return year_before(profile, self.desk.places, self.formula.opening_year)

    def need(self, profile: Profile, year: FinancialYear) -> AreaNeed:
        """Need for a year, weighed before or now."""
        opening = self.formula.opening_year
        known = self.desk.weighed.get((profile, year, opening))
        if known is not None:
            return known
        found = need(profile, self.desk.places, year=year, opening=opening, counts=self.desk.counts)
        plan = self.desk.plan
        return AreaNeed(
            need=found,
            by_area=found.by_area(plan),
            steps=tuple(sum_by_area(step.micro_persons, plan) for step in found.steps),
        )

    def baseline(self, stream: Stream, weighed: AreaNeed) -> Baseline:
        """What the areas have in the year before the settlement opens."""
        if stream.baseline == "spend" and stream.spend:
            return spend_baseline(
                stream.code,
                stream.spend,
                plan=self.desk.plan,
                places=self.desk.places,
                opening=self.formula.opening_year,
            )
        profile = self.formula.profile(stream)
        before = self.year_before(profile)
        earlier = weighed if before is None else self.need(profile, before)
        return modelled_baseline(
            stream.quantum_before(self.formula.opening_year).pence,
            previous_need=earlier.by_area,
            population=self.desk.population,
            need_weight=self.formula.modelled_need_weight,
        )

    def entitlements(
        self, stream: Stream, year: FinancialYear, weighed: AreaNeed
    ) -> tuple[int, ...]:
        """What is owed in each area by the promises that hold in a year. Unit: pence."""
        promises = [
            promise
            for promise in self.formula.promises(stream)
            if promise.first_day <= year.first_day
        ]
        return total_owed(
            [
                owed(
                    promise,
                    population=self.desk.population,
                    need=self.need_of(promise, weighed).by_area,
                )
                for promise in promises
            ],
            len(self.desk.plan.areas),
        )

    def need_of(self, promise: Entitlement, weighed: AreaNeed) -> AreaNeed:
        """The need by which a promise is shared: its own profile's, or the stream's."""
        if not promise.profile:
            return weighed
        return self.need(self.formula.profiles[promise.profile], self.formula.opening_year)
