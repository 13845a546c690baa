"""Who is given more and who less in a second plan than in a first, to the penny.

In:        two plan folders, and how their areas are matched.
Out:       grants of matched areas side by side; and of every block, so that residents whose
           area changes can be followed.
Rule:      grants are given to areas. On the common footing an area's grant of a stream is
           shared over its blocks by residents (largest remainder), in each plan by itself; so
           gains less losses are exactly the difference of the totals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from folkmoot.plan.folder import PlanFolder
from folkmoot.plan.matching import AreaPair
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.money import apportion


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantChange:
    """The grant of one stream and year to an area and to its partner."""

    year: str
    stream: str
    first_area: AreaCode | None
    second_area: AreaCode | None
    first_pence: int
    second_pence: int

    @property
    def change(self) -> int:
        """Pence more in the second plan; negative where it is less."""
        return self.second_pence - self.first_pence


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockGrant:
    """A block's part of one stream in one year, in both plans: shared by residents."""

    block: BlockCode
    stream: str
    first_pence: int
    second_pence: int

    @property
    def change(self) -> int:
        """Pence more in the second plan; negative where it is less."""
        return self.second_pence - self.first_pence


def grant_changes(
    first: PlanFolder, second: PlanFolder, pairs: Sequence[AreaPair], years: Sequence[str]
) -> tuple[GrantChange, ...]:
    """Every stream of every pair of areas, in the years that both plans settle."""
    grants = _grants(first), _grants(second)
    streams = sorted({stream for side in grants for stream, _, _ in side})
    return tuple(
        GrantChange(
            year=year,
            stream=stream,
            first_area=pair.first,
            second_area=pair.second,
            first_pence=grants[0].get((stream, year, pair.first), 0),
            second_pence=grants[1].get((stream, year, pair.second), 0),
        )
        for year in years
        for stream in streams
        for pair in pairs
    )


def block_grants(first: PlanFolder, second: PlanFolder, year: str) -> tuple[BlockGrant, ...]:
    """Every block's part of every stream in one year, sorted by block."""
    shares = _shared_over_blocks(first, year), _shared_over_blocks(second, year)
    return tuple(
        BlockGrant(
            block=block,
            stream=stream,
            first_pence=shares[0].get((block, stream), 0),
            second_pence=shares[1].get((block, stream), 0),
        )
        for block, stream in sorted(set(shares[0]) | set(shares[1]))
    )


def _grants(plan: PlanFolder) -> dict[tuple[str, str, AreaCode | None], int]:
    """Pence by stream, year and area."""
    return {
        (row["stream"], row["year"], AreaCode(row["area"])): int(row["pence"])
        for row in plan.tables["settlement"]
    }


def _shared_over_blocks(plan: PlanFolder, year: str) -> dict[tuple[BlockCode, str], int]:
    """Pence by block and stream: each area's grant shared by residents."""
    people = {BlockCode(row["block"]): int(row["population"]) for row in plan.tables["blocks"]}
    members: dict[AreaCode, list[BlockCode]] = {}
    for row in sorted(plan.tables["areas"], key=lambda row: row["block"]):
        members.setdefault(AreaCode(row["area"]), []).append(BlockCode(row["block"]))
    found = {}
    for (stream, settled, area), pence in _grants(plan).items():
        if settled == year and area is not None:
            for block, share in zip(
                members[area], _by_people(pence, members[area], people), strict=True
            ):
                found[block, stream] = share
    return found


def _by_people(
    pence: int, blocks: Sequence[BlockCode], people: Mapping[BlockCode, int]
) -> tuple[int, ...]:
    """Shares by residents; even ones where nobody lives."""
    weights = [people[block] for block in blocks]
    return apportion(pence, weights if any(weights) else [1] * len(blocks))
