"""Groups of neighbouring areas: how many people they hold, and who joins whom.

In:        an area plan and the places it is drawn on.
Out:       for each area, the most people in a connected group of 1, 2, … areas with it;
           a partition of the areas into connected groups with enough people each.
Not here:  when a service needs a group (``services.devolution_test``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Places

LARGEST_GROUP = 5
"""Groups beyond this many areas are not searched: no rule asks for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The areas of a plan, their residents, and which of them touch."""

    areas: tuple[AreaCode, ...]
    populations: tuple[int, ...]
    """Unit: persons, one an area."""
    touching: tuple[frozenset[int], ...]
    """For each area, the positions of the areas that share a border with it."""
    group_populations: tuple[tuple[int, ...], ...] = ()
    """For each area, the most residents in a connected group of at most 1, 2, … areas
    that holds it; worked out when made."""

    def __post_init__(self) -> None:
        found = _largest_groups(self.populations, self.touching)
        object.__setattr__(self, "group_populations", found)

    @classmethod
    def of(cls, plan: AreaPlan, places: Places) -> Self:
        """Find the areas that touch, by land or by a fixed link."""
        count = len(plan.areas)
        people = np.zeros(count, dtype=np.int64)
        np.add.at(people, plan.area_of, places.blocks.population)
        touching: list[set[int]] = [set() for _ in range(count)]
        for one, other in plan.area_of[places.borders.pairs].tolist():
            if one != other:
                touching[one].add(other)
                touching[other].add(one)
        return cls(
            areas=plan.areas,
            populations=tuple(people.tolist()),
            touching=tuple(frozenset(found) for found in touching),
        )

    def smallest(self) -> int:
        """Residents of the smallest area."""
        return min(self.populations)

    def smallest_best(self, size: int) -> int:
        """The planning population that every area can reach in a group of ``size`` areas."""
        return min(best[size - 1] for best in self.group_populations)

    def join(self, people: int) -> int | None:
        """Fewest areas a group must have for every area to lie in one with this many people.

        Returns
        -------
        int or None
            None when more than ``LARGEST_GROUP`` would be needed.
        """
        for size in range(1, LARGEST_GROUP + 1):
            if self.smallest_best(size) >= people:
                return size
        return None

    def groups(self, people: int, *, least_areas: int = 1) -> tuple[tuple[AreaCode, ...], ...]:
        """Join neighbouring areas until each group has this many people, and areas.

        The smallest group that is short joins its smallest neighbour, again and again,
        ties to the earlier code; a group with no neighbour stays short.

        Examples
        --------
        >>> line = Neighbours(areas=("A", "B", "C"), populations=(1, 2, 9),
        ...                   touching=(frozenset({1}), frozenset({0, 2}), frozenset({1})))
        >>> line.groups(3)
        (('A', 'B'), ('C',))
        """
        members = {area: [area] for area in range(len(self.areas))}
        people_of = dict(enumerate(self.populations))
        touching = {area: set(found) for area, found in enumerate(self.touching)}
        while short := [
            group
            for group in members
            if touching[group] and (people_of[group] < people or len(members[group]) < least_areas)
        ]:
            small = min(short, key=lambda group: (people_of[group], group))
            other = min(touching[small], key=lambda group: (people_of[group], group))
            keep, drop = min(small, other), max(small, other)
            members[keep] += members.pop(drop)
            people_of[keep] += people_of.pop(drop)
            touching[keep] = (touching[keep] | touching.pop(drop)) - {keep, drop}
            for group in touching[keep]:
                touching[group] = touching[group] - {drop} | {keep}
        return tuple(
            tuple(self.areas[area] for area in sorted(found))
            for _, found in sorted(members.items())
        )

    def lead(self, group: Sequence[AreaCode]) -> AreaCode:
        """The area of a group with most residents, the earlier code at a tie."""
        people = dict(zip(self.areas, self.populations, strict=True))
        return min(group, key=lambda area: (-people[area], area))


def _largest_groups(
    populations: Sequence[int], touching: Sequence[frozenset[int]]
) -> tuple[tuple[int, ...], ...]:
    """Residents of the largest connected group of up to 1, 2, … areas round each area.

    Every connected group of one size is grown by each of its neighbours; sets of areas
    are held as bits, so a group met twice is one.
    """
    around = [sum(1 << other for other in found) for found in touching]
    groups = {1 << area: (people, around[area]) for area, people in enumerate(populations)}
    best = [[people] for people in populations]
    for _ in range(1, LARGEST_GROUP):
        grown: dict[int, tuple[int, int]] = {}
        for members, (people, border) in groups.items():
            for area in _bits(border & ~members):
                larger = members | 1 << area
                if larger not in grown:
                    grown[larger] = (people + populations[area], border | around[area])
        for found in best:
            found.append(found[-1])
        for members, (people, _) in grown.items():
            for area in _bits(members):
                best[area][-1] = max(best[area][-1], people)
        groups = grown
    return tuple(tuple(found) for found in best)


def _bits(number: int) -> list[int]:
    """Positions of the bits that are set."""
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return found
