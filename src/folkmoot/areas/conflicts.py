"""Places where health and economic geographies pull apart, grouped into negotiations.

In:        an area plan, places and criteria.
Out:       negotiations, each with its blocks and priced options; and, geography by geography,
           the blocks outside the area that holds most people of theirs.
Rule:      a block is in conflict when the geographies with the role health pull it to one
           area and those with the role economy to another. Blocks that touch and are
           pulled between the same two areas are one negotiation.
Not here:  what pulls a block (``areas.pulls``); prices and words (``areas.options``); prices with
           the rest of the plan drawn anew (``areas.resolved``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from folkmoot.areas.options import Option, Pricing
from folkmoot.areas.pulls import MisplacedBlock, misplaced_blocks, role_pulls
from folkmoot.areas.resolved import Redrawing, Resolved
from folkmoot.areas.weighed import Weighed
from folkmoot.geography.graph import components
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

CONFLICT_COLUMNS = (
    "negotiation",
    "block",
    "block_name",
    "area",
    "health_area",
    "economy_area",
    "people",
    "price_with_health",
    "price_with_economy",
)
OPTION_COLUMNS = (
    "negotiation",
    "option",
    "moves",
    "price",
    "price_ratio",
    "crosses",
    "breaks",
    "sentence",
    "resolved_price",
    "resolved_price_ratio",
    "resolved",
    "anchors",
    "resolved_moves",
)
MISPLACED_COLUMNS = (
    "geography",
    "role",
    "block",
    "block_name",
    "area",
    "code",
    "name",
    "pulled_to",
    "people",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A block that health and economy pull to different areas."""

    block: BlockCode
    block_name: str
    area: AreaCode
    """Where the plan has it: one of the two, or a third."""
    health_area: AreaCode
    economy_area: AreaCode
    people: int
    price_with_health: float
    """Change in F when this block alone goes to its health area; 0 when it is there."""
    price_with_economy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """Blocks that touch and are pulled between the same two areas, and the ways out."""

    code: str
    """N01, N02, …: those with most people first."""
    areas: tuple[AreaCode, ...]
    """Those concerned: where the blocks are, and where they are pulled."""
    blocks: tuple[Conflict, ...]
    options: tuple[Option, ...]
    """As drawn first, then the others."""
    resolved: Mapping[str, Resolved] = field(default_factory=dict)
    """What each option costs with the rest drawn anew; empty where that is not known."""

    @property
    def people(self) -> int:
        """Residents of the blocks."""
        return sum(conflict.people for conflict in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """Everything about a plan that is to be settled by negotiation."""

    negotiations: tuple[Negotiation, ...]
    misplaced: tuple[MisplacedBlock, ...]
    note: str = ""
    """Why there are none, when the criteria do not tell health from economy."""

    @property
    def blocks(self) -> int:
        """How many blocks are in conflict."""
        return sum(len(negotiation.blocks) for negotiation in self.negotiations)

    @property
    def people(self) -> int:
        """Residents of all blocks in conflict."""
        return sum(negotiation.people for negotiation in self.negotiations)

    def conflict_rows(self) -> Iterator[tuple[str | int | float, ...]]:
        """A row a block in conflict, under ``CONFLICT_COLUMNS``."""
        for negotiation in self.negotiations:
            for one in negotiation.blocks:
                yield (
                    negotiation.code,
                    one.block,
                    one.block_name,
                    one.area,
                    one.health_area,
                    one.economy_area,
                    one.people,
                    _printed(one.price_with_health),
                    _printed(one.price_with_economy),
                )

    def option_rows(self) -> Iterator[tuple[str | float, ...]]:
        """A row an option, under ``OPTION_COLUMNS``; lists are divided by semicolons."""
        for negotiation in self.negotiations:
            for one in negotiation.options:
                yield (
                    negotiation.code,
                    one.option,
                    "; ".join(f"{block} to {area}" for block, area in one.moves),
                    _printed(one.price),
                    _printed(one.price_ratio),
                    "; ".join(one.crosses),
                    "; ".join(one.breaks),
                    one.sentence,
                    *_resolved_cells(negotiation.resolved.get(one.option)),
                )

    def misplaced_rows(self) -> Iterator[tuple[str | int, ...]]:
        """A row a misplaced block and geography, under ``MISPLACED_COLUMNS``."""
        for one in self.misplaced:
            yield tuple(getattr(one, column) for column in MISPLACED_COLUMNS)


def _printed(price: float) -> float:
    """To nine decimals, which is what scores agree to; never minus nought."""
    return round(price, 9) + 0.0


def _resolved_cells(found: Resolved | None) -> tuple[str | float, ...]:
    """The cells of an option that is priced anew; empty where it is not."""
    if found is None:
        return ("", "", "not known", "", "")
    prices = (found.price, found.price_ratio)
    return (
        *("" if price is None else _printed(price) for price in prices),
        found.standing,
        "; ".join(f"{block} with {anchor}" for block, anchor in found.anchors),
        "; ".join(f"{block} to {area}" for block, area in found.moves),
    )


def conflicts(
    plan: AreaPlan,
    places: Places,
    criteria: Criteria,
    *,
    weighed: Weighed | None = None,
    progress: Progress = silent,
) -> Conflicts:
    """Find the blocks in conflict, group them, and price each way out.

    Parameters
    ----------
    weighed : Weighed, optional
        What ``answers.weigh`` made for this plan: with it each option is priced anew too,
        with the rest of the plan drawn again around it.
    progress : callable
        Told how many negotiations are priced.

    Returns
    -------
    Conflicts
        The price of an option holds everything else as it is; its resolved price lets
        everything move, and says whether it is proven (``areas.resolved``).
    """
    health = role_pulls(plan, places, criteria, "health")
    economy = role_pulls(plan, places, criteria, "economy")
    misplaced = misplaced_blocks(plan, places, criteria)
    if health is None or economy is None:
        return Conflicts(negotiations=(), misplaced=misplaced, note=_note(health, economy))
    pricing = Pricing.of(plan, places, criteria)
    groups = _groups(places, health, economy)
    redrawing = None
    if weighed is not None:
        is_disputed = np.zeros(len(places.blocks), dtype=np.bool_)
        is_disputed[[block for blocks in groups for block in blocks.tolist()]] = True
        redrawing = Redrawing(pricing=pricing, weighed=weighed, is_disputed=is_disputed)
    found = []
    for number, blocks in enumerate(groups, 1):
        progress("Pricing the ways out of each conflict", (number - 1) / len(groups))
        code = f"N{number:0{max(2, len(str(len(groups))))}d}"
        found.append(_negotiation(code, pricing, blocks, (health, economy), redrawing))
    progress("Pricing the ways out of each conflict", 1.0)
    return Conflicts(negotiations=tuple(found), misplaced=misplaced)


def _note(health: IntVector | None, economy: IntVector | None) -> str:
    missing = [role for role, found in (("health", health), ("economy", economy)) if found is None]
    return (
        f"The criteria give no geography the role {' or '.join(missing)} and a weight, so no "
        "conflict between health and economy can be told."
    )


def _groups(places: Places, health: IntVector, economy: IntVector) -> list[IntVector]:
    """Positions of the blocks of each negotiation, most people first."""
    is_conflict = (health != economy) & (health >= 0) & (economy >= 0)
    between = np.sort(np.column_stack([health, economy]), axis=1)
    first, second = places.borders.pairs.T
    is_joined = is_conflict[first] & (between[first] == between[second]).all(axis=1)
    labels = components(len(places.blocks), places.borders.pairs[is_joined])
    groups = [np.flatnonzero(labels == label) for label in np.unique(labels[is_conflict]).tolist()]
    people = places.blocks.population
    return sorted(groups, key=lambda blocks: (-int(people[blocks].sum()), int(blocks[0])))


def _negotiation(
    code: str,
    pricing: Pricing,
    blocks: IntVector,
    sides: tuple[IntVector, IntVector],
    redrawing: Redrawing | None,
) -> Negotiation:
    drawn, (health, economy) = pricing.plan.area_of[blocks], (side[blocks] for side in sides)
    ways = dict(zip(("leave", "health", "economy"), (pricing.plan.area_of, *sides), strict=True))
    options, resolved = [], {}
    for name, pulled in ways.items():
        target = pulled[blocks]
        if name == "leave" or not np.array_equal(target, drawn):
            option = pricing.option(name, blocks, target)
            if redrawing is not None:
                anew = resolved[name] = redrawing.resolved(option, blocks, target, pulled)
                words = anew.words(len(option.moves))
                option = replace(option, sentence=f"{option.sentence} {words}")
            options.append(option)
    concerned = np.unique(np.concatenate([drawn, health, economy])).tolist()
    return Negotiation(
        code=code,
        areas=tuple(pricing.plan.areas[area] for area in concerned),
        blocks=tuple(_conflicts(pricing, blocks, health, economy)),
        options=tuple(options),
        resolved=resolved,
    )


def _conflicts(
    pricing: Pricing, blocks: IntVector, health: IntVector, economy: IntVector
) -> Iterator[Conflict]:
    plan, known = pricing.plan, pricing.places.blocks
    for place in range(len(blocks)):
        block, one = int(blocks[place]), slice(place, place + 1)
        yield Conflict(
            block=plan.blocks[block],
            block_name=known.names[block],
            area=plan.areas[plan.area_of[block]],
            health_area=plan.areas[health[place]],
            economy_area=plan.areas[economy[place]],
            people=int(known.population[block]),
            price_with_health=pricing.price(blocks[one], health[one]),
            price_with_economy=pricing.price(blocks[one], economy[one]),
        )
