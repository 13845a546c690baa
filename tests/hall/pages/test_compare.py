"""Two plans of the hall side by side: the core's comparison, of rows instead of folders."""

import csv
import io
from pathlib import Path

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read
from tests.hall.plan_folder import plan_texts, write_plan_folder

from folkmoot.plan.compare import compare
from folkmoot.plan.folder import PlanFolder, read_plan
from moothall.bridge.constitution import constitute
from moothall.bridge.folders import folder_of
from moothall.centre.models import DevolutionPlan
from moothall.people.models import Person


@pytest.fixture
def other(plan: DevolutionPlan, centre: Person, tmp_path: Path) -> PlanFolder:
    """Another plan in force: Cedar Vale in Southmere, a penny of skills moved, a later law."""
    texts = plan_texts()
    changes = {
        "areas.csv": texts["areas.csv"].replace("B4,A02", "B4,A03"),
        "settlement.csv": texts["settlement.csv"]
        .replace("A01,skills,2026-27,3000000000", "A01,skills,2026-27,2999999999")
        .replace("A02,skills,2026-27,3000000000", "A02,skills,2026-27,3000000001"),
        "timetable.csv": texts["timetable.csv"].replace("2028-09-30", "2029-09-30"),
    }
    found = read_plan(write_plan_folder(tmp_path / "other", changes=changes))
    constitute(found, by=centre, replace=True)
    return found


def test_one_plan_alone_says_how_to_load_another(plan: DevolutionPlan, read: Read) -> None:
    assert "--replace" in read("/data/compare").text


def test_two_plans_are_compared_by_areas_grants_and_dates(other: PlanFolder, read: Read) -> None:
    page = read("/data/compare")
    cells = {cell for rows in page.tables.values() for row in rows for cell in row}

    assert "Cedar Vale" in cells
    assert "+£0.01" in cells
    assert "Pass the statute" in cells


def test_rows_say_what_the_folders_said(
    plan: DevolutionPlan, plan_folder: PlanFolder, other: PlanFolder
) -> None:
    first, second = DevolutionPlan.objects.order_by("pk")
    held = compare(folder_of(first), folder_of(second))
    written = compare(plan_folder, other)

    assert held == written


def test_every_grant_in_both_is_a_file(other: PlanFolder, client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/data/compare.csv").content.decode())))

    assert sum(int(row["change_pence"]) for row in rows) == 0
    assert {row["change_pence"] for row in rows} == {"-1", "0", "1"}


def test_a_choice_of_nonsense_is_the_last_two_plans(other: PlanFolder, read: Read) -> None:
    chosen = read("/data/compare?first=%00&second=x")

    assert "Cedar Vale" in chosen.text


def test_a_plan_beside_itself_differs_in_nothing(other: PlanFolder, read: Read) -> None:
    key = DevolutionPlan.objects.order_by("pk")[0].pk

    assert "No block is in another area." in read(f"/data/compare?first={key}&second={key}").text


def test_before_there_are_two_plans_there_is_no_file(plan: DevolutionPlan, client: Client) -> None:
    assert client.get("/data/compare.csv").status_code == 404
