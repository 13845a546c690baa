"""A member of the public finds out who decides, with what money, and what is in dispute."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Visit
from tests.hall.plan_folder import LABEL


def open_part(visit: Visit, name: str) -> None:
    """Choose a part of the site; a narrow screen with script folds them under Menu."""
    visit.page.wait_for_load_state()
    menu = visit.page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    visit.page.get_by_role("navigation", name="Parts of the site").get_by_role(
        "link", name=name, exact=True
    ).click()


def test_from_the_front_page_to_the_conflicts(visit: Visit) -> None:
    page = visit.go("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who should decide for your area?")

    page.get_by_role("group", name="Map of the 3 areas").get_by_role(
        "link", name="Northmarch"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northmarch")
    expect(page.get_by_role("table", name="Grants by stream and year")).to_contain_text(
        "£1,030,000,000.01"
    )
    expect(page.get_by_text(LABEL)).to_be_visible()

    open_part(visit, "Areas")
    page.get_by_role("link", name="People").click()
    expect(page).to_have_url(re.compile("sort=people"))
    page.get_by_role("link", name="Midvale").click()
    expect(page.get_by_text("To be filled")).to_have_count(2)

    open_part(visit, "Settlement")
    page.get_by_label("Show").select_option("Skills, every year")
    page.get_by_role("button", name="Show the table").click()
    table = page.get_by_role("table", name="Skills, by year, in pounds and pence")
    expect(table.get_by_role("row", name="All areas")).to_contain_text("£160,000,000.00")

    open_part(visit, "Conflicts")
    page.get_by_role("link", name="N02").click()
    options = page.get_by_role("table", name="N02: options and their price")
    expect(options.get_by_role("row", name="With the economic geography")).to_contain_text("+1.72%")


def test_a_district_is_found_by_part_of_its_name(visit: Visit) -> None:
    page = visit.go("/")

    page.get_by_label("Name of your district").fill("cedar")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Cedarham").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Who decides in Cedarham")


def test_an_empty_search_moves_to_the_error(visit: Visit) -> None:
    page = visit.go("/here")

    page.get_by_role("button", name="Find who decides").click()
    page.get_by_role("link", name="Enter the name of a district").click()

    expect(page.get_by_label("Name of your district")).to_be_focused()


def test_the_keyboard_reaches_the_content_and_every_area_of_the_map(visit: Visit) -> None:
    page = visit.go("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))

    assert {"/areas/A01", "/areas/A02", "/areas/A03"} <= reached


@pytest.mark.parametrize("address", ["/areas", "/settlement"])
def test_a_wide_table_scrolls_in_its_own_region_by_keyboard(visit: Visit, address: str) -> None:
    page = visit.go(address)
    region = page.get_by_role("region").filter(has=page.get_by_role("table"))

    region.focus()
    expect(region).to_be_focused()
    page.keyboard.press("ArrowRight")

    assert page.evaluate("window.scrollX") == 0
