"""GOV.UK components: ours give the same elements as the published fixtures, all of them."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from moothall.pages.frame.components import component

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
FIXTURES = 657
"""How many govuk-frontend 6.3.0 publishes."""


class Elements(HTMLParser):
    """The elements of a piece of HTML, in an order and spacing that does not matter."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, Any]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        kept = sorted((name, " ".join((value or "").split())) for name, value in attrs)
        self.found.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", None))

    def handle_data(self, data: str) -> None:
        words = data.split()
        if words and self.found and self.found[-1][0] == "text":
            self.found[-1][1].extend(words)
        elif words:
            self.found.append(("text", words))


def fixtures() -> list[Any]:
    """Every published example: its component, its name, what goes in and what comes out."""
    return [
        pytest.param(published["component"], one["options"], one["html"], id=one["name"])
        for path in sorted(PUBLISHED.glob("*/fixtures.json"))
        for published in [json.loads(path.read_text(encoding="utf-8"))]
        for one in published["fixtures"]
    ]


def test_all_published_fixtures_are_there() -> None:
    assert len(fixtures()) == FIXTURES, "run: python tools/front_end.py"


def test_each_component_gives_the_published_elements() -> None:
    different = [
        f"{name}: {example.id}"
        for example in fixtures()
        for name, options, html in [example.values]
        if Elements(str(component(name)(options))).found != Elements(html).found
    ]

    assert different == []
