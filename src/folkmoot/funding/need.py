"""The need of a stream, by its profile.

In:        a profile, a package, the year that needs it and the settlement's first year.
Out:       ``Need`` by block.
Rule:      a package without a profile's data shares by resident population, and every
           table and page says so; a profile that a user declares must find its data.
"""

from collections.abc import Iterable
from contextlib import suppress

from folkmoot.funding.counted_need import NO_COUNTS, count, counted_need
from folkmoot.funding.errors import FundingError, UnmeasuredError
from folkmoot.funding.profiles import CountedProfile, Profile, PublishedProfile
from folkmoot.funding.published_need import previous_year, published_need
from folkmoot.funding.weighing import Counts, count_key
from folkmoot.funding.weighted_population import Need, by_population
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places


def need(
    profile: Profile,
    places: Places,
    *,
    year: FinancialYear,
    opening: FinancialYear,
    counts: Counts = NO_COUNTS,
) -> Need:
    """Work out the need of every block of a package.

    Parameters
    ----------
    profile : Profile
        What counts as need.
    year : FinancialYear
        The year that the need is for; the last data not later than it are used.
    opening : FinancialYear
        First year of the settlement, from which the age of data is counted.
    counts : mapping, optional
        What was counted in the same package before (``counts_of``).

    Returns
    -------
    Need
        ``by_population`` where the package has no data of the profile's kind, or where
        it does not measure what a *shipped* profile counts; ``reason`` says which.

    Raises
    ------
    FundingError
        If there are data and they cannot be used, each with its own class.
    """
    lacking = _lacking(profile, places)
    if lacking:
        return by_population(places, profile=profile.head.name, reason=lacking)
    if isinstance(profile, PublishedProfile):
        return published_need(profile, places, year=year, opening=opening)
    try:
        return counted_need(profile, places, opening=opening, counts=counts)
    except UnmeasuredError as unmeasured:
        if not profile.head.is_shipped:
            raise
        return by_population(places, profile=profile.head.name, reason=str(unmeasured))


def counts_of(profiles: Iterable[Profile], places: Places) -> Counts:
    """Count once what some profiles count, whatever it weighs in them.

    A component that cannot be counted is left out: ``need`` then says what is wrong.
    """
    found = {}
    for profile in profiles:
        if isinstance(profile, CountedProfile) and not _lacking(profile, places):
            for component in profile.components:
                with suppress(FundingError):
                    found[count_key(profile, component)] = count(profile, component, places)
    return found


def year_before(profile: Profile, places: Places, year: FinancialYear) -> FinancialYear | None:
    """The data year before the one that ``year`` uses, where there is one."""
    if isinstance(profile, CountedProfile):
        return None
    return previous_year(profile, places, year)


def _lacking(profile: Profile, places: Places) -> str:
    """What the package has none of, when that is all that the profile is made of."""
    if isinstance(profile, PublishedProfile):
        if any(table.profile == profile.table for table in places.need):
            return ""
        return f"The package has no '{profile.table}' need."
    counts_indicators = any(component.indicator for component in profile.components)
    if counts_indicators and places.indicators is None:
        return "The package has no indicators."
    counts_ages = any(component.ages for component in profile.components)
    if counts_ages and places.populations_single_year is None:
        return "The package has no residents by year of age."
    return ""
