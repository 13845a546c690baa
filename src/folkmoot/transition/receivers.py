"""Who receives what an old body leaves: the body of each block's area, or the centre.

In:        an area plan, residents, and what becomes of each function.
Out:       shares of any whole number between areas, exact.
Not here:  what is shared (``transition.contracts``, ``transition.staff``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from folkmoot.services.register import Register
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode, FunctionCode
from folkmoot.vocabulary.money import apportion


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """The areas of a plan, the people of each block, and where each function goes."""

    area_of: Mapping[BlockCode, AreaCode]
    people: Mapping[BlockCode, int]
    vesting: Mapping[FunctionCode, date]
    """When each function passes; every function that the plan knows."""
    retained: frozenset[FunctionCode]
    """Functions that stay with the centre, or where they are."""

    @classmethod
    def of(cls, register: Register, plan: AreaPlan) -> Self:
        """Who receives what, as a plan and its register say."""
        retained = {
            function
            for function, holders in register.holdings("after").items()
            if not any(register.commissioners[body].kind == "body" for body in holders)
        }
        areas = (plan.areas[area] for area in plan.area_of.tolist())
        return cls(
            area_of=dict(zip(plan.blocks, areas, strict=True)),
            people=dict(zip(register.blocks, register.populations, strict=True)),
            vesting=register.vesting,
            retained=frozenset(retained),
        )

    def by_area(self, weights: Mapping[BlockCode, int]) -> dict[AreaCode, int]:
        """The weight of each area, areas by code.

        Where all weights are 0, each block weighs the same.
        """
        found: dict[AreaCode, int] = {}
        even = not any(weights.values())
        for block, weight in weights.items():
            area = self.area_of[block]
            found[area] = found.get(area, 0) + (1 if even else weight)
        return dict(sorted(found.items()))

    def by_people(self, blocks: Iterable[BlockCode]) -> dict[AreaCode, int]:
        """The residents of some blocks by area."""
        return self.by_area({block: self.people[block] for block in blocks})


def shared(total: int, weights: Mapping[AreaCode, int]) -> dict[AreaCode, int]:
    """Share a whole number between areas by largest remainder; a tie goes to the earlier code.

    Examples
    --------
    >>> shared(1_000_001, {"A01": 1, "A02": 1})
    {'A01': 500001, 'A02': 500000}
    """
    areas = sorted(weights)
    parts = apportion(total, [weights[area] for area in areas])
    return dict(zip(areas, parts, strict=True))
