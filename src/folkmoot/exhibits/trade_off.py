"""Draw the front: what one measure costs in another, a dot a plan."""

from collections.abc import Mapping, Sequence
from html import escape

from folkmoot.areas.front import Front
from folkmoot.exhibits.maps import INK, LINE, PAPER

SIDE, LEFT, TOP, GAP = 300.0, 64.0, 34.0, 90.0
FILL = "#1d5a8a"
WORDS = {
    "coterminosity": "coterminosity cost",
    "need": "unlike need",
    "balance": "imbalance of people",
}


def front_chart(found: Front, plan: Mapping[str, float], labels: Sequence[str]) -> str:
    """Draw each pair of measures in a panel: points as dots, the plan as a diamond.

    Parameters
    ----------
    plan : mapping
        What the plan that is judged has of each measure.
    labels : sequence of str
        Of the points, in their order; front.csv has the same.

    Returns
    -------
    str
        An ``<svg>`` element. A dot that is not filled is the best known, not proven.
    """
    names = found.measures
    pairs = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :]]
    drawn = "".join(
        _panel(found, plan, labels, pair, LEFT + place * (SIDE + GAP))
        for place, pair in enumerate(pairs)
    )
    width, height = len(pairs) * (SIDE + GAP), TOP + SIDE + 54
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" aria-labelledby="front-title front-desc" '
        'font-family="Arial, sans-serif" font-size="12">'
        '<title id="front-title">What one measure costs in another</title>'
        f'<desc id="front-desc">{len(found.points)} plans of which none is at least as good as '
        "another by every measure; lower is better by each. A dot that is not filled is the "
        "best known, not proven; the diamond is the plan that is judged. The figures are in "
        f"front.csv.</desc>{drawn}</svg>"
    )


def _panel(
    found: Front,
    plan: Mapping[str, float],
    labels: Sequence[str],
    pair: tuple[str, str],
    left: float,
) -> str:
    across, up = pair
    values = [*(point.values for point in found.points), plan]

    def placed(name: str, value: float) -> float:
        low = min(one[name] for one in values)
        high = max(one[name] for one in values)
        return 12 + (SIDE - 24) * ((value - low) / (high - low) if high > low else 0.5)

    def at(one: Mapping[str, float]) -> tuple[float, float]:
        return left + placed(across, one[across]), TOP + SIDE - placed(up, one[up])

    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" stroke="{FILL}" stroke-width="1.5" '
        f'fill="{FILL if point.is_proven else PAPER}"><title>{escape(_told(label, point.values))}'
        "</title></circle>"
        for label, point in zip(labels, found.points, strict=True)
        for x, y in [at(point.values)]
    )
    x, y = at(plan)
    diamond = (
        f'<path d="M{x:.1f} {y - 7:.1f}L{x + 7:.1f} {y:.1f}L{x:.1f} {y + 7:.1f}'
        f'L{x - 7:.1f} {y:.1f}Z" fill="none" stroke="{INK}" stroke-width="2"><title>'
        f"{escape(_told('the plan', plan))}</title></path>"
    )
    return f"{_frame(values, pair, left)}{dots}{diamond}"


def _frame(values: Sequence[Mapping[str, float]], pair: tuple[str, str], left: float) -> str:
    """Axes with the least and the greatest of each measure."""
    across, up = pair
    low, high = ({name: end(one[name] for one in values) for name in pair} for end in (min, max))
    base = TOP + SIDE

    def text(x: float, y: float, words: str, anchor: str) -> str:
        return (
            f'<text x="{x:.0f}" y="{y:.0f}" fill="{INK}" text-anchor="{anchor}">'
            f"{escape(words)}</text>"
        )

    return (
        f'<path d="M{left:.0f} {TOP:.0f}V{base:.0f}H{left + SIDE:.0f}" fill="none" '
        f'stroke="{LINE}"/>'
        + text(left, TOP - 16, f"{WORDS[up]} ↑", "start")
        + text(left + SIDE, base + 36, f"{WORDS[across]} →", "end")
        + text(left, base + 18, f"{low[across]:.4f}", "start")
        + text(left + SIDE, base + 18, f"{high[across]:.4f}", "end")
        + text(left - 6, base, f"{low[up]:.3f}", "end")
        + text(left - 6, TOP + 12, f"{high[up]:.3f}", "end")
    )


def _told(label: str, values: Mapping[str, float]) -> str:
    return f"{label}: " + ", ".join(
        f"{words} {values[name]:.4f}" for name, words in WORDS.items() if name in values
    )
