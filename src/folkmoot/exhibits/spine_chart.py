"""Where an area stands in every indicator at once: a spine of dots about the country's figure.

Better is always to the right, whatever way an indicator counts, and every row is on its own
scale: the worst to the best of the areas. Rows without better or worse run low to high.
"""

from collections.abc import Sequence

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
from folkmoot.outcomes.assessment import Profile, Row
from folkmoot.outcomes.indicators import domains

WIDTH, ROW, TOP, HEAD = 480.0, 38.0, 30.0, 30.0
RANGE, MIDDLE = "#e8eaec", "#c8ccd0"
LETTERS = 52


def spine_chart(found: Profile, *, identity: str = "spine") -> str:
    """Draw every indicator of an area, by domain.

    Returns
    -------
    str
        An ``<svg>`` element, narrow enough for a telephone.
    """
    groups = [
        (heading, [row for row in found.rows if row.indicator.domain == domain])
        for domain, heading in domains().items()
    ]
    parts, y = list(_head(found)), TOP + 24
    for heading, rows in groups:
        if not rows:
            continue
        parts.append(words(0, y + 18, heading, bold=True))
        y += HEAD
        for row in rows:
            parts += _row(row, y)
            y += ROW
    return chart(
        "".join(parts),
        width=WIDTH,
        height=y + 8,
        title=f"{found.name}: every indicator beside {found.whole}",
        description=(
            f"{len(found.rows)} indicators, better to the right; the line in the middle is "
            f"{found.whole}. {len(found.worse)} are worse, {len(found.better)} better. The table "
            "below has the figures."
        ),
        identity=identity,
        kind="narrow",
    )


def _head(found: Profile) -> Sequence[str]:
    return (
        triangle(6, 12, ORANGE),
        words(18, 16, "worse"),
        diamond(78, 12, BLUE),
        words(90, 16, "better"),
        dot(146, 12, GREY),
        words(156, 16, "similar, or not known"),
        line(300, 4, 300, 20, INK, look='stroke-width="2"'),
        words(306, 16, found.whole),
        f'<rect x="0" y="26" width="22" height="10" fill="{RANGE}"/>',
        words(28, 36, f"worst to best of {found.areas} {found.division}"),
        f'<rect x="300" y="26" width="22" height="10" fill="{MIDDLE}"/>',
        words(328, 36, "middle half of them"),
    )


def _row(row: Row, y: float) -> Sequence[str]:
    sign = -1.0 if row.indicator.polarity == "lower_is_better" else 1.0
    least, lower, upper, most = sorted(sign * one for one in row.spread)
    # The country stands in the middle of every row, so the longer side sets the scale.
    half = max(most - sign * row.whole, sign * row.whole - least) or 1.0
    across = Scale(
        low=sign * row.whole - half, high=sign * row.whole + half, start=6, end=WIDTH - 6
    )
    x, base = across(sign * row.value), y + 26
    note = f"{row.indicator.name}: {plain(row.value)} {row.indicator.unit}, {row.verdict}"
    said = f"{plain(row.value)} ({plain(row.whole)})"
    return (
        words(0, y + 14, _short(row.indicator.short)),
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


def _mark(row: Row, x: float, y: float, note: str) -> str:
    if row.standing == "worse":
        return triangle(x, y, ORANGE, note, size=7)
    if row.standing == "better":
        return diamond(x, y, BLUE, note, size=7)
    return dot(x, y, GREY, note)
