"""The hall is constituted whole from a plan, once, or not at all."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.hall.plan_folder import (
    AREAS,
    BLOCKS,
    FUNCTIONS,
    PENCE,
    POPULATION,
    STREAMS,
    YEARS,
    plan_texts,
    write_plan_folder,
)

from folkmoot.plan.folder import PlanFolder, read_plan
from moothall.bodies.models import Area, AreaGeography, AreaPlan, Block, Body, Office
from moothall.bridge.constitution import constitute
from moothall.bridge.errors import OtherPlanError, PlanCellError, PlanReferenceError
from moothall.centre.models import (
    Allocation,
    BlockGrant,
    DevolutionPlan,
    Negotiation,
    Quantum,
    Responsibility,
    Settlement,
)
from moothall.people.models import Person
from moothall.records.errors import GuardsFailedError, NotAllowedError
from moothall.records.models import AuditEvent


def changed(folder: Path, **changes: object) -> PlanFolder:
    return read_plan(write_plan_folder(folder / "changed", changes=changes))


def test_every_row_of_the_plan_is_there(plan: DevolutionPlan) -> None:
    assert {a.code: a.name for a in Area.objects.all()} == AREAS
    assert {b.code: b.area.code for b in Block.objects.all()} == {
        code: row[1] for code, row in BLOCKS.items()
    }
    assert Responsibility.objects.count() == len(BLOCKS) * len(FUNCTIONS)
    assert Quantum.objects.count() == len(STREAMS) * len(YEARS)
    assert plan.bound == Decimal("0.231")
    assert plan.area_plan.state == AreaPlan.DRAFT


def test_each_area_has_one_body_whose_offices_are_to_be_filled(plan: DevolutionPlan) -> None:
    assert [body.code for body in Body.objects.order_by("code")] == [f"body-{a}" for a in AREAS]
    assert Office.objects.filter(kind="leader", holder=None).count() == len(AREAS)
    assert Office.objects.filter(kind="cabinet", holder=None).count() == len(AREAS)


def test_each_allocation_is_the_plan_s_to_the_penny(plan: DevolutionPlan) -> None:
    stored = Allocation.objects.values_list("area__code", "stream__code", "year", "pence")

    assert set(stored) == {
        (area, stream, year, pence)
        for (area, stream), years in PENCE.items()
        for year, pence in zip(YEARS, years, strict=True)
    }


def test_block_grants_are_sums_and_per_head_is_rounded_half_up(plan: DevolutionPlan) -> None:
    for grant in BlockGrant.objects.select_related("area"):
        place, code = YEARS.index(grant.year), grant.area.code
        total = sum(PENCE[code, stream][place] for stream in STREAMS)

        assert grant.pence == total
        assert abs(grant.pence_per_head * POPULATION[code] - total) <= POPULATION[code] / 2


def test_people_in_fractions_are_rounded(plan: DevolutionPlan) -> None:
    assert AreaGeography.objects.get(area__code="A02", code="H2").people == 500_000


def test_the_same_plan_twice_changes_nothing(
    plan: DevolutionPlan, plan_folder: PlanFolder, centre: Person
) -> None:
    events = AuditEvent.objects.count()

    assert constitute(plan_folder, by=centre) is False
    assert AuditEvent.objects.count() == events


def test_another_plan_is_refused_unless_told_to_replace(
    plan: DevolutionPlan, centre: Person, tmp_path: Path
) -> None:
    other = changed(tmp_path, seed=2)

    with pytest.raises(OtherPlanError, match="Add --replace"):
        constitute(other, by=centre)

    assert DevolutionPlan.objects.get() == plan


def test_a_replaced_plan_stays_to_be_read(
    plan: DevolutionPlan, centre: Person, tmp_path: Path
) -> None:
    constitute(changed(tmp_path, seed=2), by=centre, replace=True)

    plan.refresh_from_db()
    assert plan.state == DevolutionPlan.REPLACED
    assert plan.area_plan.state == AreaPlan.WITHDRAWN
    assert set(AreaPlan.objects.values_list("state", flat=True)) == {"draft", "withdrawn"}
    assert set(Settlement.objects.values_list("state", flat=True)) == {"draft", "withdrawn"}
    assert set(Negotiation.objects.values_list("state", flat=True)) == {"open", "withdrawn"}
    assert Body.objects.filter(state=Body.CONSTITUTED).count() == len(AREAS)
    assert Body.objects.filter(state=Body.WOUND_UP).count() == len(AREAS)
    assert DevolutionPlan.objects.get(state=DevolutionPlan.CONSTITUTED).seed == 2


def test_a_settlement_a_penny_out_leaves_nothing(centre: Person, tmp_path: Path) -> None:
    text = plan_texts()["settlement.csv"].replace("100000000001", "100000000000", 1)
    folder = changed(tmp_path, **{"settlement.csv": text})

    with pytest.raises(GuardsFailedError, match="health in 2026-27 is -1 pence out"):
        constitute(folder, by=centre)

    assert not AreaPlan.objects.exists()
    assert not Body.objects.exists()
    (event,) = AuditEvent.objects.all()
    assert "pence out" in event.event


def test_someone_without_the_role_constitutes_nothing(
    plan_folder: PlanFolder, officer: Person
) -> None:
    with pytest.raises(NotAllowedError):
        constitute(plan_folder, by=officer)

    assert not AreaPlan.objects.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "error", "words"),
    [
        ("blocks.csv", "400000", "many", PlanCellError, "blocks.csv, row 2, column 'population'"),
        ("blocks.csv", "population", "people", PlanCellError, "no such column"),
        ("settlement.csv", "A01", "A99", PlanReferenceError, "row 2 names the area 'A99'"),
        ("conflicts.csv", "B6", "B9", PlanReferenceError, "names the block 'B9'"),
        ("scores.csv", "objective", "aim", PlanReferenceError, "names the measure 'objective'"),
        ("functions.csv", "B1,after", "B1,later", PlanReferenceError, "commissioner after"),
    ],
)
def test_a_table_that_cannot_be_kept_is_named(
    centre: Person,
    tmp_path: Path,
    file: str,
    old: str,
    new: str,
    error: type[Exception],
    words: str,
) -> None:
    text = plan_texts()[file].replace(old, new, 1)

    with pytest.raises(error, match=words):
        constitute(changed(tmp_path, **{file: text}), by=centre)

    assert not AreaPlan.objects.exists()
