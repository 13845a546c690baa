"""The rules of a control chart as compiled loops, so that ten thousand series take a second."""

import numpy as np

from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.compiled import compiled

COMMON, OUTSIDE, TREND, TWO_OF_THREE, ONE_SIDE = range(5)
"""What a point shows; the first of these that fits, common cause last."""

SCREEN, SPREAD = 3.267, 2.66
"""Factors of the mean moving range: beyond the first a range is left out; limits are at the
second (W. A. Shewhart's charts for individual values, as NHS Making Data Count gives them)."""


@compiled
def limits(values: FloatVector, screen: bool) -> tuple[float, float, float, int]:
    """Mean, mean moving range, the same without outlying ranges, and how many were left out."""
    n = len(values)
    mean = values.mean()
    if n < 2:
        return mean, 0.0, 0.0, 0
    ranges = np.abs(values[1:] - values[:-1])
    whole = ranges.mean()
    if not screen or whole == 0.0:
        return mean, whole, whole, 0
    total, kept = 0.0, 0
    for one in ranges:
        if one < SCREEN * whole:
            total += one
            kept += 1
    return mean, whole, total / kept, n - 1 - kept


@compiled
def signals(values: FloatVector, mean: float, amr: float, run: int) -> tuple[IntVector, IntVector]:
    """What each point of one group shows, and whether it points up (1), down (-1) or neither."""
    n = len(values)
    shows = np.zeros(n, dtype=np.int64)
    points = np.zeros(n, dtype=np.int64)
    side = np.zeros(n, dtype=np.int64)
    close = np.zeros(n, dtype=np.int64)
    far, near = SPREAD * amr, SPREAD * amr * 2.0 / 3.0
    _one_side(values, mean, run, side, shows, points)
    for i in range(n):
        apart = abs(values[i] - mean)
        close[i] = near < apart <= far
    for i in range(n - 2):
        same = side[i] != 0 and side[i] == side[i + 1] == side[i + 2]
        if same and close[i] + close[i + 1] + close[i + 2] >= 2:
            for j in range(i, i + 3):
                if close[j]:
                    shows[j], points[j] = TWO_OF_THREE, side[j]
    _trends(values, run, shows, points)
    for i in range(n):
        if abs(values[i] - mean) > far:
            shows[i], points[i] = OUTSIDE, side[i]
    return shows, points


@compiled
def _one_side(
    values: FloatVector,
    mean: float,
    run: int,
    side: IntVector,
    shows: IntVector,
    points: IntVector,
) -> None:
    """Mark each run of points on one side of the mean that is long enough."""
    start = 0
    for i in range(len(values)):
        side[i] = 1 if values[i] > mean else -1 if values[i] < mean else 0
        if i == 0 or side[i] != side[i - 1]:
            start = i
        if side[i] != 0 and i - start + 1 >= run:
            for j in range(start, i + 1):
                shows[j], points[j] = ONE_SIDE, side[j]


@compiled
def _trends(values: FloatVector, run: int, shows: IntVector, points: IntVector) -> None:
    """Mark each trend that is long enough; a point in two takes the direction of the later."""
    start, before = 0, 0
    for i in range(1, len(values)):
        step = 1 if values[i] > values[i - 1] else -1 if values[i] < values[i - 1] else 0
        if step != before or step == 0:
            start = i - 1
        before = step
        if step != 0 and i - start + 1 >= run:
            for j in range(start, i + 1):
                shows[j], points[j] = TREND, step
