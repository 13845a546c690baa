"""The timetable: phases, vesting days, every step once, and the same tasks as files."""

import csv
import io

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read

from moothall.centre.models import Function, Task

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
