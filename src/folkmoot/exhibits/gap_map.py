"""Gaps as a grid, duplication as a list: drawings, their tables, and one page of both.

In:        a map of services with its gaps, pairs and proposals.
Out:       ``<svg>`` elements, tables, a whole page.
Rule:      a cell says in figures what its shade says; the places with most people unserved are
           drawn, and the rest together in a last row.
Not here:  the figures (``outcomes.overlap``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.exhibits.axes import BLUE, GREY, ORANGE, chart, words
from folkmoot.exhibits.page import page
from folkmoot.exhibits.sections import Part, Section, figure, items, label, table, text, wide_figure
from folkmoot.exhibits.state_grid import short, two_lines
from folkmoot.exhibits.tables import Table
from folkmoot.outcomes.cells import Services
from folkmoot.outcomes.listed_twice import Proposal
from folkmoot.outcomes.overlap import OVERLAP, GapMap, Pairs, Stake
from folkmoot.outcomes.responsibility import PERIODS, STATES, Responsibility
from folkmoot.vocabulary.arrays import FloatMatrix
from folkmoot.vocabulary.money import in_pounds, in_short

MOST_PLACES, MOST_PAIRS = 20, 20
MADE_UP = "made up"
NAME, CELL, ROW, TOP = 190.0, 96.0, 26.0, 56.0
SHADES = ("#ffffff", "#d9e6f2", "#a6c5e0", "#6e9fca", "#3a76ad")
"""From nobody unserved to all: each step a fifth more, with its figure written in it."""
DARK = 3
BAR, LIST_WIDTH, LIST_ROW = 270.0, 360.0, 66.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Overlap:
    """All that a map of services shows."""

    found: GapMap
    services: Services
    pairs: Pairs
    stake: Stake
    twice: tuple[Proposal, ...]
    responsibility: Responsibility | None
    is_made_up: bool
    sources: tuple[str, ...]

    @property
    def note(self) -> str:
        """What every drawing and table must say."""
        return MADE_UP if self.is_made_up else ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Grid:
    """Places with most people unserved, the rest as one, by need."""

    places: tuple[str, ...]
    needs: tuple[str, ...]
    gap: FloatMatrix
    left: FloatMatrix
    """People whom services are there for."""

    @classmethod
    def of(cls, found: GapMap) -> "_Grid":
        gap, cells = found.by_place_and_need, found.cells
        left = cells.left.reshape(cells.shape).sum(axis=0)
        order = np.argsort(-gap.sum(axis=1), kind="stable")
        shown, rest = order[:MOST_PLACES], order[MOST_PLACES:]
        names = [cells.places[one] for one in shown.tolist()]
        if rest.size:
            names.append(f"{rest.size} other places")
            gap = np.vstack([gap[shown], gap[rest].sum(axis=0)])
            left = np.vstack([left[shown], left[rest].sum(axis=0)])
        else:
            gap, left = gap[shown], left[shown]
        return cls(places=tuple(names), needs=cells.needs, gap=gap, left=left)

    def shade(self, place: int, need: int) -> int:
        """Which fifth of those in need is unserved; 0 for nobody."""
        left, gap = self.left[place, need], self.gap[place, need]
        return 0 if gap < 0.5 else 1 + min(3, int(4 * gap / left))

    def said(self, place: int, need: int) -> str:
        """People unserved, and the part of those in need that they are."""
        left, gap = self.left[place, need], self.gap[place, need]
        return "–" if left == 0 else f"{gap:,.0f} ({gap / left:.0%})"


def gap_chart(found: GapMap, *, note: str = "", identity: str = "gaps") -> str:
    """Draw people unserved, places as rows and needs as columns, with a note that must be read."""
    grid = _Grid.of(found)
    width = NAME + CELL * len(grid.needs)
    height = TOP + ROW * len(grid.places) + 6
    heads = "".join(
        words(NAME + CELL * (n + 0.5), TOP - 30 + 15 * k, part, anchor="middle", bold=True)
        for n, need in enumerate(grid.needs)
        for k, part in enumerate(two_lines(need))
    )
    rows = "".join(
        words(0, TOP + ROW * n + 17, short(place, 26)) for n, place in enumerate(grid.places)
    )
    cells = "".join(
        _cell(grid, place, need)
        for place in range(len(grid.places))
        for need in range(len(grid.needs))
    )
    return chart(
        words(0, 14, note) + heads + rows + cells,
        width=width,
        height=height,
        title="People unserved, by place and need",
        description="Each cell gives people for whom there is no capacity; the table has all.",
        identity=identity,
        kind="wide",
    )


def _cell(grid: _Grid, place: int, need: int) -> str:
    shade = grid.shade(place, need)
    x, y = NAME + CELL * need, TOP + ROW * place
    ink = "#ffffff" if shade > DARK else "#0b0c0c"
    return (
        f'<rect x="{x + 1:.0f}" y="{y + 1:.0f}" width="{CELL - 2:.0f}" height="{ROW - 2:.0f}" '
        f'fill="{SHADES[shade]}" stroke="#b1b4b6"/>'
        + words(x + CELL / 2, y + 17, grid.said(place, need), anchor="middle", ink=ink)
    )


def gap_table(found: GapMap) -> Table:
    """The same as a table."""
    grid = _Grid.of(found)
    return Table.of(
        "People unserved, and the part that they are of those in need whom nobody else serves",
        ("Place", *(f"{need}>" for need in grid.needs), "All needs>"),
        [
            (
                place,
                *(grid.said(n, need) for need in range(len(grid.needs))),
                f"{grid.gap[n].sum():,.0f}",
            )
            for n, place in enumerate(grid.places)
        ],
        total=(
            "All",
            *(f"{one:,.0f}" for one in grid.gap.sum(axis=0).tolist()),
            f"{grid.gap.sum():,.0f}",
        ),
    )


def duplication_chart(
    services: Services, made: Pairs, *, note: str = "", identity: str = "duplication"
) -> str:
    """Draw the pairs with most pounds at stake: what each has alone, and what both have."""
    shown = made.listed[:MOST_PAIRS].tolist()
    top = 22.0 if note else 0.0
    drawn = "".join(_pair(services, made, pair, top + LIST_ROW * n) for n, pair in enumerate(shown))
    return chart(
        words(0, 14, note) + drawn,
        width=LIST_WIDTH,
        height=top + LIST_ROW * max(1, len(shown)) + 6,
        title="Services that offer much the same",
        description="Each bar is all cells of two services; the dark part is what both offer.",
        identity=identity,
        kind="narrow",
    )


def _pair(services: Services, made: Pairs, pair: int, y: float) -> str:
    """Two names, a bar of the cells of one, of both and of the other, and the pounds."""
    one, other = int(made.smaller[pair]), int(made.larger[pair])
    sizes = services.sizes
    parts = (
        (sizes[one] - made.shared[pair], GREY),
        (made.shared[pair], BLUE),
        (sizes[other] - made.shared[pair], ORANGE),
    )
    whole = sum(float(part) for part, _ in parts)
    x, bar = 0.0, ""
    for part, colour in parts:
        width = BAR * float(part) / whole
        bar += (
            f'<rect x="{x:.1f}" y="{y + 38:.0f}" width="{width:.1f}" height="16" fill="{colour}"/>'
        )
        x += width
    return (
        words(0, y + 16, short(services.names[one], 52))
        + words(0, y + 32, short(services.names[other], 52))
        + bar
        + words(BAR + 8, y + 51, in_short(int(made.pence[pair])))
    )


def duplication_table(services: Services, made: Pairs) -> Table:
    """Pairs to look at, the most pounds at stake first."""
    shown = made.listed[:MOST_PAIRS].tolist()
    left = len(made.listed) - len(shown)
    return Table.of(
        "Services that offer much the same",
        ("Smaller", "Larger", "Contained>", "Alike>", "At stake>"),
        [
            (
                *(_named(services, int(ends[pair])) for ends in (made.smaller, made.larger)),
                f"{made.containment[pair]:.0%}",
                f"{made.jaccard[pair]:.0%}",
                in_pounds(int(made.pence[pair])),
            )
            for pair in shown
        ],
        note=f"And {left:,} more, in duplication.csv." if left else "",
    )


def _named(services: Services, number: int) -> str:
    funder = services.funders[number]
    return services.names[number] + (f" (paid by {funder})" if funder else "")


def overlap_page(overlap: Overlap, *, imprint: str) -> str:
    """Lay it all out as a whole HTML document."""
    return page(
        title="Gaps and duplication",
        lead=" ".join(answers(overlap)),
        facts=facts(overlap),
        sections=(_gaps(overlap), _duplication(overlap), *_responsible(overlap)),
        attributions=(),
        imprint=imprint,
    )


def facts(overlap: Overlap) -> list[tuple[str, str]]:
    """What to see first."""
    return [
        ("people unserved", f"{overlap.found.unserved.sum():,.0f}"),
        ("pairs to look at", f"{len(overlap.pairs.listed):,}"),
        ("at stake", in_short(overlap.stake.pence)),
        ("perhaps listed twice", f"{len(overlap.twice):,}"),
    ]


def answers(overlap: Overlap) -> Iterator[str]:
    """What was found, sentence by sentence."""
    if overlap.is_made_up:
        yield "Made up: these services show the form and say nothing of any place."
    found, pairs = overlap.found, overlap.pairs
    left = found.cells.left.sum()
    share = found.unserved.sum() / left if left else 0.0
    unserved = f"{found.unserved.sum():,.0f} ({share:.0%})"
    yield f"Of {left:,.0f} people in need, {unserved} find no capacity."
    yield (
        f"Pairs of services that offer much the same: {len(pairs):,}, "
        f"{len(pairs) - len(pairs.listed):,} of them by intent. Where there is more capacity than "
        f"need, {in_pounds(overlap.stake.pence)} a year is at stake."
    )
    held = overlap.responsibility
    if held is not None:
        before, after = (held.people(period) for period in PERIODS)
        yield (
            f"Nobody answers for {before['nobody']:,.0f} people expected before and "
            f"{after['nobody']:,.0f} after; several do for {before['several']:,.0f} before and "
            f"{after['several']:,.0f} after."
        )


def _gaps(overlap: Overlap) -> Section:
    parts: list[Part] = []
    if overlap.is_made_up:
        parts.append(label("Made up to show the form."))
    parts += [
        wide_figure(
            gap_chart(overlap.found),
            "People for whom there is no capacity, and the part that they are of those in need. "
            "The darker, the larger that part.",
        ),
        table(gap_table(overlap.found)),
        text(f"Method {OVERLAP.code}: {OVERLAP.name}. It cannot say {OVERLAP.cannot_say}"),
        text(f"Sources: {'; '.join(overlap.sources)}."),
    ]
    return Section(anchor="gaps", title="Where services are missing", parts=tuple(parts))


def _duplication(overlap: Overlap) -> Section:
    services, made = overlap.services, overlap.pairs
    parts: list[Part] = []
    if len(made.listed):
        parts += [
            figure(
                duplication_chart(services, made),
                "Of each pair: cells of the upper service alone (grey), of both (dark blue), of "
                "the lower alone (orange); and the pounds a year at stake.",
            ),
            table(duplication_table(services, made)),
        ]
    else:
        parts.append(text("No two services offer much the same."))
    if overlap.twice:
        parts += [
            text("These may be one service that is listed twice. A person decides."),
            items(
                [
                    f"{services.codes[one.one]} {services.names[one.one]} and "
                    f"{services.codes[one.other]} {services.names[one.other]}: {one.reason}"
                    for one in overlap.twice[:MOST_PAIRS]
                ]
            ),
        ]
    return Section(anchor="duplication", title="Who offers the same", parts=tuple(parts))


def _responsible(overlap: Overlap) -> Sequence[Section]:
    held = overlap.responsibility
    if held is None:
        return ()
    people = {period: held.people(period) for period in PERIODS}
    gaps = {period: held.unserved(period, overlap.found) for period in PERIODS}
    return (
        Section(
            anchor="responsible",
            title="Who answers, before and after",
            parts=(
                table(
                    Table.of(
                        "People expected, and of them unserved, by how many bodies answer for them",
                        (
                            *("Bodies", "Expected before>", "Expected after>"),
                            *("Unserved before>", "Unserved after>"),
                        ),
                        [
                            (state, *(f"{one[state]:,.0f}" for by in (people, gaps)
                                      for one in by.values()))
                            for state in STATES
                        ],
                    )
                ),
                table(
                    Table.of(
                        "People unserved, by who is to answer for them after",
                        ("Body", "Unserved>"),
                        [
                            (body, f"{gap:,.0f}")
                            for body, gap in held.unserved_by_body("after", overlap.found).items()
                        ],
                    )
                ),
            ),
        ),
    )  # fmt: skip
