"""Compiled inner loops over connected unions of units.

In:        arrays; ``enumeration`` and ``cuts`` say what they mean.
Out:       arrays, filled; every loop lets other threads run, and none runs for long.
Rule:      a union is met once: its lowest unit is its root, and each step adds a unit that
           touches it and was not passed over before (Wernicke's ESU).
Not here:  anything that a loop over whole arrays does fast enough.
Source:    Wernicke 2006, Efficient detection of network motifs (the walk);
           Jepsen et al. 2008, Subset-row inequalities (the sets).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix, FloatVector, IntMatrix, IntVector
from folkmoot.vocabulary.compiled import compiled

SmallInts = NDArray[np.uint16]

TRIES = 12
"""Units tried for each union that the budget allows. England's atoms need 4; where areas hold
hundreds of units nearly all are tried in vain, and counting alone would take minutes."""


class Graph(NamedTuple):
    """Units and who touches whom; the neighbours of i are ``neighbours[starts[i]:starts[i+1]]``."""

    people: IntVector
    starts: IntVector
    neighbours: IntVector


class Walk(NamedTuple):
    """Where a walk over unions stands: one entry a step, or one a unit waiting to be added.

    Units that wait form lists that share their tails, so that going back costs nothing.
    """

    unit: IntVector
    """The unit added at each step."""
    people: IntVector
    """Residents of the union at each step."""
    waiting: IntVector
    """First entry of the list of units still to be tried at each step; -1 at its end."""
    first_entry: IntVector
    entry_unit: IntVector
    entry_next: IntVector
    n_entries: IntVector
    """One number: entries in use."""
    n_tries: IntVector
    """One number: units tried so far, whether they could be added or not."""
    passed: BoolVector
    """Units that are in the union, touch it, or come before its root."""


class Rows(NamedTuple):
    """``Terms`` of units as bare arrays, with the flow as a whole matrix."""

    overlap_start: IntVector
    overlap_cell: IntVector
    overlap_share: FloatVector
    cell_scales: FloatVector
    squares: FloatVector
    moments: FloatMatrix
    flow: FloatMatrix
    flow_within: FloatVector


class Tally(NamedTuple):
    """Sums of the union at each step, kept so that going back leaves no rounding behind."""

    share: FloatVector
    """Share of each cell's people in the union now."""
    part: FloatVector
    """x ln x of it."""
    kept_share: FloatMatrix
    kept_part: FloatMatrix
    coterminosity: FloatVector
    straight: FloatVector
    """Squares less commuters who stay."""
    moments: FloatMatrix


@compiled
def new_walk(n: int) -> Walk:
    """A walk over ``n`` units that has not begun."""
    return Walk(
        np.zeros(n + 1, np.int64),
        np.zeros(n + 1, np.int64),
        np.full(n + 1, -1, np.int64),
        np.zeros(n + 1, np.int64),
        np.zeros(n + 1, np.int64),
        np.zeros(n + 1, np.int64),
        np.zeros(1, np.int64),
        np.zeros(1, np.int64),
        np.zeros(n, np.bool_),
    )


@compiled
def enter(walk: Walk, graph: Graph, step: int, unit: int, rest: int) -> None:
    """Add a unit at a step; its new neighbours go before the ``rest`` that waits."""
    before = walk.people[step - 1] if step > 0 else 0
    walk.unit[step] = unit
    walk.people[step] = before + graph.people[unit]
    walk.first_entry[step] = walk.n_entries[0]
    entry = walk.n_entries[0]
    for place in range(graph.starts[unit], graph.starts[unit + 1]):
        neighbour = graph.neighbours[place]
        if not walk.passed[neighbour]:
            walk.passed[neighbour] = True
            walk.entry_unit[entry] = neighbour
            walk.entry_next[entry] = rest
            rest = entry
            entry += 1
    walk.n_entries[0] = entry
    walk.waiting[step] = rest


@compiled
def leave(walk: Walk, step: int) -> None:
    """Take back what ``enter`` did at a step."""
    for entry in range(walk.first_entry[step], walk.n_entries[0]):
        walk.passed[walk.entry_unit[entry]] = False
    walk.n_entries[0] = walk.first_entry[step]


@compiled
def advance(walk: Walk, graph: Graph, step: int, highest: int) -> int:
    """Go on to the next union of at most ``highest`` people; -1 when the root has no more."""
    while step >= 0:
        entry = walk.waiting[step]
        if entry < 0:
            leave(walk, step)
            step -= 1
            continue
        rest = walk.entry_next[entry]
        walk.waiting[step] = rest
        unit = walk.entry_unit[entry]
        walk.n_tries[0] += 1
        if walk.people[step] + graph.people[unit] <= highest:
            enter(walk, graph, step + 1, unit, rest)
            return step + 1
    return -1


@compiled
def count_unions(
    graph: Graph, first: int, last: int, highest: int, most: int, counts: IntVector
) -> int:
    """Count the unions of roots ``first`` to ``last`` - 1.

    ``counts`` gets the unions of each root, and the whole is returned. Beyond ``most`` of
    them, or when units were tried in vain too often to come to the end, more is returned.
    """
    walk = new_walk(len(graph.people))
    walk.passed[:first] = True
    total = 0
    for root in range(first, last):
        walk.passed[root] = True
        if graph.people[root] > highest:
            continue
        before = total
        enter(walk, graph, 0, root, -1)
        step = 0
        while step >= 0:
            total += 1
            if total > most or walk.n_tries[0] > TRIES * most:
                return most + 1
            step = advance(walk, graph, step, highest)
        counts[root] = total - before
    return total


@compiled
def new_tally(rows: Rows) -> Tally:
    """A tally of no units."""
    n, n_figures = rows.moments.shape
    widest = 0
    for unit in range(n):
        widest = max(widest, rows.overlap_start[unit + 1] - rows.overlap_start[unit])
    n_cells = len(rows.cell_scales)
    return Tally(
        np.zeros(n_cells),
        np.zeros(n_cells),
        np.zeros((n + 1, widest)),
        np.zeros((n + 1, widest)),
        np.zeros(n + 1),
        np.zeros(n + 1),
        np.zeros((n + 1, n_figures)),
    )


@compiled
def take(tally: Tally, rows: Rows, walk: Walk, step: int) -> float:
    """Add the unit of a step to the tally; return the cost of the union."""
    unit = walk.unit[step]
    straight = rows.squares[unit] - rows.flow_within[unit]
    coterminosity = 0.0
    if step > 0:
        straight += tally.straight[step - 1]
        coterminosity = tally.coterminosity[step - 1]
        for other in range(step):
            straight -= rows.flow[unit, walk.unit[other]]
    tally.straight[step] = straight
    kept = 0
    for place in range(rows.overlap_start[unit], rows.overlap_start[unit + 1]):
        cell = rows.overlap_cell[place]
        tally.kept_share[step, kept] = tally.share[cell]
        tally.kept_part[step, kept] = tally.part[cell]
        kept += 1
        share = tally.share[cell] + rows.overlap_share[place]
        part = share * np.log(share) if share > 0.0 else 0.0
        coterminosity += rows.cell_scales[cell] * (part - tally.part[cell])
        tally.share[cell] = share
        tally.part[cell] = part
    tally.coterminosity[step] = coterminosity
    between = 0.0
    for figure in range(rows.moments.shape[1]):
        moment = rows.moments[unit, figure]
        if step > 0:
            moment += tally.moments[step - 1, figure]
        tally.moments[step, figure] = moment
        between += moment * moment
    return float(coterminosity + straight - between / max(walk.people[step], 1))


@compiled
def give_back(tally: Tally, rows: Rows, unit: int, step: int) -> None:
    """Take the unit of a step out of the tally again."""
    kept = 0
    for place in range(rows.overlap_start[unit], rows.overlap_start[unit + 1]):
        cell = rows.overlap_cell[place]
        tally.share[cell] = tally.kept_share[step, kept]
        tally.part[cell] = tally.kept_part[step, kept]
        kept += 1


@compiled
def fill_unions(
    graph: Graph,
    rows: Rows,
    first: int,
    last: int,
    bounds: tuple[int, int],
    position: int,
    steps: SmallInts,
    units: SmallInts,
    costs: FloatVector,
    coterminosity: FloatVector,
) -> None:
    """Write the unions of some roots from ``position`` on; too few people cost infinity.

    ``coterminosity`` is left alone where it is empty.
    """
    lowest, highest = bounds
    walk = new_walk(len(graph.people))
    walk.passed[:first] = True
    tally = new_tally(rows)
    taken = np.zeros(len(graph.people) + 1, np.int64)
    for root in range(first, last):
        walk.passed[root] = True
        if graph.people[root] > highest:
            continue
        enter(walk, graph, 0, root, -1)
        step, top = 0, -1
        while step >= 0:
            while top >= step:
                give_back(tally, rows, taken[top], top)
                top -= 1
            top = step
            taken[top] = walk.unit[step]
            cost = take(tally, rows, walk, step)
            steps[position] = step
            units[position] = walk.unit[step]
            costs[position] = cost if walk.people[step] >= lowest else np.inf
            if len(coterminosity) > 0:
                coterminosity[position] = tally.coterminosity[step]
            position += 1
            step = advance(walk, graph, step, highest)
        while top >= 0:
            give_back(tally, rows, taken[top], top)
            top -= 1


class Priced(NamedTuple):
    """The cheapest union of each unit, after prices; ``position`` is -1 where none was below."""

    least: float
    """Least reduced cost of all unions."""
    reduced: FloatVector
    position: IntVector
    size: IntVector
    members: IntMatrix
    """Shape (n_units, longest): the units of the union, the first ``size`` of a row."""


@compiled
def price_unions(
    steps: SmallInts,
    units: SmallInts,
    costs: FloatVector,
    span: tuple[int, int],
    prices: FloatVector,
    below: float,
    longest: int,
) -> Priced:
    """Find, for each unit, the union with the least reduced cost under ``below``.

    The reduced cost is the cost less the prices of the units. ``span`` starts at a root.
    """
    n = len(prices)
    paid = np.zeros(n + 2)
    path = np.zeros(n + 1, np.int64)
    found = Priced(
        np.inf,
        np.full(n, below),
        np.full(n, -1, np.int64),
        np.zeros(n, np.int64),
        np.zeros((n, longest), np.int64),
    )
    least = np.inf
    for place in range(span[0], span[1]):
        step = np.int64(steps[place])
        unit = np.int64(units[place])
        paid[step + 1] = paid[step] + prices[unit]
        path[step] = unit
        reduced = costs[place] - paid[step + 1]
        least = min(least, reduced)
        if reduced < below:
            for other in range(step + 1):
                member = path[other]
                if reduced < found.reduced[member]:
                    found.reduced[member] = reduced
                    found.position[member] = place
                    found.size[member] = step + 1
                    found.members[member, : step + 1] = path[: step + 1]
    return Priced(least, found.reduced, found.position, found.size, found.members)


@compiled
def list_unions(
    steps: SmallInts,
    units: SmallInts,
    costs: FloatVector,
    span: tuple[int, int],
    prices: FloatVector,
    most: float,
    positions: IntVector,
    sizes: IntVector,
    members: IntVector,
) -> tuple[int, int]:
    """List the unions whose reduced cost is at most ``most``; return how many, and their units.

    Nothing is written where ``positions`` is empty: a first pass counts, a second fills.
    """
    paid = np.zeros(len(prices) + 2)
    path = np.zeros(len(prices) + 1, np.int64)
    count, n_members = 0, 0
    for place in range(span[0], span[1]):
        step = np.int64(steps[place])
        unit = np.int64(units[place])
        paid[step + 1] = paid[step] + prices[unit]
        path[step] = unit
        reduced = costs[place] - paid[step + 1]
        if reduced <= most:
            if len(positions) > 0:
                positions[count] = place
                sizes[count] = step + 1
                members[n_members : n_members + step + 1] = path[: step + 1]
            count += 1
            n_members += int(step) + 1
    return count, n_members


@compiled
def count_within(
    steps: SmallInts,
    units: SmallInts,
    costs: FloatVector,
    span: tuple[int, int],
    prices: FloatVector,
    limits: FloatVector,
) -> IntVector:
    """Count the unions whose reduced cost is at most each of some rising limits."""
    paid = np.zeros(len(prices) + 2)
    first_within = np.zeros(len(limits) + 1, np.int64)
    for place in range(span[0], span[1]):
        step = np.int64(steps[place])
        paid[step + 1] = paid[step] + prices[units[place]]
        reduced = costs[place] - paid[step + 1]
        if reduced <= limits[-1]:
            first_within[np.searchsorted(limits, reduced)] += 1
    return np.cumsum(first_within)[:-1]


@compiled
def add_up(
    steps: SmallInts,
    units: SmallInts,
    span: tuple[int, int],
    figures: FloatVector,
    sums: FloatVector,
) -> None:
    """Add up a figure of units over the units of each union."""
    held = np.zeros(len(figures) + 2)
    for place in range(span[0], span[1]):
        step = np.int64(steps[place])
        held[step + 1] = held[step] + figures[units[place]]
        sums[place] = held[step + 1]


@compiled
def take_off(costs: FloatVector, measure: FloatVector, span: tuple[int, int], price: float) -> None:
    """Take off each cost what a measure is worth."""
    for place in range(span[0], span[1]):
        costs[place] -= price * measure[place]


@compiled
def broken_sets(
    inside: BoolVector, parts: FloatVector, size: int, least: float
) -> tuple[IntMatrix, FloatVector]:
    """Find sets of units that parts of columns take together too often.

    Whole columns that hold each unit once hold at most ``size // 2`` pairs of a set, if each
    column counts ``held // 2`` pairs of the units that it holds.

    Parameters
    ----------
    inside : array of shape (n_units, n_columns)
        Which columns hold each unit.
    parts : array of shape (n_columns,)
        How much of each column is taken.
    size : int
        Units of a set.
    least : float
        The least excess worth listing.

    Returns
    -------
    array of shape (n_sets, size)
        The sets that are broken, in order.
    array of shape (n_sets,)
        By how much.
    """
    n, n_columns = inside.shape
    held = np.zeros((size + 1, n_columns), np.int64)
    unit = np.zeros(size, np.int64)
    sets = []
    excesses = []
    depth, following = 0, 0
    while depth >= 0:
        if following > n - (size - depth):
            depth -= 1
            if depth >= 0:
                following = unit[depth] + 1
            continue
        unit[depth] = following
        for column in range(n_columns):
            held[depth + 1, column] = held[depth, column] + inside[following, column]
        if depth < size - 1:
            depth += 1
            following += 1
            continue
        pairs = 0.0
        for column in range(n_columns):
            pairs += parts[column] * (held[size, column] // 2)
        if pairs > size // 2 + least:
            sets.append(unit.copy())
            excesses.append(pairs - size // 2)
        following += 1
    found = np.zeros((len(sets), size), np.int64)
    for place in range(len(sets)):
        found[place] = sets[place]
    return found, np.array(excesses, dtype=np.float64)
