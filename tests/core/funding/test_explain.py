"""Every pound is explained, with nothing left over."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from tests.core.funding.funded_country import COUNTED, SOURCE

from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.errors import CellError
from folkmoot.funding.explain import Cause, Figures, explain, figures
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.places import Places


def cause(name: str) -> Cause:
    return Cause(name=name, parameter="", value="", first_day="", source="", sha256="")


def test_the_worked_example_with_equal_populations() -> None:
    names = ("population", "need", "floors and ceilings")
    asked = Figures(
        stream="health",
        year="2026-27",
        codes=("A", "B", "C", "D"),
        quantum=1010,
        population=(5, 5, 5, 5),
        steps={"need": (3, 3, 3, 1)},
        baseline=(350, 290, 285, 75),
        entitlements=(0, 0, 0, 0),
        rule=BoundsRule(floor=Fraction(-2, 100), ceiling=Fraction(1, 10)),
        causes={name: cause(name) for name in names},
        quantum_cause=cause("quantum"),
        labels=(),
    )

    assert asked.closing() == (343, 293, 292, 82)
    assert [term.pence for term in asked.waterfall("D").terms] == [252, -151, -19]
    assert [term.pence for term in asked.waterfall("A").terms] == [253, 50, 40]


@pytest.fixture
def settlement(
    country: Places, rows_plan: AreaPlan, formula_of: Callable[..., Formula]
) -> Settlement:
    formula = formula_of(
        f"""
        [entitlement.visit]
        stream = "health"
        rule = "per_head"
        pence = 1130000
        first_day = 2026-04-01
        source = {SOURCE}
        """
    )
    return settle(rows_plan, country, formula)


def test_terms_sum_to_every_allocation_and_each_later_step_to_nothing(
    settlement: Settlement,
) -> None:
    for one in settlement.stream_years:
        falls = [
            explain(settlement, area, one.stream.code, str(one.year)) for area in settlement.areas
        ]

        assert tuple(fall.pence for fall in falls) == one.allocations.closing
        for number, terms in enumerate(zip(*(fall.terms for fall in falls), strict=True)):
            total = sum(term.pence for term in terms)
            assert total == (0 if number else one.quantum.pence)


def test_shapley_closes_for_every_area_and_cancels_over_all(settlement: Settlement) -> None:
    for one in settlement.stream_years:
        falls = [
            explain(settlement, area, one.stream.code, str(one.year), method="shapley")
            for area in settlement.areas
        ]

        assert tuple(fall.pence for fall in falls) == one.allocations.closing
        for terms in list(zip(*(fall.terms for fall in falls), strict=True))[1:]:
            assert sum(term.pence for term in terms) == 0


def test_a_counted_need_is_explained_by_age_then_by_need(
    country: Places, rows_plan: AreaPlan, formula_of: Callable[..., Formula]
) -> None:
    found = settle(rows_plan, country, formula_of(COUNTED))
    terms = explain(found, "N", "skills", "2026-27").terms

    assert [term.cause.name for term in terms] == [
        "population",
        "age",
        "additional need",
        "floors and ceilings",
    ]
    assert terms[1].pence == 0  # every block has as many of each age


def test_primary_care_is_explained_by_need_then_by_inequalities(
    england_places: Places, formula_of: Callable[..., Formula]
) -> None:
    """The published whole is 0.85 of need and 0.15 of inequalities, so both parts are known."""
    held = england_places.geographies["icb"].dominant(len(england_places.blocks))
    plan = AreaPlan.labelled(england_places.blocks.codes, held)
    formula = formula_of('[stream.health]\nneed_profile = "health-primary-1"\n', years=1)
    found = settle(plan, england_places, formula)
    terms = explain(found, "A01", "health", "2026-27").terms

    assert [term.cause.name for term in terms] == [
        "population",
        "need",
        "inequalities",
        "floors and ceilings",
    ]
    assert all(term.pence for term in terms)


def test_causes_that_are_absent_have_no_term(settlement: Settlement) -> None:
    by_need = explain(settlement, "N", "health", "2026-27")
    by_population = explain(settlement, "N", "skills", "2026-27")

    assert [term.cause.name for term in by_need.terms] == [
        "population",
        "need",
        "entitlements",
        "floors and ceilings",
    ]
    assert [term.cause.name for term in by_population.terms] == [
        "population",
        "floors and ceilings",
    ]


def test_every_term_names_its_parameter_source_and_digest(settlement: Settlement) -> None:
    for term in explain(settlement, "N", "health", "2026-27").terms:
        assert term.cause.parameter
        assert term.cause.value
        assert term.cause.source
        assert len(term.cause.sha256) == 64


def test_an_unknown_area_is_refused(country: Places, rows_plan: AreaPlan) -> None:
    found = settle(rows_plan, country, read_formula())

    with pytest.raises(CellError, match="no area 'X'"):
        explain(found, "X", "health", "2026-27")
    with pytest.raises(CellError, match="no area 'X'"):
        figures(found, found.stream_years[0]).waterfall("X")
