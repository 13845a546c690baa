"""The timetable: phases, vesting days, every step once, and the same tasks as files."""

import csv
import io

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read

from moothall.centre.models import Function, Gate, SettlementStart, Task

pytestmark = pytest.mark.usefixtures("plan")


def test_phases_run_from_their_first_step_to_their_last(read: Read) -> None:
    page = read("/timetable")

    assert page.tables["phases-table"] == [
        ["Phase", "First day", "Last day"],
        ["0 framework", "1 April 2027", "30 September 2028"],
        ["1 bodies and skills", "1 April 2030", "1 April 2030"],
    ]
    assert "<svg" in page.html


def test_tasks_alike_but_for_their_area_are_one_step(read: Read) -> None:
    rows = read("/timetable").tables["steps-2"]

    assert rows[1][:2] == ["Skills vest", "3 areas"]
    assert rows[1][4].startswith("No")


def test_functions_are_listed_under_the_day_they_vest(read: Read) -> None:
    days = {one.vesting_day for one in Function.objects.exclude(vesting_day=None)}
    rows = read("/timetable").tables.get("vestings", [[]])

    assert len(rows) - 1 == len(days)


def test_the_days_are_said_to_be_likely_ones_and_how_sure_they_are(read: Read) -> None:
    text = read("/timetable").text

    assert "likely durations" in text
    assert "none is done within 180 months" in text


def test_a_plan_without_a_timetable_says_so(read: Read) -> None:
    Task.objects.all().delete()

    assert "This plan has no timetable." in read("/timetable").text


def test_the_file_holds_every_task(client: Client) -> None:
    text = client.get("/timetable.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [row["task"] for row in rows] == [one.code for one in Task.objects.all()]
    assert rows[0]["first_day"] == "2027-04-01"


def test_a_day_that_the_timetable_does_not_keep_is_marked(read: Read) -> None:
    text = read("/timetable").text

    assert "To check Terms end in May 2028, and skills vest later." in text


def test_a_narrow_screen_has_a_picture_of_its_own(read: Read) -> None:
    page = read("/timetable")

    assert {"phases-title", "phases-narrow-title"} <= set(page.ids)


def test_gates_say_the_level_of_every_theme_and_that_nobody_is_assessed(read: Read) -> None:
    page = read("/timetable/gates")

    assert page.tables["gates"][1] == [
        *("Skills", "standard", "3 areas", "1 April 2030", "closed: not assessed"),
    ]
    assert page.tables["levels-1"][1:] == [
        ["strategy, planning and governance", "Developing", "Core"],
        ["financial and performance management", "Developing", "Core"],
    ]
    assert "No body has been assessed" in page.text


def test_settlements_stand_beside_the_election_before_each(read: Read) -> None:
    page = read("/timetable/elections")

    assert page.tables["starts-1"][1] == ["1 April 2030", "3 May 2029", "1", "yes"]
    assert page.tables["starts-2"][2] == ["1 April 2035", "5 May 2033", "2", "no"]
    assert "out of step" in page.text


def test_gates_and_elections_are_files_too(client: Client) -> None:
    gates = list(csv.DictReader(io.StringIO(client.get("/timetable/gates.csv").content.decode())))

    assert (len(gates), gates[0]["vesting_day"]) == (6, "2030-04-01")
    assert len(client.get("/timetable/elections.json").json()["rows"]) == 4


def test_a_plan_without_gates_or_elections_says_so(read: Read) -> None:
    Gate.objects.all().delete()
    SettlementStart.objects.all().delete()

    assert "This plan has no gate." in read("/timetable/gates").text
    assert "This plan says nothing of elections." in read("/timetable/elections").text
