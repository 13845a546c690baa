"""Candidate areas as columns: what they hold and cost, and what prices make of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix, FloatVector, IntVector

_NONE = np.zeros(0)


class Prices(NamedTuple):
    """What units are worth, and what each limited measure is worth (at most 0)."""

    units: FloatVector
    measures: FloatVector = _NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What columns must add up to: every unit once, in so many areas, within any limits."""

    n_units: int
    n_areas: int
    limits: tuple[float, ...] = ()
    """Most that each of the columns' measures may add up to."""

    def bound(self, prices: Prices, least: float) -> float:
        """Least cost of any plan, if no column has a reduced cost under ``least``.

        The sum over a plan's columns of cost = reduced cost + prices; the prices of units
        add up to the same in every plan, and a price of at most 0 on a measure adds at
        least that price of its limit.
        """
        within_limits = float(prices.measures @ np.array(self.limits)) if self.limits else 0.0
        return float(prices.units.sum()) + self.n_areas * least + within_limits


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Some candidate areas with their members: what a solver chooses from."""

    starts: IntVector
    """Shape (n + 1,): members of column *i* are ``members[starts[i]:starts[i + 1]]``."""
    members: IntVector
    costs: FloatVector
    measures: FloatMatrix
    """Shape (n, n_limits): what each column adds to each measure that the task limits."""

    def __len__(self) -> int:
        return len(self.costs)

    def of(self, column: int) -> IntVector:
        """The units of one column."""
        return self.members[self.starts[column] : self.starts[column + 1]]

    @property
    def column_of(self) -> IntVector:
        """The column of each member."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """The columns of all parts in their order, each set of units once: the first met."""
        sizes = [np.diff(part.starts) for part in parts]
        every = cls(
            starts=np.concatenate([[0], np.cumsum(np.concatenate(sizes))]),
            members=np.concatenate([part.members for part in parts]),
            costs=np.concatenate([part.costs for part in parts]),
            measures=np.concatenate([part.measures for part in parts]),
        )
        seen: dict[bytes, int] = {}
        for column in range(len(every)):
            seen.setdefault(every.of(column).tobytes(), column)
        return every if len(seen) == len(every) else every.only(np.array([*seen.values()]))

    def spread(self, unit_of: IntVector) -> "Columns":
        """The same areas held as blocks, when ``unit_of`` has the unit of each."""
        order = np.argsort(unit_of, kind="stable")
        first = np.searchsorted(unit_of[order], np.arange(int(unit_of.max()) + 2))
        sizes = np.diff(first)[self.members]
        column = np.repeat(self.column_of, sizes)
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        blocks = order[np.repeat(first[self.members], sizes) + within]
        return Columns(
            starts=np.searchsorted(column, np.arange(len(self) + 1)),
            members=blocks[np.lexsort((blocks, column))],
            costs=self.costs,
            measures=self.measures,
        )

    def reduced(self, prices: Prices) -> FloatVector:
        """Costs less what the prices pay."""
        paid = np.zeros(len(self))
        np.add.at(paid, self.column_of, prices.units[self.members])
        costs: FloatVector = self.costs - paid
        if self.measures.shape[1]:
            costs = costs - self.measures @ prices.measures
        return costs

    def only(self, chosen: IntVector | BoolVector) -> "Columns":
        """Some of the columns, in the order asked for."""
        index = np.arange(len(self))[chosen]
        sizes = np.diff(self.starts)[index]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], sizes)
        return Columns(
            starts=starts,
            members=self.members[np.repeat(self.starts[index], sizes) + within],
            costs=self.costs[index],
            measures=self.measures[index],
        )

    def holds(self, n_units: int) -> BoolVector:
        """Shape (n_columns, n_units): which units each column holds."""
        inside = np.zeros((len(self), n_units), dtype=np.bool_)
        inside[self.column_of, self.members] = True
        return inside
