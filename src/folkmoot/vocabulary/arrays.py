"""Array types by meaning: what a row, a vector or a matrix holds."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatVector: TypeAlias = NDArray[np.float64]
FloatMatrix: TypeAlias = NDArray[np.float64]
IntVector: TypeAlias = NDArray[np.int64]
IntMatrix: TypeAlias = NDArray[np.int64]
BoolVector: TypeAlias = NDArray[np.bool_]


def frozen(array: NDArray[np.generic]) -> None:
    """Make an array read-only, so that a value which holds it cannot change."""
    array.setflags(write=False)
