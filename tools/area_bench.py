"""Measure the design of areas: speed and quality, against goals.

In:        the packaged England and the default criteria.
Out:       rows for ``tools/bench.py``: what, measured, goal.
Rule:      a short job is the best of several runs after a warm-up; a long one is run once.
Not here:  measures beside others' software (``peers``).
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
from tools.timing import Row, fastest, timed

from folkmoot import england
from folkmoot.areas.answers import demand, weigh
from folkmoot.areas.baselines import baselines
from folkmoot.areas.conflicts import conflicts
from folkmoot.areas.demands import Apart, Demand, Together
from folkmoot.areas.design import Design, design
from folkmoot.areas.ensemble import ensemble
from folkmoot.areas.errors import ConflictingDemandsError, UnansweredError
from folkmoot.areas.explain import explain
from folkmoot.areas.moves import move
from folkmoot.areas.work import EFFORTS
from folkmoot.geography.scorecard import Scores
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

NUMBERS = range(30, 45)
"""Numbers of areas for which the optimum is to be proven."""


def rows() -> Iterator[Row]:
    """What a user waits for, and how good what comes is."""
    places = england.places()
    criteria = read_criteria(england.CRITERIA, places)
    found = _design(places, criteria, "usual")
    yield from quality(places, criteria, found)
    yield from variants(places, criteria)
    yield from questions(places, criteria, found)


def long_rows() -> Iterator[Row]:
    """What takes minutes: every border, a whole front, and a bound on all plans."""
    places = england.places()
    criteria = read_criteria(england.CRITERIA, places)
    found = _design(places, criteria, "usual")
    yield from whole_blocks(places, criteria)
    yield from every_border(places, criteria, found)
    yield from front(places, criteria, found)


def quality(places: Places, criteria: Criteria, found: Design) -> Iterator[Row]:
    """The plan beside the health boards merged to as many areas, with the cap and without."""
    capped = replace(criteria, coterminosity_no_worse_than="icb")
    merged = score(baselines(places, criteria)[-1].plan, places, criteria)
    ours = score(found.plan, places, criteria)
    under = _design(places, capped, "usual")
    kept = score(under.plan, places, criteria)
    seconds = fastest(3, lambda: read_places(england.FOLDER))
    yield "read the packaged England", f"{seconds:.2f} s", "–"
    seconds = fastest(2, lambda: _design(places, criteria, "quick"))
    yield "optimum over atoms", f"F {ours.objective:.6f} in {seconds:.1f} s", "≤ 10 s"
    seconds, _ = timed(lambda: _design(places, criteria, "usual"))
    yield "the same, and plans that split atoms", f"{seconds:.1f} s", "–"
    yield (
        "beside health boards merged to 38",
        _beside(ours, merged),
        "–",
    )
    yield (
        "the same, crossing no more than they do",
        f"{_beside(kept, merged)}, {'proven' if under.proven else 'best known'}",
        "≥ 6.6%, no worse",
    )


def variants(places: Places, criteria: Criteria) -> Iterator[Row]:
    """The slowest proof among other criteria."""
    wanted = {
        "no flow": replace(criteria, flow_weight=0.0),
        "double need": replace(criteria, need_weight=2 * criteria.need_weight),
        **{f"{number} areas": criteria.with_areas(number) for number in NUMBERS},
    }
    taken, unproven = {}, []
    for name, other in wanted.items():
        taken[name], found = timed(partial(_design, places, other, "quick"))
        unproven += [] if found.proven else [name]
    slowest = max(taken, key=lambda name: taken[name])
    yield (
        "optimum over atoms: no flow, double need, 30 to 44 areas",
        f"slowest {taken[slowest]:.1f} s ({slowest}); "
        + (f"not proven: {', '.join(unproven)}" if unproven else "all proven"),
        "≤ 30 s",
    )


def whole_blocks(places: Places, criteria: Criteria) -> Iterator[Row]:
    """How far from the best of all plans of districts, with every effort."""
    seconds, found = timed(lambda: _design(places, criteria, "full"))
    bound = found.block_bound
    gap = "no bound" if bound is None else f"{1 - bound / found.objective:.2%}"
    yield (
        "proven gap over all plans of districts",
        f"{gap} of F {found.objective:.6f}, in {seconds / 60:.1f} min",
        "≤ 1%",
    )


def questions(places: Places, criteria: Criteria, found: Design) -> Iterator[Row]:
    """What a page waits for."""
    plan = found.plan
    block = BlockCode(places.blocks.codes[0])
    seconds = fastest(20, lambda: score(plan, places, criteria))
    yield "score a plan", f"{seconds * 1e3:.1f} ms", "≤ 50 ms"
    seconds = fastest(20, lambda: move(plan, places, criteria, block, plan.areas[5]))
    yield "move a block, with mends", f"{seconds * 1e3:.1f} ms", "≤ 50 ms"
    seconds = fastest(5, lambda: explain(plan, places, criteria, block, held_only=True))
    yield "explain a block, with all else held", f"{seconds * 1e3:.1f} ms", "–"
    seconds = fastest(2, lambda: conflicts(plan, places, criteria))
    yield "price every conflict, with all else held", f"{seconds:.2f} s", "–"


def every_border(places: Places, criteria: Criteria, found: Design) -> Iterator[Row]:
    """The price of the opposite at each border between atoms, proven."""
    weighed = weigh(places, criteria)
    codes, area_of = places.blocks.codes, found.plan.area_of
    unit_of = weighed.units.unit_of
    pairs = [(a, b) for a, b in places.borders.pairs.tolist() if unit_of[a] != unit_of[b]]
    wanted: list[Demand] = [
        (Apart if area_of[a] == area_of[b] else Together)(BlockCode(codes[a]), BlockCode(codes[b]))
        for a, b in pairs
    ]

    def ask(one: Demand) -> bool:
        """Whether the price is proven, or that no plan meets the demand."""
        try:
            return demand(places, criteria, [one], plan=found.plan, weighed=weighed).is_proven
        except ConflictingDemandsError:
            return True
        except UnansweredError:
            return False

    seconds = sorted(timed(partial(ask, one))[0] for one in wanted[:: len(wanted) // 20])
    yield "price of one demand, proven", f"median {seconds[len(seconds) // 2]:.2f} s", "≤ 2 s"
    with ThreadPoolExecutor(2) as pool:
        whole, proven = timed(lambda: list(pool.map(ask, wanted)))
    yield (
        f"the same at each of {len(pairs)} borders between atoms (of {len(places.borders.pairs)})",
        f"{whole / 60:.1f} min, {sum(proven)} proven",
        "≤ 10 min",
    )


def front(places: Places, criteria: Criteria, found: Design) -> Iterator[Row]:
    """Fifty plans between which a choice has to be made."""
    seconds, drawn = timed(
        lambda: ensemble(
            places, criteria, found.plan, count=50, points=50, rng=np.random.default_rng(1)
        )
    )
    points = () if drawn.front is None else drawn.front.points
    proven = sum(point.is_proven for point in points)
    yield (
        "trade-off front",
        f"{len(points)} plans, {proven} proven, {seconds / 60:.1f} min with its draws",
        "50 in ≤ 5 min",
    )


def _design(places: Places, criteria: Criteria, effort: str) -> Design:
    return design(places, criteria, rng=np.random.default_rng(1), work=EFFORTS[effort])


def _beside(ours: Scores, theirs: Scores) -> str:
    return (
        f"F {ours.objective:.6f}, {1 - ours.objective / theirs.objective:.1%} lower; "
        f"coterminosity cost {ours.coterminosity:.4f}, theirs {theirs.coterminosity:.4f}"
    )
