"""How far each deal devolves: a dot where it is known, a bar where scores are blank."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from folkmoot.exhibits.maps import INK, LINE, PAPER
from folkmoot.exhibits.sections import Section, folded, table, text, wide_figure
from folkmoot.exhibits.tables import Table
from folkmoot.services.deal_tables import (
    NOT_RECONCILED,
    deal_score_rows,
    degrees_in_words,
    in_words,
    weighed_by,
)
from folkmoot.services.deals import CONTROLS, Deals, FunctionScores
from folkmoot.vocabulary.money import in_pounds

TOP = 30.0
FILL = "#1d5a8a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lay:
    """Where names and marks stand."""

    width: float
    names: float
    """Width of the names beside the marks; 0 where each stands above its own."""
    row: float

    def across(self, share: float) -> float:
        """Where a reach stands."""
        left = self.names or 20.0
        return left + share * (self.width - left - 20)


WIDE = Lay(width=900.0, names=370.0, row=30.0)
NARROW = Lay(width=320.0, names=0.0, row=48.0)


def deals(found: Deals) -> Section:
    """Deals as data: their funds, their reach, and every score with its evidence."""
    return Section(
        anchor="deals",
        title="How far deals have devolved so far",
        parts=(
            text(
                "Four controls over each function are scored from 0, the centre decides, to 4, the "
                "area does. A function is devolved where each is 3 or more; where each is 1 or "
                "less the area is consulted; else it is delegated. What nobody has scored is "
                "unknown, never 0."
            ),
            wide_figure(
                deals_chart(found),
                "Reach of each function that a deal names: a dot where all four controls are "
                "scored, a bar over all that it could be where some are not.",
            ),
            table(_function_table(found)),
            table(_deal_table(found)),
            folded("Every score with its evidence", _score_table(found)),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far one function is devolved: from the least to the most that blanks leave open."""

    name: str
    least: float
    most: float
    says: str
    """The same in words."""


def deals_chart(found: Deals) -> str:
    """Draw the reach of each function that a deal names; an ``<svg>`` element."""
    return reach_chart(
        [
            Reach(
                name=f"{deal.name}: {one.name}",
                least=float(one.reach.least or 0),
                most=float(one.reach.most or 0),
                says=f"{in_words(one.reach)}, {degrees_in_words(one)}",
            )
            for deal in found.deals.values()
            for one in deal.functions
        ]
    )


def reach_chart(rows: Sequence[Reach], *, is_narrow: bool = False) -> str:
    """Draw reaches from 0 to 1: a dot where one is known, a bar over all that it could be.

    A narrow one, for a telephone, has each name above its mark.

    Returns
    -------
    str
        An ``<svg>`` element; its table stands beside it.
    """
    lay = NARROW if is_narrow else WIDE
    identity = "deals-narrow-title" if is_narrow else "deals-title"
    height = TOP + lay.row * len(rows) + 8
    grid = "".join(_grid(lay.across(mark / 4), mark / 4, height) for mark in range(5))
    drawn = "".join(_row(lay, TOP + lay.row * n, one) for n, one in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart wide" role="img" '
        f'viewBox="0 0 {lay.width:.0f} {height:.0f}" aria-labelledby="{identity}" '
        f'font-family="Arial, sans-serif" font-size="14"><title id="{identity}">'
        f"Reach of {len(rows)} functions, from 0, the centre decides, to 1, the area does</title>"
        f"{grid}{drawn}</svg>"
    )


def _grid(x: float, share: float, height: float) -> str:
    return (
        f'<text x="{x:.1f}" y="16" fill="{INK}" text-anchor="middle">{share:g}</text>'
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8:.0f}" y2="{height:.0f}" stroke="#b1b4b6"/>'
    )


def _row(lay: Lay, top: float, one: Reach) -> str:
    named = top + (15 if lay.names else 12)
    y = top + lay.row - 15
    least, most = lay.across(one.least), lay.across(one.most)
    mark = (
        f'<line x1="{least:.1f}" x2="{most:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}" '
        'stroke-width="6" stroke-dasharray="4 3"/>'
        if one.least < one.most
        else f'<circle cx="{least:.1f}" cy="{y:.1f}" r="7" fill="{FILL}"/>'
    )
    return (
        f'<g><title>{escape(f"{one.name}: {one.says}")}</title><text x="0" y="{named + 5:.1f}" '
        f'fill="{INK}" paint-order="stroke" stroke="{PAPER}" stroke-width="4">'
        f"{escape(one.name)}</text>{mark}</g>"
    )


def _function_table(found: Deals) -> Table:
    return Table.of(
        "Reach, weakest control and class of each function",
        ("Deal", "Function", "Reach>", "Weakest>", "Class", "To check"),
        [
            (
                deal.name,
                one.name,
                in_words(one.reach),
                in_words(one.weakest),
                degrees_in_words(one),
                _open(one),
            )
            for deal in found.deals.values()
            for one in deal.functions
        ],
    )


def _open(one: FunctionScores) -> str:
    """What nobody has scored, or compared with its source."""
    if len(one.blanks) == len(CONTROLS):
        return "all unknown"
    return ", ".join((*one.to_check, *(f"{blank} unknown" for blank in one.blanks))) or "–"


def _deal_table(found: Deals) -> Table:
    rows = [
        (
            deal.name + (" (for comparison)" if deal.is_reference else ""),
            deal.agreed,
            deal.leader,
            deal.fund_text,
            in_words(deal.reach),
            weighed_by(deal),
            deal.state.replace("_", " "),
        )
        for deal in found.deals.values()
    ]
    total: tuple[str, ...] = ()
    if found.total is not None and found.not_reconciled is not None:
        told = f"{in_pounds(found.not_reconciled)} of {found.total.published_text}"
        total = (NOT_RECONCILED.capitalize(), "", "", told, "", "", "to check")
    return Table.of(
        "The deals and their investment funds",
        ("Deal", "Agreed", "Leader", "Investment fund", "Reach>", "Weighted by", "Known?"),
        rows,
        total=total,
        note=(
            f"Funds that are known one by one make {in_pounds(found.known_pence)}. That these are "
            "the deals that the printed sum counts is to check."
        ),
    )


def _score_table(found: Deals) -> Table:
    return Table.of(
        "Scores from 0 to 4",
        ("Deal", "Function", "Control", "Score>", "Known?", "Evidence", "Source"),
        [
            (
                found.deals[str(row[0])].name,
                found.functions[str(row[1])],
                str(row[2]),
                f"{row[3]}" or "unknown",
                str(row[9]).replace("_", " "),
                str(row[10]),
                str(row[11]),
            )
            for row in deal_score_rows(found)
        ],
    )
