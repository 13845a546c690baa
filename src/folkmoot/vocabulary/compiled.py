"""Loops that are compiled: for what a loop over whole arrays does not do fast enough."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """Compile a loop on first use, and keep the result where there is somewhere to keep it."""
    try:
        kept = njit(cache=True, nogil=True)(loop)
    except RuntimeError:
        # numba refuses to cache where neither the package nor the home can be written.
        kept = njit(nogil=True)(loop)
    return cast("Loop", kept)
