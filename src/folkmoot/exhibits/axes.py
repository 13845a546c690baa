"""What charts of figures share: a scale with round marks, words and the frame around them.

Rule:      no script, no style attribute; every chart has a title and a description, and a table
           stands beside it. Colour never says anything alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from folkmoot.exhibits.maps import INK

GRID = "#d3d5d7"
BLUE, ORANGE, GREY = "#12436d", "#c2570c", "#6b7276"
"""Better, worse, neither: apart in lightness too, and never without a shape of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Turns figures into places along an axis."""

    low: float
    high: float
    start: float
    """Drawing unit at ``low``."""
    end: float

    def __call__(self, value: float) -> float:
        """Where a figure stands, held inside the axis."""
        inside = min(max(value, self.low), self.high)
        room = (self.high - self.low) or 1.0
        return self.start + (inside - self.low) / room * (self.end - self.start)

    def marks(self, most: int = 6) -> list[float]:
        """Round figures inside the scale."""
        return ticks(self.low, self.high, most)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round figures from low to high, no more than ``most``.

    Examples
    --------
    >>> ticks(0.0, 10.0), ticks(0.12, 0.19, 5)
    ([0.0, 2.0, 4.0, 6.0, 8.0, 10.0], [0.12, 0.14, 0.16, 0.18])
    """
    room = high - low
    if room <= 0:
        return [low]
    raw = room / max(most - 1, 1)
    size = 10.0 ** floor(log10(raw))
    step = next(size * one for one in (1.0, 2.0, 2.5, 5.0, 10.0) if size * one >= raw * 0.999)
    places = max(0, -floor(log10(step)) + 1)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(n * step, places) for n in range(first, last + 1)]


def plain(value: float) -> str:
    """A figure in as many digits as it needs: three that count, thousands with commas.

    Examples
    --------
    >>> plain(1744.35), plain(62.715), plain(0.23194), plain(0.0), plain(-4.5)
    ('1,744', '62.7', '0.232', '0', '-4.5')
    """
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    digits = max(0, 2 - floor(log10(abs(value))))
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def words(
    x: float, y: float, said: str, *, anchor: str = "start", ink: str = INK, bold: bool = False
) -> str:
    """A line of text."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="{anchor}"{weight}>'
        f"{escape(said)}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, ink: str, *, look: str = "") -> str:
    """A straight line; ``look`` holds further attributes."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{ink}" {look}/>'


def ground(across: Scale, up: Scale, *, percent: bool = False) -> Iterator[str]:
    """Grid lines of both axes with their figures, ``up`` on the left."""
    for mark in up.marks():
        yield line(across.start, up(mark), across.end, up(mark), GRID)
        said = f"{mark:.0%}" if percent else plain(mark)
        yield words(across.start - 6, up(mark) + 4, said, anchor="end")
    for mark in across.marks():
        yield words(across(mark), max(up.start, up.end) + 18, plain(mark), anchor="middle")


def chart(
    body: str,
    *,
    width: float,
    height: float,
    title: str,
    description: str,
    identity: str,
    kind: str = "",
) -> str:
    """Frame a drawing as an ``<svg>`` element that a screen reader can name and describe.

    Parameters
    ----------
    kind : str
        ``narrow`` or ``wide`` for pages that lay it out so.
    """
    named = f"{identity}-title {identity}-desc"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{f"chart {kind}".strip()}" role="img" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" aria-labelledby="{named}" '
        f'font-family="Arial, sans-serif" font-size="13" fill="{INK}">'
        f'<title id="{identity}-title">{escape(title)}</title>'
        f'<desc id="{identity}-desc">{escape(description)}</desc>{body}</svg>'
    )


def diamond(x: float, y: float, ink: str, note: str = "", size: float = 6.0) -> str:
    """A diamond, for what is better."""
    return _shape(
        f'<path d="M{x:.1f} {y - size:.1f}L{x + size:.1f} {y:.1f}L{x:.1f} {y + size:.1f}'
        f'L{x - size:.1f} {y:.1f}Z" fill="{ink}"',
        note,
    )


def triangle(x: float, y: float, ink: str, note: str = "", size: float = 6.0) -> str:
    """A triangle, for what is worse."""
    return _shape(
        f'<path d="M{x:.1f} {y - size:.1f}L{x + size:.1f} {y + size * 0.8:.1f}'
        f'L{x - size:.1f} {y + size * 0.8:.1f}Z" fill="{ink}"',
        note,
    )


def dot(x: float, y: float, ink: str, note: str = "", size: float = 4.5) -> str:
    """A dot, for what is neither."""
    return _shape(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" fill="{ink}"', note)


def _shape(start: str, note: str) -> str:
    return f"{start}><title>{escape(note)}</title>{_end(start)}" if note else f"{start}/>"


def _end(start: str) -> str:
    return "</circle>" if start.startswith("<circle") else "</path>"
