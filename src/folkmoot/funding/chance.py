"""What is uncertain in a formula and its data, and draws of it that any worker repeats.

In:        need models; a seed; which draws.
Out:       arrays by name, such as ``theta.skills-1.adults``; the first axis is the draw.
Rule:      draw k has chance of its own, keyed by k: it is the same whichever other draws are
           made, in whatever order, by however many workers.
Not here:  what follows from a draw (``simulation``).
Source:    decision record 0016.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector

Chance: TypeAlias = Mapping[str, NDArray[np.float64]]

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
    shapes = np.array(list(uncertain.gammas.values()))
    gammas = np.empty((len(which), len(shapes)))
    uniforms = np.empty((len(which), len(uncertain.triangles)))
    by_block = {
        name: np.empty((len(which), uncertain.blocks))
        for name in (*uncertain.rates, *uncertain.noise)
    }
    for row, number in enumerate(which):
        key = (number, 1) if again else (number,)
        chance = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
        if len(shapes):
            gammas[row] = chance.standard_gamma(shapes)
        if uncertain.triangles:
            uniforms[row] = chance.random(len(uncertain.triangles))
        for name, rate in uncertain.rates.items():
            by_block[name][row] = _more_people(rate, chance)
        for name, cv in uncertain.noise.items():
            factor = 1.0 + cv * chance.standard_normal(uncertain.blocks)
            by_block[name][row] = np.maximum(factor, 0.0)
    triangles = _triangular(uniforms, list(uncertain.triangles.values()))
    return {
        **dict(zip(uncertain.gammas, gammas.T, strict=True)),
        **dict(zip(uncertain.triangles, triangles.T, strict=True)),
        **by_block,
    }


def _more_people(rate: Rate, chance: np.random.Generator) -> FloatVector:
    """People more than counted by a normal rate, drawn again where it cannot be so."""
    more = rate.deviations * chance.standard_normal(len(rate.values))
    while True:
        found = rate.values + more
        out = (rate.deviations > 0) & ((found < rate.least) | (found > rate.most))
        if not out.any():
            people: FloatVector = more * rate.people
            return people
        more[out] = rate.deviations[out] * chance.standard_normal(int(out.sum()))


def _triangular(uniforms: FloatMatrix, shapes: Sequence[tuple[float, float, float]]) -> FloatMatrix:
    """Turn uniform numbers into triangular ones, by the inverse of their distribution."""
    found = np.empty_like(uniforms)
    for at, (least, mode, most) in enumerate(shapes):
        part, width = uniforms[:, at], most - least
        rising = least + np.sqrt(part * width * (mode - least))
        falling = most - np.sqrt((1.0 - part) * width * (most - mode))
        found[:, at] = np.where(part * width < mode - least, rising, falling)
    return found
