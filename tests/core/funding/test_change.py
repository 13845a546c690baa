"""From one year or settlement to another, every penny of change has a cause."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.core.funding.funded_country import COUNTED, SOURCE

from folkmoot.funding.attribution import METHODS, Method
from folkmoot.funding.boundary import Crosswalk
from folkmoot.funding.change import Change
from folkmoot.funding.errors import CellError
from folkmoot.funding.explain import Figures, figures
from folkmoot.funding.formula import Formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.places import Places

GROWTH = f"""
{COUNTED}
[bounds]
floor = ["-0.02", "-0.01", "-0.03"]
source = {SOURCE}

[stream.health]
need_data = "yearly"

[[stream.health.line]]
kind = "growth"
name = "Growth"
year = "2027-28"
ratio = "0.03"
source = {SOURCE}

[entitlement.visit]
stream = "health"
rule = "per_head"
pence = 11300000
first_day = 2028-04-01
source = {SOURCE}
"""


@pytest.fixture
def settlement(
    country: Places, rows_plan: AreaPlan, formula_of: Callable[..., Formula]
) -> Settlement:
    return settle(rows_plan, country, formula_of(GROWTH, years=3))


def figures_of(settlement: Settlement, stream: str, year: str) -> Figures:
    return figures(settlement, settlement.find(stream, year))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("stream", ["health", "skills"])
def test_terms_run_from_last_year_s_grant_to_this_year_s(
    settlement: Settlement, stream: str, method: Method
) -> None:
    for before, year in (("2026-27", "2027-28"), ("2027-28", "2028-29"), ("2026-27", "2028-29")):
        then, now = (figures_of(settlement, stream, one) for one in (before, year))
        change = Change.of(then, now, walk=None, since=before)
        falls = [change.waterfall(area, method=method) for area in settlement.areas]

        for area, fall in zip(settlement.areas, falls, strict=True):
            assert fall.start == settlement.pence(area, stream, before)
            assert fall.pence == settlement.pence(area, stream, year)
        for terms in zip(*(fall.terms for fall in falls), strict=True):
            moved = now.quantum - then.quantum if terms[0].cause.name == "quantum" else 0
            assert sum(term.pence for term in terms) == moved


def test_only_what_differs_is_a_cause(settlement: Settlement) -> None:
    def named(stream: str, before: str, year: str) -> list[str]:
        then, now = (figures_of(settlement, stream, one) for one in (before, year))
        return [one.name for one in Change.of(then, now, walk=None, since=before).causes()]

    assert named("health", "2026-27", "2027-28") == ["quantum", "parameter", "pace"]
    assert named("skills", "2026-27", "2027-28") == ["parameter", "pace"]
    assert named("skills", "2026-27", "2026-27") == []


def test_other_data_are_a_cause(settlement: Settlement) -> None:
    then = figures_of(settlement, "health", "2026-27")
    now = replace(then, steps={name: people[::-1] for name, people in then.steps.items()})
    fall = Change.of(then, now, walk=None, since="the old data").waterfall("N")

    assert [term.cause.name for term in fall.terms] == ["data vintage"]
    assert fall.pence == now.closing()[now.codes.index("N")]


def test_pace_says_whether_time_has_passed_or_the_baseline_is_another(
    settlement: Settlement,
) -> None:
    then = figures_of(settlement, "health", "2026-27")
    later = figures_of(settlement, "health", "2028-29")
    other = replace(then, baseline=then.baseline[::-1])
    said = [
        {cause.name: cause.value for cause in Change.of(then, now, walk=None, since="").causes()}
        for now in (later, other)
    ]

    assert said[0]["pace"] == "moves from 2026-27 to 2028-29"
    assert said[1] == {"pace": "another baseline"}


@pytest.mark.parametrize("method", METHODS)
def test_changed_areas_start_from_what_their_residents_had(
    settlement: Settlement, country: Places, rows_plan: AreaPlan, method: Method
) -> None:
    columns = AreaPlan.of(
        {
            BlockCode(block): AreaCode(area)
            for block, area in zip("abcdefghi", "EEWEEWEEW", strict=True)
        }
    )
    after = settle(columns, country, settlement.formula)
    people = dict(zip(country.blocks.codes, country.blocks.population.tolist(), strict=True))
    walk = Crosswalk.of(placed(rows_plan), placed(columns), people)
    for stream in ("health", "skills"):
        then = figures_of(settlement, stream, "2026-27")
        now = figures_of(after, stream, "2026-27")
        change = Change.of(then, now, walk=walk, since="three rows")
        falls = [change.waterfall(area, method=method) for area in after.areas]

        assert sum(fall.start for fall in falls) == then.quantum
        for area, fall in zip(after.areas, falls, strict=True):
            assert fall.terms[0].cause.name == "boundary"
            assert fall.pence == after.pence(area, stream, "2026-27")


def placed(plan: AreaPlan) -> dict[str, str]:
    return {
        block: plan.areas[area]
        for block, area in zip(plan.blocks, plan.area_of.tolist(), strict=True)
    }


def test_an_area_that_is_not_there_now_is_refused(settlement: Settlement) -> None:
    then = figures_of(settlement, "health", "2026-27")
    with pytest.raises(CellError, match="no area 'X'"):
        Change.of(then, then, walk=None, since="itself").waterfall("X")
