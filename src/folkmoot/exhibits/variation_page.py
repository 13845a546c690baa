"""How large the postcode lottery is, and whether like needs are together: a page and a drawing.

In:        variation of every indicator in several divisions.
Out:       a page: the answer in a sentence, a drawing, and a table for each domain.
Not here:  the figures (``outcomes.alike``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from folkmoot.exhibits.axes import (
    BLUE,
    GREY,
    Scale,
    chart,
    diamond,
    dot,
    line,
    plain,
    words,
)
from folkmoot.exhibits.page import page
from folkmoot.exhibits.profile_page import in_unit
from folkmoot.exhibits.sections import Section, figure, folded, items, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.outcomes.alike import ALIKE, Spread, Variation, answers
from folkmoot.outcomes.indicators import domains

WIDTH, ROW, TOP, HEAD = 480.0, 34.0, 44.0, 30.0
LETTERS = 46


def variation_page(
    found: Sequence[Variation], *, country: str, attributions: Sequence[str], imprint: str
) -> str:
    """Lay the variation of every indicator out as a whole HTML document."""
    return page(
        title=f"How large is the postcode lottery? {country}",
        lead=" ".join(answers(found)),
        facts=facts(found),
        sections=variation_sections(found),
        attributions=attributions,
        imprint=imprint,
    )


def facts(found: Sequence[Variation]) -> list[tuple[str, str]]:
    """The size of it in figures."""
    sure = [one for one in found if one.p_adjusted is not None]
    beyond = [one for one in sure if (one.p_adjusted or 0.0) < 0.05]
    told = [
        ("indicators", f"{len(found)}"),
        ("vary beyond chance, of those with intervals", f"{len(beyond)} of {len(sure)}"),
    ]
    for n, spread in enumerate(found[0].divisions if found else ()):
        alike = [a for one in found if (a := one.divisions[n].alike) is not None]
        told.append((f"alike inside {spread.areas} {spread.division}", f"{mean(alike):.0%}"))
    return told


def variation_sections(found: Sequence[Variation]) -> tuple[Section, ...]:
    """The sections on variation, for its page or a report."""
    return (
        Section(
            anchor="largest",
            title="Where the lottery is largest",
            parts=(
                text(
                    "Two places drawn at random differ by so much at the median, once chance is "
                    "taken off. Largest first, beside the country's figure."
                ),
                items(list(_largest(found))),
            ),
        ),
        Section(
            anchor="alike",
            title="Does a division put like needs together?",
            parts=(
                figure(
                    alike_chart(alike_rows(found), divisions_of(found)),
                    "Each mark is one division: the further right, the more alike people of one "
                    "area are. 0% is no better than areas drawn by lot, 100% wholly alike.",
                ),
                text(f"Method: {ALIKE.name}. It cannot say {ALIKE.cannot_say}"),
            ),
        ),
        Section(
            anchor="every",
            title="Every indicator",
            parts=tuple(
                folded(f"{title}: {len(rows)} indicators", variation_table(rows, title))
                for domain, title in domains().items()
                if (rows := [one for one in found if one.indicator.domain == domain])
            )
            or (table(Table.of("Nothing", ("Indicator",), [])),),
        ),
    )


def _largest(found: Sequence[Variation], most: int = 10) -> Iterator[str]:
    sized = [
        (one, difference / abs(one.published.lottery.target))
        for one in found
        if one.published.lottery and (difference := one.published.lottery.difference)
        and one.published.lottery.target
    ]  # fmt: skip
    for one, ratio in sorted(sized, key=lambda pair: -pair[1])[:most]:
        lottery = one.published.lottery
        if lottery is not None:
            yield (
                f"{one.indicator.short}, {one.period}: "
                f"{_apart(lottery.difference or 0.0, one.indicator.unit)} between two of "
                f"{lottery.areas} places, {ratio:.0%} of {plain(lottery.target)}."
            )


def _apart(difference: float, unit: str) -> str:
    """A difference with its unit: of percentages it is in percentage points."""
    return f"{plain(difference)} percentage points" if unit == "%" else in_unit(difference, unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeRow:
    """One indicator, as the chart of likeness needs it."""

    name: str
    domain: str
    alike: tuple[float | None, ...]
    """In each division, in order."""


def divisions_of(found: Sequence[Variation]) -> list[str]:
    """What the divisions are called, in order."""
    return [spread.division for spread in found[0].divisions] if found else []


def alike_rows(found: Sequence[Variation]) -> list[AlikeRow]:
    """Variation, as the chart of likeness needs it."""
    return [
        AlikeRow(
            name=one.indicator.short,
            domain=one.indicator.domain,
            alike=tuple(spread.alike for spread in one.divisions),
        )
        for one in found
    ]


def alike_chart(
    found: Sequence[AlikeRow], divisions: Sequence[str], *, identity: str = "alike"
) -> str:
    """Draw how alike each division's areas are inside, indicator by indicator.

    Returns
    -------
    str
        An ``<svg>`` element; the last division is the diamond.
    """
    across = Scale(low=-0.1, high=0.9, start=6, end=WIDTH - 6)
    parts, y = list(_key(divisions)), TOP
    for domain, title in domains().items():
        rows = [one for one in found if one.domain == domain]
        if not rows:
            continue
        parts.append(words(0, y + 20, title, bold=True))
        y += HEAD
        for one in rows:
            parts += _row(one, divisions, across, y)
            y += ROW
    for mark in (0.0, 0.25, 0.5, 0.75):
        parts.append(words(across(mark), y + 16, f"{mark:.0%}", anchor="middle"))
    return chart(
        "".join(parts),
        width=WIDTH,
        height=y + 26,
        title="How alike people of one area are, in each division",
        description="The share of differences between places that lies between areas, adjusted "
        "for their number. The tables below have the figures.",
        identity=identity,
        kind="narrow",
    )


def _key(names: Sequence[str]) -> Iterator[str]:
    for n, name in enumerate(names):
        x = 6 + n * WIDTH / max(len(names), 1)
        yield _mark(n, len(names), x, 14, name)
        yield words(x + 12, 18, name)


def _mark(n: int, of: int, x: float, y: float, note: str) -> str:
    if n == of - 1:
        return diamond(x, y, BLUE, note)
    return dot(x, y, GREY, note, size=5.0 - n)


def _row(one: AlikeRow, divisions: Sequence[str], across: Scale, y: float) -> Iterator[str]:
    base = y + 24
    name = one.name
    yield words(0, y + 13, name if len(name) <= LETTERS else name[: LETTERS - 1] + "…")
    yield line(across(-0.1), base, across(0.9), base, "#e3e5e7", look='stroke-width="3"')
    yield line(across(0.0), base - 6, across(0.0), base + 6, GREY)
    for n, (alike, division) in enumerate(zip(one.alike, divisions, strict=True)):
        if alike is not None:
            yield _mark(n, len(divisions), across(alike), base, f"{division}: {alike:.0%}")


def variation_table(found: Sequence[Variation], title: str) -> Table:
    """Variation of indicators as a table: beyond chance where intervals are published."""
    names = divisions_of(found)
    return Table.of(
        title,
        (
            "Indicator",
            "Period",
            "Places>",
            "Differ by>",
            "Chance>",
            *(f"{name}: differ by>" for name in names),
            *(f"{name}: alike inside>" for name in names),
        ),
        [
            (
                one.indicator.short,
                one.period,
                f"{one.published.areas}",
                differ(one.published),
                "–" if one.p_adjusted is None else _p(one.p_adjusted),
                *(differ(spread) for spread in one.divisions),
                *("–" if s.alike is None else f"{s.alike:.0%}" for s in one.divisions),
            )
            for one in found
        ],
        note="Differ by: two places drawn at random, at the median, chance taken off; with a * it "
        "is not, since no interval is published. Chance: of so much difference if all were the "
        "same, adjusted for the number of indicators.",
    )


def differ(spread: Spread) -> str:
    """By how much two areas drawn at random differ; a star where chance is in it."""
    if spread.lottery is not None:
        return plain(spread.lottery.difference or 0.0)
    return f"{plain(spread.deviation * 2**0.5 * 0.6744897501960817)}*"


def _p(p: float) -> str:
    return "under 0.001" if p < 0.001 else f"{p:.3f}"
