"""Every connected union of units within the population bounds, with its cost.

In:        units, population bounds, a budget.
Out:       ``Unions``, kept as the tree by which they were met: a step and a unit each, not
           a list of members, so that eleven million take 140 MB and are priced in an instant.
Rule:      counted first, so that no memory is spent on what would not fit.
Not here:  choosing among them (``relaxation``, ``search``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from folkmoot.areas import kernels
from folkmoot.areas.atoms import Units
from folkmoot.areas.threads import side_by_side
from folkmoot.areas.work import Work
from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.progress import Progress, silent

Bounds = tuple[int, int]
"""Least and most people in an area, both allowed."""

SPANS = 16
"""Runs of roots that are walked or priced side by side; any number gives the same result."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Some unions with their members: what a solver chooses from."""

    starts: IntVector
    """Shape (n + 1,): members of union *i* are ``members[starts[i]:starts[i + 1]]``."""
    members: IntVector
    costs: FloatVector
    coterminosity: FloatVector
    """The part of each cost that existing geographies make; empty when no cap needs it."""

    def __len__(self) -> int:
        return len(self.costs)

    def of(self, column: int) -> IntVector:
        """The units of one union."""
        return self.members[self.starts[column] : self.starts[column + 1]]

    def priced(self, prices: FloatVector, coterminosity_price: float = 0.0) -> FloatVector:
        """Costs less the prices of their units, and less coterminosity at its price."""
        paid = np.add.reduceat(prices[self.members], self.starts[:-1]) if len(self) else 0.0
        reduced: FloatVector = self.costs - paid
        return reduced - coterminosity_price * self.coterminosity if len(self.coterminosity) else reduced
