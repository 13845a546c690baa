"""Which blocks the default plan of England tears from their county, why, and what would mend it.

In:        the packaged England and its criteria.
Out:       tables for decision 0014 on the output, and its drawing as SVG.
Run:       python tools/criteria_study.py docs/images/criteria-trade-off.svg
Rule:      a block is torn from an area of a geography when another area of the plan holds most of
           its people; it is a stray when it is torn from its county and its own area is mostly of
           another. Plans are the cheapest of whole atoms; all are scored by the shipped criteria.
Not here:  plans that split atoms.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor
from pathlib import Path

import numpy as np

from folkmoot import england
from folkmoot.areas.answers import demand, weigh
from folkmoot.areas.demands import Together
from folkmoot.areas.design import design
from folkmoot.areas.options import Pricing
from folkmoot.areas.pulls import pulls
from folkmoot.areas.work import EFFORTS
from folkmoot.geography.scores import Scores, score
from folkmoot.readers.criteria import read_criteria
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

COUNTY = "ceremonial_county"
KEPT_TOGETHER = (COUNTY, "upper_tier", "combined_authority", "icb")
MENDED = (("Plymouth", "Exeter"), ("Bexley", "Greenwich"))
"""Blocks that an analyst would call odd, each with one of its own county."""
QUICK = EFFORTS["quick"]
ROUNDING = 1e-12
"""A gap that is none."""


def variants(shipped: Criteria) -> Iterator[tuple[str, Criteria]]:
    """Other criteria, by what they change."""
    wider = replace(shipped, maximum_population=3_100_000)
    yield "as shipped", shipped
    yield "need 0.15", replace(shipped, need_weight=0.15)
    yield "need 0.10", replace(shipped, need_weight=0.10)
    yield "identity twice", _identity(shipped, 0.20)
    yield "cap at ICBs", replace(shipped, coterminosity_no_worse_than="icb")
    yield "max 3.1 million", wider
    yield "max 3.1 million, need 0.20", replace(wider, need_weight=0.20)
    yield "max 3.1 million, identity twice", _identity(wider, 0.20)
    yield "max 3.1 million, both", _identity(replace(wider, need_weight=0.20), 0.20)


def _identity(criteria: Criteria, weight: float) -> Criteria:
    return replace(
        criteria,
        geographies=tuple(
            replace(one, weight=weight) if one.role == "identity" else one
            for one in criteria.geographies
        ),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Row:
    """A plan under some criteria, scored by the shipped ones."""

    name: str
    scores: Scores
    torn_from_county: int
    torn_from_icb: int
    strays: tuple[str, ...]
    stray_people: int

    @classmethod
    def of(cls, name: str, plan: AreaPlan, places: Places, shipped: Criteria) -> "Row":
        """Score one plan."""
        people, stray = places.blocks.population, strays(plan, places)
        return cls(
            name=name,
            scores=score(plan, places, shipped),
            torn_from_county=int(people[torn(plan, places, COUNTY)].sum()),
            torn_from_icb=int(people[torn(plan, places, "icb")].sum()),
            strays=tuple(places.blocks.names[block] for block in stray),
            stray_people=int(people[stray].sum()),
        )

    def line(self) -> str:
        """A row of the table."""
        found = self.scores
        mended = " | ".join("no" if name in self.strays else "yes" for name, _ in MENDED)
        return (
            f"| {self.name} | {found.objective:.5f} | {coterminosity(found):.5f} | "
            f"{found.need:.4f} | {found.self_containment:.4f} | {self.torn_from_county:,} | "
            f"{self.torn_from_icb:,} | {self.stray_people:,} | {mended} |"
        )


def coterminosity(scores: Scores) -> float:
    """What existing geographies cost together."""
    return sum(one.cost for one in scores.geographies)


def torn(plan: AreaPlan, places: Places, name: str) -> IntVector:
    """Blocks outside the area that holds most people of their own area of a geography."""
    pulled = pulls(plan, places, places.geographies[name])
    return np.flatnonzero((pulled >= 0) & (pulled != plan.area_of))


def strays(plan: AreaPlan, places: Places) -> IntVector:
    """Blocks torn from their county whose own area is mostly of another county."""
    county = places.geographies[COUNTY]
    held = places.contingency(county, plan.area_of, len(plan.areas)).argmax(axis=1)
    home, blocks = county.dominant(len(plan.blocks)), torn(plan, places, COUNTY)
    strayed: IntVector = blocks[home[blocks] != held[plan.area_of[blocks]]]
    return strayed


def torn_lines(plan: AreaPlan, places: Places, criteria: Criteria) -> Iterator[str]:
    """Each part that is torn off, and what mending it alone costs, term by term."""
    pricing, before = Pricing.of(plan, places, criteria), score(plan, places, criteria)
    people = places.blocks.population
    yield "| from | torn off | people | mending costs, in 0.00001 | of which | it breaks |"
    yield "|---|---|--:|--:|---|---|"
    for name in KEPT_TOGETHER:
        geography, blocks = places.geographies[name], torn(plan, places, name)
        home = geography.dominant(len(plan.blocks))
        pulled = pulls(plan, places, geography)
        for own, area in sorted({(home[block], plan.area_of[block]) for block in blocks}):
            part = blocks[(home[blocks] == own) & (plan.area_of[blocks] == area)]
            option = pricing.option("mend", part, pulled[part])
            after = score(pricing.moved(part, pulled[part]), places, criteria)
            yield (
                f"| {geography.names[own]} ({name}) | "
                f"{', '.join(places.blocks.names[block] for block in part[:3])}"
                f"{f' and {len(part) - 3} more' if len(part) > 3 else ''} | "
                f"{people[part].sum():,} | {1e5 * option.price:+.0f} | "
                f"{differences(before, after)} | {'; '.join(option.breaks)} |"
            )


def differences(before: Scores, after: Scores) -> str:
    """What each term adds, in hundred-thousandths of F."""
    added = zip(before.terms, before.costs, after.costs, strict=True)
    return ", ".join(f"{term} {1e5 * (new - old):+.0f}" for term, old, new in added)


def mended_lines(plan: AreaPlan, places: Places, criteria: Criteria) -> Iterator[str]:
    """What it costs to keep a block with its county when all the rest is drawn anew."""
    codes = dict(zip(places.blocks.names, places.blocks.codes, strict=True))
    weighed, before = weigh(places, criteria, work=QUICK), score(plan, places, criteria)
    for first, second in MENDED:
        wanted = Together(codes[first], codes[second])
        answer = demand(places, criteria, [wanted], plan=plan, weighed=weighed, work=QUICK)
        after = score(answer.plan, places, criteria)
        named = [places.blocks.names[block] for block in strays(answer.plan, places)]
        yield (
            f"{first} with {second}, the rest drawn anew: {1e5 * answer.price:+.0f} "
            f"({answer.price_ratio:+.2%} of F, proven: {answer.is_proven}; "
            f"{len(answer.moves)} blocks move): {differences(before, after)}; "
            f"strays {', '.join(named)}"
        )


def drawing(rows: list[Row]) -> str:
    """The trade-off as SVG: across, how much F rises; up, people who are strays."""
    shipped = rows[0].scores.objective
    rises = [100 * (row.scores.objective / shipped - 1) for row in rows]
    most = max(row.stray_people for row in rows)
    first, last = floor(min(rises)), ceil(max(rises))
    left, bottom = 70, 370
    across, up = 480 / (last - first), 330 / most
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 430" role="img">',
        "<title>How much F rises, and how many people are strays of their county</title>",
        "<style>text { font: 12px sans-serif; fill: #0b0c0c } circle { stroke: #1d70b8 }</style>",
        '<rect width="760" height="430" fill="#fff"/>',
        f'<path d="M{left} 30V{bottom}H740" fill="none" stroke="#555"/>',
        _text(left, 20, "People torn from their county into an area of another"),
        _text(left, 420, "F by the shipped criteria, % above that of the shipped plan"),
    ]
    parts += [
        _text(left + (tick - first) * across, bottom + 18, str(tick), anchor="middle")
        for tick in range(first, last + 1)
    ]
    parts += [
        _text(left - 8, bottom - people * up + 4, f"{people / 1e6:.1f} m", anchor="end")
        for people in range(0, most + 1, 500_000)
    ]
    # A label that would cover the one above it is moved down.
    lowest = -np.inf
    for row, rise in sorted(zip(rows, rises, strict=True), key=lambda one: -one[0].stray_people):
        x, y = left + (rise - first) * across, bottom - row.stray_people * up
        lowest = max(y + 4, lowest + 14)
        fill = "#fff" if {name for name, _ in MENDED} & set(row.strays) else "#1d70b8"
        parts += [
            f'<path d="M{x:.1f} {y:.1f}L{x + 14:.1f} {lowest - 4:.1f}" stroke="#999"/>',
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{fill}"/>',
            _text(x + 17, lowest, row.name),
        ]
    return "\n".join([*parts, "</svg>", ""])


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def study(picture: Path) -> None:
    """Print the tables and write the drawing."""
    places = england.places()
    shipped = read_criteria(england.CRITERIA, places)
    rows: list[Row] = []
    print(
        "| criteria | F | coterminosity | need | flow kept | torn from county | torn from ICB | "
        "strays | Plymouth mended | Bexley mended |\n|---|--:|--:|--:|--:|--:|--:|--:|---|---|"
    )
    plans = []
    for name, criteria in variants(shipped):
        found = design(places, criteria, rng=np.random.default_rng(0), work=QUICK)
        plans.append(found.plan)
        rows.append(Row.of(name, found.plan, places, shipped))
        print(rows[-1].line(), flush=True)
        if found.gap is None or found.gap > ROUNDING:
            print(f"not proven: {found.covers}")
    for row in rows:
        print(f"\n{row.name}: strays {', '.join(row.strays)}")
    print("", *torn_lines(plans[0], places, shipped), "", sep="\n")
    print(*mended_lines(plans[0], places, shipped), sep="\n", flush=True)
    picture.write_text(drawing(rows), encoding="utf-8")


if __name__ == "__main__":
    study(Path(sys.argv[1]))
