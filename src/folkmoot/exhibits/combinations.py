"""Draw which systems people use together: an UpSet picture, and its table.

In:        an overlap as ``outcomes.overlap_of_people.shown`` gives it.
Rule:      each column is a combination: filled dots say which systems, the bar how many people
           use these and no others. The bars on the left are all people of a system.
Source:    A. Lex and others, IEEE Transactions on Visualization and Computer Graphics 20, 2014.
"""

from collections.abc import Iterator
from html import escape

from folkmoot.exhibits.axes import BLUE, GREY, GRID, ORANGE, Scale, chart, dot, line, words
from folkmoot.exhibits.tables import Table
from folkmoot.outcomes.overlap_of_people import Combination, Overlap
from folkmoot.vocabulary.money import in_short

MOST = 20
"""Combinations drawn; the table has them all."""
BARS, NAMES, COLUMN, ROW = 150.0, 130.0, 32.0, 26.0
TOP, TALL, FOOT = 60.0, 170.0, 46.0
MADE_UP_SAID = "Made up: these people show the form and say nothing of any place."
MODELLED_SAID = "Modelled from margins and odds ratios: no record of anyone was joined."


def labels(found: Overlap) -> tuple[str, ...]:
    """Words that the figures must carry."""
    said = []
    if found.is_made_up:
        said.append(MADE_UP_SAID)
    if found.is_modelled:
        said.append(MODELLED_SAID)
    return tuple(said)


def combinations_chart(found: Overlap) -> str:
    """Draw the largest combinations.

    Returns
    -------
    str
        An ``<svg>`` element; ``combinations_table`` stands beside it.
    """
    drawn = found.combinations[:MOST]
    start = BARS + NAMES
    width = max(start + COLUMN * max(len(drawn), 1) + 30, 700.0)
    top = TOP + 18 * len(labels(found))
    foot = top + TALL
    height = foot + ROW * len(found.systems) + FOOT
    title = f"{_people(found.people)} people by the systems that they use together"
    parts = [words(8, 20, title, bold=True)]
    parts += [words(8, 42 + 18 * n, said, ink=ORANGE) for n, said in enumerate(labels(found))]
    parts += _bars(drawn, start, top + 10, foot)
    parts += _matrix(found, drawn, start, foot + 14)
    parts += _sizes(found, foot + 14)
    parts.append(words(8, height - 10, _note(found, len(drawn)), ink=GREY))
    return chart(
        "".join(parts),
        width=width,
        height=height,
        title=title,
        description=" ".join((*labels(found), _described(drawn), _note(found, len(drawn)))),
        identity="combinations",
    )


def _described(drawn: tuple[Combination, ...]) -> str:
    told = "; ".join(f"{_named(one)}: {_people(one.people)}" for one in drawn[:5])
    return f"The largest combinations. {told}."


def _note(found: Overlap, drawn: int) -> str:
    left = len(found.combinations) - drawn
    said = [f"{left} more in the table."] if left > 0 else []
    if found.hidden:
        said.append(
            f"{found.hidden} combinations of {_people(found.hidden_people)} people are left out, "
            f"so that nobody is recognised; bars on the left are rounded to {found.rounded_to}."
        )
    return " ".join(said)


def _people(many: float) -> str:
    return f"{many:,.0f}"


def _named(one: Combination) -> str:
    return " + ".join(one.systems) if len(one.systems) > 1 else f"{one.systems[0]} alone"


def _bars(drawn: tuple[Combination, ...], start: float, top: float, foot: float) -> Iterator[str]:
    up = Scale(low=0, high=max((one.people for one in drawn), default=1), start=foot, end=top)
    end = start + COLUMN * len(drawn)
    for mark in up.marks(5):
        yield line(start, up(mark), end, up(mark), GRID)
        yield words(start - 6, up(mark) + 4, _people(mark), anchor="end", ink=GREY)
    for n, one in enumerate(drawn):
        x, y = start + COLUMN * n + 6, up(one.people)
        note = f"{_named(one)}: {_people(one.people)} people, {in_short(_each(one))} each"
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{COLUMN - 12:.0f}" height="{foot - y:.1f}" '
            f'fill="{BLUE}"><title>{escape(note)}</title></rect>'
        )
        yield words(x + (COLUMN - 12) / 2, y - 4, _brief(one.people), anchor="middle")


def _brief(many: float) -> str:
    return f"{many / 1000:.1f}k" if many >= 1000 else f"{many:.0f}"


def _each(one: Combination) -> int:
    return round(one.pence / one.people)


def _matrix(
    found: Overlap, drawn: tuple[Combination, ...], start: float, top: float
) -> Iterator[str]:
    end = start + COLUMN * len(drawn)
    for row, system in enumerate(found.systems):
        y = top + ROW * row + ROW / 2
        if row % 2 == 0:
            yield (
                f'<rect x="{BARS:.0f}" y="{y - ROW / 2:.1f}" width="{end - BARS:.1f}" '
                f'height="{ROW:.0f}" fill="#f3f2f1"/>'
            )
        yield words(start - 8, y + 4, _short(system), anchor="end")
    for n, one in enumerate(drawn):
        x = start + COLUMN * n + COLUMN / 2
        rows = [row for row, system in enumerate(found.systems) if system in one.systems]
        middle = [top + ROW * row + ROW / 2 for row in range(len(found.systems))]
        yield line(x, middle[rows[0]], x, middle[rows[-1]], BLUE, look='stroke-width="3"')
        for row, y in enumerate(middle):
            yield dot(x, y, BLUE if row in rows else GRID, size=6.0)


def _short(name: str, most: int = 17) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _sizes(found: Overlap, top: float) -> Iterator[str]:
    """All people of each system, as bars to the left."""
    most = max((many for many in found.in_system if many is not None), default=1.0)
    across = Scale(low=0, high=most, start=0, end=BARS - 55)
    for row, many in enumerate(found.in_system):
        y = top + ROW * row
        if many is None:
            yield words(BARS - 6, y + 17, "few", anchor="end", ink=GREY)
            continue
        long = across(many)
        yield (
            f'<rect x="{BARS - 8 - long:.1f}" y="{y + 5:.1f}" width="{long:.1f}" height="16" '
            f'fill="{GREY}"/>'
        )
        yield words(BARS - 12 - long, y + 17, _people(many), anchor="end")


def combinations_table(found: Overlap) -> Table:
    """The same as a table, all combinations that may be told of."""
    rows = [
        (
            _named(one),
            _people(one.people),
            f"{one.people / found.people:.1%}",
            f"£{_each(one) / 100:,.0f}",
        )
        for one in found.combinations
    ]
    if found.hidden:
        many = found.hidden_people
        rows.append(
            (f"{found.hidden} others, not told apart", _people(many),
             f"{many / found.people:.1%}", "–")
        )  # fmt: skip
    return Table.of(
        "People by the systems that they use, and no others",
        ("Systems", "People>", "Of all>", "A person and year>"),
        rows,
        total=(
            "All",
            _people(found.people),
            "100.0%",
            f"£{found.pence / found.people / 100:,.0f}",
        ),
        note=" ".join(labels(found)),
    )
