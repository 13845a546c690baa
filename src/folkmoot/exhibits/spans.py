"""Draw spans of time as bars on a line of years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from folkmoot.exhibits.maps import INK, PAPER

TOP, EDGE = 26.0, 20.0
FILL, GRID = "#1d5a8a", "#b1b4b6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A span of days with its name, both days included."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lay:
    """Where names and bars stand."""

    width: float
    names: float
    """Width of the names beside the bars; 0 where each stands above its bar."""
    row: float
    font: int
    years: int
    """Every so many years are named."""


WIDE = Lay(width=900.0, names=270.0, row=30.0, font=14, years=3)
NARROW = Lay(width=320.0, names=0.0, row=48.0, font=14, years=5)


def spans(bars: Sequence[Bar], *, title: str, identity: str, is_narrow: bool = False) -> str:
    """Draw bars under a line of years, in the order given.

    Returns
    -------
    str
        An ``<svg>`` element; its table stands beside it, so it says only what it shows.
    """
    lay = NARROW if is_narrow else WIDE
    first = min(bar.first_day for bar in bars).year
    last = max(bar.last_day for bar in bars).year + 1
    height = TOP + lay.row * len(bars) + 6

    def across(day: date) -> float:
        share = (day - date(first, 1, 1)) / (date(last, 1, 1) - date(first, 1, 1))
        return lay.names + EDGE + share * (lay.width - lay.names - 2 * EDGE)

    grid = "".join(
        _year(across(date(year, 1, 1)), year, height, is_named=(year - first) % lay.years == 0)
        for year in range(first, last + 1)
    )
    drawn = "".join(
        _bar(bar, TOP + n * lay.row, across(bar.first_day), across(bar.last_day), lay)
        for n, bar in enumerate(bars)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {lay.width:.0f} {height:.0f}" aria-labelledby="{identity}-title" '
        f'font-family="Arial, sans-serif" font-size="{lay.font}"><title id="{identity}-title">'
        f"{escape(title)}: {len(bars)} bars, {first} to {last}</title>{grid}{drawn}</svg>"
    )


def _year(x: float, year: int, height: float, *, is_named: bool) -> str:
    name = f'<text x="{x:.1f}" y="14" fill="{INK}" text-anchor="middle">{year}</text>'
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6:.0f}" y2="{height:.0f}" stroke="{GRID}" '
        f'stroke-width="1"/>{name if is_named else ""}'
    )


def _bar(bar: Bar, y: float, left: float, right: float, lay: Lay) -> str:
    above = 0.0 if lay.names else 20.0
    return (
        f'<text x="0" y="{y + 17 - above / 8:.1f}" fill="{INK}" paint-order="stroke" '
        f'stroke="{PAPER}" stroke-width="4">{escape(bar.name)}</text>'
        f'<rect x="{left:.1f}" y="{y + 3 + above:.0f}" width="{max(right - left, 2):.1f}" '
        f'height="20" fill="{FILL}"/>'
    )
