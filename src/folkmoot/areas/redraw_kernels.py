"""Compiled inner loops that redraw areas at least cost: new cuts, and moves of single units.

In:        arrays, a random generator; ``redraw`` says what they mean.
Out:       a plan and the sums of its areas, changed in place; every area stays connected.
Rule:      a step that makes the plan dearer is taken with the chance of annealing; people out
           of bounds count as cost, so that a plan can pass through some that break a bound.
           Sums are kept for each area, so that a move asks the unit's own figures only.
Not here:  random trees (``tree_kernels``); when to stop, choosing among plans (``redraw``).
"""

from math import exp, log
from typing import NamedTuple

import numpy as np

from folkmoot.areas.kernels import Graph
from folkmoot.areas.tree_kernels import (
    Desk,
    Lists,
    clear,
    cut_below,
    gather,
    grow_tree,
    out_of_bounds,
    pick,
    put,
    settle,
    take_out,
)
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntVector
from folkmoot.vocabulary.compiled import compiled

FARTHEST = 200
"""Units that a search for a way round another looks at."""


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


class Held(NamedTuple):
    """The sums of each area of a plan: a row an area."""

    shares: FloatMatrix
    """Share of each cell's people."""
    parts: FloatMatrix
    """x ln x of it."""
    moments: FloatMatrix
    straight: FloatVector
    """Squares less commuters who stay."""
    costs: FloatVector


class Pair(NamedTuple):
    """The sums of two areas at hand, and of the side of a cut that is weighed."""

    cells: IntVector
    """The cells that the two areas touch; as many as were counted."""
    whole: FloatVector
    """Share of each cell's people in both; 0 between steps."""
    part: FloatVector
    """The same on the side that is weighed; 0 between cuts."""
    moments: FloatMatrix
    """Of both, and of the side that is weighed."""
    straight: FloatVector
    """Of both, of the side that is weighed, and of the other side."""
    flow_start: IntVector
    """The flow between members: a run of entries for each place on the desk."""
    flow_unit: IntVector
    flow_share: FloatVector


class Search(NamedTuple):
    """Room to look for a way round a unit: one entry a unit."""

    waiting: IntVector
    source: IntVector
    """The neighbour of the unit from which the search came."""
    stamp: IntVector
    """The search in which a unit was last met."""
    latest: IntVector
    """One number: searches so far."""
    joined: IntVector
    """For each neighbour of the unit, one that it is joined to, or itself."""
    open: IntVector
    """For each such group, units met and not yet looked at."""


@compiled
def new_search(n: int) -> Search:
    """Room for ``n`` units."""
    return Search(
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(1, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
    )


@compiled
def new_pair(sums: Sums) -> Pair:
    """Room for the sums of two areas."""
    n_cells, n_figures = len(sums.cell_scales), sums.moments.shape[1]
    return Pair(
        np.zeros(n_cells, np.int64),
        np.zeros(n_cells),
        np.zeros(n_cells),
        np.zeros((2, n_figures)),
        np.zeros(3),
        np.zeros(len(sums.squares) + 1, np.int64),
        np.zeros(len(sums.flow_unit), np.int64),
        np.zeros(len(sums.flow_unit)),
    )


@compiled
def weigh_all(sums: Sums, lists: Lists) -> Held:
    """The sums of every area of a plan."""
    n_areas = len(lists.first)
    held = Held(
        np.zeros((n_areas, len(sums.cell_scales))),
        np.zeros((n_areas, len(sums.cell_scales))),
        np.zeros((n_areas, sums.moments.shape[1])),
        np.zeros(n_areas),
        np.zeros(n_areas),
    )
    for unit in range(len(lists.area_of)):
        area = lists.area_of[unit]
        held.straight[area] += sums.squares[unit] - sums.flow_within[unit]
        held.moments[area] += sums.moments[unit]
        for entry in range(sums.overlap_start[unit], sums.overlap_start[unit + 1]):
            held.shares[area, sums.overlap_cell[entry]] += sums.overlap_share[entry]
        for entry in range(sums.flow_start[unit], sums.flow_start[unit + 1]):
            if lists.area_of[sums.flow_unit[entry]] == area:
                held.straight[area] -= 0.5 * sums.flow_share[entry]
    for area in range(n_areas):
        cost = held.straight[area]
        for cell in range(len(sums.cell_scales)):
            held.parts[area, cell] = x_ln_x(held.shares[area, cell])
            cost += sums.cell_scales[cell] * held.parts[area, cell]
        for figure in range(sums.moments.shape[1]):
            cost -= held.moments[area, figure] ** 2 / max(lists.people[area], 1)
        held.costs[area] = cost
    return held


@compiled
def x_ln_x(x: float) -> float:
    """The term of an entropy; 0 at 0, and at what rounding leaves of it."""
    return x * log(x) if x > 0.0 else 0.0


@compiled
def is_joined_without(graph: Graph, search: Search, area_of: IntVector, unit: int) -> bool:
    """Whether an area stays in one piece when a unit leaves it; it must keep some unit.

    Searches from all its neighbours in the area go on side by side until they have met, which
    is soon, or until one has nowhere left to go. A way round that is very long is not looked
    for to its end: then the answer is no, and a move that could be made is not.
    """
    area = area_of[unit]
    search.latest[0] += 1
    now = search.latest[0]
    search.stamp[unit] = now
    search.source[unit] = -1
    filled, groups = 0, 0
    for entry in range(graph.starts[unit], graph.starts[unit + 1]):
        other = graph.neighbours[entry]
        if area_of[other] == area:
            search.stamp[other] = now
            search.source[other] = groups
            search.joined[groups] = groups
            search.open[groups] = 1
            search.waiting[filled] = other
            filled += 1
            groups += 1
    if groups == 0:
        return False
    looked = 0
    while groups > 1:
        if looked == FARTHEST:
            return False
        here = search.waiting[looked]
        looked += 1
        group = root_of(search.joined, search.source[here])
        for entry in range(graph.starts[here], graph.starts[here + 1]):
            other = graph.neighbours[entry]
            if area_of[other] != area or other == unit:
                continue
            if search.stamp[other] != now:
                search.stamp[other] = now
                search.source[other] = group
                search.open[group] += 1
                search.waiting[filled] = other
                filled += 1
                continue
            met = root_of(search.joined, search.source[other])
            if met != group:
                search.joined[met] = group
                search.open[group] += search.open[met]
                groups -= 1
        search.open[group] -= 1
        if search.open[group] == 0 and groups > 1:
            return False
    return True


@compiled
def root_of(joined: IntVector, group: int) -> int:
    """The group that stands for all that are joined to this one."""
    while joined[group] != group:
        group = joined[group]
    return group


@compiled
def is_taken(dearer: float, heat: float, rng: np.random.Generator) -> bool:
    """Whether a step is taken, with the chance of annealing."""
    return dearer <= 0.0 or (heat > 0.0 and rng.random() < exp(-dearer / heat))


@compiled
def anneal(
    graph: Graph,
    sums: Sums,
    lists: Lists,
    held: Held,
    bounds: tuple[int, int],
    fine: float,
    heat: float,
    steps: int,
    cuts: int,
    recombined: float,
    rng: np.random.Generator,
    desk: Desk,
    pair: Pair,
    search: Search,
) -> None:
    """Redraw pairs of neighbouring areas, or move single units between them, many times.

    ``fine`` is what one person out of bounds costs; ``recombined`` the part of the steps over
    a border of areas in which both are redrawn.
    """
    n = len(lists.area_of)
    for _ in range(steps):
        unit = pick(rng, n)
        degree = graph.starts[unit + 1] - graph.starts[unit]
        if degree == 0:
            continue
        other = graph.neighbours[graph.starts[unit] + pick(rng, degree)]
        first, second = lists.area_of[unit], lists.area_of[other]
        if first == second:
            continue
        if rng.random() >= recombined:
            move(graph, sums, lists, held, bounds, fine, heat, unit, second, rng, search)
        else:
            count = gather(desk, lists, first, second)
            recombine(
                graph,
                sums,
                lists,
                held,
                bounds,
                fine,
                heat,
                first,
                second,
                count,
                cuts,
                rng,
                desk,
                pair,
            )
            clear(desk, count)


@compiled
def move(
    graph: Graph,
    sums: Sums,
    lists: Lists,
    held: Held,
    bounds: tuple[int, int],
    fine: float,
    heat: float,
    unit: int,
    to: int,
    rng: np.random.Generator,
    search: Search,
) -> None:
    """Move one unit to a neighbouring area, if that is a step to take."""
    least, most = bounds
    home = lists.area_of[unit]
    left, right = lists.people[home] - graph.people[unit], lists.people[to] + graph.people[unit]
    wrong = out_of_bounds(left, least, most) + out_of_bounds(right, least, most)
    wrong -= out_of_bounds(lists.people[home], least, most)
    wrong -= out_of_bounds(lists.people[to], least, most)
    own = sums.squares[unit] - sums.flow_within[unit]
    left_straight, right_straight = held.straight[home] - own, held.straight[to] + own
    for entry in range(sums.flow_start[unit], sums.flow_start[unit + 1]):
        there = lists.area_of[sums.flow_unit[entry]]
        if there == home:
            left_straight += sums.flow_share[entry]
        elif there == to:
            right_straight -= sums.flow_share[entry]
    left_cost, right_cost = left_straight - held.straight[home], right_straight - held.straight[to]
    for entry in range(sums.overlap_start[unit], sums.overlap_start[unit + 1]):
        cell, share = sums.overlap_cell[entry], sums.overlap_share[entry]
        scale = sums.cell_scales[cell]
        left_cost += scale * (x_ln_x(held.shares[home, cell] - share) - held.parts[home, cell])
        right_cost += scale * (x_ln_x(held.shares[to, cell] + share) - held.parts[to, cell])
    for figure in range(sums.moments.shape[1]):
        moment = sums.moments[unit, figure]
        here, at_end = held.moments[home, figure], held.moments[to, figure]
        left_cost += here**2 / max(lists.people[home], 1) - (here - moment) ** 2 / max(left, 1)
        right_cost += at_end**2 / max(lists.people[to], 1) - (at_end + moment) ** 2 / max(right, 1)
    if not is_taken(left_cost + right_cost + fine * wrong, heat, rng):
        return
    if not is_joined_without(graph, search, lists.area_of, unit):
        return
    held.costs[home] += left_cost
    held.costs[to] += right_cost
    held.straight[home], held.straight[to] = left_straight, right_straight
    held.moments[home] -= sums.moments[unit]
    held.moments[to] += sums.moments[unit]
    for entry in range(sums.overlap_start[unit], sums.overlap_start[unit + 1]):
        cell, share = sums.overlap_cell[entry], sums.overlap_share[entry]
        held.shares[home, cell] -= share
        held.shares[to, cell] += share
        held.parts[home, cell] = x_ln_x(held.shares[home, cell])
        held.parts[to, cell] = x_ln_x(held.shares[to, cell])
    lists.people[home], lists.people[to] = left, right
    take_out(lists, unit)
    put(lists, unit, to)


@compiled
def recombine(
    graph: Graph,
    sums: Sums,
    lists: Lists,
    held: Held,
    bounds: tuple[int, int],
    fine: float,
    heat: float,
    first: int,
    second: int,
    count: int,
    cuts: int,
    rng: np.random.Generator,
    desk: Desk,
    pair: Pair,
) -> None:
    """Join two areas and cut them anew along a random tree, if that is a step to take."""
    least, most = bounds
    whole = lists.people[first] + lists.people[second]
    grow_tree(graph, desk, count, rng)
    wrong_now = out_of_bounds(lists.people[first], least, most)
    wrong_now += out_of_bounds(lists.people[second], least, most)
    wrong, fitting = wrong_now, 0
    for place in range(1, count):
        branch = desk.people[desk.members[place]]
        here = out_of_bounds(branch, least, most) + out_of_bounds(whole - branch, least, most)
        if here < wrong:
            wrong, fitting = here, 0
        fitting += here == wrong
    if fitting == 0:
        return
    n_cells = weigh_pair(sums, desk, pair, count)
    best, best_cut = np.inf, -1
    tried = 0
    for place in range(1, count):
        if tried == cuts:
            break
        unit = desk.members[place]
        far = desk.people[unit]
        if out_of_bounds(far, least, most) + out_of_bounds(whole - far, least, most) != wrong:
            continue
        # Each fitting cut has the same chance to be among those that are tried.
        chosen = pick(rng, fitting) < cuts - tried
        fitting -= 1
        if chosen:
            tried += 1
            side = 2 * cut_below(desk, count, unit) <= count
            cost = cost_of_cut(
                sums, desk, pair, count, n_cells, side, far if side else whole - far, whole
            )
            forget_side(pair, n_cells)
            if cost < best:
                best, best_cut = cost, unit
    dearer = best - held.costs[first] - held.costs[second] + fine * (wrong - wrong_now)
    if is_taken(dearer, heat, rng):
        take_cut(sums, lists, held, first, second, count, n_cells, best_cut, desk, pair)
    for place in range(n_cells):
        pair.whole[pair.cells[place]] = 0.0


@compiled
def weigh_pair(sums: Sums, desk: Desk, pair: Pair, count: int) -> int:
    """Add up the two areas at hand as one; answer how many cells they touch."""
    n_cells, n_flows = 0, 0
    pair.straight[0] = 0.0
    pair.moments[0] = 0.0
    for place in range(count):
        unit = desk.members[place]
        pair.straight[0] += sums.squares[unit] - sums.flow_within[unit]
        pair.moments[0] += sums.moments[unit]
        for entry in range(sums.overlap_start[unit], sums.overlap_start[unit + 1]):
            cell = sums.overlap_cell[entry]
            if pair.whole[cell] == 0.0 and sums.overlap_share[entry] > 0.0:
                pair.cells[n_cells] = cell
                n_cells += 1
            pair.whole[cell] += sums.overlap_share[entry]
        for entry in range(sums.flow_start[unit], sums.flow_start[unit + 1]):
            other = sums.flow_unit[entry]
            if desk.at_hand[other]:
                pair.straight[0] -= 0.5 * sums.flow_share[entry]
                pair.flow_unit[n_flows] = other
                pair.flow_share[n_flows] = sums.flow_share[entry]
                n_flows += 1
        pair.flow_start[place + 1] = n_flows
    return n_cells


@compiled
def cost_of_cut(
    sums: Sums,
    desk: Desk,
    pair: Pair,
    count: int,
    n_cells: int,
    side: bool,
    people: int,
    whole: int,
) -> float:
    """What two areas cost that are cut in two; the one on ``side``, of ``people``, is added up."""
    crossing = 0.0
    pair.straight[1] = 0.0
    pair.moments[1] = 0.0
    for place in range(count):
        unit = desk.members[place]
        if desk.side[unit] != side:
            continue
        pair.straight[1] += sums.squares[unit] - sums.flow_within[unit]
        pair.moments[1] += sums.moments[unit]
        for entry in range(sums.overlap_start[unit], sums.overlap_start[unit + 1]):
            pair.part[sums.overlap_cell[entry]] += sums.overlap_share[entry]
        for entry in range(pair.flow_start[place], pair.flow_start[place + 1]):
            if desk.side[pair.flow_unit[entry]] == side:
                pair.straight[1] -= 0.5 * pair.flow_share[entry]
            else:
                crossing += pair.flow_share[entry]
    pair.straight[2] = pair.straight[0] - pair.straight[1] + crossing
    cost = pair.straight[1] + pair.straight[2]
    for figure in range(sums.moments.shape[1]):
        moment = pair.moments[1, figure]
        cost -= moment**2 / max(people, 1)
        cost -= (pair.moments[0, figure] - moment) ** 2 / max(whole - people, 1)
    for place in range(n_cells):
        cell = pair.cells[place]
        part = pair.part[cell]
        cost += sums.cell_scales[cell] * (x_ln_x(part) + x_ln_x(pair.whole[cell] - part))
    return float(cost)


@compiled
def forget_side(pair: Pair, n_cells: int) -> None:
    """Leave nothing on the side that was weighed."""
    for place in range(n_cells):
        pair.part[pair.cells[place]] = 0.0


@compiled
def take_cut(
    sums: Sums,
    lists: Lists,
    held: Held,
    first: int,
    second: int,
    count: int,
    n_cells: int,
    cut: int,
    desk: Desk,
    pair: Pair,
) -> None:
    """Give what is below a cut to the second area and the rest to the first, with their sums."""
    side = 2 * cut_below(desk, count, cut) <= count
    weighed, other = (second, first) if side else (first, second)
    whole = lists.people[first] + lists.people[second]
    lists.people[second] = desk.people[cut]
    lists.people[first] = whole - desk.people[cut]
    cost_of_cut(sums, desk, pair, count, n_cells, side, lists.people[weighed], whole)
    held.straight[weighed], held.straight[other] = pair.straight[1], pair.straight[2]
    held.moments[weighed] = pair.moments[1]
    held.moments[other] = pair.moments[0] - pair.moments[1]
    held.costs[weighed], held.costs[other] = pair.straight[1], pair.straight[2]
    for figure in range(sums.moments.shape[1]):
        for area in (weighed, other):
            moment = held.moments[area, figure]
            held.costs[area] -= moment**2 / max(lists.people[area], 1)
    for place in range(n_cells):
        cell = pair.cells[place]
        held.shares[weighed, cell] = pair.part[cell]
        held.shares[other, cell] = pair.whole[cell] - pair.part[cell]
        for area in (weighed, other):
            held.parts[area, cell] = x_ln_x(held.shares[area, cell])
            held.costs[area] += sums.cell_scales[cell] * held.parts[area, cell]
    forget_side(pair, n_cells)
    settle(desk, lists, count, first, second)
