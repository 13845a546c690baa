"""Need as a value: weighted population by block, exact, and what it was made from.

In:        nothing; ``need`` makes these from a profile and a package.
Out:       ``Need``, in whole micro-persons, so that sums do not depend on order; by area
           on request.
Not here:  the money that follows (``targets``).
"""

from dataclasses import dataclass
from typing import Literal

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.places import Places

NeedBasis = Literal["registered", "resident", "counted", "by_population"]
MICRO = 10**6
"""Micro-persons in a person."""

BY_POPULATION = "by population: this package has no need data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """How old one component's data are when the settlement opens."""

    component: str
    period: str
    age_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A block with no value of its own, which took the mean of its region."""

    component: str
    block: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedStep:
    """Need with one more of its parts at work, by block, for explaining what each does."""

    name: str
    value: str
    """What the part is, in words."""
    micro_persons: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Weighted population by block, blocks in the package's order."""

    profile: str
    basis: NeedBasis
    micro_persons: tuple[int, ...]
    vintages: tuple[Vintage, ...] = ()
    filled: tuple[Filled, ...] = ()
    steps: tuple[NeedStep, ...] = ()
    """Before the last part, which makes ``micro_persons``; none where need has one part."""
    last_step: str = "need"
    """What the last part is called."""
    reason: str = ""
    """Why it is by population, when it is."""

    @property
    def label(self) -> str:
        """What every table and page built on it must say, or nothing."""
        return BY_POPULATION if self.basis == "by_population" else ""

    def by_area(self, plan: AreaPlan) -> tuple[int, ...]:
        """Weighted population of each area of a plan. Unit: micro-persons."""
        return sum_by_area(self.micro_persons, plan)


def sum_by_area(values: tuple[int, ...], plan: AreaPlan) -> tuple[int, ...]:
    """Add whole numbers of blocks up by area, in order of area.

    Examples
    --------
    >>> plan = AreaPlan.of({"a": "X", "b": "Y", "c": "X"})
    >>> sum_by_area((1, 10, 100), plan)
    (101, 10)
    """
    totals = [0] * len(plan.areas)
    for value, area in zip(values, plan.area_of.tolist(), strict=True):
        totals[area] += value
    return tuple(totals)


def by_population(places: Places, *, profile: str, reason: str) -> Need:
    """Need of a package without need data: a resident counts as one, everywhere."""
    people = tuple(count * MICRO for count in places.blocks.population.tolist())
    return Need(profile=profile, basis="by_population", micro_persons=people, reason=reason)
