"""Need by block: published or counted, exact, and by population where there is none."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.core.funding.funded_country import COUNTED
from tests.small_country import Rows

from folkmoot.funding.counted_need import count
from folkmoot.funding.errors import (
    CoverageError,
    NeedDataError,
    NeedError,
    ProfileError,
    UnmeasuredError,
)
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.need import need, year_before
from folkmoot.funding.profiles import CountedProfile, Profile, PublishedProfile
from folkmoot.funding.weighted_population import BY_POPULATION, Need
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

Y2026 = FinancialYear(2026)
MakePlaces = Callable[[dict[str, Rows]], Places]
FormulaOf = Callable[..., Formula]


def opening_need(profile: Profile, places: Places) -> Need:
    return need(profile, places, year=Y2026, opening=Y2026)


@pytest.fixture
def counted(formula_of: FormulaOf) -> CountedProfile:
    profile = formula_of(COUNTED).profiles["mine"]
    assert isinstance(profile, CountedProfile)
    return profile


@pytest.fixture
def published() -> PublishedProfile:
    profile = read_formula().profiles["health-core-1"]
    assert isinstance(profile, PublishedProfile)
    return profile


def test_published_need_is_held_in_micro_persons(
    published: PublishedProfile, country: Places, rows_plan: AreaPlan
) -> None:
    found = opening_need(published, country)

    assert found.basis == "registered"
    assert found.micro_persons[:2] == (100_000_250_000, 102_000_250_000)
    assert found.by_area(rows_plan)[1] == 306_000_750_000
    assert sum(found.by_area(rows_plan)) == sum(found.micro_persons)


def test_the_last_data_year_that_is_not_later_is_used_and_its_age_told(
    published: PublishedProfile, country: Places
) -> None:
    later = need(published, country, year=FinancialYear(2030), opening=FinancialYear(2030))

    assert later.micro_persons == opening_need(published, country).micro_persons
    assert [(one.period, one.age_years) for one in later.vintages] == [("2026-27", 4)]


def test_a_year_before_all_data_is_refused(published: PublishedProfile, country: Places) -> None:
    with pytest.raises(NeedDataError, match="no 'health-core-1' need for 2024-25 or an earlier"):
        need(published, country, year=FinancialYear(2024), opening=FinancialYear(2024))


def test_the_previous_data_year_is_found_where_there_is_one(
    published: PublishedProfile, counted: CountedProfile, country: Places
) -> None:
    assert year_before(published, country, Y2026) == FinancialYear(2025)
    before = need(published, country, year=FinancialYear(2025), opening=Y2026)
    assert before.micro_persons[1] == 101_000_250_000
    assert year_before(published, country, FinancialYear(2025)) is None
    assert year_before(counted, country, Y2026) is None


def test_the_resident_basis_gives_each_resident_the_need_of_a_patient(
    published: PublishedProfile, tables: dict[str, Rows], make_places: MakePlaces
) -> None:
    for row in tables["need"]:
        row["weighted_population"] = "50" if row["profile"] == "registered" else "100"
    tables["blocks"][0]["population"] = "200000"
    found = opening_need(replace(published, population_basis="resident"), make_places(tables))

    assert found.basis == "resident"
    assert found.micro_persons == (200_000_000_000, *[100_000_000_000] * 8)


def test_the_resident_basis_needs_registered_patients_of_the_same_year(
    published: PublishedProfile, tables: dict[str, Rows], make_places: MakePlaces
) -> None:
    resident = replace(published, population_basis="resident")
    for row in tables["need"]:
        if row["profile"] == "registered" and row["year"] == "2026-27":
            row["weighted_population"] = "0"
    with pytest.raises(NeedError, match="weighted for no registered patient in a"):
        opening_need(resident, make_places(tables))
    tables["need"] = [row for row in tables["need"] if row["profile"] != "registered"]
    with pytest.raises(NeedDataError, match="no 'registered' need"):
        opening_need(resident, make_places(tables))


def test_need_that_nobody_has_is_refused(
    published: PublishedProfile, tables: dict[str, Rows], make_places: MakePlaces
) -> None:
    for row in tables["need"]:
        row["weighted_population"] = "0"

    with pytest.raises(NeedError, match="'health-core-1' is zero in every block"):
        opening_need(published, make_places(tables))


def test_a_package_without_a_profiles_data_is_shared_by_population_and_says_so(
    published: PublishedProfile, counted: CountedProfile, bare_country: Places
) -> None:
    for profile in (published, counted):
        found = opening_need(profile, bare_country)

        assert found.basis == "by_population"
        assert found.label == BY_POPULATION
        assert set(found.micro_persons) == {100_000_000_000}
        assert found.reason.startswith("The package has no ")


def test_a_shipped_profile_falls_back_where_the_package_measures_other_things(
    country: Places,
) -> None:
    found = opening_need(read_formula().profiles["employment-1"], country)

    assert found.basis == "by_population"
    assert "Profile 'employment-1' counts residents aged 16 to 64" in found.reason


def test_counted_need_weighs_each_components_share(
    counted: CountedProfile, country: Places
) -> None:
    found = opening_need(counted, country)
    out_of_work = [Fraction(n, 45) for n in range(1, 10)]
    shares = [Fraction(3, 4) * one + Fraction(1, 36) for one in out_of_work]

    assert found.basis == "counted"
    assert found.micro_persons == tuple(round(one * 900_000 * 10**6) for one in shares)
    assert [(one.component, one.age_years) for one in found.vintages] == [("out-of-work", 2)]


def test_a_missing_value_takes_the_rate_of_its_region_and_is_flagged(
    counted: CountedProfile, tables: dict[str, Rows], make_places: MakePlaces
) -> None:
    tables["indicators"][8]["value"] = ""
    found = count(counted, counted.components[0], make_places(tables))

    assert found.people[8] == Fraction(2000 * (7 + 8), 2 * 100)
    assert found.filled == ("i",)


def test_a_region_without_any_value_takes_the_rate_of_the_whole_package(
    counted: CountedProfile, tables: dict[str, Rows], make_places: MakePlaces
) -> None:
    for row, region in zip(tables["blocks"], "NNNNNNNSS", strict=True):
        row["region_code"] = region
    for row in tables["indicators"][7:]:
        row["value"] = ""
    found = count(counted, counted.components[0], make_places(tables))

    assert found.people[8] == 2000 * Fraction(1 + 2 + 3 + 4 + 5 + 6 + 7, 7 * 100)
    assert found.filled == ("h", "i")


def test_an_indicator_that_covers_too_few_people_is_refused(
    counted: CountedProfile, tables: dict[str, Rows], make_places: MakePlaces
) -> None:
    for row in tables["indicators"][6:]:
        row["value"] = ""

    with pytest.raises(CoverageError) as refusal:
        opening_need(counted, make_places(tables))
    assert str(refusal.value) == (
        "Profile 'mine' uses 'out-of-work', which has no value for 3 of 9 blocks (33.3% of "
        "residents aged 16 to 17; the limit is 25%). Shares built on it would rest on guesses. "
        "Choose another indicator, or raise 'coverage_limit' with a reason."
    )


@pytest.mark.parametrize(("measure", "value"), [("percent", "101"), ("rate", "2")])
def test_a_rate_out_of_range_is_refused(
    counted: CountedProfile,
    tables: dict[str, Rows],
    make_places: MakePlaces,
    measure: str,
    value: str,
) -> None:
    tables["indicators"][1]["value"] = value
    component = replace(counted.components[0], measure=measure)  # type: ignore[arg-type]  # both are measures
    places = make_places(tables)

    with pytest.raises(ProfileError, match=f"which is {value} in b and should be from 0 to"):
        opening_need(replace(counted, components=(component, counted.components[1])), places)


def test_a_declared_profile_must_find_its_indicator(
    counted: CountedProfile, country: Places
) -> None:
    component = replace(counted.components[0], period="2023")
    lost = replace(counted, components=(component, counted.components[1]))

    with pytest.raises(UnmeasuredError, match="uses 'out-of-work' of 2023, which the package"):
        opening_need(lost, country)


def test_a_component_that_counts_nobody_is_refused(
    counted: CountedProfile, tables: dict[str, Rows], make_places: MakePlaces
) -> None:
    for row in tables["indicators"]:
        row["value"] = "0"

    with pytest.raises(NeedError, match="'out-of-work' is zero in every block"):
        opening_need(counted, make_places(tables))


def test_weights_that_do_not_sum_to_one_are_refused(counted: CountedProfile) -> None:
    with pytest.raises(ProfileError, match=r"weights that sum to 0\.75, not 1"):
        replace(counted, components=counted.components[:1])
