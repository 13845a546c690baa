"""The settlement: two ways to read it, totals to the penny, and the same rows as files."""

import csv
import io
import json

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read
from tests.hall.plan_folder import PENCE, YEARS

from moothall.centre.models import AdministrationYear, Allocation, MoneyRoute, Quantum

pytestmark = pytest.mark.usefixtures("plan")


def test_a_year_is_shown_by_stream_with_totals_that_are_the_quanta(read: Read) -> None:
    page = read("/settlement")
    rows = page.tables["settlement"]

    assert rows[0] == ["Area", "Health", "Skills", "Block grant"]
    assert rows[1][1:] == ["£1,000,000,000.01", "£30,000,000.00", "£1,030,000,000.01"]
    assert rows[-2][1:] == ["£2,700,000,000.01", "£80,000,000.00", "£2,780,000,000.01"]
    assert rows[-1][1:] == rows[-2][1:]
    assert "add up to the quantum to the penny" in page.text


def test_a_stream_is_shown_by_year(read: Read) -> None:
    rows = read("/settlement?stream=skills").tables["settlement"]

    assert rows[0] == ["Area", *YEARS, "All years"]
    assert rows[1][1:] == ["£30,000,000.00", "£31,000,000.00", "£61,000,000.00"]


def test_another_year_and_unit_are_shown_when_chosen(read: Read) -> None:
    page = read("/settlement?year=2027-28&unit=millions")

    assert page.tables["settlement"][1] == ["A01 Northmarch", "1,000.0", "31.0", "1,031.0"]
    assert "Rounded figures may differ" in page.text
    assert '<option value="2027-28" selected>' in page.html


def test_a_choice_that_is_not_on_offer_is_the_first(read: Read) -> None:
    first = read("/settlement").tables

    assert read("/settlement?stream=gold&year=1999-00&unit=groats").tables == first


def test_shares_that_do_not_add_up_are_not_passed_off(read: Read) -> None:
    Quantum.objects.filter(stream__code="health").update(pence=1)

    assert "Do not use them" in read("/settlement").text


def test_the_files_hold_every_allocation_once(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/settlement.csv").content.decode())))
    body = json.loads(client.get("/settlement.json").content)

    assert len(rows) == Allocation.objects.count()
    assert sum(int(row["pence"]) for row in rows) == sum(map(sum, PENCE.values()))
    assert [{key: str(value) for key, value in row.items()} for row in body["rows"]] == rows
    assert body["state"] == "draft"


def test_the_money_runs_by_routes_that_carry_the_same_sum_before_and_after(read: Read) -> None:
    page = read("/settlement/routes")
    sums = {
        period: sum(
            route.pence for route in MoneyRoute.objects.filter(period=period, from_code="treasury")
        )
        for period in (MoneyRoute.BEFORE, MoneyRoute.AFTER)
    }

    assert len(set(sums.values())) == 1
    assert page.html.count("<svg") == 2
    before = page.tables["routes-table-before"]
    assert ["Treasury", "National health board", "health", "£2,700,000,000.01"] in before


def test_a_plan_without_routes_says_so(read: Read) -> None:
    MoneyRoute.objects.all().delete()

    assert "says nothing of how the money runs" in read("/settlement/routes").text


def test_the_file_of_routes_has_the_label_of_modelled_money(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/settlement/routes.csv").content.decode())))

    assert len(rows) == MoneyRoute.objects.count()
    assert all("modelled baseline" in row["label"] for row in rows)


@pytest.mark.usefixtures("plan")
def test_administration_is_an_illustration_on_the_page_and_in_the_file(
    read: Read, client: Client
) -> None:
    page = read("/settlement/administration")

    assert page.tables["administration"][1] == [
        *("2029-30", "£10.00", "£3.00", "£9.00", "−£2.00", "−£2.00"),
    ]
    assert "Illustration" in page.text
    assert "<svg" in page.html
    assert "not a forecast" in client.get("/settlement/administration.csv").content.decode()


@pytest.mark.usefixtures("plan")
def test_a_plan_without_administration_says_so(read: Read) -> None:
    AdministrationYear.objects.all().delete()

    assert "This plan says nothing of administration." in read("/settlement/administration").text
