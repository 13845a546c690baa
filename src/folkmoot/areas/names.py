"""Names for areas, from what they hold.

In:        an area plan, places, and the criteria where there are any.
Out:       a name for every area, each different; the same plan always gets the same names.
Rule:      the name of the one area of a geography, or of the few, that an area equals; else of
           one that it nearly equals; else its largest places. Geographies with which people
           identify come first.
Not here:  how titles are shortened, and which geographies give names (``parameters.names``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.parameters.names import Naming, listed, naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

EXACT = 1 - 1e-9
"""Likeness of what is the same but for the rounding of shares."""


def name_areas(
    plan: AreaPlan, places: Places, criteria: Criteria | None = None
) -> dict[AreaCode, str]:
    """Name every area of a plan.

    Parameters
    ----------
    criteria : Criteria, optional
        Geographies with the role identity give names before all others.

    Returns
    -------
    dict
        In order of area code. The larger area keeps a name that two would have.
    """
    book = _Book.of(plan, places, criteria)
    people = np.bincount(plan.area_of, weights=places.blocks.population)
    first_block = [int(np.argmax(plan.area_of == area)) for area in range(len(plan.areas))]
    largest_first = sorted(
        range(len(plan.areas)), key=lambda area: (-people[area], first_block[area])
    )
    given: dict[str, int] = {}
    for area in largest_first:
        name = next(name for name in book.names(area) if name not in given)
        given[name] = area
    return {plan.areas[area]: name for name, area in sorted(given.items(), key=lambda one: one[1])}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Book:
    """What the names of a plan's areas may be made of."""

    plan: AreaPlan
    places: Places
    naming: Naming
    people: FloatVector
    """Residents of each area."""
    whole: Mapping[str, FloatMatrix]
    """Contingency of each geography of which an area may equal one area."""
    others: Mapping[str, FloatMatrix]
    """The same of those that give a name where none of these fits."""
    parts: Mapping[str, FloatMatrix]
    """Contingency of each geography whose areas may be joined into a name."""

    @classmethod
    def of(cls, plan: AreaPlan, places: Places, criteria: Criteria | None) -> "_Book":
        words = naming()
        identity = [one.name for one in criteria.by_role("identity")] if criteria else []
        others = [one.name for one in criteria.geographies] if criteria else []

        def tables(names: Sequence[str]) -> dict[str, FloatMatrix]:
            known = [name for name in dict.fromkeys(names) if name in places.geographies]
            return {
                name: places.contingency(places.geographies[name], plan.area_of, len(plan.areas))
                for name in known
            }

        return cls(
            plan=plan,
            places=places,
            naming=words,
            people=np.bincount(plan.area_of, weights=places.blocks.population).astype(float),
            whole=tables([*words.whole, *identity]),
            others=tables(others),
            parts=tables([*words.parts, *identity]),
        )

    def names(self, area: int) -> Iterator[str]:
        """Names for an area, best first; the last is its own alone."""
        for name in self._fitting(area):
            if len(name) <= self.naming.longest:
                yield name
        largest = self._largest_parts(area)
        yield from (_joined(largest[:count]) for count in range(1, len(largest) + 1))
        yield f"{largest[0]} ({self.plan.areas[area]})"

    def _fitting(self, area: int) -> Iterator[str]:
        for least in (EXACT, self.naming.near):
            yield from self._like_one(area, self.whole, least)
            yield from self._like_several(area, least)
        yield from self._like_one(area, self.others, self.naming.near)
        largest = self._largest_parts(area)
        yield from (_joined(largest[:count]) for count in range(len(largest), 0, -1))

    def _like_one(
        self, area: int, tables: Mapping[str, FloatMatrix], least: float
    ) -> Iterator[str]:
        """Areas of geographies that are at least so like the area: 1 is its equal."""
        for geography, table in tables.items():
            most = [int(table[area].argmax())]
            if self._likeness(area, table, most) >= least:
                yield self._name(geography, most[0])

    def _like_several(self, area: int, least: float) -> Iterator[str]:
        """Two or three areas of one geography that together are the area."""
        for geography, table in self.parts.items():
            held = table[area] > table.sum(axis=0) / 2
            several = np.flatnonzero(held).tolist()
            if (
                1 < len(several) <= self.naming.most_joined
                and self._likeness(area, table, several) >= least
            ):
                yield _joined(sorted(self._name(geography, one) for one in several))

    def _likeness(self, area: int, table: FloatMatrix, others: list[int]) -> float:
        """People of the area and the others alike, over the people of either."""
        both = table[area, others].sum()
        either = self.people[area] + table[:, others].sum() - both
        return float(both / either) if either else 0.0

    def _name(self, geography: str, area: int) -> str:
        return self.naming.name(self.places.geographies[geography].names[area])

    def _largest_parts(self, area: int) -> list[str]:
        """Names of the largest places in an area that do not overlap: at most three."""
        chosen: list[str] = []
        left = set(np.flatnonzero(self.plan.area_of == area).tolist())
        for _, name, blocks in sorted(self._places(area), key=lambda one: (-one[0], one[1])):
            named = self.people[area] - self.places.blocks.population[list(left)].sum()
            is_enough = chosen and named >= self.naming.near * self.people[area]
            if len(chosen) == self.naming.most_joined or is_enough:
                break
            if blocks <= left:
                chosen.append(name)
                left -= blocks
        return chosen

    def _places(self, area: int) -> Iterator[tuple[float, str, set[int]]]:
        """People, name and blocks of what lies in an area: blocks, counties, authorities."""
        blocks = self.places.blocks
        for block in np.flatnonzero(self.plan.area_of == area).tolist():
            yield float(blocks.population[block]), self.naming.name(blocks.names[block]), {block}
        for name, table in self.parts.items():
            geography = self.places.geographies[name]
            for other in np.flatnonzero(
                (table[area] > 0) & (table[area] >= self.naming.near * table.sum(axis=0))
            ).tolist():
                held = geography.block[geography.area == other]
                inside = set(held[self.plan.area_of[held] == area].tolist())
                yield float(table[area, other]), self._name(name, other), inside


def _joined(names: Sequence[str]) -> str:
    """One name of several; 'Slough with Windsor and Maidenhead' has no second 'and'."""
    if len(names) == 2 and any(" and " in name for name in names):
        return " with ".join(names)
    return listed(names)
