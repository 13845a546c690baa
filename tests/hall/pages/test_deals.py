"""The deals: what is scored, what is unknown, and what the known funds leave over."""

import csv
import io

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read

from moothall.centre.models import Deal, DealScore

pytestmark = pytest.mark.usefixtures("plan")


def test_a_scored_function_has_one_reach_and_a_blank_one_all_that_it_could_be(read: Read) -> None:
    page = read("/deals")

    assert page.tables["reach"][1:] == [
        ["North", "health care", "0.3125", "delegation"],
        ["Vale", "adult skills", "0 to 1", "devolution or delegation or consultation"],
    ]
    assert "<svg" in page.html


def test_what_nobody_has_scored_is_unknown_and_never_nought(read: Read) -> None:
    rows = read("/deals").tables["scores"]

    assert [row[3] for row in rows[1:]] == ["1", "3", "0", "1", "unknown"]


def test_what_known_funds_leave_over_is_a_row_to_check(read: Read) -> None:
    rows = read("/deals").tables["deals"]

    assert rows[-1][0] == "Not reconciled To check"
    assert rows[-1][4] == "£1.0 million"


def test_the_files_hold_every_deal_and_score(client: Client) -> None:
    deals = list(csv.DictReader(io.StringIO(client.get("/deals.csv").content.decode())))
    scores = client.get("/deals/scores.json").json()["rows"]

    assert [row["fund_pence"] for row in deals] == ["900000000", "", "100000000"]
    assert [row["score"] for row in scores] == [1, 3, 0, 1, ""]


def test_a_plan_without_deals_says_so(read: Read) -> None:
    DealScore.objects.all().delete()
    Deal.objects.all().delete()

    assert "This plan says nothing of deals." in read("/deals").text
