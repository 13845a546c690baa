"""The tables of a transition, as people keep them in a spreadsheet.

In:        CSV tables: who the bodies are, what passes when, what is assessed.
Out:       checked values, each with its line; faults, gathered and never raised here.
Not here:  whether the tables fit together (``transition.folder``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from folkmoot.readers.tables import Table
from folkmoot.services.holders import JointArrangement
from folkmoot.transition.bodies import (
    BODY_KINDS,
    MEMBER_KINDS,
    Body,
    Leader,
    Portfolio,
)
from folkmoot.transition.contracts import Contract
from folkmoot.transition.elections import BodyCycle
from folkmoot.transition.gates import Assessment
from folkmoot.transition.rows import Read, Row, made
from folkmoot.transition.rules import LEADER_KINDS, shipped_rules
from folkmoot.transition.staff import Asset, Posts
from folkmoot.transition.succession import Succession
from folkmoot.transition.tasks import TASK_KINDS, Task
from folkmoot.transition.verdicts import RESULTS, Verdict
from folkmoot.vocabulary.codes import (
    AreaCode,
    BlockCode,
    CommissionerCode,
    FunctionCode,
    TaskCode,
)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: what an example of it looks like, and whether it may be left out."""

    name: str
    example: str
    is_required: bool = True


def _columns(*named: tuple[str, str]) -> tuple[Column, ...]:
    """Columns with an example each; one whose name ends in ``?`` may be left out."""
    return tuple(
        Column(name=name.removesuffix("?"), example=example, is_required=name[-1] != "?")
        for name, example in named
    )


TABLES: Mapping[str, tuple[Column, ...]] = {
    "bodies": _columns(
        ("body", "cornwall"),
        ("name", "Commissioning body of Cornwall"),
        ("kind", "unitary"),
        ("blocks", "E06000052"),
        ("constituents", "Cornwall Council: E06000052"),
        ("first_day", "2030-04-01"),
        ("last_day?", ""),
        ("instrument?", "the order that makes it"),
        ("offices?", "scrutiny; audit"),
    ),
    "leaders": _columns(
        ("body", "cornwall"),
        ("kind", "council_leader"),
        ("holder_title", "Leader of the council"),
        ("first_day", "2030-04-01"),
        ("last_day?", ""),
        ("basis?", "elected by the council"),
    ),
    "portfolios": _columns(
        ("portfolio", "work-and-skills"),
        ("body", "cornwall"),
        ("title", "Work and skills"),
        ("programmes", "adult-skills; apprenticeships"),
        ("held_by", "councillor"),
        ("first_day", "2030-04-01"),
        ("last_day?", ""),
    ),
    "successions": _columns(
        ("function", "adult-skills"),
        ("blocks", "E06000052"),
        ("from_body", "skills-department"),
        ("to_body", "cornwall"),
        ("vesting_day", "2031-04-01"),
        ("instrument?", "the order that passes it"),
        ("phase?", "1 bodies and skills"),
        ("reason?", ""),
        ("together?", ""),
    ),
    "tasks": _columns(
        ("task", "form"),
        ("title", "Form the body; its leader takes office"),
        ("months", "12"),
        ("after?", ""),
        ("kind", "form"),
        ("phase?", "1 bodies and skills"),
        ("area?", ""),
        ("functions?", ""),
        ("fixed_day?", ""),
    ),
    "contracts": _columns(
        ("contract", "skills-2029"),
        ("provider", "a college"),
        ("sector", "public"),
        ("functions", "adult-skills"),
        ("blocks", "E06000052"),
        ("first_day", "2029-04-01"),
        ("last_day", "2032-03-31"),
        ("remaining", "2030-31=1000000; 2031-32=1000000"),
        ("severable?", "yes"),
        ("change_of_control?", "no"),
        ("outcome_per_cent?", "20"),
        ("renewal_reason?", ""),
    ),
    "staff": _columns(
        ("posts", "skills-team"),
        ("body", "skills-department"),
        ("functions", "adult-skills=80; apprenticeships=20"),
        ("hundredths", "1250"),
        ("pay_pence", "60000000"),
        ("blocks?", "E06000052"),
    ),
    "assets": _columns(
        ("asset", "skills-ledger"),
        ("body", "skills-department"),
        ("function", "adult-skills"),
        ("book_pence", "25000000"),
        ("blocks?", "E06000052"),
        ("disputed?", "no"),
    ),
    "assessments": _columns(
        ("body", "cornwall"),
        ("theme", "strategy"),
        ("level", "Core"),
        ("assessor", "the external auditor"),
        ("evidence", "annual report, page 12"),
        ("assessed_on", "2030-01-15"),
        ("valid_months?", "24"),
        ("function_group?", ""),
    ),
    "pilots": _columns(
        ("function_group", "hospital"),
        ("pilot", "Hospital services in three areas"),
        ("result", "not shown"),
        ("decided_on", "2036-06-01"),
        ("decider", "the Devolution Unit"),
        ("evidence", "report of the pilot, with its declaration"),
    ),
    "elections": _columns(("body", "cornwall"), ("first_year", "2029"), ("every", "4")),
}
"""Every table by the stem of its file."""


def template(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The header of a table, and a row as an example."""
    columns = TABLES[name]
    return tuple(one.name for one in columns), tuple(one.example for one in columns)


def read_bodies(table: Table) -> tuple[Read[Body], ...]:
    """Bodies; a council is written ``name: block block``, or as the code of its one block."""
    return _read(table, "bodies", _body)


def read_leaders(table: Table) -> tuple[Read[Leader], ...]:
    """Leaders, as offices."""
    return _read(table, "leaders", _leader)


def read_portfolios(table: Table) -> tuple[Read[Portfolio], ...]:
    """Portfolios of cabinets."""
    return _read(table, "portfolios", _portfolio)


def read_successions(table: Table) -> tuple[Read[Succession], ...]:
    """Functions that pass; areas that hold one together are named, the one that leads first."""
    return _read(table, "successions", _succession)


def read_tasks(table: Table) -> tuple[Read[Task], ...]:
    """Tasks; what they wait for is written with ``;`` between."""
    return _read(table, "tasks", _task)


def read_contracts(table: Table) -> tuple[Read[Contract], ...]:
    """Contracts; what remains is written ``2031-32=1000000`` in pence, with ``;`` between."""
    return _read(table, "contracts", _contract)


def read_staff(table: Table) -> tuple[Read[Posts], ...]:
    """Posts that spend their time alike."""
    return _read(table, "staff", _posts)


def read_assets(table: Table) -> tuple[Read[Asset], ...]:
    """Assets, and with a minus debts, each of one function."""
    return _read(table, "assets", _asset)


def read_elections(table: Table) -> tuple[Read[BodyCycle], ...]:
    """When each body is elected."""
    return _read(table, "elections", _cycle)


def read_assessments(table: Table) -> tuple[Read[Assessment], ...]:
    """Assessments of readiness; the level by its name or its number, 1 to 4.

    A row that names only a body and a theme is one that nobody has filled in yet.
    """
    if not _has_columns(table, "assessments"):
        return ()
    filled = ("level", "assessor", "evidence", "assessed_on")
    return tuple(made(table, _assessment, if_any=filled))


def read_pilots(table: Table) -> tuple[Read[Verdict], ...]:
    """What pilots showed, one row a result."""
    return _read(table, "pilots", _verdict)


def _read(table: Table, name: str, build: Callable[[Row], Value]) -> tuple[Read[Value], ...]:
    return tuple(made(table, build)) if _has_columns(table, name) else ()


def _has_columns(table: Table, name: str) -> bool:
    """Whether a table has the columns that it must; each that is missing is a fault."""
    return table.has(*(column.name for column in TABLES[name] if column.is_required))


def _body(row: Row) -> Body:
    return Body(
        code=CommissionerCode(row.text("body")),
        name=row.text("name"),
        kind=row.choice("kind", BODY_KINDS),
        blocks=tuple(map(BlockCode, row.words("blocks"))),
        constituents=dict(map(_council, row.words("constituents"))),
        first_day=row.day("first_day"),
        last_day=row.day_or_none("last_day"),
        instrument=row.text("instrument", default=""),
        offices=row.words("offices") or shipped_rules().offices,
    )


def _council(text: str) -> tuple[str, tuple[BlockCode, ...]]:
    """A council and its blocks, from ``name: block block``."""
    name, colon, blocks = text.partition(":")
    return name.strip(), tuple(map(BlockCode, blocks.split() if colon else [name.strip()]))


def _leader(row: Row) -> Leader:
    return Leader(
        body=CommissionerCode(row.text("body")),
        kind=row.choice("kind", LEADER_KINDS),
        holder_title=row.text("holder_title"),
        first_day=row.day("first_day"),
        last_day=row.day_or_none("last_day"),
        basis=row.text("basis", default=""),
    )


def _portfolio(row: Row) -> Portfolio:
    return Portfolio(
        code=row.text("portfolio"),
        body=CommissionerCode(row.text("body")),
        title=row.text("title"),
        programmes=tuple(map(FunctionCode, row.words("programmes"))),
        held_by=row.choice("held_by", MEMBER_KINDS),
        first_day=row.day("first_day"),
        last_day=row.day_or_none("last_day"),
    )


def _succession(row: Row) -> Succession:
    function = FunctionCode(row.text("function"))
    together = tuple(map(AreaCode, row.words("together")))
    joint = (
        JointArrangement(function=function, areas=tuple(sorted(together)), lead=together[0])
        if together
        else None
    )
    return Succession(
        function=function,
        blocks=tuple(map(BlockCode, row.words("blocks"))),
        from_body=CommissionerCode(row.text("from_body")),
        to_body=CommissionerCode(row.text("to_body")),
        vesting_day=row.day("vesting_day"),
        instrument=row.text("instrument", default="devolution plan"),
        phase=row.text("phase", default=""),
        reason=row.text("reason", default=""),
        arrangement=joint,
        row=row.line,
    )


def _task(row: Row) -> Task:
    return Task(
        code=TaskCode(row.text("task")),
        title=row.text("title"),
        months=row.whole("months"),
        after=tuple(map(TaskCode, row.words("after"))),
        kind=row.choice("kind", TASK_KINDS),
        phase=row.text("phase", default=""),
        area=AreaCode(row.text("area", default="")) or None,
        functions=tuple(map(FunctionCode, row.words("functions"))),
        fixed_day=row.day_or_none("fixed_day"),
    )


def _contract(row: Row) -> Contract:
    return Contract(
        code=row.text("contract"),
        provider=row.text("provider"),
        sector=row.text("sector"),
        functions={FunctionCode(c): n for c, n in row.weights("functions", default=1).items()},
        blocks={BlockCode(c): n for c, n in row.weights("blocks", default=0).items()},
        remaining=row.by_year("remaining"),
        first_day=row.day("first_day"),
        last_day=row.day("last_day"),
        is_severable=row.flag("severable"),
        has_change_of_control_clause=row.flag("change_of_control"),
        outcome_share=Fraction(row.whole("outcome_per_cent", default=0), 100),
        renewal_reason=row.text("renewal_reason", default=""),
    )


def _posts(row: Row) -> Posts:
    return Posts(
        code=row.text("posts"),
        body=CommissionerCode(row.text("body")),
        functions={FunctionCode(c): n for c, n in row.weights("functions", default=1).items()},
        hundredths=row.whole("hundredths"),
        pay_pence=row.whole("pay_pence"),
        blocks=tuple(map(BlockCode, row.words("blocks"))),
    )


def _asset(row: Row) -> Asset:
    return Asset(
        code=row.text("asset"),
        body=CommissionerCode(row.text("body")),
        function=FunctionCode(row.text("function")),
        book_pence=row.pence("book_pence"),
        blocks=tuple(map(BlockCode, row.words("blocks"))),
        is_disputed=row.flag("disputed"),
    )


def _cycle(row: Row) -> BodyCycle:
    return BodyCycle(
        body=CommissionerCode(row.text("body")),
        first_year=row.whole("first_year", least=1900),
        every=row.whole("every", least=1),
    )


def _assessment(row: Row) -> Assessment:
    return Assessment(
        body=CommissionerCode(row.text("body")),
        theme=row.text("theme"),
        level=_level(row),
        assessor=row.text("assessor"),
        evidence=row.text("evidence"),
        assessed_on=row.day("assessed_on"),
        valid_months=row.whole(
            "valid_months", default=shipped_rules().readiness.valid_months, least=1
        ),
        function_group=row.text("function_group", default=""),
    )


def _verdict(row: Row) -> Verdict:
    return Verdict(
        function_group=row.text("function_group"),
        pilot=row.text("pilot"),
        result=row.choice("result", RESULTS),
        decided_on=row.day("decided_on"),
        decider=row.text("decider"),
        evidence=row.text("evidence"),
    )


def _level(row: Row) -> int:
    levels = shipped_rules().readiness.levels
    numbers = [f"{number}" for number in range(1, len(levels) + 1)]
    found = row.choice("level", (*levels, *numbers))
    return int(found) if found in numbers else 1 + levels.index(found)
