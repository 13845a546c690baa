"""What a report is made of: sections, each a row of parts.

A part is a sentence, a label, a heading, a figure, a table or a list; a template lays them out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from folkmoot.exhibits.tables import Table

Kind = Literal["text", "label", "heading", "figure", "table", "folded", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One element of a section."""

    kind: Kind
    text: str = ""
    """The sentence; for a figure its caption, for a folded table its summary."""
    svg: str = ""
    table: Table | None = None
    items: tuple[str, ...] = ()
    is_wide: bool = False
    """Whether a figure would be too small to read on a narrow page, so that it scrolls there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a report."""

    anchor: str
    title: str
    parts: tuple[Part, ...]


def text(sentence: str) -> Part:
    """A paragraph."""
    return Part(kind="text", text=sentence)


def label(sentence: str) -> Part:
    """A warning that must stand beside figures, such as that they are modelled."""
    return Part(kind="label", text=sentence)


def heading(title: str) -> Part:
    """A heading inside a section."""
    return Part(kind="heading", text=title)


def figure(svg: str, caption: str) -> Part:
    """A drawing with what it shows."""
    return Part(kind="figure", svg=svg, text=caption)


def wide_figure(svg: str, caption: str) -> Part:
    """A drawing that a narrow page lets scroll, with what it shows."""
    return Part(kind="figure", svg=svg, text=caption, is_wide=True)


def table(shown: Table) -> Part:
    """A table in full."""
    return Part(kind="table", table=shown)


def folded(summary: str, shown: Table) -> Part:
    """A long table behind its summary."""
    return Part(kind="folded", text=summary, table=shown)


def items(sentences: Sequence[str]) -> Part:
    """A list."""
    return Part(kind="list", items=tuple(sentences))
