"""Options in a negotiation: what each moves, crosses, breaks and costs.

In:        an area plan, places, criteria, and the blocks that would move.
Out:       ``Option``, with a sentence for people.
Rule:      the price is the change in F when those blocks alone move, with everything else
           held; an option that breaks a rule is priced all the same, and says so. Moving
           other blocks as well may be cheaper (``resolved``).
Not here:  which blocks are in conflict (``areas.conflicts``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from folkmoot.areas.names import name_areas
from folkmoot.areas.pulls import pulls
from folkmoot.areas.rules import BrokenRule, broken_rules
from folkmoot.geography.scores import Scores, score
from folkmoot.parameters.names import listed, naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to settle a negotiation."""

    option: str
    """``leave``, ``health`` or ``economy``: whose areas the blocks are placed with."""
    moves: tuple[tuple[BlockCode, AreaCode], ...]
    price: float
    """Change in F with everything else held; below 0 the plan gets better."""
    price_ratio: float
    """The price over the plan's F."""
    crosses: tuple[str, ...]
    """Areas of the criteria's geographies from which the blocks are then cut off."""
    breaks: tuple[str, ...]
    """Rules that the option breaks and the plan does not."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pricing:
    """A plan from which moves are priced."""

    plan: AreaPlan
    places: Places
    criteria: Criteria
    scores: Scores
    names: Mapping[AreaCode, str]
    broken: tuple[BrokenRule, ...]
    """Rules that the plan itself breaks."""

    @classmethod
    def of(cls, plan: AreaPlan, places: Places, criteria: Criteria) -> "Pricing":
        """Score and name the plan once."""
        scores = score(plan, places, criteria)
        names = name_areas(plan, places, criteria)
        return cls(
            plan=plan,
            places=places,
            criteria=criteria,
            scores=scores,
            names=names,
            broken=broken_rules(plan, places, criteria, names),
        )

    @property
    def objective(self) -> float:
        """F of the plan."""
        return self.scores.objective

    def ratio(self, change: float) -> float:
        """A change in F over the plan's F."""
        return change / self.objective if self.objective else 0.0

    def moved(self, blocks: IntVector, target: IntVector) -> AreaPlan:
        """The plan with some blocks in other areas; an emptied area is gone."""
        area_of = self.plan.area_of.copy()
        area_of[blocks] = target
        kept, compact = np.unique(area_of, return_inverse=True)
        areas = tuple(self.plan.areas[area] for area in kept)
        return AreaPlan(blocks=self.plan.blocks, areas=areas, area_of=compact.astype(np.int64))

    def price(self, blocks: IntVector, target: IntVector) -> float:
        """Change in F when some blocks move, with everything else held."""
        if np.array_equal(self.plan.area_of[blocks], target):
            return 0.0
        moved = self.moved(blocks, target)
        return score(moved, self.places, self.criteria).objective - self.objective

    def option(self, name: str, blocks: IntVector, target: IntVector) -> Option:
        """Describe and price the placing of blocks, each in its target area."""
        is_moved = self.plan.area_of[blocks] != target
        named = is_moved if is_moved.any() else ~is_moved
        moved = self.moved(blocks, target)
        price = self.price(blocks, target)
        crosses, breaks = self._crosses(moved, blocks), self.breaks(moved)
        return Option(
            option=name,
            moves=tuple(
                (self.plan.blocks[block], self.plan.areas[area])
                for block, area in zip(blocks[is_moved], target[is_moved], strict=True)
            ),
            price=price,
            price_ratio=self.ratio(price),
            crosses=crosses,
            breaks=breaks,
            sentence="".join(
                [
                    "Place " if is_moved.any() else "Leave ",
                    self._placed(blocks[named], target[named]),
                    "" if is_moved.any() else ", as drawn",
                    f": crosses {listed(crosses) or 'no boundary'}; ",
                    self._cost(price),
                    f", but then {'; '.join(breaks)}" if breaks else "",
                    ".",
                ]
            ),
        )

    def _crosses(self, moved: AreaPlan, blocks: IntVector) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for wanted in self.criteria.geographies:
            geography = self.places.geographies[wanted.name]
            pulled = pulls(moved, self.places, geography)[blocks]
            home = geography.dominant(len(moved.blocks))[blocks]
            for area in home[(pulled >= 0) & (pulled != moved.area_of[blocks])].tolist():
                found[naming().phrase(wanted.name, geography.names[area])] = None
        return tuple(found)

    def breaks(self, moved: AreaPlan) -> tuple[str, ...]:
        """Rules that are broken now and were not, or were otherwise."""
        gone = [
            f"{self.names[area]} holds nothing"
            for area in self.plan.areas
            if area not in moved.areas
        ]
        before = {rule.words for rule in self.broken}
        found = broken_rules(moved, self.places, self.criteria, self.names)
        return (*gone, *(rule.words for rule in found if rule.words not in before))

    def _placed(self, blocks: IntVector, target: IntVector) -> str:
        """Which blocks go with which area, as people would say it."""
        parts = []
        for area in dict.fromkeys(target.tolist()):
            names = [
                naming().name(self.places.blocks.names[block]) for block in blocks[target == area]
            ]
            parts.append(f"{listed(names)} with {_quoted(self.names[self.plan.areas[area]])}")
        return ", and ".join(parts)

    def _cost(self, price: float) -> str:
        ratio = abs(self.ratio(price))
        share = f"{ratio:.1%}" if ratio >= 0.0005 else "less than 0.1%"
        if price == 0:
            return "costs nothing"
        if price < 0:
            return f"improves the objective by {share}"
        return f"costs {share} of the objective"


def _quoted(name: str) -> str:
    """A name that is itself a list stands in quotes, so that a sentence can list it."""
    return f"‘{name}’" if "," in name or " with " in name else name
