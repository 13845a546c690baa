"""Trends of a pilot: the mean of the pilot areas beside that of the comparison areas, by year."""

from collections.abc import Sequence
from html import escape

from folkmoot.exhibits.maps import INK, LINE
from folkmoot.transition.pilot import Pilot, PilotResult

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720.0, 300.0, 60.0, 150.0, 44.0, 30.0
PILOT_INK = "#1d5a8a"
LEAST_APART = 16.0
"""Between the labels of two lines. Unit: drawing units."""


def trends_chart(pilot: Pilot, results: Sequence[PilotResult]) -> str:
    """Draw every outcome, one below another.

    Returns
    -------
    str
        An ``<svg>`` element. Pilot areas are drawn solid, the others dashed, and the start is
        a line, so that colour alone says nothing.
    """
    drawn = "".join(
        f'<g transform="translate(0 {n * HEIGHT:.0f})">{_outcome(pilot, one)}</g>'
        for n, one in enumerate(results)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {HEIGHT * len(results):.0f}" aria-labelledby="pilot-title" '
        f'font-family="Arial, sans-serif" font-size="13"><title id="pilot-title">'
        f"{escape(pilot.title)}: pilot and comparison areas by year</title>{drawn}</svg>"
    )


def _outcome(pilot: Pilot, result: PilotResult) -> str:
    years = [year for year, _, _ in result.trend]
    lines = [
        [float(own) for _, own, _ in result.trend],
        [float(others) for _, _, others in result.trend],
    ]
    low, high = min(map(min, lines)), max(map(max, lines))
    room = (high - low) or 1.0

    def x(n: float) -> float:
        return LEFT + n * (WIDTH - LEFT - RIGHT) / max(len(years) - 1, 1)

    def y(value: float) -> float:
        return TOP + (high - value) / room * (HEIGHT - TOP - FOOT)

    start = x(sum(year < pilot.start for year in years) - 0.5)
    ends = [y(line[-1]) for line in lines]
    if abs(ends[0] - ends[1]) < LEAST_APART:
        upper = 0 if ends[0] < ends[1] else 1
        ends[1 - upper] = ends[upper] + LEAST_APART
    drawn = (
        f'<text x="0" y="18" fill="{INK}" font-weight="700">{escape(result.outcome.name)}</text>'
        f'<line x1="{start:.1f}" x2="{start:.1f}" y1="{TOP - 8:.0f}" y2="{HEIGHT - FOOT:.0f}" '
        f'stroke="{LINE}" stroke-dasharray="2 3"/>'
        f'<text x="{start + 4:.1f}" y="{TOP - 4:.0f}" fill="{LINE}">start</text>'
    )
    for value in (low, high):
        drawn += f'<text x="0" y="{y(value) + 4:.1f}" fill="{INK}">{value:.4g}</text>'
    for n, year in enumerate(years):
        drawn += (
            f'<text x="{x(n):.1f}" y="{HEIGHT - 8:.0f}" fill="{INK}" '
            f'text-anchor="middle">{year}</text>'
        )
    for line, end, name, ink, dash in zip(
        lines,
        ends,
        ("pilot areas", "comparison areas"),
        (PILOT_INK, INK),
        ("", ' stroke-dasharray="6 4"'),
        strict=True,
    ):
        points = " ".join(f"{x(n):.1f},{y(value):.1f}" for n, value in enumerate(line))
        drawn += (
            f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="3"{dash}/>'
            f'<text x="{x(len(years) - 1) + 28:.1f}" y="{end + 4:.1f}" fill="{ink}">{name}</text>'
        )
    return drawn
