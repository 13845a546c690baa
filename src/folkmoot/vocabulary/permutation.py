"""Compare a few areas with others by exact permutation, and invert the test.

In:        one value an area, and which areas are the chosen ones.
Out:       the difference of means, how many sets of as many areas differ at least as much,
           and every effect that the test does not reject.
Rule:      all sets are counted, in whole numbers: no standard error of few areas is trusted.
Source:    P. R. Rosenbaum, Observational Studies, 2nd ed. 2002, ch. 2, for inverting the test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations
from math import comb, lcm

import numpy as np

from folkmoot.vocabulary.arrays import FloatVector, IntMatrix

WHOLE_NUMBERS = 2**62
"""Below it, sums are exact as 64-bit whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationTest:
    """What an exact test says of chosen areas."""

    estimate: Fraction
    """Mean of the chosen areas less that of the others."""
    p: Fraction
    """Share of all sets whose difference is at least as far from 0; both signs count."""
    sets: int
    least: float | None
    """The least effect that the test does not reject; None where it rejects none."""
    most: float | None


def sets_of(areas: int, chosen: int) -> IntMatrix:
    """Every set of as many areas, one a row, in order.

    Examples
    --------
    >>> sets_of(3, 2).tolist()
    [[0, 1], [0, 2], [1, 2]]
    """
    found = chain.from_iterable(combinations(range(areas), chosen))
    return np.fromiter(found, dtype=np.int64, count=comb(areas, chosen) * chosen).reshape(
        -1, chosen
    )


def exact_test(
    values: Sequence[Fraction], sets: IntMatrix, chosen: Sequence[int], *, alpha: Fraction
) -> PermutationTest:
    """Test whether chosen areas differ from the others by more than chance.

    Parameters
    ----------
    values : sequence of Fraction
        One an area.
    sets : array of shape (n_sets, n_chosen)
        Every set of areas that could have been chosen, as ``sets_of`` gives them; fewer are
        chosen than not.
    chosen : sequence of int
        Which are, in order.
    alpha : Fraction
        The interval holds every effect of which p is above this.

    Examples
    --------
    >>> values = [Fraction(n) for n in (9, 1, 2, 3)]
    >>> exact_test(values, sets_of(4, 1), [0], alpha=Fraction(1, 4)).p
    Fraction(1, 4)
    """
    size, areas = sets.shape[1], len(values)
    denominator = lcm(*(value.denominator for value in values))
    whole = [int(value * denominator) for value in values]
    total = sum(whole)
    is_small = sum(map(abs, whole)) * areas < WHOLE_NUMBERS
    exact = np.array(whole, dtype=np.int64 if is_small else object)
    differences = areas * exact[sets].sum(axis=1) - size * total
    own = areas * sum(whole[area] for area in chosen) - size * total
    least, most = limits(np.array([float(value) for value in values]), sets, chosen, alpha=alpha)
    return PermutationTest(
        estimate=Fraction(own, denominator * size * (areas - size)),
        p=Fraction(int((abs(differences) >= abs(own)).sum()), len(sets)),
        sets=len(sets),
        least=least,
        most=most,
    )


def limits(
    values: FloatVector, sets: IntMatrix, chosen: Sequence[int], *, alpha: Fraction
) -> tuple[float | None, float | None]:
    """The least and the most effect that the test does not reject; None where it has no limit.

    Take an effect off the chosen areas. The difference of the set chosen falls by all of it,
    that of another set by the part that it shares; so the other set differs at least as much
    for the effects between two crossings, and all these intervals hold the estimate. Hence p
    falls on both sides of it, and the limits are order statistics of the crossings: no grid
    is searched.
    """
    size, areas = sets.shape[1], len(values)
    own = np.zeros(areas)
    own[list(chosen)] = 1
    shared = own[sets].sum(axis=1)
    others = shared < size
    part = (shared / size - (size - shared) / (areas - size))[others]
    differences = _differences(values, sets)[others]
    estimate = float(values @ own / size - values @ (1 - own) / (areas - size))
    crossings = (estimate - differences) / (1 - part), (estimate + differences) / (1 + part)
    rank = int(alpha * len(sets))
    if not rank:
        return None, None
    least, most = np.minimum(*crossings), np.maximum(*crossings)
    return float(np.sort(least)[rank - 1]), float(np.sort(most)[-rank])


def _differences(values: FloatVector, sets: IntMatrix) -> FloatVector:
    """The difference of means of every set."""
    size, areas = sets.shape[1], len(values)
    inside = values[sets].sum(axis=1)
    found: FloatVector = inside / size - (values.sum() - inside) / (areas - size)
    return found
