"""The front page, and who decides in a district."""

import pytest
from tests.hall.pages.conftest import Read
from tests.hall.plan_folder import AREAS

from moothall.centre.models import DevolutionPlan

pytestmark = pytest.mark.usefixtures("plan")


def test_it_begins_with_the_plan_in_figures(read: Read) -> None:
    text = read("/").text

    assert "areas, each with one accountable body 3" in text
    assert "people in 6 blocks, each in exactly one area 1.6 million" in text
    assert "shared between the areas in 2026-27 £2.78 billion" in text
    assert "people live where health and economic geographies disagree 250,000" in text


def test_the_map_links_to_every_area_and_its_table_holds_the_same(read: Read) -> None:
    page = read("/")

    assert "<svg" in page.html
    assert "<title" in page.html
    for code, name in AREAS.items():
        assert page.links.count(f"/areas/{code}") == 2
        assert any(row[0] == f"{code} {name}" for row in page.tables["areas"])


def test_a_plan_without_outlines_has_its_table_and_no_map(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moothall.bridge.maps.area_outlines", lambda _id: ())
    DevolutionPlan.objects.update(sha256="of a plan not yet drawn")

    page = read("/")

    assert "<svg xmlns" not in page.html
    assert len(page.tables["areas"]) == 1 + len(AREAS)


@pytest.mark.parametrize("words", ["cedarham", "CEDARHAM", " edarha "])
def test_one_district_found_is_answered(read: Read, words: str) -> None:
    page = read(f"/here?district={words}")

    assert "Who decides in Cedarham" in page.text
    assert "Midvale Commissioning Body" in page.text
    assert "Leader of the body To be filled" in page.text
    assert "Cabinet To be filled" in page.text
    body, day = "Midvale Commissioning Body", "1 April 2031"
    reason = "No reason to keep it was found."
    assert page.tables["local"][1:] == [
        ["Hospital care", "National health board", body, day, reason],
        ["Adult skills", "National skills office", body, day, reason],
    ]
    assert page.tables["elsewhere"][1:] == [
        [
            *("Rare diseases To check", "National health board", "The centre", day),
            "Too rare for a local market.",
        ]
    ]


def test_capitals_beyond_ascii_are_found_too(read: Read) -> None:
    assert "Who decides in Élmstow" in read("/here?district=élmst").text


def test_several_districts_found_are_listed(read: Read) -> None:
    page = read("/here?district=cedar")

    assert "2 districts found" in page.text
    assert "/here?district=Cedarham" in page.links
    assert "/here?district=Cedar%20Vale" in page.links or "/here?district=Cedar+Vale" in page.links


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("district=", "Enter the name of a district"),
        ("district=%20", "Enter the name of a district"),
        ("district=%00", "The name of a district is made of letters"),
        (f"district={'x' * 81}", "The name of a district has at most 80 letters"),
        ("district=qqq", "No district has “qqq” in its name"),
        ("district=%25", "No district has “%” in its name"),
        ("district=<b>", "No district has “<b>” in its name"),
    ],
)
def test_a_search_that_finds_nothing_says_so_beside_the_box(
    read: Read, query: str, message: str
) -> None:
    page = read(f"/here?{query}")

    assert "There is a problem" in page.text
    assert page.text.count(message) == 2
    assert "#district" in page.links
    assert "<title>Error: " in page.html
    assert "<b>" not in page.html
