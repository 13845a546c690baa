"""Need counted in people: denominator times rate for each component, then weighted.

In:        a counted profile, a package with indicators and residents by year of age.
Out:       ``Need`` with the age of every component's data and each value filled in.
Rule:      a block's share is the sum over components of weight x its part of all the
           people counted. Decimals are taken as they are written, so shares are exact.
Not here:  which indicators and weights: parameters/profiles/; weighing (``weighing``).
Source:    decision record 0005.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isnan

from folkmoot.funding.errors import (
    CoverageError,
    CoverageGap,
    ProfileError,
    UnmeasuredError,
)
from folkmoot.funding.profiles import Component, CountedProfile, Measure
from folkmoot.funding.weighing import Counted, Counts, count_key, counted_in_parts, weigh
from folkmoot.funding.weighted_population import Filled, Need, NeedStep, Vintage
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

NO_COUNTS: Counts = {}
HIGHEST: Mapping[Measure, int] = {"percent": 100, "percent_without": 100, "rate": 1}
"""Greatest value that each measure can take; the others have none."""


def counted_need(
    profile: CountedProfile,
    places: Places,
    *,
    opening: FinancialYear,
    counts: Counts = NO_COUNTS,
) -> Need:
    """Count a profile's people in every block and weigh the counts.

    Parameters
    ----------
    opening : FinancialYear
        First year of the settlement, from which the age of the data is counted.
    counts : mapping, optional
        What was counted in the same package before; anything else is counted anew.

    Raises
    ------
    UnmeasuredError, CoverageError
        If the package lacks an indicator, its period, or ages; or has values for too few.
    ProfileError, NeedError
        If a rate is out of range, or a component counts nobody.
    """
    found = [
        counts.get(count_key(profile, component)) or count(profile, component, places)
        for component in profile.components
    ]
    thetas = [component.theta for component in profile.components]
    return Need(
        profile=profile.head.name,
        basis="counted",
        micro_persons=weigh(found, thetas, persons=places.population),
        steps=(
            NeedStep(
                name="age",
                value="as many in need everywhere of the ages counted",
                micro_persons=weigh(
                    [one.of_everyone() for one in found], thetas, persons=places.population
                ),
            ),
        ),
        last_step="additional need",
        vintages=tuple(
            vintage for component in profile.components for vintage in _vintages(component, opening)
        ),
        filled=tuple(
            Filled(component=counted.component.name, block=block)
            for counted in found
            for block in counted.filled
        ),
    )


def count(profile: CountedProfile, component: Component, places: Places) -> Counted:
    """Count the people of one component in every block.

    A block with no value takes the rate of the blocks of its region that have one,
    weighted by those whom the rate is about.
    """
    return _Counting(profile=profile, component=component, places=places).counted()


def _vintages(component: Component, opening: FinancialYear) -> tuple[Vintage, ...]:
    year = re.match(r"\d{4}", component.period)
    if year is None:
        return ()
    age = max(0, opening.start - int(year[0]))
    return (Vintage(component=component.name, period=component.period, age_years=age),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counting:
    profile: CountedProfile
    component: Component
    places: Places

    def counted(self) -> Counted:
        residents = self.residents()
        if self.component.measure == "residents":
            return counted_in_parts(self.component, list(map(Fraction, residents)), residents, ())
        known = self.known(residents)
        missing = [block for block in range(len(residents)) if block not in known]
        self.check_coverage(residents, missing)
        regions = self.places.blocks.column(self.profile.region_column)
        rates = {
            region: _mean_rate(known, residents, regions, region)
            for region in {regions[block] for block in missing}
        }
        people = [
            known[block] if block in known else residents[block] * rates[regions[block]]
            for block in range(len(residents))
        ]
        filled = tuple(self.places.blocks.codes[block] for block in missing)
        return counted_in_parts(self.component, people, residents, filled)

    def residents(self) -> tuple[int, ...]:
        """Residents of the component's ages by block."""
        if self.component.ages is None:
            return tuple(self.places.blocks.population.tolist())
        ages = self.places.populations_single_year
        columns = {_age(name): at for at, name in enumerate(ages.columns if ages else ())}
        wanted = range(self.component.ages[0], self.component.ages[1] + 1)
        if ages is None or not set(wanted) <= set(columns):
            raise UnmeasuredError(
                self.profile.head.name,
                f"counts {self.component.people}, and the package does not hold them by "
                "year of age",
                "Add the resource 'populations-single-year', or choose another profile.",
            )
        chosen = ages.counts[:, [columns[age] for age in wanted]]
        return tuple(chosen.sum(axis=1).tolist())

    def known(self, residents: tuple[int, ...]) -> dict[int, Fraction]:
        """People of the component in each block that has a value."""
        name, period = self.component.indicator, self.component.period
        indicators = self.places.indicators
        rows = indicators.values(name, period) if indicators else {}
        found = {}
        for block, code in enumerate(self.places.blocks.codes):
            if indicators is None or code not in rows:
                continue
            if self.component.measure == "numerator":
                number = float(indicators.numerator[rows[code]])
                if not isnan(number):
                    found[block] = self.checked(number, code)
            else:
                value = self.checked(float(indicators.value[rows[code]]), code)
                found[block] = residents[block] * self.rate(value)
        if not found:
            raise UnmeasuredError(
                self.profile.head.name,
                f"uses '{name}' of {period}, which the package does not hold for any block",
                "Name an indicator and a period that it holds, or choose another profile.",
            )
        return found

    def checked(self, value: float, block: str) -> Fraction:
        """The decimal that the package printed, when it can be a count or a rate."""
        highest = HIGHEST.get(self.component.measure)
        if value < 0 or (highest is not None and value > highest):
            limit = f"from 0 to {highest}" if highest is not None else "0 or more"
            raise ProfileError(
                self.profile.head.name,
                f"uses '{self.component.indicator}' as '{self.component.measure}', which is "
                f"{value:g} in {block} and should be {limit}",
                "Correct the figure in the package, or the 'measure' in the profile.",
            )
        # The shortest text of a float is the decimal that was read, so this is exact.
        return Fraction(repr(value))

    def rate(self, value: Fraction) -> Fraction:
        """People counted for each resident."""
        if self.component.measure == "percent":
            return value / 100
        return 1 - value / 100 if self.component.measure == "percent_without" else value

    def check_coverage(self, residents: tuple[int, ...], missing: list[int]) -> None:
        """Refuse an indicator that leaves too many people out."""
        left_out = sum(residents[block] for block in missing)
        limit = self.profile.coverage_limit
        if left_out <= limit * sum(residents):
            return
        gap = CoverageGap(
            indicator=self.component.indicator,
            people=self.component.people,
            missing=len(missing),
            blocks=len(residents),
            share=Fraction(left_out, sum(residents)),
            limit=limit,
        )
        raise CoverageError(self.profile.head.name, gap)


def _age(column: str) -> int | None:
    """The year of age that a column counts: 16 of 'age_16', 90 of 'age_90_plus'."""
    numbers = re.findall(r"\d+", column)
    return int(numbers[0]) if len(numbers) == 1 else None


def _mean_rate(
    known: Mapping[int, Fraction],
    residents: tuple[int, ...],
    regions: tuple[str, ...],
    region: str,
) -> Fraction:
    """People counted a resident in a region, or in the whole package where it has none."""
    donors = [block for block in known if regions[block] == region]
    if not sum(residents[block] for block in donors):
        donors = list(known)
    return sum(known[block] for block in donors) / Fraction(
        sum(residents[block] for block in donors)
    )
