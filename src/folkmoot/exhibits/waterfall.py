"""Draw how an allocation came about: a bar a cause, from what there was to what there is."""

from html import escape

from folkmoot.exhibits.maps import INK, LINE
from folkmoot.exhibits.tables import Table
from folkmoot.funding.explain import Waterfall
from folkmoot.vocabulary.money import in_pounds, in_short

MORE, LESS, WHOLE = "#1d5a8a", "#b4532a", "#505a5f"
WIDTH, LEFT, RIGHT, ROW, BAR, TOP = 640.0, 190.0, 96.0, 34.0, 18.0, 12.0


def waterfall_rows(found: Waterfall) -> list[tuple[str, int, int]]:
    """Name, from and to of each bar, the whole last. Unit: pence."""
    rows, level = [], 0
    if found.since:
        rows.append((found.since, 0, found.start))
        level = found.start
    for term in found.terms:
        rows.append((term.cause.name, level, level + term.pence))
        level += term.pence
    return [*rows, (f"{found.area}, {found.year}", 0, level)]


def waterfall_chart(found: Waterfall) -> str:
    """Draw a waterfall, one row a cause, so that it reads on a narrow screen too.

    The axis begins near the least amount, not at zero: small causes would not show.

    Returns
    -------
    str
        An ``<svg>`` element; ``waterfall_table`` has its figures.
    """
    rows = waterfall_rows(found)
    ends = [end for _, before, after in rows[1:-1] for end in (before, after)]
    ends += [rows[-1][2], rows[0][2]]
    low, high = min(ends), max(ends)
    margin = max((high - low) // 12, 1)
    low, high = max(0, low - margin) if low > 0 else low, high + margin

    def x(pence: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (max(pence, low) - low) / (high - low)

    drawn = []
    for at, (name, before, after) in enumerate(rows):
        is_whole = before == 0 and at in (0, len(rows) - 1)
        y = TOP + at * ROW
        left, right = sorted((x(before), x(after)))
        colour = WHOLE if is_whole else MORE if after >= before else LESS
        sign = "+" if after >= before and not is_whole else ""
        shown = sign + in_short(after if is_whole else after - before)
        drawn.append(
            f'<text x="{LEFT - 8:.0f}" y="{y + 14:.0f}" text-anchor="end" fill="{INK}">'
            f"{escape(name)}</text>"
            f'<rect x="{left:.1f}" y="{y:.1f}" width="{max(right - left, 1.0):.1f}" '
            f'height="{BAR:.0f}" fill="{colour}"><title>{escape(name)}: '
            f"{in_pounds(after if is_whole else after - before)}</title></rect>"
            f'<text x="{right + 6:.1f}" y="{y + 14:.0f}" fill="{INK}">{shown}</text>'
        )
        if at + 1 < len(rows):
            drawn.append(f'<path d="M{x(after):.1f} {y + BAR:.0f}V{y + ROW:.0f}" stroke="{LINE}"/>')
    height = TOP + len(rows) * ROW
    title = f"{found.area}, {found.stream}, {found.year}: {in_pounds(found.pence)}"
    told = "; ".join(f"{term.cause.name} {in_pounds(term.pence)}" for term in found.terms)
    note = "; ".join(found.labels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {height + 22:.0f}" '
        'aria-labelledby="waterfall-title waterfall-desc" font-family="Arial, sans-serif" '
        f'font-size="13"><title id="waterfall-title">{escape(title)}</title>'
        f'<desc id="waterfall-desc">{escape(told)}. The axis does not begin at zero. '
        f"{escape(note)}</desc>{''.join(drawn)}"
        f'<text x="8" y="{height + 14:.0f}" fill="{WHOLE}" font-size="11">{escape(note)}. '
        "The axis does not begin at zero.</text></svg>"
    )


def waterfall_table(found: Waterfall) -> Table:
    """The figures of the drawing with the rule and the source of each."""
    start = [(found.since, "", "", in_pounds(found.start))] if found.since else []
    return Table.of(
        f"{found.area}, {found.stream}, {found.year}",
        ("Cause", "Rule", "Source", "Adds>"),
        [
            *start,
            *(
                (term.cause.name, term.cause.value, term.cause.source, in_pounds(term.pence))
                for term in found.terms
            ),
        ],
        total=("together", "", "", in_pounds(found.pence)),
        note="; ".join(found.labels),
    )
