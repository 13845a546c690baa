"""The packaged England against shares that were worked out by others from the same data."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from folkmoot.funding.counted_need import count
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.need import need
from folkmoot.funding.profiles import CountedProfile, PublishedProfile
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

TEN_DISTRICTS = {f"E080000{number:02d}" for number in range(1, 11)}
"""The ten Greater Manchester districts."""

Y2025, Y2026 = FinancialYear(2025), FinancialYear(2026)


def share_of_ten(places: Places, amounts: Sequence[int] | Sequence[Fraction]) -> str:
    """Their part of the whole, to six places."""
    exact = dict(zip(places.blocks.codes, map(Fraction, amounts), strict=True))
    ten = sum((exact[BlockCode(code)] for code in TEN_DISTRICTS), Fraction(0))
    return f"{float(ten / sum(exact.values())):.6f}"


@pytest.mark.parametrize(
    ("profile", "year", "share"),
    [
        ("health-core-1", Y2026, "0.054117"),
        ("health-core-1", Y2025, "0.054468"),
        ("health-primary-1", Y2026, "0.054866"),
        ("employment-1", Y2026, "0.062399"),
        ("skills-1", Y2026, "0.054805"),
        ("offender-1", Y2026, "0.058370"),
    ],
)
def test_need_shares_of_ten_districts(
    england_places: Places, profile: str, year: FinancialYear, share: str
) -> None:
    found = need(read_formula().profiles[profile], england_places, year=year, opening=Y2026)

    assert share_of_ten(england_places, found.micro_persons) == share


def test_population_registered_and_resident_shares_of_ten_districts(
    england_places: Places,
) -> None:
    core = read_formula().profiles["health-core-1"]
    assert isinstance(core, PublishedProfile)
    registered = replace(core, table="registered")
    resident = replace(core, population_basis="resident")

    assert (
        share_of_ten(england_places, tuple(england_places.blocks.population.tolist())) == "0.051111"
    )
    for profile, share in ((registered, "0.051818"), (resident, "0.053302")):
        found = need(profile, england_places, year=Y2026, opening=Y2026)
        assert share_of_ten(england_places, found.micro_persons) == share


def test_the_claimant_component_of_ten_districts(england_places: Places) -> None:
    employment = read_formula().profiles["employment-1"]
    assert isinstance(employment, CountedProfile)
    claimants = count(employment, employment.components[0], england_places)

    assert share_of_ten(england_places, claimants.people) == "0.062872"


def test_what_is_filled_in_is_what_the_publishers_left_out(england_places: Places) -> None:
    profiles = read_formula().profiles
    filled = {
        name: len(need(profiles[name], england_places, year=Y2026, opening=Y2026).filled)
        for name in ("employment-1", "skills-1", "offender-1")
    }

    assert filled == {"employment-1": 2, "skills-1": 2, "offender-1": 2 * 6}
