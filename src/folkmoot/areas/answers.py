"""Re-solve a design under demands: the plan that meets them, and what each of them costs.

In:        places, criteria, demands, perhaps a plan that they are asked of.
Out:       ``Answer``: the cheapest plan that meets all demands, the price of each alone and of
           all together, and the blocks that move; or the smallest set of demands in conflict.
Rule:      the price of demands is F of the cheapest plan that meets them, less F of the plan
           they are asked of, which is the cheapest without them unless one is given. Every
           plan is made of the same units: atoms, cut only where a demand or the plan cuts
           them. So adding a demand never makes the answer cheaper.
Not here:  what a demand is (``demands``); the search (``weighed``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, count

import numpy as np

from folkmoot.areas.atoms import Units, atoms
from folkmoot.areas.columns import Columns
from folkmoot.areas.demands import Apart, Demand, conditions_of, counts_of, positions
from folkmoot.areas.errors import ConflictingDemandsError, NoPlanError, UnansweredError
from folkmoot.areas.feasibility import check_feasible
from folkmoot.areas.search import Found
from folkmoot.areas.weighed import Weighed
from folkmoot.areas.work import Work
from folkmoot.geography.graph import components
from folkmoot.geography.scores import score
from folkmoot.geography.terms import Terms, area_costs, terms
from folkmoot.parameters.names import naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

ROUNDING = 1e-12
"""Part of F that sums of floats may be out by."""

FEW = 6
"""Demands up to which every set is tried, so that a conflicting one is the smallest there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a demand costs by itself."""

    demand: str
    """The demand in words."""
    price: float
    """F of the cheapest plan that meets it, less F of the plan it is asked of."""
    price_ratio: float
    """The price over F of the plan it is asked of."""
    is_proven: bool
    """Whether no plan of the same units meets it for less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A block that changes its area."""

    block: BlockCode
    name: str
    before: AreaCode
    after: AreaCode


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """The cheapest plan that meets demands, and what they cost."""

    plan: AreaPlan
    """Areas have the codes of those that they take most people from."""
    objective: float
    """F, with the number of areas in the criteria, so that it compares with other plans."""
    objective_by_own_count: float
    """F with the number of areas that the plan has; the same where they are equal."""
    bound: float
    """No plan of the same units meets the demands for less."""
    asked_of: AreaPlan
    """The plan without the demands."""
    asked_of_objective: float
    prices: tuple[Price, ...]
    """Each demand alone."""
    moves: tuple[Move, ...]
    """Blocks that leave the area they are in."""
    cut: tuple[str, ...]
    """Names of the first block of each atom that was cut."""
    covers: str
    """What is proven, as a sentence."""

    @property
    def price(self) -> float:
        """What the demands cost together, in F."""
        return difference(self.objective, self.asked_of_objective)

    @property
    def price_ratio(self) -> float:
        """The same as a part of F of the plan they are asked of."""
        return self.price / self.asked_of_objective if self.asked_of_objective else 0.0

    @property
    def is_proven(self) -> bool:
        """Whether no plan of the same units meets the demands for less."""
        return self.bound >= self.objective


def demand(
    places: Places,
    criteria: Criteria,
    demands: Sequence[Demand],
    *,
    plan: AreaPlan | None = None,
    weighed: Weighed | None = None,
    work: Work | None = None,
    progress: Progress = silent,
) -> Answer:
    """Re-solve a design under demands.

    Parameters
    ----------
    plan : AreaPlan, optional
        The plan that the demands are asked of: prices and moves are against it. Unless given
        it is the cheapest plan without the demands.
    weighed : Weighed, optional
        What ``weigh`` made for these demands, to answer many of them at about a second each.

    Raises
    ------
    ConflictingDemandsError
        If it is proven that no plan meets all demands; it names a smallest set of them.
    UnansweredError
        If the work ran out before a plan was found, or there are too many unions to weigh.
    NoPlanError
        If no plan of the units keeps the bounds, whatever is demanded.
    """
    if weighed is None:
        weighed = weigh(places, criteria, demands, plan=plan, work=work, progress=progress)
    asking = _Asking(weighed=weighed, demands=tuple(demands), progress=progress)
    found, areas = asking.together()
    if plan is None:
        plan, asked_of = asking.without()
    else:
        asked_of = score(plan, places, criteria).objective
    answer = relabelled(weighed.plan(areas), plan, places)
    objective = weighed.objective(found.cost)
    own = criteria.with_areas(len(answer.areas))
    cut = tuple(cut_atoms(places, criteria, weighed.units))
    return Answer(
        plan=answer,
        objective=objective,
        objective_by_own_count=score(answer, places, own).objective,
        bound=min(weighed.objective(found.bound), objective),
        asked_of=plan,
        asked_of_objective=asked_of,
        prices=tuple(asking.prices(found, asked_of)),
        moves=tuple(moves(plan, answer, places)),
        cut=cut,
        covers=covers(cut),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """Demands that are asked at once."""

    weighed: Weighed
    demands: tuple[Demand, ...]
    progress: Progress

    def found(self, demands: Sequence[Demand]) -> Found:
        """The cheapest choice that meets some of the demands."""
        places, units = self.weighed.places, self.weighed.units
        counts = counts_of(demands, self.weighed.criteria.areas)
        if not counts:
            return Found(areas=None, cost=np.inf, bound=np.inf, trail=())
        conditions = conditions_of(demands, places, units)
        return self.weighed.choose(conditions, counts=counts, progress=self.progress)

    def together(self) -> tuple[Found, Columns]:
        """The cheapest choice that meets all demands."""
        found = self.found(self.demands)
        if found.areas is not None:
            return found, found.areas
        if found.is_proven:
            raise self.conflict()
        raise UnansweredError(self.words(self.demands), "the work allowed ran out")

    def without(self) -> tuple[AreaPlan, float]:
        """The cheapest plan without demands, and its F."""
        best = self.weighed.best
        if best.areas is None:
            raise _no_plan(self.weighed)
        return self.weighed.plan(best.areas), self.weighed.objective(best.cost)

    def prices(self, together: Found, asked_of: float) -> Iterator[Price]:
        """Price each demand alone; one demand alone is all of them together."""
        for number, one in enumerate(self.demands):
            self.progress("Pricing each demand alone", number / len(self.demands))
            found = together if len(self.demands) == 1 else self.found([one])
            price = difference(self.weighed.objective(found.cost), asked_of)
            yield Price(
                demand=one.words(self.weighed.places),
                price=price,
                price_ratio=price / asked_of if asked_of else 0.0,
                is_proven=found.is_proven,
            )

    def conflict(self) -> ConflictingDemandsError | NoPlanError:
        """A smallest set of demands that no plan meets; fewer of them some plan does."""
        if self.weighed.best.areas is None and self.weighed.best.is_proven:
            return _no_plan(self.weighed)
        if len(self.demands) > FEW:
            return self.narrowed()
        is_sure = True
        for size in range(1, len(self.demands)):
            for some in combinations(self.demands, size):
                self.progress("Looking for the smallest set of demands in conflict", 0.5)
                found = self.found(some)
                if found.areas is None and found.is_proven:
                    return ConflictingDemandsError(self.words(some), is_sure)
                is_sure &= found.areas is not None
        return ConflictingDemandsError(self.words(self.demands), is_sure)

    def narrowed(self) -> ConflictingDemandsError:
        """Leave out one demand after another, as long as the rest conflict."""
        left = list(self.demands)
        for one in self.demands:
            self.progress("Looking for a set of demands in conflict", 0.5)
            fewer = [other for other in left if other is not one]
            found = self.found(fewer)
            if found.areas is None and found.is_proven:
                left = fewer
        return ConflictingDemandsError(self.words(left), False)  # noqa: FBT003 - an error's facts

    def words(self, demands: Sequence[Demand]) -> list[str]:
        return [one.words(self.weighed.places) for one in demands]


def weigh(
    places: Places,
    criteria: Criteria,
    demands: Sequence[Demand] = (),
    *,
    plan: AreaPlan | None = None,
    work: Work | None = None,
    progress: Progress = silent,
) -> Weighed:
    """Weigh every union of atoms, cut where demands or a plan cut them.

    An atom that two blocks are to be apart in is cut into blocks, or, where that makes more
    unions than the work allows, into as many pieces as it allows: those are joined that
    are cheapest to have together. Another demand cuts atoms along its own lines.

    Raises
    ------
    UnansweredError
        If there are too many unions all the same.
    """
    check_feasible(places, criteria)
    known = terms(places, criteria)
    whole = atoms(places, criteria.atoms)
    lines = [line for one in demands if (line := one.lines(places, whole)) is not None]
    lines += [plan.area_of] if plan is not None else []
    unit_of = _pieces(places, whole, lines)
    while True:
        weighed = Weighed.of(places, criteria, known, unit_of, work=work, progress=progress)
        if weighed is not None:
            return weighed
        coarser = _coarser(places, known, whole, unit_of, demands)
        if coarser is None:
            words = [one.words(places) for one in demands]
            raise UnansweredError(words, "there are too many areas to weigh them one by one")
        unit_of = coarser


def weighed_if_few(
    places: Places, criteria: Criteria, plan: AreaPlan, *, progress: Progress = silent
) -> Weighed | None:
    """Weigh the unions of a plan's units, if there are not too many to do so."""
    try:
        return weigh(places, criteria, plan=plan, progress=progress)
    except UnansweredError:
        return None


def _pieces(places: Places, unit_of: IntVector, lines: Sequence[IntVector]) -> IntVector:
    """Cut units along lines: blocks stay together that have every label alike and touch."""
    first, second = places.borders.pairs.T
    together = unit_of[first] == unit_of[second]
    for labels in lines:
        together &= labels[first] == labels[second]
    return components(len(unit_of), places.borders.pairs[together])


def _coarser(
    places: Places, known: Terms, whole: IntVector, unit_of: IntVector, demands: Sequence[Demand]
) -> IntVector | None:
    """Join the two pieces of an atom cut into blocks that are cheapest to have together."""
    apart = [
        tuple(unit_of[positions(places, (one.first, one.second))].tolist())
        for one in demands
        if isinstance(one, Apart)
    ]
    lines = [
        line
        for one in demands
        if not isinstance(one, Apart) and (line := one.lines(places, whole)) is not None
    ]
    may_join = _pieces(places, whole, lines)
    ends = places.borders.pairs
    inside = may_join[ends[:, 0]] == may_join[ends[:, 1]]
    pairs = np.unique(np.sort(unit_of[ends[inside]], axis=1), axis=0).tolist()
    before = float(area_costs(known, unit_of).sum())
    costs = {}
    for first, second in pairs:
        if first != second and not {(first, second), (second, first)} & set(apart):
            joined = np.unique(np.where(unit_of == second, first, unit_of), return_inverse=True)[1]
            costs[first, second] = float(area_costs(known, joined).sum()) - before
    if not costs:
        return None
    first, second = min(costs, key=lambda pair: (costs[pair], pair))
    return np.unique(np.where(unit_of == second, first, unit_of), return_inverse=True)[1]


def relabelled(plan: AreaPlan, like: AreaPlan, places: Places) -> AreaPlan:
    """Call the areas of a plan as those of another that share most people with them."""
    people = np.zeros((len(plan.areas), len(like.areas)))
    np.add.at(people, (plan.area_of, like.area_of), places.blocks.population)
    codes: dict[int, AreaCode] = {}
    for place in np.argsort(-people, axis=None, kind="stable").tolist():
        area, other = divmod(place, len(like.areas))
        if people[area, other] and area not in codes and like.areas[other] not in codes.values():
            codes[area] = like.areas[other]
    free = (code for n in count(1) if (code := AreaCode(f"A{n:02d}")) not in like.areas)
    for area in range(len(plan.areas)):
        if area not in codes:
            codes[area] = next(free)
    return AreaPlan.of(
        {block: codes[area] for block, area in zip(plan.blocks, plan.area_of.tolist(), strict=True)}
    )


def difference(objective: float, other: float) -> float:
    """How much more one F is than another; what sums of floats are out by is nothing."""
    found = objective - other
    return 0.0 if abs(found) <= ROUNDING * abs(other) else found


def moves(before: AreaPlan, after: AreaPlan, places: Places) -> Iterator[Move]:
    """The blocks that are in an area of another code, in order of code."""
    for at, block in enumerate(before.blocks):
        old, new = before.areas[before.area_of[at]], after.areas[after.area_of[at]]
        if old != new:
            name = naming().name(places.blocks.names[at])
            yield Move(block=block, name=name, before=old, after=new)


def cut_atoms(places: Places, criteria: Criteria, units: Units) -> list[str]:
    """The first block of each atom that is in several units."""
    whole = atoms(places, criteria.atoms)
    firsts = np.unique(whole, return_index=True)[1]
    parts = [len(np.unique(units.unit_of[whole == atom])) for atom in range(len(firsts))]
    return [
        naming().name(places.blocks.names[first])
        for first, pieces in zip(firsts.tolist(), parts, strict=True)
        if pieces > 1
    ]


def covers(cut: Sequence[str]) -> str:
    """What is proven, as a sentence, where some atoms are cut."""
    if not cut:
        return "Proof covers every plan made of whole atoms, and none that splits one."
    many = f"{len(cut)} atoms" if len(cut) > 1 else f"the atom of {cut[0]}"
    return f"Proof covers every plan made of whole atoms, {many} cut finer."


def _no_plan(weighed: Weighed) -> NoPlanError:
    criteria = weighed.criteria
    bounds = criteria.minimum_population, criteria.maximum_population
    is_proven = weighed.best.is_proven and len(weighed.units) == len(weighed.places.blocks)
    reason = "no plan of whole atoms was found, whatever is demanded"
    return NoPlanError(criteria.areas, bounds, reason, is_proven)
