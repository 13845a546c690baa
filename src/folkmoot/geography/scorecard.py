"""The scores of one area plan, as values: F and its parts, by criterion and by area.

Not here:  how each is computed (``geography.scores``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from folkmoot.geography.agreement import Agreement
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.criteria import GeographyCriterion


@dataclass(frozen=True, slots=True, kw_only=True)
class GeographyScore:
    """How well a plan fits one existing geography."""

    criterion: GeographyCriterion
    agreement: Agreement
    cost: float
    """The geography's part of F: weight × VI / (H(R) + ln k)."""
    areas_within_share: float
    """Part of all people whose area of the plan lies wholly in one area of the geography."""

    def figures(self) -> Iterator[tuple[str, float]]:
        """Every figure with the name of its measure."""
        yield "cost", self.cost
        yield "variation_of_information", self.agreement.variation_of_information
        yield "homogeneity", self.agreement.homogeneity
        yield "completeness", self.agreement.completeness
        yield "v_measure", self.agreement.v_measure
        yield "nested_share", self.agreement.nested_share
        yield "areas_within_share", self.areas_within_share
        yield "misplaced_people", self.agreement.misplaced_people


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedScore:
    """How unlike in one need the people of one area are."""

    name: str
    weight: float
    dissimilarity: float
    """Part of the need's variance that is left within areas, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaScore:
    """What one area adds to F, and how it works as a place."""

    area: AreaCode
    population: int
    is_within_bounds: bool
    costs: tuple[float, ...]
    """Part of F by term, in the order of ``Scores.terms``."""
    self_containment_supply: float | None
    """Part of the working residents who work in the area; None without flows."""
    self_containment_demand: float | None
    """Part of the workers who live in the area; None without flows."""
    polsby_popper: float | None
    """None without boundaries."""

    @property
    def cost(self) -> float:
        """The area's part of F."""
        return sum(self.costs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One plan judged by one set of criteria."""

    objective: float
    """F, which a design makes as small as it can."""
    terms: tuple[str, ...]
    """What F is the sum of: the geographies, inertia, need and flow."""
    costs: tuple[float, ...]
    """The parts of F, one a term."""
    geographies: tuple[GeographyScore, ...]
    inertia: float
    need: float
    needs: tuple[NeedScore, ...]
    self_containment: float | None
    """Part of all working residents who work in their own area; None without flows."""
    cut_border_km: float
    areas: tuple[AreaScore, ...]

    @property
    def coterminosity(self) -> float:
        """The cost of crossing existing geographies; lower is better."""
        return sum(score.cost for score in self.geographies)

    @property
    def people_out_of_bounds(self) -> int:
        """Residents of areas with fewer or more people than the criteria allow."""
        return sum(area.population for area in self.areas if not area.is_within_bounds)

    @property
    def polsby_popper(self) -> float | None:
        """Mean over areas; None without boundaries."""
        found = [area.polsby_popper for area in self.areas if area.polsby_popper is not None]
        return sum(found) / len(found) if found else None

    def rows(self) -> tuple[tuple[str, str, float], ...]:
        """Every figure as (measure, geography or need, value); what is unknown is left out."""
        found = [(measure, "", value) for measure, value in self._whole() if value is not None]
        found += [("need_dissimilarity", need.name, need.dissimilarity) for need in self.needs]
        for geography in self.geographies:
            name = geography.criterion.name
            found += [(measure, name, value) for measure, value in geography.figures()]
        return tuple(found)

    def _whole(self) -> Iterator[tuple[str, float | None]]:
        people = [area.population for area in self.areas]
        yield "objective", self.objective
        yield "coterminosity", self.coterminosity
        yield "inertia", self.inertia
        yield "need_dissimilarity", self.need
        yield "self_containment", self.self_containment
        yield "polsby_popper", self.polsby_popper
        yield "cut_border_km", self.cut_border_km
        yield "areas", float(len(people))
        yield "population_min", float(min(people))
        yield "population_max", float(max(people))
        yield "people_out_of_bounds", float(self.people_out_of_bounds)
