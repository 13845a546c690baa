"""Time work, and hold what was measured as rows of a table."""

import time
from collections.abc import Callable
from typing import TypeAlias, TypeVar

Row: TypeAlias = tuple[str, str, str]
"""What was measured, what came out, and the goal."""

T = TypeVar("T")


def fastest(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs, after one that does not count."""
    work()
    return min(timed(work)[0] for _ in range(runs))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of one run, and what came of it."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
