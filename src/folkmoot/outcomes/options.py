"""Options: what could be done, for how many people, resting on which evidence.

In:        a table with a row for each option and effect, evidence, and what outcomes are worth.
Out:       checked options, each with the evidence and the unit values that it uses.
Rule:      all sums of one table are in the prices of one year, and an option's cost is counted
           once, however many effects it has.
Not here:  what an option comes to (``outcomes.worth``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from folkmoot.outcomes.errors import OptionsError
from folkmoot.outcomes.evidence import Evidence
from folkmoot.outcomes.unit_values import UnitValue
from folkmoot.parameters.reader import packaged
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.source import MADE_UP, ROW_STATES

EXAMPLE = "options_example.csv"
OPTION_COLUMNS = (
    *("option", "evidence", "people", "reach_low", "reach_high", "baseline", "deadweight"),
    *("persistence", "paid_by", "source", "state"),
)
OF_THE_OPTION = ("people", "reach_low", "reach_high", "paid_by", "optimism_cost")
"""Columns that must be alike in every row of an option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One effect that an option hopes for, as its evidence has it."""

    evidence: Evidence
    values: tuple[UnitValue, ...]
    """What one more of the outcome is worth; none where nothing is known."""
    baseline: float | None
    """Events a person and year without it, which a ratio needs."""
    deadweight: float
    """Part of the change that would have come without it."""
    persistence: float
    """Part of the change that is left a year later."""
    optimism: float
    """Part of the effect that is taken off for the weakness of its study."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that could be done about a need."""

    name: str
    people: int
    """Expected need: people whom it could reach."""
    reach_low: float
    """Part of them whom it reaches: the least, and the most."""
    reach_high: float
    paid_by: str
    """Function that would pay; empty where none does."""
    optimism_cost: float
    """Part that is put on the cost."""
    uses: tuple[Use, ...]
    states: tuple[str, ...]

    @property
    def first(self) -> Evidence:
        """The evidence that its cost is from."""
        return self.uses[0].evidence

    @property
    def is_made_up(self) -> bool:
        """Whether anything of it only shows the form."""
        return MADE_UP in self.all_states

    @property
    def all_states(self) -> frozenset[str]:
        """How sure everything is that it rests on."""
        return frozenset(
            (
                *self.states,
                *(one.evidence.state for one in self.uses),
                *(value.state for one in self.uses for value in one.values),
            )
        )

    @property
    def years(self) -> int:
        """The last year in which it is known to bring anything; 1 at least."""
        return max((end for one in self.uses if (end := _end(one.evidence))), default=1)


def _end(one: Evidence) -> int:
    return (one.years_until or 0) + (one.years_lasting or 0)


@cache
def optimism() -> tuple[tuple[float, ...], float]:
    """What is taken off an effect by strength, 0 first, and what is put on a cost."""
    file = packaged("evidence.toml")
    section = file.section("optimism")
    found = (
        (0.0, *(float(one) for one in section.ratios("effect", least=0, most=1))),
        float(section.ratio("cost", least=0)),
    )
    file.check()
    return found


def read_options(
    path: Path,
    *,
    evidence: Sequence[Evidence],
    values: Sequence[UnitValue],
    functions: Sequence[str] = (),
) -> tuple[Option, ...]:
    """Read a table in the form of ``parameters/options_example.csv``.

    Parameters
    ----------
    evidence, values
        What a row may rest on.
    functions
        What ``paid_by`` may name.

    Raises
    ------
    OptionsError
        With every fault.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*OPTION_COLUMNS):
        raise OptionsError(str(path), faults.found)
    table.once(("option", "evidence"))
    found = _options(table, {one.code: one for one in evidence}, values, functions)
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each option and effect.")
    if faults.found:
        raise OptionsError(str(path), faults.found)
    return found


def _options(
    table: Table,
    evidence: Mapping[str, Evidence],
    values: Sequence[UnitValue],
    functions: Sequence[str],
) -> tuple[Option, ...]:
    names = table.text("option")
    table.text("evidence")
    payers, states = table.text("paid_by", required=False), table.text("state")
    table.text("source")
    people = table.whole("people", what="a number of people").tolist()
    part = "a part from 0 to 1"
    shares = {
        name: table.floats(name, required=is_needed, least=0, most=1, what=part)
        for name, is_needed in (("reach_low", True), ("reach_high", True), ("deadweight", True),
                                ("persistence", True), ("optimism_effect", False))
    }  # fmt: skip
    on_cost = table.floats("optimism_cost", required=False, least=0, what="a part of the cost")
    baseline = table.floats("baseline", required=False, least=0, what="events a person and year")
    for n, payer in enumerate(payers):
        if states[n] and states[n] not in ROW_STATES:
            mend = nearest(states[n], ROW_STATES)
            table.fault(n, "state", f"'{states[n]}' is not known.", mend)
        if payer and payer not in functions:
            table.fault(n, "paid_by", f"'{payer}' is not known.", nearest(payer, functions))
        if shares["reach_low"][n] > shares["reach_high"][n]:
            table.fault(n, "reach_low", "it is above reach_high.", "Exchange the two.")
    uses = [
        _use(table, n, evidence, values, {"baseline": baseline, **shares})
        for n in range(len(table))
    ]
    _check_alike(table, names)
    _check_cost(table, names, uses)
    _check_prices(table, uses)
    if table.faults.found:
        return ()
    rows = {name: [n for n, one in enumerate(names) if one == name] for name in names}
    shipped = optimism()[1]
    return tuple(
        Option(
            name=name,
            people=people[at[0]],
            reach_low=float(shares["reach_low"][at[0]]),
            reach_high=float(shares["reach_high"][at[0]]),
            paid_by=payers[at[0]],
            optimism_cost=shipped if np.isnan(on_cost[at[0]]) else float(on_cost[at[0]]),
            uses=tuple(one for n in at if (one := uses[n]) is not None),
            states=tuple(states[n] for n in at),
        )
        for name, at in rows.items()
    )


def _use(
    table: Table,
    number: int,
    evidence: Mapping[str, Evidence],
    values: Sequence[UnitValue],
    numbers: Mapping[str, FloatVector],
) -> Use | None:
    code = table.columns["evidence"][number]
    found = evidence.get(code)
    if found is None:
        if code:
            table.fault(number, "evidence", f"'{code}' is not known.", nearest(code, evidence))
        return None
    if (
        found.effect_kind == "ratio"
        and found.effect is not None
        and np.isnan(numbers["baseline"][number])
    ):
        mend = "Write how many events a person has in a year without it."
        table.fault(number, "baseline", f"the effect of '{code}' is a ratio.", mend)
    baseline, taken_off = numbers["baseline"][number], numbers["optimism_effect"][number]
    return Use(
        evidence=found,
        values=tuple(one for one in values if one.outcome == found.outcome),
        baseline=None if np.isnan(baseline) else float(baseline),
        deadweight=float(numbers["deadweight"][number]),
        persistence=float(numbers["persistence"][number]),
        optimism=optimism()[0][found.strength] if np.isnan(taken_off) else float(taken_off),
    )


def _check_alike(table: Table, names: Sequence[str]) -> None:
    """Note what is of the whole option and differs between its rows."""
    for column in OF_THE_OPTION:
        cells = table.text(column, required=False)
        for n, name in enumerate(names):
            if name and cells[n] != cells[names.index(name)]:
                mend = "Write the same in every row of an option."
                table.fault(n, column, f"'{name}' has another above.", mend)


def _check_cost(table: Table, names: Sequence[str], uses: Sequence[Use | None]) -> None:
    """Note effects of one option that are of two interventions: its cost would be unclear."""
    first: dict[str, Evidence] = {}
    for n, (name, use) in enumerate(zip(names, uses, strict=True)):
        if use is None:
            continue
        one, other = use.evidence, first.setdefault(name, use.evidence)
        if one.intervention != other.intervention:
            problem = f"it is of '{one.intervention}', and the row above of '{other.intervention}'."
            table.fault(n, "evidence", problem, "Make two options of it.")
        elif (one.cost_low, one.cost_high) != (other.cost_low, other.cost_high):
            mend = "Give the intervention one cost in the table of evidence."
            table.fault(n, "evidence", f"it costs something else than '{other.code}'.", mend)


def _check_prices(table: Table, uses: Sequence[Use | None]) -> None:
    """Note sums in the prices of different years: a pound of one is not a pound of another."""
    first: FinancialYear | None = None
    for n, use in enumerate(uses):
        sums = () if use is None else (use.evidence.price_year, *(v.price_year for v in use.values))
        years = [one for one in sums if one is not None]
        first = first or next(iter(years), None)
        if others := sorted({str(one) for one in years if one != first}):
            problem = f"its sums are in prices of {', '.join(others)}, others of {first}."
            table.fault(n, "evidence", problem, "Bring all sums to the prices of one year.")
