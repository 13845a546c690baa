"""Draw what is at stake: one bar a number, the longest first, and the same as a table."""

from collections.abc import Sequence
from html import escape

from folkmoot.exhibits.maps import INK, LINE
from folkmoot.exhibits.tables import Table
from folkmoot.funding.sensitivity import Influence
from folkmoot.vocabulary.money import in_short

WIDTH, LEFT, TOP, ROW, BAR = 860.0, 340.0, 40.0, 26.0, 16.0
RIGHT = 120.0
FILL = "#1d5a8a"


def ranked(found: Sequence[Influence]) -> list[Influence]:
    """Those with something at stake, the most first, whatever their stream."""
    staked = [one for one in found if one.pence_at_stake]
    return sorted(staked, key=lambda one: (-(one.pence_at_stake or 0), one.stream, one.name))


def tornado(found: Sequence[Influence], *, year: str, labels: Sequence[str]) -> str:
    """Draw half of what moves between the ends of each plausible range.

    Parameters
    ----------
    labels : sequence of str
        Words that the figures must carry.

    Returns
    -------
    str
        An ``<svg>`` element. Lengths go by the square root, so that the bars of a stream of
        a billion can be read beside one of a hundred; the sums stand beside them.
    """
    shown = ranked(found)
    most = max((one.pence_at_stake or 0 for one in shown), default=1)
    height = TOP + ROW * len(shown) + 30 + 18 * (len(labels) + 1)
    rows = "".join(_row(one, at, most) for at, one in enumerate(shown))
    base = TOP + ROW * len(shown)
    said = ("The length of a bar goes by the square root of the sum beside it.", *labels)
    notes = "".join(
        f'<text x="8" y="{base + 34 + 18 * at:.0f}" fill="{INK}">{escape(label)}</text>'
        for at, label in enumerate(said)
    )
    title = f"Money at stake between the ends of each plausible range, {year}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" aria-labelledby="tornado-title tornado-desc" '
        'font-family="Arial, sans-serif" font-size="12">'
        f'<title id="tornado-title">{escape(title)}</title>'
        '<desc id="tornado-desc">Half of what areas gain and lose when one number moves from its '
        "least to its most plausible value; the length of a bar goes by the square root of that. "
        "The figures are in influences.csv.</desc>"
        f'<text x="8" y="20" fill="{INK}" font-weight="bold">{escape(title)}</text>'
        f'<path d="M{LEFT:.0f} {TOP - 6:.0f}V{base:.0f}" stroke="{LINE}"/>{rows}{notes}</svg>'
    )


def _row(one: Influence, at: int, most: int) -> str:
    pence = one.pence_at_stake or 0
    length = (WIDTH - LEFT - RIGHT) * (pence / most) ** 0.5
    top, text = TOP + ROW * at, TOP + ROW * at + BAR - 4
    said = f"{one.name}, {one.least} to {one.most}"
    return (
        f'<text x="{LEFT - 8:.0f}" y="{text:.0f}" fill="{INK}" text-anchor="end">'
        f"{escape(said)}</text>"
        f'<rect x="{LEFT:.0f}" y="{top:.1f}" width="{length:.1f}" height="{BAR:.0f}" '
        f'fill="{FILL}"><title>{escape(f"{one.stream}: {one.title}")}</title></rect>'
        f'<text x="{LEFT + length + 6:.1f}" y="{text:.0f}" fill="{INK}">{in_short(pence)}</text>'
    )


def influence_table(found: Sequence[Influence], *, year: str) -> Table:
    """The same figures, with what part of all variance each number makes alone."""
    return Table.of(
        f"Which numbers grants hang on, {year}",
        ("stream", "number", "least>", "most>", "at stake>", "alone>"),
        [
            (
                one.stream,
                one.name,
                one.least or "–",
                one.most or "–",
                "–" if one.pence_at_stake is None else in_short(one.pence_at_stake),
                "–" if one.sobol is None else f"{max(one.sobol, 0.0):.0%}",
            )
            for one in found
        ],
        note="alone: part of all variance that is the number's alone, an estimate.",
    )
