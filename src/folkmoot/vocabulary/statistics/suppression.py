"""Hide small counts so that nobody can work them out from what is shown.

In:        a table of counts, published with the totals of its rows and columns.
Out:       which cells and totals to hide.
Rule:      a count from 1 to below the bound is hidden, and then as few people more as make every
           hidden figure uncertain to a reader who adds and subtracts, and knows that no count is
           below 0.
Not here:  how wide that uncertainty is; tables that are linked by cells in common.
Source:    L. H. Cox, JASA 75, 1980, for complementary suppression; J. P. Kelly and others,
           Networks 22, 1992, for finding it as shortest paths.

A table with its totals is a network: rows and columns are its nodes, figures its arcs. Figures
can change together, with all sums kept, only around a closed walk over hidden figures; so a
hidden figure is safe if it lies on one, and the cheapest walk says what else to hide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix
from folkmoot.vocabulary.statistics.errors import ShapeError
from folkmoot.vocabulary.statistics.inputs import check_counts, check_within, vectors

BELOW = 10
"""The usual bound of published health and social care figures: 1 to 9 are hidden."""
Node = tuple[str, int]
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Suppressed:
    """What to hide of a table, its totals included."""

    hidden: BoolVector
    """The table's shape with one row more, of column totals, and one column more, of row totals;
    a list has one place more, of its total."""
    small: BoolVector
    """Those hidden because they are small themselves; never published, as it tells which."""

    @property
    def cells(self) -> BoolVector:
        """The part without the totals."""
        inner: BoolVector = self.hidden[(slice(None, -1),) * self.hidden.ndim]
        return inner


def suppress(table: ArrayLike, *, below: float = BELOW, hide_zero: bool = False) -> Suppressed:
    """Say which counts of a table, and which of its totals, are hidden.

    Parameters
    ----------
    table : array of shape (n_rows, n_columns) or (n_rows,)
        Counts, 0 or more. A list is published with its total.
    below : float
        A count above 0 and below this is hidden.
    hide_zero : bool
        Whether a 0 is hidden too: where it is known who was asked, it says something of each.

    Raises
    ------
    CountError, MissingValueError, EmptyInputError, ShapeError
        If a count is below 0 or missing, there is none, or it is no list or table.

    Examples
    --------
    >>> suppress([[4, 20, 30], [25, 11, 50]]).hidden.astype(int).tolist()
    [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0]]
    >>> suppress([4, 20, 30]).cells.tolist()
    [True, True, False]
    """
    (counts,) = vectors(table=table)
    check_counts(table=counts)
    if counts.ndim not in (1, 2):
        raise ShapeError({"table": counts.shape})
    whole = _with_totals(counts)
    small = (whole < below) & ((whole > 0) | hide_zero)
    flat = whole.reshape(len(whole), -1)
    hidden = small.reshape(flat.shape).copy()
    net = _net(flat, is_list=counts.ndim == 1)
    for row, column in sorted(map(tuple, np.argwhere(hidden).tolist()), key=lambda one: flat[one]):
        for cell in _cheapest_walk(net, flat, hidden, (row, column)):
            hidden[cell] = True
    return Suppressed(hidden=hidden.reshape(whole.shape), small=small)


def hidden_rates(
    numerator: ArrayLike, denominator: ArrayLike, *, below: float = BELOW
) -> BoolVector:
    """Say which rates are hidden, because either side of them is small or gives away another.

    Parameters
    ----------
    numerator, denominator : arrays of shape (n_areas,)
        Whole numbers of people; those of whom it is true, and all.

    Raises
    ------
    CountError, MissingValueError, EmptyInputError, ShapeError
        If there are more of the first than of the second, or a count cannot be one.

    Examples
    --------
    >>> hidden_rates([4, 50, 60], [100, 90, 65]).tolist()
    [True, False, True]
    """
    x, n = vectors(numerator=numerator, denominator=denominator)
    check_counts(numerator=x)
    check_within("numerator", x, n, "denominator")
    found = suppress(np.column_stack([x, n - x]), below=below)
    hidden: BoolVector = np.any(found.hidden[:-1], axis=1)
    return hidden


def _with_totals(counts: FloatMatrix) -> FloatMatrix:
    """Put the totals beneath, and for a table beside."""
    for axis in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    return counts


Net = dict[Node, list[tuple[Node, Cell]]]
"""From which row or column a change can be passed on to which, and by which figure."""


def _net(table: FloatMatrix, *, is_list: bool) -> Net:
    """Every change that keeps all sums; the rows of a list sum to nothing, so they are one."""
    net: Net = {}
    for row, column in np.ndindex(*table.shape):
        ends = ("row", 0 if is_list else row), ("column", column)
        for start, end in _ways(table, (row, column), ends):
            net.setdefault(start, []).append((end, (row, column)))
    return net


def _ways(table: FloatMatrix, cell: Cell, ends: tuple[Node, Node]) -> Iterator[tuple[Node, Node]]:
    """How a figure passes a change on: as it rises and, unless it is 0, as it falls."""
    is_total = [cell[0] == table.shape[0] - 1]
    if table.shape[1] > 1:
        is_total.append(cell[1] == table.shape[1] - 1)
    rises = ends if sum(is_total) % 2 == 0 else ends[::-1]
    yield rises
    if table[cell] > 0:
        yield rises[::-1]


def _cheapest_walk(
    net: Net, table: FloatMatrix, hidden: BoolVector, cell: Cell
) -> tuple[Cell, ...]:
    """The figures that make a cell uncertain, if it and they are hidden, at least cost.

    A figure that is hidden already costs nothing; another, the people whom it counts. A 0
    can only rise, and a reader may guess at it, so it is taken last. There is always a walk:
    the cell, its totals and theirs can all rise.
    """
    last = float(table.max()) + 1.0
    price = np.where(hidden, 0.0, np.where(table > 0, table, last) + 1.0)
    nodes = ("row", cell[0]), ("column", cell[1])
    ways = [(start, end) for start in nodes for end, one in net.get(start, ()) if one == cell]
    found = (_shortest(net, price, end, start, without=cell) for start, end in ways)
    return min(walk for walk in found if walk is not None)[1]


def _shortest(
    net: Net, price: FloatMatrix, start: Node, end: Node, *, without: Cell
) -> tuple[float, tuple[Cell, ...]] | None:
    """Dijkstra's shortest walk: what it costs, and the figures on it."""
    waiting: list[tuple[float, Node, tuple[Cell, ...]]] = [(0.0, start, ())]
    done: set[Node] = set()
    while waiting:
        cost, node, walk = heappop(waiting)
        if node == end:
            return cost, walk
        if node in done:
            continue
        done.add(node)
        for onward, cell in net.get(node, ()):
            if onward not in done and cell != without:
                heappush(waiting, (cost + float(price[cell]), onward, (*walk, cell)))
    return None
