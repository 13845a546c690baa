"""Options beside each other: net value with its range, and the chance that each is best.

Rule:      one panel an account: fiscal value and all value together never share a scale. How
           strong the evidence is stands under each name.
"""

from collections.abc import Iterator, Sequence

from folkmoot.exhibits.axes import (
    BLUE,
    GREY,
    GRID,
    ORANGE,
    Scale,
    chart,
    diamond,
    line,
    triangle,
    words,
)
from folkmoot.outcomes.best_option import Comparison, Ranked
from folkmoot.outcomes.worth import LABELS
from folkmoot.vocabulary.money import in_short

WIDTH, NAMES, ROW, RIGHT = 900.0, 290.0, 40.0, 130.0
HEAD, FOOT = 46.0, 44.0
LETTERS = 42
MADE_UP_SAID = "Made up: these figures show the form and say nothing of any place."


def options_chart(found: Sequence[Comparison]) -> str:
    """Draw each comparison as a panel.

    Returns
    -------
    str
        An ``<svg>`` element; the table that the command prints holds the same figures.
    """
    parts, top = [], 0.0
    is_made_up = any(one.worth.option.is_made_up for it in found for one in it.options)
    if is_made_up:
        parts.append(words(8, 18, MADE_UP_SAID, ink=ORANGE, bold=True))
        top = 26.0
    for one in found:
        parts += _panel(one, top)
        top += HEAD + ROW * (len(one.options) + 1) + FOOT
    return chart(
        "".join(parts),
        width=WIDTH,
        height=top,
        title="What each option is worth beyond its cost",
        description=" ".join(_told(one) for one in found),
        identity="options",
    )


def _told(found: Comparison) -> str:
    said = "; ".join(
        f"{one.worth.option.name}: {net_in_words(one, found)}" for one in found.options
    )
    return f"By {LABELS[found.account]}: {said}."


def net_in_words(one: Ranked, found: Comparison) -> str:
    """The net value of an option with its range, or why there is none."""
    account = one.worth.accounts.get(found.account)
    if account is None:
        return one.worth.missing[0] if one.worth.missing else "not known"
    net = account.net
    if net.lower is None or net.upper is None:
        return f"{in_short(net.value)}, no range"
    return f"{in_short(net.value)} ({in_short(net.lower)} to {in_short(net.upper)})"


def _panel(found: Comparison, top: float) -> Iterator[str]:
    nets = [a.net for o in found.options if (a := o.worth.accounts.get(found.account))]
    sums = [one for net in nets for one in (net.value, net.lower, net.upper) if one is not None]
    scale = Scale(low=min([0, *sums]), high=max([1, *sums]), start=NAMES, end=WIDTH - RIGHT)
    foot = top + HEAD + ROW * (len(found.options) + 1)
    label = LABELS[found.account]
    yield words(8, top + 18, f"Net value, by {label}", bold=True)
    yield words(WIDTH - 8, top + 36, "chance it is best", anchor="end", ink=GREY)
    for mark in scale.marks(5):
        yield line(scale(mark), top + HEAD - 4, scale(mark), foot, GRID)
        yield words(scale(mark), foot + 16, in_short(round(mark)), anchor="middle")
    yield line(scale(0), top + HEAD - 4, scale(0), foot, GREY, look='stroke-width="2"')
    for n, one in enumerate(found.options):
        yield from _row(one, found, scale, top + HEAD + ROW * n)
    y = top + HEAD + ROW * len(found.options)
    yield words(8, y + 17, "None of them")
    yield diamond(scale(0), y + 13, GREY, "Nothing is done: 0")
    yield words(WIDTH - 8, y + 17, _chance(found.chance_of_none), anchor="end")


def _row(one: Ranked, found: Comparison, scale: Scale, y: float) -> Iterator[str]:
    option = one.worth.option
    name = option.name if len(option.name) <= LETTERS else f"{option.name[: LETTERS - 1]}…"
    yield words(8, y + 14, name)
    strength = one.worth.strength(found.account)
    yield words(8, y + 30, f"evidence: {strength} of 5", ink=GREY)
    account = one.worth.accounts.get(found.account)
    if account is None:
        is_right = scale(0) > (NAMES + WIDTH - RIGHT) / 2
        x, anchor = (scale(0) - 8, "end") if is_right else (scale(0) + 8, "start")
        yield words(x, y + 17, net_in_words(one, found), anchor=anchor, ink=GREY)
        yield words(WIDTH - 8, y + 17, "–", anchor="end")
        return
    net, said = account.net, f"{option.name}: {net_in_words(one, found)}"
    ink = BLUE if net.value >= 0 else ORANGE
    if net.lower is not None and net.upper is not None:
        look = 'stroke-width="3"'
        yield line(scale(net.lower), y + 13, scale(net.upper), y + 13, ink, look=look)
    draw = diamond if net.value >= 0 else triangle
    yield draw(scale(net.value), y + 13, ink, said)
    yield words(WIDTH - 8, y + 17, _chance(one.chance), anchor="end")


def _chance(chance: float | None) -> str:
    return "no range" if chance is None else f"{chance:.0%}"
