"""The list of areas, one area, and the conflicts."""

import csv
import io
import json

import pytest
from django.test import Client
from tests.hall.pages.conftest import Read
from tests.hall.plan_folder import AREAS

pytestmark = pytest.mark.usefixtures("plan")


def first_column(rows: list[list[str]]) -> list[str]:
    return [row[0].split()[0] for row in rows[1:]]


def test_the_list_shows_each_area_with_its_first_grant(read: Read) -> None:
    rows = read("/areas").tables["areas"]

    assert rows[2] == ["A01 Northmarch", "600,000", "2", "1,030.0", "£1,717", "1", "0", "0"]
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["A02", "A01", "A03"]),
        ("?sort=name&order=down", ["A03", "A01", "A02"]),
        ("?sort=grant&order=down", ["A01", "A02", "A03"]),
        ("?sort=grant&order=up", ["A03", "A02", "A01"]),
        ("?sort=crosses&order=down", ["A02", "A03", "A01"]),
        ("?sort=nothing&order=sideways", ["A02", "A01", "A03"]),
    ],
)
def test_the_list_is_sorted_as_the_address_asks(read: Read, query: str, order: list[str]) -> None:
    assert first_column(read(f"/areas{query}").tables["areas"]) == order


def test_the_sorted_column_says_so_and_turns_round(read: Read) -> None:
    page = read("/areas?sort=people&order=down")

    assert page.html.count('aria-sort="descending"') == 1
    assert "?sort=people&order=up" in page.links


def test_the_files_hold_the_same_rows(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/areas.csv").content.decode())))
    body = json.loads(client.get("/areas.json").content)

    assert [row["code"] for row in rows] == ["A01", "A02", "A03"]
    assert [{key: str(value) for key, value in row.items()} for row in body["rows"]] == rows
    assert body["plan"] == "Threeland: 3 commissioning areas"


def test_an_area_shows_who_decides_and_its_grants(read: Read) -> None:
    page = read("/areas/A01")

    assert "600,000 people in 2 blocks" in page.text
    assert "Body Northmarch Commissioning Body" in page.text
    assert "Leader of the body To be filled" in page.text
    assert page.tables["grants"][1:] == [
        ["Health", "£1,000,000,000.01", "£1,000,000,000.01", "£1,667"],
        ["Skills", "£30,000,000.00", "£31,000,000.00", "£50"],
        ["Block grant", "£1,030,000,000.01", "£1,031,000,000.01", "£1,717"],
    ]
    assert page.tables["distances"][1] == ["Health", "−2.1%", "−1.1%", "−1.1%"]


def test_an_area_shows_what_it_matches_and_crosses(read: Read) -> None:
    north, middle, south = (read(f"/areas/{code}").tables for code in ("A01", "A02", "A03"))

    assert north["matches"][1][:3] == ["North Health Board", "ICB", "health"]
    assert "crosses" not in north
    assert middle["crosses"][1] == [
        "Vale Health Board",
        "ICB",
        "health",
        "500,000",
        "83.3%",
        "60.0%",
    ]
    assert middle["inside"][1][0] == "Cedar Economy"
    assert south["around"][1][0] == "Threeland Police"


def test_an_area_shows_its_blocks_with_their_sum(read: Read) -> None:
    rows = read("/areas/A01").tables["blocks"]

    assert rows[1:] == [
        ["Alderby", "B1", "400,000", "120"],
        ["Birchford", "B2", "200,000", "310"],
        ["Area", "A01", "600,000", "431"],
    ]


def test_an_area_without_flows_says_nothing_of_work(read: Read) -> None:
    assert "81.0% work in it" in read("/areas/A01").text
    assert "work in it" not in read("/areas/A03").text


def test_a_conflict_is_shown_on_every_area_that_it_concerns(read: Read) -> None:
    for code in ("A02", "A03"):
        page = read(f"/areas/{code}")
        assert [row[0] for row in page.tables["conflicts"][1:]] == ["Firholme", "Cedar Vale"]
        assert {"/areas/conflicts#N01", "/areas/conflicts#N02"} <= set(page.links)
    assert "health and economic geographies pull the same way" in read("/areas/A01").text


def test_conflicts_show_their_options_and_prices(read: Read) -> None:
    page = read("/areas/conflicts")

    assert page.tables["negotiations"][2][1:] == [f"Midvale; {AREAS['A03']}", "1", "100,000"]
    assert page.tables["N02-blocks"][1] == [
        *("Cedar Vale", "100,000", "Midvale", "Midvale"),
        AREAS["A03"],
    ]
    as_drawn, economy = page.tables["N02-options"][1:]
    assert (as_drawn[0], as_drawn[3]) == ("As drawn", "none")
    assert as_drawn[2] == "Cedar Economy Vale Economy"
    assert (economy[0], economy[3]) == ("With the economic geography", "+1.72%")
    assert page.tables["N01-options"][1][2] == "None"


def test_the_conflicts_file_holds_the_same_rows(client: Client) -> None:
    _, row = csv.DictReader(io.StringIO(client.get("/areas/conflicts.csv").content.decode()))
    _, same = json.loads(client.get("/areas/conflicts.json").content)["rows"]

    assert (row["block"], row["people"], row["economy_area"]) == ("B4", "100000", "A03")
    assert same["health_area"] == "A02"
