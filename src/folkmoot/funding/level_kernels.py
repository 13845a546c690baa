"""Compiled, exact: the common level of one question, or of many years and draws of it.

In:        whole numbers: weights (micro-persons of need), floors, ceilings, a quantum.
Out:       whole pence, the same as ``pace_of_change`` finds with integers of any length.
Rule:      a guess in floats only says who is on a floor, who at a ceiling and who is free;
           whole numbers then decide, and when they contradict the guess, it is made again.
Not here:  questions whose numbers are too long (``question``); what a draw changes.
Source:    Brucker 1984; Kiwiel 2008, on the continuous quadratic knapsack (the search).

A product such as need times pence needs more than 64 bits, but what is wanted of it is a
quotient and a remainder, and these do not. The quotient is guessed in floats; the remainder,
found with numbers that run over at 2^64, is exact because it is itself small; and it says by
how much the guess was out.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.compiled import compiled

States = NDArray[np.int8]

FLOOR, FREE, CEILING, NO_TARGET = 0, 1, 2, 3
LARGEST_SUM = 2**52
"""Pence that floats still tell apart, with room to round."""
LARGEST_WEIGHTS = 2**60
"""Sum of weights, so that a remainder and its corrections fit in 64 bits."""
GUESSES = 60
"""Steps of the search in floats; halving alone would need no more."""
TRIES = 30
"""Times that whole numbers may contradict the guess before it is given up."""


class Question(NamedTuple):
    """One pace-of-change question, areas sorted by code."""

    quantum: int
    weights: IntVector
    lower: IntVector
    upper: IntVector


class Placed(NamedTuple):
    """Where each area stands; filled by the loops."""

    pence: IntVector
    states: States
    remainders: IntVector
    """What rounding down left, over the sum of the free weights; 0 but for the free."""
    extra: IntVector
    """1 for those who received a penny of what was left over."""


class Level(NamedTuple):
    """The level in pence a weight, as a ratio; ``found`` is False when it was given up."""

    found: bool
    above: int
    below: int


def unplaced(n: int) -> Placed:
    """Room for the places of so many areas."""
    whole = np.zeros((3, n), dtype=np.int64)
    return Placed(whole[0], np.zeros(n, dtype=np.int8), whole[1], whole[2])


def question(
    quantum: int, weights: Sequence[int], lower: Sequence[int], upper: Sequence[int]
) -> Question | None:
    """A question for these loops, or None when its numbers are too long for them."""
    if sum(weights) >= LARGEST_WEIGHTS or max(quantum, *upper) >= LARGEST_SUM:
        return None
    arrays = [np.array(one, dtype=np.int64) for one in (weights, lower, upper)]
    return Question(quantum, *arrays)


@compiled
def divide(left: int, right: int, by: int) -> tuple[int, int]:
    """Quotient and remainder of ``left x right / by``, exact though the product may run over."""
    quotient = int(float(left) * float(right) / float(by))
    remainder = left * right - quotient * by
    while remainder < 0:
        quotient -= 1
        remainder += by
    while remainder >= by:
        quotient += 1
        remainder -= by
    return quotient, remainder


@compiled
def guess_level(asked: Question) -> float:
    """Search, in floats, the level at which the amounts sum to the quantum.

    Newton's steps, held between a level known to be too low and one known to be too high.
    """
    quantum, weights, lower, upper = asked
    low, high = 0.0, 0.0
    for area in range(len(weights)):
        if weights[area] > 0:
            high = max(high, upper[area] / weights[area])
    all_weights = 0.0
    for area in range(len(weights)):
        all_weights += weights[area]
    level = min(quantum / all_weights, high)
    for _ in range(GUESSES):
        total, slope = 0.0, 0.0
        for area in range(len(weights)):
            amount = level * weights[area]
            if amount <= lower[area]:
                total += lower[area]
            elif amount >= upper[area]:
                total += upper[area] if weights[area] > 0 else lower[area]
            else:
                total += amount
                slope += weights[area]
        if total < quantum:
            low = level
        else:
            high = level
        step = (quantum - total) / slope if slope > 0.0 else 0.0
        after = level + step
        if not low < after < high or slope == 0.0:
            after = (low + high) / 2
        if after == level or abs(total - quantum) < 0.25:
            break
        level = after
    return level


@compiled
def reaches(left: int, right: int, by: int, bound: int) -> bool:
    """Whether ``left x right / by`` is ``bound`` or more, exactly."""
    rough = float(left) * float(right) / float(by)
    # Where the float leaves no doubt, the quotient might run over: do not form it.
    return rough > 2.0 * bound + 8.0 or divide(left, right, by)[0] >= bound


@compiled
def last_at_ceiling(asked: Question, states: States) -> int:
    """Of the areas at their ceiling the one that met it at the highest level, or -1."""
    weights, upper = asked.weights, asked.upper
    last = -1
    for area in range(len(weights)):
        if states[area] == CEILING and (
            last < 0 or not reaches(upper[last], weights[area], weights[last], upper[area])
        ):
            last = area
    return last


@compiled
def first_off_floor(asked: Question, states: States) -> int:
    """Of the areas on their floor the one that leaves it at the lowest level, or -1."""
    weights, lower = asked.weights, asked.lower
    first = -1
    for area in range(len(weights)):
        if states[area] == FLOOR and (
            first < 0 or reaches(lower[first], weights[area], weights[first], lower[area])
        ):
            first = area
    return first


@compiled
def guess_states(asked: Question, states: States) -> None:
    """Say, in floats, who is on a floor, who at a ceiling and who is free."""
    level = guess_level(asked)
    for area in range(len(states)):
        if states[area] != NO_TARGET:
            amount = level * asked.weights[area]
            if amount <= asked.lower[area]:
                states[area] = FLOOR
            else:
                states[area] = CEILING if amount >= asked.upper[area] else FREE


@compiled
def level_of(asked: Question, states: States) -> tuple[int, int]:
    """The level that exhausts the quantum if the states are right: what is free, over whom."""
    above, below = asked.quantum, 0
    for area in range(len(states)):
        if states[area] == FREE:
            below += asked.weights[area]
        elif states[area] == CEILING:
            above -= asked.upper[area]
        else:
            above -= asked.lower[area]
    return above, below


@compiled
def place_areas(asked: Question, above: int, below: int, placed: Placed) -> bool:
    """Place every area at an exact level; say whether the states were right."""
    is_same, level = True, above / below
    for area in range(len(placed.states)):
        if placed.states[area] == NO_TARGET:
            continue
        least, most = asked.lower[area], asked.upper[area]
        rough = level * asked.weights[area]
        # Where the float leaves no doubt, the quotient might run over: do not form it.
        if rough > 2.0 * most + 8.0:
            state, amount, rest = CEILING, most, 0
        elif 2.0 * rough + 8.0 < least:
            state, amount, rest = FLOOR, least, 0
        else:
            state = FREE
            amount, rest = divide(above, asked.weights[area], below)
            if amount < least or (amount == least and rest == 0):
                state, amount, rest = FLOOR, least, 0
            elif amount >= most:
                state, amount, rest = CEILING, most, 0
        is_same = is_same and state == placed.states[area]
        placed.states[area], placed.pence[area] = state, amount
        placed.remainders[area] = rest
    return is_same


@compiled
def find_level(asked: Question, placed: Placed) -> Level:
    """Find the level and place every area at it, its pence rounded down.

    The floors sum to no more than the quantum, and the ceilings of those with a target to
    no less: that is checked before.
    """
    placed.pence[:] = asked.lower
    placed.remainders[:] = 0
    for area in range(len(placed.states)):
        placed.states[area] = FLOOR if asked.weights[area] > 0 else NO_TARGET
    if asked.lower.sum() == asked.quantum:
        # Everybody is on their floor: any level low enough will do, and 0 is the lowest.
        return Level(True, 0, 1)
    guess_states(asked, placed.states)
    for _ in range(TRIES):
        above, below = level_of(asked, placed.states)
        if below == 0 or above < 0:
            # Nobody is free. Either that is so, and the level is where the last area met its
            # ceiling; or the guess missed the area that is nearest to being free.
            area = last_at_ceiling(asked, placed.states)
            if above > 0 or area < 0:
                area = first_off_floor(asked, placed.states)
            if area < 0:
                break
            if above != 0:
                placed.states[area] = FREE
                continue
            above, below = asked.upper[area], asked.weights[area]
        if place_areas(asked, above, below, placed):
            return Level(True, above, below)
    return Level(False, 0, 1)


@compiled
def nth_largest(values: IntVector, nth: int) -> int:
    """The nth largest of some numbers, from 1; they are put in another order."""
    first, last, wanted = 0, len(values) - 1, nth - 1
    while first < last:
        pivot = values[(first + last) // 2]
        left, right = first, last
        while left <= right:
            while values[left] > pivot:
                left += 1
            while values[right] < pivot:
                right -= 1
            if left <= right:
                values[left], values[right] = values[right], values[left]
                left += 1
                right -= 1
        if wanted <= right:
            last = right
        elif wanted >= left:
            first = left
        else:
            break
    return int(values[wanted])


@compiled
def give_left_over(left_over: int, placed: Placed) -> None:
    """Give a penny each to the largest remainders, earlier areas first."""
    extra = placed.extra
    if left_over <= 0:
        extra[:] = 0
        return
    extra[:] = placed.remainders
    threshold = nth_largest(extra, left_over)
    ties = left_over
    for area in range(len(extra)):
        extra[area] = placed.remainders[area] > threshold
        ties -= extra[area]
    for area in range(len(extra)):
        if ties > 0 and placed.remainders[area] == threshold:
            extra[area] = 1
            ties -= 1
    placed.pence[:] += extra


@compiled
def share(asked: Question, placed: Placed) -> Level:
    """Answer one question whole: the level, each area's state, and its pence."""
    level = find_level(asked, placed)
    if level.found:
        give_left_over(asked.quantum - placed.pence.sum(), placed)
    return level
