"""Draw how one sum becomes another, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from textwrap import wrap

from folkmoot.exhibits.maps import INK

WIDTH, ROW, PAD = 420.0, 38.0, 4.0
FIGURES, NAMES = 96.0, 10.0
"""Room at the right for figures, and where names begin: no line crosses either."""
NOTE, NOTE_LETTERS = 15.0, 72
"""Height of a line of the note, and letters in it."""
UP, DOWN, LINE = "#8a3b12", "#1d5a8a", "#505a5f"
"""Up and down differ in colour, and in the sign beside each bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change on the way, and how it is written."""

    name: str
    change: float
    shown: str


def waterfall(
    start: tuple[str, float, str],
    steps: Sequence[Step],
    end: tuple[str, float, str],
    *,
    title: str,
    identity: str,
    note: str = "",
) -> str:
    """Draw a waterfall: from a first sum, over each change in turn, to a last sum.

    The axis is cut to where the sums lie, so sums are lines and only changes are bars:
    the length of a bar is true, and no sum is a bar without its foot.

    Parameters
    ----------
    start, end : tuples
        Name, sum, and how the sum is written.
    note : str
        What must be said with the figures, below them.

    Returns
    -------
    str
        An ``<svg>`` element, legible from 280 pixels up; its table stands beside it.
    """
    levels = list(accumulate((step.change for step in steps), initial=start[1]))
    least, most = min(*levels, end[1]), max(*levels, end[1])
    span = (most - least) or 1.0

    def across(value: float) -> float:
        return PAD + (value - least) / span * (WIDTH - 2 * PAD - FIGURES)

    foot = ROW * (len(steps) + 2)
    lines = wrap(note, NOTE_LETTERS)
    height = foot + NOTE * len(lines)
    rows = [_sum(start[0], start[2], across(start[1]), 0)]
    rows += [
        _bar(step, across(levels[n]), across(levels[n + 1]), n + 1) for n, step in enumerate(steps)
    ]
    rows.append(_sum(end[0], end[2], across(end[1]), len(steps) + 1))
    rows += [
        f'<text x="{NAMES:.0f}" y="{foot + NOTE * (n + 0.8):.0f}" font-size="11">'
        f"{escape(line)}</text>"
        for n, line in enumerate(lines)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart narrow" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" aria-labelledby="{identity}-title" '
        f'font-family="Arial, sans-serif" font-size="14" fill="{INK}">'
        f'<title id="{identity}-title">{escape(title)}</title>{"".join(rows)}</svg>'
    )


def _words(name: str, shown: str, row: int) -> str:
    y = row * ROW + 15
    return (
        f'<text x="{NAMES:.0f}" y="{y:.0f}">{escape(name)}</text>'
        f'<text x="{WIDTH - PAD:.0f}" y="{y:.0f}" text-anchor="end">{escape(shown)}</text>'
    )


def _sum(name: str, shown: str, x: float, row: int) -> str:
    """A sum: its words in bold, and a line where it lies."""
    top = row * ROW + 20
    return (
        f'<g font-weight="700">{_words(name, shown, row)}</g>'
        f'<path d="M{x:.1f} {top:.0f}v14" stroke="{INK}" stroke-width="3"/>'
    )


def _bar(step: Step, begins: float, ends: float, row: int) -> str:
    """A change: its words, a bar, and a line from the level before."""
    top = row * ROW + 20
    left, width = min(begins, ends), max(abs(ends - begins), 1.0)
    colour = UP if ends > begins else DOWN
    return (
        f"{_words(step.name, step.shown, row)}"
        f'<path d="M{begins:.1f} {top - ROW + 14:.0f}v{ROW - 14:.0f}" stroke="{LINE}" '
        f'stroke-dasharray="2 3"/>'
        f'<rect x="{left:.1f}" y="{top:.0f}" width="{width:.1f}" height="14" fill="{colour}"/>'
    )
