"""Look at what a method is given, before anything is reckoned: a bad row never drops silently."""

import hashlib
from collections.abc import Mapping
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from folkmoot.vocabulary.arrays import BoolVector, FloatVector
from folkmoot.vocabulary.statistics.errors import (
    ConfidenceError,
    CountError,
    DenominatorError,
    EmptyInputError,
    MissingValueError,
    ShapeError,
)

Floats = NDArray[np.float64]


def vectors(*, may_miss: bool = False, **given: ArrayLike) -> tuple[FloatVector, ...]:
    """Inputs as arrays of floats of one shape, in the order given.

    Parameters
    ----------
    may_miss : bool
        Whether NaN passes through.

    Raises
    ------
    EmptyInputError, ShapeError, MissingValueError
        If there is no row, rows do not fit, or a value is missing.
    """
    found = {name: np.asarray(values, dtype=np.float64) for name, values in given.items()}
    if len({array.shape for array in found.values()}) > 1:
        raise ShapeError({name: array.shape for name, array in found.items()})
    for name, array in found.items():
        if array.size == 0:
            raise EmptyInputError(name)
        missing = ~np.isfinite(array)
        if not may_miss and missing.any():
            raise MissingValueError(name, places(missing))
    return tuple(found.values())


def check_counts(**given: Floats) -> None:
    """Refuse a count below 0.

    Raises
    ------
    CountError
        Naming up to ten rows, counted from 0, and the total.
    """
    for name, array in given.items():
        if (array < 0).any():
            raise CountError(name, places(array < 0), float(array[array < 0].flat[0]))


def check_within(name: str, counts: Floats, bound: Floats, bound_name: str) -> None:
    """Refuse more events than there are people.

    Raises
    ------
    CountError
        If any count is above its bound.
    """
    beyond = counts > bound
    if beyond.any():
        first = float(counts[beyond].flat[0])
        raise CountError(name, places(beyond), first, f"'{bound_name}'")


def check_denominators(**given: Floats) -> None:
    """Refuse to divide by nothing.

    Raises
    ------
    DenominatorError
        If any is 0 or less.
    """
    for name, array in given.items():
        if (array <= 0).any():
            raise DenominatorError(name, places(array <= 0))


def places(marked: BoolVector) -> tuple[object, ...]:
    """Where a mark stands: row numbers from 0, or (row, column) pairs.

    Examples
    --------
    >>> places(np.array([False, True])), places(np.array([[False, True]]))
    ((1,), ((0, 1),))
    """
    found = np.argwhere(marked).tolist()
    return tuple(one[0] if len(one) == 1 else tuple(one) for one in found)


def two_sided(confidence: float) -> float:
    """The quantile of the normal distribution of a two-sided interval: 1.96 for 0.95.

    Raises
    ------
    ConfidenceError
        If the confidence is not from 0.9 to below 1.

    Examples
    --------
    >>> round(two_sided(0.95), 6), round(two_sided(0.998), 6)
    (1.959964, 3.090232)
    """
    if not 0.9 <= confidence < 1.0:
        raise ConfidenceError(confidence)
    return NormalDist().inv_cdf(1.0 - (1.0 - confidence) / 2.0)


def digest(given: Mapping[str, ArrayLike]) -> str:
    """SHA-256 of inputs by name, so that a result says what it was made of."""
    whole = hashlib.sha256()
    for name in sorted(given):
        array = np.ascontiguousarray(given[name], dtype=np.float64)
        whole.update(f"{name}{array.shape}".encode())
        whole.update(array.tobytes())
    return whole.hexdigest()
