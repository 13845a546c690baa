"""Move one block to another area: what it costs, what it breaks, and what mends that.

In:        an area plan, places, criteria, a block and the area it is to be in.
Out:       ``Moved``: the change in F and in each of its terms, rules that are then broken, where
           blocks that are cut off best go, and further moves after which no rule is broken.
Rule:      changes are exact: each is the difference of two scores. A rule that the plan broke
           before, in the same way, is not held against the move.
           A mend places every piece that is cut off in an area that it touches, and moves at
           most one more block: into an area with too few people, out of one with too many, or
           from between the moved block and an area that it does not touch. There may be other
           mends, of more blocks.
Not here:  the cheapest plan of all in which blocks are together (``answers``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product

import numpy as np

from folkmoot.areas.answers import Move, difference
from folkmoot.areas.demands import positions
from folkmoot.areas.errors import UnknownAreaError
from folkmoot.areas.options import Pricing
from folkmoot.geography.graph import Neighbours, neighbours, pieces_of
from folkmoot.geography.scores import score
from folkmoot.parameters.names import naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

LISTED = 5
"""Mends that are told, the cheapest first."""

PLACES_TRIED = 3
"""Areas in which a piece that is cut off is tried, the cheapest first."""

PIECES_PLACED = 3
"""Pieces that are cut off up to which mends are looked for."""

Placing = Mapping[int, int]
"""The area of each block that moves as well, both as positions in the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """Further moves, and what they and the move cost together."""

    moves: tuple[Move, ...]
    price: float
    """Change in F of the move and these together."""
    price_ratio: float
    """The price over the plan's F."""
    breaks: tuple[str, ...]
    """Rules that are broken all the same."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moved:
    """A plan in which one block has moved."""

    plan: AreaPlan
    """An area that the block was alone in is gone."""
    move: Move
    objective: float
    """F with the block moved."""
    terms: tuple[str, ...]
    """What F is the sum of: the geographies, inertia, need and flow."""
    changes: tuple[float, ...]
    """Change in each term; they add up to that in F."""
    price: float
    """Change in F; below 0 the plan gets better."""
    price_ratio: float
    """The price over the plan's F."""
    breaks: tuple[str, ...]
    """Rules that the move breaks and the plan does not."""
    cut_off: tuple[Mend, ...]
    """Each piece that the move cuts off, in the area that is best for it: the cheapest of those
    that it touches and that break the fewest rules."""
    mends: tuple[Mend, ...]
    """Further moves after which nothing is broken, the cheapest first."""


def move(
    plan: AreaPlan,
    places: Places,
    criteria: Criteria,
    block: BlockCode,
    area: AreaCode,
    *,
    with_mends: bool = True,
) -> Moved:
    """Move one block, with everything else held.

    Parameters
    ----------
    with_mends : bool
        Whether to look for further moves as well, which takes most of the time.

    Raises
    ------
    UnknownBlockError, UnknownAreaError
        If the package has no such block, or the plan no such area.
    OtherPlacesError
        If the plan holds other blocks than the package.
    """
    pricing = Pricing.of(plan, places, criteria)
    return move_priced(pricing, block, area, with_mends=with_mends)


def move_priced(
    pricing: Pricing, block: BlockCode, area: AreaCode, *, with_mends: bool = True
) -> Moved:
    """The same in a plan that is scored and named already, to try many moves."""
    plan = pricing.plan
    at = int(positions(pricing.places, [block])[0])
    if area not in plan.areas:
        raise UnknownAreaError(area, get_close_matches(area, plan.areas, n=3, cutoff=0.0))
    moving = _Moving(
        pricing=pricing, near=neighbours(pricing.places), block=at, target=plan.areas.index(area)
    )
    moved = moving.plan({})
    scores = score(moved, pricing.places, pricing.criteria)
    breaks = pricing.breaks(moved)
    price = difference(scores.objective, pricing.objective)
    pieces = [moving.placed(piece) for piece in moving.cut_off()] if with_mends else []
    return Moved(
        plan=moved,
        move=moving.moves({at: moving.target})[0],
        objective=scores.objective,
        terms=scores.terms,
        changes=tuple(
            after - before for after, before in zip(scores.costs, pricing.scores.costs, strict=True)
        ),
        price=price,
        price_ratio=pricing.ratio(price),
        breaks=breaks,
        cut_off=tuple(ways[0][1] for ways in pieces if ways),
        mends=tuple(moving.mends(pieces)) if breaks and with_mends else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Moving:
    """One block on its way from its area to another."""

    pricing: Pricing
    near: Neighbours
    block: int
    target: int

    @property
    def source(self) -> int:
        """The area that the block leaves."""
        return int(self.pricing.plan.area_of[self.block])

    def labels(self, further: Placing) -> IntVector:
        """The area of each block when more blocks move too."""
        area_of = self.pricing.plan.area_of.copy()
        area_of[self.block] = self.target
        area_of[list(further)] = list(further.values())
        return area_of

    def plan(self, further: Placing) -> AreaPlan:
        """The plan when more blocks move too."""
        blocks = np.array([self.block, *further], dtype=np.int64)
        return self.pricing.moved(blocks, self.labels(further)[blocks])

    def mend(self, further: Placing) -> Mend:
        """Further moves, priced."""
        moved = self.plan(further)
        objective = score(moved, self.pricing.places, self.pricing.criteria).objective
        price = difference(objective, self.pricing.objective)
        return Mend(
            moves=self.moves(further),
            price=price,
            price_ratio=self.pricing.ratio(price),
            breaks=self.pricing.breaks(moved),
        )

    def moves(self, placing: Placing) -> tuple[Move, ...]:
        """Moves as people name them."""
        plan, names = self.pricing.plan, self.pricing.places.blocks.names
        return tuple(
            Move(
                block=plan.blocks[block],
                name=naming().name(names[block]),
                before=plan.areas[plan.area_of[block]],
                after=plan.areas[area],
            )
            for block, area in placing.items()
        )

    def cut_off(self) -> list[list[int]]:
        """The pieces into which the block's leaving cuts what it hung together with.

        All but the one with most people.
        """
        places, plan = self.pricing.places, self.pricing.plan
        before, after = pieces_of(plan.area_of, places), pieces_of(self.labels({}), places)
        left = before == before[self.block]
        left[self.block] = False
        pieces = [np.flatnonzero(left & (after == piece)) for piece in np.unique(after[left])]
        people = places.blocks.population
        pieces.sort(key=lambda piece: -int(people[piece].sum()))
        return [piece.tolist() for piece in pieces[1:]]

    def beside(self, piece: Sequence[int]) -> list[int]:
        """Areas that a piece touches, other than the one it is cut off from."""
        area_of = self.labels({})
        touched = {int(area) for block in piece for area in area_of[self.near.of(block)]}
        return sorted(touched - {self.source})

    def placed(self, piece: Sequence[int]) -> list[tuple[Placing, Mend]]:
        """A piece in each area that it touches: where it breaks least first, then the cheapest."""
        ways = [dict.fromkeys(piece, area) for area in self.beside(piece)]
        found = [(way, self.mend(way)) for way in ways]
        return sorted(found, key=lambda one: (len(one[1].breaks), one[1].price))

    def mends(self, pieces: Sequence[Sequence[tuple[Placing, Mend]]]) -> list[Mend]:
        """Further moves after which nothing is broken, the cheapest first."""
        if len(pieces) > PIECES_PLACED:
            return []
        found = [
            self.mend(placing)
            for choice in product(*(ways[:PLACES_TRIED] for ways in pieces))
            for placing in self.kept({at: area for way, _ in choice for at, area in way.items()})
        ]
        return sorted(found, key=lambda one: one.price)[:LISTED]

    def kept(self, placing: Placing) -> Iterator[Placing]:
        """A placing that breaks nothing, or it and one more block where together they do not."""
        if not self.pricing.breaks(self.plan(placing)):
            yield placing
            return
        for block, area in dict.fromkeys(self.one_more(placing)):
            more = {**placing, block: area}
            is_free = block not in placing and block != self.block
            if is_free and not self.pricing.breaks(self.plan(more)):
                yield more

    def one_more(self, placing: Placing) -> Iterator[tuple[int, int]]:
        """Blocks that might mend what is broken, and where they would go."""
        criteria, population = self.pricing.criteria, self.pricing.places.blocks.population
        least, most = criteria.minimum_population, criteria.maximum_population
        area_of = self.labels(placing)
        people = np.zeros(len(self.pricing.plan.areas), dtype=np.int64)
        np.add.at(people, area_of, population)
        for block, near in self.edges(area_of):
            here, there, carried = int(area_of[block]), int(area_of[near]), int(population[block])
            is_wanted = people[there] < least or people[here] > most
            stays = least <= people[here] - carried and people[there] + carried <= most
            if is_wanted and stays:
                yield block, there
        if self.target not in area_of[self.near.of(self.block)]:
            yield from ((int(block), self.target) for block in self.near.of(self.block))

    def edges(self, area_of: IntVector) -> Iterator[tuple[int, int]]:
        """Two blocks that touch across the border of two areas, each as the first in turn."""
        pairs = self.pricing.places.borders.pairs
        apart = pairs[area_of[pairs[:, 0]] != area_of[pairs[:, 1]]]
        yield from map(tuple, np.concatenate([apart, apart[:, ::-1]]).tolist())
