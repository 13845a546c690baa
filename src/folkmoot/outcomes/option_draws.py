"""What is uncertain of an option, drawn by chance: reach, cost and effects.

In:        an option, a seed, how many draws.
Out:       people, cost and changes: the central figure first, then one a draw.
Rule:      each thing has chance of its own, by its name, so that no order matters and two options
           that rest on one study share its luck. Limits of a study are kept as published, each
           side by itself; reach and cost are triangles.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from folkmoot.outcomes.evidence import Evidence
from folkmoot.outcomes.options import Option, Use
from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.statistics.inputs import two_sided


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Everything uncertain of an option: first the central figure, then one a draw."""

    people: FloatVector
    cost: FloatVector | None
    """Pence."""
    changes: Mapping[str, FloatVector]
    """By evidence."""


def draw(option: Option, *, seed: int, draws: int) -> Drawn:
    """Draw what is uncertain of an option; the same seed and names give the same draws."""
    reach = _triangle(option.reach_low, option.reach_high, _rng(seed, option.name, "reach"), draws)
    people, low, high = option.people * reach, option.first.cost_low, option.first.cost_high
    cost = None
    if low is not None and high is not None:
        person = _triangle(low, high, _rng(seed, option.name, "cost"), draws)
        cost = people * person * (1.0 + option.optimism_cost)
    return Drawn(
        people=people,
        cost=cost,
        changes={
            one.evidence.code: people * _change(one, _rng(seed, one.evidence.code), draws)
            for one in option.uses
            if one.evidence.effect is not None
        },
    )


def _rng(seed: int, *names: str) -> np.random.Generator:
    """Chance of its own for each thing drawn, so that no order matters."""
    told = hashlib.sha256("\0".join(names).encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(told[:8], "big")])


def _triangle(low: float, high: float, rng: np.random.Generator, draws: int) -> FloatVector:
    """The middle of a range, then draws from a triangle over it."""
    middle = (low + high) / 2.0
    # The mean of two even draws is a triangle, and takes a range of no width as well.
    pairs = rng.random((2, draws)).mean(axis=0)
    return np.concatenate(([middle], low + (high - low) * pairs))


def _change(use: Use, rng: np.random.Generator, draws: int) -> FloatVector:
    """Change for one person, central and drawn: what a study found, less bias and deadweight."""
    one = use.evidence
    normal = np.concatenate(([0.0], rng.standard_normal(draws)))
    effect = _effects(one, normal)
    if one.effect_kind == "ratio":
        effect = (use.baseline or 0.0) * (effect - one.null)
    return effect * (1.0 - use.optimism) * (1.0 - use.deadweight)


def _effects(one: Evidence, normal: FloatVector) -> FloatVector:
    """An effect whose median and 95% limits are the published ones, however lopsided."""
    middle = one.effect or 0.0
    if one.lower is None or one.upper is None:
        return np.full(len(normal), middle)
    is_ratio = one.effect_kind == "ratio"
    low, mid, high = np.log((one.lower, middle, one.upper)) if is_ratio else (
        one.lower, middle, one.upper
    )  # fmt: skip
    z = two_sided(0.95)
    found = mid + normal * np.where(normal < 0, mid - low, high - mid) / z
    if is_ratio:
        return np.exp(found)
    return np.clip(found, -1.0, 1.0) if one.effect_kind == "risk_difference" else found
