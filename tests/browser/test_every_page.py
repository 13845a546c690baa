"""Every page, narrow and wide, with and without script: no barrier, no complaint, no overflow."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

PAGES = (
    "/",
    "/areas",
    "/areas?sort=people&order=down",
    "/areas/A01",
    "/areas/A03",
    "/areas/conflicts",
    "/data",
    "/here",
    "/here?district=",
    "/here?district=cedar",
    "/here?district=cedarham",
    "/settlement",
    "/settlement?stream=skills&unit=millions",
)
RULES: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_barrier_and_does_not_scroll_sideways(visit: Visit, address: str) -> None:
    page = visit.go(address)

    found = Axe().run(page, options=RULES)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_page_that_is_not_there_has_no_barrier(visit: Visit) -> None:
    page = visit.go("/nowhere")
    visit.complaints.clear()  # the browser itself reports the 404

    assert Axe().run(page, options=RULES).violations_count == 0


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_weighs_little(visit: Visit, address: str) -> None:
    page = visit.page
    weights: list[int] = []
    page.on("requestfinished", lambda one: weights.append(one.sizes()["responseBodySize"]))

    visit.go(address)

    assert 0 < sum(weights) <= 200_000
