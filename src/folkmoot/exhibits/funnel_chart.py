"""Areas against what chance would explain (a funnel), and ranked with intervals."""

from collections.abc import Sequence

import numpy as np

from folkmoot.exhibits.axes import (
    BLUE,
    GREY,
    ORANGE,
    Scale,
    chart,
    diamond,
    dot,
    ground,
    line,
    plain,
    triangle,
    words,
)
from folkmoot.exhibits.maps import INK
from folkmoot.exhibits.tables import Table
from folkmoot.outcomes.ranks import NO_DIFFERENCE, Ranks
from folkmoot.outcomes.variation import Funnel, errors_at
from folkmoot.vocabulary.arrays import FloatVector

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760.0, 440.0, 60.0, 20.0, 44.0, 66.0
ROW, NAMES = 18.0, 240.0
STEPS = 80
"""Points of each limit's curve."""


def funnel_chart(
    found: Funnel,
    values: FloatVector,
    people: FloatVector,
    names: Sequence[str],
    *,
    title: str,
    identity: str = "funnel",
) -> str:
    """Draw areas by people, with limits at 95% and 99.8%, with overdispersion and without.

    Parameters
    ----------
    values, people : arrays of shape (n_areas,)
        Rates, proportions or ratios, and the people (or events expected) that they are of.

    Returns
    -------
    str
        An ``<svg>`` element. Above the 99.8% limit is a triangle, below it a diamond.
    """
    most = float(people.max()) * 1.05
    across = Scale(low=0.0, high=most, start=LEFT, end=WIDTH - RIGHT)
    grid = np.linspace(most / STEPS, most, STEPS)
    curves = [
        (found.limits(errors_at(found.scored, grid), confidence=one, adjusted=is_adjusted), look)
        for one, is_adjusted, look in (
            (0.95, True, f'stroke="{INK}" stroke-dasharray="6 3"'),
            (0.998, True, f'stroke="{INK}"'),
            (0.998, False, f'stroke="{GREY}" stroke-dasharray="2 3"'),
        )
    ]
    up = _up(values, curves[1][0], grid, float(people.min()))
    parts = list(ground(across, up))
    parts.append(line(LEFT, up(found.scored.target), WIDTH - RIGHT, up(found.scored.target), INK))
    for pair, look in curves:
        parts += [_curve(across, up, grid, one, look) for one in pair]
    parts += [
        _mark(across(n), up(v), z, f"{name}: {plain(v)}")
        for v, n, z, name in zip(
            values.tolist(), people.tolist(), found.z_adjusted.tolist(), names, strict=True
        )
    ]
    parts.append(words(LEFT, 22, title, bold=True))
    parts.append(words(WIDTH - RIGHT, HEIGHT - FOOT + 36, "people →", anchor="end"))
    parts.append(_key(HEIGHT - 8))
    outside = int((np.abs(found.z_adjusted) > 3.090232).sum())
    return chart(
        "".join(parts),
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description=(
            f"{len(names)} areas around {plain(found.scored.target)}; {outside} lie beyond the "
            f"99.8% limits that allow for variation between areas. Overdispersion "
            f"{plain(found.overdispersion.phi)}."
        ),
        identity=identity,
    )


def _up(
    values: FloatVector, limits: tuple[FloatVector, FloatVector], grid: FloatVector, least: float
) -> Scale:
    """From the lowest to the highest figure, and the limits where there are areas."""
    seen = grid >= least
    ends = [*values.tolist(), float(limits[0][seen].min()), float(limits[1][seen].max())]
    room = (max(ends) - min(ends)) * 0.05 or 1.0
    low = min(ends) - room
    return Scale(
        low=max(low, 0.0) if min(ends) >= 0 else low,
        high=max(ends) + room,
        start=HEIGHT - FOOT,
        end=TOP,
    )


def _curve(across: Scale, up: Scale, grid: FloatVector, limit: FloatVector, look: str) -> str:
    inside = (limit >= up.low) & (limit <= up.high)
    points = " ".join(
        f"{across(n):.1f},{up(one):.1f}"
        for n, one in zip(grid[inside].tolist(), limit[inside].tolist(), strict=True)
    )
    return f'<polyline points="{points}" fill="none" {look}/>' if points else ""


def _mark(x: float, y: float, z: float, note: str) -> str:
    if abs(z) > 3.090232:
        return triangle(x, y, ORANGE, note) if z > 0 else diamond(x, y, BLUE, note)
    return dot(x, y, GREY, note, size=4.0)


def _key(y: float) -> str:
    return (
        triangle(LEFT + 4, y - 4, ORANGE)
        + words(LEFT + 16, y, "far above")
        + diamond(LEFT + 96, y - 4, BLUE)
        + words(LEFT + 108, y, "far below")
        + line(LEFT + 186, y - 4, LEFT + 216, y - 4, INK)
        + words(LEFT + 222, y, "99.8%")
        + line(LEFT + 272, y - 4, LEFT + 302, y - 4, INK, look='stroke-dasharray="6 3"')
        + words(LEFT + 308, y, "95%")
        + line(LEFT + 350, y - 4, LEFT + 380, y - 4, GREY, look='stroke-dasharray="2 3"')
        + words(LEFT + 386, y, "99.8% by chance alone")
    )


def caterpillar_chart(
    ranks: Ranks, names: Sequence[str], *, title: str, identity: str = "caterpillar"
) -> str:
    """Draw areas by rank, each with the interval of its rank.

    Returns
    -------
    str
        An ``<svg>`` element: a dot at the median rank, a bar over 95% of draws.
    """
    order = _order(ranks)
    height = TOP + ROW * len(order) + 34
    across = Scale(low=1, high=len(order), start=NAMES, end=WIDTH - RIGHT)
    parts = [words(0, 22, title, bold=True)]
    for mark in across.marks(8):
        parts.append(line(across(mark), TOP - 6, across(mark), height - 30, "#e3e5e7"))
        parts.append(words(across(mark), height - 12, plain(mark), anchor="middle"))
    for at, n in enumerate(order):
        y = TOP + ROW * at + 6
        least, most = float(ranks.least[n]), float(ranks.most[n])
        note = f"{names[n]}: rank {ranks.median[n]:.0f}, {least:.0f} to {most:.0f}"
        parts.append(words(NAMES - 12, y + 4, names[n][:34], anchor="end"))
        parts.append(line(across(least), y, across(most), y, GREY, look='stroke-width="3"'))
        parts.append(dot(across(float(ranks.median[n])), y, INK, note, size=4.0))
    said = f" There is {NO_DIFFERENCE}." if ranks.is_chance_alone else ""
    return chart(
        "".join(parts),
        width=WIDTH,
        height=height,
        title=title,
        description=f"Rank 1 is the highest value; each bar covers 95% of draws.{said}",
        identity=identity,
    )


def _order(ranks: Ranks) -> list[int]:
    known = [n for n in range(len(ranks.median)) if np.isfinite(ranks.median[n])]
    return sorted(known, key=lambda n: (ranks.median[n], -ranks.value[n], n))


def funnel_table(
    found: Funnel, ranks: Ranks, values: FloatVector, people: FloatVector, names: Sequence[str]
) -> Table:
    """The same as a table: no rank without its interval."""
    return Table.of(
        "Every area, what chance would explain, and its rank with an interval",
        ("Area", "People>", "Value>", "Standard errors>", "Allowing for variation>", "Shrunken>",
         "Rank>", "95% of ranks>"),
        [
            (
                names[n],
                f"{people[n]:,.0f}",
                plain(float(values[n])),
                f"{found.z[n]:+.1f}",
                f"{found.z_adjusted[n]:+.1f}",
                plain(float(ranks.value[n])),
                f"{ranks.median[n]:.0f}",
                f"{ranks.least[n]:.0f} to {ranks.most[n]:.0f}",
            )
            for n in _order(ranks)
        ],
        note=f"Method: {found.method.name}. It cannot say {found.method.cannot_say}",
    )  # fmt: skip
