"""What administration would release, by year: bars above and below a line, and their sum."""

from collections.abc import Sequence
from html import escape
from itertools import chain

from folkmoot.exhibits.maps import INK, LINE, PAPER
from folkmoot.exhibits.sections import Section, figure, label, table
from folkmoot.exhibits.tables import Table
from folkmoot.services.savings import Administration, AdministrationYear, administration_rows
from folkmoot.vocabulary.money import in_pounds, in_short

WIDTH, HEIGHT, LEFT, TOP, FOOT = 900.0, 420.0, 90.0, 70.0, 30.0
BAR = 34.0
KINDS = (
    ("gross released", "#8fc490", ""),
    ("new bodies", "#e8a598", ""),
    ("one-off", "#f3c98b", ' stroke-dasharray="4 2"'),
)


def administration(found: Administration) -> Section:
    """What administration would release and cost with as many bodies as the plan has."""
    label_text = found.declaration.label
    even = found.break_even
    when = "not within these years" if even is None else f"in {found.years[even - 1].year}"
    return Section(
        anchor="administration",
        title="What administration would cost",
        parts=(
            label(
                f"{label_text}. Nobody has published what the administration to be freed is "
                "made up of, nor what new bodies would cost: costs and shares are made up; the "
                "number of bodies and of residents is the plan's."
            ),
            figure(
                administration_chart(found.years, title=label_text),
                "Upwards what is released, downwards what new bodies and the change cost, and "
                f"the net as a dot. The sum of nets is above nothing for good {when}.",
            ),
            table(_year_table(found)),
        ),
    )


def _year_table(found: Administration) -> Table:
    return Table.of(
        "Administration by year, an illustration",
        ("Year", "Gross released>", "New bodies>", "One-off>", "Net>", "Net so far>"),
        [
            (str(year), *(in_pounds(int(pence)) for pence in rest))
            for year, *rest, _ in administration_rows(found)
        ],
        note="Make your own with 'folkmoot services savings --template declared.toml'.",
    )


def administration_chart(years: Sequence[AdministrationYear], *, title: str) -> str:
    """Draw each year: what is released upwards, what it costs downwards, the net as a dot.

    Returns
    -------
    str
        An ``<svg>`` element; its table has the pence. The title says when figures are made up.
    """
    most = max(chain([1], (one.gross for one in years), (one.net for one in years)))
    least = min(chain([0], (-one.new - one.one_off for one in years), (one.net for one in years)))

    def y(pence: int) -> float:
        return TOP + (most - pence) / (most - least) * (HEIGHT - TOP - FOOT)

    drawn = f'<text x="0" y="18" fill="{INK}" font-weight="700">{escape(title)}</text>'
    for n, (kind, fill, dashes) in enumerate(KINDS):
        x = 150.0 * n
        drawn += (
            f'<rect x="{x:.0f}" y="30" width="14" height="14" fill="{fill}" stroke="{LINE}"'
            f'{dashes}/><text x="{x + 20:.0f}" y="42" fill="{INK}">{kind}</text>'
        )
    drawn += (
        f'<circle cx="457" cy="37" r="6" fill="{PAPER}" stroke="{INK}" stroke-width="3"/>'
        f'<text x="470" y="42" fill="{INK}">net</text>'
        f'<line x1="{LEFT:.0f}" x2="{WIDTH:.0f}" y1="{y(0):.1f}" y2="{y(0):.1f}" '
        f'stroke="{INK}"/><text x="{LEFT - 8:.0f}" y="{y(0) + 4:.1f}" fill="{INK}" '
        f'text-anchor="end">£0</text>'
    )
    step = (WIDTH - LEFT) / len(years)
    for n, one in enumerate(years):
        middle = LEFT + step * (n + 0.5)
        spans = ((one.gross, 0), (0, -one.new), (-one.new, -one.new - one.one_off))
        for (kind, fill, dashes), (upper, lower) in zip(KINDS, spans, strict=True):
            if upper > lower:
                drawn += (
                    f'<rect x="{middle - BAR / 2:.1f}" y="{y(upper):.1f}" width="{BAR:.0f}" '
                    f'height="{y(lower) - y(upper):.1f}" fill="{fill}" stroke="{LINE}"{dashes}>'
                    f"<title>{one.year}, {kind}: {in_short(upper - lower)}</title></rect>"
                )
        drawn += (
            f'<circle cx="{middle:.1f}" cy="{y(one.net):.1f}" r="6" fill="{PAPER}" '
            f'stroke="{INK}" stroke-width="3"/><text x="{middle + BAR / 2 + 6:.1f}" '
            f'y="{y(one.net) + 4:.1f}" fill="{INK}">{in_short(one.net)}</text>'
            f'<text x="{middle:.1f}" y="{HEIGHT - 8:.0f}" fill="{INK}" '
            f'text-anchor="middle">{one.year}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" aria-labelledby="administration-title" '
        f'font-family="Arial, sans-serif" font-size="14"><title id="administration-title">'
        f"{escape(title)}</title>{drawn}</svg>"
    )
