"""Draw the figures of docs/explanation/pace-of-change.md from real settlements.

Run:   python tools/pace_of_change_drawings.py      writes docs/images/pace-*.svg
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from folkmoot import england
from folkmoot.exhibits.maps import INK, LINE
from folkmoot.funding.allocation import Allocations, allocate
from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.vocabulary.areas import AreaPlan

IMAGES = Path(__file__).resolve().parents[1] / "docs/images"
WATER, STONE, LID, QUIET = "#8fbcdb", "#b1b4b6", "#b4532a", "#505a5f"
BLUE = "#1d5a8a"


def main() -> None:
    """Write all drawings."""
    board = england.places()
    held = board.geographies["icb"].dominant(len(board.blocks))
    settlement = settle(AreaPlan.labelled(board.blocks.codes, held), board, read_formula())
    (IMAGES / "pace-vessels.svg").write_text(vessels() + "\n", encoding="utf-8")
    (IMAGES / "pace-distances.svg").write_text(distances(settlement) + "\n", encoding="utf-8")
    (IMAGES / "pace-years.svg").write_text(years(settlement) + "\n", encoding="utf-8")


def svg(width: int, height: int, title: str, told: str, drawn: Sequence[str]) -> str:
    """A whole drawing with its words."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" '
        'aria-labelledby="t d" font-family="Arial, sans-serif" font-size="13">'
        f'<title id="t">{title}</title><desc id="d">{told}</desc>'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(drawn)}</svg>'
    )


def text(x: float, y: float, words: str, anchor: str = "start", colour: str = INK) -> str:
    """A line of words."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def worked_example() -> Allocations:
    """The four areas of the page."""
    found = allocate(
        1010,
        codes="ABCD",
        need=(3, 3, 3, 1),
        baseline=(350, 290, 285, 75),
        entitlements=(0, 0, 0, 0),
        rule=BoundsRule(floor=Fraction(-2, 100), ceiling=Fraction(1, 10)),
    )
    if not isinstance(found, Allocations):
        raise TypeError(found.sentence())
    return found


def vessels() -> str:
    """Vessels as wide as targets: height is pence a penny of target, area is pence."""
    found = worked_example()
    wide, tall, base, left = 0.42, 190.0, 260.0, 60.0
    level, rim = found.certificate.level, base - tall * 1.3
    drawn = []
    for at, code in enumerate("ABCD"):
        target = found.targets[at]
        width = float(target) * wide

        def high(pence: Fraction | int, of: Fraction = target) -> float:
            return float(Fraction(pence) / of) * tall

        stone, water, lid = (
            high(one) for one in (found.bounds.lower[at], found.closing[at], found.bounds.upper[at])
        )
        drawn.append(
            f'<rect x="{left:.1f}" y="{base - water:.1f}" width="{width:.1f}" '
            f'height="{water:.1f}" fill="{WATER}"/>'
            f'<rect x="{left:.1f}" y="{base - stone:.1f}" width="{width:.1f}" '
            f'height="{stone:.1f}" fill="{STONE}"/>'
            f'<path d="M{left:.1f} {rim:.1f}V{base}h{width:.1f}V{rim:.1f}" fill="none" '
            f'stroke="{INK}"/>'
            f'<path d="M{left:.1f} {base - lid:.1f}h{width:.1f}" stroke="{LID}" stroke-width="3"/>'
            + text(left + width / 2, base + 18, f"{code}: {found.closing[at]}p", "middle")
            + text(left + width / 2, base + 34, str(found.certificate.states[at]), "middle", QUIET)
        )
        left += width + 16
    at_level = base - float(level) * tall
    drawn.append(
        f'<path d="M44 {at_level:.1f}H{left:.0f}" stroke="{BLUE}" stroke-dasharray="5 4"/>'
        + text(left + 2, at_level + 4, f"level {level.numerator}/{level.denominator}", colour=BLUE)
        + text(
            60, 312, "Width is the target. Grey: the floor. Blue: what is given. Red: the ceiling."
        )
    )
    told = "; ".join(
        f"{code} has {pence}p, {state}"
        for code, pence, state in zip("ABCD", found.closing, found.certificate.states, strict=True)
    )
    return svg(640, 324, "The worked example as vessels", told, drawn)


def distances(settlement: Settlement) -> str:
    """Every board's distance from target before and after, furthest above first."""
    first, last = (settlement.find("health", str(settlement.formula.years[at])) for at in (0, -1))
    before = first.allocations.distances(first.allocations.opening)
    after = last.allocations.distances(last.allocations.closing)
    pairs = sorted(
        ((float(a or 0), float(b or 0)) for a, b in zip(before, after, strict=True)), reverse=True
    )
    top, row, mid, scale = 46.0, 10.0, 320.0, 5200.0
    height = int(top + row * len(pairs) + 40)
    drawn = [f'<path d="M{mid} {top - 12}V{height - 30}" stroke="{LINE}"/>']
    drawn += [
        text(mid + at / 100 * scale, top - 18, f"{at:+d}%" if at else "target", "middle", QUIET)
        for at in (-4, -2, 0, 2, 4)
    ]
    for at, (a, b) in enumerate(pairs):
        y = top + at * row
        drawn.append(
            f'<path d="M{mid + a * scale:.1f} {y:.1f}H{mid + b * scale:.1f}" stroke="{LINE}" '
            f'stroke-width="2"/><circle cx="{mid + a * scale:.1f}" cy="{y:.1f}" r="3" fill="#fff" '
            f'stroke="{INK}"/><circle cx="{mid + b * scale:.1f}" cy="{y:.1f}" r="3.5" '
            f'fill="{BLUE}"/>'
        )
    drawn.append(
        text(
            20,
            height - 10,
            f"Open: before {first.year}. Filled: after {last.year}. "
            "Modelled baseline, not actual spending.",
        )
    )
    opened, closed = zip(*pairs, strict=True)
    told = (
        f"{len(pairs)} boards; from {min(opened):+.2%} to {max(opened):+.2%} before, "
        f"from {min(closed):+.2%} to {max(closed):+.2%} after."
    )
    return svg(640, height, "Distance from target of health, by board", told, drawn)


def years(settlement: Settlement) -> str:
    """How many areas are on their floor, stream by stream and year by year."""
    left, top, wide, row = 170.0, 40.0, 110.0, 40.0
    drawn = []
    told = []
    n = len(settlement.areas)
    for at, year in enumerate(settlement.formula.years):
        drawn.append(text(left + at * wide, top - 14, str(year), colour=QUIET))
    for line, stream in enumerate(settlement.formula.streams):
        y = top + line * row
        drawn.append(text(left - 12, y + 14, stream.name, "end"))
        for at, year in enumerate(settlement.formula.years):
            states = settlement.find(stream.code, str(year)).allocations.certificate.states
            floors = states.count("floor")
            x, bar = left + at * wide, 80.0 * floors / n
            drawn.append(
                f'<rect x="{x}" y="{y}" width="80" height="18" fill="#f3f2f1"/>'
                f'<rect x="{x}" y="{y}" width="{bar:.1f}" height="18" fill="{BLUE}"/>'
                + text(x + 84, y + 14, str(floors))
            )
            told.append(f"{stream.name} {year}: {floors}")
    height = int(top + row * len(settlement.formula.streams) + 26)
    drawn.append(text(20, height - 8, f"Of {n} boards. Modelled baseline, not actual spending."))
    return svg(640, height, "Areas on their floor", "; ".join(told), drawn)


if __name__ == "__main__":
    main()
