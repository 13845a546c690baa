"""People with several needs: who uses which services together, at what cost, paid by how many.

In:        a crowd: rows that each stand for some people, who use some systems at some cost.
Out:       the size of every combination of systems, cost by number of systems, the share of
           spending on the most expensive, and commissioners a person before and after.
Rule:      combinations partition the people. What is published hides fewer than ten people, and
           what would give them away.
Not here:  reading a table of people (``outcomes.people_table``); fitting margins
           (``outcomes.margins``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.statistics.suppression import BELOW

TOP = (Fraction(1, 100), Fraction(1, 20), Fraction(1, 10))
"""The most expensive people whose share of spending is told."""
Uses = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """People by row; a row of a table is one person, of a model many."""

    systems: tuple[str, ...]
    uses: Uses
    """Shape (n_rows, n_systems)."""
    people: FloatVector
    """How many people a row stands for."""
    pence: FloatVector
    """What each of them costs a year, whole pence in a table."""
    before: IntVector
    """How many commissioners pay for each of them."""
    after: IntVector | None
    """The same once functions have passed; None where nothing says."""
    is_modelled: bool
    is_made_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """People who use these systems and no others."""

    systems: tuple[str, ...]
    people: float
    pence: float
    """What they cost a year together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByNumber:
    """People by how many systems they use."""

    least: int
    most: int
    people: float
    pence: float

    @property
    def pence_a_person(self) -> int:
        """What one of them costs a year."""
        return round(self.pence / self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopShare:
    """What part of all spending goes on the most expensive people."""

    part: Fraction
    people: float
    share: float | None
    """None where they are too few to be told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Everything that a crowd shows."""

    systems: tuple[str, ...]
    people: float
    """Those who use at least one system."""
    pence: float
    in_system: tuple[float | None, ...]
    """People who use each system, with others or alone; None where they are too few to tell."""
    combinations: tuple[Combination, ...]
    """The largest first."""
    hidden: int
    """Combinations that are left out because few people are in them, or they give such away."""
    hidden_people: float
    rounded_to: int
    """People of a system, and of a number of systems, are rounded to this; 1 is not at all."""
    numbers: tuple[ByNumber, ...]
    top: tuple[TopShare, ...]
    commissioners_before: float
    """A person, on average."""
    commissioners_after: float | None
    is_modelled: bool
    is_made_up: bool


def overlap_of_people(crowd: Crowd) -> Overlap:
    """Count people by what they use together.

    Examples
    --------
    >>> import numpy as np
    >>> found = overlap_of_people(Crowd(
    ...     systems=("health", "justice"),
    ...     uses=np.array([[True, False], [True, True], [True, True]]),
    ...     people=np.ones(3), pence=np.array([100.0, 300.0, 600.0]),
    ...     before=np.array([1, 2, 2]), after=np.array([1, 1, 1]), is_modelled=False))
    >>> [(one.systems, one.people, one.pence) for one in found.combinations]
    [(('health', 'justice'), 2.0, 900.0), (('health',), 1.0, 100.0)]
    """
    kept = crowd.uses.any(axis=1) & (crowd.people > 0)
    uses, people, pence = crowd.uses[kept], crowd.people[kept], crowd.pence[kept]
    whole = float(people.sum())
    after = None if crowd.after is None else crowd.after[kept]
    return Overlap(
        systems=crowd.systems,
        people=whole,
        pence=float(people @ pence),
        in_system=tuple((people @ uses).tolist()),
        combinations=_combinations(crowd.systems, uses, people, people * pence),
        hidden=0,
        hidden_people=0.0,
        rounded_to=1,
        numbers=_numbers(uses.sum(axis=1), people, people * pence),
        top=tuple(_top(part, people, pence) for part in TOP),
        commissioners_before=float(people @ crowd.before[kept]) / whole,
        commissioners_after=None if after is None else float(people @ after) / whole,
        is_modelled=crowd.is_modelled,
        is_made_up=crowd.is_made_up,
    )


def _combinations(
    systems: tuple[str, ...], uses: Uses, people: FloatVector, pence: FloatVector
) -> tuple[Combination, ...]:
    # One whole number a combination sorts far faster than a row of marks.
    codes, row = np.unique(uses @ (1 << np.arange(len(systems))), return_inverse=True)
    kinds = (codes[:, None] >> np.arange(len(systems))) & 1
    made = [
        Combination(
            systems=tuple(name for name, is_used in zip(systems, kind, strict=True) if is_used),
            people=float(many),
            pence=float(cost),
        )
        for kind, many, cost in zip(
            kinds.tolist(),
            np.bincount(row, weights=people),
            np.bincount(row, weights=pence),
            strict=True,
        )
    ]
    return tuple(sorted(made, key=lambda one: (-one.people, len(one.systems), one.systems)))


def _numbers(count: IntVector, people: FloatVector, pence: FloatVector) -> tuple[ByNumber, ...]:
    return tuple(
        ByNumber(
            least=number,
            most=number,
            people=float(people[count == number].sum()),
            pence=float(pence[count == number].sum()),
        )
        for number in np.unique(count).tolist()
    )


def _top(part: Fraction, people: FloatVector, pence: FloatVector) -> TopShare:
    """Share of the spending on the most expensive; the last row may count in part."""
    order = np.argsort(-pence, kind="stable")
    many, cost = people[order], pence[order]
    wanted = float(part) * float(people.sum())
    before = np.concatenate(([0.0], many.cumsum()[:-1]))
    counted = np.clip(wanted - before, 0.0, many)
    whole = float(many @ cost)
    share = float(counted @ cost) / whole if whole else None
    return TopShare(part=part, people=wanted, share=share)


def shown(found: Overlap, *, below: int = BELOW) -> Overlap:
    """What may be published: nothing of fewer than ``below`` people, nor what gives them away.

    Small combinations are left out, with further ones until those left out are none, or two or
    more that hold ``below`` people together. As soon as one is, people of a system and of a
    number of systems are rounded to the nearest ``below``: otherwise a sum would give it away.
    Numbers of systems that few people reach are told as one.
    """
    hidden = _hidden([one.people for one in found.combinations], below)
    unit = below if hidden else 1
    return replace(
        found,
        in_system=tuple(
            None if many is None or many < below else _rounded(many, unit)
            for many in found.in_system
        ),
        combinations=tuple(one for n, one in enumerate(found.combinations) if n not in hidden),
        hidden=len(hidden),
        hidden_people=sum(found.combinations[n].people for n in hidden),
        rounded_to=unit,
        numbers=tuple(
            replace(one, people=many, pence=one.pence * many / one.people)
            for one in _joined(found.numbers, below)
            for many in [_rounded(one.people, unit)]
        ),
        top=tuple(one if one.people >= below else replace(one, share=None) for one in found.top),
    )


def _hidden(people: Sequence[float], below: int) -> frozenset[int]:
    """Which to leave out, the smallest first: all that are small, and what protects them."""
    order = sorted(range(len(people)), key=people.__getitem__)
    many = sum(one < below for one in people)
    while 0 < many < len(people) and (many < 2 or sum(people[n] for n in order[:many]) < below):
        many += 1
    return frozenset(order[:many])


def _rounded(many: float, unit: int) -> float:
    return many if unit == 1 else float(unit * round(many / unit))


def _joined(numbers: tuple[ByNumber, ...], below: int) -> tuple[ByNumber, ...]:
    """Join the highest numbers of systems until each row is of enough people."""
    made: list[ByNumber] = []
    for one in reversed(numbers):
        if made and made[-1].people < below:
            made[-1] = _both(one, made[-1])
        else:
            made.append(one)
    if len(made) > 1 and made[-1].people < below:
        made[-2:] = [_both(made[-1], made[-2])]
    return tuple(reversed(made))


def _both(low: ByNumber, high: ByNumber) -> ByNumber:
    return ByNumber(
        least=low.least,
        most=high.most,
        people=low.people + high.people,
        pence=low.pence + high.pence,
    )
