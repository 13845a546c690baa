"""Compiled search for every area of blocks that costs less than the prices of its blocks pay.

In:        blocks as bare arrays, prices, and one question: a root, a band of people, a limit.
Out:       the areas found, and how low the reduced cost of those not looked at can be.
Rule:      an area is met from its root, the block that comes first in it; blocks are then
           taken in or shut out one by one (a tree). What has been taken in bounds from below
           what any completion can cost, and branches that cannot come under the limit are cut:

           spread    Σ_A p‖y − ȳ_A‖² ≥ spread of S + Σ_T p (‖y − ȳ_S‖² P_S + ½ nearest) / most,
                     S taken in, T still to come, *nearest* the least that the other people of T
                     can lie apart from a block, given that there are so many of them at least;
           cells     −f is concave: its chord over what can still come in lies beneath it;
                     f is convex: a tangent does;
           travel    half of each block's commuters to the others that there is room for.

           All of it is linear in the blocks of T, so the best T is a knapsack by people.
Not here:  prices (``settling``); which questions are asked (``bargains``).
Source:    our own; decision record 0013. Land and Doig 1960 for the tree; Dantzig 1957 for the
           knapsack in parts.
"""

from math import log
from typing import NamedTuple

import numpy as np

from folkmoot.areas.kernels import Graph
from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix, FloatVector, IntMatrix, IntVector
from folkmoot.vocabulary.compiled import compiled

DEEPEST = 250
"""Blocks of an area; a larger one is left to the bound."""

NARROWINGS = 2
"""Times that blocks are shut out and the rest weighed again, at one step of the tree."""


class Ground(NamedTuple):
    """Blocks with everything that an area's cost is made of."""

    graph: Graph
    overlap_start: IntVector
    overlap_cell: IntVector
    overlap_share: FloatVector
    cell_scales: FloatVector
    cell_people: FloatVector
    """People of the geography that each cell's shares are parts of."""
    straight: FloatVector
    """What a block costs or saves whatever it is joined with: its own commuters."""
    squares: FloatVector
    figures: FloatMatrix
    """Shape (n_blocks, n_figures): y, weighed so that p y² is a cost."""
    apart: FloatMatrix
    """‖y_i − y_j‖²."""
    nearest: IntMatrix
    """The other blocks by ``apart``, a row a block."""
    n_near: IntVector
    """How many of those are listed."""
    flow: FloatMatrix
    busiest: IntMatrix
    """The other blocks by commuters a head, the most first."""
    n_busy: IntVector
    """How many of those have any."""


class Question(NamedTuple):
    """Areas that are asked for."""

    root: int
    allowed: BoolVector
    """Blocks that may be in the area; the root is one."""
    least: int
    most: int
    """People, both allowed."""
    below: float
    """Reduced cost under which an area is wanted."""
    steps: int
    """Steps of the tree that may be taken."""


class Tree(NamedTuple):
    """Where the search stands: one row a step unless it is said otherwise."""

    unit: IntVector
    people: IntVector
    cost: FloatVector
    """Reduced cost of what was taken in, without cells and spread."""
    cells: FloatVector
    moments: FloatMatrix
    flow: FloatMatrix
    """Commuters between what was taken in and each block."""
    value: FloatVector
    """Reduced cost of what was taken in, and what a tangent adds."""
    bound: FloatVector
    """No area that is still to be met from this step has a lower reduced cost."""
    gains: FloatMatrix
    """What each block adds at least, if it comes in."""
    order: IntMatrix
    n_order: IntVector
    children: IntMatrix
    n_children: IntVector
    next_child: IntVector
    shut: IntMatrix
    n_shut: IntVector
    out: BoolVector
    """One a block: taken in, shut out, or never allowed."""
    seen: IntVector
    """One a block: the last visit that reached it."""
    reached: IntVector
    keys: FloatVector
    share: FloatVector
    """One a cell: share of its people taken in."""
    coming: FloatVector
    """One a cell: share of its people that can still come in."""
    slope: FloatVector


class Found(NamedTuple):
    """Areas found: area i holds ``members[starts[i]:starts[i+1]]``."""

    members: IntVector
    starts: IntVector
    reduced: FloatVector


@compiled
def new_tree(n: int, n_cells: int, n_figures: int) -> Tree:
    """A tree over ``n`` blocks that has not begun."""
    deep = min(n, DEEPEST) + 1
    return Tree(
        np.zeros(deep, np.int64),
        np.zeros(deep, np.int64),
        np.zeros(deep),
        np.zeros(deep),
        np.zeros((deep, n_figures)),
        np.zeros((deep, n)),
        np.zeros(deep),
        np.zeros(deep),
        np.zeros((deep, n)),
        np.zeros((deep, n), np.int64),
        np.zeros(deep, np.int64),
        np.zeros((deep, n), np.int64),
        np.zeros(deep, np.int64),
        np.zeros(deep, np.int64),
        np.zeros((deep, n), np.int64),
        np.zeros(deep, np.int64),
        np.ones(n, np.bool_),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n),
        np.zeros(n_cells),
        np.zeros(n_cells),
        np.zeros(n_cells),
    )


@compiled
def x_ln_x(x: float) -> float:
    """The term of an entropy."""
    return x * log(x) if x > 0.0 else 0.0


@compiled
def take_in(tree: Tree, ground: Ground, prices: FloatVector, step: int) -> float:
    """Take in the unit of a step; return the reduced cost of what is then in."""
    unit = tree.unit[step]
    people = ground.graph.people[unit]
    own = ground.straight[unit] + ground.squares[unit] - prices[unit]
    n_figures = ground.figures.shape[1]
    tree.out[unit] = True
    if step == 0:
        tree.people[0] = people
        tree.cost[0] = own
        tree.cells[0] = 0.0
        tree.flow[0] = ground.flow[unit]
        tree.moments[0] = people * ground.figures[unit]
    else:
        tree.people[step] = tree.people[step - 1] + people
        tree.cost[step] = tree.cost[step - 1] + own - tree.flow[step - 1, unit]
        tree.cells[step] = tree.cells[step - 1]
        tree.flow[step] = tree.flow[step - 1] + ground.flow[unit]
        tree.moments[step] = tree.moments[step - 1] + people * ground.figures[unit]
    for place in range(ground.overlap_start[unit], ground.overlap_start[unit + 1]):
        cell = ground.overlap_cell[place]
        share = tree.share[cell] + ground.overlap_share[place]
        tree.cells[step] += ground.cell_scales[cell] * (x_ln_x(share) - x_ln_x(tree.share[cell]))
        tree.share[cell] = share
    between = 0.0
    for figure in range(n_figures):
        between += tree.moments[step, figure] ** 2
    tree.n_shut[step] = tree.n_children[step] = tree.next_child[step] = tree.n_order[step] = 0
    return float(tree.cost[step] + tree.cells[step] - between / max(tree.people[step], 1))


@compiled
def give_back(tree: Tree, ground: Ground, step: int) -> None:
    """Undo a step: its unit stays shut out above, what it shut out is free again."""
    for place in range(tree.n_shut[step]):
        tree.out[tree.shut[step, place]] = False
    unit = tree.unit[step]
    for place in range(ground.overlap_start[unit], ground.overlap_start[unit + 1]):
        cell = ground.overlap_cell[place]
        left = tree.share[cell] - ground.overlap_share[place]
        tree.share[cell] = left if left > 1e-15 else 0.0


@compiled
def shut_out(tree: Tree, step: int, unit: int) -> None:
    """Leave a unit out of everything that is still to be met from a step."""
    tree.out[unit] = True
    tree.shut[step, tree.n_shut[step]] = unit
    tree.n_shut[step] += 1


@compiled
def reach(tree: Tree, ground: Ground, step: int, room: int, visit: int) -> tuple[int, int]:
    """List what can still come in; return how many touch what is in, and how many there are."""
    graph = ground.graph
    count, touching, place = 0, 0, -step - 1
    for before in range(step + 1):
        tree.seen[tree.unit[before]] = visit
    while place < count:
        unit = tree.unit[place + step + 1] if place < 0 else tree.reached[place]
        for entry in range(graph.starts[unit], graph.starts[unit + 1]):
            other = graph.neighbours[entry]
            if tree.seen[other] != visit and not tree.out[other] and graph.people[other] <= room:
                tree.seen[other] = visit
                tree.reached[count] = other
                count += 1
        place += 1
        if place == 0:
            touching = count
    return touching, count


@compiled
def chords(tree: Tree, ground: Ground, count: int, room: int, need: int) -> float:
    """Set what a share of each cell adds at least; return what tangents add besides."""
    for place in range(count):
        unit = tree.reached[place]
        for entry in range(ground.overlap_start[unit], ground.overlap_start[unit + 1]):
            tree.coming[ground.overlap_cell[entry]] = 0.0
    for place in range(count):
        unit = tree.reached[place]
        for entry in range(ground.overlap_start[unit], ground.overlap_start[unit + 1]):
            tree.coming[ground.overlap_cell[entry]] += ground.overlap_share[entry]
    beside = 0.0
    for place in range(count):
        unit = tree.reached[place]
        for entry in range(ground.overlap_start[unit], ground.overlap_start[unit + 1]):
            cell = ground.overlap_cell[entry]
            if tree.coming[cell] < 0.0:
                continue
            scale, inside = ground.cell_scales[cell], tree.share[cell]
            most = min(tree.coming[cell], room / max(ground.cell_people[cell], 1.0))
            tree.slope[cell] = 0.0
            if scale < 0.0 and most > 0.0:
                tree.slope[cell] = scale * (x_ln_x(inside + most) - x_ln_x(inside)) / most
            elif scale > 0.0:
                fewest = min(most, need / max(ground.cell_people[cell], 1.0))
                at = inside + 0.5 * (most + fewest)
                if at > 0.0:
                    steep = 1.0 + log(at)
                    tree.slope[cell] = scale * steep
                    beside += scale * (x_ln_x(at) + steep * (inside - at) - x_ln_x(inside))
            tree.coming[cell] = -1.0
    return beside


@compiled
def apart_from_others(tree: Tree, ground: Ground, unit: int, need: int, visit: int) -> float:
    """The least that ``need`` people who can still come in lie apart from a unit."""
    left, total, place = need, 0.0, 0
    while left > 0 and place < ground.n_near[unit]:
        other = ground.nearest[unit, place]
        place += 1
        if tree.seen[other] == visit and not tree.out[other]:
            people = min(ground.graph.people[other], left)
            total += people * ground.apart[unit, other]
            left -= people
    return total


@compiled
def travel_with_others(tree: Tree, ground: Ground, unit: int, room: int, visit: int) -> float:
    """The most commuters between a unit and others that there is room for."""
    left, total, place = room, 0.0, 0
    while left > 0 and place < ground.n_busy[unit]:
        other = ground.busiest[unit, place]
        place += 1
        if tree.seen[other] == visit and not tree.out[other]:
            people = ground.graph.people[other]
            if people <= left:
                total += ground.flow[unit, other]
            else:
                total += ground.flow[unit, other] * left / people
            left -= people
    return total


@compiled
def weigh(
    tree: Tree,
    ground: Ground,
    prices: FloatVector,
    question: Question,
    step: int,
    count: int,
    visit: int,
) -> float:
    """Set what each block that was reached adds at least; return what is added besides."""
    inside = tree.people[step]
    room, need = question.most - inside, max(question.least - inside, 0)
    beside = chords(tree, ground, count, room, need)
    n_figures = ground.figures.shape[1]
    for place in range(count):
        unit = tree.reached[place]
        people = ground.graph.people[unit]
        gain = ground.straight[unit] - prices[unit] - tree.flow[step, unit]
        for entry in range(ground.overlap_start[unit], ground.overlap_start[unit + 1]):
            gain += tree.slope[ground.overlap_cell[entry]] * ground.overlap_share[entry]
        from_inside = 0.0
        for figure in range(n_figures):
            mean = tree.moments[step, figure] / max(inside, 1)
            from_inside += (ground.figures[unit, figure] - mean) ** 2
        others = apart_from_others(tree, ground, unit, need - people, visit)
        gain += people * (inside * from_inside + 0.5 * others) / question.most
        gain -= 0.5 * travel_with_others(tree, ground, unit, room - people, visit)
        tree.gains[step, unit] = gain
        tree.keys[place] = gain / max(people, 1)
    order = np.argsort(tree.keys[:count])
    for place in range(count):
        tree.order[step, place] = tree.reached[order[place]]
    tree.n_order[step] = count
    return beside


@compiled
def pack(
    tree: Tree, ground: Ground, step: int, value: float, room: int, need: int
) -> tuple[float, float]:
    """The least that what can still come in, in parts, brings a value to; and a person's price."""
    left, taken, price = room, 0, 0.0
    for place in range(tree.n_order[step]):
        unit = tree.order[step, place]
        if tree.out[unit]:
            continue
        gain, people = tree.gains[step, unit], ground.graph.people[unit]
        if gain >= 0.0 and taken >= need:
            return value, 0.0
        price = gain / max(people, 1)
        if gain < 0.0:
            if people > left:
                return value + price * left, price
        elif taken + people >= need:
            return value + price * (need - taken), price
        value += gain
        left -= people
        taken += people
    return (value, 0.0) if taken >= need else (np.inf, 0.0)


@compiled
def open_step(
    tree: Tree, ground: Ground, prices: FloatVector, question: Question, step: int, visit: int
) -> int:
    """Bound a step, shut out what cannot come in, and line up its children."""
    inside = tree.people[step]
    room, need = question.most - inside, max(question.least - inside, 0)
    tree.bound[step] = np.inf
    if room <= 0 or step + 2 >= len(tree.unit):
        return visit
    start, price, touching, count = tree.value[step], 0.0, 0, 0
    for _ in range(NARROWINGS):
        visit += 1
        touching, count = reach(tree, ground, step, room, visit)
        tree.value[step] = start + weigh(tree, ground, prices, question, step, count, visit)
        tree.bound[step], price = pack(tree, ground, step, tree.value[step], room, need)
        if tree.bound[step] >= question.below:
            return visit
        shut = 0
        for place in range(count):
            unit = tree.reached[place]
            with_it = tree.gains[step, unit] - price * ground.graph.people[unit]
            if tree.bound[step] + with_it >= question.below:
                shut_out(tree, step, unit)
                shut += 1
        if shut * 10 < count:
            break
    n_children = 0
    for place in range(touching):
        unit = tree.reached[place]
        if not tree.out[unit]:
            # What would be missed most comes first: without it the bound soon passes the limit.
            tree.keys[n_children] = tree.gains[step, unit] - price * ground.graph.people[unit]
            tree.reached[n_children] = unit
            n_children += 1
    order = np.argsort(tree.keys[:n_children])
    for place in range(n_children):
        tree.children[step, place] = tree.reached[order[place]]
    tree.n_children[step] = n_children
    return visit


@compiled
def next_unit(tree: Tree, ground: Ground, question: Question, step: int) -> int:
    """The next unit to take in after a step, or -1; it is shut out of what comes later."""
    inside = tree.people[step]
    room, need = question.most - inside, max(question.least - inside, 0)
    while tree.next_child[step] < tree.n_children[step]:
        if tree.next_child[step] > 0:
            tree.bound[step], _ = pack(tree, ground, step, tree.value[step], room, need)
            if tree.bound[step] >= question.below:
                break
        unit = tree.children[step, tree.next_child[step]]
        tree.next_child[step] += 1
        shut_out(tree, step, unit)
        people = ground.graph.people[unit]
        value = tree.value[step] + tree.gains[step, unit]
        least, _ = pack(tree, ground, step, value, room - people, need - people)
        if least < question.below:
            return int(unit)
    tree.bound[step] = np.inf
    return -1


@compiled
def trimmed(ground: Ground, tree: Tree) -> Ground:
    """The same ground, its lists without the blocks that are out."""
    n = len(tree.out)
    nearest, n_near = np.zeros((n, n), np.int64), np.zeros(n, np.int64)
    busiest, n_busy = np.zeros((n, n), np.int64), np.zeros(n, np.int64)
    for unit in range(n):
        if tree.out[unit]:
            continue
        for place in range(ground.n_near[unit]):
            other = ground.nearest[unit, place]
            if not tree.out[other]:
                nearest[unit, n_near[unit]] = other
                n_near[unit] += 1
        for place in range(ground.n_busy[unit]):
            other = ground.busiest[unit, place]
            if not tree.out[other]:
                busiest[unit, n_busy[unit]] = other
                n_busy[unit] += 1
    return Ground(
        ground.graph,
        ground.overlap_start,
        ground.overlap_cell,
        ground.overlap_share,
        ground.cell_scales,
        ground.cell_people,
        ground.straight,
        ground.squares,
        ground.figures,
        ground.apart,
        nearest,
        n_near,
        ground.flow,
        busiest,
        n_busy,
    )


@compiled
def find_bargains(
    ground: Ground, prices: FloatVector, question: Question, found: Found
) -> tuple[int, float, int]:
    """Find the areas that a question asks for.

    Returns
    -------
    int
        How many were found; the search stops when there is no room for more.
    float
        No area of the question has a lower reduced cost; under the limit only where an
        area was found, or where steps or room ran out.
    int
        Steps that were taken.
    """
    n = len(ground.graph.people)
    tree = new_tree(n, len(ground.cell_scales), ground.figures.shape[1])
    tree.out[:] = ~question.allowed
    tree.unit[0] = question.root
    count, written, steps, visit, step = 0, 0, 0, 0, 0
    least, is_new = np.inf, ground.graph.people[question.root] <= question.most
    if not is_new:
        return 0, least, 0
    while step >= 0:
        if is_new:
            steps += 1
            value = take_in(tree, ground, prices, step)
            tree.value[step] = value
            if tree.people[step] >= question.least:
                least = min(least, value)
                if value < question.below:
                    found.reduced[count] = value
                    found.members[written : written + step + 1] = tree.unit[: step + 1]
                    written += step + 1
                    count += 1
                    found.starts[count] = written
            visit = open_step(tree, ground, prices, question, step, visit)
            if steps == 1:
                ground = trimmed(ground, tree)
            if step + 2 >= len(tree.unit) and step + 1 < n:
                return count, -np.inf, steps
            if (
                steps >= question.steps
                or count >= len(found.reduced)
                or written + step + 2 >= len(found.members)
            ):
                for before in range(step + 1):
                    least = min(least, tree.bound[before])
                return count, least, steps
        unit = next_unit(tree, ground, question, step)
        is_new = unit >= 0
        if is_new:
            step += 1
            tree.unit[step] = unit
        else:
            give_back(tree, ground, step)
            step -= 1
    return count, min(least, question.below), steps
