"""Compiled loop over unions that says which of them meet conditions.

In:        arrays; ``conditions`` says what they mean.
Out:       costs, infinite where a condition is not met.
Not here:  the walk that met the unions (``kernels``).
"""

from typing import NamedTuple

import numpy as np

from folkmoot.areas.kernels import SmallInts
from folkmoot.vocabulary.arrays import BoolVector, FloatVector, IntMatrix, IntVector
from folkmoot.vocabulary.compiled import compiled


class Wanted(NamedTuple):
    """``Conditions`` as bare arrays: a row a condition, or a row a line not to be crossed."""

    weights: IntMatrix
    least: IntVector
    most: IntVector
    or_none: BoolVector
    labels: IntMatrix


MIXED = -2
"""The label of a union whose units have several; no unit's own."""


@compiled
def forbid_unions(
    steps: SmallInts,
    units: SmallInts,
    costs: FloatVector,
    span: tuple[int, int],
    wanted: Wanted,
    into: FloatVector,
) -> None:
    """Copy the costs of the unions that meet every condition; ``span`` starts at a root."""
    n_conditions, n = wanted.weights.shape
    n_lines = len(wanted.labels)
    total = np.zeros((n + 1, n_conditions), np.int64)
    label = np.zeros((n + 1, n_lines), np.int64)
    for place in range(span[0], span[1]):
        step, unit = np.int64(steps[place]), np.int64(units[place])
        meets = True
        for row in range(n_conditions):
            held = wanted.weights[row, unit]
            if step > 0:
                held += total[step - 1, row]
            total[step, row] = held
            if not (wanted.least[row] <= held <= wanted.most[row]) and not (
                wanted.or_none[row] and held == 0
            ):
                meets = False
        for row in range(n_lines):
            own = wanted.labels[row, unit]
            if step > 0 and label[step - 1, row] != own:
                own = MIXED
            label[step, row] = own
            if own == MIXED:
                meets = False
        into[place] = costs[place] if meets else np.inf
