"""The scores of an area plan in plain Python, written from the definitions alone.

It shares nothing with ``folkmoot.geography`` and is as slow as it is short.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Geography, Places

Table = dict[tuple[int, int], float]


def plain_scores(
    plan: AreaPlan, places: Places, criteria: Criteria, needs: Mapping[str, Sequence[float]]
) -> dict[tuple[str, str], float]:
    """Every figure by (measure, geography or need)."""
    z = plan.area_of.tolist()
    p = places.blocks.population.tolist()
    found: dict[tuple[str, str], float] = {}
    objective = 0.0
    for wanted in criteria.geographies:
        table = contingency(places.geographies[wanted.name], z, p)
        of_geography = geography_scores(table, z, p, places.geographies[wanted.name])
        width = of_geography.pop("entropy") + log(criteria.areas)
        of_geography["cost"] = (
            wanted.weight * of_geography["variation_of_information"] / width if width else 0.0
        )
        objective += of_geography["cost"]
        found |= {(name, wanted.name): value for name, value in of_geography.items()}
    found["coterminosity", ""] = objective
    at = list(zip(places.blocks.easting.tolist(), places.blocks.northing.tolist(), strict=True))
    found["inertia", ""] = left_within([list(point) for point in at], z, p)
    unlike, weights = 0.0, 0.0
    for need in criteria.needs:
        share = left_within([[value] for value in needs[need.name]], z, p)
        found["need_dissimilarity", need.name] = share
        unlike, weights = unlike + need.weight * share, weights + need.weight
    found["need_dissimilarity", ""] = unlike / weights if weights else 0.0
    objective += criteria.inertia_weight * found["inertia", ""]
    objective += criteria.need_weight * found["need_dissimilarity", ""]
    if places.flows is not None:
        stay = travel = 0
        for origin, destination, commuters in zip(
            places.flows.origin.tolist(),
            places.flows.destination.tolist(),
            places.flows.commuters.tolist(),
            strict=True,
        ):
            travel += commuters
            stay += commuters if z[origin] == z[destination] else 0
        found["self_containment", ""] = stay / travel
        objective += criteria.flow_weight * (1 - stay / travel)
    found["objective", ""] = objective
    people = [sum(q for area, q in zip(z, p, strict=True) if area == a) for a in set(z)]
    found["areas", ""] = len(people)
    found["population_min", ""], found["population_max", ""] = min(people), max(people)
    least, most = criteria.minimum_population, criteria.maximum_population
    found["people_out_of_bounds", ""] = sum(q for q in people if not least <= q <= most)
    return found


def contingency(geography: Geography, z: Sequence[int], p: Sequence[int]) -> Table:
    total: dict[int, float] = defaultdict(float)
    for block, share in zip(geography.block.tolist(), geography.share.tolist(), strict=True):
        total[block] += share
    table: Table = defaultdict(float)
    for block, area, share in zip(
        geography.block.tolist(), geography.area.tolist(), geography.share.tolist(), strict=True
    ):
        table[z[block], area] += p[block] * share / total[block]
    return {cell: people for cell, people in table.items() if people > 0}


def entropy(people: Iterable[float]) -> float:
    found = [n for n in people if n > 0]
    return -sum(n / sum(found) * log(n / sum(found)) for n in found)


def geography_scores(
    table: Table, z: Sequence[int], p: Sequence[int], geography: Geography
) -> dict[str, float]:
    by_area: dict[int, float] = defaultdict(float)
    by_other: dict[int, float] = defaultdict(float)
    largest: dict[int, float] = defaultdict(float)
    for (area, other), people in table.items():
        by_area[area] += people
        by_other[other] += people
        largest[other] = max(largest[other], people)
    inside = sum(by_other.values())
    joint, of_plan, of_geography = (
        entropy(people.values()) for people in (table, by_area, by_other)
    )
    h = 1 - (joint - of_plan) / of_geography if len(by_other) > 1 else 1.0
    c = 1 - (joint - of_geography) / of_plan if len(by_area) > 1 else 1.0
    areas_of = {q: [a for a, other in table if other == q] for q in by_other}
    others_of = {a: [q for area, q in table if area == a] for a in set(z)}
    inside_blocks = set(geography.block.tolist())
    within = sum(
        people
        for block, people in enumerate(p)
        if len(others_of[z[block]]) == 1
        and all(b in inside_blocks for b in range(len(p)) if z[b] == z[block] and p[b])
    )
    return {
        "entropy": of_geography,
        "variation_of_information": 2 * joint - of_plan - of_geography,
        "homogeneity": h,
        "completeness": c,
        "v_measure": 2 * h * c / (h + c) if h + c > 1e-12 else 0.0,
        "nested_share": (
            sum(n for q, n in by_other.items() if len(areas_of[q]) == 1) / inside if inside else 0.0
        ),
        "areas_within_share": within / sum(p),
        "misplaced_people": sum(by_other.values()) - sum(largest.values()),
    }


def left_within(figures: Sequence[Sequence[float]], z: Sequence[int], p: Sequence[int]) -> float:
    """Part of the people's sum of squares about the mean that is left within areas."""

    def squares(blocks: Sequence[int]) -> float:
        people = sum(p[block] for block in blocks)
        if not people:
            return 0.0
        total = 0.0
        for axis in range(len(figures[0])):
            mean = sum(p[block] * figures[block][axis] for block in blocks) / people
            total += sum(p[block] * (figures[block][axis] - mean) ** 2 for block in blocks)
        return total

    every = squares(range(len(p)))
    areas = [[block for block in range(len(p)) if z[block] == area] for area in sorted(set(z))]
    return sum(squares(blocks) for blocks in areas) / every if every else 0.0
