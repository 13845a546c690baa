"""Draw where every body stands before every gate."""

from collections.abc import Mapping, Sequence
from html import escape

from folkmoot.exhibits.maps import INK
from folkmoot.exhibits.tables import Table
from folkmoot.transition.gates import Passed, Standing
from folkmoot.vocabulary.codes import CommissionerCode

NAMES, CELL, ROW, TOP = 250.0, 112.0, 26.0, 40.0
OPEN, CLOSED, LADDER = "#cfe8d5", "#f3e3c3", "#f3c9bd"
"""Fills; each cell also says in words what its colour says."""


def said(one: Standing) -> str:
    """A standing in two or three words: the year is that in which it vests, or can at the soonest.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2031, 4, 1)
    >>> said(Standing(body="b", group="skills", gate=Passed(), planned_day=day, vests_on=day,
    ...               deferrals=0, goes_to_ladder=False, has_vested=True))
    'vested 2031'
    """
    if one.has_vested:
        return f"vested {one.vests_on.year}"
    if isinstance(one.gate, Passed):
        return f"open, {one.vests_on.year}"
    until = "ladder" if one.goes_to_ladder else one.vests_on.year
    return f"{len(one.gate.shortfalls)} short, {until}"


def gate_matrix(
    standings: Sequence[Standing],
    names: Mapping[CommissionerCode, str],
    *,
    title: str,
    identity: str = "gates",
) -> str:
    """Draw bodies as rows and gates as columns.

    Returns
    -------
    str
        An ``<svg>`` element; its table stands beside it.
    """
    bodies = list(dict.fromkeys(one.body for one in standings))
    groups = _groups(standings)
    width, height = NAMES + CELL * len(groups), TOP + ROW * len(bodies) + 4
    heads = "".join(
        f'<text x="{NAMES + CELL * (n + 0.5):.0f}" y="{TOP - 14:.0f}" text-anchor="middle" '
        f'font-weight="700">{escape(group.replace("-", " "))}</text>'
        for n, group in enumerate(groups)
    )
    rows = "".join(
        f'<text x="0" y="{TOP + ROW * n + 17:.0f}">{escape(_short(names.get(body, body)))}</text>'
        for n, body in enumerate(bodies)
    )
    cells = "".join(
        _cell(one, groups.index(one.group), bodies.index(one.body)) for one in standings
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" aria-labelledby="{identity}-title" '
        f'font-family="Arial, sans-serif" font-size="13" fill="{INK}">'
        f'<title id="{identity}-title">{escape(title)}</title>{heads}{rows}{cells}</svg>'
    )


def gate_table(standings: Sequence[Standing], names: Mapping[CommissionerCode, str]) -> Table:
    """The same as a table: one row a body, one column a gate."""
    groups = _groups(standings)
    cells = {(one.body, one.group): said(one) for one in standings}
    bodies = list(dict.fromkeys(one.body for one in standings))
    return Table.of(
        "Readiness: open or short of some theme, and the year of vesting",
        ("Body", *(group.replace("-", " ") for group in groups)),
        [
            (names.get(body, body), *(cells.get((body, group), "–") for group in groups))
            for body in bodies
        ],
    )


def _groups(standings: Sequence[Standing]) -> list[str]:
    """Groups in the order in which they were planned."""
    first = {one.group: one.planned_day for one in reversed(standings)}
    return sorted(first, key=lambda group: (first[group], group))


def _cell(one: Standing, column: int, row: int) -> str:
    fill = LADDER if one.goes_to_ladder else OPEN if isinstance(one.gate, Passed) else CLOSED
    x, y = NAMES + CELL * column, TOP + ROW * row
    return (
        f'<rect x="{x + 1:.0f}" y="{y + 1:.0f}" width="{CELL - 2:.0f}" height="{ROW - 2:.0f}" '
        f'fill="{fill}"/><text x="{x + CELL / 2:.0f}" y="{y + 17:.0f}" '
        f'text-anchor="middle">{escape(said(one))}</text>'
    )


def _short(name: str, most: int = 34) -> str:
    bare = name.removeprefix("Commissioning body of ")
    return bare if len(bare) <= most else f"{bare[: most - 1]}…"
