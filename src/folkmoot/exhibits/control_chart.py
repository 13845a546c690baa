"""A series with its limits: which points show a change, and whether it is for the better."""

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
from folkmoot.outcomes.xmr import ControlChart

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760.0, 360.0, 60.0, 20.0, 44.0, 62.0
FEW = 8
"""Days that are written below the axis."""


def control_chart(found: ControlChart, *, title: str, identity: str = "control") -> str:
    """Draw a control chart.

    Returns
    -------
    str
        An ``<svg>`` element. Improvement is a diamond, concern a triangle, another signal a
        square dot, common cause a small dot; ``control_table`` stands beside it.
    """
    across = Scale(low=0, high=max(len(found.values) - 1, 1), start=LEFT + 10, end=WIDTH - RIGHT)
    up = _up(found)
    parts = [part for part in ground(across, up) if 'text-anchor="middle"' not in part]
    parts += _limits(found, across, up)
    points = " ".join(
        f"{across(n):.1f},{up(value):.1f}" for n, value in enumerate(found.values.tolist())
    )
    parts.append(f'<polyline points="{points}" fill="none" stroke="{GREY}" stroke-width="1.5"/>')
    parts += _points(found, across, up)
    parts += _days(found, across)
    parts.append(words(LEFT, 22, title, bold=True))
    parts.append(_key(HEIGHT - 8))
    return chart(
        "".join(parts),
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description=in_words(found),
        identity=identity,
    )


def in_words(found: ControlChart) -> str:
    """What a control chart says, as sentences."""
    last = found.groups[-1]
    signals = [one for one in found.signals if one != "common cause"]
    said = (
        f"{len(found.values)} points from {found.dates[0]} to {found.dates[-1]}; "
        f"mean {plain(last.mean)}, limits {plain(last.lower)} to {plain(last.upper)}; "
        f"{len(signals)} points show special cause."
    )
    if found.is_too_short:
        said += " Too few points: no verdict is given."
    if found.assurance:
        said += f" Against the target of {plain(found.target or 0.0)} it {_verb(found.assurance)}."
    return said


def _verb(assurance: str) -> str:
    return "is hit or miss" if assurance == "hit or miss" else assurance


def _up(found: ControlChart) -> Scale:
    ends = [*found.values.tolist()]
    for group in found.groups:
        ends += [group.lower, group.upper]
    if found.target is not None:
        ends.append(found.target)
    low, high = min(ends), max(ends)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return Scale(low=low - room, high=high + room, start=HEIGHT - FOOT, end=TOP)


def _limits(found: ControlChart, across: Scale, up: Scale) -> list[str]:
    parts = []
    for group in found.groups:
        start, end = across(group.first - 0.4), across(group.first + group.points - 0.6)
        parts.append(line(start, up(group.mean), end, up(group.mean), INK))
        parts += [
            line(start, up(limit), end, up(limit), GREY, look='stroke-dasharray="7 4"')
            for limit in (group.lower, group.upper)
        ]
    if found.target is not None:
        y = up(found.target)
        parts.append(line(LEFT, y, WIDTH - RIGHT, y, ORANGE, look='stroke-dasharray="2 3"'))
        parts.append(words(WIDTH - RIGHT, y - 5, "target", anchor="end", ink=ORANGE))
    return parts


def _points(found: ControlChart, across: Scale, up: Scale) -> list[str]:
    parts = []
    each = zip(found.dates, found.values.tolist(), found.signals, found.meanings, strict=True)
    for n, (day, value, signal, meaning) in enumerate(each):
        x, y, note = across(n), up(value), f"{day}: {plain(value)}, {signal}"
        if meaning == "improvement":
            parts.append(diamond(x, y, BLUE, f"{note}, improvement"))
        elif meaning == "concern":
            parts.append(triangle(x, y, ORANGE, f"{note}, concern"))
        elif meaning == "neutral":
            parts.append(dot(x, y, INK, note, size=5.5))
        else:
            parts.append(dot(x, y, GREY, note, size=3.5))
    return parts


def _days(found: ControlChart, across: Scale) -> list[str]:
    count = len(found.dates)
    step = max(1, -(-count // FEW))
    return [
        words(across(n), HEIGHT - FOOT + 18, f"{found.dates[n]:%b %Y}", anchor="middle")
        for n in range(0, count, step)
    ]


def _key(y: float) -> str:
    return (
        diamond(LEFT + 4, y - 4, BLUE)
        + words(LEFT + 16, y, "improvement")
        + triangle(LEFT + 120, y - 4, ORANGE)
        + words(LEFT + 132, y, "concern")
        + dot(LEFT + 214, y - 4, INK, size=5.5)
        + words(LEFT + 226, y, "a change, neither")
        + dot(LEFT + 356, y - 4, GREY, size=3.5)
        + words(LEFT + 366, y, "common cause")
        + line(LEFT + 476, y - 4, LEFT + 506, y - 4, GREY, look='stroke-dasharray="7 4"')
        + words(LEFT + 512, y, "limits of common cause")
    )


def control_table(found: ControlChart) -> Table:
    """The same as a table."""
    limits = [group for group in found.groups for _ in range(group.points)]
    return Table.of(
        "Every point, its limits and what it shows",
        ("Day", "Value>", "Mean>", "Lower limit>", "Upper limit>", "Shows", "Means"),
        [
            (
                f"{day}",
                plain(value),
                plain(group.mean),
                plain(group.lower),
                plain(group.upper),
                signal,
                meaning,
            )
            for day, value, group, signal, meaning in zip(
                found.dates,
                found.values.tolist(),
                limits,
                found.signals,
                found.meanings,
                strict=True,
            )
        ],
        note=f"Method: {found.method.name}. It cannot say {found.method.cannot_say}",
    )
