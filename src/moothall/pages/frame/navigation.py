"""The parts of the site and the pages within each, in the order of the navigation.

The four steps of commissioning (understand, plan, do, review) join here as each has a page.
"""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page that a part leads to."""

    title: str
    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the site: what it is called, and its pages, the one it begins with first."""

    title: str
    pages: tuple[Leaf, ...]


PARTS = (
    Part(title="Areas", pages=(Leaf(title="Areas", view="areas"),)),
    Part(
        title="Who decides",
        pages=(
            Leaf(title="Who holds what", view="functions"),
            Leaf(title="Bodies and leaders", view="bodies"),
            Leaf(title="Deals so far", view="deals"),
        ),
    ),
    Part(
        title="Understand",
        pages=(
            Leaf(title="What areas need", view="needs"),
            Leaf(title="The postcode lottery", view="variation"),
        ),
    ),
    Part(
        title="Settlement",
        pages=(
            Leaf(title="Grants", view="settlement"),
            Leaf(title="How the money runs", view="routes"),
            Leaf(title="Administration", view="administration"),
        ),
    ),
    Part(title="Conflicts", pages=(Leaf(title="Conflicts", view="conflicts"),)),
    Part(
        title="Timetable",
        pages=(
            Leaf(title="Steps and days", view="timetable"),
            Leaf(title="Readiness gates", view="gates"),
            Leaf(title="Elections", view="elections"),
        ),
    ),
    Part(
        title="About the data",
        pages=(
            Leaf(title="About the data", view="data"),
            Leaf(title="Compare two plans", view="compare"),
        ),
    ),
)


def items(path: str) -> list[dict[str, object]]:
    """Return the navigation as the component wants it, with the part of this page marked."""
    here = _nearest(path)
    return [
        {
            "text": part.title,
            "href": reverse(part.pages[0].view),
            "current": path == reverse(part.pages[0].view),
            "active": here in [reverse(leaf.view) for leaf in part.pages],
        }
        for part in PARTS
    ]


def siblings(path: str) -> list[dict[str, object]]:
    """Return the pages of the part that this page is in; none where it is the only one."""
    here = _nearest(path)
    for part in PARTS:
        addresses = [reverse(leaf.view) for leaf in part.pages]
        if here in addresses and len(addresses) > 1:
            return [
                {"text": leaf.title, "href": address, "current": address == here}
                for leaf, address in zip(part.pages, addresses, strict=True)
            ]
    return []


def _nearest(path: str) -> str:
    """The longest address that begins the path: /areas/conflicts is not under /areas."""
    addresses = [reverse(leaf.view) for part in PARTS for leaf in part.pages]
    return max((one for one in addresses if _is_under(path, one)), key=len, default="")


def _is_under(path: str, address: str) -> bool:
    return path == address or path.startswith(f"{address}/")
