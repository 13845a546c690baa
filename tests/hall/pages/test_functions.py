"""Functions, gates and deals: who does what, what is asked first, and what nobody knows."""

import csv
import io

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read

from moothall.centre.models import Deal, DealScore, Gate, Succession

pytestmark = pytest.mark.usefixtures("plan")


def test_every_function_has_its_holders_before_and_after(read: Read) -> None:
    rows = read("/functions").tables["functions"]

    assert rows[0] == ["Function", "Now", "Under this plan", "What becomes of it", "From"]
    by_name = {row[0]: row[1:] for row in rows[1:]}
    assert by_name["Adult skills"][:2] == ["National skills office", "3 commissioning bodies"]
    assert by_name["Rare diseases To check"][:3] == [
        "National health board",
        "The centre",
        "retain",
    ]


def test_a_function_says_why_and_who_hands_it_over(read: Read) -> None:
    page = read("/functions/adult-skills")

    assert "No reason to keep it was found." in page.text
    assert page.tables["handovers"][1][:3] == [
        "National skills office",
        "Northmarch Commissioning Body",
        "2 blocks",
    ]
    assert "Nobody: it stays where it is" in read("/functions/rare-disease").text
    read("/functions/no-such-thing", status=404)


def test_a_gate_asks_a_level_in_each_theme(read: Read) -> None:
    rows = read("/timetable/gates").tables["gate-1"]

    assert rows[1] == ["Strategy", "Developing", "Core", "1 April 2030"]
    assert len(rows) == 3


def test_a_deal_that_nobody_scored_is_unknown_and_never_nothing(read: Read) -> None:
    page = read("/deals")
    deals = {row[0]: row[1:] for row in page.tables["deals"][1:]}

    assert deals["Northmarch To check"][3] == "0.25 to 0.50"
    assert deals["Midvale (for comparison)"][3] == "not scored"
    assert deals["Not reconciled To check"][2] == "£50.0 million of the printed sum"
    assert [row[3] for row in page.tables["scores"][1:]] == ["1", "unknown"]


@pytest.mark.parametrize(
    ("address", "count"), [("functions", 3), ("timetable/gates", 6), ("deals", 4)]
)
def test_files_hold_every_row(client: Client, address: str, count: int) -> None:
    text = client.get(f"/{address}.csv").content.decode()

    assert len(list(csv.DictReader(io.StringIO(text)))) == count
    assert len(client.get(f"/{address}.json").json()["rows"]) == count


def test_a_plan_without_gates_or_deals_says_so(read: Read) -> None:
    for model in (DealScore, Deal, Gate, Succession):
        model.objects.all().delete()

    assert "This plan has no gates." in read("/timetable/gates").text
    assert "This plan names no earlier deal." in read("/deals").text
