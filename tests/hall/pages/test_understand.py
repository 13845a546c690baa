"""Needs and variation: what a page says of an area, and what it says when nothing is known."""

import csv
import io
from pathlib import Path

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read
from tests.hall.plan_folder import plan_texts, write_plan_folder

from folkmoot.plan.folder import read_plan
from moothall.bridge.constitution import constitute
from moothall.centre.models import DevolutionPlan
from moothall.people.models import Person
from moothall.understand.models import AreaNeed, Assessment, Indicator, Spread

pytestmark = pytest.mark.usefixtures("plan")


def test_every_area_is_listed_with_what_stands_out(read: Read) -> None:
    rows = read("/understand/needs").tables["needs"]

    assert rows[0] == ["Area", "Worse", "Better", "Getting worse", "Furthest behind"]
    assert rows[1][1:] == ["1", "0", "1", "In work 72 (75)"]
    assert rows[2][1:] == ["0", "0", "0", "Nothing"]
    assert rows[3][1:4] == ["0", "1", "0"]


def test_an_area_has_its_needs_with_intervals_and_how_they_were_made(read: Read) -> None:
    page = read("/understand/needs/A01")

    assert "2 outcomes: 1 worse than Threeland, 0 better." in page.text
    assert "In work: 72% in 2024-25, 75 in Threeland" in page.text
    assert "95% interval 71 to 73" in page.text
    row = page.tables["needs-3"][1]
    assert row[0] == "In work"
    assert "▲▲ much worse" in row
    assert "Alderby 70" in row
    assert "approximate" in row[-1]
    assert "<svg" in page.html


def test_what_is_not_known_is_said_with_the_reason(read: Read) -> None:
    text = read("/understand/needs/A03").text

    assert "Smoking: no figure for Firholme." in text
    assert "of 90% of the people" in text


def test_what_was_done_is_not_counted_as_an_outcome(read: Read) -> None:
    AreaNeed.objects.filter(indicator__code="starts").update(standing="worse", distance=-9.0)

    assert "Starts: 97 in 2024-25" not in read("/understand/needs/A01").text


def test_variation_shows_each_division(read: Read) -> None:
    page = read("/understand/variation")

    assert page.tables["variation-1"][1] == ["Smoking", "6", "2.1", "1.9", "2", "25%", "50%"]
    assert "It is so." in page.text


def test_files_hold_every_figure(client: Client) -> None:
    needs, spreads = (
        list(csv.DictReader(io.StringIO(client.get(address).content.decode())))
        for address in ("/understand/needs.csv", "/understand/variation.csv")
    )

    assert len(needs) == AreaNeed.objects.count() == 9
    assert len(spreads) == Spread.objects.count() == 9
    assert client.get("/understand/needs.json").json()["rows"][0]["indicator"] == "in-work"


def test_another_plan_replaces_the_assessment_and_keeps_its_rows(
    plan: DevolutionPlan, centre: Person, tmp_path: Path
) -> None:
    other = read_plan(write_plan_folder(tmp_path / "other", changes={"seed": 2}))
    constitute(other, by=centre, replace=True)

    assert sorted(Assessment.objects.values_list("state", flat=True)) == ["made", "replaced"]
    assert Indicator.objects.count() == 6


def test_a_plan_without_indicators_says_so(
    plan: DevolutionPlan, centre: Person, tmp_path: Path, read: Read
) -> None:
    header = plan_texts()["needs.csv"].split("\n", 1)[0] + "\n"
    changes = {"needs.csv": header, "variation.csv": "indicator\n"}
    constitute(
        read_plan(write_plan_folder(tmp_path / "bare", changes=changes)), by=centre, replace=True
    )

    assert "hold no indicators" in read("/understand/needs").text
    assert "hold no indicators" in read("/understand/variation").text
    read("/understand/needs/A01", status=404)
    assert "What Northmarch needs" not in read("/areas/A01").text
