"""What an option costs when the rest of the plan is drawn anew.

In:        a plan, the option's blocks and the area to which each goes, all unions weighed.
Out:       ``Resolved``: the cheapest plan in which the option is taken, and its price.
Rule:      areas have no names when they are drawn anew, so a block is *with* an area when it
           is together with that area's anchor. The anchor is the block with most people
           among those in the area that the option's side pulls there and that are in no
           conflict; where there is none, among those in the area that are in no conflict,
           then among those in the area outside the negotiation, then among its own blocks.
           The price is F of the cheapest plan of as many areas in which every block of the
           negotiation is together with its anchor, less F of the plan.
Not here:  the price with everything else held (``options``); the search (``weighed``).
Source:    docs/decisions/0012-price-options-anew.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from folkmoot.areas.answers import difference, moves, relabelled
from folkmoot.areas.demands import Together, conditions_of
from folkmoot.areas.options import Option, Pricing
from folkmoot.areas.weighed import Weighed
from folkmoot.vocabulary.arrays import BoolVector, IntVector
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.progress import Progress, silent


def standing(price: float | None, *, is_proven: bool) -> str:
    """How far a price can be trusted, in two words."""
    if price is None:
        return "no plan" if is_proven else "not known"
    return "proven" if is_proven else "best known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An option's price when everything else may move too."""

    anchors: tuple[tuple[BlockCode, BlockCode], ...]
    """Each block of the negotiation, and the block it is to be together with."""
    price: float | None
    """Change in F; None where no plan was found in which the option is taken."""
    price_ratio: float | None
    is_proven: bool
    """Whether no plan of whole atoms takes the option for less, or none takes it at all."""
    moves: tuple[tuple[BlockCode, AreaCode], ...]
    """Every block that then moves, those of the negotiation among them."""

    @property
    def standing(self) -> str:
        """How far the price can be trusted, in two words."""
        return standing(self.price, is_proven=self.is_proven)

    def words(self, blocks: int) -> str:
        """A sentence on the price, for an option over so many blocks of its own."""
        if self.price is None or self.price_ratio is None:
            if self.is_proven:
                return "No plan of whole atoms takes it, however the rest is drawn."
            return "What it costs with the rest drawn anew is not known."
        others = len(self.moves) - blocks
        also = f", and {others} other block{'s move' if others > 1 else ' moves'}"
        ratio = abs(self.price_ratio)
        share = f"{ratio:.1%}" if ratio >= 0.0005 else "less than 0.1%"
        cost = f"costs {share}" if self.price > 0 else f"improves the objective by {share}"
        return (
            f"With the rest drawn anew it {'costs nothing' if self.price == 0 else cost} "
            f"({self.standing}){also if others > 0 else ''}."
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Redrawing:
    """A plan whose options are priced anew."""

    pricing: Pricing
    weighed: Weighed
    is_disputed: BoolVector
    """Shape (n_blocks,): blocks in any conflict."""
    progress: Progress = silent

    def resolved(
        self, option: Option, blocks: IntVector, target: IntVector, pulled: IntVector
    ) -> Resolved:
        """Price an option anew.

        Parameters
        ----------
        blocks, target : arrays of shape (n_conflicts,)
            The blocks of the negotiation, and the area with which each is placed.
        pulled : array of shape (n_blocks,)
            Where the option's side pulls every block.
        """
        codes, plan = self.pricing.plan.blocks, self.pricing.plan
        anchors = tuple(
            (codes[block], codes[self.anchor(area, blocks, target, pulled)])
            for block, area in zip(blocks.tolist(), target.tolist(), strict=True)
        )
        held = self.held(option)
        if self.is_best and held == 0:
            return self.priced(anchors, 0.0, (), is_proven=True)
        wanted = [Together(*pair) for pair in anchors]
        conditions = conditions_of(wanted, self.weighed.places, self.weighed.units)
        constant = self.weighed.objective(0.0)
        known = np.inf if held is None else self.pricing.objective + held - constant
        found = self.weighed.choose(
            conditions,
            counts=(len(plan.areas),),
            cost_to_beat=known,
            progress=self.progress,
        )
        if found.areas is None:
            moved = () if held is None else option.moves
            return self.priced(anchors, held, moved, is_proven=found.is_proven)
        price = difference(self.weighed.objective(found.cost), self.pricing.objective)
        anew = relabelled(self.weighed.plan(found.areas), plan, self.weighed.places)
        moved = tuple((one.block, one.after) for one in moves(plan, anew, self.weighed.places))
        return self.priced(anchors, price, moved, is_proven=found.is_proven)

    @property
    def is_best(self) -> bool:
        """Whether the plan is proven to be the best of its kind."""
        best = self.weighed.best
        least = self.weighed.objective(best.cost)
        is_alike = len(self.pricing.plan.areas) == self.weighed.task.n_areas
        keeps_rules = is_alike and not self.pricing.broken
        return keeps_rules and best.is_proven and difference(self.pricing.objective, least) <= 0

    def held(self, option: Option) -> float | None:
        """The price with everything else held, where that is a plan that keeps the rules."""
        return None if option.breaks or self.pricing.broken else option.price

    def priced(
        self,
        anchors: tuple[tuple[BlockCode, BlockCode], ...],
        price: float | None,
        moved: tuple[tuple[BlockCode, AreaCode], ...],
        *,
        is_proven: bool,
    ) -> Resolved:
        """The price, and what part of F it is."""
        objective = self.pricing.objective
        ratio = None if price is None else price / objective if objective else 0.0
        return Resolved(
            anchors=anchors, price=price, price_ratio=ratio, is_proven=is_proven, moves=moved
        )

    def anchor(self, area: int, blocks: IntVector, target: IntVector, pulled: IntVector) -> int:
        """Position of the block that stands for an area of the plan."""
        inside = self.pricing.plan.area_of == area
        outside = np.ones(len(inside), dtype=np.bool_)
        outside[blocks] = False
        people = self.pricing.places.blocks.population
        for candidates in self.candidates(area, inside & outside, pulled):
            if candidates.any():
                return int(np.argmax(np.where(candidates, people, -1)))
        going = blocks[target == area]
        return int(going[np.argmax(people[going])])

    def candidates(self, area: int, inside: BoolVector, pulled: IntVector) -> Iterator[BoolVector]:
        """Blocks that may stand for an area, the likelier ones first."""
        yield inside & ~self.is_disputed & (pulled == area)
        yield inside & ~self.is_disputed
        yield inside
