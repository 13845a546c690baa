"""The settlement: every stream, area and year, settled in order of year.

In:        an area plan, a places package and a formula.
Out:       ``Settlement``: allocations to the penny, with targets, baselines, bounds,
           certificates and the words that each figure must carry.
Rule:      a year begins from the allocations of the year before; a stream's grants sum
           to its quantum in every year.
Not here:  tables and files (``settlement_tables``, the command line).
Source:    docs/explanation/pace-of-change.md; decision records 0003 to 0006.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from folkmoot.funding.allocation import Allocations, allocate
from folkmoot.funding.baseline import Baseline, modelled_baseline, spend_baseline
from folkmoot.funding.entitlements import Entitlement, owed, total_owed
from folkmoot.funding.errors import CellError, InfeasibleError, SplitBlockError
from folkmoot.funding.formula import Formula, digest_of
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.need import need, previous_need
from folkmoot.funding.quantum import Quantum
from folkmoot.funding.streams import Stream
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
    apart = sorted(set(plan.blocks) ^ set(places.blocks.codes))
    if apart:
        raise SplitBlockError(places.name, apart)
    work = _Settling(plan=plan, places=places, formula=formula)
    return Settlement(
        package=places.name,
        inputs=places.sha256,
        areas=plan.areas,
        population=work.population(),
        formula=formula,
        stream_years=tuple(one for stream in formula.streams for one in work.stream_years(stream)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settling:
    plan: AreaPlan
    places: Places
    formula: Formula

    def population(self) -> tuple[int, ...]:
        return sum_by_area(tuple(self.places.blocks.population.tolist()), self.plan)

    def stream_years(self, stream: Stream) -> Iterator[StreamYear]:
        """One stream, year after year, each beginning from the last."""
        needs = self.needs(stream)
        baseline = self.baseline(stream, needs[self.formula.opening_year])
        before = baseline.pence
        for year, rule in zip(self.formula.years, self.formula.rules, strict=True):
            quantum = stream.quantum(year)
            found = allocate(
                quantum.pence,
                codes=self.plan.areas,
                need=needs[year].by_area(self.plan),
                baseline=before,
                entitlements=self.entitlements(stream, year, needs[self.formula.opening_year]),
                rule=rule,
            )
            if isinstance(found, Infeasible):
                raise InfeasibleError(stream.code, str(year), found)
            yield StreamYear(
                stream=stream,
                year=year,
                quantum=quantum,
                need=needs[year],
                baseline=baseline,
                allocations=found,
                old_after_years=self.formula.head.old_after_years,
                steps=tuple(
                    sum_by_area(step.micro_persons, self.plan) for step in needs[year].steps
                ),
            )
            before = found.closing

    def needs(self, stream: Stream) -> dict[FinancialYear, Need]:
        """Need in each year: that of the opening year unless the stream says yearly."""
        profile = self.formula.profile(stream)
        if stream.need_data == "opening":
            weighed = need(
                profile,
                self.places,
                year=self.formula.opening_year,
                opening=self.formula.opening_year,
            )
            return dict.fromkeys(self.formula.years, weighed)
        return {
            year: need(profile, self.places, year=year, opening=self.formula.opening_year)
            for year in self.formula.years
        }

    def baseline(self, stream: Stream, weighed: Need) -> Baseline:
        """What the areas have in the year before the settlement opens."""
        if stream.baseline == "spend" and stream.spend:
            return spend_baseline(
                stream.code,
                stream.spend,
                plan=self.plan,
                places=self.places,
                opening=self.formula.opening_year,
            )
        earlier = previous_need(
            self.formula.profile(stream),
            self.places,
            year=self.formula.opening_year,
            opening=self.formula.opening_year,
        )
        return modelled_baseline(
            stream.quantum_before(self.formula.opening_year).pence,
            previous_need=(earlier or weighed).by_area(self.plan),
            population=self.population(),
            need_weight=self.formula.modelled_need_weight,
        )

    def entitlements(self, stream: Stream, year: FinancialYear, weighed: Need) -> tuple[int, ...]:
        """What is owed in each area by the promises that hold in a year. Unit: pence."""
        return total_owed(
            [
                owed(
                    promise,
                    population=self.population(),
                    need=self.need_of(promise, weighed).by_area(self.plan),
                )
                for promise in self.formula.promises(stream)
                if promise.first_day <= year.first_day
            ],
            len(self.plan.areas),
        )

    def need_of(self, promise: Entitlement, weighed: Need) -> Need:
        """The need by which a promise is shared: its own profile's, or the stream's."""
        if not promise.profile:
            return weighed
        profile = self.formula.profiles[promise.profile]
        return need(
            profile, self.places, year=self.formula.opening_year, opening=self.formula.opening_year
        )
