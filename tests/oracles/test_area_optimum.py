"""England's best plan of whole atoms: the published figure, computed here from the definitions.

The figure .231635 was made by a prototype that shares no code with this one (HiGHS as an
integer programme over 11.5 million columns); F and the rules are computed here in plain Python
from the reference page of the criteria file, and share nothing with the search or the scores.
"""

from collections.abc import Mapping, Sequence
from math import fsum, log

import numpy as np
import pytest
from tests.core.areas.plain_plans import is_joined, neighbours

from folkmoot.areas.design import Design, design
from folkmoot.vocabulary.criteria import Criteria, NeedCriterion
from folkmoot.vocabulary.places import Places

PUBLISHED = 0.231635
"""spec of areas, section 3: 'optimum .231635 proven'."""


@pytest.fixture(scope="module")
def england(england_places: Places, england_criteria: Criteria) -> Design:
    return design(england_places, england_criteria, rng=np.random.default_rng(1))


def x_ln_x(shares: Sequence[float]) -> float:
    return fsum(share * log(share) for share in shares if share > 0)


def crossing_term(places: Places, name: str, area_of: Sequence[int], n_areas: int) -> float:
    """VI of a plan and a geography over H(R) + ln k."""
    geography, people = places.geographies[name], places.blocks.population.tolist()
    rows = list(
        zip(
            geography.block.tolist(), geography.area.tolist(), geography.share.tolist(), strict=True
        )
    )
    of_block: dict[int, float] = {}
    for block, _, share in rows:
        of_block[block] = of_block.get(block, 0.0) + share
    table: dict[tuple[int, int], float] = {}
    for block, area, share in rows:
        cell = area_of[block], area
        table[cell] = table.get(cell, 0.0) + people[block] * share / of_block[block]
    whole = fsum(table.values())
    joint = -x_ln_x([held / whole for held in table.values()])
    sides = []
    for side in (0, 1):
        totals: dict[int, float] = {}
        for cell, held in table.items():
            totals[cell[side]] = totals.get(cell[side], 0.0) + held
        sides.append(-x_ln_x([held / whole for held in totals.values()]))
    plan, geography_entropy = sides
    return (2 * joint - plan - geography_entropy) / (geography_entropy + log(n_areas))


def left_within(
    figures: Sequence[Sequence[float]], people: Sequence[int], area_of: Sequence[int]
) -> float:
    """Part of the people's sum of squares about the mean that is left within areas."""

    def squares(blocks: Sequence[int]) -> float:
        held = fsum(people[block] for block in blocks)
        means = [fsum(people[b] * column[b] for b in blocks) / held for column in figures]
        return fsum(
            people[b] * (column[b] - mean) ** 2
            for column, mean in zip(figures, means, strict=True)
            for b in blocks
        )

    areas: dict[int, list[int]] = {}
    for block, area in enumerate(area_of):
        areas.setdefault(area, []).append(block)
    return fsum(map(squares, areas.values())) / squares(range(len(people)))


def need_figures(places: Places, need: NeedCriterion) -> list[float]:
    """A need's indicator at its latest period: the block's own, else its upper tier's, else
    its region's."""
    found = places.indicators
    assert found is not None
    rows = [
        (period, area, value)
        for indicator, area, period, value in zip(
            found.indicator, found.area, found.period, found.value.tolist(), strict=True
        )
        if indicator == need.indicator and value == value  # noqa: PLR0124 - NaN is not itself
    ]
    codes = places.blocks.codes
    upper_tiers = places.blocks.columns["upper_tier_code"]
    regions = places.blocks.columns["region_code"]
    near = {*codes, *upper_tiers}
    latest = max(period for period, area, _ in rows if area in near)
    value_of: Mapping[str, float] = {
        area: value for period, area, value in rows if period == latest
    }
    return [
        next(value_of[area] for area in nested if area in value_of)
        for nested in zip(codes, upper_tiers, regions, strict=True)
    ]


def plain_objective(places: Places, criteria: Criteria, area_of: Sequence[int]) -> float:
    """F, from the definitions alone."""
    blocks, people = places.blocks, places.blocks.population.tolist()
    total: float = fsum(
        one.weight * crossing_term(places, one.name, area_of, criteria.areas)
        for one in criteria.geographies
    )
    ground = [blocks.easting.tolist(), blocks.northing.tolist()]
    total += criteria.inertia_weight * left_within(ground, people, area_of)
    weights = fsum(need.weight for need in criteria.needs)
    for need in criteria.needs:
        share = left_within([need_figures(places, need)], people, area_of)
        total += criteria.need_weight * need.weight / weights * share
    flows = places.flows
    assert flows is not None
    travel = list(
        zip(
            flows.origin.tolist(), flows.destination.tolist(), flows.commuters.tolist(), strict=True
        )
    )
    stay = sum(commuters for a, b, commuters in travel if area_of[a] == area_of[b])
    leaving = 1 - stay / sum(commuters for *_, commuters in travel)
    return float(total + criteria.flow_weight * leaving)


def test_the_optimum_of_england_is_the_published_one_and_proven(england: Design) -> None:
    assert england.objective == pytest.approx(PUBLISHED, abs=5e-7)
    assert england.proven
    assert england.bound == pytest.approx(england.objective, rel=1e-6)
    assert england.gap == pytest.approx(0.0, abs=1e-6)


def test_f_of_the_optimum_agrees_with_the_definitions(
    england: Design, england_places: Places, england_criteria: Criteria
) -> None:
    found = plain_objective(england_places, england_criteria, england.plan.area_of.tolist())

    assert found == pytest.approx(england.objective, abs=1e-9)


def test_every_area_of_the_optimum_is_connected_and_within_the_bounds(
    england: Design, england_places: Places, england_criteria: Criteria
) -> None:
    people = dict(
        zip(england_places.blocks.codes, england_places.blocks.population.tolist(), strict=True)
    )
    near = neighbours(len(people), england_places.borders.pairs.tolist())
    place = {block: number for number, block in enumerate(england_places.blocks.codes)}

    members = england.plan.members()

    assert len(members) == england_criteria.areas == 38
    assert sorted(block for held in members.values() for block in held) == sorted(people)
    for held in members.values():
        assert 500_000 <= sum(people[block] for block in held) <= 3_000_000
        assert is_joined({place[block] for block in held}, near)
