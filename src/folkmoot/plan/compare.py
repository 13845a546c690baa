"""Set two devolution plans side by side: what changed, and who gains or loses.

In:        two plan folders of the same blocks.
Out:       ``Comparison``: areas, F and its terms, grants, functions, timetable.
Rule:      areas are matched by residents; money adds up: gains less losses are exactly the
           difference of the totals.
Not here:  grants (``plan.compared_grants``); functions and dates (``plan.compared_steps``);
           drawing (``exhibits.comparison``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from folkmoot.plan.compared_grants import BlockGrant, GrantChange, block_grants, grant_changes
from folkmoot.plan.compared_steps import (
    FunctionChange,
    HolderChange,
    StepChange,
    function_changes,
    holder_changes,
    step_changes,
)
from folkmoot.plan.errors import NotInBothError, PlansApartError
from folkmoot.plan.folder import PlanFolder
from folkmoot.plan.matching import AreaPair, match_areas
from folkmoot.vocabulary.codes import AreaCode, BlockCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedBlock:
    """A block, and its area in both plans."""

    block: BlockCode
    name: str
    people: int
    """Residents by the second plan's package. Unit: persons."""
    first_area: AreaCode
    second_area: AreaCode
    moves: bool
    """Whether its area in the second plan is not the partner of its area in the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """One term of F in both plans: its part of the sum, weight included."""

    term: str
    first: float
    second: float

    @property
    def change(self) -> float:
        """How much F rises by this term."""
        return self.second - self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class InputChange:
    """Something that the two plans were made from, where it differs."""

    what: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two plans side by side."""

    first_title: str
    second_title: str
    people: int
    """Residents of the second plan. Unit: persons."""
    area_names: Mapping[str, Mapping[AreaCode, str]]
    """What areas are called, in the ``first`` and in the ``second`` plan."""
    inputs: tuple[InputChange, ...]
    pairs: tuple[AreaPair, ...]
    blocks: tuple[PlacedBlock, ...]
    terms: tuple[TermChange, ...]
    """Every term that either plan has; their sums are the two plans' F."""
    objectives: tuple[float, float]
    years: tuple[str, ...]
    """Financial years that both plans settle."""
    year: str
    """The one of which blocks are compared; empty where there is none."""
    grants: tuple[GrantChange, ...]
    block_grants: tuple[BlockGrant, ...]
    labels: tuple[str, ...]
    """What must be said wherever these grants are shown."""
    functions: tuple[FunctionChange, ...]
    holders: tuple[HolderChange, ...]
    ends: tuple[str, str]
    """The day on which each plan's last step ends."""
    steps: tuple[StepChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing that residents would notice differs."""
        return not (
            any(pair.state != "same" for pair in self.pairs)
            or any(term.change for term in self.terms)
            or any(grant.change for grant in self.grants)
            or self.functions
            or self.holders
            or self.steps
        )

    @property
    def moves(self) -> tuple[PlacedBlock, ...]:
        """The blocks that are in another area."""
        return tuple(block for block in self.blocks if block.moves)

    @property
    def moved_people(self) -> int:
        """Residents who are in another area."""
        return sum(move.people for move in self.moves)

    def totals(self, year: str) -> tuple[int, int]:
        """Pence of all grants of a year, in each plan."""
        found = [one for one in self.grants if one.year == year]
        return sum(one.first_pence for one in found), sum(one.second_pence for one in found)

    def by_pair(self) -> tuple[tuple[AreaPair, int, int], ...]:
        """Each pair of areas with its grants of the year compared, all streams together."""
        return tuple((pair, *self._sum(self._of(pair))) for pair in self.pairs)

    def by_block(self) -> dict[BlockCode, tuple[int, int]]:
        """Each block's part of its area's grants, in each plan, all streams together."""
        found: dict[BlockCode, tuple[int, int]] = {}
        for one in self.block_grants:
            first, second = found.get(one.block, (0, 0))
            found[one.block] = (first + one.first_pence, second + one.second_pence)
        return found

    def _of(self, pair: AreaPair) -> Iterator[GrantChange]:
        for one in self.grants:
            areas = (one.first_area, one.second_area)
            if one.year == self.year and areas == (pair.first, pair.second):
                yield one

    def _sum(self, changes: Iterable[GrantChange]) -> tuple[int, int]:
        found = list(changes)
        return sum(one.first_pence for one in found), sum(one.second_pence for one in found)


def gains_and_losses(changes: Iterable[int]) -> tuple[int, int]:
    """What those who gain gain, and what those who lose lose: both 0 or more.

    Examples
    --------
    >>> gains_and_losses([5, -3, 0, 2])
    (7, 3)
    """
    found = list(changes)
    return sum(one for one in found if one > 0), -sum(one for one in found if one < 0)


def compare(
    first: PlanFolder,
    second: PlanFolder,
    *,
    year: str | None = None,
    names: tuple[Path, Path] = (Path("first"), Path("second")),
) -> Comparison:
    """Set two plans side by side.

    Parameters
    ----------
    year : str, optional
        Financial year, such as 2026-27, of which blocks are compared; the first that both
        plans settle unless said otherwise.
    names : pair of paths
        What the folders are called in an error.

    Raises
    ------
    PlansApartError
        If the plans are of different blocks.
    NotInBothError
        If not both plans settle the year.
    """
    placed = _placed(first), _placed(second)
    if placed[0].keys() != placed[1].keys():
        only = (sorted(a.keys() - b.keys()) for a, b in (placed, placed[::-1]))
        raise PlansApartError(*map(str, names), *only)
    years = [sorted({row["year"] for row in one.tables["settlement"]}) for one in (first, second)]
    shared = tuple(one for one in years[0] if one in years[1])
    if year is not None and year not in shared:
        raise NotInBothError(year, shared)
    chosen = year or next(iter(shared), "")
    blocks = {BlockCode(row["block"]): row for row in second.tables["blocks"]}
    people = {code: int(row["population"]) for code, row in blocks.items()}
    pairs = match_areas(*placed, people)
    partner = {pair.first: pair.second for pair in pairs}
    where = tuple(
        PlacedBlock(
            block=block,
            name=blocks[block]["name"],
            people=people[block],
            first_area=area,
            second_area=placed[1][block],
            moves=partner[area] != placed[1][block],
        )
        for block, area in sorted(placed[0].items())
    )
    moved = {one.block for one in where if one.moves}
    return Comparison(
        first_title=first.record["title"],
        second_title=second.record["title"],
        people=sum(people.values()),
        area_names={"first": _area_names(first), "second": _area_names(second)},
        inputs=tuple(_inputs(first.record, second.record)),
        pairs=pairs,
        blocks=where,
        terms=_terms(first, second),
        objectives=(first.record["scores"]["objective"], second.record["scores"]["objective"]),
        years=shared,
        year=chosen,
        grants=grant_changes(first, second, pairs, shared),
        block_grants=block_grants(first, second, chosen),
        labels=_labels(first, second),
        functions=function_changes(first, second),
        holders=holder_changes(first, second, pairs, moved),
        ends=(_end(first), _end(second)),
        steps=step_changes(first, second, pairs),
    )


def _placed(plan: PlanFolder) -> dict[BlockCode, AreaCode]:
    """The area of each block."""
    return {BlockCode(row["block"]): AreaCode(row["area"]) for row in plan.tables["areas"]}


def _area_names(plan: PlanFolder) -> dict[AreaCode, str]:
    return {AreaCode(row["area"]): row["name"] for row in plan.tables["area_summary"]}


def _end(plan: PlanFolder) -> str:
    return max((row["last_day"] for row in plan.tables["timetable"]), default="")


def _labels(*plans: PlanFolder) -> tuple[str, ...]:
    rows = (row for plan in plans for row in plan.tables["streams"])
    found = (label for row in rows for label in row["label"].split("; "))
    return tuple(dict.fromkeys(filter(None, found)))


def _terms(first: PlanFolder, second: PlanFolder) -> tuple[TermChange, ...]:
    """Every term of F, one a geography, then inertia, need and flow."""
    sides = [_costs(one) for one in (first, second)]
    return tuple(
        TermChange(term=term, first=sides[0].get(term, 0.0), second=sides[1].get(term, 0.0))
        for term in dict.fromkeys([*sides[0], *sides[1]])
    )


def _costs(plan: PlanFolder) -> dict[str, float]:
    """Each term's part of F, weight included, as docs/reference/criteria.md defines F."""
    scores, weights = plan.record["scores"], plan.record["parameters"]["weights"]
    found = {
        row["geography"]: float(row["value"])
        for row in plan.tables["scores"]
        if row["plan"] == "this plan" and row["measure"] == "cost"
    }
    found["inertia"] = weights["inertia"] * scores["inertia"]
    found["need"] = weights["need"] * scores["need"]
    if scores["self_containment"] is not None:
        found["flow"] = weights["flow"] * (1 - scores["self_containment"])
    return found


def _inputs(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[InputChange]:
    """What the plans were made from, where it differs."""
    flat = [
        {
            "version": one["version"],
            "seed": one["seed"],
            **_flat("", one["parameters"]),
            **{name: digest[:12] for name, digest in one["inputs"].items()},
        }
        for one in (first, second)
    ]
    for what in dict.fromkeys([*flat[0], *flat[1]]):
        one, other = (f"{side.get(what, 'none')}" for side in flat)
        if one != other:
            yield InputChange(what=what, first=one, second=other)


def _flat(prefix: str, value: Mapping[str, Any]) -> dict[str, object]:
    """Parameters by dotted name; a list of tables by the name of each."""
    found: dict[str, object] = {}
    for key, one in value.items():
        if isinstance(one, Mapping):
            found |= _flat(f"{prefix}{key}.", one)
        elif isinstance(one, Sequence) and one and isinstance(one[0], Mapping):
            for each in one:
                rest = {name: told for name, told in each.items() if name != "name"}
                found |= _flat(f"{prefix}{key}.{each.get('name', '')}.", rest)
        elif isinstance(one, list):
            found[f"{prefix}{key}"] = ", ".join(map(str, one))
        else:
            found[f"{prefix}{key}"] = one
    return found
