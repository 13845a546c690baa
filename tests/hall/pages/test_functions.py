"""Who holds what: every function once, who passes it to whom, and the bodies that will hold it."""

import csv
import io

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read
from tests.hall.plan_folder import AREAS, BLOCKS, FUNCTIONS

from moothall.bodies.models import Body
from moothall.centre.models import Portfolio

pytestmark = pytest.mark.usefixtures("plan")


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode())))


def test_each_function_says_who_holds_it_now_and_then(read: Read) -> None:
    rows = read("/functions").tables["functions"]

    assert rows[1][:4] == [
        *("Hospital care", "National health board", "3 commissioning bodies", "devolve"),
    ]
    assert rows[3][1:] == ["National health board", "The centre", "retain", "1 April 2031"]
    assert rows[3][0] == "Rare diseases To check"


def test_one_function_says_why_and_from_whom_to_whom(read: Read) -> None:
    page = read("/functions/adult-skills")

    assert "No reason to keep it was found." in page.text
    assert page.tables["passings"][1] == [
        *("National skills office", "Midvale Commissioning Body", "2", "600,000"),
    ]
    assert len(page.tables["passings"]) == 1 + len(AREAS)


def test_the_register_holds_every_function_in_every_block(client: Client) -> None:
    rows = rows_of(client, "/register.csv")

    assert len(rows) == len(FUNCTIONS) * len(BLOCKS)
    assert {row["after"] for row in rows if row["function"] == "rare-disease"} == {"The centre"}
    assert len(rows_of(client, "/functions.csv")) == len(FUNCTIONS)


def test_each_body_names_its_councils_and_its_leader_s_office(read: Read, client: Client) -> None:
    page = read("/bodies")

    assert page.tables["bodies"][1][1:] == [
        *("Alderby Council; Birchford Council", "combined authority"),
        *("Leader of the body", "1 October 2029"),
    ]
    assert page.tables["portfolios"][1] == ["Health", "Hospital care", "councillor", "3"]
    assert "Each area decides for itself" in page.text
    assert [row["area"] for row in rows_of(client, "/bodies.csv")] == list(AREAS)


def test_the_page_of_an_area_shows_its_portfolios(read: Read) -> None:
    page = read("/areas/A01")

    assert page.tables["portfolios"][2] == ["Skills", "Adult skills"]
    assert "Leader of the body" in page.text


def test_a_plan_that_drafts_no_body_still_has_one_an_area(read: Read) -> None:
    Portfolio.objects.all().delete()
    Body.objects.update(kind="", councils=[], first_day=None)

    page = read("/bodies")

    assert len(page.tables["bodies"]) == 1 + len(AREAS)
    assert "This plan drafts no portfolio." in page.text
