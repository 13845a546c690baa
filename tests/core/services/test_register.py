"""The register of a plan: one accountable body everywhere, before and after, in any country."""

import time
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_country import Country, countries
from tests.small_country import write, write_criteria

from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.services.errors import NotRegisteredError
from folkmoot.services.register import Register, check_register, register
from folkmoot.services.tables import (
    COMMISSIONER_COLUMNS,
    FUNCTION_CATALOGUE_COLUMNS,
    PERIODS,
    commissioner_rows,
    function_catalogue_rows,
    function_rows,
    joint_arrangement_rows,
    split_block_rows,
)
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

HOSPITAL = FunctionCode("hospital")
POLICE = FunctionCode("police-governance")


@pytest.fixture(scope="module")
def plan(england_places: Places) -> AreaPlan:
    """38 areas: the resilience forums, which no rule of the register reads."""
    forums = england_places.geographies["local_resilience_forum"]
    return AreaPlan.labelled(
        england_places.blocks.codes, forums.dominant(len(england_places.blocks))
    )


@pytest.fixture(scope="module")
def drawn(plan: AreaPlan, england_places: Places, england_criteria: Criteria) -> Register:
    return register(plan, england_places, england_criteria)


def test_the_shipped_register_has_no_gap_or_overlap_for_38_areas(
    drawn: Register, plan: AreaPlan
) -> None:
    assert len(plan.areas) == 38
    assert drawn.faults() == ()
    check_register(drawn)


def test_today_the_boards_of_the_package_hold_hospital_services(
    drawn: Register, england_places: Places
) -> None:
    boards = england_places.geographies["icb"]
    largest = boards.dominant(len(england_places.blocks))
    held = drawn.holdings("before")[HOSPITAL]

    assert held == tuple(f"icb-{boards.codes[area]}" for area in largest)
    assert drawn.commissioners[held[0]].name == boards.names[largest[0]]


def test_after_each_area_has_one_body_for_what_is_devolved(drawn: Register, plan: AreaPlan) -> None:
    held = drawn.holdings("after")[HOSPITAL]
    assert held == tuple(f"body-{plan.areas[area]}" for area in plan.area_of)


def test_where_there_is_no_strategic_authority_the_department_holds_adult_skills(
    drawn: Register, england_places: Places
) -> None:
    skills = dict(
        zip(drawn.blocks, drawn.holdings("before")[FunctionCode("adult-skills")], strict=True)
    )
    authorities = england_places.geographies["combined_authority"]
    outside = authorities.dominant(len(england_places.blocks)) < 0

    assert outside.sum() == 157 == len(drawn.bodiless["strategic-authority"])
    assert {skills[block] for block in drawn.bodiless["strategic-authority"]} == {
        "skills-department"
    }
    assert list(skills.values()).count(CommissionerCode("skills-department")) == 157


def test_what_is_retained_goes_to_the_centre_and_benefits_stay(drawn: Register) -> None:
    after = drawn.holdings("after")
    assert set(after[FunctionCode("screening")]) == {"health-department"}
    assert set(after[FunctionCode("benefit-payments")]) == {"work-and-pensions-department"}
    assert set(after[FunctionCode("prisons")]) == {"justice-department"}
    assert set(after[FunctionCode("framework")]) == {"devolution-unit"}


def test_public_health_stays_with_councils(drawn: Register) -> None:
    function = FunctionCode("public-health")
    assert drawn.holdings("before")[function] == drawn.holdings("after")[function]


def test_a_force_in_several_areas_answers_to_the_area_with_most_of_its_people(
    drawn: Register, plan: AreaPlan, england_places: Places
) -> None:
    forces = england_places.geographies["police"]
    force_of = forces.dominant(len(england_places.blocks))
    held = drawn.holdings("after")[POLICE]
    people: dict[int, Counter[AreaCode]] = {}
    for block, force in enumerate(force_of.tolist()):
        area = plan.areas[int(plan.area_of[block])]
        people.setdefault(force, Counter())[area] += int(england_places.blocks.population[block])
    for block, force in enumerate(force_of.tolist()):
        most = max(people[force].values())
        leads = {f"body-{area}" for area, n in people[force].items() if n == most}
        assert held[block] in leads

    shared = {areas for force in people.values() if len(areas := tuple(sorted(force))) > 1}
    assert shared == {one.areas for one in drawn.arrangements if one.function == POLICE}


def test_an_area_too_small_for_a_rare_service_joins_its_neighbours(drawn: Register) -> None:
    ready = FunctionCode("specialised-ready")
    groups = [one for one in drawn.arrangements if one.function == ready]
    held = dict(zip(drawn.blocks, drawn.holdings("after")[ready], strict=True))

    assert groups
    assert drawn.results[ready].strongest == "joint"
    for group in groups:
        assert group.lead in group.areas
        assert f"body-{group.lead}" in held.values()


def test_residents_answer_to_fewer_bodies_after(drawn: Register) -> None:
    before, after = drawn.bodies_per_resident("before"), drawn.bodies_per_resident("after")
    assert 1 < after < before < len(drawn.functions)

    holdings = drawn.holdings("after").values()
    counted = Fraction(0)
    for n, people in enumerate(drawn.populations):
        bodies = {holders[n] for holders in holdings}
        counted += people * len(bodies)
    assert after == counted / sum(drawn.populations)


def test_blocks_split_between_boards_are_listed_with_the_largest_first(
    drawn: Register, england_places: Places
) -> None:
    boards = [split for split in drawn.splits if split.kind == "health-board"]
    assert len(boards) == 12
    for split in boards:
        shares = [share for _, share in split.shares]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1, abs=0.001)
        day = drawn.first_day
        assert drawn.who_commissions(HOSPITAL, split.block, day) == split.shares[0][0]
    assert england_places.name


def test_each_function_passes_on_its_own_vesting_day(
    plan: AreaPlan, england_places: Places, england_criteria: Criteria
) -> None:
    day = date(2031, 4, 1)
    found = register(plan, england_places, england_criteria, vesting={HOSPITAL: day})
    block = found.blocks[0]

    assert found.who_commissions(HOSPITAL, block, day - timedelta(days=1)).startswith("icb-")
    assert found.who_commissions(HOSPITAL, block, day) == f"body-{plan.area(block)}"
    assert found.faults() == ()


def test_boards_act_by_delegation_until_vesting(drawn: Register) -> None:
    function, block = FunctionCode("primary-medical"), drawn.blocks[0]
    before, after = drawn.day("before"), drawn.day("after")

    assert drawn.who_commissions(function, block, before) == "nhs-england"
    (delegate,) = drawn.who_holds(function, block, before, role="delegated")
    assert delegate.startswith("icb-")
    assert drawn.who_holds(function, block, after, role="delegated") == ()


def test_who_decides_here_takes_less_than_a_millisecond(drawn: Register) -> None:
    began = time.perf_counter()
    for block in drawn.blocks:
        drawn.who_commissions(HOSPITAL, block, drawn.first_day)
    assert (time.perf_counter() - began) / len(drawn.blocks) < 0.001


def test_a_question_that_the_register_cannot_answer_is_refused(drawn: Register) -> None:
    day = drawn.first_day
    with pytest.raises(NotRegisteredError, match="Known: adult-skills"):
        drawn.who_commissions(FunctionCode("hopsital"), drawn.blocks[0], day)
    with pytest.raises(NotRegisteredError, match="no block 'X1'"):
        drawn.who_commissions(HOSPITAL, BlockCode("X1"), day)
    with pytest.raises(NotRegisteredError, match="It begins on 2026-04-01"):
        drawn.who_commissions(HOSPITAL, drawn.blocks[0], day - timedelta(days=1))


def test_every_function_and_block_has_one_row_a_period_and_a_known_commissioner(
    drawn: Register,
) -> None:
    rows = list(function_rows(drawn))
    known = {row[0] for row in commissioner_rows(drawn)}

    assert (
        len(rows) == len({row[:3] for row in rows}) == 2 * len(drawn.functions) * len(drawn.blocks)
    )
    assert {row[3] for row in rows} <= known
    assert len(COMMISSIONER_COLUMNS) == 3


def test_what_is_to_check_keeps_that_mark_in_its_row(drawn: Register) -> None:
    rows = {
        row[0]: dict(zip(FUNCTION_CATALOGUE_COLUMNS, row, strict=True))
        for row in function_catalogue_rows(drawn)
    }

    assert rows["specialised-other"]["state"] == "to_check"
    assert "Cannot yet tell: needs incidence, safe volume." in str(
        rows["specialised-other"]["reason"]
    )
    assert rows["hospital"]["state"] == "computed"
    assert rows["public-health"]["result"] == "unchanged"
    assert rows["formula"]["result"] == "centre"
    assert all(row["source"] for row in rows.values())


def test_joint_arrangements_and_split_blocks_have_rows(drawn: Register) -> None:
    assert all("; " in str(row[1]) for row in joint_arrangement_rows(drawn))
    assert {len(row) for row in split_block_rows(drawn)} == {4}


def test_area_names_name_the_bodies(
    plan: AreaPlan, england_places: Places, england_criteria: Criteria
) -> None:
    area = plan.areas[0]
    found = register(plan, england_places, england_criteria, names={area: "Teesside"})
    names = {one.code: one.name for one in found.commissioners.values()}

    assert names[f"body-{area}"] == "Commissioning body of Teesside"  # type: ignore[index]  # a code
    assert names[f"body-{plan.areas[1]}"].endswith(plan.areas[1])  # type: ignore[index]  # a code


def test_another_country_with_other_geographies_has_a_register_too(tmp_path: Path) -> None:
    places = read_places(write(tmp_path / "places"))
    criteria = read_criteria(write_criteria(tmp_path), places)
    columns = {block: AreaCode("xyz"[n % 3]) for n, block in enumerate(places.blocks.codes)}
    found = register(AreaPlan.of(columns), places, criteria)
    before = found.holdings("before")

    assert found.faults() == ()
    assert before[HOSPITAL] == tuple(
        f"board-{name}" for name in ("north", "middle", "south") for _ in "abc"
    )
    assert set(before[POLICE]) == {"home-department"}
    assert set(before[FunctionCode("public-health")]) == {"councils"}
    assert found.holdings("after")[POLICE] == found.holdings("after")[HOSPITAL]


def test_a_country_too_small_to_share_a_service_keeps_it_at_the_centre(tmp_path: Path) -> None:
    places = read_places(write(tmp_path / "places"))
    criteria = read_criteria(write_criteria(tmp_path), places)
    columns = {block: AreaCode("xyz"[n % 3]) for n, block in enumerate(places.blocks.codes)}
    found = register(AreaPlan.of(columns), places, criteria)

    assert found.results[FunctionCode("specialised-ready")].strongest == "retain"
    assert found.results[FunctionCode("highly-specialised")].result == "retain"


@settings(max_examples=30)
@given(countries(), st.dates(date(2026, 4, 1), date(2060, 1, 1)))
def test_every_country_has_one_accountable_body_for_every_function_block_and_day(
    country: Country, vests_on: date
) -> None:
    found = register(country.plan, country.places, country.criteria, vesting={HOSPITAL: vests_on})

    assert found.faults() == ()
    for period in PERIODS:
        for holders in found.holdings(period).values():
            assert len(holders) == len(country.places.blocks)
            assert set(holders) <= set(found.commissioners)
        assert 1 <= found.bodies_per_resident(period) <= len(found.functions)


def test_the_same_plan_gives_the_same_register(
    drawn: Register, plan: AreaPlan, england_places: Places, england_criteria: Criteria
) -> None:
    again = register(plan, england_places, england_criteria)
    assert again.entries == drawn.entries
    assert again.arrangements == drawn.arrangements
