"""Need that others computed: the weighted populations a package carries.

In:        a published profile, a package, the year in which the settlement opens.
Out:       ``Need`` of the last year published by then, on the registered or the
           resident basis.
Not here:  adding practices up by district, which the package's maker did.
"""

from collections.abc import Sequence
from fractions import Fraction

from folkmoot.funding.errors import NeedDataError, NeedError
from folkmoot.funding.profiles import PublishedProfile
from folkmoot.funding.weighing import rounded
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
    tables = [table]
    if profile.eta:
        tables.append(_of_year(profile.inequalities_table, places, table.year))
        people = with_inequalities(people, tables[1].micro_persons, eta=profile.eta)
    if profile.population_basis == "resident":
        registered = _of_year(profile.population_table, places, table.year)
        people = _at_home(profile.table, people, registered, places)
    if not any(people):
        raise NeedError(profile.table, "every block", "zero")
    steps = _before_inequalities(profile, table, places)
    age = max(0, opening.start - table.year.start)
    vintages = tuple(
        Vintage(component=one.profile, period=str(one.year), age_years=age) for one in tables
    )
    return Need(
        profile=profile.head.name,
        basis=profile.population_basis,
        micro_persons=people,
        vintages=vintages,
        steps=steps,
        last_step="inequalities" if steps else "need",
    )


def _before_inequalities(
    profile: PublishedProfile, table: NeedTable, places: Places
) -> tuple[NeedStep, ...]:
    """Need without the part that goes by inequalities, by the publisher or by ``eta``.

    Both tables sum to the registered patients, so need = (all - w x inequalities) / (1 - w).
    """
    held = profile.inequalities_held
    known = {one.year: one for one in places.need if one.profile == profile.inequalities_table}
    if profile.population_basis != "registered" or table.year not in known:
        return ()
    people = table.micro_persons
    if 0 < held < 1:
        unequal = known[table.year].micro_persons
        people = tuple(
            max(0, round((all_need - held * more) / (1 - held)))
            for all_need, more in zip(people, unequal, strict=True)
        )
    elif not profile.eta:
        return ()
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


def _of_year(name: str, places: Places, year: FinancialYear) -> NeedTable:
    table = _table(name, places, year)
    if table.year != year:
        raise NeedDataError(name, str(year), [str(table.year)])
    return table


def with_inequalities(
    need: Sequence[int], inequalities: Sequence[int], *, eta: Fraction
) -> tuple[int, ...]:
    """Give a part of all need to blocks by their need for less unequal health.

    Parameters
    ----------
    need, inequalities : sequence of int
        Two weighted populations by block. Unit: micro-persons.
    eta : Fraction
        The part that goes by the second.

    Notes
    -----
    ``w = (1 - eta) need + eta inequalities x sum(need) / sum(inequalities)``, rounded.
    Source: the general form of the specification of NHS allocations, which uses 0.15 for
    primary medical care; decision record 0015.

    Examples
    --------
    >>> with_inequalities((600, 400), (1, 3), eta=Fraction(1, 2))
    (425, 575)
    """
    all_need, all_inequalities = sum(need), sum(inequalities)
    if not all_inequalities:
        raise NeedError("inequalities", "every block", "zero")
    above, below = eta.as_integer_ratio()
    by_need, by_inequalities = (below - above) * all_inequalities, above * all_need
    whole = below * all_inequalities
    return tuple(
        [
            rounded(by_need * one + by_inequalities * unequal, whole)
            for one, unequal in zip(need, inequalities, strict=True)
        ]
    )


def _at_home(
    name: str, weighted: Sequence[int], registered: NeedTable, places: Places
) -> tuple[int, ...]:
    """Need a registered patient, times residents, scaled to sum to the residents."""
    raw = []
    for block, need, patients, residents in zip(
        places.blocks.codes,
        weighted,
        registered.micro_persons,
        places.blocks.population.tolist(),
        strict=True,
    ):
        if need and not patients:
            raise NeedError(name, block, "weighted for no registered patient")
        raw.append(Fraction(need * residents, patients) if patients else Fraction(0))
    whole = sum(raw)
    if not whole:
        raise NeedError(name, "every block", "zero")
    scale = places.population * MICRO / whole
    return tuple(round(one * scale) for one in raw)
