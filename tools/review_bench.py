"""Measure understanding and review: speed, beside statsmodels where it does the same.

In:        made-up counts of a stated size, and the packaged England.
Out:       rows for ``tools/bench.py``: what, measured, goal.
"""

from collections.abc import Iterator

import numpy as np
from statsmodels.stats.proportion import proportion_confint
from tools.timing import Row, fastest

from folkmoot import england
from folkmoot.outcomes.alike import variation
from folkmoot.outcomes.assessment import assess, profile
from folkmoot.outcomes.comparison import compare
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.inequality import slope_index
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.ranks import shrunken_ranks
from folkmoot.outcomes.rates import crude_rate, proportion
from folkmoot.outcomes.standardised import directly_standardised
from folkmoot.outcomes.variation import funnel, score
from folkmoot.outcomes.xmr import xmr_signals

ROWS = 1_000_000


def rows() -> Iterator[Row]:
    """Every measure with its goal."""
    yield from _rates()
    yield from _series_and_areas()
    yield from _country()


def _rates() -> Iterator[Row]:
    rng = np.random.default_rng(1)
    people = rng.integers(500, 5000, ROWS).astype(np.float64)
    events = rng.binomial(people.astype(np.int64), 0.01).astype(np.float64)
    for name, work in (
        ("rates with Byar's and exact limits", lambda: crude_rate(events, people)),
        ("proportions with Wilson's limits", lambda: proportion(events, people)),
        (
            "ratios and differences of pairs",
            lambda: compare((events, events[::-1]), (people, people[::-1]), kind="proportion"),
        ),
    ):
        yield f"O1–O6: {ROWS:,} {name}", f"{fastest(2, work):.2f} s", "under 0.5 s"
    theirs = fastest(2, lambda: proportion_confint(events, people, method="wilson"))
    yield f"{ROWS:,} Wilson limits by statsmodels", f"{theirs:.2f} s", "–"
    ages = rng.poisson(3.0, (10_000, 19)).astype(np.float64)
    standard = np.full((10_000, 19), 1000.0)
    took = fastest(5, lambda: directly_standardised(ages, standard))
    yield "O3: 10,000 areas by 19 ages, standardised", f"{1000 * took:.0f} ms", "under 50 ms"


def _series_and_areas() -> Iterator[Row]:
    rng = np.random.default_rng(2)
    series = rng.normal(50.0, 5.0, (10_000, 60))
    took = fastest(3, lambda: xmr_signals(series))
    yield "O7: 10,000 control charts of 60 points", f"{took:.2f} s", "under 1 s"
    for areas, goal in ((38, "under 0.2 s"), (296, "under 1 s")):
        people = rng.integers(2000, 9000, areas)
        events = rng.binomial(people, rng.uniform(0.1, 0.2, areas))

        def rank(events: object = events, people: object = people) -> object:
            found = funnel(score(events, people, "proportion"))  # type: ignore[arg-type]  # arrays
            return shrunken_ranks(found, rng=np.random.default_rng(3))

        yield (
            f"O9: funnel and 10,000 draws of ranks, {areas} areas",
            f"{fastest(3, rank):.2f} s",
            goal,
        )
    groups = rng.normal(50.0, 5.0, (100_000, 10))
    alike = np.full(groups.shape, 1000.0)
    took = fastest(2, lambda: slope_index(groups, alike, alike / 1000.0))
    yield "O10: 100,000 gradients of 10 groups, exact limits", f"{took:.2f} s", "under 1 s"


def _country() -> Iterator[Row]:
    places = england.places()
    ground = Ground.of(places)
    boards = Division.of_geography(places.geographies["icb"], len(places.blocks), "boards")
    tiers = Division.of_geography(places.geographies["upper_tier"], len(places.blocks), "tiers")

    def everything() -> object:
        found = assess(ground, boards)
        return [profile(found, code) for code in boards.codes]

    took = fastest(2, everything)
    count = len(boards.codes)
    yield (
        f"England: {count} needs assessments, 67 indicators, all years",
        f"{took:.1f} s",
        "seconds",
    )
    took = fastest(2, lambda: variation(ground, [boards, tiers]))
    yield "England: the lottery of 67 indicators in 3 divisions", f"{took:.1f} s", "seconds"
