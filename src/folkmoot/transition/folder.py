"""The tables of a transition as one folder: read, and checked against each other.

In:        a folder of CSV tables, any of those that ``transition.inputs`` knows; the places,
           and where there is one, the register and receivers of a plan.
Out:       checked values; or every fault of every file in one message, with row numbers.
Not here:  the values themselves (``transition.bodies`` and its neighbours).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.services.register import Register
from folkmoot.transition import inputs
from folkmoot.transition.bodies import (
    Body,
    Leader,
    Portfolio,
    cabinet_faults,
    cover_faults,
    leader_faults,
)
from folkmoot.transition.contracts import Contract, contract_faults
from folkmoot.transition.elections import BodyCycle
from folkmoot.transition.errors import CycleError, TimetableError, TransitionFolderError
from folkmoot.transition.gates import Assessment
from folkmoot.transition.receivers import Receivers
from folkmoot.transition.rows import Read
from folkmoot.transition.staff import Asset, Posts, asset_faults, staff_faults
from folkmoot.transition.succession import Succession, succession_faults
from folkmoot.transition.tasks import Task, in_order
from folkmoot.transition.verdicts import Verdict
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.errors import Fault

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionFolder:
    """Everything that a transition folder says."""

    files: tuple[str, ...]
    """The tables that are there."""
    bodies: tuple[Body, ...]
    leaders: tuple[Leader, ...]
    portfolios: tuple[Portfolio, ...]
    successions: tuple[Succession, ...]
    tasks: tuple[Task, ...]
    contracts: tuple[Contract, ...]
    staff: tuple[Posts, ...]
    assets: tuple[Asset, ...]
    assessments: tuple[Assessment, ...]
    pilots: tuple[Verdict, ...]
    elections: tuple[BodyCycle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What tables are checked against."""

    blocks: tuple[BlockCode, ...]
    """Every block of the country."""
    functions: frozenset[FunctionCode]
    covers_all: bool = True
    """Whether the bodies are to cover every block; else only their own are looked at."""
    register: Register | None = None
    """Today's: successions are tried on it."""
    receivers: Receivers | None = None
    full_cover_day: date | None = None
    """From when every block is in a body; the day on which the last body begins if None."""


def read_transition(folder: Path, known: Known) -> TransitionFolder:
    """Read a transition folder and check it as a whole.

    Raises
    ------
    TransitionFolderError
        With every fault of every file, or if none of the tables is there.
    """
    faults = Faults()
    names = [name for name in inputs.TABLES if (folder / f"{name}.csv").is_file()]
    if not names:
        faults.add(
            str(folder),
            "it holds none of the tables of a transition.",
            f"Put one of these there: {', '.join(f'{name}.csv' for name in inputs.TABLES)}; "
            "'folkmoot transition check --templates DIR' writes an example of each.",
        )
        raise TransitionFolderError(str(folder), faults.found)
    tables = {name: read_table(folder / f"{name}.csv", faults) for name in names}

    def read(
        name: str, reader: Callable[[Table], tuple[Read[Value], ...]]
    ) -> tuple[Read[Value], ...]:
        found = tables.get(name)
        return reader(found) if found is not None else ()

    rows = _Rows(
        bodies=read("bodies", inputs.read_bodies),
        leaders=read("leaders", inputs.read_leaders),
        portfolios=read("portfolios", inputs.read_portfolios),
        successions=read("successions", inputs.read_successions),
        tasks=read("tasks", inputs.read_tasks),
        contracts=read("contracts", inputs.read_contracts),
        staff=read("staff", inputs.read_staff),
        assets=read("assets", inputs.read_assets),
        assessments=read("assessments", inputs.read_assessments),
        pilots=read("pilots", inputs.read_pilots),
        elections=read("elections", inputs.read_elections),
    )
    # What is missing because its row is faulty would only be told a second time.
    clean = {name for name in names if not any(f.file == f"{name}.csv" for f in faults.found)}
    found = [*faults.found, *_together(rows, known, clean)]
    if found:
        order = {f"{name}.csv": at for at, name in enumerate(inputs.TABLES)}
        found.sort(key=lambda one: (order.get(one.file, len(order)), one.row or 0))
        raise TransitionFolderError(str(folder), found)
    return TransitionFolder(
        files=tuple(f"{name}.csv" for name in names),
        bodies=_values(rows.bodies),
        leaders=_values(rows.leaders),
        portfolios=_values(rows.portfolios),
        successions=_values(rows.successions),
        tasks=_values(rows.tasks),
        contracts=_values(rows.contracts),
        staff=_values(rows.staff),
        assets=_values(rows.assets),
        assessments=_values(rows.assessments),
        pilots=_values(rows.pilots),
        elections=_values(rows.elections),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The sound rows of every table, each with its line."""

    bodies: tuple[Read[Body], ...]
    leaders: tuple[Read[Leader], ...]
    portfolios: tuple[Read[Portfolio], ...]
    successions: tuple[Read[Succession], ...]
    tasks: tuple[Read[Task], ...]
    contracts: tuple[Read[Contract], ...]
    staff: tuple[Read[Posts], ...]
    assets: tuple[Read[Asset], ...]
    assessments: tuple[Read[Assessment], ...]
    pilots: tuple[Read[Verdict], ...]
    elections: tuple[Read[BodyCycle], ...]


def _values(rows: Iterable[Read[Value]]) -> tuple[Value, ...]:
    return tuple(row.value for row in rows)


def _together(rows: _Rows, known: Known, clean: set[str]) -> Iterator[Fault]:
    """Everything wrong between rows and between tables."""
    yield from _doubled("bodies", "body", [(row.value.code, row.line) for row in rows.bodies])
    yield from _doubled(
        "contracts", "contract", [(row.value.code, row.line) for row in rows.contracts]
    )
    yield from _doubled("staff", "posts", [(row.value.code, row.line) for row in rows.staff])
    yield from _doubled("assets", "asset", [(row.value.code, row.line) for row in rows.assets])
    if "bodies" in clean:
        yield from _bodies(rows, known, clean)
    if "tasks" in clean:
        yield from _tasks(rows.tasks)
    for row in rows.portfolios:
        for programme in row.value.programmes:
            if programme not in known.functions:
                yield _fault(
                    "portfolios",
                    row.line,
                    "programmes",
                    f"'{programme}' is no function.",
                    nearest(programme, known.functions),
                )
    if known.register is not None:
        yield from _successions(rows, known.register)
    if known.receivers is not None:
        for contract in rows.contracts:
            found = contract_faults(contract.value, known.receivers)
            yield from _placed("contracts", contract.line, found)
        for posts in rows.staff:
            yield from _placed("staff", posts.line, staff_faults(posts.value, known.receivers))
        for asset in rows.assets:
            yield from _placed("assets", asset.line, asset_faults(asset.value, known.receivers))


def _bodies(rows: _Rows, known: Known, clean: set[str]) -> Iterator[Fault]:
    """Cover, leaders, cabinets, and names of bodies that are none."""
    bodies = _values(rows.bodies)
    codes = {body.code for body in bodies}
    named: list[tuple[str, str, int, CommissionerCode]] = [
        *(("leaders", "body", row.line, row.value.body) for row in rows.leaders),
        *(("portfolios", "body", row.line, row.value.body) for row in rows.portfolios),
        *(("assessments", "body", row.line, row.value.body) for row in rows.assessments),
        *(("elections", "body", row.line, row.value.body) for row in rows.elections),
    ]
    for table, column, line, code in named:
        if code not in codes:
            yield _fault(table, line, column, f"'{code}' is no body.", nearest(code, codes))
    own = {block for body in bodies for block in body.blocks}
    blocks = [block for block in known.blocks if known.covers_all or block in own]
    cover = known.full_cover_day or max(body.first_day for body in bodies)
    yield from _placed("bodies", None, cover_faults(bodies, blocks, cover))
    if "leaders" in clean:
        leaders = [one for one in _values(rows.leaders) if one.body in codes]
        yield from _placed("leaders", None, leader_faults(bodies, leaders))
    if "portfolios" in clean:
        yield from _cabinets(rows, bodies)


def _cabinets(rows: _Rows, bodies: Sequence[Body]) -> Iterator[Fault]:
    """Cabinets on each day on which a function passes to their body, and on their first."""
    held: dict[CommissionerCode, set[FunctionCode]] = defaultdict(set)
    portfolios = _values(rows.portfolios)
    told: set[str] = set()
    days = sorted({one.value.vesting_day for one in rows.successions})
    for day in days or [max(body.first_day for body in bodies)]:
        for one in _values(rows.successions):
            if one.vesting_day == day:
                held[one.to_body].add(one.function)
        for fault in cabinet_faults(bodies, portfolios, held, day):
            # A programme without a portfolio is told on the day on which it passes.
            about = fault.problem.rpartition(" on ")[0]
            if about not in told:
                told.add(about)
                yield replace(fault, file="portfolios.csv")


def _tasks(tasks: Sequence[Read[Task]]) -> Iterator[Fault]:
    try:
        in_order(_values(tasks))
    except TimetableError as error:
        for fault in error.faults:
            line = tasks[fault.row - 1].line if fault.row else None
            yield replace(fault, file="tasks.csv", row=line)
    except CycleError as error:
        line = next(row.line for row in tasks if row.value.code == error.loop[0])
        yield _fault("tasks", line, "after", str(error), "")


def _successions(rows: _Rows, register: Register) -> Iterator[Fault]:
    bodies = {body.code: body for body in _values(rows.bodies)}
    for fault in succession_faults(register, _values(rows.successions), bodies=bodies):
        problem = f"'{fault.function}': {fault.problem}"
        yield _fault("successions", fault.row, fault.kind, problem, fault.mend)


def _doubled(table: str, column: str, codes: Iterable[tuple[str, int]]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for code, line in codes:
        if code in first:
            problem = f"'{code}' stands already in row {first[code]}."
            yield _fault(table, line, column, problem, "Give each a code of its own.")
        first.setdefault(code, line)


def _placed(table: str, line: int | None, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Faults with the file and row that they are in."""
    for fault in faults:
        yield replace(fault, file=f"{table}.csv", row=line)


def _fault(table: str, line: int | None, column: str, problem: str, mend: str) -> Fault:
    return Fault(file=f"{table}.csv", row=line, column=column, problem=problem, mend=mend)
