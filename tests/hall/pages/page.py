"""A page as a test reads it: its text, its tables, its links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "br", "hr", "img", "input", "link", "meta", "circle", "path", "rect"}


@dataclass
class Page(HTMLParser):
    """What a page of HTML says, read once."""

    html: str
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._table: list[list[str]] | None = None
        self._hidden = 0
        self.feed(self.html)

    def __hash__(self) -> int:
        return hash(self.html)

    @property
    def text(self) -> str:
        """All that the page says, with single spaces."""
        return " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        found = dict(attrs)
        self.attributes |= set(found)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if tag in {"script", "style"}:
            self._hidden += 1
        if tag == "table":
            self._table = self.tables.setdefault(found["id"], [])
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag in {"td", "th"} and self._table is not None:
            self._table[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._table = None
        if tag in {"script", "style"}:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.texts.append(data)
        if self._table and self._table[-1]:
            cell = f"{self._table[-1][-1]} {data}"
            self._table[-1][-1] = " ".join(cell.split())
