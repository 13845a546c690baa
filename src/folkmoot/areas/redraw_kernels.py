"""Compiled inner loops that redraw areas: random trees, cuts and moves of single units.

In:        arrays, a random generator; ``redraw`` says what they mean.
Out:       labels, changed in place; every area stays connected.
Rule:      a step that makes the plan dearer is taken with the chance of annealing; people out
           of bounds count as cost, so that a plan can pass through some that break a bound.
Not here:  when to stop; choosing among areas met (``redraw``).
Source:    Wilson 1996, Generating random spanning trees more quickly than the cover time;
           DeFord, Duchin and Solomon 2021, Recombination.
"""

from math import exp, log
from typing import NamedTuple

import numpy as np

from folkmoot.areas.kernels import Graph, compiled
from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix, FloatVector, IntVector


class Sums(NamedTuple):
    """``Terms`` of units as bare arrays, with the flow as lists."""

    overlap_start: IntVector
    overlap_cell: IntVector
    overlap_share: FloatVector
    cell_scales: FloatVector
    squares: FloatVector
    moments: FloatMatrix
    flow_start: IntVector
    flow_unit: IntVector
    flow_share: FloatVector
    flow_within: FloatVector


class Desk(NamedTuple):
    """Room to work in, one entry a unit unless said otherwise."""

    members: IntVector
    """Units of the two areas at hand, each after its parent in the tree."""
    parent: IntVector
    following: IntVector
    """Where a random walk went from a unit."""
    people: IntVector
    """Residents of the tree below and with each unit."""
    side: BoolVector
    """Whether a unit is on the far side of the cut at hand."""
    chosen: BoolVector
    """The same for the best cut so far."""
    seen: BoolVector
    tally: FloatVector
    """One entry a cell."""


@compiled
def new_desk(n: int, n_cells: int) -> Desk:
    """Room for ``n`` units."""
    return Desk(
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.bool_),
        np.zeros(n, np.bool_),
        np.zeros(n, np.bool_),
        np.zeros(n_cells, np.float64),
    )


@compiled
def out_of_bounds(people: int, least: int, most: int) -> int:
    """How many people an area has too few or too many."""
    return max(least - people, people - most, 0)


@compiled
def pick(rng: np.random.Generator, count: int) -> int:
    """A whole number from 0 up to and without ``count``."""
    return int(rng.random() * count)


@compiled
def cost_of(sums: Sums, desk: Desk, n_members: int, people: int, side: bool) -> float:
    """What the members on one side cost as an area."""
    n_figures = sums.moments.shape[1]
    moments = np.zeros(n_figures)
    cost = 0.0
    for place in range(n_members):
        unit = desk.members[place]
        if desk.side[unit] != side:
            continue
        cost += sums.squares[unit] - sums.flow_within[unit]
        for figure in range(n_figures):
            moments[figure] += sums.moments[unit, figure]
        for entry in range(sums.overlap_start[unit], sums.overlap_start[unit + 1]):
            desk.tally[sums.overlap_cell[entry]] += sums.overlap_share[entry]
        for entry in range(sums.flow_start[unit], sums.flow_start[unit + 1]):
            other = sums.flow_unit[entry]
            if desk.seen[other] and desk.side[other] == side:
                cost -= 0.5 * sums.flow_share[entry]
    for place in range(n_members):
        unit = desk.members[place]
        if desk.side[unit] != side:
            continue
        for entry in range(sums.overlap_start[unit], sums.overlap_start[unit + 1]):
            cell = sums.overlap_cell[entry]
            share = desk.tally[cell]
            if share > 0.0:
                cost += sums.cell_scales[cell] * share * log(share)
                desk.tally[cell] = 0.0
    for figure in range(n_figures):
        cost -= moments[figure] ** 2 / max(people, 1)
    return cost


@compiled
def gather(desk: Desk, area_of: IntVector, first: int, second: int) -> int:
    """Put the units of two areas on the desk; ``side`` tells them apart."""
    count = 0
    for unit in range(len(area_of)):
        here = area_of[unit] == first or area_of[unit] == second
        desk.seen[unit] = here
        if here:
            desk.members[count] = unit
            desk.side[unit] = area_of[unit] == second
            count += 1
    return count


@compiled
def grow_tree(graph: Graph, desk: Desk, count: int, rng: np.random.Generator) -> None:
    """Span the units on the desk with a random tree, every tree as likely as any other.

    ``members`` is put in an order in which each unit comes after its parent; ``people``
    counts each unit's branch.
    """
    order = desk.members[:count].copy()
    in_tree = desk.chosen
    for place in range(count):
        in_tree[order[place]] = False
    root = order[pick(rng, count)]
    desk.parent[root] = -1
    in_tree[root] = True
    desk.members[0] = root
    filled = 1
    for place in range(count):
        start = order[place]
        unit = start
        while not in_tree[unit]:
            step = pick(rng, graph.starts[unit + 1] - graph.starts[unit])
            other = graph.neighbours[graph.starts[unit] + step]
            if desk.seen[other]:
                desk.following[unit] = other
                unit = other
        length = 0
        unit = start
        while not in_tree[unit]:
            in_tree[unit] = True
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
def cut_below(desk: Desk, count: int, cut: int) -> None:
    """Put the branch that begins at a unit on the far side."""
    for place in range(count):
        unit = desk.members[place]
        above = desk.parent[unit]
        desk.side[unit] = unit == cut or (above >= 0 and desk.side[above])


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
def is_joined_without(graph: Graph, desk: Desk, area_of: IntVector, unit: int) -> bool:
    """Whether an area stays in one piece when a unit leaves it; it must keep some unit."""
    area, start, held = area_of[unit], -1, 0
    for other in range(len(area_of)):
        desk.chosen[other] = False
        held += area_of[other] == area
    for entry in range(graph.starts[unit], graph.starts[unit + 1]):
        if area_of[graph.neighbours[entry]] == area:
            start = graph.neighbours[entry]
    if start < 0:
        return False
    desk.chosen[unit] = True
    desk.chosen[start] = True
    desk.following[0] = start
    waiting, met = 1, 1
    while waiting > 0:
        waiting -= 1
        here = desk.following[waiting]
        for entry in range(graph.starts[here], graph.starts[here + 1]):
            other = graph.neighbours[entry]
            if area_of[other] == area and not desk.chosen[other]:
                desk.chosen[other] = True
                desk.following[waiting] = other
                waiting += 1
                met += 1
    return bool(met == held - 1)


@compiled
def is_taken(dearer: float, heat: float, rng: np.random.Generator) -> bool:
    """Whether a step is taken, with the chance of annealing."""
    return dearer <= 0.0 or (heat > 0.0 and rng.random() < exp(-dearer / heat))


@compiled
def anneal(
    graph: Graph,
    sums: Sums,
    area_of: IntVector,
    people_of: IntVector,
    costs: FloatVector,
    bounds: tuple[int, int],
    fine: float,
    heat: float,
    steps: int,
    cuts: int,
    rng: np.random.Generator,
    desk: Desk,
) -> None:
    """Redraw pairs of neighbouring areas, or move single units between them, many times.

    ``fine`` is what one person out of bounds costs.
    """
    n = len(area_of)
    for _ in range(steps):
        unit = pick(rng, n)
        degree = graph.starts[unit + 1] - graph.starts[unit]
        if degree == 0:
            continue
        other = graph.neighbours[graph.starts[unit] + pick(rng, degree)]
        first, second = area_of[unit], area_of[other]
        if first == second:
            continue
        if rng.random() < 0.5:
            move(
                graph, sums, area_of, people_of, costs, bounds, fine, heat, unit, second, rng, desk
            )
        else:
            recombine(
                graph,
                sums,
                area_of,
                people_of,
                costs,
                bounds,
                fine,
                heat,
                first,
                second,
                cuts,
                rng,
                desk,
            )


@compiled
def move(
    graph: Graph,
    sums: Sums,
    area_of: IntVector,
    people_of: IntVector,
    costs: FloatVector,
    bounds: tuple[int, int],
    fine: float,
    heat: float,
    unit: int,
    to: int,
    rng: np.random.Generator,
    desk: Desk,
) -> None:
    """Move one unit to a neighbouring area, if that is a step to take."""
    least, most = bounds
    home = area_of[unit]
    left, right = people_of[home] - graph.people[unit], people_of[to] + graph.people[unit]
    wrong = out_of_bounds(left, least, most) + out_of_bounds(right, least, most)
    wrong_now = out_of_bounds(people_of[home], least, most)
    wrong_now += out_of_bounds(people_of[to], least, most)
    if not is_joined_without(graph, desk, area_of, unit):
        return
    count = gather(desk, area_of, home, to)
    desk.side[unit] = True
    left_cost = cost_of(sums, desk, count, left, False)
    right_cost = cost_of(sums, desk, count, right, True)
    dearer = left_cost + right_cost - costs[home] - costs[to] + fine * (wrong - wrong_now)
    if is_taken(dearer, heat, rng):
        area_of[unit] = to
        people_of[home], people_of[to] = left, right
        costs[home], costs[to] = left_cost, right_cost


@compiled
def recombine(
    graph: Graph,
    sums: Sums,
    area_of: IntVector,
    people_of: IntVector,
    costs: FloatVector,
    bounds: tuple[int, int],
    fine: float,
    heat: float,
    first: int,
    second: int,
    cuts: int,
    rng: np.random.Generator,
    desk: Desk,
) -> None:
    """Join two areas and cut them anew along a random tree, if that is a step to take."""
    least, most = bounds
    count = gather(desk, area_of, first, second)
    whole = people_of[first] + people_of[second]
    grow_tree(graph, desk, count, rng)
    wrong = out_of_bounds(people_of[first], least, most)
    wrong += out_of_bounds(people_of[second], least, most)
    wrong_now = wrong
    fitting = 0
    for place in range(1, count):
        branch = desk.people[desk.members[place]]
        here = out_of_bounds(branch, least, most) + out_of_bounds(whole - branch, least, most)
        if here < wrong:
            wrong, fitting = here, 0
        fitting += here == wrong
    best = np.inf
    best_cut, best_far = -1, 0
    best_near_cost, best_far_cost = 0.0, 0.0
    tried = 0
    for place in range(1, count):
        if tried == cuts:
            break
        unit = desk.members[place]
        far = desk.people[unit]
        if out_of_bounds(far, least, most) + out_of_bounds(whole - far, least, most) != wrong:
            continue
        # Each fitting cut has the same chance to be among those that are tried.
        if pick(rng, fitting) >= cuts - tried:
            fitting -= 1
            continue
        fitting -= 1
        tried += 1
        cut_below(desk, count, unit)
        near_cost = cost_of(sums, desk, count, whole - far, False)
        far_cost = cost_of(sums, desk, count, far, True)
        if near_cost + far_cost < best:
            best, best_cut, best_far = near_cost + far_cost, unit, far
            best_near_cost, best_far_cost = near_cost, far_cost
    dearer = best - costs[first] - costs[second] + fine * (wrong - wrong_now)
    if best_cut < 0 or not is_taken(dearer, heat, rng):
        return
    cut_below(desk, count, best_cut)
    for place in range(count):
        unit = desk.members[place]
        area_of[unit] = second if desk.side[unit] else first
    people_of[first], people_of[second] = whole - best_far, best_far
    costs[first], costs[second] = best_near_cost, best_far_cost
