"""What is uncertain in a formula and its data, and draws of it that any worker repeats.

In:        need models; a seed; which draws.
Out:       arrays by name, such as ``theta.skills-1.adults``; the first axis is the draw.
Rule:      draws come in sets of ``TOGETHER``, and each number of a set has chance of its own,
           keyed by the set and the number's name. So draw k of a number is the same whichever
           other draws or numbers are drawn, in whatever order, by however many workers.
Not here:  what follows from a draw (``simulation``).
Source:    decision record 0016.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector

Chance: TypeAlias = Mapping[str, NDArray[np.float64]]

TOGETHER = 250
"""Draws of a set: to begin chance anew for every draw would take longer than to settle it."""
LIMITS_IN_DEVIATIONS = 3.92
"""Standard deviations between the limits within which a rate lies with 95% confidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """How uncertain things are taken to be."""

    phi: Fraction = Fraction(1, 100)
    """Weights of a profile are drawn as Dirichlet(theta / phi): the smaller, the nearer."""
    has_rates: bool = True
    """Whether rates are drawn, where their limits are published."""
    population_cv: float = 0.0
    """Standard deviation of a block's people over its people, in counted need."""
    need_cv: float = 0.0
    """The same for a block's weighted population, in published need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One component's rate in every block, with what a unit of it counts."""

    values: FloatVector
    deviations: FloatVector
    """0 where no limits are published."""
    least: float
    most: float
    people: FloatVector
    """People counted more for each unit of the rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """All that is drawn, by name."""

    gammas: Mapping[str, float]
    """Shape of each weight of a profile, before they are made to sum to 1."""
    triangles: Mapping[str, tuple[float, float, float]]
    """Least, likeliest and greatest of each ratio."""
    rates: Mapping[str, Rate]
    noise: Mapping[str, float]
    """Coefficient of variation of each kind of noise by block."""
    blocks: int

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that is drawn."""
        return (*self.gammas, *self.triangles, *self.rates, *self.noise)


def draw(uncertain: Uncertain, seed: int, which: range, *, again: bool = False) -> Chance:
    """Make some draws.

    Parameters
    ----------
    which : range
        Numbers of the draws.
    again : bool
        A second, independent set with the same numbers.

    Returns
    -------
    mapping of str to array
        Of shape (draws,) for weights and ratios, (draws, blocks) for rates and noise. Rates are
        people more than counted, noise is a factor.
    """
    first, last = which.start // TOGETHER, (which.stop - 1) // TOGETHER
    sets = [_set(uncertain, seed, number, again=again) for number in range(first, last + 1)]
    wanted = slice(which.start - first * TOGETHER, which.stop - first * TOGETHER)
    return {name: np.concatenate([one[name] for one in sets])[wanted] for name in uncertain.names}


def _set(uncertain: Uncertain, seed: int, number: int, *, again: bool) -> Chance:
    """All draws of one set."""

    def chance(name: str) -> np.random.Generator:
        key = (number, int(again), crc32(name.encode()))
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))

    shape = (TOGETHER, uncertain.blocks)
    return {
        **{
            name: chance(name).standard_gamma(one, TOGETHER)
            for name, one in uncertain.gammas.items()
        },
        **{
            name: _triangular(chance(name).random(TOGETHER), *one)
            for name, one in uncertain.triangles.items()
        },
        **{name: _more_people(one, chance(name)) for name, one in uncertain.rates.items()},
        **{
            name: np.maximum(1.0 + cv * chance(name).standard_normal(shape), 0.0)
            for name, cv in uncertain.noise.items()
        },
    }


def _more_people(rate: Rate, chance: np.random.Generator) -> FloatMatrix:
    """People more than counted by a normal rate, drawn again where it cannot be so."""
    known = np.flatnonzero(rate.deviations > 0)
    values, deviations = rate.values[known], rate.deviations[known]
    more = deviations * chance.standard_normal((TOGETHER, len(known)))
    while True:
        out = (values + more < rate.least) | (values + more > rate.most)
        if not out.any():
            break
        rows, blocks = np.nonzero(out)
        more[rows, blocks] = deviations[blocks] * chance.standard_normal(len(blocks))
    people = np.zeros((TOGETHER, len(rate.values)))
    people[:, known] = more * rate.people[known]
    return people


def _triangular(part: FloatVector, least: float, mode: float, most: float) -> FloatVector:
    """Turn uniform numbers into triangular ones, by the inverse of their distribution."""
    width = most - least
    rising = least + np.sqrt(part * width * (mode - least))
    falling = most - np.sqrt((1.0 - part) * width * (most - mode))
    return np.where(part * width < mode - least, rising, falling)
