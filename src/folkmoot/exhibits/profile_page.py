"""The needs assessment of an area as one page that is read in five minutes.

In:        a profile, and who published what.
Out:       a whole page: what stands out first, then every figure, then what is not known.
Not here:  the figures (``outcomes.assessment``).
"""

from collections.abc import Iterable, Sequence

from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.page import page
from folkmoot.exhibits.sections import Section, figure, folded, heading, items, label, table, text
from folkmoot.exhibits.spine_chart import spine_chart, spine_rows
from folkmoot.exhibits.tables import Table
from folkmoot.outcomes.assessment import Profile, Row
from folkmoot.outcomes.benchmark import SIGNS
from folkmoot.outcomes.indicators import domains
from folkmoot.parameters.reader import packaged

PLACES = {1: "lowest fifth", 2: "second fifth", 3: "middle fifth", 4: "fourth fifth",
          5: "highest fifth"}  # fmt: skip

NOTHING_MOVES = "Nothing by more than chance."


def profile_page(found: Profile, *, attributions: Sequence[str], imprint: str) -> str:
    """Lay a profile out as a whole HTML document."""
    return page(
        title=f"{found.name}: needs assessment",
        lead=lead(found),
        facts=_facts(found),
        sections=profile_sections(found),
        attributions=attributions,
        imprint=imprint,
    )


def lead(found: Profile) -> str:
    """What the page says, in two sentences."""
    rises = [_in_sentence(row.indicator.short) for row in found.moving(is_good=False)]
    said = (
        f"{len(found.outcomes)} outcomes: {len(found.worse)} worse than {found.whole}, "
        f"{len(found.better)} better."
    )
    if rises:
        said += f" Getting worse by more than chance: {_listed(rises)}."
    return said


def _in_sentence(name: str) -> str:
    """A name inside a sentence: an abbreviation keeps its capitals."""
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _facts(found: Profile) -> Sequence[tuple[str, str]]:
    ages = [
        (f"{band} ({whole:.0%} in {found.whole})", f"{here:.0%}")
        for band, (here, whole) in found.ages.items()
    ]
    return (("people", f"{found.population:,}"), ("districts", str(len(found.blocks))), *ages)


def profile_sections(found: Profile) -> Sequence[Section]:
    """The sections of a needs assessment, for its page or a report."""
    return (
        _stands_out(found),
        _moving(found),
        _every(found),
        _inside(found),
        _like(found),
        _not_known(found),
    )


def _stands_out(found: Profile) -> Section:
    most = packaged("outcomes.toml").section("profile").whole("stands_out")
    return Section(
        anchor="stands-out",
        title="What stands out",
        parts=(
            heading("Worse"),
            items([_said(found, row) for row in found.worse[:most]] or ["Nothing."]),
            heading("Better"),
            items([_said(found, row) for row in found.better[:most]] or ["Nothing."]),
            text(
                f"Outcomes only, furthest from {found.whole} first, measured by how much the "
                f"{found.areas} {found.division} differ. Where an interval is published, it must "
                f"miss {found.whole}; where none is, the area must be in the worst or best fifth, "
                "and chance is not ruled out."
            ),
        ),
    )


def _said(found: Profile, row: Row) -> str:
    like = f"; areas like it {plain(row.like)}" if row.like is not None else ""
    sure = (
        f"; 95% interval {plain(row.lower_95)} to {plain(row.upper_95)}"
        if row.lower_95 is not None and row.upper_95 is not None
        else "; no interval published"
    )
    return (
        f"{row.indicator.short}: {in_unit(row.value, row.indicator.unit)} in {row.period}, "
        f"{plain(row.whole)} in {found.whole}{like}{sure}."
    )


def in_unit(value: float, unit: str) -> str:
    """A figure with its unit, as a sentence has it.

    Examples
    --------
    >>> in_unit(34.1, "£"), in_unit(62.7, "%"), in_unit(7.73, "Score out of 10")
    ('£34.1', '62.7%', '7.73 score out of 10')
    """
    if unit in ("", "as published"):
        return plain(value)
    if unit == "£":
        return f"£{plain(value)}"
    return f"{plain(value)}%" if unit == "%" else f"{plain(value)} {_in_sentence(unit)}"


def _moving(found: Profile) -> Section:
    return Section(
        anchor="moving",
        title="What is changing",
        parts=(
            heading("For the worse"),
            items([_path(row) for row in found.moving(is_good=False)] or [NOTHING_MOVES]),
            heading("For the better"),
            items([_path(row) for row in found.moving(is_good=True)] or [NOTHING_MOVES]),
            text(
                "Five periods that share no year, significant at 99.8%, and in one direction "
                "whichever is left out. Most indicators have too few periods, or no interval, "
                "for a verdict: the table says so."
            ),
        ),
    )  # fmt: skip


def _path(row: Row) -> str:
    (first, then), (last, now) = row.past[max(0, len(row.past) - 5)], row.past[-1]
    now_told = in_unit(now, row.indicator.unit)
    return f"{row.indicator.short}: {plain(then)} in {first}, {now_told} in {last}."


def _every(found: Profile) -> Section:
    parts = [
        figure(
            spine_chart(
                spine_rows(found),
                name=found.name,
                whole=found.whole,
                among=f"{found.areas} {found.division}",
            ),
            f"Every indicator of {found.name}, better to the right. The figure of "
            f"{found.whole} is in brackets and in the middle.",
        )
    ]
    for domain, title in domains().items():
        rows = [row for row in found.rows if row.indicator.domain == domain]
        if rows:
            parts.append(folded(f"{title}: {len(rows)} indicators as a table",
                                row_table(found, rows, title)))  # fmt: skip
    return Section(anchor="every", title="Every indicator", parts=tuple(parts))


def row_table(found: Profile, rows: Iterable[Row], title: str) -> Table:
    """Indicators with all that is known of them."""
    return Table.of(
        title,
        ("Indicator", "Period", "Here>", "95% interval>", f"{found.whole}>", "Like areas>",
         "Verdict", "Among areas", "Trend", "How made"),
        [
            (
                f"{row.indicator.name}{f' ({row.indicator.unit})' if row.indicator.unit else ''}",
                row.period,
                plain(row.value),
                _interval(row),
                plain(row.whole),
                "–" if row.like is None else plain(row.like),
                f"{SIGNS[row.verdict]} {row.verdict}",
                PLACES[row.fifth] if row.fifth else "–",
                row.trend,
                _made(row),
            )
            for row in rows
        ],
    )  # fmt: skip


def _interval(row: Row) -> str:
    if row.lower_95 is None or row.upper_95 is None:
        return "–"
    return f"{plain(row.lower_95)} to {plain(row.upper_95)}"


def _made(row: Row) -> str:
    said: str = row.label
    if row.coverage < 0.9995:
        said += f"; of {row.coverage:.0%} of the people"
    if row.is_carried:
        said += "; counties stand for their districts"
    return said


def _inside(found: Profile) -> Section:
    rows = [row for row in found.rows if row.lowest and row.highest]
    shown = Table.of(
        f"The lowest and the highest district of {found.name}",
        ("Indicator", "Lowest", "Value>", "Highest", "Value>", "Apart, of all areas' range>"),
        [
            (
                row.indicator.short,
                row.lowest.name,
                plain(row.lowest.value),
                row.highest.name,
                plain(row.highest.value),
                f"{(row.highest.value - row.lowest.value) / _range(row):.0%}",
            )
            for row in sorted(rows, key=_apart, reverse=True)
            if row.lowest and row.highest
        ],
        note="The two extremes of several districts differ by chance alone; look at all of them "
        "before anything is decided.",
    )
    return Section(
        anchor="inside",
        title="Differences inside the area",
        parts=(
            text("An average hides the places that need most."),
            folded(f"{len(rows)} indicators, the widest apart first", shown),
        ),
    )


def _range(row: Row) -> float:
    return (row.spread[3] - row.spread[0]) or 1.0


def _apart(row: Row) -> float:
    return (row.highest.value - row.lowest.value) / _range(row) if row.highest and row.lowest else 0


def _like(found: Profile) -> Section:
    weighed = ", ".join(f"{name} ({weight:g})" for name, weight in found.like_by.items())
    return Section(
        anchor="like",
        title="Areas like this one",
        parts=(
            table(
                Table.of(
                    "The nearest first",
                    ("Area", "Distance>", "Differs most in"),
                    [
                        (name, f"{one.distance:.2f}", "; ".join(one.differs_most))
                        for name, one in found.like
                    ],
                    note=f"By features, with their weights: {weighed}. A distance is in standard "
                    "deviations of the areas.",
                )
            ),
        )
        if found.like
        else (text("There are too few areas to choose like ones from."),),
    )


def _not_known(found: Profile) -> Section:
    return Section(
        anchor="not-known",
        title="What is not known",
        parts=(
            label("Most figures are approximate: districts' published values, weighed by people."),
            items(
                [f"{one.indicator.name}: {one.reason}." for one in found.left]
                or ["Every indicator of the package has a figure here."]
            ),
            text(
                "An assessment of figures is the start of one: people who use services, and those "
                "who do not, know what no indicator shows."
            ),
        ),
    )
