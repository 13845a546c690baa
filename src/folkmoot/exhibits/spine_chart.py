"""Where an area stands in every indicator at once: a spine of dots about the country's figure.

Better is always to the right, whatever way an indicator counts, and every row is on its own
scale: the worst to the best of the areas. Rows without better or worse run low to high.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.exhibits.axes import (
    BLUE,
    GREY,
    ORANGE,
    Scale,
    chart,
    diamond,
    dot,
    line,
    plain,
    triangle,
    words,
)
from folkmoot.exhibits.maps import INK
from folkmoot.outcomes.assessment import Profile, Standing
from folkmoot.outcomes.indicators import domains

WIDTH, ROW, TOP, HEAD = 480.0, 38.0, 30.0, 30.0
RANGE, MIDDLE = "#e8eaec", "#c8ccd0"
LETTERS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineRow:
    """One indicator of an area, as the chart needs it."""

    name: str
    domain: str
    value: float
    unit: str
    whole: float
    spread: tuple[float, float, float, float]
    """Of all areas: least, lower quartile, upper quartile, most."""
    is_low_good: bool
    standing: Standing
    verdict: str


def spine_rows(found: Profile) -> list[SpineRow]:
    """The rows of a profile, as the chart needs them."""
    return [
        SpineRow(
            name=row.indicator.short,
            domain=row.indicator.domain,
            value=row.value,
            unit=row.indicator.unit,
            whole=row.whole,
            spread=row.spread,
            is_low_good=row.indicator.polarity == "lower_is_better",
            standing=row.standing,
            verdict=row.verdict,
        )
        for row in found.rows
    ]


def spine_chart(
    rows: Sequence[SpineRow], *, name: str, whole: str, among: str, identity: str = "spine"
) -> str:
    """Draw every indicator of an area, by domain.

    Parameters
    ----------
    whole : str
        What the area is compared with, such as the country.
    among : str
        The areas whose spread is drawn, such as "38 areas of the plan".

    Returns
    -------
    str
        An ``<svg>`` element, narrow enough for a telephone.
    """
    parts, y = list(_head(whole, among)), TOP + 24
    for domain, heading in domains().items():
        held = [row for row in rows if row.domain == domain]
        if not held:
            continue
        parts.append(words(0, y + 18, heading, bold=True))
        y += HEAD
        for row in held:
            parts += _row(row, y)
            y += ROW
    worse, better = (sum(row.standing == one for row in rows) for one in ("worse", "better"))
    return chart(
        "".join(parts),
        width=WIDTH,
        height=y + 8,
        title=f"{name}: every indicator beside {whole}",
        description=(
            f"{len(rows)} indicators, better to the right; the line in the middle is {whole}. "
            f"{worse} are worse, {better} better. The table beside has the figures."
        ),
        identity=identity,
        kind="narrow",
    )


def _head(whole: str, among: str) -> Sequence[str]:
    return (
        triangle(6, 12, ORANGE),
        words(18, 16, "worse"),
        diamond(78, 12, BLUE),
        words(90, 16, "better"),
        dot(146, 12, GREY),
        words(156, 16, "similar, or not known"),
        line(300, 4, 300, 20, INK, look='stroke-width="2"'),
        words(306, 16, whole),
        f'<rect x="0" y="26" width="22" height="10" fill="{RANGE}"/>',
        words(28, 36, f"worst to best of {among}"),
        f'<rect x="300" y="26" width="22" height="10" fill="{MIDDLE}"/>',
        words(328, 36, "middle half of them"),
    )


def _row(row: SpineRow, y: float) -> Sequence[str]:
    sign = -1.0 if row.is_low_good else 1.0
    least, lower, upper, most = sorted(sign * one for one in row.spread)
    # The country stands in the middle of every row, so the longer side sets the scale.
    half = max(most - sign * row.whole, sign * row.whole - least) or 1.0
    across = Scale(
        low=sign * row.whole - half, high=sign * row.whole + half, start=6, end=WIDTH - 6
    )
    x, base = across(sign * row.value), y + 26
    note = f"{row.name}: {plain(row.value)} {row.unit}, {row.verdict}"
    said = f"{plain(row.value)} ({plain(row.whole)})"
    return (
        words(0, y + 14, _short(row.name)),
        words(WIDTH, y + 14, said, anchor="end"),
        _band(across(least), across(most), base, RANGE),
        _band(across(lower), across(upper), base, MIDDLE),
        line(WIDTH / 2, base - 8, WIDTH / 2, base + 8, INK, look='stroke-width="2"'),
        _mark(row, x, base, note),
    )


def _band(start: float, end: float, y: float, ink: str) -> str:
    return (
        f'<rect x="{start:.1f}" y="{y - 5:.1f}" width="{end - start:.1f}" height="10" '
        f'fill="{ink}"/>'
    )


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else name[: LETTERS - 1].rstrip() + "…"


def _mark(row: SpineRow, x: float, y: float, note: str) -> str:
    if row.standing == "worse":
        return triangle(x, y, ORANGE, note, size=7)
    if row.standing == "better":
        return diamond(x, y, BLUE, note, size=7)
    return dot(x, y, GREY, note)
