"""Which functions two plans give to another body, and which dates they move.

In:        two plan folders, and how their areas are matched.
Out:       changes of holder by function and period; changes of a function's vesting day;
           steps whose dates differ, those that differ alike in one row.
Rule:      the body of an area and the body of its partner are the same body.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from folkmoot.plan.folder import PlanFolder
from folkmoot.plan.matching import AreaPair
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import AreaCode, BlockCode


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderChange:
    """A function that some residents have from another body in the second plan."""

    function: str
    name: str
    period: str
    """``before`` or ``after`` devolution."""
    first_holder: str
    second_holder: str
    blocks: int
    people: int
    """Residents of those blocks. Unit: persons."""
    because_moved: int
    """Of those people, how many are in another area: their holder follows their area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionChange:
    """A function of which a plan says something else, or which only one plan has."""

    function: str
    name: str
    what: str
    """``result``, ``vesting_day``, or ``listed`` where only one plan has the function."""
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """A step that begins or ends on other days, or that only one plan has."""

    step: str
    title: str
    phase: str
    first_days: str
    """First and last day in the first plan; empty where only the second has the step."""
    second_days: str
    areas: tuple[str, ...] = field(default=())
    """Areas of the second plan in which it moves so; none for a step of the country."""


def holder_changes(
    first: PlanFolder, second: PlanFolder, pairs: Sequence[AreaPair], moved: set[BlockCode]
) -> tuple[HolderChange, ...]:
    """Every change of holder, by function and period, the most people first."""
    same = {
        str(body_code(pair.first)): str(body_code(pair.second))
        for pair in pairs
        if pair.first and pair.second
    }
    holders = _holders(first), _holders(second)
    names = _names(first) | _names(second)
    bodies = [
        {row["commissioner"]: row["name"] for row in one.tables["commissioners"]}
        for one in (first, second)
    ]
    people = {BlockCode(row["block"]): int(row["population"]) for row in second.tables["blocks"]}
    found: dict[tuple[str, str, str, str], list[BlockCode]] = defaultdict(list)
    for key in holders[0].keys() & holders[1].keys():
        was, becomes = holders[0][key], holders[1][key]
        if same.get(was, was) != becomes:
            found[key[0], key[2], was, becomes].append(BlockCode(key[1]))
    changes = [
        HolderChange(
            function=function,
            name=names[function],
            period=period,
            first_holder=bodies[0].get(was, was),
            second_holder=bodies[1].get(becomes, becomes),
            blocks=len(blocks),
            people=sum(people[block] for block in blocks),
            because_moved=sum(people[block] for block in blocks if block in moved),
        )
        for (function, period, was, becomes), blocks in found.items()
    ]
    return tuple(
        sorted(
            changes,
            key=lambda one: (
                -one.people,
                one.name,
                one.period,
                one.first_holder,
                one.second_holder,
            ),
        )
    )


def function_changes(first: PlanFolder, second: PlanFolder) -> tuple[FunctionChange, ...]:
    """Functions that go elsewhere, vest on another day, or stand in one plan only."""
    rows = [
        {row["function"]: row for row in one.tables["function_catalogue"]}
        for one in (first, second)
    ]
    names = _names(first) | _names(second)

    def changes() -> Iterator[FunctionChange]:
        for function in sorted(rows[0].keys() | rows[1].keys()):
            one, other = (side.get(function) for side in rows)
            if one is None or other is None:
                told = ["not listed" if row is None else "listed" for row in (one, other)]
                yield _function(function, names, "listed", told)
                continue
            for what in ("result", "vesting_day"):
                if one[what] != other[what]:
                    yield _function(function, names, what, [one[what], other[what]])

    return tuple(changes())


def step_changes(
    first: PlanFolder, second: PlanFolder, pairs: Sequence[AreaPair]
) -> tuple[StepChange, ...]:
    """Steps whose days differ, the earliest first; steps of areas that move alike are one row."""
    partner = {pair.first: pair.second for pair in pairs if pair.first and pair.second}
    own = {area: area for area in partner.values()}
    steps = _steps(first, partner), _steps(second, own)
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for step, area in sorted(steps[0].keys() | steps[1].keys()):
        was, becomes = (_days(side.get((step, area))) for side in steps)
        if was != becomes:
            alike[step, was, becomes].append(area)
    told = {step: row for side in steps for (step, _), row in side.items()}
    changes = [
        StepChange(
            step=step,
            title=_title(told[step], first, second),
            phase=told[step]["phase"],
            first_days=was,
            second_days=becomes,
            areas=tuple(filter(None, areas)),
        )
        for (step, was, becomes), areas in alike.items()
    ]
    return tuple(sorted(changes, key=lambda one: (one.first_days or one.second_days, one.step)))


def _steps(
    plan: PlanFolder, areas: Mapping[AreaCode, AreaCode]
) -> dict[tuple[str, str], Mapping[str, str]]:
    """Rows of the timetable by step and area; areas that are new or gone are left out."""
    found = {}
    for row in plan.tables["timetable"]:
        area = AreaCode(row["area"])
        if not area:
            found[row["task"], ""] = row
        elif area in areas:
            found[row["task"].removesuffix(f"-{area}"), str(areas[area])] = row
    return found


def _days(row: Mapping[str, str] | None) -> str:
    """First and last day of a step in words; a vesting has one."""
    if row is None:
        return ""
    first, last = row["first_day"], row["last_day"]
    return first if first == last else f"{first} to {last}"


def _title(row: Mapping[str, str], *plans: PlanFolder) -> str:
    """What a step is called, without the name of its area."""
    names = {one["name"] for plan in plans for one in plan.tables["area_summary"]}
    title, _, last = row["title"].rpartition(": ")
    return title if row["area"] and last in names else row["title"]


def _holders(plan: PlanFolder) -> dict[tuple[str, str, str], str]:
    """The commissioner by function, block and period."""
    return {
        (row["function"], row["block"], row["period"]): row["commissioner"]
        for row in plan.tables["functions"]
    }


def _names(plan: PlanFolder) -> dict[str, str]:
    return {row["function"]: row["name"] for row in plan.tables["function_catalogue"]}


def _function(
    function: str, names: Mapping[str, str], what: str, told: Sequence[str]
) -> FunctionChange:
    return FunctionChange(
        function=function, name=names[function], what=what, first=told[0], second=told[1]
    )
