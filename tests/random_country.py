"""Small countries made by chance, for laws that hold in every one."""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria, GeographyCriterion, NeedCriterion, Role
from folkmoot.vocabulary.places import Blocks, Borders, Flows, Geography, Places

ROLE_OF: dict[str, Role] = {"board": "health", "market": "economy", "shire": "identity"}


@dataclass(frozen=True, kw_only=True)
class Country:
    """Places, a plan of them, and criteria for it."""

    places: Places
    plan: AreaPlan
    criteria: Criteria


@st.composite
def countries(draw: st.DrawFn, *, most_blocks: int = 8) -> Country:
    n = draw(st.integers(2, most_blocks))
    places = draw(_places(n))
    return Country(
        places=places,
        plan=AreaPlan.of(
            {block: AreaCode(f"Z{draw(st.integers(0, n - 1))}") for block in places.blocks.codes}
        ),
        criteria=draw(_criteria(n)),
    )


@st.composite
def _places(draw: st.DrawFn, n: int) -> Places:
    people = draw(st.lists(st.integers(0, 5000), min_size=n, max_size=n).filter(any))
    at = draw(st.lists(st.tuples(*[st.integers(0, 900)] * 2), min_size=n, max_size=n, unique=True))
    needs = draw(st.lists(st.integers(-50, 50), min_size=n, max_size=n))
    codes = tuple(BlockCode(f"b{number}") for number in range(n))
    every_pair = [(a, b) for a in range(n) for b in range(a + 1, n)]
    pairs = sorted(draw(st.sets(st.sampled_from(every_pair))))
    ground = np.array(at, dtype=np.float64)
    return Places(
        name="chance",
        title="A country made by chance",
        vintage="2026",
        blocks=Blocks(
            codes=codes,
            names=tuple(code.upper() for code in codes),
            population=np.array(people, dtype=np.int64),
            area_km2=np.ones(n),
            easting=ground[:, 0],
            northing=ground[:, 1],
            lon=ground[:, 0] / 1000,
            lat=ground[:, 1] / 1000,
            columns={"need": tuple(str(value) for value in needs)},
        ),
        borders=Borders(
            pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
            kinds=("land",) * len(pairs),
            shared_border_km=np.arange(len(pairs), dtype=np.float64),
            centroid_distance_km=np.ones(len(pairs)),
        ),
        geographies={name: draw(_geography(name, n)) for name in sorted(ROLE_OF)},
        flows=draw(_flows(n)),
    )


@st.composite
def _geography(draw: st.DrawFn, name: str, n: int) -> Geography:
    """Most blocks in one area, some split between two, some outside; areas may be empty."""
    areas = draw(st.integers(1, 4))
    entries: list[tuple[int, int, float]] = []
    for block in range(n):
        held = draw(st.lists(st.integers(0, areas - 1), max_size=2, unique=True))
        part = draw(st.sampled_from([0.25, 0.5, 0.3331])) if len(held) == 2 else 1.0
        shares = [part, 1 - part]
        entries += [(block, area, share) for area, share in zip(sorted(held), shares, strict=False)]
    if not entries:
        entries = [(0, 0, 1.0)]
    blocks, held_in, parts = zip(*entries, strict=True)
    return Geography(
        name=name,
        codes=tuple(f"{name}{area}" for area in range(areas)),
        names=tuple(f"{name.title()} {area}" for area in range(areas)),
        block=np.array(blocks, dtype=np.int64),
        area=np.array(held_in, dtype=np.int64),
        share=np.array(parts, dtype=np.float64),
    )


@st.composite
def _flows(draw: st.DrawFn, n: int) -> Flows:
    pairs = [(a, b) for a in range(n) for b in range(n)]
    chosen = sorted(draw(st.sets(st.sampled_from(pairs), min_size=1)))
    commuters = draw(st.lists(st.integers(1, 500), min_size=len(chosen), max_size=len(chosen)))
    ends = np.array(chosen, dtype=np.int64)
    return Flows(
        origin=ends[:, 0], destination=ends[:, 1], commuters=np.array(commuters, dtype=np.int64)
    )


@st.composite
def _criteria(draw: st.DrawFn, n: int) -> Criteria:
    weight = st.sampled_from([0.0, 0.1, 0.25, 1.0])
    least = draw(st.integers(0, 3000))
    return Criteria(
        areas=draw(st.integers(1, n)),
        atoms=(),
        minimum_population=least,
        maximum_population=least + draw(st.integers(0, 9000)),
        geographies=tuple(
            GeographyCriterion(name=name, role=role, weight=draw(weight))
            for name, role in ROLE_OF.items()
        ),
        needs=(NeedCriterion(column="need", weight=draw(st.sampled_from([0.5, 2.0]))),),
        inertia_weight=draw(weight),
        need_weight=draw(weight),
        flow_weight=draw(weight),
    )


def shuffled(country: Country, order: list[int]) -> Country:
    """The same country with its blocks renamed, so that they stand in another order.

    ``order`` is a permutation: block *i* takes the place ``order[i]``.
    """
    places, n = country.places, len(country.places.blocks)
    place = np.array(order, dtype=np.int64)
    source = np.argsort(place)
    blocks = places.blocks

    def entries(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return np.lexsort((second, first))

    geographies = {}
    for name, one in places.geographies.items():
        rows = entries(place[one.block], one.area)
        geographies[name] = replace(
            one, block=place[one.block][rows], area=one.area[rows], share=one.share[rows]
        )
    pairs = np.sort(place[places.borders.pairs], axis=1)
    by_pair = np.lexsort((pairs[:, 1], pairs[:, 0]))
    flows = places.flows
    assert flows is not None
    return Country(
        places=replace(
            places,
            blocks=replace(
                blocks,
                names=tuple(blocks.names[block] for block in source),
                population=blocks.population[source],
                easting=blocks.easting[source],
                northing=blocks.northing[source],
                lon=blocks.lon[source],
                lat=blocks.lat[source],
                columns={
                    column: tuple(cells[block] for block in source)
                    for column, cells in blocks.columns.items()
                },
            ),
            borders=replace(
                places.borders,
                pairs=pairs[by_pair],
                shared_border_km=places.borders.shared_border_km[by_pair],
            ),
            geographies=geographies,
            flows=replace(flows, origin=place[flows.origin], destination=place[flows.destination]),
        ),
        plan=AreaPlan.of(
            {
                blocks.codes[order[block]]: country.plan.areas[country.plan.area_of[block]]
                for block in range(n)
            }
        ),
        criteria=country.criteria,
    )
