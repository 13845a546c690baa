"""The functions register: who is accountable for each function, in each block, on each day.

In:        an area plan, its places and criteria; functions, and facts for the devolution test.
Out:       a register that answers 'who commissions this here?', before and after.
Rule:      exactly one accountable body for every function, block and day.
Not here:  when functions vest: a timetable may say so, by function (``transition``).
Source:    docs/decisions/0007-who-is-accountable.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from folkmoot.services.devolution_test import TestResult, assess
from folkmoot.services.entries import Entry, HoldingRole
from folkmoot.services.errors import NotRegisteredError, RegisterError, RegisterFault
from folkmoot.services.facts import Evidence, TestInputs, shipped_test_inputs
from folkmoot.services.functions import ByTest, Function, Functions, shipped_functions
from folkmoot.services.holders import Ground, Holders, JointArrangement, SplitBlock
from folkmoot.services.sweep import register_faults
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.bodies import Commissioner, body_code
from folkmoot.vocabulary.codes import AreaCode, BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

Period = Literal["before", "after"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Register:
    """Who holds what, where and when; a draft may have faults, a published one may not."""

    first_day: date
    blocks: tuple[BlockCode, ...]
    populations: tuple[int, ...]
    """Residents, one a block. Unit: persons."""
    functions: tuple[Function, ...]
    vesting: Mapping[FunctionCode, date]
    commissioners: Mapping[CommissionerCode, Commissioner]
    """Every body that holds a function, or could, by code."""
    entries: tuple[Entry, ...]
    results: Mapping[FunctionCode, TestResult] = field(default_factory=dict)
    """What the devolution test says of each function that was put to it."""
    evidence: Mapping[FunctionCode, Evidence] = field(default_factory=dict)
    """Where the facts of each test come from."""
    arrangements: tuple[JointArrangement, ...] = ()
    splits: tuple[SplitBlock, ...] = ()
    bodiless: Mapping[str, tuple[BlockCode, ...]] = field(default_factory=dict)
    """By kind of local body, the blocks that have none today: another stands in."""
    _held: Mapping[FunctionCode, Mapping[BlockCode, tuple[Entry, ...]]] = field(
        init=False, repr=False
    )

    def __post_init__(self) -> None:
        held: dict[FunctionCode, dict[BlockCode, list[Entry]]] = {
            function.code: {} for function in self.functions
        }
        for entry in self.entries:
            where = held.setdefault(entry.function, {})
            for block in entry.blocks:
                where.setdefault(block, []).append(entry)
        frozen = {
            function: {block: tuple(entries) for block, entries in where.items()}
            for function, where in held.items()
        }
        object.__setattr__(self, "_held", frozen)

    def day(self, period: Period) -> date:
        """The day that stands for a period: the first, or the one when all has vested."""
        return self.first_day if period == "before" else max(self.vesting.values())

    def who_commissions(
        self, function: FunctionCode, block: BlockCode, day: date
    ) -> CommissionerCode:
        """The body that is accountable.

        Raises
        ------
        NotRegisteredError
            If the register does not hold the function or block, or nobody is accountable.
        """
        found = self.who_holds(function, block, day, role="accountable")
        if not found:
            raise NotRegisteredError("day", f"{day}", f"It begins on {self.first_day}.")
        return found[0]

    def who_holds(
        self, function: FunctionCode, block: BlockCode, day: date, *, role: HoldingRole
    ) -> tuple[CommissionerCode, ...]:
        """The bodies with one role for a function, in a block, on a day."""
        if function not in self._held:
            known = ", ".join(sorted(self._held))
            raise NotRegisteredError("function", function, f"Known: {known}.")
        if block not in self._held[function]:
            advice = "Use the codes of the package that the plan was drawn on."
            raise NotRegisteredError("block", block, advice)
        return tuple(
            entry.body
            for entry in self._held[function][block]
            if entry.role == role and entry.holds_on(day)
        )

    def holdings(self, period: Period) -> dict[FunctionCode, Holders]:
        """The accountable body of each block, by function, in a period."""
        day = self.day(period)
        return {
            function.code: tuple(
                self.who_commissions(function.code, block, day) for block in self.blocks
            )
            for function in self.functions
        }

    def bodies_per_resident(self, period: Period) -> Fraction:
        """How many bodies answer to a resident for all functions, on average over people."""
        holders = self.holdings(period).values()
        counts = [len(set(here)) for here in zip(*holders, strict=True)]
        people = sum(self.populations)
        told = sum(n * count for n, count in zip(self.populations, counts, strict=True))
        return Fraction(told, people)

    def faults(self) -> tuple[RegisterFault, ...]:
        """Every gap and overlap in who is accountable."""
        return register_faults(
            self.entries,
            functions=[function.code for function in self.functions],
            blocks=self.blocks,
            first_day=self.first_day,
        )


def check_register(register: Register) -> None:
    """Refuse a register in which who is accountable is not one answer.

    Raises
    ------
    RegisterError
        With every gap and overlap.
    """
    if faults := register.faults():
        raise RegisterError(faults)


def register(
    plan: AreaPlan,
    places: Places,
    criteria: Criteria,
    *,
    functions: Functions | None = None,
    inputs: TestInputs | None = None,
    vesting: Mapping[FunctionCode, date] | None = None,
    names: Mapping[AreaCode, str] | None = None,
) -> Register:
    """Draw up who holds each function today and after, for an area plan.

    Parameters
    ----------
    criteria : Criteria
        Gives the package's geographies their roles: which are health boards, which police.
    functions, inputs : optional
        Stand in for the shipped functions and facts.
    vesting : mapping from function to day, optional
        When each function passes to its new holder; others pass on the shipped day.
    names : mapping from area to text, optional
        What areas are called; an area without a name goes by its code.

    Raises
    ------
    RegisterError
        If some function, block and day would not have exactly one accountable body.
    """
    functions = functions or shipped_functions()
    inputs = inputs or shipped_test_inputs()
    ground = Ground.of(plan, places, criteria, functions.functions)
    results = {
        function.code: assess(inputs.facts[function.code], ground.neighbours, inputs.thresholds)
        for function in functions.functions
        if isinstance(function.after, ByTest) and function.code in inputs.facts
    }
    days = {
        one.code: (vesting or {}).get(one.code, functions.vesting_day)
        for one in functions.functions
    }
    entries: list[Entry] = []
    arrangements: list[JointArrangement] = []
    for function in functions.functions:
        after, joint = ground.after(function, results.get(function.code))
        entries += _entries(function, ground, after, functions.first_day, days[function.code])
        arrangements += joint
    drawn = Register(
        first_day=functions.first_day,
        blocks=places.blocks.codes,
        populations=tuple(places.blocks.population.tolist()),
        functions=functions.functions,
        vesting=days,
        commissioners=_commissioners(functions, ground, names or {}),
        entries=tuple(entries),
        results=results,
        evidence=inputs.evidence,
        arrangements=tuple(arrangements),
        splits=tuple(split for bodies in ground.bodies.values() for split in bodies.splits),
        bodiless={kind: bodies.missing(places) for kind, bodies in ground.bodies.items()},
    )
    check_register(drawn)
    return drawn


def _entries(
    function: Function, ground: Ground, after: Holders, first_day: date, vesting_day: date
) -> list[Entry]:
    """The entries of one function: who holds it until vesting, and who from then on."""
    eve = vesting_day - timedelta(days=1)
    spans: list[tuple[Holders, HoldingRole, date, date | None, str]] = [
        (ground.before(function.before), "accountable", first_day, eve, "as today"),
        (after, "accountable", vesting_day, None, "devolution plan"),
    ]
    if function.delegated is not None:
        holders = ground.before(function.delegated)
        spans.append((holders, "delegated", first_day, eve, "delegation agreement"))
    blocks = ground.places.blocks.codes
    return [
        Entry(
            function=function.code,
            blocks=where,
            body=body,
            role=role,
            first_day=opens,
            last_day=shuts,
            instrument=instrument,
            source=str(function.source),
            state=function.state,
        )
        for holders, role, opens, shuts, instrument in spans
        for body, where in _by_holder(holders, blocks).items()
    ]


def _by_holder(
    holders: Holders, blocks: Iterable[BlockCode]
) -> dict[CommissionerCode, tuple[BlockCode, ...]]:
    """The blocks of each body, bodies sorted by code."""
    found: dict[CommissionerCode, list[BlockCode]] = {}
    for holder, block in zip(holders, blocks, strict=True):
        found.setdefault(holder, []).append(block)
    return {holder: tuple(found[holder]) for holder in sorted(found)}


def _commissioners(
    functions: Functions, ground: Ground, names: Mapping[AreaCode, str]
) -> dict[CommissionerCode, Commissioner]:
    """Every body that rules may name, and one for each area, by code."""
    found = dict(functions.commissioners)
    for bodies in ground.bodies.values():
        found |= {one.code: one for one in bodies.commissioners}
    for area in ground.plan.areas:
        code = body_code(area)
        name = f"Commissioning body of {names.get(area, area)}"
        found[code] = Commissioner(code=code, name=name, kind="body")
    return dict(sorted(found.items()))
