"""From blocks to areas: laws of aggregation, and published counties and regions as the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outcomes.aggregate import Figures, aggregate
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import LimitError, NotAdditiveError
from folkmoot.outcomes.indicators import indicator_of
from folkmoot.outcomes.measured import Ground, measure, people_of_ages
from folkmoot.outcomes.rates import proportion
from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.statistics.errors import ShapeError

some = st.lists(
    st.tuples(st.integers(1, 90), st.integers(1, 9), st.integers(1, 5000)), min_size=1, max_size=12
)


def figures(value: FloatVector, half: FloatVector | None = None) -> Figures:
    none = np.full(len(value), np.nan)
    apart = none if half is None else half
    return Figures(
        value=value, lower=value - apart, upper=value + apart, numerator=none, denominator=none
    )


@given(some)
def test_one_area_of_all_blocks_is_their_weighted_mean_with_its_error(
    rows: list[tuple[int, int, int]],
) -> None:
    value, half, people = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    found = aggregate(figures(value, half), people[:, None], indicator="x", kind="mean")
    error = np.sqrt(((people * half / 1.959963984540054) ** 2).sum()) / people.sum()

    assert found.value[0] == pytest.approx((value * people).sum() / people.sum(), rel=1e-12)
    assert found.upper_95[0] - found.value[0] == pytest.approx(1.959963984540054 * error, rel=1e-9)
    assert found.upper_998[0] - found.value[0] == pytest.approx(3.090232306167813 * error, rel=1e-9)
    assert found.label == "approximate"


@given(some)
def test_a_constant_stays_and_each_block_alone_is_itself(rows: list[tuple[int, int, int]]) -> None:
    value, half, people = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    alone = aggregate(figures(value, half), np.diag(people), indicator="x", kind="rate")
    constant = aggregate(
        figures(np.full(len(value), 7.0)), people[:, None], indicator="x", kind="rate"
    )

    assert alone.value == pytest.approx(value)
    assert alone.lower_95 == pytest.approx(value - half)
    assert constant.value[0] == pytest.approx(7.0, rel=1e-12)
    assert constant.label == "approximate, no interval"
    assert np.isnan(constant.lower_95[0])


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(51, 900)), min_size=2, max_size=9))
def test_counts_add_up_and_have_the_interval_of_their_sum(rows: list[tuple[int, int]]) -> None:
    x, n = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    none = np.full(len(x), np.nan)
    given_figures = Figures(value=100 * x / n, lower=none, upper=none, numerator=x, denominator=n)
    found = aggregate(given_figures, n[:, None], indicator="x", kind="proportion")
    whole = proportion([x.sum()], [n.sum()])

    assert found.label == "exact"
    if x.any():
        assert found.value[0] == pytest.approx(100 * whole.value[0], rel=1e-9)
        assert found.upper_95[0] == pytest.approx(100 * whole.upper[0], rel=1e-9)


def test_an_area_lacks_a_figure_that_too_few_of_its_people_have() -> None:
    people = np.array([[60.0, 0.0], [40.0, 10.0]])
    value = np.array([5.0, np.nan])
    strict = aggregate(figures(value), people, indicator="x", kind="mean")
    lenient = aggregate(figures(value), people, indicator="x", kind="mean", minimum_coverage=0.5)

    assert np.isnan(strict.value).all()
    assert lenient.value[0] == 5.0
    assert np.isnan(lenient.value[1])
    assert lenient.coverage.tolist() == [0.6, 0.0]


def test_one_value_without_limits_leaves_its_area_without() -> None:
    half = np.array([1.0, np.nan, 1.0])
    people = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    found = aggregate(figures(np.array([1.0, 2.0, 3.0]), half), people, indicator="x", kind="mean")

    assert np.isnan(found.lower_95[0])
    assert np.isfinite(found.lower_95[1])


def test_medians_and_wrong_limits_are_refused() -> None:
    one = np.ones((1, 1))
    with pytest.raises(NotAdditiveError, match="'pay' is a median"):
        aggregate(figures(np.array([1.0])), one, indicator="pay", kind="median")
    with pytest.raises(LimitError, match="of 'pay' are on the wrong side of the value in row 0"):
        aggregate(figures(np.array([1.0]), np.array([-0.5])), one, indicator="pay", kind="mean")
    with pytest.raises(ShapeError):
        aggregate(figures(np.array([1.0, 2.0])), one, indicator="pay", kind="mean")


@pytest.mark.parametrize(
    ("indicator", "apart"),
    [
        ("employment-rate", 0.003),
        ("economic-inactivity-rate", 0.012),
        ("adult-obesity-prevalence", 0.05),
        ("apprenticeship-achievements", 0.005),
        ("cardiovascular-mortality-persons-aged-under-75", 0.035),
        ("children-in-relative-poverty-after-housing", 0.004),
        ("claimant-count", 0.02),
        ("early-years-literacy", 0.002),
        ("further-education-skills-participation", 0.012),
        ("gcses-equivalent-english-maths", 0.014),
        ("gross-disposable-household-income-per-head", 0.0001),
        ("level-3-or-above-qualifications", 0.01),
        ("pupils-at-expected-standards-end-primary-school", 0.02),
    ],
)
def test_districts_put_together_come_near_the_published_figure_of_their_county(
    ground: Ground, indicator: str, apart: float
) -> None:
    """The publishers count; we weigh rates by people of an age. This says how near that comes."""
    places = ground.places
    counties = Division.of_geography(places.geographies["upper_tier"], len(places.blocks), "tiers")
    found = measure(ground, counties, indicator_of(places, indicator))
    rows = ground.published.rows[indicator][found.periods[-1]]
    table = ground.published.table
    compared = 0
    for value, code in zip(found.value[-1], counties.codes, strict=True):
        if code.startswith("E10") and code in rows and np.isfinite(value):
            assert value == pytest.approx(table.value[rows[code]], rel=apart)
            compared += 1
    assert compared >= 15


def test_the_share_of_old_people_is_exactly_that_of_the_population_table(ground: Ground) -> None:
    places = ground.places
    whole = measure(
        ground, Division.of_all(places), indicator_of(places, "population-65-plus-share")
    )
    old = people_of_ages(places, (65, 90)).sum()

    assert whole.labels[-1] == "exact"
    assert whole.value[-1, 0] == pytest.approx(100 * old / places.population, rel=1e-12)


def test_a_county_stands_once_for_all_its_districts(ground: Ground) -> None:
    """Four districts of one county are one published figure, not four independent ones."""
    places = ground.places
    counties = Division.of_geography(places.geographies["upper_tier"], len(places.blocks), "tiers")
    indicator = indicator_of(places, "healthy-life-expectancy-female")
    found = measure(ground, counties, indicator)
    rows = ground.published.rows[indicator.code][found.periods[-1]]
    table = ground.published.table
    for place, code in enumerate(counties.codes):
        if code.startswith("E10"):
            assert found.carried[place]
            assert found.value[-1, place] == pytest.approx(table.value[rows[code]])
            assert found.upper_95[-1, place] - found.lower_95[-1, place] == pytest.approx(
                table.upper_ci[rows[code]] - table.lower_ci[rows[code]], rel=1e-9
            )


def test_trends_use_periods_that_share_no_year(ground: Ground) -> None:
    places = ground.places
    found = measure(
        ground,
        Division.of_all(places),
        indicator_of(places, "cardiovascular-mortality-persons-aged-under-75"),
        minimum_coverage=0.5,
    )

    assert [found.periods[n][:4] for n in found.trend_periods] == [
        "2010", "2013", "2016", "2019", "2022",
    ]  # fmt: skip
    assert found.trends == ("decreasing",)
