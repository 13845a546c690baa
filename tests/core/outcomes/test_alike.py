"""Whether a division puts like needs together: laws, and the packaged England another way."""

import numpy as np
import pytest

from folkmoot.outcomes.alike import Variation, variation
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.measured import Ground


@pytest.fixture(scope="module")
def divisions(ground: Ground) -> list[Division]:
    places = ground.places
    blocks = len(places.blocks)
    lot = np.random.default_rng(1).integers(0, 40, blocks)
    by_lot = np.zeros((blocks, 40))
    by_lot[np.arange(blocks), lot] = 1.0
    return [
        Division.of_geography(places.geographies["upper_tier"], blocks, "upper tiers"),
        Division.of_geography(places.geographies["icb"], blocks, "boards"),
        Division.of_geography(places.geographies["region"], blocks, "regions"),
        Division(title="lot", codes=tuple(map(str, range(40))), names=("",) * 40, shares=by_lot),
        Division.of_all(places),
    ]


@pytest.fixture(scope="module")
def found(ground: Ground, divisions: list[Division]) -> tuple[Variation, ...]:
    return variation(ground, divisions)


def test_shares_are_shares_and_coarser_divisions_part_less(found: tuple[Variation, ...]) -> None:
    for one in found:
        tiers, boards, regions, _, whole = (spread.between for spread in one.divisions)
        assert tiers is not None
        assert boards is not None
        assert regions is not None
        assert whole == pytest.approx(0, abs=1e-9)
        assert 0 <= regions <= tiers + 1e-9
        assert tiers <= 1 + 1e-9


def test_areas_drawn_by_lot_are_alike_by_nothing_on_average(found: tuple[Variation, ...]) -> None:
    lot = [one.divisions[3].alike for one in found]

    assert abs(np.mean([one for one in lot if one is not None])) < 0.05


def test_the_share_between_is_that_of_a_plain_analysis_of_variance(
    ground: Ground, found: tuple[Variation, ...]
) -> None:
    """Claimant count: every district has one, and no tier parts a district."""
    places = ground.places
    one = next(one for one in found if one.indicator.code == "claimant-count")
    by = ground.published.rows["claimant-count"][ground.periods("claimant-count")[-1]]
    table = places.populations_single_year
    assert table is not None
    people = table.counts[:, 16:65].sum(axis=1)
    values = [ground.published.table.value[by[code]] for code in places.blocks.codes]
    tiers = places.blocks.column("upper_tier_code")
    groups: dict[str, list[tuple[float, float]]] = {}
    for tier, value, weight in zip(tiers, values, people.tolist(), strict=True):
        groups.setdefault(tier, []).append((value, weight))
    mean = sum(v * w for v, w in zip(values, people.tolist(), strict=True)) / people.sum()
    whole = sum(w * (v - mean) ** 2 for rows in groups.values() for v, w in rows)
    inside = 0.0
    for rows in groups.values():
        own = sum(v * w for v, w in rows) / sum(w for _, w in rows)
        inside += sum(w * (v - own) ** 2 for v, w in rows)

    assert one.divisions[0].between == pytest.approx(1 - inside / whole, rel=1e-9)


def test_figures_without_intervals_have_no_lottery(found: tuple[Variation, ...]) -> None:
    by_code = {one.indicator.code: one for one in found}

    assert by_code["claimant-count"].published.lottery is None
    assert by_code["claimant-count"].p_adjusted is None
    obesity = by_code["adult-obesity-prevalence"]
    assert obesity.published.lottery is not None
    assert obesity.p_adjusted is not None
    assert obesity.published.lottery.tau < obesity.published.deviation
