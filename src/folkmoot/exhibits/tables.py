"""A table as every reader wants it: the same rows on a page, in a file and beside a chart."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, and whether it holds figures."""

    heading: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a table's figures stand in the files beside it, so that a program can compare.

    Names and keys hold no bar, which a page puts between them.
    """

    kind: str
    """What a row is of, such as the columns of a file that name it."""
    columns: tuple[str, ...]
    """What the files call each column."""
    keys: tuple[tuple[str, ...], ...]
    """Which row each is, the last row of sums included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of text under headings, with a caption that says what they are."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    """A last row that sums the others, where they have a sum."""
    note: str = ""
    origin: Origin | None = None

    @classmethod
    def of(
        cls,
        caption: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        total: Sequence[str] = (),
        note: str = "",
        origin: Origin | None = None,
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
            origin=origin,
        )
