"""Compiled: need and grants of many draws, one after another, exact in whole pence.

In:        drawn weights, rates and noise as arrays whose first axis is the draw.
Out:       whole need by area; then pence and states by draw, year and area.
Rule:      every sum runs over one draw alone and in one order, so that results do not depend
           on how draws are put together. Money is shared by ``level_kernels``: the same
           pence as the plain integers find.
Not here:  what is drawn (``chance``); what is made of it (``simulation``).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from folkmoot.funding.level_kernels import Question, States, divide, share, unplaced
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntMatrix, IntVector
from folkmoot.vocabulary.compiled import compiled

Cube = NDArray[np.float64]
IntCube = NDArray[np.int64]

SETTLED = -1
GIVEN_UP = -2
"""Numbers that contradict every guess: plain integers must answer."""


class People(NamedTuple):
    """People counted by component and block, and how they change with a rate."""

    numbers: FloatMatrix
    """Shape (components, blocks)."""
    rate_of: IntVector
    """Which row of the drawn rates a component has, or -1."""
    area_of: IntVector
    """Position of each block's area."""


class Rules(NamedTuple):
    """One stream's years: what is shared, and bounds as ratios of whole numbers."""

    quanta: IntMatrix
    """Shape (draws, years), or (1, years) where every draw has the same."""
    need_of_year: IntVector
    """Which of the needs each year has."""
    baseline: IntVector
    entitlements: IntMatrix
    """Shape (years, areas)."""
    floors: IntCube
    """Shape (draws or 1, years, 2), as quanta: above and below, of 1 + floor."""
    ceilings: IntMatrix
    """Shape (years, 2); 0 over 0 for none."""
    least_shares: IntMatrix
    """Shape (years, 2); 0 over 1 for none."""


unplaced_areas = compiled(unplaced)
"""Room for the places of areas, from within a compiled loop."""


@compiled
def count_draw(
    people: People, component: int, rates: FloatMatrix, noise: FloatVector, counted: FloatVector
) -> None:
    """Count one component's people by area in one draw; fills ``counted``."""
    counted[:] = 0.0
    rate = people.rate_of[component]
    for block in range(len(people.area_of)):
        number = people.numbers[component, block]
        if rate >= 0:
            number += rates[rate, block]
        if len(noise) > 0:
            number *= noise[block]
        counted[people.area_of[block]] += number


@compiled
def weigh_draws(
    people: People, thetas: FloatMatrix, rates: Cube, noise: FloatMatrix, scale: float, areas: int
) -> IntMatrix:
    """Whole need by draw and area.

    Parameters
    ----------
    thetas : array of shape (draws, components)
    rates : array of shape (draws, rates, blocks)
        People to add to a component's, for the draw's rate.
    noise : array of shape (draws, blocks), or (draws, 0) for none
        By what a block's people are multiplied.
    scale : float
        What all need sums to, but for rounding.
    """
    draws, components = thetas.shape
    found = np.zeros((draws, areas), dtype=np.int64)
    counted = np.zeros((components, areas))
    need = np.zeros(areas)
    for draw in range(draws):
        need[:] = 0.0
        for component in range(components):
            # What nothing is drawn of is counted once.
            if draw == 0 or people.rate_of[component] >= 0 or noise.shape[1] > 0:
                count_draw(people, component, rates[draw], noise[draw], counted[component])
            whole = 0.0
            for area in range(areas):
                whole += counted[component, area]
            if whole > 0.0:
                part = thetas[draw, component] / whole
                for area in range(areas):
                    need[area] += part * counted[component, area]
        for area in range(areas):
            found[draw, area] = np.int64(np.rint(need[area] * scale))
    return found


@compiled
def set_bounds(
    rules: Rules,
    of_draw: int,
    year: int,
    before: IntVector,
    weights: IntVector,
    lower: IntVector,
    upper: IntVector,
) -> None:
    """Work out floors and ceilings of a year, as ``bounds`` does."""
    quantum, whole = rules.quanta[of_draw, year], weights.sum()
    above, below = rules.floors[of_draw, year]
    top, bottom = rules.ceilings[year]
    part, of = rules.least_shares[year]
    for area in range(len(weights)):
        pence, rest = divide(before[area], above, below)
        least = pence + (rest > 0)
        owed = 0
        if part > 0:
            target, rest = divide(weights[area], quantum * part, whole * of)
            owed = target + (rest > 0)
        most = max(quantum, least, owed)
        if bottom > 0:
            most = divide(before[area], top, bottom)[0]
        lower[area] = max(rules.entitlements[year, area], least, min(owed, most))
        upper[area] = max(most, lower[area])


@compiled
def settle_draws(
    rules: Rules, needs: IntCube, pence: IntCube, states: States, broken: IntVector
) -> None:
    """Settle every year of every draw, each year from the last.

    Parameters
    ----------
    needs : array of shape (needs, draws, areas)
    pence, states : array of shape (draws, years, areas)
        Filled here.
    broken : array of shape (draws,)
        Filled here: ``SETTLED``, ``GIVEN_UP``, or the first year that nothing fits.
    """
    draws, years, areas = pence.shape
    lower = np.zeros(areas, dtype=np.int64)
    upper = np.zeros(areas, dtype=np.int64)
    for draw in range(draws):
        before = rules.baseline
        of_draw = draw if len(rules.quanta) > 1 else 0
        broken[draw] = SETTLED
        for year in range(years):
            weights = needs[rules.need_of_year[year], draw]
            set_bounds(rules, of_draw, year, before, weights, lower, upper)
            quantum, promised, room = rules.quanta[of_draw, year], 0, 0
            for area in range(areas):
                promised += lower[area]
                room += upper[area] if weights[area] > 0 else lower[area]
            if promised > quantum or room < quantum:
                broken[draw] = year
                break
            placed = unplaced_areas(areas)
            if not share(Question(quantum, weights, lower, upper), placed).found:
                broken[draw] = GIVEN_UP
                break
            pence[draw, year], states[draw, year] = placed.pence, placed.states
            before = pence[draw, year]
