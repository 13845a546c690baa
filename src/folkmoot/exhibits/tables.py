"""A table as every reader wants it: the same rows on a page, in a file and beside a chart."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, and whether it holds figures."""

    heading: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of text under headings, with a caption that says what they are."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    """A last row that sums the others, where they have a sum."""
    note: str = ""

    @classmethod
    def of(
        cls,
        caption: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        total: Sequence[str] = (),
        note: str = "",
    ) -> "Table":
        """Make a table; a heading that ends in ``>`` is of a column of figures."""
        return cls(
            caption=caption,
            columns=tuple(
                Column(heading=name.removesuffix(">"), is_figure=name.endswith(">"))
                for name in headings
            ),
            rows=tuple(tuple(row) for row in rows),
            total=tuple(total),
            note=note,
        )
