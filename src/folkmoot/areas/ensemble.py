"""Many good and different plans, and what they teach about one of them.

In:        places, criteria, a plan to judge, chance, any executor.
Out:       ``Ensemble``: plans whose F is near the best, how often neighbours are together in
           them, how sure each area of the plan is, and where the plan stands among them.
Rule:      a draw gives every border between atoms a price by chance, and takes the cheapest
           plan at these prices among the areas within reach of the bound. Where that plan's F
           is not near enough to the best, the prices are halved. Each different plan counts
           once. Draw k has a seed of its own, so no draw depends on who makes it.
           This finds plans that are good and far apart. It is not a sample in which every
           plan is as likely as another, and no share of it is a probability.
Not here:  what one measure costs in another (``front``).
Source:    Brill, Chang and Hopkins 1982, Modeling to generate alternatives (good plans that
           differ); Papandreou and Yuille 2011, Perturb-and-MAP random fields (the prices).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from itertools import count as counting

import numpy as np

from folkmoot.areas.columns import Columns
from folkmoot.areas.executors import in_order
from folkmoot.areas.front import Front, front
from folkmoot.areas.ground import Ground, Near, forget, near, unions_of
from folkmoot.areas.measures import Measures
from folkmoot.areas.search import best_of
from folkmoot.areas.work import Work
from folkmoot.geography.terms import area_costs
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import BoolVector, FloatVector, IntVector
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

HALVINGS = 8
"""How often prices are halved before a draw is given up."""

DRAWS_EACH = 3
"""Draws made for each plan wanted, at most: a small country may have few plans."""

A_ROUND = 8
"""Draws handed out together: fixed, so that the plans do not depend on the executor."""

BORDER_COLUMNS = ("block_a", "block_b", "together_ratio", "in_plan", "in_one_atom")


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """Two neighbouring blocks."""

    block_a: BlockCode
    block_b: BlockCode
    together_ratio: float
    """Share of the plans in which one area holds both."""
    in_plan: bool
    """Whether one area of the plan holds both."""
    in_one_atom: bool
    """Whether they are in one atom, which no plan of the ensemble splits."""

    @property
    def certainty(self) -> float:
        """Share of the plans that do as the plan does."""
        return self.together_ratio if self.in_plan else 1.0 - self.together_ratio

    def row(self) -> tuple[str, str, float, int, int]:
        """The border under ``BORDER_COLUMNS``."""
        ratio = round(self.together_ratio, 6)
        return self.block_a, self.block_b, ratio, int(self.in_plan), int(self.in_one_atom)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCertainty:
    """How sure one area of the plan is."""

    area: AreaCode
    kept_ratio: float
    """Share of the plans that have the very same area."""
    certainty: float
    """Mean certainty of the borders of its blocks, inside and around it, those within an atom
    left out; 1 where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the plan stands among the plans by one measure."""

    measure: str
    value: float
    rank: int
    """1 and the number of plans that have less, which is better."""
    least: float
    median: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ensemble:
    """Plans near the best, and what they teach about one plan."""

    plan: AreaPlan
    """The plan that is judged."""
    is_given: bool
    """Whether it was given; else it is the best of whole atoms."""
    tolerance: float
    least: float
    """F of the best plan of whole atoms, or of the best found."""
    bound: float
    """No plan of whole atoms has a lower F."""
    plans: tuple[AreaPlan, ...]
    """All different; none need be the best."""
    draws: int
    values: tuple[Mapping[str, float], ...]
    """The measures of each plan."""
    value: Mapping[str, float]
    """Those of the plan that is judged."""
    borders: tuple[Border, ...]
    """In the order of the package."""
    areas: tuple[AreaCertainty, ...]
    front: Front | None
    front_plans: tuple[AreaPlan, ...]
    """The plan of each point of the front."""

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Where the plan stands, by F first, then by each measure."""
        return tuple(
            Standing(
                measure=name,
                value=value,
                rank=1 + int((others < value - ROUNDING).sum()),
                least=float(others.min()),
                median=float(np.median(others)),
                most=float(others.max()),
            )
            for name, value in self.value.items()
            for others in [np.array([one[name] for one in self.values])]
        )

    @property
    def differing(self) -> float:
        """Mean share of the borders between atoms that two of the plans settle differently."""
        n = len(self.plans)
        ratios = np.array([one.together_ratio for one in self.borders if not one.in_one_atom])
        if n < 2 or not len(ratios):
            return 0.0
        return float((2 * ratios * (1 - ratios)).mean() * n / (n - 1))


ROUNDING = 1e-9
"""What F and measures may be out by where they are compared."""


def ensemble(
    places: Places,
    criteria: Criteria,
    plan: AreaPlan | None = None,
    *,
    count: int = 50,
    tolerance: float = 0.03,
    points: int = 0,
    rng: np.random.Generator,
    executor: Executor | None = None,
    progress: Progress = silent,
    work: Work | None = None,
) -> Ensemble:
    """Draw many good and different plans.

    Parameters
    ----------
    plan : AreaPlan, optional
        The plan to judge by them; else the best plan of whole atoms.
    count : int
        Plans wanted, at least 1. There are fewer where so many were not met.
    tolerance : float
        How much greater F may be than that of the best plan. Unit: ratio.
    points : int
        Points of the front wanted; 0 for no front.
    rng : numpy.random.Generator
        Chance, which gives every draw its seed.
    executor : concurrent.futures.Executor, optional
        Who draws. The result does not depend on it. Each process weighs all areas once, for
        which England's need about a gigabyte and some seconds.

    Raises
    ------
    NoPlanError
        If there is no plan of whole atoms within the bounds, or none was found.
    TooManyAreasError
        If the areas that could be made are too many to weigh one by one.
    NoCapError
        If the criteria limit coterminosity by areas that cannot be merged.
    """
    ground = Ground.of(places, criteria, work or Work(), progress)
    try:
        base = near(ground, tolerance, progress)
        seed = tuple(rng.integers(2**32, size=4).tolist())
        drawn, draws = _different(base, count, seed, executor, progress)
        traded = front(base, points, executor=executor, progress=progress) if points else None
    finally:
        forget()
    unit_of, codes = ground.units.unit_of, places.blocks.codes
    plans = tuple(AreaPlan.labelled(codes, labels[unit_of]) for labels in drawn)
    judged = plan or AreaPlan.labelled(codes, base.best[unit_of])
    measures = Measures.of(places, criteria)
    together = [_together(one, places) for one in plans]
    borders = tuple(_borders(judged, places, unit_of, np.mean(together, axis=0)))
    return Ensemble(
        plan=judged,
        is_given=plan is not None,
        tolerance=tolerance,
        least=base.least,
        bound=base.bound,
        plans=plans,
        draws=draws,
        values=tuple(measures.of_plan(one.area_of) for one in plans),
        value=measures.of_plan(judged.area_of),
        borders=borders,
        areas=tuple(_certainties(judged, plans, borders)),
        front=traded,
        front_plans=tuple(
            AreaPlan.labelled(codes, point.labels[unit_of])
            for point in (traded.points if traded else ())
        ),
    )


def _different(
    base: Near, count: int, seed: tuple[int, ...], executor: Executor | None, progress: Progress
) -> tuple[list[IntVector], int]:
    """So many different plans in the order of their draws, and how many draws that took."""
    found: dict[bytes, IntVector] = {}
    draw = partial(drawn, base, seed)
    for first in range(0, count * DRAWS_EACH, A_ROUND):
        for number, labels in zip(
            counting(first), in_order(executor, draw, range(first, first + A_ROUND)), strict=False
        ):
            progress(f"Drawing plans near the best: {len(found)} of {count}", len(found) / count)
            found.setdefault(labels.tobytes(), labels)
            if len(found) == count:
                return list(found.values()), number + 1
    return list(found.values()), first + A_ROUND


def drawn(base: Near, seed: Sequence[int], number: int) -> IntVector:
    """One plan near the best, by a draw that has a seed of its own.

    Returns
    -------
    array of shape (n_units,)
        The area of each unit, numbered as they are met; the best plan where no draw came near.
    """
    ground = base.ground
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
    columns = unions_of(ground).within(base.prices, base.reach, limit=ground.work.pool)
    plan = base.best
    if columns is not None:
        size = 4.0 * rng.uniform() * (base.most - base.least) / ground.measures.n_areas
        prices = _inside(columns, ground, rng.normal(size=len(ground.units.pairs)))
        for labels in _cheapest(base, columns, prices, size):
            whole = ground.measures.whole
            if whole.constant + area_costs(whole, labels).sum() <= base.most:
                plan = labels
                break
    return _numbered(plan)


def _cheapest(
    base: Near, columns: Columns, prices: FloatVector, size: float
) -> Iterator[IntVector]:
    """The cheapest plans at prices that are halved each time."""
    ground = base.ground
    for _ in range(HALVINGS):
        areas = best_of(
            replace(columns, costs=columns.costs + size * prices),
            ground.task,
            ground.work,
            cost_to_beat=np.inf,
            prices=base.prices,
        )
        if areas is not None:
            yield ground.labels(areas)
        size /= 2.0


def _inside(columns: Columns, ground: Ground, prices: FloatVector) -> FloatVector:
    """The prices of the borders that lie inside each column."""
    holds = np.ascontiguousarray(columns.holds(len(ground.units)).T)
    sums = np.zeros(len(columns))
    for (a, b), price in zip(ground.units.pairs.tolist(), prices.tolist(), strict=True):
        sums[holds[a] & holds[b]] += price
    return sums


def _numbered(labels: IntVector) -> IntVector:
    """Areas numbered as they are met."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    numbered: IntVector = np.argsort(np.argsort(first))[inverse].astype(np.int64)
    return numbered


def _together(plan: AreaPlan, places: Places) -> BoolVector:
    """Whether one area of a plan holds both blocks of each pair of neighbours."""
    ends = plan.area_of[places.borders.pairs]
    return np.asarray(ends[:, 0] == ends[:, 1])


def _borders(
    plan: AreaPlan, places: Places, unit_of: IntVector, ratios: FloatVector
) -> Iterator[Border]:
    codes, pairs = places.blocks.codes, places.borders.pairs
    in_one_atom = unit_of[pairs[:, 0]] == unit_of[pairs[:, 1]]
    for (a, b), ratio, inside, one in zip(
        pairs.tolist(),
        ratios.tolist(),
        _together(plan, places).tolist(),
        in_one_atom.tolist(),
        strict=True,
    ):
        yield Border(
            block_a=codes[a],
            block_b=codes[b],
            together_ratio=ratio,
            in_plan=inside,
            in_one_atom=one,
        )


def _certainties(
    plan: AreaPlan, plans: Sequence[AreaPlan], borders: Iterable[Border]
) -> Iterator[AreaCertainty]:
    areas_of = [set(one.members().values()) for one in plans]
    area_of = {
        block: plan.areas[area]
        for block, area in zip(plan.blocks, plan.area_of.tolist(), strict=True)
    }
    of_area: dict[AreaCode, list[float]] = {area: [] for area in plan.areas}
    for border in borders:
        if not border.in_one_atom:
            for area in {area_of[border.block_a], area_of[border.block_b]}:
                of_area[area].append(border.certainty)
    for area, blocks in plan.members().items():
        yield AreaCertainty(
            area=area,
            kept_ratio=sum(blocks in areas for areas in areas_of) / len(plans),
            certainty=float(np.mean(of_area[area])) if of_area[area] else 1.0,
        )
