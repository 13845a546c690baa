"""Draw the pictures of docs/explanation/designing-areas.md from the packaged England.

Run:       python tools/area_pictures.py docs/images
Out:       atoms.svg, districts that become atoms that become areas; squeeze.svg, how a plan and a
           bound come together. The same bytes each time.
"""

import sys
from pathlib import Path

import numpy as np

from folkmoot import england
from folkmoot.areas.atoms import atoms
from folkmoot.areas.relaxation import relax
from folkmoot.areas.search import search
from folkmoot.areas.weighed import Weighed
from folkmoot.areas.work import Work
from folkmoot.exhibits.maps import INK, LINE, MapArea, area_map
from folkmoot.geography.outlines import area_outlines
from folkmoot.geography.terms import terms
from folkmoot.readers.criteria import read_criteria
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.places import Places

PLAN, BOUND = "#1d5a8a", "#b3541e"
WIDTH = 300.0
ROUNDS = (8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
"""Rounds of pricing after which the bound is shown."""


def main(folder: Path) -> None:
    """Draw and write."""
    places = england.places()
    criteria = read_criteria(england.CRITERIA, places)
    whole = atoms(places, criteria.atoms)
    weighed = Weighed.of(places, criteria, terms(places, criteria), whole)
    if weighed is None or weighed.best.areas is None:
        raise AssertionError("England's atoms can be weighed")
    plans = {
        "districts": AreaPlan.labelled(places.blocks.codes, np.arange(len(places.blocks))),
        "atoms": AreaPlan.labelled(places.blocks.codes, whole),
        "areas": weighed.plan(weighed.best.areas),
    }
    (folder / "atoms.svg").write_text(_joined(plans, places), encoding="utf-8")
    (folder / "squeeze.svg").write_text(_squeeze(weighed), encoding="utf-8")


def _joined(plans: dict[str, AreaPlan], places: Places) -> str:
    """The same country three times, in ever fewer pieces."""
    drawn, height = [], 0.0
    for place, (what, plan) in enumerate(plans.items()):
        outlines = area_outlines(plan, places)
        shown = [
            MapArea(code=code, name=code, outline=outlines[code])
            for code in plan.areas
            if code in outlines
        ]
        words = f"{len(plan.areas)} {what}"
        svg = area_map(
            shown, title=words, description=f"England in {words}.", width=WIDTH, inset=False,
            identity=what,
        )  # fmt: skip
        height = float(svg.split('viewBox="0 0 ')[1].split('"')[0].split()[1])
        left = place * (WIDTH + 12)
        drawn.append(
            svg.replace(
                "<svg ", f'<svg x="{left:.0f}" y="30" width="{WIDTH:.0f}" height="{height:.0f}" ', 1
            )
            + _text(left + 6, 20, words, size=15)
        )
    return _picture(
        3 * (WIDTH + 12), height + 34, "Districts are joined to atoms, and atoms to areas", drawn
    )


def _squeeze(weighed: Weighed) -> str:
    """F of the best plan, falling, and the bound, rising, until they meet."""
    bounds = [relax(weighed.unions, weighed.task, Work(rounds=rounds)).bound for rounds in ROUNDS]
    found = list(search(weighed.unions, weighed.task, Work()))
    settled = bounds.index(max(bounds)) + 1
    steps = [
        *((float(bound), np.inf) for bound in bounds[:settled]),
        *((one.bound, one.cost) for one in found),
    ]
    low, high = 0.2286, 0.2322
    left, top, width, height = 78.0, 40.0, 780.0, 300.0

    def x(step: int) -> float:
        return left + width * step / (len(steps) - 1)

    def y(value: float) -> float:
        return top + height * (high - min(max(value, low), high)) / (high - low)

    def line(values: list[tuple[int, float]], colour: str) -> str:
        points = " ".join(f"{x(step):.1f},{y(value):.1f}" for step, value in values)
        return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>'

    rising = np.maximum.accumulate([weighed.objective(bound) for bound, _ in steps]).tolist()
    falling = [
        (step, weighed.objective(cost)) for step, (_, cost) in enumerate(steps) if cost < np.inf
    ]
    best = weighed.objective(weighed.best.cost)
    ticks = "".join(
        f'<path d="M{left:.0f} {y(value):.1f}h{width:.0f}" stroke="#dcdfe1"/>'
        + _text(left - 8, y(value) + 4, f"{value:.4f}", anchor="end")
        for value in (0.2290, 0.2300, 0.2310, 0.2320)
    )
    drawn = [
        ticks,
        line([(step, value) for step, value in enumerate(rising)], BOUND),
        line(falling, PLAN),
        _text(x(settled) + 120, y(0.2299), "no plan of whole atoms is lower", colour=BOUND),
        _text(
            left + width, y(best) - 6, f"best plan so far; in the end {best:.6f}, proven",
            anchor="end", colour=PLAN,
        ),
        _dashed(f"M{x(settled):.1f} {top:.0f}v{height:.0f}"),
        _text(x(settled) - 8, top + 16, "prices settle", anchor="end"),
        _text(x(settled) + 8, top + 16, "cuts and branches"),
        _text(left, top - 16, "F ↑"),
        _text(left + width, top + height + 24, "steps of the search →", anchor="end"),
    ]  # fmt: skip
    return _picture(890, 384, "A bound rises and a plan falls until they meet", drawn)


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK, size: int = 13
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size}" '
        f'text-anchor="{anchor}">{words}</text>'
    )


def _dashed(path: str) -> str:
    return f'<path d="{path}" stroke="{LINE}" stroke-dasharray="4 4"/>'


def _picture(width: float, height: float, title: str, drawn: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'role="img" font-family="Arial, sans-serif"><title>{title}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(drawn)}</svg>\n'
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
