"""Compiled inner loops over random trees: areas are joined, spanned and cut in two.

In:        arrays, a random generator; ``redraw`` says what they mean.
Out:       labels and lists, changed in place; every area stays connected.
Rule:      a step looks at the units of the areas at hand only, however large the country is.
Not here:  what an area costs (``redraw_kernels``); when to stop (``redraw``).
Source:    Wilson 1996, Generating random spanning trees more quickly than the cover time;
           DeFord, Duchin and Solomon 2021, Recombination.
"""

from typing import NamedTuple

import numpy as np

from folkmoot.areas.kernels import Graph
from folkmoot.vocabulary.arrays import BoolVector, IntVector
from folkmoot.vocabulary.compiled import compiled


class Lists(NamedTuple):
    """A plan as lists, so that an area's units are met without looking at any other."""

    area_of: IntVector
    after: IntVector
    """The next unit in the list of a unit's area; -1 at its end."""
    before: IntVector
    first: IntVector
    """The first unit of each area."""
    people: IntVector
    """Residents of each area."""


class Desk(NamedTuple):
    """Room to work in, one entry a unit."""

    members: IntVector
    """Units of the two areas at hand, each after its parent in the tree."""
    parent: IntVector
    following: IntVector
    """Where a random walk went from a unit; or how many units its branch has."""
    people: IntVector
    """Residents of the tree below and with each unit."""
    side: BoolVector
    """Whether a unit is on the far side of the cut at hand."""
    in_tree: BoolVector
    at_hand: BoolVector
    """Whether a unit is among the members; all false between steps."""


@compiled
def new_desk(n: int) -> Desk:
    """Room for ``n`` units."""
    return Desk(
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.bool_),
        np.zeros(n, np.bool_),
        np.zeros(n, np.bool_),
    )


@compiled
def new_lists(people: IntVector, area_of: IntVector, n_areas: int) -> Lists:
    """The lists of a plan; ``area_of`` is kept and changed in place."""
    n = len(area_of)
    lists = Lists(
        area_of,
        np.full(n, -1, np.int64),
        np.full(n, -1, np.int64),
        np.full(n_areas, -1, np.int64),
        np.zeros(n_areas, np.int64),
    )
    for unit in range(n - 1, -1, -1):
        put(lists, unit, area_of[unit])
        lists.people[area_of[unit]] += people[unit]
    return lists


@compiled
def put(lists: Lists, unit: int, area: int) -> None:
    """Put a unit that is in no list first in the list of an area."""
    second = lists.first[area]
    lists.area_of[unit] = area
    lists.before[unit] = -1
    lists.after[unit] = second
    lists.first[area] = unit
    if second >= 0:
        lists.before[second] = unit


@compiled
def take_out(lists: Lists, unit: int) -> None:
    """Take a unit out of the list of its area."""
    before, after = lists.before[unit], lists.after[unit]
    if before >= 0:
        lists.after[before] = after
    else:
        lists.first[lists.area_of[unit]] = after
    if after >= 0:
        lists.before[after] = before


@compiled
def out_of_bounds(people: int, least: int, most: int) -> int:
    """How many people an area has too few or too many."""
    return max(least - people, people - most, 0)


@compiled
def pick(rng: np.random.Generator, count: int) -> int:
    """A whole number from 0 up to and without ``count``."""
    return int(rng.random() * count)


@compiled
def gather(desk: Desk, lists: Lists, first: int, second: int) -> int:
    """Put the units of two areas, or of one named twice, on the desk; answer how many."""
    count = 0
    unit = lists.first[first]
    while unit >= 0:
        desk.members[count] = unit
        desk.at_hand[unit] = True
        count += 1
        unit = lists.after[unit]
    unit = lists.first[second] if second != first else -1
    while unit >= 0:
        desk.members[count] = unit
        desk.at_hand[unit] = True
        count += 1
        unit = lists.after[unit]
    return count


@compiled
def clear(desk: Desk, count: int) -> None:
    """Leave no unit at hand."""
    for place in range(count):
        desk.at_hand[desk.members[place]] = False


@compiled
def grow_tree(graph: Graph, desk: Desk, count: int, rng: np.random.Generator) -> None:
    """Span the units on the desk with a random tree, every tree as likely as any other.

    ``members`` is put in an order in which each unit comes after its parent; ``people``
    counts each unit's branch.
    """
    order = desk.members[:count].copy()
    for place in range(count):
        desk.in_tree[order[place]] = False
    root = order[pick(rng, count)]
    desk.parent[root] = -1
    desk.in_tree[root] = True
    desk.members[0] = root
    filled = 1
    for place in range(count):
        start = order[place]
        unit = start
        while not desk.in_tree[unit]:
            step = pick(rng, graph.starts[unit + 1] - graph.starts[unit])
            other = graph.neighbours[graph.starts[unit] + step]
            if desk.at_hand[other]:
                desk.following[unit] = other
                unit = other
        length = 0
        unit = start
        while not desk.in_tree[unit]:
            desk.in_tree[unit] = True
            desk.parent[unit] = desk.following[unit]
            length += 1
            unit = desk.following[unit]
        unit = start
        for back in range(length):
            desk.members[filled + length - 1 - back] = unit
            unit = desk.parent[unit]
        filled += length
    for place in range(count):
        desk.people[desk.members[place]] = graph.people[desk.members[place]]
    for place in range(count - 1, 0, -1):
        unit = desk.members[place]
        desk.people[desk.parent[unit]] += desk.people[unit]


@compiled
def cut_below(desk: Desk, count: int, cut: int) -> int:
    """Put the branch that begins at a unit on the far side; answer how many units it has."""
    far = 0
    for place in range(count):
        unit = desk.members[place]
        above = desk.parent[unit]
        beyond = unit == cut or (above >= 0 and desk.side[above])
        desk.side[unit] = beyond
        far += beyond
    return far


@compiled
def settle(desk: Desk, lists: Lists, count: int, first: int, second: int) -> None:
    """Give the units on the far side to the second area, and the others to the first."""
    lists.first[first] = lists.first[second] = -1
    for place in range(count - 1, -1, -1):
        unit = desk.members[place]
        put(lists, unit, second if desk.side[unit] else first)


@compiled
def split_in_two(
    graph: Graph,
    desk: Desk,
    count: int,
    n_areas: int,
    bounds: tuple[int, int],
    rng: np.random.Generator,
) -> int:
    """Cut a random tree where the branch suits some of ``n_areas`` areas, and the rest the others.

    Each side keeps a unit for every area. Of the cuts with least people out of bounds one is
    chosen by chance; answers how many areas the far side is for.
    """
    grow_tree(graph, desk, count, rng)
    least, most = bounds
    units = desk.following
    for place in range(count):
        units[desk.members[place]] = 1
    for place in range(count - 1, 0, -1):
        units[desk.parent[desk.members[place]]] += units[desk.members[place]]
    whole = desk.people[desk.members[0]]
    best, best_cut, best_areas, ties = -1, -1, 0, 0
    for place in range(1, count):
        unit = desk.members[place]
        branch = desk.people[unit]
        fewest = max(1, n_areas - count + units[unit])
        greatest = min(n_areas - 1, units[unit])
        share = min(max(round(branch * n_areas / max(whole, 1)), fewest), greatest)
        for areas in range(max(share - 1, fewest), min(share + 1, greatest) + 1):
            rest = n_areas - areas
            wrong = out_of_bounds(branch, areas * least, areas * most)
            wrong += out_of_bounds(whole - branch, rest * least, rest * most)
            if best < 0 or wrong < best:
                best, best_cut, best_areas, ties = wrong, unit, areas, 1
            elif wrong == best:
                ties += 1
                if pick(rng, ties) == 0:
                    best_cut, best_areas = unit, areas
    cut_below(desk, count, best_cut)
    return best_areas


@compiled
def recombine_many(
    graph: Graph,
    ends: IntVector,
    lists: Lists,
    desk: Desk,
    bounds: tuple[int, int],
    steps: int,
    tries: int,
    rng: np.random.Generator,
) -> int:
    """Join two neighbouring areas and cut them anew, many times; answer how often that was done.

    The two areas are those of a border between areas, each border as likely as any other;
    ``ends`` is the unit on the near side of each entry of ``graph.neighbours``. Random trees
    are drawn until one has a cut that keeps the bounds, and of its cuts each is as likely.
    """
    done = 0
    for _ in range(steps):
        entry = pick(rng, len(ends))
        while lists.area_of[ends[entry]] == lists.area_of[graph.neighbours[entry]]:
            entry = pick(rng, len(ends))
        first, second = lists.area_of[ends[entry]], lists.area_of[graph.neighbours[entry]]
        count = gather(desk, lists, first, second)
        for _again in range(tries):
            grow_tree(graph, desk, count, rng)
            cut = fitting_cut(desk, count, bounds, rng)
            if cut >= 0:
                cut_below(desk, count, cut)
                settle(desk, lists, count, first, second)
                lists.people[first] += lists.people[second] - desk.people[cut]
                lists.people[second] = desk.people[cut]
                done += 1
                break
        clear(desk, count)
    return done


@compiled
def fitting_cut(desk: Desk, count: int, bounds: tuple[int, int], rng: np.random.Generator) -> int:
    """The unit below which the tree is cut within the bounds, by chance; -1 where none is."""
    least, most = bounds
    whole = desk.people[desk.members[0]]
    fitting, cut = 0, -1
    for place in range(1, count):
        branch = desk.people[desk.members[place]]
        if least <= branch <= most and least <= whole - branch <= most:
            fitting += 1
            if pick(rng, fitting) == 0:
                cut = desk.members[place]
    return cut
