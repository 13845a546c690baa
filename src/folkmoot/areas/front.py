"""What coterminosity, like need and balance cost in one another, among plans near the best.

In:        the best plan of whole atoms and what counts as near it; any executor.
Out:       ``Front``: plans near the best of which no other is at least as good by every measure
           and better by one; and where between them there may be more.
Rule:      a zone holds the plans that stay under a limit for each measure. Its point is the
           plan with the least sum of measures in it, each measure in parts of what the best
           plan has: as no plan of the zone is at least as good by every measure, neither is any
           other. Points that no weighing of the measures would find are found so too. The
           point splits every zone that holds it: by each measure, one where that is less. When
           no zone is left, the front is complete. The largest zones are searched first.
           Every union is priced to the end, so a point is proven over all plans of whole atoms
           whose F is near enough, unless the work ran out: then it is the best known.
Not here:  drawing plans by chance (``ensemble``).
Source:    Haimes, Lasdon and Wismer 1971 (limits on all measures but one); Wendell and Lee 1977,
           Efficiency in multiple objective optimization problems (limits and a sum together);
           Klamroth, Lacour and Vanderpooten 2015, On the representation of the search region in
           multi-objective optimization (the zones).
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

import numpy as np

from folkmoot.areas.columns import Prices
from folkmoot.areas.executors import in_order
from folkmoot.areas.ground import Near, measured, unions_of
from folkmoot.areas.measures import BALANCE, COTERMINOSITY, NEED, F
from folkmoot.areas.relaxation import relax
from folkmoot.areas.search import search
from folkmoot.areas.work import Work
from folkmoot.vocabulary.arrays import BoolVector, FloatVector, IntVector
from folkmoot.vocabulary.progress import Progress, silent

RESOLUTION = 1e-4
"""Differences in a measure that are not told apart, as a part of what the best plan has. The
solver keeps limits to a thousandth of that."""

ROUNDING = 1e-9
"""What sums may be out by where two points are compared."""

SLIGHT = 0.02
"""What the other measures weigh where a plan that is best by one is looked for."""

A_ROUND = 4
"""Zones searched together: fixed, so that the front does not depend on the executor."""

SEARCHES_EACH = 2
"""Searches for each point wanted, at most: a zone may hold no plan."""

Zone: TypeAlias = tuple[float, ...]
"""What each traded measure is to stay under, in parts of what the best plan has."""

_Asked: TypeAlias = tuple[Zone, tuple[float, ...], Prices | None]
"""A zone to search, what each measure weighs in it, and prices to start from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Point:
    """A plan on the front."""

    labels: IntVector
    """The area of each unit."""
    values: Mapping[str, float]
    """Its measures, F among them."""
    is_proven: bool
    """Whether no plan of whole atoms near the best is at least as good by every traded measure
    and better by one; else the point is the best known."""
    prices: Prices
    """Those at which it was found, from which zones about it are searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beaten:
    """A point that is at least as good as a plan by every traded measure."""

    point: int
    """Its place in the front."""
    by: Mapping[str, float]
    """How much less it has of each measure."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Front:
    """Points between which a choice has to be made."""

    measures: tuple[str, ...]
    """The traded measures."""
    points: tuple[Point, ...]
    """By coterminosity."""
    resolution: Mapping[str, float]
    """Differences in each measure that are not told apart."""
    open_zones: tuple[Mapping[str, float], ...]
    """Where there may be more points: under all these limits at once."""
    searches: int

    @property
    def is_complete(self) -> bool:
        """Whether there is no other point, beyond the resolution."""
        return not self.open_zones and all(point.is_proven for point in self.points)

    def beating(self, values: Mapping[str, float]) -> Beaten | None:
        """The point that is most better than a plan by all measures; None if none is."""
        found = []
        for number, point in enumerate(self.points):
            by = {name: values[name] - point.values[name] for name in self.measures}
            parts = [by[name] / self.resolution[name] for name in self.measures]
            if min(parts) >= -1.0 and max(parts) > 1.0:
                found.append((sum(parts), -number, by))
        if not found:
            return None
        _, number, by = max(found, key=lambda one: one[:2])
        return Beaten(point=-number, by=by)


def front(
    base: Near, count: int, *, executor: Executor | None = None, progress: Progress = silent
) -> Front:
    """Find points of the front, spread out.

    Parameters
    ----------
    count : int
        Points wanted; there may be a few more, or fewer where there are not so many.
    executor : concurrent.futures.Executor, optional
        Who searches the zones. The result does not depend on it.
    """
    names = base.ground.measures.traded
    scales = _scales(base)
    call = partial(searched, base, names)
    slight = [tuple(1.0 if n == name else SLIGHT for n in names) for name in names]
    alike = (1.0,) * len(names)
    everything = _everything(base, scales)
    zones: dict[Zone, Prices | None] = {everything: None}
    asked: list[_Asked] = [(everything, weights, None) for weights in (*slight, alike)]
    points: list[Point] = []
    holes: list[Zone] = []
    searches = 0
    while asked:
        for (zone, _, _), (point, is_settled) in zip(
            asked, in_order(executor, call, asked), strict=True
        ):
            searches += 1
            share = min(len(points) / count, 1.0)
            progress(f"Tracing what costs what: {len(points)} of {count} points", share)
            if point is None:
                zones.pop(zone, None)
                holes += [] if is_settled else [zone]
                continue
            at = np.array([point.values[name] for name in names]) / scales
            if not _is_met(at, points, names, scales):
                points.append(point)
            zones = _split(zones, at, point.prices)
        left = min(count - len(points), SEARCHES_EACH * count - searches, A_ROUND)
        corners = np.array([[point.values[name] for name in names] for point in points]) / scales
        asked = [(zone, alike, zones[zone]) for zone in _largest(zones, corners)[: max(left, 0)]]
    kept = _undominated(points, names, scales)
    return Front(
        measures=names,
        points=tuple(sorted(kept, key=lambda point: tuple(point.values[n] for n in names))),
        resolution=dict(zip(names, (RESOLUTION * scales).tolist(), strict=True)),
        open_zones=tuple(
            dict(zip(names, (np.array(zone) * scales).tolist(), strict=True))
            for zone in (*holes, *zones)
        ),
        searches=searches,
    )


def searched(base: Near, names: tuple[str, ...], asked: _Asked) -> tuple[Point | None, bool]:
    """The best point of a zone by some weights, and whether that it is the best is proven."""
    zone, weights, start = asked
    ground, scales = base.ground, _scales(base)
    unions, each = unions_of(ground), measured(ground)
    whole = ground.measures.whole
    constants = np.array([whole.coterminosity_constant if n == COTERMINOSITY else 0 for n in names])
    room = np.array(zone) - constants / scales
    parts = [each[name] / scale for name, scale in zip(names, scales.tolist(), strict=True)]
    cost = sum(weight * part for weight, part in zip(weights, parts, strict=True))
    f_scale = _or_one(abs(base.least))
    limits = (*(room - RESOLUTION).tolist(), (base.most - whole.constant) / f_scale + 1e-9)
    weighed = replace(
        unions,
        costs=np.where(np.isfinite(unions.costs), cost, np.inf),
        measures=(*parts, each[F] / f_scale),
    )
    task, work = replace(ground.task, limits=limits), _patience(ground.work)
    offered = None if start is None else weighed.cheapest(start, below=np.inf)[1]
    relaxation = relax(weighed, task, work, offered=offered)
    most = float(room @ np.array(weights))
    *_, found = search(weighed, task, work, cost_to_beat=most, relaxation=relaxation)
    is_proven = bool(found.is_proven)
    if found.areas is None:
        return None, is_proven
    labels = ground.labels(found.areas)
    values = ground.measures.of_plan(labels)
    point = Point(labels=labels, values=values, is_proven=is_proven, prices=relaxation.prices)
    return point, is_proven


def _patience(work: Work) -> Work:
    """Less for each zone than for one design."""
    return replace(work, pool=work.pool // 8, branches=work.branches // 4)


def _scales(base: Near) -> FloatVector:
    """What the best plan has of each traded measure; 1 where that is nothing."""
    values = base.ground.measures.of_plan(base.best)
    return np.array([_or_one(abs(values[name])) for name in base.ground.measures.traded])


def _or_one(value: float) -> float:
    """A value to divide by."""
    return value if value > ROUNDING else 1.0


def _everything(base: Near, scales: FloatVector) -> Zone:
    """The zone of all plans: no variation of information is more than H(R) + ln k."""
    ground = base.ground
    most = {COTERMINOSITY: ground.measures.most_coterminosity, NEED: 1.0, BALANCE: 2.0}
    if ground.limits:
        constant = ground.measures.whole.coterminosity_constant
        most[COTERMINOSITY] = min(most[COTERMINOSITY], constant + ground.limits[0])
    limits = np.array([most[name] for name in ground.measures.traded])
    return tuple((limits / scales + RESOLUTION).tolist())


def _split(
    zones: Mapping[Zone, Prices | None], at: FloatVector, prices: Prices
) -> dict[Zone, Prices | None]:
    """Zones with what a point beats left out; none that lies within another."""
    kept: dict[Zone, Prices | None] = {}
    parts: list[Zone] = []
    for zone, start in zones.items():
        if (at < np.array(zone) - RESOLUTION / 2).all():
            parts += [
                (*zone[:number], limit, *zone[number + 1 :])
                for number, limit in enumerate(at.tolist())
            ]
        else:
            kept[zone] = start
    for part in dict.fromkeys(parts):
        others = [*kept, *(other for other in parts if other != part)]
        if not any(all(a <= b for a, b in zip(part, other, strict=True)) for other in others):
            kept[part] = prices
    return kept


def _largest(zones: Iterable[Zone], corners: FloatVector) -> list[Zone]:
    """Zones by their volume between the least and the most that points have, largest first."""
    if not len(corners):
        return list(zones)
    low, high = corners.min(axis=0), corners.max(axis=0)

    def volume(zone: Zone) -> float:
        return float(np.clip(np.minimum(zone, high) - low, 0.0, None).prod())

    return sorted(zones, key=lambda zone: (-volume(zone), zone))


def _is_met(
    at: FloatVector, points: Sequence[Point], names: Sequence[str], scales: FloatVector
) -> bool:
    others = np.array([[point.values[name] for name in names] for point in points])
    return bool(len(points) and (np.abs(others / scales - at) < RESOLUTION).all(axis=1).any())


def _undominated(points: Sequence[Point], names: Sequence[str], scales: FloatVector) -> list[Point]:
    """Points that no other one beats: only a best known one can be beaten."""
    at = np.array([[point.values[name] for name in names] for point in points]) / scales
    return [point for number, point in enumerate(points) if not _beats(at, at[number]).any()]


def _beats(others: FloatVector, at: FloatVector) -> BoolVector:
    """Which are at least as good by every measure and better by one."""
    no_worse, better = (others <= at + ROUNDING).all(axis=1), (others < at - ROUNDING).any(axis=1)
    return np.logical_and(no_worse, better)
