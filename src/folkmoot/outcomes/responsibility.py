"""Who answers for a need in a place, before devolution and after: nobody, one, or several.

In:        cells; the functions that answer for each need; the register of a plan.
Out:       ``Responsibility``: by period, place and need, the accountable bodies.
Rule:      a place of several blocks has the bodies of all of them. A need that no function
           answers for is nobody's, however many bodies there are.
Source:    our own definition; the register is that of decision record 0007.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from folkmoot.outcomes.cells import Cells
from folkmoot.outcomes.errors import OverlapTableError
from folkmoot.outcomes.need_terms import Terms
from folkmoot.outcomes.overlap import GapMap
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.vocabulary.arrays import FloatMatrix

Period = Literal["before", "after"]
PERIODS: tuple[Period, ...] = get_args(Period)
State = Literal["nobody", "one", "several"]
STATES: tuple[State, ...] = get_args(State)
Bodies = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A plan's register, as its folder holds it."""

    accountable: Mapping[tuple[Period, str, str], str]
    """Body by period, function and block."""
    functions: frozenset[str]
    blocks_of: Mapping[str, tuple[str, ...]]
    """Blocks by the code of a block itself, or of an area of the plan."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Responsibility:
    """Who answers for each need in each place."""

    cells: Cells
    bodies: Mapping[Period, tuple[tuple[Bodies, ...], ...]]
    """By period, place and need."""

    def state(self, period: Period, place: int, need: int) -> State:
        """Whether nobody, one body or several answer."""
        return STATES[min(2, len(self.bodies[period][place][need]))]

    def people(self, period: Period) -> dict[State, float]:
        """People in need by how many bodies answer for them."""
        return self._summed(period, self._of(self.cells.expected))

    def unserved(self, period: Period, found: GapMap) -> dict[State, float]:
        """People unserved by how many bodies answer for them."""
        return self._summed(period, found.by_place_and_need)

    def unserved_by_body(self, period: Period, found: GapMap) -> dict[str, float]:
        """People unserved by the one body that answers for them; ``nobody`` and ``several``."""
        told: dict[str, float] = {}
        for place, need in np.argwhere(found.by_place_and_need > 0).tolist():
            state, bodies = self.state(period, place, need), self.bodies[period][place][need]
            name = bodies[0] if state == "one" else state
            told[name] = told.get(name, 0.0) + float(found.by_place_and_need[place, need])
        return dict(sorted(told.items(), key=lambda one: (-one[1], one[0])))

    def _of(self, values: FloatMatrix) -> FloatMatrix:
        found: FloatMatrix = values.reshape(self.cells.shape).sum(axis=0)
        return found

    def _summed(self, period: Period, people: FloatMatrix) -> dict[State, float]:
        told: dict[State, float] = dict.fromkeys(STATES, 0.0)
        for place, need in np.ndindex(*people.shape):
            told[self.state(period, place, need)] += float(people[place, need])
        return told

    def rows(self, found: GapMap) -> Iterator[tuple[object, ...]]:
        """One row a period, place and need with people in need: see ``RESPONSIBILITY_COLUMNS``."""
        people, gap = self._of(self.cells.expected), found.by_place_and_need
        for period in PERIODS:
            for place, need in np.argwhere(people > 0).tolist():
                yield (
                    *(period, self.cells.places[place], self.cells.needs[need]),
                    self.state(period, place, need),
                    "; ".join(self.bodies[period][place][need]),
                    *(f"{one[place, need]:.1f}" for one in (people, gap)),
                )


RESPONSIBILITY_COLUMNS = ("period", "place", "need", "state", "bodies", "expected", "unserved")


def responsibility(cells: Cells, terms: Terms, register: Register) -> Responsibility:
    """Say who answers for each need in each place.

    Raises
    ------
    OverlapTableError
        If a place is neither a block nor an area of the plan, or a function is not its own.
    """
    faults = Faults()
    for place in cells.places:
        if place not in register.blocks_of:
            advice = nearest(place, register.blocks_of) if len(register.blocks_of) < 500 else ""
            mend = f"Name places by code of block or area. {advice}"
            faults.add("cells.csv", f"the plan has no block or area '{place}'.", mend)
    for need in cells.needs:
        for function in terms.answering(need):
            if function not in register.functions:
                advice = nearest(function, register.functions)
                faults.add("terms.csv", f"the plan has no function '{function}'.", advice)
    if faults.found:
        raise OverlapTableError("responsibility", faults.found)
    answering = [terms.answering(need) for need in cells.needs]
    return Responsibility(
        cells=cells,
        bodies={
            period: tuple(
                tuple(
                    _bodies(register, period, register.blocks_of[place], functions)
                    for functions in answering
                )
                for place in cells.places
            )
            for period in PERIODS
        },
    )


def _bodies(
    register: Register, period: Period, blocks: tuple[str, ...], functions: tuple[str, ...]
) -> Bodies:
    keys = ((period, function, block) for function in functions for block in blocks)
    return tuple(sorted({register.accountable[key] for key in keys if key in register.accountable}))


def read_register(plan: Path) -> Register:
    """Read the register of a plan folder: ``functions.csv`` and ``areas.csv``.

    Raises
    ------
    OverlapTableError
        With every fault.
    """
    faults = Faults()
    functions = read_table(plan / "functions.csv", faults)
    areas = read_table(plan / "areas.csv", faults)
    if (
        functions is None
        or areas is None
        or not functions.has("function", "block", "period", "commissioner")
        or not areas.has("block", "area")
    ):
        raise OverlapTableError(str(plan), faults.found)
    held: dict[tuple[Period, str, str], str] = {}
    columns = (functions.text(name) for name in ("period", "function", "block", "commissioner"))
    for number, (when, function, block, body) in enumerate(zip(*columns, strict=True)):
        period = next((one for one in PERIODS if one == when), None)
        if period is None:
            functions.fault(number, "period", f"'{when}' is no period.", "Write before or after.")
        else:
            held[period, function, block] = body
    if faults.found:
        raise OverlapTableError(str(plan), faults.found)
    return Register(
        accountable=held,
        functions=frozenset(functions.columns["function"]),
        blocks_of=_blocks_of(areas),
    )


def _blocks_of(areas: Table) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for block, area in zip(areas.text("block"), areas.text("area"), strict=True):
        found[area] = (*found.get(area, ()), block)
    return found | {block: (block,) for block in areas.columns["block"]}
