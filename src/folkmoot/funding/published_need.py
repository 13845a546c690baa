"""Need that others computed: the weighted populations a package carries.

In:        a published profile, a package, the year in which the settlement opens.
Out:       ``Need`` of the last year published by then, on the registered or the
           resident basis.
Not here:  adding practices up by district, which the package's maker did.
"""

from fractions import Fraction

from folkmoot.funding.errors import NeedDataError, NeedError
from folkmoot.funding.profiles import PublishedProfile
from folkmoot.funding.weighted_population import MICRO, Need, NeedStep, Vintage
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import NeedTable, Places


def published_need(
    profile: PublishedProfile, places: Places, *, year: FinancialYear, opening: FinancialYear
) -> Need:
    """Read a package's weighted populations for a year.

    Parameters
    ----------
    year : FinancialYear
        The year that needs them; the last data year that is not later is used.
    opening : FinancialYear
        First year of the settlement, from which the age of the data is counted.

    Raises
    ------
    NeedDataError
        If the package has no such need for the year or an earlier one.
    NeedError
        If nobody has need, or patients are weighted where none are registered.
    """
    table = _table(profile.table, places, year)
    people = table.micro_persons
    if profile.population_basis == "resident":
        people = _at_home(table, _registered(profile, places, table.year), places)
    if not any(people):
        raise NeedError(profile.table, "every block", "zero")
    steps = _without_inequalities(profile, table, places)
    age = max(0, opening.start - table.year.start)
    vintage = Vintage(component=profile.table, period=str(table.year), age_years=age)
    return Need(
        profile=profile.head.name,
        basis=profile.population_basis,
        micro_persons=people,
        vintages=(vintage,),
        steps=steps,
        last_step="inequalities" if steps else "need",
    )


def _without_inequalities(
    profile: PublishedProfile, table: NeedTable, places: Places
) -> tuple[NeedStep, ...]:
    """The published need without the part that its weight for inequalities makes.

    Both tables sum to the registered patients, so need = (all - w x inequalities) / (1 - w).
    """
    weight = profile.inequality_weight
    known = {one.year: one for one in places.need if one.profile == profile.inequality_table}
    if not 0 < weight < 1 or table.year not in known or profile.population_basis != "registered":
        return ()
    unequal = known[table.year].micro_persons
    people = tuple(
        max(0, round((all_need - weight * more) / (1 - weight)))
        for all_need, more in zip(table.micro_persons, unequal, strict=True)
    )
    return (NeedStep(name="need", value=profile.head.step, micro_persons=people),)


def previous_year(
    profile: PublishedProfile, places: Places, year: FinancialYear
) -> FinancialYear | None:
    """The data year before the one that ``year`` uses, where there is one."""
    known = sorted(table.year for table in places.need if table.profile == profile.table)
    used = [found for found in known if found <= year]
    return used[-2] if len(used) > 1 else None


def _table(name: str, places: Places, year: FinancialYear) -> NeedTable:
    tables = {table.year: table for table in places.need if table.profile == name}
    known = [found for found in sorted(tables) if found <= year]
    if not known:
        raise NeedDataError(name, str(year), [str(found) for found in sorted(tables)])
    return tables[known[-1]]


def _registered(profile: PublishedProfile, places: Places, year: FinancialYear) -> NeedTable:
    table = _table(profile.population_table, places, year)
    if table.year != year:
        raise NeedDataError(profile.population_table, str(year), [str(table.year)])
    return table


def _at_home(weighted: NeedTable, registered: NeedTable, places: Places) -> tuple[int, ...]:
    """Need a registered patient, times residents, scaled to sum to the residents."""
    raw = []
    for block, need, patients, residents in zip(
        places.blocks.codes,
        weighted.micro_persons,
        registered.micro_persons,
        places.blocks.population.tolist(),
        strict=True,
    ):
        if need and not patients:
            raise NeedError(weighted.profile, block, "weighted for no registered patient")
        raw.append(Fraction(need * residents, patients) if patients else Fraction(0))
    whole = sum(raw)
    if not whole:
        raise NeedError(weighted.profile, "every block", "zero")
    scale = places.population * MICRO / whole
    return tuple(round(one * scale) for one in raw)
