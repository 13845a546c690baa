"""Tables whose rows and columns both have given sums: areas by streams, areas by causes.

In:        amounts by area and stream, what each area and each stream is to have in all, and
           the least and the most of each cell; or a table of exact numbers to be rounded.
Out:       whole pence that keep every sum and bound with the least change; or the areas and
           streams that cannot both be satisfied; or the table, each cell within a penny.
Not here:  how much an area is to have in all (``block_totals`` asks ``pace_of_change``).
Source:    minimum-cost flow by shortest paths, in whole numbers: solvers with capacities of
           32 bits cannot hold these sums. Hall's condition, by the cut of Ford and Fulkerson.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from folkmoot.funding.certificate import Certificate
from folkmoot.funding.errors import MarginError
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.pace_of_change import pace_of_change
from folkmoot.vocabulary.money import in_pounds

Pence = Sequence[Sequence[int]]
"""One row an area, one column a stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TightSet:
    """Areas that need more than all streams can give them, whatever the rest receives.

    Or, where floors alone are too much, the one area or stream whose sum is below them.
    """

    areas: tuple[str, ...]
    streams: tuple[str, ...]
    """The streams that these areas would exhaust; of the others they have their most."""
    needed: int
    available: int
    is_of_floors: bool = False
    """Whether ``needed`` is what the floors of one row or column promise."""

    @property
    def pence(self) -> int:
        """What is missing, always above zero."""
        return self.needed - self.available

    def sentence(self) -> str:
        """The answer in words."""
        if self.is_of_floors:
            (who,) = (*self.areas, *self.streams)
            return (
                f"The floors of {who} promise {in_pounds(self.needed)}, and {who} is to have "
                f"{in_pounds(self.available)} in all: {in_pounds(self.pence)} is missing. Raise "
                "that total, or lower a floor."
            )
        exhausted = f" Exhausted: {', '.join(self.streams)}." if self.streams else ""
        return (
            f"{', '.join(self.areas)} are to have {in_pounds(self.needed)} in all, and all streams "
            f"together can give them {in_pounds(self.available)}: {in_pounds(self.pence)} is "
            f"missing.{exhausted} Lower these areas' totals, or raise a ceiling of theirs."
        )


def block_totals(
    targets: Sequence[Fraction],
    *,
    least: Sequence[int],
    lower: Pence,
    upper: Pence,
    quantum: int,
    codes: Sequence[str],
) -> Certificate | Infeasible:
    """Share all streams' quanta between areas so that no area's whole grant is too small.

    Parameters
    ----------
    targets : sequence of Fraction
        Sum of each area's targets over streams. Unit: pence, as in all that follows.
    least : sequence of int
        The least that each area may have in all streams together.
    lower, upper : one row an area, one column a stream
        Bounds of each cell.
    quantum : int
        Sum of all streams.
    """
    return pace_of_change(
        quantum,
        targets,
        lower=[max(owed, sum(row)) for owed, row in zip(least, lower, strict=True)],
        upper=[max(owed, sum(row)) for owed, row in zip(least, upper, strict=True)],
        codes=codes,
    )


def least_change(
    amounts: Pence,
    *,
    lower: Pence,
    upper: Pence,
    area_totals: Sequence[int],
    stream_totals: Sequence[int],
    areas: Sequence[str],
    streams: Sequence[str],
) -> tuple[tuple[int, ...], ...] | TightSet:
    """Change a table as little as can be, so that its rows and columns have given sums.

    Parameters
    ----------
    amounts, lower, upper : one row an area, one column a stream
        What stands there, and its bounds. Unit: pence.
    area_totals, stream_totals : sequence of int
        What each row and each column is to sum to.

    Returns
    -------
    tuple of tuples, or TightSet
        The table for which the sum of all changes, up or down, is least; among those, one
        that the order of areas and streams decides.

    Raises
    ------
    MarginError
        If the totals of rows and columns differ, or a cell's bounds cross.

    Examples
    --------
    >>> least_change(
    ...     [[5, 5], [5, 5]],
    ...     lower=[[0, 0], [0, 0]],
    ...     upper=[[9, 9], [9, 9]],
    ...     area_totals=[12, 8],
    ...     stream_totals=[10, 10],
    ...     areas="AB",
    ...     streams=("health", "skills"),
    ... )
    ((5, 7), (5, 3))
    """
    if sum(area_totals) != sum(stream_totals):
        raise MarginError(sum(area_totals), sum(stream_totals))
    promised = _promised(lower, area_totals, stream_totals, areas, streams)
    if promised:
        return promised
    network = _Network.of(len(areas), len(streams))
    for area, total in enumerate(area_totals):
        network.from_source(area, total - sum(lower[area]))
    for stream, total in enumerate(stream_totals):
        network.to_sink(stream, total - sum(row[stream] for row in lower))
    arcs = {}
    for area, row in enumerate(amounts):
        for stream, stood in enumerate(row):
            least, most = lower[area][stream], upper[area][stream]
            if least > most:
                raise MarginError(least, most)
            # Up to what stands there a penny undoes change; from there on it makes change.
            wanted = min(max(stood, least), most)
            arcs[area, stream] = (
                network.between(area, stream, wanted - least, cost=0),
                network.between(area, stream, most - wanted, cost=1),
            )
    network.fill()
    if not network.is_full():
        rows, columns = network.reached()
        others = [row for at, row in enumerate(lower) if at not in rows]
        kept = sum(row[column] for row in others for column in columns)
        free = [at for at in range(len(streams)) if at not in columns]
        return TightSet(
            areas=tuple(areas[row] for row in rows),
            streams=tuple(streams[column] for column in columns),
            needed=sum(area_totals[row] for row in rows),
            available=sum(stream_totals[column] for column in columns)
            - kept
            + sum(upper[row][at] for row in rows for at in free),
        )
    return tuple(
        tuple(
            lower[area][stream] + sum(network.carried(arc) for arc in arcs[area, stream])
            for stream in range(len(streams))
        )
        for area in range(len(areas))
    )


def _promised(
    lower: Pence,
    area_totals: Sequence[int],
    stream_totals: Sequence[int],
    areas: Sequence[str],
    streams: Sequence[str],
) -> TightSet | None:
    """The first area or stream that is to have less than its floors promise."""
    rows = [sum(row) for row in lower]
    columns = [sum(column) for column in zip(*lower, strict=True)]
    for name, needed, available in zip(areas, rows, area_totals, strict=True):
        if needed > available:
            found = {"areas": (name,), "streams": ()}
            return TightSet(**found, needed=needed, available=available, is_of_floors=True)
    for name, needed, available in zip(streams, columns, stream_totals, strict=True):
        if needed > available:
            found = {"areas": (), "streams": (name,)}
            return TightSet(**found, needed=needed, available=available, is_of_floors=True)
    return None


def round_table(table: Sequence[Sequence[Fraction]]) -> tuple[tuple[int, ...], ...]:
    """Round a table whose rows and columns have whole sums, keeping every sum.

    Each cell is rounded down or up, so none moves by as much as a penny. That is always
    possible: the fractions themselves are a flow, so a whole one exists.

    Raises
    ------
    MarginError
        If a row or a column does not sum to a whole number.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> round_table([[half, half, Fraction(0)], [half, half, Fraction(-1)]])
    ((1, 0, 0), (0, 1, -1))
    """
    floors = [[floor(cell) for cell in row] for row in table]
    rows = [sum(row) - sum(least) for row, least in zip(table, floors, strict=True)]
    columns = [
        sum(column) - sum(least)
        for column, least in zip(zip(*table, strict=True), zip(*floors, strict=True), strict=True)
    ]
    for over in (*rows, *columns):
        if over.denominator != 1:
            raise MarginError(floor(over), floor(over) + 1)
    network = _Network.of(len(rows), len(columns))
    for row, over in enumerate(rows):
        network.from_source(row, int(over))
    for column, over in enumerate(columns):
        network.to_sink(column, int(over))
    arcs = {
        (row, column): network.between(row, column, 1, cost=0)
        for row, cells in enumerate(table)
        for column, cell in enumerate(cells)
        if cell.denominator != 1
    }
    network.fill()
    return tuple(
        tuple(
            least + (network.carried(arcs[row, column]) if (row, column) in arcs else 0)
            for column, least in enumerate(cells)
        )
        for row, cells in enumerate(floors)
    )


@dataclass(slots=True, kw_only=True)
class _Network:
    """From a source through rows and columns to a sink: arc and counter-arc side by side."""

    n_rows: int
    n_columns: int
    heads: list[int] = field(default_factory=list)
    room: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    leaving: list[list[int]] = field(default_factory=list)

    @classmethod
    def of(cls, n_rows: int, n_columns: int) -> "_Network":
        found = cls(n_rows=n_rows, n_columns=n_columns)
        found.leaving = [[] for _ in range(n_rows + n_columns + 2)]
        return found

    @property
    def source(self) -> int:
        return self.n_rows + self.n_columns

    @property
    def sink(self) -> int:
        return self.source + 1

    def from_source(self, row: int, room: int) -> None:
        self._arc(self.source, row, room, cost=0)

    def to_sink(self, column: int, room: int) -> None:
        self._arc(self.n_rows + column, self.sink, room, cost=0)

    def between(self, row: int, column: int, room: int, *, cost: int) -> int:
        return self._arc(row, self.n_rows + column, room, cost=cost)

    def _arc(self, tail: int, head: int, room: int, *, cost: int) -> int:
        arc = len(self.heads)
        for end, other, space, price in ((tail, head, room, cost), (head, tail, 0, -cost)):
            self.leaving[end].append(len(self.heads))
            self.heads.append(other)
            self.room.append(space)
            self.costs.append(price)
        return arc

    def carried(self, arc: int) -> int:
        """What flows through an arc: the room of its counter-arc."""
        return self.room[arc + 1]

    def fill(self) -> None:
        """Send as much as can be sent, each time by a way that costs least."""
        while way := self._cheapest_way():
            most = min(self.room[arc] for arc in way)
            for arc in way:
                self.room[arc] -= most
                self.room[arc ^ 1] += most

    def _cheapest_way(self) -> list[int]:
        """Arcs from source to sink with room; empty when there are none."""
        cost: dict[int, int] = {self.source: 0}
        into: dict[int, int] = {}
        waiting = deque([self.source])
        while waiting:
            node = waiting.popleft()
            for arc in self.leaving[node]:
                head, price = self.heads[arc], cost[node] + self.costs[arc]
                if self.room[arc] > 0 and price < cost.get(head, price + 1):
                    cost[head], into[head] = price, arc
                    waiting.append(head)
        way, node = [], self.sink
        while node in into and node != self.source:
            way.append(into[node])
            node = self.heads[into[node] ^ 1]
        return way

    def is_full(self) -> bool:
        """Whether all that the source can send arrives."""
        arcs = (*self.leaving[self.source], *(arc ^ 1 for arc in self.leaving[self.sink]))
        return all(self.room[arc] == 0 for arc in arcs)

    def reached(self) -> tuple[list[int], list[int]]:
        """Rows and columns to which the source could still send."""
        seen = {self.source}
        waiting = [self.source]
        while waiting:
            for arc in self.leaving[waiting.pop()]:
                if self.room[arc] > 0 and self.heads[arc] not in seen:
                    seen.add(self.heads[arc])
                    waiting.append(self.heads[arc])
        rows = [row for row in range(self.n_rows) if row in seen]
        columns = [at for at in range(self.n_columns) if self.n_rows + at in seen]
        return rows, columns
