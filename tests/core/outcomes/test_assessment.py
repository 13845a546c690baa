"""Needs assessments on the packaged England: what is said, and that it is only what is known."""

from dataclasses import replace

import numpy as np
import pytest

from folkmoot.outcomes.assessment import Assessment, assess, profile
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import (
    LevelError,
    NoIndicatorsError,
    UnknownAreaError,
    UnknownIndicatorError,
)
from folkmoot.outcomes.indicators import (
    indicator_of,
    indicators,
    period_in_words,
    years_of,
)
from folkmoot.outcomes.measured import Ground, people_of_ages


@pytest.fixture(scope="module")
def boards(ground: Ground) -> Assessment:
    geography = ground.places.geographies["icb"]
    return assess(ground, Division.of_geography(geography, len(ground.places.blocks), "boards"))


def test_every_indicator_has_a_figure_or_a_reason(boards: Assessment) -> None:
    for code in boards.division.codes:
        found = profile(boards, code)
        told = [row.indicator.code for row in found.rows]
        told += [one.indicator.code for one in found.left]
        assert sorted(told) == sorted(one.code for one in boards.ground.indicators)
        assert all(one.reason for one in found.left)


def test_nothing_is_called_worse_without_an_interval_that_says_so(boards: Assessment) -> None:
    for code in boards.division.codes:
        found = profile(boards, code)
        for row in (*found.worse, *found.better):
            assert row.indicator.polarity != "none"
            if row.lower_95 is not None and row.upper_95 is not None:
                assert not row.lower_95 <= row.whole <= row.upper_95
            else:
                assert row.fifth in (1, 5)
        assert not set(found.worse) & set(found.better)


def test_the_people_of_all_areas_are_the_people_of_the_country(boards: Assessment) -> None:
    found = [profile(boards, code) for code in boards.division.codes]
    places = boards.ground.places

    assert sum(one.population for one in found) == pytest.approx(places.population, abs=50)
    for one in found:
        assert sum(here for here, _ in one.ages.values()) == pytest.approx(1.0)


def test_an_area_is_found_by_name_or_code_and_the_nearest_names_are_told(
    boards: Assessment,
) -> None:
    first = boards.division.names[0]

    assert profile(boards, first.upper()).code == boards.division.codes[0]
    with pytest.raises(UnknownAreaError, match="Did you mean"):
        profile(boards, first[:-3])


def test_the_median_of_like_areas_is_that_of_the_areas_named(boards: Assessment) -> None:
    found = profile(boards, boards.division.codes[7])
    at = [boards.division.names.index(name) for name, _ in found.like]
    measured = {one.indicator.code: one for one in boards.measured}
    for row in found.rows:
        values = measured[row.indicator.code].value[-1][at]
        if np.isfinite(values).all():
            assert row.like == pytest.approx(float(np.median(values)))


def test_extremes_are_blocks_of_the_area(boards: Assessment) -> None:
    found = profile(boards, boards.division.codes[3])
    for row in found.rows:
        if row.lowest and row.highest:
            assert row.lowest.name in found.blocks
            assert row.highest.name in found.blocks
            assert row.lowest.value < row.highest.value


def test_two_areas_have_no_like_ones_and_no_fifths(ground: Ground) -> None:
    blocks = len(ground.places.blocks)
    shares = np.zeros((blocks, 2))
    shares[: blocks // 2, 0], shares[blocks // 2 :, 1] = 1.0, 1.0
    halves = Division(title="halves", codes=("1", "2"), names=("one", "two"), shares=shares)
    found = profile(assess(ground, halves), "one")

    assert found.like == ()
    assert all(row.fifth is None and row.like is None for row in found.rows)


def test_a_package_without_indicators_says_what_to_add(ground: Ground) -> None:
    with pytest.raises(NoIndicatorsError, match="Add the resources 'indicators'"):
        Ground.of(replace(ground.places, indicators=None))


def test_what_an_indicator_is_comes_from_its_catalogue_first(ground: Ground) -> None:
    table = ground.places.indicators
    assert table is not None
    code = "employment-rate"
    named = replace(
        table.catalogue[code], kind="rate", domain="safety", first_age="5", last_age="9"
    )
    other = replace(
        ground.places, indicators=replace(table, catalogue={**table.catalogue, code: named})
    )
    before, after = indicator_of(ground.places, code), indicator_of(other, code)

    assert (before.kind, before.domain, before.ages) == ("proportion", "work", (16, 64))
    assert (after.kind, after.domain, after.ages) == ("rate", "safety", (5, 9))
    with pytest.raises(UnknownIndicatorError, match="Did you mean 'employment-rate'"):
        indicator_of(ground.places, "employment-rates")


def test_every_indicator_of_the_packaged_england_says_what_it_is(ground: Ground) -> None:
    found = indicators(ground.places)

    assert len(found) == 70
    assert all(one.is_declared for one in found)
    assert {one.code for one in found if one.kind == "median"} == {
        "gross-median-weekly-pay",
        "housing-affordability-ratio",
    }


def test_only_a_change_in_lives_may_be_paid_for(ground: Ground) -> None:
    indicator_of(ground.places, "cigarette-smokers").check_outcome()
    with pytest.raises(LevelError, match="counts what was done"):
        indicator_of(ground.places, "apprenticeship-starts").check_outcome()


def test_people_of_all_ages_are_everyone(ground: Ground) -> None:
    places = ground.places
    parts = [people_of_ages(places, ages).sum() for ages in ((0, 15), (16, 64), (65, 90))]

    assert sum(parts) == places.population
    assert people_of_ages(places, (0, 90)).sum() == places.population


@pytest.mark.parametrize(
    ("period", "words", "years"),
    [
        ("2022-01-01/P3Y", "2022 to 2024", 3),
        ("2024-04-01/P1Y", "2024-25", 1),
        ("2020-01-01/P1Y", "2020", 1),
        ("2019-04-01/P3Y", "2019 to 2022", 3),
        ("2025-04-30", "April 2025", 1),
        ("2011-12", "2011-12", 1),
        ("2016-17", "2016-17", 1),
        ("2024-03", "March 2024", 1),
        ("2025", "2025", 1),
    ],
)
def test_periods_are_written_as_people_do(period: str, words: str, years: int) -> None:
    assert period_in_words(period) == words
    assert years_of(period) == years
