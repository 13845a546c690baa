"""Draw what people asked for beside what they were given: a dot and a diamond a kind of help."""

from collections.abc import Iterator, Sequence

from folkmoot.exhibits.axes import (
    BLUE,
    GREY,
    GRID,
    ORANGE,
    Scale,
    chart,
    diamond,
    dot,
    line,
    words,
)  # fmt: skip
from folkmoot.outcomes.asked_for_and_given import AskedAndGiven, Share
from folkmoot.vocabulary.source import MADE_UP

WIDTH, NAMES, ROW, TOP, FOOT = 600.0, 190.0, 34.0, 76.0, 30.0
LETTERS = 26
MADE_UP_SAID = "Made up: these people show the form and say nothing of any service."


def asked_chart(found: Sequence[AskedAndGiven]) -> str:
    """Draw the share who asked for each kind of help, and the share who were given it.

    Returns
    -------
    str
        An ``<svg>`` element; the table that the command prints holds the same figures.
    """
    across = Scale(low=0.0, high=1.0, start=NAMES, end=WIDTH - 24)
    foot = TOP + ROW * len(found)
    parts = [*_head(found)]
    for mark in across.marks():
        parts.append(line(across(mark), TOP - 6, across(mark), foot, GRID))
        parts.append(words(across(mark), foot + 18, f"{mark:.0%}", anchor="middle"))
    for n, one in enumerate(found):
        parts += _row(one, across, TOP + ROW * n + ROW / 2)
    return chart(
        "".join(parts),
        width=WIDTH,
        height=foot + FOOT,
        title="What people asked for, and what they were given",
        description=" ".join(_told(one) for one in found),
        identity="asked",
    )


def _head(found: Sequence[AskedAndGiven]) -> Iterator[str]:
    yield words(8, 20, "What people asked for, and what they were given", bold=True)
    if any(one.help.state == MADE_UP for one in found):
        yield words(8, 40, MADE_UP_SAID, ink=ORANGE)
    yield dot(NAMES + 6, TOP - 16, BLUE)
    yield words(NAMES + 16, TOP - 12, "asked")
    yield diamond(NAMES + 76, TOP - 16, ORANGE)
    yield words(NAMES + 88, TOP - 12, "given; lines are 95% intervals")


def _row(one: AskedAndGiven, across: Scale, y: float) -> Iterator[str]:
    name = one.help.name
    yield words(8, y + 4, name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…")
    if one.asked is None and one.given is None:
        yield words(NAMES + 6, y + 4, "too few people to tell", ink=GREY)
    for share, rise, ink in ((one.asked, -5.0, BLUE), (one.given, 5.0, ORANGE)):
        if share is not None:
            look = 'stroke-width="2"'
            yield line(across(share.lower), y + rise, across(share.upper), y + rise, ink, look=look)
            draw = dot if rise < 0 else diamond
            yield draw(across(share.value), y + rise, ink, _told(one))


def _told(one: AskedAndGiven) -> str:
    return f"{one.help.name}: {_part(one.asked)} asked, {_part(one.given)} were given it."


def _part(share: Share | None) -> str:
    return "too few to tell" if share is None else f"{share.value:.0%}"
