"""What holds of every page: its frame, its safety, its labels, and what it never shows."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.hall.pages.conftest import Read
from tests.hall.plan_folder import COUNT_LABEL, LABEL

from moothall.centre.models import DevolutionPlan

PAGES = (
    "/",
    "/areas",
    "/areas/A01",
    "/areas/A03",
    "/areas/conflicts",
    "/data",
    "/here",
    "/here?district=",
    "/here?district=cedar",
    "/here?district=cedarham",
    "/settlement",
    "/settlement?stream=health",
    "/settlement?unit=millions&year=2027-28",
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
MONEY = (
    "/",
    "/areas",
    "/areas/A01",
    "/settlement",
    "/settlement?stream=skills",
    "/settlement/routes",
)
FILES = (
    "/areas.csv",
    "/areas.json",
    "/settlement.csv",
    "/settlement.json",
    "/settlement/routes.csv",
    "/settlement/routes.json",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("plan")
class TestWithAPlan:
    def test_it_has_one_title_one_first_heading_and_unique_ids(
        self, read: Read, address: str
    ) -> None:
        page = read(address)

        assert page.headings.count(1) == 1
        assert len(page.ids) == len(set(page.ids))
        assert re.search(r"<title>\S.* – moothall</title>", page.html)
        assert 'lang="en-GB"' in page.html
        for earlier, later in zip([0, *page.headings], page.headings, strict=False):
            assert later <= max(earlier, 2) + 1

    def test_it_says_that_it_is_a_draft(self, read: Read, address: str) -> None:
        assert "A draft plan for discussion" in read(address).text

    def test_nothing_in_it_needs_a_laxer_content_policy(self, read: Read, address: str) -> None:
        page = read(address)

        assert not {name for name in page.attributes if name == "style" or name.startswith("on")}
        assert page.html.count("<script") == 2  # the one with the named digest, and the module
        assert "<style" not in page.html

    def test_it_loads_nothing_from_another_host(self, read: Read, address: str) -> None:
        sources = re.findall(r'(?:src|href)="([^"]*)"', read(address).html)

        assert sources
        assert all(not source.startswith(("http:", "https:", "//")) for source in sources)

    def test_it_has_no_crown_and_no_font_of_the_government(self, read: Read, address: str) -> None:
        html = read(address).html.lower()

        assert not re.search(r"gds.transport|crown|logotype|gov\.uk<", html)

    def test_each_of_its_tables_scrolls_in_a_named_region(self, read: Read, address: str) -> None:
        page = read(address)

        for name in page.tables:
            assert f'role="region" aria-labelledby="{name}-caption" tabindex="0"' in page.html
            assert f"{name}-caption" in page.ids


@pytest.mark.parametrize("address", MONEY)
@pytest.mark.usefixtures("plan")
def test_a_page_that_shows_money_shows_its_labels(read: Read, address: str) -> None:
    text = read(address).text

    assert "Modelled" in text
    assert f"Health: {LABEL}" in text
    assert f"Skills: {COUNT_LABEL}" in text
    assert "The weights of the parts are a declared judgement." in text


@pytest.mark.parametrize("address", FILES)
@pytest.mark.usefixtures("plan")
def test_a_file_that_holds_money_holds_its_labels(client: Client, address: str) -> None:
    assert "modelled baseline, not actual spending" in client.get(address).content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/areas", "/areas/A01", "/settlement", "/data", "/here", "/understand/needs"]
)
def test_before_there_is_a_plan_each_page_says_what_to_do(
    db: None, read: Read, address: str
) -> None:
    assert "No plan yet: run make plan" in read(address).text


@pytest.mark.parametrize("address", [*FILES, "/areas/conflicts.csv"])
def test_before_there_is_a_plan_no_file_is_there(db: None, read: Read, address: str) -> None:
    assert read(address, status=404).text == "No plan yet: run make plan"


@pytest.mark.parametrize(
    "address", ["/nowhere", "/areas/A99", "/areas/A-very-long-code-of-none", "/functions/none"]
)
@pytest.mark.usefixtures("plan")
def test_what_is_not_there_says_where_to_look(read: Read, address: str) -> None:
    page = read(address, status=404)

    assert "Page not found" in page.text
    assert "/areas" in page.links


@pytest.mark.parametrize("address", ["/areas/%00", "/areas/A01%00", "/areas/%FF", "/%00"])
@pytest.mark.usefixtures("plan")
def test_an_address_of_no_page_is_never_our_fault(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["?sort=%00", "?order=%FF", "?year=%00&stream=x&unit=' OR 1"])
@pytest.mark.usefixtures("plan")
def test_a_query_of_nonsense_is_never_our_fault(client: Client, query: str) -> None:
    assert client.get(f"/areas{query}").status_code == 200
    assert client.get(f"/settlement{query}").status_code == 200


def test_a_fault_of_ours_is_said_plainly_without_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> DevolutionPlan:
        raise RuntimeError

    monkeypatch.setattr("moothall.pages.frame.rendering.plan_in_force", broken)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "Something is wrong on our side" in response.content.decode()
    assert "Traceback" not in response.content.decode()


@pytest.mark.usefixtures("plan")
def test_another_host_is_refused_in_the_house_style(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "We cannot read this address" in response.content.decode()


@pytest.mark.usefixtures("plan")
def test_every_answer_carries_the_content_policy(client: Client) -> None:
    headers = client.get("/").headers
    policy = {part.strip() for part in headers["Content-Security-Policy"].split(";")}

    assert policy == {
        "default-src 'self'",
        "script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.usefixtures("plan")
def test_no_page_is_written_to_and_head_has_no_body(client: Client) -> None:
    assert client.post("/areas").status_code == 405
    head = client.head("/areas")
    assert (head.status_code, head.content) == (200, b"")


def test_our_style_names_no_other_host_and_no_font_of_the_government() -> None:
    for folder in settings.STATICFILES_DIRS:
        for path in Path(folder).iterdir():
            text = path.read_text(encoding="utf-8").lower()
            assert not re.search(r"gds.transport|@font-face|crest|sourcemappingurl", text), path
            assert not re.search(r"url\(['\"]?(https?:)?//", text), path
