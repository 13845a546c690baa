"""Need profiles: what counts as need in a stream, as the Funding Commission declares it.

In:        nothing; ``formula_file`` makes profiles from parameter files.
Out:       ``PublishedProfile``, a need that others computed, and ``CountedProfile``, a
           weighted count of people; both checked when made.
Not here:  computing need from a package (``published_need``, ``counted_need``).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, get_args

from folkmoot.funding.errors import ProfileError
from folkmoot.vocabulary.source import Source

PopulationBasis = Literal["registered", "resident"]
POPULATION_BASES: tuple[PopulationBasis, ...] = get_args(PopulationBasis)

Measure = Literal["percent", "percent_without", "rate", "per_resident", "numerator", "residents"]
"""How an indicator becomes people: per cent of them, per cent of the others, a rate from 0
to 1, a number for each resident, its numerator, or no indicator: the residents themselves."""
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileHead:
    """What every profile says of itself."""

    name: str
    title: str
    first_day: date
    step: str
    """What need is called in an explanation of a grant."""
    caveats: tuple[str, ...]
    """Sentences that every page built on the profile carries."""
    source: Source
    is_shipped: bool
    """Shipped with folkmoot, so that a package without its indicators is no mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedProfile:
    """Weighted populations that the package carries, as published."""

    head: ProfileHead
    table: str
    population_basis: PopulationBasis
    population_table: str
    """Registered population, by which the resident basis divides."""
    inequalities_table: str = ""
    """Need by which health is less unequal; empty for none."""
    inequalities_held: Fraction = Fraction(0)
    """Part of the published need that goes by it already, to explain it by."""
    eta: Fraction = Fraction(0)
    """Its weight beside the published need, from 0 to 1; the published need has the rest."""
    eta_range: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    """From least to most plausible weight."""

    def __post_init__(self) -> None:
        if self.eta and not self.inequalities_table:
            raise ProfileError(
                self.head.name,
                "gives 'eta' to inequalities, and names no need to weigh by it",
                "Write 'inequalities_table', such as \"health-inequalities-1\", or eta = 0.",
            )
        least, most = self.eta_range
        if not 0 <= least <= self.eta <= most <= 1:
            raise ProfileError(
                self.head.name,
                "has an 'eta' outside its own range",
                "Write 'eta_range' as the least and most plausible weight, from 0 to 1.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One count of people and its weight in a profile."""

    name: str
    title: str
    measure: Measure
    indicator: str
    """Empty when residents themselves are counted."""
    period: str
    ages: tuple[int, int] | None
    """First and last year of age of those who are counted; None for all."""
    theta: Fraction
    theta_range: tuple[Fraction, Fraction]
    """From least to most plausible weight."""
    reason: str
    unit_note: str

    @property
    def people(self) -> str:
        """Whom the component is a part of, in words."""
        if self.ages is None:
            return "residents"
        return f"residents aged {self.ages[0]} to {self.ages[1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An indicator that a profile does not use, and why."""

    indicator: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedProfile:
    """Counts of people, weighted: they add up over any areas and are never negative."""

    head: ProfileHead
    components: tuple[Component, ...]
    region_column: str
    """Column of the blocks whose groups lend each other missing values."""
    coverage_limit: Fraction
    left_out: tuple[LeftOut, ...]

    def __post_init__(self) -> None:
        total = sum(component.theta for component in self.components)
        if total != 1:
            raise ProfileError(
                self.head.name,
                f"has weights that sum to {float(total):g}, not 1",
                "Change 'theta' of its components until they sum to 1 exactly.",
            )
        for component in self.components:
            least, most = component.theta_range
            if not 0 <= least <= component.theta <= most <= 1:
                raise ProfileError(
                    self.head.name,
                    f"gives '{component.name}' a weight outside its own range",
                    "Write 'range' as the least and most plausible weight, from 0 to 1.",
                )


Profile = PublishedProfile | CountedProfile
