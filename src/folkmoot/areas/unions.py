"""All connected unions of units, as the tree by which they were met.

In:        a step and a unit for each union, and its cost (``enumeration`` fills them).
Out:       the unions that are cheap at some prices, with their members.
Rule:      a union is the one before it, cut back to some step, and one unit more. So eleven
           million take 140 MB rather than a list of members each, and one pass over them
           adds up all their prices, one addition a union.
Not here:  which prices to ask at (``relaxation``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.areas import kernels
from folkmoot.areas.columns import Columns, Prices
from folkmoot.areas.threads import side_by_side
from folkmoot.vocabulary.arrays import FloatVector, IntVector, frozen

_NONE = np.zeros(0, dtype=np.int64)

Span = tuple[int, int]
"""First union and one past the last of a run of whole roots."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unions:
    """The unions of each root in turn, each after the one that it adds a unit to."""

    steps: kernels.SmallInts
    """How many units were added to the root before the one of this union."""
    units: kernels.SmallInts
    """The unit that this union adds to the latest one a step before."""
    costs: FloatVector
    """Infinite where a union has too few people to be an area."""
    measures: tuple[FloatVector, ...] = ()
    """What each union adds to each measure that a task limits."""
    spans: Sequence[Span]
    """Runs of roots that are priced side by side."""

    def __post_init__(self) -> None:
        for small in (self.steps, self.units):
            frozen(small)
        for array in (self.costs, *self.measures):
            frozen(array)

    def __len__(self) -> int:
        return len(self.costs)

    @property
    def columns(self) -> int:
        """How many have enough people to be an area."""
        return int(np.isfinite(self.costs).sum())

    def cheapest(self, prices: Prices, *, below: float) -> tuple[float, Columns]:
        """Price every union.

        Returns
        -------
        float
            The least reduced cost of all.
        Columns
            For each unit and each span, the union with the least reduced cost of those that
            hold the unit, where that is under ``below``; each union once.
        """
        longest = int(self.steps.max(initial=0)) + 1
        costs = self._costs(prices)

        def in_span(span: Span) -> kernels.Priced:
            return kernels.price_unions(
                self.steps, self.units, costs, span, prices.units, below, longest
            )

        found = list(side_by_side(in_span, self.spans))
        position = np.concatenate([part.position for part in found])
        _, row = np.unique(position, return_index=True)
        row = row[position[row] >= 0]
        size = np.concatenate([part.size for part in found])[row]
        members = np.concatenate([part.members for part in found])[row]
        listed = members[np.arange(longest) < size[:, None]]
        return min(part.least for part in found), self._columns(position[row], size, listed)

    def count_within(self, prices: Prices, limits: FloatVector) -> IntVector:
        """How many unions have a reduced cost of at most each of some rising limits."""
        costs = self._costs(prices)

        def in_span(span: Span) -> IntVector:
            return kernels.count_within(self.steps, self.units, costs, span, prices.units, limits)

        counted: IntVector = np.sum(list(side_by_side(in_span, self.spans)), axis=0)
        return counted

    def within(self, prices: Prices, most: float, *, limit: int) -> Columns | None:
        """The unions whose reduced cost is at most ``most``; None if more than ``limit`` are."""
        costs = self._costs(prices)

        def listed(
            place: int, into: tuple[IntVector, IntVector, IntVector] = (_NONE, _NONE, _NONE)
        ) -> tuple[int, int]:
            span = self.spans[place]
            return kernels.list_unions(
                self.steps, self.units, costs, span, prices.units, most, *into
            )

        room = list(side_by_side(listed, range(len(self.spans))))
        if sum(count for count, _ in room) > limit:
            return None
        positions = [np.zeros(count, dtype=np.int64) for count, _ in room]
        sizes = [np.zeros(count, dtype=np.int64) for count, _ in room]
        members = [np.zeros(size, dtype=np.int64) for _, size in room]

        def in_span(place: int) -> None:
            listed(place, (positions[place], sizes[place], members[place]))

        list(side_by_side(in_span, range(len(self.spans))))
        return self._columns(*(np.concatenate(parts) for parts in (positions, sizes, members)))

    def sums(self, figures: FloatVector) -> FloatVector:
        """What each union holds of a figure of its units."""
        sums = np.zeros(len(self))

        def in_span(span: Span) -> None:
            kernels.add_up(self.steps, self.units, span, figures, sums)

        list(side_by_side(in_span, self.spans))
        return sums

    def _costs(self, prices: Prices) -> FloatVector:
        """Costs less what the measures are worth."""
        worth = [
            (price, measure)
            for price, measure in zip(prices.measures.tolist(), self.measures, strict=True)
            if price
        ]
        if not worth:
            return self.costs
        costs = np.empty_like(self.costs)

        def in_span(span: Span) -> None:
            costs[slice(*span)] = self.costs[slice(*span)]
            for price, measure in worth:
                kernels.take_off(costs, measure, span, price)

        list(side_by_side(in_span, self.spans))
        return costs

    def _columns(self, position: IntVector, size: IntVector, members: IntVector) -> Columns:
        measures = np.zeros((len(position), len(self.measures)))
        for number, measure in enumerate(self.measures):
            measures[:, number] = measure[position]
        return Columns(
            starts=np.concatenate([[0], np.cumsum(size)]),
            members=members,
            costs=self.costs[position],
            measures=measures,
        )
