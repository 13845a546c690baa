"""Sort the list of areas by a column that the address names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moothall.centre.queries.plans import AreaRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SortColumn:
    """A column that the list can be sorted by."""

    key: str
    heading: str
    is_figure: bool
    value: Callable[[AreaRow], str | int]


COLUMNS = (
    SortColumn(key="name", heading="Area", is_figure=False, value=lambda a: a.name.casefold()),
    SortColumn(key="people", heading="People", is_figure=True, value=lambda a: a.population),
    SortColumn(key="blocks", heading="Blocks", is_figure=True, value=lambda a: a.blocks),
    SortColumn(
        key="grant", heading="Block grant, £ million", is_figure=True, value=lambda a: a.pence
    ),
    SortColumn(key="head", heading="£ a head", is_figure=True, value=lambda a: a.pence_per_head),
    SortColumn(key="matches", heading="Matches", is_figure=True, value=lambda a: a.matches),
    SortColumn(key="crosses", heading="Crosses", is_figure=True, value=lambda a: a.crosses),
    SortColumn(key="conflicts", heading="Conflicts", is_figure=True, value=lambda a: a.conflicts),
)
_BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class SortLink:
    """A heading that sorts, as the page shows it."""

    heading: str
    is_figure: bool
    query: str
    aria: str
    """What a screen reader says of the column: ascending, descending or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The order that an address asks for; an unknown one is by name."""

    key: str
    descending: bool

    @classmethod
    def asked(cls, key: str | None, order: str | None) -> "Sorting":
        """Read the two parts of the query."""
        known = key if key in _BY_KEY else "name"
        return cls(key=known or "name", descending=order == "down")

    def sort(self, areas: Sequence[AreaRow]) -> tuple[AreaRow, ...]:
        """Return the areas in this order; equals stay by code."""
        return tuple(sorted(areas, key=_BY_KEY[self.key].value, reverse=self.descending))

    def links(self) -> tuple[SortLink, ...]:
        """Return the headings; the present column's link turns the order round."""
        return tuple(self._link(column) for column in COLUMNS)

    def _link(self, column: SortColumn) -> SortLink:
        if column.key != self.key:
            order, aria = ("down" if column.is_figure else "up"), "none"
        elif self.descending:
            order, aria = "up", "descending"
        else:
            order, aria = "down", "ascending"
        query = f"?sort={column.key}&order={order}"
        return SortLink(heading=column.heading, is_figure=column.is_figure, query=query, aria=aria)
