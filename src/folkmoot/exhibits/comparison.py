"""Two plans side by side as one page: what moves, who gains or loses, what changes when.

In:        ``Comparison``, and the folders it was made from for their outlines.
Out:       HTML without script, which needs nothing else.
Not here:  any figure (``plan.compare``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from folkmoot.exhibits.drawing import number
from folkmoot.exhibits.maps import Line, MapArea, area_map
from folkmoot.exhibits.page import page
from folkmoot.exhibits.sections import Part, Section, figure, folded, items, label, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.exhibits.waterfall import Step, waterfall
from folkmoot.plan.compare import Comparison, gains_and_losses
from folkmoot.plan.compared_steps import StepChange
from folkmoot.plan.folder import PlanFolder
from folkmoot.plan.matching import AreaPair
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.money import in_pounds, in_short

STILL = "#eceeef"
"""Fill of what stays where it is."""
NOTHING = "Nothing differs."
LEAST_BORDER = 0.01
"""Degrees, about a kilometre: less is what rounding left of borders that both plans have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The comparison, and the folders whose outlines it is drawn with."""

    told: Comparison
    first: PlanFolder
    second: PlanFolder


def comparison_report(told: Comparison, first: PlanFolder, second: PlanFolder) -> str:
    """Write the page.

    Returns
    -------
    str
        A whole HTML document; the same folders always give the same bytes.
    """
    attributions = [*first.record["attributions"], *second.record["attributions"]]
    return page(
        title="Two plans compared",
        lead=f"First: {told.first_title}. Second: {told.second_title}. {_lead(told)}",
        facts=comparison_facts(told),
        sections=comparison_sections(told, first, second),
        attributions=tuple(dict.fromkeys(attributions)),
        imprint=(
            f"Made by folkmoot {version('folkmoot')} from the folders with the digests "
            f"{first.sha256[:12]} and {second.sha256[:12]}."
        ),
    )


def area_name(told: Comparison, side: str, area: AreaCode | None) -> str:
    """Number and name of an area in the ``first`` or ``second`` plan; a dash for none."""
    return "–" if area is None else f"{number(area)} {told.area_names[side][area]}"


def per_cent(change: int, of: int) -> str:
    """A change as per cent; a dash where there was nothing before."""
    return f"{change / of:+.2%}" if of else "–"


def signed(pence: int, *, exact: bool = True) -> str:
    """Pence with their sign, as pounds and pence or in short.

    Examples
    --------
    >>> signed(150), signed(-150), signed(0)
    ('+£1.50', '-£1.50', '£0.00')
    """
    words = in_pounds(pence) if exact else in_short(pence)
    return f"+{words}" if pence > 0 else words


def a_head(pence: int, people: int) -> str:
    """Pounds a resident; a dash where nobody lives."""
    return f"£{pence / 100 / people:,.2f}" if people else "–"


def _lead(told: Comparison) -> str:
    if told.is_same:
        return NOTHING
    return (
        f"{len(told.moves)} blocks with {told.moved_people:,} of {told.people:,} residents are in "
        "another area."
    )


def comparison_facts(told: Comparison) -> list[tuple[str, str]]:
    """What a reader wants first: how much differs, in six figures."""
    first, second = told.totals(told.year)
    gain, loss = gains_and_losses(b - a for a, b in told.by_block().values())
    counts = dict.fromkeys(("same", "changed", "new", "gone"), 0)
    for pair in told.pairs:
        counts[pair.state] += 1
    return [
        ("Areas the same", f"{counts['same']}"),
        ("Changed, new, gone", f"{counts['changed']}, {counts['new']}, {counts['gone']}"),
        ("Residents in another area", f"{told.moved_people:,}"),
        ("F, first to second", f"{told.objectives[0]:.4f} → {told.objectives[1]:.4f}"),
        ("Blocks gain, blocks lose", f"{in_short(gain)}, {in_short(loss)}"),
        ("Difference of totals", signed(second - first)),
    ]


def comparison_sections(
    told: Comparison, first: PlanFolder, second: PlanFolder
) -> tuple[Section, ...]:
    """Every section of the comparison, in the order in which people ask."""
    pair = Pair(told=told, first=first, second=second)
    return (
        _areas(pair),
        _objective(pair.told),
        _money(pair.told),
        _functions(pair.told),
        _dates(pair.told),
        _inputs(pair.told),
    )


def _areas(pair: Pair) -> Section:
    told = pair.told
    moving = [one for one in told.pairs if one.state != "same"]
    parts: list[Part] = [text("No block is in another area.")]
    if moving:
        drawn = _map(pair)
        caption = (
            f"In colour: the blocks that move, with the number of the area they join in the second "
            f"plan. {len(told.pairs) - len(moving)} areas are the same in both plans."
        )
        parts = [
            *([figure(drawn, caption)] if drawn else []),
            table(_pair_table(told, moving)),
            table(_move_table(told)),
        ]
    return Section(anchor="areas", title="Areas", parts=tuple(parts))


def _pair_table(told: Comparison, moving: Iterable[AreaPair]) -> Table:
    return Table.of(
        "Areas that differ, the largest change of residents first",
        ("First plan", "Second plan", "", "People, first>", "People, second>", "In both>"),
        [
            (
                area_name(told, "first", one.first),
                area_name(told, "second", one.second),
                one.state,
                f"{one.first_people:,}",
                f"{one.second_people:,}",
                f"{one.shared_people:,}",
            )
            for one in sorted(
                moving,
                key=lambda one: (
                    -(one.first_people + one.second_people - 2 * one.shared_people),
                    one.first or "",
                    one.second or "",
                ),
            )
        ],
        note="Areas are matched so that as many residents as possible stay in theirs.",
    )


def _move_table(told: Comparison) -> Table:
    grants = told.by_block()
    moves = sorted(told.moves, key=lambda one: (-one.people, one.block))
    return Table.of(
        "Blocks that move, the most people first",
        ("Block", "From", "To", "People>", f"Grant by residents, {told.year}>"),
        [
            (
                one.name,
                area_name(told, "first", one.first_area),
                area_name(told, "second", one.second_area),
                f"{one.people:,}",
                signed(_change(grants.get(one.block, (0, 0)))),
            )
            for one in moves
        ],
        total=(
            "All",
            "",
            "",
            f"{told.moved_people:,}",
            signed(sum(_change(grants.get(one.block, (0, 0))) for one in moves)),
        ),
    )


def _change(pence: tuple[int, int]) -> int:
    return pence[1] - pence[0]


def _map(pair: Pair) -> str:
    """Pieces of both plans: what stays is pale, what moves has a colour and a number."""
    shown = list(_pieces(pair)) or list(_dots(pair))
    if not shown:
        return ""
    return area_map(
        shown,
        title="Blocks that move",
        description="What moves has a colour and the number of its new area; tables follow.",
        lines=tuple(_borders(pair)),
        identity="moves",
    )


def _pieces(pair: Pair) -> Iterator[MapArea]:
    """What each area of the first plan shares with each of the second, drawn by outline."""
    told = pair.told
    firsts, seconds = (_shapes(one) for one in (pair.first, pair.second))
    partner = {one.first: one.second for one in told.pairs}
    for a, b in sorted(_met(pair)):
        if a not in firsts or b not in seconds:
            return
        parts = shapely.get_parts(shapely.intersection(firsts[a], seconds[b]))
        drawn = [part for part in parts if part.geom_type == "Polygon"]
        if drawn:
            outline = dict(mapping(shapely.multipolygons(drawn)))
            yield _piece(told, a, b, outline, stays=partner[a] == b)


def _dots(pair: Pair) -> Iterator[MapArea]:
    """Blocks as dots, where a package has no boundaries."""
    moves = {move.block: move for move in pair.told.moves}
    area = {row["block"]: AreaCode(row["area"]) for row in pair.second.tables["areas"]}
    for row in pair.second.tables["blocks"]:
        if row["lon"] and row["lat"]:
            at = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
            move = moves.get(BlockCode(row["block"]))
            here = area[row["block"]]
            was = move.first_area if move else None
            yield MapArea(
                code=row["block"],
                name=row["name"],
                label=number(here) if move else "",
                note=f"from {area_name(pair.told, 'first', was)}" if move else "",
                outline=at,
                colour="" if move else STILL,
            )


def _piece(
    told: Comparison, a: AreaCode, b: AreaCode, outline: Mapping[str, Any], *, stays: bool
) -> MapArea:
    joined = area_name(told, "second", b)
    return MapArea(
        code=f"{a} {b}",
        name=joined,
        label="" if stays else number(b),
        note="" if stays else f"moves here from {area_name(told, 'first', a)}",
        outline=outline,
        colour=STILL if stays else "",
    )


def _met(pair: Pair) -> set[tuple[AreaCode, AreaCode]]:
    """Areas of the first and of the second plan that share a block."""
    second = {row["block"]: AreaCode(row["area"]) for row in pair.second.tables["areas"]}
    return {(AreaCode(row["area"]), second[row["block"]]) for row in pair.first.tables["areas"]}


def _shapes(plan: PlanFolder) -> dict[AreaCode, shapely.Geometry]:
    """Outlines of a plan's areas, where they are outlines."""
    return {
        AreaCode(one["properties"]["area"]): shapely.make_valid(shape(one["geometry"]))
        for one in plan.outlines["features"]
        if one["geometry"] and one["geometry"]["type"] in ("Polygon", "MultiPolygon")
    }


def _borders(pair: Pair) -> Iterator[Line]:
    """Borders that only one of the plans has: those of the first are dashed."""
    first, second = (
        shapely.union_all([one.boundary for one in _shapes(plan).values()])
        for plan in (pair.first, pair.second)
    )
    for here, there, dashes, says in (
        (second, first, "", "Borders that only the second plan has"),
        (first, second, "4 3", "Borders that only the first plan has"),
    ):
        parts = shapely.get_parts(shapely.difference(here, there))
        lines = [one for one in parts if one.geom_type == "LineString"]
        if sum(line.length for line in lines) > LEAST_BORDER:
            merged = shapely.line_merge(shapely.multilinestrings(lines))
            yield Line(outline=dict(mapping(merged)), width=1.4, dashes=dashes, says=says)


def _objective(told: Comparison) -> Section:
    rows = sorted(told.terms, key=lambda one: (-abs(one.change), one.term))
    changed = [one for one in rows if one.change]
    parts = [
        text(
            "F is what a design makes as small as it can. "
            + ("It is the same in both plans." if not changed else "")
        )
    ]
    if changed:
        drawn = waterfall(
            ("First plan", told.objectives[0], f"{told.objectives[0]:.6f}"),
            [
                Step(name=_term(one.term), change=one.change, shown=f"{one.change:+.6f}")
                for one in changed
            ],
            ("Second plan", told.objectives[1], f"{told.objectives[1]:.6f}"),
            title="From the F of the first plan to that of the second, term by term",
            identity="terms",
        )
        parts.append(
            figure(
                drawn,
                "A bar to the right is a cost that rises, to the left one that "
                "falls. The axis does not begin at 0.",
            )
        )
    shown = Table.of(
        "Terms of F, weight included, the largest change first",
        ("Term", "First>", "Second>", "Change>"),
        [
            (_term(one.term), f"{one.first:.6f}", f"{one.second:.6f}", f"{one.change:+.6f}")
            for one in rows
        ],
        total=(
            "F",
            f"{told.objectives[0]:.6f}",
            f"{told.objectives[1]:.6f}",
            f"{told.objectives[1] - told.objectives[0]:+.6f}",
        ),
    )
    return Section(anchor="objective", title="F and its terms", parts=(*parts, table(shown)))


def _term(code: str) -> str:
    return code.replace("_", " ")


def _money(told: Comparison) -> Section:
    if not told.year:
        parts: tuple[Part, ...] = (
            text("The plans settle no year in common, so no grant can be compared."),
        )
        return Section(anchor="grants", title="Grants", parts=parts)
    first, second = told.totals(told.year)
    gain, loss = gains_and_losses(b - a for a, b in told.by_block().values())
    return Section(
        anchor="grants",
        title=f"Grants, {told.year}",
        parts=(
            *(label(one) for one in told.labels),
            text(
                f"Followed by residents, blocks gain {in_pounds(gain)} and lose {in_pounds(loss)}: "
                f"together {signed(gain - loss)}, which is the difference of the totals, "
                f"{in_pounds(first)} and {in_pounds(second)}. A block's part of its area's grant "
                "is by residents: a common footing, not what a body would spend there."
            ),
            table(_grant_table(told)),
            table(_stream_table(told)),
            folded("Every area and stream", _detail_table(told)),
            folded("Every block that gains or loses", _block_table(told)),
        ),
    )


def _grant_table(told: Comparison) -> Table:
    rows = [one for one in told.by_pair() if one[1] != one[2] or one[0].state != "same"]
    rows.sort(key=lambda one: (-(one[2] - one[1]), one[0].first or "", one[0].second or ""))
    first, second = told.totals(told.year)
    return Table.of(
        "Areas whose grant differs, who gains most first",
        (
            "First plan",
            "Second plan",
            "First>",
            "Second>",
            "Change>",
            "Per cent>",
            "A head, first>",
            "A head, second>",
        ),
        [
            (
                area_name(told, "first", pair.first),
                area_name(told, "second", pair.second),
                in_pounds(was),
                in_pounds(becomes),
                signed(becomes - was),
                per_cent(becomes - was, was),
                a_head(was, pair.first_people),
                a_head(becomes, pair.second_people),
            )
            for pair, was, becomes in rows
        ],
        total=(
            "All areas of the plans",
            "",
            in_pounds(first),
            in_pounds(second),
            signed(second - first),
            per_cent(second - first, first),
            "",
            "",
        ),
        note="An area that grows is given more because it has more residents: a head is fairer.",
    )


def _stream_table(told: Comparison) -> Table:
    rows = []
    for stream in dict.fromkeys(one.stream for one in told.grants):
        found = [one for one in told.grants if (one.stream, one.year) == (stream, told.year)]
        blocks = [one.change for one in told.block_grants if one.stream == stream]
        gain, loss = gains_and_losses(blocks)
        was, becomes = (sum(one.first_pence for one in found), sum(o.second_pence for o in found))
        rows.append(
            (
                stream,
                in_pounds(was),
                in_pounds(becomes),
                signed(becomes - was),
                in_pounds(gain),
                in_pounds(loss),
            )
        )
    return Table.of(
        "Streams",
        ("Stream", "First>", "Second>", "Change>", "Blocks gain>", "Blocks lose>"),
        rows,
    )


def _detail_table(told: Comparison) -> Table:
    found = [one for one in told.grants if one.year == told.year and one.change]
    found.sort(
        key=lambda one: (-one.change, one.stream, one.first_area or "", one.second_area or "")
    )
    return Table.of(
        f"Grants by area and stream that differ, {told.year}",
        ("First plan", "Second plan", "Stream", "First>", "Second>", "Change>", "Per cent>"),
        [
            (
                area_name(told, "first", one.first_area),
                area_name(told, "second", one.second_area),
                one.stream,
                in_pounds(one.first_pence),
                in_pounds(one.second_pence),
                signed(one.change),
                per_cent(one.change, one.first_pence),
            )
            for one in found
        ],
    )


def _block_table(told: Comparison) -> Table:
    names = {row.block: row for row in told.blocks}
    found = sorted(
        ((block, *pence) for block, pence in told.by_block().items() if pence[0] != pence[1]),
        key=lambda one: (-(one[2] - one[1]), one[0]),
    )
    return Table.of(
        f"Blocks by residents, {told.year}, who gains most first",
        ("Block", "First>", "Second>", "Change>", "Per cent>", "Change a head>"),
        [
            (
                names[block].name,
                in_pounds(was),
                in_pounds(becomes),
                signed(becomes - was),
                per_cent(becomes - was, was),
                a_head(becomes - was, names[block].people),
            )
            for block, was, becomes in found
        ],
    )


def _functions(told: Comparison) -> Section:
    parts: list[Part] = []
    if told.functions:
        parts.append(
            table(
                Table.of(
                    "Functions of which the plans say something else",
                    ("Function", "What", "First plan", "Second plan"),
                    [
                        (one.name, one.what.replace("_", " "), one.first, one.second)
                        for one in told.functions
                    ],
                )
            )
        )
    if told.holders:
        parts.append(
            table(
                Table.of(
                    "Who holds what for whom, the most residents first",
                    (
                        "Function",
                        "Period",
                        "First plan",
                        "Second plan",
                        "People>",
                        "Of them in another area>",
                    ),
                    [
                        (
                            one.name,
                            one.period,
                            one.first_holder,
                            one.second_holder,
                            f"{one.people:,}",
                            f"{one.because_moved:,}",
                        )
                        for one in told.holders
                    ],
                )
            )
        )
    return Section(
        anchor="functions",
        title="Who holds what",
        parts=tuple(parts) or (text("Every function is held by the same body everywhere."),),
    )


def _dates(told: Comparison) -> Section:
    ends = f"The first plan ends on {told.ends[0]}, the second on {told.ends[1]}."
    if not told.steps:
        parts = (text(f"No date moves. {ends}"),)
        return Section(anchor="timetable", title="Timetable", parts=parts)
    shown = Table.of(
        "Steps that move, the earliest first",
        ("Step", "Phase", "First plan", "Second plan", "Areas"),
        [
            (one.title, one.phase, one.first_days or "–", one.second_days or "–", areas_in(one))
            for one in told.steps
        ],
    )
    return Section(anchor="timetable", title="Timetable", parts=(text(ends), table(shown)))


def areas_in(step: StepChange) -> str:
    """The areas in which a step moves so, the first few of many."""
    named = [number(AreaCode(area)) for area in step.areas]
    more = f" and {len(named) - 6} more" if len(named) > 6 else ""
    return (", ".join(named[:6]) or "the country") + more


def _inputs(told: Comparison) -> Section:
    if not told.inputs:
        parts = [text("Both plans were made from the same inputs, criteria and seed.")]
    else:
        shown = Table.of(
            "What the plans were made from, where it differs",
            ("What", "First plan", "Second plan"),
            [(one.what, one.first, one.second) for one in told.inputs],
        )
        parts = [table(shown)]
    return Section(
        anchor="inputs",
        title="What the plans were made from",
        parts=(*parts, items([told.first_title, told.second_title])),
    )
