"""Draw areas without listing them all: cut at random, redraw neighbours, keep what is cheaper.

In:        units, how many areas, population bounds, chance, a budget of work.
Out:       the cheapest plan met, as an area for each unit. Nothing is proven of it.
Rule:      pieces of the country get areas in proportion to their people; random trees are cut
           in two until there are enough areas; then pairs of areas are redrawn and units moved
           while the plan cools.
Not here:  proof (``search``); which units (``design``).
Source:    docs/explanation/designing-areas.md, "When there are too many".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.areas import redraw_kernels as kernels
from folkmoot.areas import tree_kernels as trees
from folkmoot.areas.atoms import Units
from folkmoot.areas.errors import NoPlanError
from folkmoot.areas.met import Met
from folkmoot.areas.work import Work
from folkmoot.geography.graph import components
from folkmoot.geography.terms import Terms
from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.progress import Progress, silent

Bounds = tuple[int, int]

HEATS = np.geomspace(0.02, 0.00002, 300)
"""How much dearer a step may be, as a share of an area's usual cost, from first to last."""

LAST_HEATS = HEATS[-100:]
"""The same for a plan that is only to be refined."""

FIRST_HEATS = np.geomspace(2.0, 0.02, 150)
"""The same while a plan still breaks its bounds."""

FINE = 20.0
"""What an average area's people cost when they are out of bounds, in areas' usual costs."""

MOVE_HEATS = np.geomspace(3.0, 0.03, 40)
"""The same while small units are moved, as a share of what a unit costs."""

CUTS = 6
"""Cuts of one random tree that are priced."""

TRIES = 20
"""Random trees among which the first cuts of a country are chosen."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cooling:
    """How warm a plan is from round to round, and what is done to it."""

    heats: FloatVector
    steps: int
    """Pairs of neighbouring units that are looked at in a round."""
    recombined: float = 0.5
    """Part of the steps over a border of two areas in which both are redrawn."""
    title: str = "Redrawing neighbouring areas"


def redraw(
    units: Units,
    n_areas: int,
    bounds: Bounds,
    work: Work,
    rng: np.random.Generator,
    *,
    start: IntVector | None = None,
    met: Met | None = None,
    cooling: Cooling | None = None,
    progress: Progress = silent,
) -> IntVector:
    """Find a cheap plan of connected areas within the bounds.

    Parameters
    ----------
    bounds : tuple of int
        Least and most people in an area, both allowed.
    start : array of shape (n_units,), optional
        A plan to begin from, which is then only refined.
    met : Met, optional
        Is told every area that the plan passes through.
    cooling : Cooling, optional
        How a plan from nothing cools, where the usual way does not suit.

    Returns
    -------
    array of shape (n_units,)
        The area of each unit, from 0 up.

    Raises
    ------
    NoPlanError
        If the pieces of the country cannot have so many areas within the bounds, a unit
        has too many people, or no plan within the bounds was found.
    """
    drawing = _Drawing(units, bounds, work, rng, met)
    steps = max(work.redraws // len(HEATS), 1)
    if start is None:
        _check_units(units, n_areas, bounds)
        plan = drawing.first(n_areas)
        plan = drawing.mended(plan, Cooling(heats=FIRST_HEATS, steps=steps), progress)
        plan = drawing.cooled(plan, cooling or Cooling(heats=HEATS, steps=steps), progress)
    else:
        plan = drawing.cooled(start, Cooling(heats=LAST_HEATS, steps=steps), progress)
    return drawing.checked(plan)


def polish(
    units: Units,
    plan: IntVector,
    bounds: Bounds,
    work: Work,
    rng: np.random.Generator,
    *,
    progress: Progress = silent,
) -> IntVector:
    """Move small units over the borders of a plan of connected areas while it cools.

    The plan may break its bounds, and is then brought within them first. One within them is
    never made dearer.

    Returns
    -------
    array of shape (n_units,)
        The area of each unit, by the numbers of ``plan``.

    Raises
    ------
    NoPlanError
        If it could not be brought within the bounds.
    """
    drawing = _Drawing(units, bounds, work, rng, None)
    moves = Cooling(
        heats=MOVE_HEATS * (int(plan.max()) + 1) / len(units),
        steps=max(work.moves // len(MOVE_HEATS), 1),
        recombined=0.0,
        title="Moving blocks over the borders of areas",
    )
    plan = drawing.cooled(plan, moves, progress)
    if drawing.wrong(plan):
        steps = max(work.redraws // len(HEATS), 1)
        plan = drawing.mended(plan, Cooling(heats=FIRST_HEATS, steps=steps), progress)
        plan = drawing.cooled(plan, moves, progress)
    return drawing.checked(plan)


def recombine(
    units: Units,
    plan: IntVector,
    bounds: Bounds,
    steps: int,
    rng: np.random.Generator,
    *,
    tries: int = 1000,
) -> IntVector:
    """A plan by chance: join two neighbouring areas, cut them anew, and so on.

    Each step takes a border between two areas, each as likely, spans both areas with a random
    tree, and cuts it where both parts keep the bounds, each such cut as likely. Nothing is
    weighed but people, so that many steps make a sample of what plans there are.

    Parameters
    ----------
    plan : array of shape (n_units,)
        A plan of connected areas, numbered from 0 up.
    tries : int
        Random trees of one step; where none has a fitting cut, the step leaves all as it is.

    Returns
    -------
    array of shape (n_units,)

    Notes
    -----
    Source: DeFord, Duchin and Solomon 2021, Recombination: a family of Markov chains for
    redistricting. Trees are uniform (Wilson 1996).
    """
    graph, n_areas = units.graph(), int(plan.max()) + 1
    lists = trees.new_lists(units.terms.people, plan.copy(), n_areas)
    ends = np.repeat(np.arange(len(units)), np.diff(graph.starts))
    apart = plan[ends] != plan[graph.neighbours]
    if apart.any():
        desk = trees.new_desk(len(units))
        trees.recombine_many(graph, ends, lists, desk, bounds, steps, tries, rng)
    return lists.area_of


def _check_units(units: Units, n_areas: int, bounds: Bounds) -> None:
    heaviest = int(units.terms.people.max())
    if heaviest > bounds[1]:
        reason = f"a piece of land that is never split has {heaviest:,}"
        raise NoPlanError(n_areas, bounds, reason, is_proven=True)


def areas_of_pieces(
    people: Sequence[int], n_areas: int, bounds: Bounds, *, units: Sequence[int] | None = None
) -> list[int]:
    """How many areas each separate piece of the country gets, as even as the bounds allow.

    ``units`` is how many units each piece has: it cannot have more areas.

    Raises
    ------
    NoPlanError
        If some piece can hold no whole number of areas, or the numbers do not add up.

    Examples
    --------
    >>> areas_of_pieces([900, 200], 4, (100, 400))
    [3, 1]
    """
    least, most = bounds
    fewest = [-(-held // most) for held in people]
    greatest = [held // least if least else n_areas for held in people]
    if units is not None:
        greatest = [min(great, held) for great, held in zip(greatest, units, strict=True)]
    if any(few > great or not great for few, great in zip(fewest, greatest, strict=True)):
        reason = f"a piece of {min(people):,} people borders nothing else and cannot be an area"
        raise NoPlanError(n_areas, bounds, reason, is_proven=True)
    found = [max(few, 1) for few in fewest]
    while sum(found) < n_areas:
        room = [n for n in range(len(people)) if found[n] < greatest[n]]
        if not room:
            break
        found[max(room, key=lambda n: (people[n] / found[n], -n))] += 1
    if sum(found) != n_areas:
        reason = f"its separate pieces make {sum(found)} areas"
        raise NoPlanError(n_areas, bounds, reason, is_proven=True)
    return found


class _Drawing:
    """One search: what it works on, and the areas that it has met."""

    def __init__(
        self,
        units: Units,
        bounds: Bounds,
        work: Work,
        rng: np.random.Generator,
        met: Met | None,
    ) -> None:
        self.units, self.bounds, self.work, self.rng, self.met = units, bounds, work, rng, met
        self.graph = units.graph()
        self.sums = bare(units.terms)
        self.desk = trees.new_desk(len(units))
        self.pair = kernels.new_pair(self.sums)
        self.search = kernels.new_search(len(units))

    def wrong(self, plan: IntVector) -> int:
        """People too few or too many, over all areas."""
        people = np.bincount(plan, weights=self.units.terms.people)
        least, most = self.bounds
        return int((np.maximum(least - people, 0) + np.maximum(people - most, 0)).sum())

    def first(self, n_areas: int) -> IntVector:
        """A plan from random cuts, as nearly within the bounds as some tries find."""
        pieces = components(len(self.units), self.units.pairs)
        people = np.bincount(pieces, weights=self.units.terms.people).astype(int).tolist()
        shares = areas_of_pieces(people, n_areas, self.bounds, units=np.bincount(pieces).tolist())
        offsets = np.cumsum([0, *shares]).tolist()
        plan = np.array([offsets[piece] for piece in pieces.tolist()], dtype=np.int64)
        for area, count in zip(offsets, shares, strict=False):
            self._divide(plan, area, count)
        self._fill(plan, n_areas)
        return plan

    def _fill(self, plan: IntVector, n_areas: int) -> None:
        """Give each area that was left without land half of the one with most units."""
        for empty in sorted(set(range(n_areas)) - set(plan.tolist())):
            widest = int(np.argmax(np.bincount(plan)))
            side, _ = self._branch(plan, widest, 2)
            plan[side] = empty

    def _divide(self, plan: IntVector, area: int, count: int) -> None:
        """Cut one area of a plan into ``count``; the new ones are numbered after it."""
        if count == 1:
            return
        best = self._cut(plan, area, count)
        for _ in range(TRIES - 1):
            if not best[0]:
                break
            best = min(best, self._cut(plan, area, count), key=lambda cut: cut[0])
        _, side, far = best
        plan[side] = area + count - far
        self._divide(plan, area, count - far)
        self._divide(plan, area + count - far, far)

    def _cut(self, plan: IntVector, area: int, count: int) -> tuple[int, IntVector, int]:
        """A random cut of an area: people out of bounds, the far side, and its share of areas."""
        side, far = self._branch(plan, area, count)
        return self._misfit(plan, area, side, count, far), side, far

    def _branch(self, plan: IntVector, area: int, count: int) -> tuple[IntVector, int]:
        """One side of a random cut of an area, and how many of ``count`` areas it is for."""
        members = np.flatnonzero(plan == area)
        self.desk.members[: len(members)] = members
        self.desk.at_hand[members] = True
        far = trees.split_in_two(self.graph, self.desk, len(members), count, self.bounds, self.rng)
        self.desk.at_hand[members] = False
        return members[self.desk.side[members]], far

    def _misfit(self, plan: IntVector, area: int, side: IntVector, count: int, far: int) -> int:
        people, (least, most) = self.units.terms.people, self.bounds
        there = int(people[side].sum())
        here = int(people[plan == area].sum()) - there
        parts = ((here, count - far), (there, far))
        return sum(max(n * least - held, held - n * most, 0) for held, n in parts)

    def mended(self, plan: IntVector, cooling: Cooling, progress: Progress) -> IntVector:
        """A plan that is within its bounds, if some coolings bring it there."""
        for _ in range(self.work.attempts):
            if not self.wrong(plan):
                break
            plan = self.cooled(plan, cooling, progress)
        return plan

    def checked(self, plan: IntVector) -> IntVector:
        """A plan, if it is within its bounds."""
        if self.wrong(plan):
            reason = "every one that was tried broke a bound"
            raise NoPlanError(int(plan.max()) + 1, self.bounds, reason, is_proven=False)
        return plan

    def cooled(self, plan: IntVector, cooling: Cooling, progress: Progress) -> IntVector:
        """The best plan met while a plan cools."""
        lists = trees.new_lists(self.units.terms.people, plan.copy(), int(plan.max()) + 1)
        held = kernels.weigh_all(self.sums, lists)
        usual = max(float(np.abs(held.costs).mean()), 1e-12)
        fine = FINE * usual / float(lists.people.mean())
        best, best_key = plan, (self.wrong(plan), float(held.costs.sum()))
        for round_, heat in enumerate(cooling.heats.tolist()):
            progress(cooling.title, round_ / len(cooling.heats))
            kernels.anneal(
                self.graph,
                self.sums,
                lists,
                held,
                self.bounds,
                fine,
                heat * usual,
                cooling.steps,
                CUTS,
                cooling.recombined,
                self.rng,
                self.desk,
                self.pair,
                self.search,
            )
            if self.met is not None:
                self.met.note(lists.area_of, held.costs)
            key = self.wrong(lists.area_of), float(held.costs.sum())
            if key < best_key:
                best, best_key = lists.area_of.copy(), key
        return best


def bare(terms: Terms) -> kernels.Sums:
    """The terms as the compiled loops want them."""
    return kernels.Sums(
        overlap_start=terms.overlap.start,
        overlap_cell=terms.overlap.column,
        overlap_share=terms.overlap.value,
        cell_scales=terms.cell_scales,
        squares=terms.squares,
        moments=np.ascontiguousarray(terms.moments),
        flow_start=terms.flow.start,
        flow_unit=terms.flow.column,
        flow_share=terms.flow.value,
        flow_within=terms.flow_within,
    )
