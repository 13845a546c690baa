"""Inequality along a gradient: groups with their intervals, and the line through them."""

from collections.abc import Sequence

import numpy as np

from folkmoot.exhibits.axes import BLUE, GREY, Scale, chart, dot, ground, line, plain, words
from folkmoot.exhibits.maps import INK
from folkmoot.exhibits.tables import Table
from folkmoot.outcomes.inequality import Inequality
from folkmoot.vocabulary.arrays import FloatVector

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760.0, 360.0, 60.0, 20.0, 44.0, 56.0


def gradient_chart(
    found: Inequality,
    values: FloatVector,
    population: FloatVector,
    errors: FloatVector,
    groups: Sequence[str],
    *,
    title: str,
    identity: str = "gradient",
) -> str:
    """Draw groups from the most deprived, as wide as their share of people.

    Parameters
    ----------
    values, population, errors : arrays of shape (n_groups,)
        Most deprived first, as ``outcomes.inequality.slope_index`` takes them.

    Returns
    -------
    str
        An ``<svg>`` element.
    """
    start, slope = float(found.intercept[0]), float(found.slope.value[0])
    low, high = values - 1.96 * errors, values + 1.96 * errors
    ends = [*low.tolist(), *high.tolist(), start, start + slope]
    room = (max(ends) - min(ends)) * 0.06 or 1.0
    across = Scale(low=0.0, high=1.0, start=LEFT, end=WIDTH - RIGHT)
    up = Scale(low=min(ends) - room, high=max(ends) + room, start=HEIGHT - FOOT, end=TOP)
    share = population / population.sum()
    middle = np.cumsum(share) - share / 2.0
    parts = [part for part in ground(across, up) if 'text-anchor="middle"' not in part]
    parts.append(
        line(across(0.0), up(start), across(1.0), up(start + slope), BLUE, look='stroke-width="2"')
    )
    for at, value, least, most, group in zip(
        middle.tolist(), values.tolist(), low.tolist(), high.tolist(), groups, strict=True
    ):
        x = across(at)
        parts.append(line(x, up(least), x, up(most), GREY, look='stroke-width="2"'))
        parts.append(dot(x, up(value), INK, f"{group}: {plain(value)}"))
    parts.append(words(LEFT, 22, title, bold=True))
    parts.append(words(LEFT, HEIGHT - 30, "most deprived"))
    parts.append(words(WIDTH - RIGHT, HEIGHT - 30, "least deprived", anchor="end"))
    parts.append(words(LEFT, HEIGHT - 8, in_words(found)))
    return chart(
        "".join(parts),
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description=in_words(found),
        identity=identity,
    )


def in_words(found: Inequality) -> str:
    """What a gradient says, in a sentence."""
    slope, relative = found.slope, found.relative
    said = (
        f"Slope index {plain(float(slope.value[0]))} ({plain(float(slope.lower[0]))} to "
        f"{plain(float(slope.upper[0]))}); relative index {plain(float(relative.value[0]))}"
    )
    if np.isfinite(relative.lower[0]):
        said += f" ({plain(float(relative.lower[0]))} to {plain(float(relative.upper[0]))})"
    return said + (f"; {found.note}." if found.note else ".")


def gradient_table(
    values: FloatVector, population: FloatVector, errors: FloatVector, groups: Sequence[str]
) -> Table:
    """The same as a table."""
    return Table.of(
        "Groups, most deprived first",
        ("Group", "People>", "Value>", "95% interval>"),
        [
            (
                group,
                f"{people:,.0f}",
                plain(value),
                f"{plain(value - 1.96 * error)} to {plain(value + 1.96 * error)}",
            )
            for group, people, value, error in zip(
                groups, population.tolist(), values.tolist(), errors.tolist(), strict=True
            )
        ],
    )
