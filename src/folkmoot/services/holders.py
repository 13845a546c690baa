"""Who holds a function in each block: today, by the geographies a country has; and after.

In:        an area plan, the places it is drawn on, criteria that give geographies their roles.
Out:       one body a block for any rule of ``services.functions``.
Rule:      a block that two local bodies share is listed under the one with most of its
           people, and reported as split; where areas share a function, the lead body of
           the group is the one that is accountable.
Not here:  from which day (``services.register``).
Source:    docs/decisions/0007-who-is-accountable.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from folkmoot.parameters.names import naming
from folkmoot.services.devolution_test import TestResult
from folkmoot.services.functions import (
    AsBefore,
    Before,
    ByBody,
    ByLead,
    ByPlace,
    Function,
    LocalKind,
)
from folkmoot.services.neighbours import Neighbours
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.bodies import Commissioner, body_code
from folkmoot.vocabulary.codes import AreaCode, BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Geography, Places

Holders = tuple[CommissionerCode, ...]
"""One body a block, in the order of the package's blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitBlock:
    """A block in which more than one local body of a kind really acts today."""

    kind: str
    block: BlockCode
    shares: tuple[tuple[CommissionerCode, float], ...]
    """Each body and the part of the block's residents it has, the largest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointArrangement:
    """Areas that hold a function together; the body of one of them answers for it."""

    function: FunctionCode
    areas: tuple[AreaCode, ...]
    lead: AreaCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalBodies:
    """The local bodies of one kind, and which has most of each block."""

    kind: str
    holder: tuple[CommissionerCode | None, ...]
    """One a block; None where the country has none there."""
    commissioners: tuple[Commissioner, ...] = ()
    splits: tuple[SplitBlock, ...] = ()

    @classmethod
    def of(cls, kind: LocalKind, places: Places, criteria: Criteria) -> "LocalBodies":
        """Find the bodies of a kind: one for each area of its geography that has blocks."""
        geography = _geography(kind, places, criteria)
        blocks = places.blocks.codes
        if geography is None:
            return cls(kind=kind.code, holder=(None,) * len(blocks))
        codes = [CommissionerCode(f"{geography.name}-{code}") for code in geography.codes]
        names = [kind.name.replace("{place}", _spoken(name)) for name in geography.names]
        largest = geography.dominant(len(blocks)).tolist()
        return cls(
            kind=kind.code,
            holder=tuple(codes[area] if area >= 0 else None for area in largest),
            commissioners=tuple(
                Commissioner(code=codes[area], name=names[area], kind="local")
                for area in sorted(set(geography.area[geography.share > 0].tolist()))
            ),
            splits=_splits(kind.code, geography, blocks, codes),
        )

    def missing(self, places: Places) -> tuple[BlockCode, ...]:
        """The blocks that have no body of this kind."""
        pairs = zip(places.blocks.codes, self.holder, strict=True)
        return tuple(block for block, holder in pairs if holder is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What rules are worked out on: a plan, its places, and the local bodies of today."""

    plan: AreaPlan
    places: Places
    neighbours: Neighbours
    bodies: Mapping[str, LocalBodies]

    @classmethod
    def of(
        cls, plan: AreaPlan, places: Places, criteria: Criteria, functions: Iterable[Function]
    ) -> "Ground":
        """Find the local bodies that some rule names."""
        kinds = {kind.code: kind for function in functions for kind in _kinds(function)}
        bodies = {
            code: LocalBodies.of(kind, places, criteria) for code, kind in sorted(kinds.items())
        }
        return cls(plan=plan, places=places, neighbours=Neighbours.of(plan, places), bodies=bodies)

    def before(self, rule: Before) -> Holders:
        """Who holds a function today."""
        if isinstance(rule, ByBody):
            return (rule.body,) * len(self.places.blocks)
        return tuple(one or rule.otherwise for one in self.bodies[rule.local.code].holder)

    def after(
        self, function: Function, result: TestResult | None
    ) -> tuple[Holders, tuple[JointArrangement, ...]]:
        """Who will hold it, and the joint arrangements that this takes.

        Where the test cannot yet tell, the strongest possible result stands: a function
        leaves the centre when the facts say that it may.
        """
        rule = function.after
        if isinstance(rule, AsBefore):
            return self.before(function.before), ()
        if isinstance(rule, ByBody):
            return self.before(rule), ()
        if isinstance(rule, ByLead):
            return self._by_lead(function.code, self.bodies[rule.local.code])
        if result is None or result.strongest == "retain":
            return (rule.kept_by,) * len(self.places.blocks), ()
        if result.strongest == "joint":
            return self._joined(function.code, result)
        return self._held_by({area: area for area in self.plan.areas}), ()

    def _joined(
        self, function: FunctionCode, result: TestResult
    ) -> tuple[Holders, tuple[JointArrangement, ...]]:
        """Neighbouring areas joined until each group can hold the function."""
        planned = result.planned_among
        people = planned.most if planned.most is not None else planned.least
        least_areas = 1 if people else 2  # most users come from elsewhere: nobody goes alone
        groups = self.neighbours.groups(int(people or 0), least_areas=least_areas)
        leads = {area: self.neighbours.lead(group) for group in groups for area in group}
        return self._held_by(leads), tuple(
            JointArrangement(function=function, areas=group, lead=leads[group[0]])
            for group in groups
            if len(group) > 1
        )

    def _by_lead(
        self, function: FunctionCode, bodies: LocalBodies
    ) -> tuple[Holders, tuple[JointArrangement, ...]]:
        """For each local body of today, the area with most of its people takes over."""
        people: dict[CommissionerCode, Counter[AreaCode]] = {}
        areas = [self.plan.areas[area] for area in self.plan.area_of.tolist()]
        population = self.places.blocks.population.tolist()
        for holder, area, residents in zip(bodies.holder, areas, population, strict=True):
            if holder is not None:
                people.setdefault(holder, Counter())[area] += residents
        leads = {
            holder: min((-residents, area) for area, residents in shared.items())[1]
            for holder, shared in people.items()
        }
        holders = tuple(
            body_code(area if holder is None else leads[holder])
            for holder, area in zip(bodies.holder, areas, strict=True)
        )
        return holders, tuple(
            JointArrangement(function=function, areas=tuple(sorted(shared)), lead=leads[holder])
            for holder, shared in sorted(people.items())
            if len(shared) > 1
        )

    def _held_by(self, leads: Mapping[AreaCode, AreaCode]) -> Holders:
        """The body of the lead of each block's area."""
        bodies = [body_code(leads[area]) for area in self.plan.areas]
        return tuple(bodies[area] for area in self.plan.area_of.tolist())


def _kinds(function: Function) -> list[LocalKind]:
    """The kinds of local body that a function's rules name."""
    rules = (function.before, function.delegated, function.after)
    return [rule.local for rule in rules if isinstance(rule, ByPlace | ByLead)]


def _geography(kind: LocalKind, places: Places, criteria: Criteria) -> Geography | None:
    """The geography of a kind: by name, or the first with its role; None where there is none."""
    if kind.geography:
        return places.geographies.get(kind.geography)
    named = [one.name for one in criteria.by_role(kind.role) if one.name in places.geographies]
    return places.geographies[named[0]] if named else None


def _splits(
    kind: str, geography: Geography, blocks: Sequence[BlockCode], codes: Sequence[CommissionerCode]
) -> tuple[SplitBlock, ...]:
    """Blocks with residents in more than one area of a geography."""
    shares: dict[int, list[tuple[CommissionerCode, float]]] = {}
    entries = zip(
        geography.block.tolist(), geography.area.tolist(), geography.share.tolist(), strict=True
    )
    for block, area, share in entries:
        if share > 0:
            shares.setdefault(block, []).append((codes[area], share))
    return tuple(
        SplitBlock(
            kind=kind,
            block=blocks[block],
            shares=tuple(sorted(found, key=lambda one: (-one[1], one[0]))),
        )
        for block, found in sorted(shares.items())
        if len(found) > 1
    )


def _spoken(title: str) -> str:
    """A place as people say it: an index puts 'City of' last, a sentence does not."""
    return naming().name(title) if ", " in title else title
