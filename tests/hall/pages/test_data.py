"""What the figures rest on."""

import pytest
from tests.hall.pages.conftest import Read

from moothall.centre.models import DevolutionPlan


def test_it_shows_what_lets_anyone_make_the_plan_again(read: Read, plan: DevolutionPlan) -> None:
    page = read("/data")

    assert "Score F of this plan 0.231635" in page.text
    assert "0.231000" in page.text
    assert "it is within 0.274% of the best possible" in page.text
    assert "1 union offered to an integer programme" in page.text
    assert "every plan that splits no atom" in page.text
    assert plan.sha256 in page.text
    assert ["criteria", "c" * 64] in page.tables["inputs"]
    assert "Contains made-up data of Threeland" in page.text
    assert "Open Government Licence v3.0" in page.text
    assert "Opening allocations are modelled from need and population." in page.text


@pytest.mark.usefixtures("plan")
def test_it_sets_the_plan_beside_its_baselines(read: Read) -> None:
    tables = read("/data").tables

    assert tables["scores"] == [
        ["Measure", "This plan", "ICB"],
        ["F, the whole score", "0.2316", "0.2497"],
    ]
    assert tables["nested"][1] == ["ICB", "0.9520", "1"]


@pytest.mark.usefixtures("plan")
def test_a_plan_without_a_bound_says_so(read: Read) -> None:
    DevolutionPlan.objects.update(bound=None, gap_ratio=None)

    assert "No bound: how near this is to the best possible is not proven." in read("/data").text


@pytest.mark.usefixtures("plan")
def test_it_links_to_every_download(read: Read) -> None:
    links = read("/data").links

    for name in ("/areas", "/settlement", "/areas/conflicts"):
        assert {f"{name}.csv", f"{name}.json"} <= set(links)
