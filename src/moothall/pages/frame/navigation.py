"""The parts of the site, in the order of the navigation.

The four steps of commissioning (understand, plan, do, review) join here as each has a page.
"""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the site: what it is called, and the page that it begins with."""

    title: str
    view: str


PARTS = (
    Part(title="Areas", view="areas"),
    Part(title="Understand", view="needs"),
    Part(title="Settlement", view="settlement"),
    Part(title="Conflicts", view="conflicts"),
    Part(title="Timetable", view="timetable"),
    Part(title="About the data", view="data"),
)


def items(path: str) -> list[dict[str, object]]:
    """Return the navigation as the component wants it, with the part of this page marked."""
    addresses = [reverse(part.view) for part in PARTS]
    # The longest address that begins the path wins: /areas/conflicts is not under /areas.
    here = max((a for a in addresses if _is_under(path, a)), key=len, default="")
    return [
        {
            "text": part.title,
            "href": address,
            "current": path == address,
            "active": address == here,
        }
        for part, address in zip(PARTS, addresses, strict=True)
    ]


def _is_under(path: str, address: str) -> bool:
    return path == address or path.startswith(f"{address}/")
