"""A reader follows the pages of a part, and sets two plans side by side."""

from playwright.sync_api import expect
from tests.browser.conftest import Visit
from tests.browser.test_journey import open_part


def test_the_pages_of_a_part_lead_to_each_other(visit: Visit) -> None:
    page = visit.go("/")

    open_part(visit, "Who decides")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who holds what")
    page.get_by_role("link", name="Adult skills").click()
    expect(page.get_by_role("table")).to_contain_text("National skills office")
    siblings = page.get_by_role("navigation", name="Pages of this part")
    siblings.get_by_role("link", name="Bodies and leaders").click()
    expect(page.get_by_role("table", name="3 bodies")).to_contain_text("Leader of the body")
    siblings.get_by_role("link", name="Deals so far").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deals so far")

    open_part(visit, "Timetable")
    siblings.get_by_role("link", name="Readiness gates").click()
    expect(page.get_by_text("No body has been assessed")).to_be_visible()
    siblings.get_by_role("link", name="Elections").click()
    expect(page.get_by_role("table").first).to_contain_text("3 May 2029")

    open_part(visit, "Settlement")
    siblings.get_by_role("link", name="Administration").click()
    expect(page.get_by_text("Illustration", exact=True)).to_be_visible()


def test_two_plans_are_set_side_by_side(visit_two_plans: Visit) -> None:
    page = visit_two_plans.go("/data/compare")

    assert visit_two_plans.barriers() == ""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    moves = page.get_by_role("table", name="Blocks that move, the most people first")
    expect(moves).to_contain_text("Cedar Vale")

    page.get_by_label("Second plan").select_option(index=0)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("No block is in another area.")).to_be_visible()
