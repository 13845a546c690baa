"""Measure folkmoot beside its peers: the same task, the same machine, the same run.

In:        the packaged England; small areas where the published tables are at hand.
Out:       rows for ``tools/bench.py``: what, ours and the peer's, goal.
Rule:      the best of several runs after a warm-up; a goal that is missed is shown as it is.
Source:    gerrychain (BSD) for recombination; spopt (BSD) for sums of squares; HiGHS (MIT), as
           scipy calls it, for the optimum.
"""

import os
import resource
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import geopandas
import gerrychain
import libpysal
import networkx as nx
import numpy as np
from gerrychain.proposals import recom
from scipy.optimize import Bounds as Bounds01
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array
from shapely.geometry import Point
from spopt.region import WardSpatial
from tools.small_areas import build
from tools.timing import Row, fastest, timed

from folkmoot import england
from folkmoot.areas.atoms import Units, atoms
from folkmoot.areas.columns import Columns, Prices, Task
from folkmoot.areas.design import design
from folkmoot.areas.enumeration import enumerate_unions
from folkmoot.areas.redraw import Bounds, Cooling, recombine, redraw
from folkmoot.areas.search import search
from folkmoot.areas.work import Work
from folkmoot.geography.scores import score
from folkmoot.geography.terms import terms
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.arrays import FloatMatrix, IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

ROOT = Path(__file__).resolve().parents[1]
AREAS = 38
WIDE: Bounds = (500_000, 2_550_000)
"""The bounds of recombination; gerrychain's are the same share either side of the mean."""

DEAREST = 1e6
"""More than any area that keeps the bounds can cost."""

COOLING = Cooling(heats=np.geomspace(0.1, 0.001, 200), steps=4500, recombined=0.05)
"""For a sum of squares without bounds, where most is won by moving single blocks."""


def rows() -> list[Row]:
    """Every measure beside a peer, and of scale."""
    places = england.places()
    criteria = read_criteria(england.CRITERIA, places)
    found = [
        *recombination("districts", places, criteria, 200),
        *sums_of_squares(places, criteria),
        *optimum(places, criteria),
    ]
    shared = Path(os.environ.get("FOLKMOOT_SHARED", ROOT.parent / "shared")) / "england"
    if not (shared / "lsoa-2021").is_dir():
        return [*found, ("small areas", "not measured: no LSOA data here", "≤ 30 s, ≤ 60 s")]
    with tempfile.TemporaryDirectory() as folder:
        lsoas, pieces = Path(folder) / "lsoas", Path(folder) / "pieces"
        build(shared, lsoas)
        build(shared, pieces, 178_000)
        small = read_places(lsoas)
        chosen = read_criteria(lsoas / "criteria.toml", small)
        return [
            *found,
            *recombination("LSOAs", small, chosen, 100),
            *end_to_end("33,755 LSOAs", lsoas, 30),
            *end_to_end("178,000 pieces of LSOAs, synthetic", pieces, 60),
        ]


def optimum(places: Places, criteria: Criteria) -> list[Row]:
    """The proven optimum over few atoms, ours and that of a plain integer programme."""
    few = atoms(places, ["icb", "police", "lep"])
    units = Units.of(places, terms(places, criteria), few)
    bounds = criteria.minimum_population, criteria.maximum_population
    unions = enumerate_unions(units, bounds, Work())
    if unions is None:
        return [("optimum over few atoms", "not measured: too many unions", "same to 1e-9")]
    task = Task(n_units=len(units), n_areas=AREAS)
    seconds, (*_, found) = timed(lambda: list(search(unions, task, Work())))
    columns = unions.within(Prices(np.zeros(len(units))), DEAREST, limit=10**6)
    if columns is None:
        return [("optimum over few atoms", "not measured: too many columns", "same to 1e-9")]
    plain, theirs = timed(lambda: _integer_programme(columns, len(units)))
    measured = (
        f"{len(units)} atoms, {len(columns):,} columns: {abs(found.cost - theirs):.0e} apart; "
        f"{seconds:.2f} s, HiGHS {plain:.2f} s"
    )
    return [("optimum over few atoms beside HiGHS", measured, "same to 1e-9")]


def _integer_programme(columns: Columns, n_units: int) -> float:
    held = np.vstack([columns.holds(n_units).T.astype(np.float64), np.ones(len(columns))])
    rights = np.append(np.ones(n_units), AREAS)
    answer = milp(
        columns.costs,
        constraints=LinearConstraint(csr_array(held), rights, rights),
        integrality=np.ones(len(columns)),
        bounds=Bounds01(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    chosen = np.round(answer.x).astype(bool)
    return float(columns.costs[chosen].sum())


def end_to_end(what: str, folder: Path, goal: int) -> list[Row]:
    """Seconds to read a package, design it and score the plan: one run of a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        seconds, objective, wrong, gigabytes = alone.submit(_designed, folder).result()
    measured = (
        f"{seconds:.0f} s, at most {gigabytes:.1f} GB; F {objective:.4f}, "
        f"{wrong} people out of bounds"
    )
    return [(f"{what}: read, design, score", measured, f"≤ {goal} s, ≤ 4 GB")]


def _designed(folder: Path) -> tuple[float, float, int, float]:
    """Seconds, F, people out of bounds, and the most gigabytes that this process held."""

    def whole() -> tuple[float, int]:
        places = read_places(folder)
        criteria = read_criteria(folder / "criteria.toml", places)
        found = design(places, criteria, rng=np.random.default_rng(1))
        return found.objective, score(found.plan, places, criteria).people_out_of_bounds

    seconds, (objective, wrong) = timed(whole)
    return seconds, objective, wrong, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def recombination(what: str, places: Places, criteria: Criteria, goal: int) -> list[Row]:
    """Steps a second of recombination, ours and gerrychain's, from one plan on one graph."""
    units = Units.of(places, terms(places, criteria), np.arange(len(places.blocks)))
    middle = float(units.terms.people.sum()) / AREAS
    share = min(1 - WIDE[0] / middle, WIDE[1] / middle - 1)
    bounds = int(np.ceil(middle * (1 - share))), int(middle * (1 + share))
    start = design(places, criteria, rng=np.random.default_rng(1)).plan.area_of
    begun = recombine(units, start, bounds, 1000, np.random.default_rng(1))
    steps = 2_000
    ours = steps / fastest(3, partial(_ours, units, begun, bounds, steps))
    partition = _partition(units, begun)
    theirs = 50 / fastest(3, partial(_gerrychain, partition, middle, share, 50))
    measured = f"{ours:,.0f} a second; gerrychain {theirs:,.1f}: {ours / theirs:,.0f}×"
    return [(f"recombination of {what}, steps", measured, f"≥ {goal}×")]


def _ours(units: Units, plan: IntVector, bounds: Bounds, steps: int) -> None:
    recombine(units, plan, bounds, steps, np.random.default_rng(2))


def _partition(units: Units, plan: IntVector) -> gerrychain.Partition:
    """The plan as gerrychain wants it, which is not part of what is timed."""
    graph = nx.Graph(units.pairs.tolist())
    nx.set_node_attributes(graph, dict(enumerate(units.terms.people.tolist())), "people")
    return gerrychain.Partition(
        gerrychain.Graph.from_networkx(graph),
        dict(enumerate(plan.tolist())),
        {"population": gerrychain.updaters.Tally("people", alias="population")},
    )


def _gerrychain(partition: gerrychain.Partition, middle: float, share: float, steps: int) -> None:
    for step in range(steps):
        partition = recom(partition, "people", middle, share, pair_selection="cut_edges", rng=step)


def sums_of_squares(places: Places, criteria: Criteria) -> list[Row]:
    """The sum of squares within 38 areas of districts, without bounds: ours and Ward's."""
    n = len(places.blocks)
    alone = replace(places, blocks=replace(places.blocks, population=np.ones(n, dtype=np.int64)))
    wanted = replace(
        criteria,
        geographies=(replace(criteria.geographies[0], weight=0.0),),
        inertia_weight=0.0,
        need_weight=1.0,
        flow_weight=0.0,
    )
    figures = np.column_stack([places.figures(indicator=one.indicator) for one in criteria.needs])
    figures = (figures - figures.mean(axis=0)) / figures.std(axis=0)
    units = Units.of(alone, terms(alone, wanted), np.arange(n))
    ward = _squares(figures, _ward(places, figures))

    def drawn(seed: int) -> IntVector:
        rng = np.random.default_rng(seed)
        return redraw(units, AREAS, (1, n), Work(), rng, cooling=COOLING)

    seconds = fastest(3, lambda: drawn(0))
    gains = sorted(1 - _squares(figures, drawn(seed)) / ward for seed in range(5))
    measured = (
        f"{gains[2]:.1%} under spopt's Ward in {seconds:.2f} s (median of 5 seeds; "
        f"{gains[0]:.1%} to {gains[-1]:.1%})"
    )
    return [("sum of squares in 38 areas, no bounds", measured, "≥ 5% under in ≤ 1 s")]


def _squares(figures: FloatMatrix, plan: IntVector) -> float:
    parts = [figures[plan == area] for area in np.unique(plan)]
    return float(sum(((part - part.mean(axis=0)) ** 2).sum() for part in parts))


def _ward(places: Places, figures: FloatMatrix) -> IntVector:
    names = [f"need{number}" for number in range(figures.shape[1])]
    points = [Point(*at) for at in zip(places.blocks.easting, places.blocks.northing, strict=True)]
    table = geopandas.GeoDataFrame(dict(zip(names, figures.T, strict=True)), geometry=points)
    near: dict[int, list[int]] = {block: [] for block in range(len(points))}
    for a, b in places.borders.pairs.tolist():
        near[a].append(b)
        near[b].append(a)
    model = WardSpatial(table, libpysal.weights.W(near), names, n_clusters=AREAS)
    model.solve()
    return np.asarray(model.labels_, dtype=np.int64)
