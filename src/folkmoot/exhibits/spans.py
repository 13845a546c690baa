"""Draw spans of time as bars on a line of years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from folkmoot.exhibits.maps import INK

WIDTH, NAMES, ROW, TOP = 900.0, 270.0, 30.0, 26.0
FILL, GRID = "#1d5a8a", "#b1b4b6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A span of days with its name, both days included."""

    name: str
    first_day: date
    last_day: date


def spans(bars: Sequence[Bar], *, title: str, identity: str) -> str:
    """Draw bars under a line of years, in the order given.

    Returns
    -------
    str
        An ``<svg>`` element; its table stands beside it, so it says only what it shows.
    """
    first = min(bar.first_day for bar in bars).year
    last = max(bar.last_day for bar in bars).year + 1
    height = TOP + ROW * len(bars) + 6

    def across(day: date) -> float:
        share = (day - date(first, 1, 1)) / (date(last, 1, 1) - date(first, 1, 1))
        return NAMES + share * (WIDTH - NAMES - 10)

    grid = "".join(
        _year(across(date(year, 1, 1)), year, first, height) for year in range(first, last + 1)
    )
    drawn = "".join(
        _bar(bar, n, across(bar.first_day), across(bar.last_day)) for n, bar in enumerate(bars)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" aria-labelledby="{identity}-title" '
        f'font-family="Arial, sans-serif" font-size="14"><title id="{identity}-title">'
        f"{escape(title)}: {len(bars)} bars, {first} to {last}</title>{grid}{drawn}</svg>"
    )


def _year(x: float, year: int, first: int, height: float) -> str:
    name = f'<text x="{x:.1f}" y="14" fill="{INK}" text-anchor="middle">{year}</text>'
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6:.0f}" y2="{height:.0f}" stroke="{GRID}" '
        f'stroke-width="1"/>{name if (year - first) % 3 == 0 else ""}'
    )


def _bar(bar: Bar, row: int, left: float, right: float) -> str:
    y = TOP + row * ROW
    return (
        f'<text x="0" y="{y + 17:.0f}" fill="{INK}">{escape(bar.name)}</text>'
        f'<rect x="{left:.1f}" y="{y + 3:.0f}" width="{max(right - left, 2):.1f}" height="20" '
        f'fill="{FILL}"/>'
    )
