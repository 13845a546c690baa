"""Read what the centre watches: its framework, what was observed, and the steps taken.

In:        a TOML file of the three lists and the returns; CSV tables of findings and steps.
Out:       checked values; faults with file and row.
Not here:  what follows from them (``transition.watch``).
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from folkmoot.parameters.reader import Section, read_parameters
from folkmoot.readers.tables import Faults, read_table
from folkmoot.transition.errors import WatchError
from folkmoot.transition.rows import Row, made
from folkmoot.transition.rules import shipped_rules
from folkmoot.transition.watch import (
    TRIGGER_KINDS,
    Framework,
    LadderStep,
    Return,
    TriggerKind,
    Watched,
)
from folkmoot.vocabulary.codes import AreaCode

Value = TypeVar("Value")

FINDING_COLUMNS = ("area", "period", "kind", "about", "group")
STEP_COLUMNS = (
    *("area", "about", "step", "decider", "reason", "evidence", "taken_on", "review_on"),
    *("statute", "scope", "end_day", "danger_to_life"),
)
FRAMEWORK_EXAMPLE = """\
# What the centre asks of areas: three short lists, and the returns that each area sends.
version = 1
outcomes = ["fewer people return to prison"]
entitlements = ["a GP appointment near home"]
conditions = ["accounts are audited"]
says_burden_rises = false

[return.accounts]
item = "accounts are audited" # an item of a list
returns_a_year = 1
fields = 40
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing observed in one area and period."""

    area: AreaCode
    period: int
    kind: TriggerKind
    about: str
    group: str


def read_framework(path: Path) -> Framework:
    """Read a framework.

    Raises
    ------
    ParameterError
        With every fault of the file.
    OutsideFrameworkError
        If a list is too long, or a return is for nothing that is listed.
    """
    file = read_parameters(path)
    version = file.whole("version", least=1)
    outcomes, entitlements, conditions = (
        file.texts(name, default=()) for name in ("outcomes", "entitlements", "conditions")
    )
    rises = file.flag("says_burden_rises", default=False)
    returns = tuple(_return(name, table) for name, table in file.sections("return").items())
    file.finish()
    file.check()
    return Framework(
        version=version,
        outcomes=outcomes,
        entitlements=entitlements,
        conditions=conditions,
        returns=returns,
        says_burden_rises=rises,
    )


def read_watched(path: Path) -> tuple[Watched, ...]:
    """Read what was observed: one row a finding; a period without one in an area was clear.

    Raises
    ------
    WatchError
        With every fault of the table.
    """
    found = _read(path, FINDING_COLUMNS[:4], _finding)
    last = max((one.period for one in found), default=0)
    by_period: dict[tuple[AreaCode, int], list[Finding]] = defaultdict(list)
    for one in found:
        by_period[one.area, one.period].append(one)
    areas = sorted({one.area for one in found})
    return tuple(
        _watched(area, period, by_period[area, period])
        for area in areas
        for period in range(1, last + 1)
    )


def read_steps(path: Path) -> tuple[LadderStep, ...]:
    """Read the steps that were taken.

    Raises
    ------
    WatchError
        With every fault of the table.
    """
    return _read(path, STEP_COLUMNS[:8], _step)


def _read(path: Path, columns: Sequence[str], build: Callable[[Row], Value]) -> tuple[Value, ...]:
    faults = Faults()
    table = read_table(path, faults)
    rows = list(made(table, build)) if table is not None and table.has(*columns) else []
    if faults.found:
        raise WatchError(str(path), faults.found)
    return tuple(row.value for row in rows)


def _return(name: str, table: Section) -> Return:
    found = Return(
        name=name,
        item=table.text("item"),
        returns_a_year=table.whole("returns_a_year", least=1),
        fields=table.whole("fields", least=1),
    )
    table.finish()
    return found


def _finding(row: Row) -> Finding:
    kind = row.choice("kind", TRIGGER_KINDS)
    if kind == "entitlement" and not row.text("group", default=""):
        problem = "no group of people is named."
        row.fault("group", problem, "Say for whom the entitlement is not met.")
    return Finding(
        area=AreaCode(row.text("area")),
        period=row.whole("period", least=1),
        kind=kind,
        about=row.text("about", default="ledger" if kind == "ledger" else None),
        group=row.text("group", default=""),
    )


def _watched(area: AreaCode, period: int, found: Sequence[Finding]) -> Watched:
    def about(kind: TriggerKind) -> frozenset[str]:
        return frozenset(one.about for one in found if one.kind == kind)

    return Watched(
        area=area,
        period=period,
        entitlements_not_met={one.about: one.group for one in found if one.kind == "entitlement"},
        worsened=about("worsening"),
        conditions_breached=about("condition"),
        deferred_groups=about("deferred"),
        ledger_balances=not about("ledger"),
    )


def _step(row: Row) -> LadderStep:
    return LadderStep(
        area=AreaCode(row.text("area")),
        about=row.text("about"),
        step=row.choice("step", shipped_rules().framework.steps),
        decider=row.text("decider"),
        reason=row.text("reason"),
        evidence=row.text("evidence"),
        taken_on=row.day("taken_on"),
        review_on=row.day("review_on"),
        statute=row.text("statute", default=""),
        scope=row.text("scope", default=""),
        end_day=row.day_or_none("end_day"),
        danger_to_life=row.flag("danger_to_life"),
    )
