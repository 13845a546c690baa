"""Why a block is where it is, and the cheapest way to have it elsewhere.

In:        an area plan, places, criteria, a block.
Out:       ``Explanation``: what changes were the block alone in each neighbouring area, in
           sentences; and the cheapest plan of all in which it is elsewhere.
Rule:      areas have no names when they are drawn anew, so a block is *elsewhere* when it is
           apart from the block with most people among those of its area that are in another
           atom, or where there is none, among all others of its area. The price is F of the
           cheapest plan of as many areas in which the two are apart, less F of the plan. The
           block may leave its atom: so the price is never above that of its moving alone.
Not here:  moving a block (``moves``); demands of any kind (``answers``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from folkmoot.areas.answers import (
    Move,
    covers,
    cut_atoms,
    difference,
    moves,
    relabelled,
    weigh,
)
from folkmoot.areas.atoms import atoms
from folkmoot.areas.demands import Apart, conditions_of, positions
from folkmoot.areas.errors import UnansweredError
from folkmoot.areas.moves import Moved, move_priced
from folkmoot.areas.options import Pricing
from folkmoot.areas.resolved import standing
from folkmoot.areas.weighed import Weighed
from folkmoot.areas.work import Work
from folkmoot.geography.graph import neighbours
from folkmoot.parameters.names import naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

SHOWN = 0.00005
"""Part of F from which a term is told: less is nought to two decimals of a per cent."""

WORSE_AND_BETTER = {
    "inertia": ("areas are less compact", "areas are more compact"),
    "need": (
        "people in an area are less alike in need",
        "people in an area are more alike in need",
    ),
    "flow": ("fewer commuters stay in their area", "more commuters stay in their area"),
}
"""What a greater and a smaller cost of a term means; other terms are geographies."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alternative:
    """A neighbouring area, were the block alone to move there."""

    moved: Moved
    sentences: tuple[str, ...]
    """What speaks against it and for it, what weighs most first, and the rules it breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The cheapest plan in which the block is elsewhere."""

    apart_from: BlockCode
    """The block that stands for the area that it is in."""
    price: float | None
    """Change in F; None where no plan was found."""
    price_ratio: float | None
    is_proven: bool
    """Whether no plan of the same units does it for less, or none does it at all."""
    moves: tuple[Move, ...]
    """Every block that then moves. The block itself may stay where the other one leaves."""
    covers: str
    """What a proof is about, as a sentence."""

    @property
    def standing(self) -> str:
        """How far the price can be trusted, in two words."""
        return standing(self.price, is_proven=self.is_proven)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Explanation:
    """Why a block is in its area."""

    block: BlockCode
    name: str
    area: AreaCode
    objective: float
    """F of the plan."""
    names: Mapping[AreaCode, str]
    """What the plan's areas are called."""
    alternatives: tuple[Alternative, ...]
    """Each neighbouring area, with everything else held; the cheapest first."""
    elsewhere: Elsewhere | None
    """None where it was not asked for, or the block is alone in its area."""


def explain(
    plan: AreaPlan,
    places: Places,
    criteria: Criteria,
    block: BlockCode,
    *,
    held_only: bool = False,
    weighed: Weighed | None = None,
    work: Work | None = None,
    progress: Progress = silent,
) -> Explanation:
    """Explain why a block is in its area.

    Parameters
    ----------
    held_only : bool
        Leave out the plan in which the block is elsewhere, which takes most of the time.
    weighed : Weighed, optional
        What ``answers.weigh`` made, to explain many blocks of one plan; a block then leaves
        its atom only where that is cut.

    Raises
    ------
    UnknownBlockError
        If the package has no such block.
    OtherPlacesError
        If the plan holds other blocks than the package.
    NoPlanError
        If no plan could keep the bounds.
    """
    pricing = Pricing.of(plan, places, criteria)
    at = int(positions(places, [block])[0])
    here = int(plan.area_of[at])
    beside = sorted({*plan.area_of[neighbours(places).of(at)].tolist()} - {here})
    held = [move_priced(pricing, block, plan.areas[area], with_mends=False) for area in beside]
    anchor = None if held_only else _anchor(plan, places, criteria, at)
    return Explanation(
        block=block,
        name=naming().name(places.blocks.names[at]),
        area=plan.areas[here],
        objective=pricing.objective,
        names=pricing.names,
        alternatives=tuple(
            Alternative(moved=moved, sentences=tuple(_sentences(moved, pricing)))
            for moved in sorted(held, key=lambda one: one.price)
        ),
        elsewhere=None
        if anchor is None
        else _elsewhere(pricing, Apart(block, anchor), weighed, work, progress),
    )


def _anchor(plan: AreaPlan, places: Places, criteria: Criteria, at: int) -> BlockCode | None:
    """The block that stands for the area that a block is in."""
    atom_of = atoms(places, criteria.atoms)
    inside = plan.area_of == plan.area_of[at]
    inside[at] = False
    beyond = inside & (atom_of != atom_of[at])
    others = beyond if beyond.any() else inside
    if not others.any():
        return None
    return plan.blocks[int(np.argmax(np.where(others, places.blocks.population, -1)))]


def _free(plan: AreaPlan, block: BlockCode) -> AreaPlan:
    """The plan with a block as an area of its own, along whose lines atoms are cut."""
    labels = np.where(np.array(plan.blocks) == block, len(plan.areas), plan.area_of)
    return AreaPlan.labelled(plan.blocks, labels)


def _elsewhere(
    pricing: Pricing,
    apart: Apart,
    weighed: Weighed | None,
    work: Work | None,
    progress: Progress,
) -> Elsewhere:
    """The cheapest plan of as many areas in which two blocks are apart."""
    plan, places, criteria = pricing.plan, pricing.places, pricing.criteria
    if weighed is None:
        try:
            free = _free(plan, apart.first)
            weighed = weigh(places, criteria, [apart], plan=free, work=work, progress=progress)
        except UnansweredError:
            return Elsewhere(
                apart_from=apart.second,
                price=None,
                price_ratio=None,
                is_proven=False,
                moves=(),
                covers="Nothing is proven: there are too many areas to weigh them one by one.",
            )
    found = weighed.choose(
        conditions_of([apart], places, weighed.units), counts=(len(plan.areas),), progress=progress
    )
    price: float | None = None
    moved: tuple[Move, ...] = ()
    if found.areas is not None:
        price = difference(weighed.objective(found.cost), pricing.objective)
        moved = tuple(moves(plan, relabelled(weighed.plan(found.areas), plan, places), places))
    return Elsewhere(
        apart_from=apart.second,
        price=price,
        price_ratio=None if price is None else pricing.ratio(price),
        is_proven=found.is_proven,
        moves=moved,
        covers=covers(cut_atoms(places, criteria, weighed.units)),
    )


def _sentences(moved: Moved, pricing: Pricing) -> Iterator[str]:
    """What speaks against a move and for it, and the rules that it breaks."""
    changes = zip(moved.terms, map(pricing.ratio, moved.changes), strict=True)
    telling = sorted(
        ((ratio, term) for term, ratio in changes if abs(ratio) >= SHOWN),
        key=lambda one: (-abs(one[0]), one[1]),
    )
    against = [f"{_words(term, 0)} ({ratio:+.2%})" for ratio, term in telling if ratio > 0]
    speaks_for = [f"{_words(term, 1)} ({ratio:+.2%})" for ratio, term in telling if ratio < 0]
    sides = [("Against it", against), ("For it", speaks_for)]
    for title, reasons in sides if moved.price > 0 else reversed(sides):
        if reasons:
            yield f"{title}: {'; '.join(reasons)}."
    if moved.breaks:
        yield f"It breaks a rule: {'; '.join(moved.breaks)}."


def _words(term: str, side: int) -> str:
    """What a greater (0) or a smaller (1) cost of a term means for people."""
    noun = naming().noun(term)
    fits = tuple(f"areas fit the {noun} lines {how}" for how in ("worse", "better"))
    return WORSE_AND_BETTER.get(term, fits)[side]
