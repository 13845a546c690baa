"""Connected areas and plans of them, by trying every set of units in plain Python."""

from collections.abc import Iterator, Mapping, Set
from itertools import combinations

Area = frozenset[int]
Near = Mapping[int, Set[int]]


def neighbours(n: int, pairs: list[list[int]]) -> Near:
    """Who touches whom."""
    near: dict[int, set[int]] = {unit: set() for unit in range(n)}
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    return near


def is_joined(members: Set[int], near: Near) -> bool:
    """Whether a walk from one member comes to all the others."""
    seen: set[int] = set()
    waiting = [min(members)]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += near[here] & members
    return seen == members


def joined_areas(near: Near, people: list[int], bounds: tuple[int, int]) -> list[Area]:
    """Every connected set of units within the bounds."""
    least, most = bounds
    return [
        frozenset(found)
        for size in range(1, len(people) + 1)
        for found in combinations(range(len(people)), size)
        if least <= sum(people[unit] for unit in found) <= most
        and is_joined(frozenset(found), near)
    ]


def plans(areas: list[Area], left: Area, count: int) -> Iterator[list[Area]]:
    """Every way to make ``count`` areas of what is left."""
    if not left and not count:
        yield []
    if left and count:
        for area in areas:
            if min(left) in area and area <= left:
                for rest in plans(areas, left - area, count - 1):
                    yield [area, *rest]
