"""What areas need: which stand out, and whether a plan puts like needs together."""

from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.drawing import number
from folkmoot.exhibits.sections import Section, figure, folded, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.exhibits.variation_page import (
    alike_chart,
    alike_rows,
    divisions_of,
    variation_table,
)
from folkmoot.outcomes.alike import answers
from folkmoot.outcomes.assessment import Profile, Row
from folkmoot.outcomes.indicators import domains
from folkmoot.plan.understanding import Understanding
from folkmoot.vocabulary.codes import AreaCode

MOST = 3
"""Indicators named for an area."""


def understanding(found: Understanding) -> Section:
    """The section of a report on needs."""
    if not found.profiles:
        return Section(
            anchor="needs",
            title="What each area needs",
            parts=(text("The package holds no indicators, so nothing is known of needs."),),
        )
    return Section(
        anchor="needs",
        title="What each area needs",
        parts=(
            text(" ".join(answers(found.variation))),
            table(needs_table(found.profiles)),
            figure(
                alike_chart(alike_rows(found.variation), divisions_of(found.variation)),
                "How alike people of one area are: 0% is no better than areas drawn by lot, 100% "
                "wholly alike. Likeness is no aim by itself: mixed areas can share burdens.",
            ),
            *(
                folded(f"{title}: variation of {len(rows)} indicators",
                       variation_table(rows, title))
                for domain, title in domains().items()
                if (rows := [o for o in found.variation if o.indicator.domain == domain])
            ),
        ),
    )  # fmt: skip


def needs_table(profiles: tuple[Profile, ...]) -> Table:
    """Every area: how many indicators are worse and better, and which stand out."""
    whole = profiles[0].whole
    return Table.of(
        f"Every area beside {whole}: what stands out",
        ("Area", "Worse>", "Better>", "Getting worse>", "Furthest behind"),
        [
            (
                f"{number(AreaCode(one.code))} {one.name}",
                f"{len(one.worse)}",
                f"{len(one.better)}",
                f"{len(one.moving(is_good=False))}",
                "; ".join(map(_said, one.worse[:MOST])) or "–",
            )
            for one in profiles
        ],
        note="Outcomes only: what changed in lives, not what was done. Approximate: values of "
        "districts, weighed by people. Without a published interval only the worst and best "
        "fifth of areas count, and chance is not ruled out. needs.csv has every figure; "
        "'folkmoot outcomes profile AREA --plan FOLDER --out FILE' writes the page of an area.",
    )


def _said(row: Row) -> str:
    return f"{row.indicator.short} {plain(row.value)} ({plain(row.whole)})"
