"""Functions: what a commissioner can be responsible for, who holds each now, and who will.

In:        a file of functions, bodies, kinds of local body and rules for who holds what.
Out:       checked values. A rule names a role or a geography, never a place.
Not here:  which body that is in each block (``services.holders``).
Source:    docs/decisions/0007-who-is-accountable.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import get_args

from folkmoot.parameters.reader import Section, packaged
from folkmoot.services.errors import FunctionsError
from folkmoot.services.sources import cited, named_sources
from folkmoot.vocabulary.bodies import Commissioner, CommissionerKind
from folkmoot.vocabulary.codes import CommissionerCode, FunctionCode, StreamCode
from folkmoot.vocabulary.criteria import ROLES
from folkmoot.vocabulary.source import STATES, Source, State

KINDS: tuple[CommissionerKind, ...] = get_args(CommissionerKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalKind:
    """A kind of local body that a country has today, one for each area of a geography."""

    code: str
    name: str
    """What such a body is called, with ``{place}`` for the area's name."""
    role: str = ""
    """Role of the geography in the criteria; or else ``geography``."""
    geography: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByBody:
    """One body for the whole country."""

    body: CommissionerCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPlace:
    """The local body of the place, or another where it has none."""

    local: LocalKind
    otherwise: CommissionerCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ByTest:
    """As the devolution test says; ``kept_by`` holds what is retained."""

    kept_by: CommissionerCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AsBefore:
    """Whoever holds it today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLead:
    """The body of the area; of several that share a local body's place, the one that leads."""

    local: LocalKind


Before = ByBody | ByPlace
After = ByTest | AsBefore | ByBody | ByLead


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A thing that a commissioner is responsible for."""

    code: FunctionCode
    name: str
    stream: StreamCode
    """Whose grant pays for it once devolved; empty where none does."""
    before: Before
    delegated: Before | None = None
    """Who acts today for the accountable body."""
    after: After
    source: Source
    state: State
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Functions:
    """Every function, sorted by code, and the bodies that its rules name."""

    functions: tuple[Function, ...]
    commissioners: Mapping[CommissionerCode, Commissioner]
    first_day: date
    """First day that a register covers."""
    vesting_day: date
    """When functions vest, where no timetable says."""


@cache
def shipped_functions() -> Functions:
    """The functions of the proposal and those round it."""
    return read_functions(packaged("functions.toml"))


def read_functions(file: Section) -> Functions:
    """Read a file of functions.

    Raises
    ------
    FunctionsError
        With every fault.
    """
    sources = named_sources(file)
    reading = _Reading(
        bodies={code: _commissioner(code, t) for code, t in file.sections("commissioner").items()},
        locals={code: _local_kind(code, table) for code, table in file.sections("local").items()},
        sources=sources,
    )
    found = [reading.function(code, table) for code, table in file.sections("function").items()]
    days = file.section("register")
    first_day, vesting_day = days.day("first_day"), days.day("vesting_day")
    cited(days, sources)
    days.finish()
    if not found:
        file.fault("function", "no function is named.", "Write [function.name] for each.")
    if vesting_day <= first_day:
        days.fault("vesting_day", "it is not after the first day.", "Choose a later one.")
    file.finish()
    if file.faults:
        raise FunctionsError(file.file, file.faults)
    return Functions(
        functions=tuple(sorted(found, key=lambda one: one.code)),
        commissioners={CommissionerCode(code): one for code, one in reading.bodies.items()},
        first_day=first_day,
        vesting_day=vesting_day,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What the functions of one file may name."""

    bodies: Mapping[str, Commissioner]
    locals: Mapping[str, LocalKind]
    sources: Mapping[str, Source]

    def function(self, code: str, table: Section) -> Function:
        function = Function(
            code=FunctionCode(code),
            name=table.text("name"),
            stream=StreamCode(table.text("stream", default="")),
            before=self.before(table.section("before")),
            delegated=self.before(table.section("delegated")) if table.has("delegated") else None,
            after=self.after(table.section("after")),
            source=cited(table, self.sources),
            state=table.choice("state", STATES),
            note=table.text("note", default=""),
        )
        table.finish()
        return function

    def before(self, rule: Section) -> Before:
        found: Before
        if rule.has("local"):
            found = ByPlace(local=self.local(rule), otherwise=self.body(rule, "otherwise"))
        else:
            found = ByBody(body=self.body(rule, "body"))
        rule.finish()
        return found

    def after(self, rule: Section) -> After:
        found: After
        match rule.choice("by", ("test", "same", "body", "lead")):
            case "test":
                found = ByTest(kept_by=self.body(rule, "kept_by"))
            case "lead":
                found = ByLead(local=self.local(rule))
            case "body":
                found = ByBody(body=self.body(rule, "body"))
            case _:
                found = AsBefore()
        rule.finish()
        return found

    def body(self, rule: Section, key: str) -> CommissionerCode:
        return CommissionerCode(rule.choice(key, list(self.bodies) or [""]))

    def local(self, rule: Section) -> LocalKind:
        code = rule.choice("local", list(self.locals) or [""])
        return self.locals.get(code, LocalKind(code=code, name=""))


def _commissioner(code: str, table: Section) -> Commissioner:
    found = Commissioner(
        code=CommissionerCode(code),
        name=table.text("name"),
        kind=table.choice("kind", KINDS),
    )
    table.finish()
    return found


def _local_kind(code: str, table: Section) -> LocalKind:
    found = LocalKind(
        code=code,
        name=table.text("name"),
        role=table.choice("role", ROLES) if table.has("role") else "",
        geography=table.text("geography", default=""),
    )
    if bool(found.role) == bool(found.geography):
        table.fault("role", "it names both or neither of role and geography.", "Name one.")
    if "{place}" not in found.name:
        table.fault("name", "it has no {place}.", 'Write one, such as "{place} council".')
    table.finish()
    return found
