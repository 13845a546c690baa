"""Areas met while plans were redrawn, and the best plan that can be put together from them.

In:        plans on the way, with the costs of their areas.
Out:       columns, and the cheapest choice among them: often better than every plan met.
Not here:  meeting them (``redraw``); what can be proven (``search``).
Source:    Rochat and Taillard 1995, Probabilistic diversification and intensification in local
           search for vehicle routing (parts of many good answers make a better one).
"""

import numpy as np

from folkmoot.areas.columns import Columns
from folkmoot.vocabulary.arrays import FloatVector, IntVector


class Met:
    """Each area met, once, with its cost."""

    def __init__(self, people: IntVector, bounds: tuple[int, int]) -> None:
        """Begin with none; areas outside the bounds will be passed over."""
        self._people, self._bounds = people, bounds
        self._costs: dict[bytes, float] = {}

    def __len__(self) -> int:
        return len(self._costs)

    def note(self, plan: IntVector, costs: FloatVector) -> None:
        """Remember the areas of a plan, given as an area for each unit."""
        least, most = self._bounds
        held = np.bincount(plan, weights=self._people, minlength=len(costs))
        areas = np.flatnonzero((least <= held) & (held <= most))
        packed = np.packbits(plan == areas[:, None], axis=1)
        for row, cost in zip(packed, costs[areas].tolist(), strict=True):
            self._costs.setdefault(row.tobytes(), cost)

    def columns(self) -> Columns:
        """The areas met, in the order of their units, so that chance leaves no trace in it."""
        rows = sorted(self._costs)
        width = -(-len(self._people) // 8)
        packed = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), width)
        holds = np.unpackbits(packed, axis=1, count=len(self._people)).astype(np.bool_)
        return Columns(
            starts=np.concatenate([[0], np.cumsum(holds.sum(axis=1))]).astype(np.int64),
            members=np.nonzero(holds)[1].astype(np.int64),
            costs=np.array([self._costs[row] for row in rows]),
            measures=np.zeros((len(rows), 0)),
        )
