"""Why an allocation is another than last year's, or than in another settlement.

In:        the figures of a stream in two years or two settlements, and how areas changed.
Out:       ``Waterfall`` that starts from what the area's residents had, and ends at what the
           area is given: boundary, quantum, data vintage, parameter, pace.
Rule:      each cause is an exact run of the whole stream with that part taken from the new
           figures and the rest from the old. Boundary comes first, always: the other causes
           can only be compared in areas that are the same.
Source:    decision record 0018.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from folkmoot.funding.attribution import Method, attribute
from folkmoot.funding.boundary import Crosswalk
from folkmoot.funding.errors import CellError
from folkmoot.funding.explain import BOUNDS, Cause, Figures, Term, Waterfall
from folkmoot.vocabulary.money import in_pounds

QUANTUM, DATA, PARAMETER, PACE = "quantum", "data vintage", "parameter", "pace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stream then and now, in the areas of now."""

    then: Figures
    """With the figures of each old area moved to the new ones by residents."""
    now: Figures
    start: tuple[int, ...]
    """What the residents of each new area had. Unit: pence."""
    boundary: Cause | None
    """None where every area is as it was."""
    since: str

    @classmethod
    def of(cls, then: Figures, now: Figures, *, walk: Crosswalk | None, since: str) -> "Change":
        """Compare two years or settlements of one stream.

        Parameters
        ----------
        walk : Crosswalk or None
            From the old areas to the new ones; None where they are the same.
        since : str
            What is compared with, in words.
        """
        if walk is None or walk.is_same:
            return cls(then=then, now=now, start=then.closing(), boundary=None, since=since)
        moved = replace(
            then,
            codes=now.codes,
            population=now.population,
            steps={name: walk.moved(people) for name, people in then.steps.items()},
            baseline=walk.moved(then.baseline),
            entitlements=walk.moved(then.entitlements),
        )
        boundary = Cause(
            name="boundary",
            parameter="areas.csv",
            value=f"{len(walk.old)} areas became {len(walk.new)}",
            first_day="",
            source=f"areas of {since}, by residents",
            sha256="",
        )
        start = walk.moved(then.closing())
        return cls(then=moved, now=now, start=start, boundary=boundary, since=since)

    def causes(self) -> Iterator[Cause]:
        """What is different, in order; where areas change, boundary comes before all."""
        bounds = self.now.causes[BOUNDS]
        if self.then.quantum != self.now.quantum:
            was, became = in_pounds(self.then.quantum), in_pounds(self.now.quantum)
            yield replace(self.now.quantum_cause, name=QUANTUM, value=f"{was} to {became}")
        if (self.then.population, self.then.steps) != (self.now.population, self.now.steps):
            last = [*self.now.causes.values()][len(self.now.steps)]
            yield replace(last, name=DATA, value=f"{last.value}, other data")
        if self._rules(self.then) != self._rules(self.now):
            yield replace(bounds, name=PARAMETER)
        if self.then.baseline != self.now.baseline:
            yield replace(bounds, name=PACE, value=self._pace())

    def _pace(self) -> str:
        """Why bounds begin from other amounts: time has passed, or another baseline was given."""
        before, year = self.then.year, self.now.year
        return "another baseline" if before == year else f"moves from {before} to {year}"

    @staticmethod
    def _rules(figures: Figures) -> tuple[object, ...]:
        return figures.rule, figures.entitlements

    def run(self, at_work: frozenset[str]) -> tuple[int, ...]:
        """Every area's allocation with some parts of the new figures. Unit: pence."""
        now, mixed = self.now, self.then
        if QUANTUM in at_work:
            mixed = replace(mixed, quantum=now.quantum)
        if DATA in at_work:
            mixed = replace(mixed, population=now.population, steps=now.steps)
        if PARAMETER in at_work:
            mixed = replace(mixed, rule=now.rule, entitlements=now.entitlements)
        if PACE in at_work:
            mixed = replace(mixed, baseline=now.baseline)
        # Every cause of the old and the new is at work: what differs is in the figures.
        every = {*self.then.causes, *now.causes, *mixed.steps}
        return mixed.run(frozenset(every))

    def waterfall(self, area: str, *, method: Method = "order") -> Waterfall:
        """Explain how one area's allocation came from what its residents had.

        Raises
        ------
        CellError
            If there is no such area now.
        """
        if area not in self.now.codes:
            raise CellError("area", area, self.now.codes)
        at = self.now.codes.index(area)
        causes = list(self.causes())
        rows = attribute(self.run, [cause.name for cause in causes], method)
        terms = [Term(cause=cause, pence=row[at]) for cause, row in zip(causes, rows, strict=True)]
        if self.boundary:
            redrawn = self.run(frozenset())[at] - self.start[at]
            terms.insert(0, Term(cause=self.boundary, pence=redrawn))
        return Waterfall(
            area=area,
            stream=self.now.stream,
            year=self.now.year,
            terms=tuple(terms),
            labels=tuple(dict.fromkeys((*self.now.labels, *self.then.labels))),
            since=self.since,
            start=self.start[at],
        )
