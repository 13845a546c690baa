"""Show what a floor costs in convergence: a curve a year, and the same as tables and sentences."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from folkmoot.exhibits.axes import BLUE, GREY, GRID, Scale, chart, dot, line, words
from folkmoot.exhibits.tables import Table
from folkmoot.funding.frontier import Answer, Frontier, Paid, Unpaid
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.money import in_pounds

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760.0, 430.0, 64.0, 24.0, 40.0, 92.0
DASHES = ("", "9 4", "3 4", "9 4 3 4", "14 5")
POINTS = 240
"""Floors drawn of each curve, evenly; all of them are in the table."""


def in_per_cent(ratio: Fraction, places: int = 2) -> str:
    """A ratio in per cent with its sign, nought without one.

    Examples
    --------
    >>> in_per_cent(Fraction(-1, 50)), in_per_cent(Fraction(0)), in_per_cent(Fraction(1, 3), 4)
    ('-2.00%', '0.00%', '+33.3333%')
    """
    shown = round(ratio * 100, places)
    return f"{float(shown):+.{places}f}%" if shown else f"{0:.{places}f}%"


def _plain_per_cent(ratio: Fraction) -> str:
    return f"{float(ratio * 100):g}%"


def frontier_table(found: Frontier, within: Sequence[Fraction]) -> Table:
    """The largest floor by year and distance."""
    return Table.of(
        f"{found.stream}: the largest floor that brings every area so near its target",
        ("In", *(f"within {_plain_per_cent(one)}>" for one in within)),
        [
            (str(year), *(_floor(found.largest(year, one)) for one in within))
            for year in found.years
        ],
        note=found.label,
    )


def _floor(answer: Answer) -> str:
    return "none" if answer.best is None else in_per_cent(answer.best.floor)


def floors_table(
    found: Frontier, floors: Sequence[tuple[str, Paid | Unpaid]], within: Sequence[Fraction]
) -> Table:
    """How far the furthest area is from target with some floors, and from when all are near.

    Parameters
    ----------
    floors : sequence of (str, Paid or Unpaid)
        Each with what it is called.
    """
    return Table.of(
        f"{found.stream}: how far the furthest area is from its target, by floor",
        (
            "Floor",
            *(f"{year}>" for year in found.years),
            *(f"{_plain_per_cent(one)} from>" for one in within),
        ),
        [(name, *_reached(one, found, within)) for name, one in floors],
        note=found.label,
    )


def _reached(one: Paid | Unpaid, found: Frontier, within: Sequence[Fraction]) -> Iterator[str]:
    if isinstance(one, Unpaid):
        yield from ("–" for _ in (*found.years, *within))
        return
    yield from (in_per_cent(far.distance) for far in one.furthest)
    for distance in within:
        at = one.first_within(distance)
        yield "later" if at is None else str(found.years[at])


def sentence(answer: Answer, names: Mapping[AreaCode, str]) -> str:
    """One answer in words, with the figures that prove it or say why there is none."""
    near = f"every area within {_plain_per_cent(answer.within)} of its target in {answer.year}"
    if answer.nearest is None or answer.furthest is None:
        return f"No floor brings {near}, because the quantum pays none."
    far = _far(answer.furthest.area, answer.furthest.distance, names)
    if answer.best is None:
        return (
            f"No floor brings {near}: even with {in_per_cent(answer.nearest.floor)}, "
            f"which brings all of them nearest, {far}."
        )
    said = f"A floor of {in_per_cent(answer.best.floor)} brings {near}: {far}, the furthest"
    return f"{said}{_why_not_more(answer, names)}."


def _why_not_more(answer: Answer, names: Mapping[AreaCode, str]) -> str:
    """What the next larger floor would do."""
    above, one, now = answer.above, answer.above_furthest, answer.furthest
    if isinstance(above, Unpaid):
        return f"; with {in_per_cent(above.floor)}, {refusal(above)}"
    if above is None or one is None or now is None:
        return ""
    is_same = one.area == now.area
    far = in_per_cent(one.distance, 4) if is_same else _far(one.area, one.distance, names)
    return f"; with {in_per_cent(above.floor)}, {far}"


def refusal(one: Unpaid) -> str:
    """Why a floor cannot be kept, with what is missing."""
    if not one.pence:
        return f"{one.reason} in {one.year}"
    return f"{in_pounds(one.pence)} would be missing in {one.year}"


def _far(area: AreaCode, distance: Fraction, names: Mapping[AreaCode, str]) -> str:
    is_little = distance and not round(distance * 100, 4)
    far = "less than 0.0001%" if is_little else in_per_cent(distance, 4)
    return f"{area} {names[area]} is {far} from it"


def frontier_chart(found: Frontier, within: Sequence[Fraction], *, title: str) -> str:
    """Draw how far the furthest area stays from target, by floor, with a curve for each year.

    Returns
    -------
    str
        An ``<svg>`` element. Dots are the largest floors of ``frontier_table``.
    """
    paid = found.paid
    if not paid:
        return ""
    across = Scale(
        low=float(paid[-1].floor),
        high=float(paid[0].floor),
        start=LEFT,
        end=WIDTH - RIGHT,
    )
    most = max(float(abs(far.distance)) for one in paid for far in one.furthest)
    up = Scale(low=0.0, high=most or 1.0, start=HEIGHT - FOOT, end=TOP)
    curves = "".join(
        _curve(found, at, across, up) + _key(str(year), at) for at, year in enumerate(found.years)
    )
    notes = (
        "Furthest from target, above or below, by year; dots are the largest floors for the",
        f"distances wanted. {found.label}.",
    )
    return chart(
        "".join((*_ground(across, up), *_wanted(within, across, up), curves))
        + "".join(_dots(found, within, across, up))
        + words(8, 18, title, bold=True)
        + words(WIDTH - RIGHT, HEIGHT - FOOT + 38, "floor: least change a year →", anchor="end")
        + "".join(words(8, HEIGHT - 30 + 18 * at, note) for at, note in enumerate(notes)),
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description="One curve a year: the larger the floor, the further from target the "
        "furthest area stays. The figures are in frontier.csv and floors.csv.",
        identity=f"frontier-{found.stream}",
    )


def _key(year: str, at: int) -> str:
    """What a curve's dashes mean, where no curve runs: all rise to the right."""
    y = TOP + 20 + 20 * at
    return line(LEFT + 16, y - 4, LEFT + 66, y - 4, BLUE, look=_look(at)) + words(
        LEFT + 74, y, year
    )


def _look(at: int) -> str:
    dashes = DASHES[at % len(DASHES)]
    return 'stroke-width="2"' + (f' stroke-dasharray="{dashes}"' if dashes else "")


def _ground(across: Scale, up: Scale) -> Iterator[str]:
    for mark in up.marks():
        yield line(across.start, up(mark), across.end, up(mark), GRID)
        yield words(across.start - 6, up(mark) + 4, f"{mark * 100:g}%", anchor="end")
    for mark in across.marks():
        yield words(across(mark), up.start + 18, f"{mark * 100:g}%", anchor="middle")


def _wanted(within: Sequence[Fraction], across: Scale, up: Scale) -> Iterator[str]:
    for one in within:
        if 0 < one < up.high:
            y = up(float(one))
            yield line(across.start, y, across.end, y, GREY, look='stroke-dasharray="2 3"')


def _curve(found: Frontier, at: int, across: Scale, up: Scale) -> str:
    paid = found.paid
    apart = max(1, len(paid) // POINTS)
    shown = [one for n, one in enumerate(paid) if n % apart == 0 or one is paid[-1]]
    path = "M" + "L".join(
        f"{across(float(one.floor)):.1f} {up(abs(float(one.furthest[at].distance))):.1f}"
        for one in shown
    )
    return f'<path d="{path}" fill="none" stroke="{BLUE}" {_look(at)}/>'


def _dots(found: Frontier, within: Sequence[Fraction], across: Scale, up: Scale) -> Iterator[str]:
    for year in found.years:
        for distance in within:
            answer = found.largest(year, distance)
            if answer.best and answer.furthest:
                note = f"{year}, within {_plain_per_cent(distance)}: {_floor(answer)}"
                far = abs(float(answer.furthest.distance))
                yield dot(across(float(answer.best.floor)), up(far), BLUE, note)
