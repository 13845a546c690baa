"""Every page, narrow and wide, with and without script: no barrier, no complaint, no overflow."""

import pytest
from tests.browser.conftest import Visit

HEAVIEST = 200_000
"""Bytes that a first visit may fetch."""

PAGES = (
    "/",
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
    "/settlement/routes",
    "/timetable",
    "/understand/needs",
    "/understand/needs/A01",
    "/understand/needs/A03",
    "/understand/variation",
    "/functions",
    "/functions/adult-skills",
    "/bodies",
    "/deals",
    "/settlement/administration",
    "/timetable/gates",
    "/timetable/elections",
    "/data/compare",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_barrier_is_light_and_does_not_scroll_sideways(
    visit: Visit, address: str
) -> None:
    weights: list[int] = []
    visit.page.on("requestfinished", lambda one: weights.append(one.sizes()["responseBodySize"]))

    page = visit.go(address)

    assert visit.barriers() == ""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert 0 < sum(weights) <= HEAVIEST


def test_a_page_that_is_not_there_has_no_barrier(visit: Visit) -> None:
    visit.go("/nowhere")
    visit.complaints.clear()  # the browser itself reports the 404

    assert visit.barriers() == ""
