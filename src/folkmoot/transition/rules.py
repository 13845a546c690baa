"""The rules of a transition, as shipped: cabinets, gates, contracts, what the centre watches.

Not here:  what they are applied to (``transition.bodies``, ``gates``, ``contracts``, ``watch``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Literal, Self, get_args

from folkmoot.parameters.reader import Section, packaged
from folkmoot.vocabulary.codes import FunctionCode
from folkmoot.vocabulary.source import Source

LeaderKind = Literal["mayor", "council_leader"]
LEADER_KINDS: tuple[LeaderKind, ...] = get_args(LeaderKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One thing that readiness is judged by."""

    code: str
    name: str
    core: str
    """What the level Core looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskClass:
    """Function groups that ask for the same readiness."""

    code: str
    groups: tuple[str, ...]
    shadow: int
    """Least level in every theme from which functions run in shadow; 1 is the lowest."""
    vest: Mapping[str, int]
    """Least level from which they vest, by theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Themes, levels and the gates of each class."""

    levels: tuple[str, ...]
    beyond_core: str
    """What the level above Core looks like."""
    valid_months: int
    deferrals: int
    """The deferral, counted from 1, that goes to the ladder."""
    themes: tuple[Theme, ...]
    classes: tuple[RiskClass, ...]
    pilot: Theme
    """The proof of concept that the gate of some groups asks for beside the themes."""
    pilot_groups: frozenset[str]

    def asking_for_pilots(self, groups: Iterable[str]) -> Self:
        """The same rules, with the gates of more groups asking for a pilot's result."""
        return replace(self, pilot_groups=self.pilot_groups | set(groups))

    @property
    def class_of(self) -> dict[str, RiskClass]:
        """The class of each function group."""
        return {group: one for one in self.classes for group in one.groups}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRules:
    """When a contract is novated, split or left to a lead, and when it is let again."""

    novate_share: Fraction
    notice_months: int
    relet_months: int
    follow_share: Fraction
    """A post follows the function with more than this part of its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkRules:
    """How long the centre's lists may be, and the steps of its ladder."""

    most: Mapping[str, int]
    """Longest allowed list, by ``outcomes``, ``entitlements`` and ``conditions``."""
    reply_days: int
    steps: tuple[str, ...]
    clear_periods: int
    worse_periods: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPortfolio:
    """Functions that one member of a cabinet would answer for."""

    code: str
    title: str
    functions: tuple[FunctionCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a plan proposes of every body until its area decides."""

    leader: LeaderKind
    leader_title: str
    leader_basis: str
    instrument: str
    council_geography: str
    """Name of the geography whose areas are the councils that form a body."""
    portfolios: tuple[DraftPortfolio, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All of them."""

    cabinet_limit: int
    offices: tuple[str, ...]
    """Offices that every body must have."""
    draft: Draft
    readiness: Readiness
    contracts: ContractRules
    framework: FrameworkRules
    sources: tuple[Source, ...]


@cache
def shipped_rules() -> Rules:
    """The rules that ship."""
    return read_rules(packaged("transition.toml"))


def read_rules(file: Section) -> Rules:
    """Read a file of rules.

    Raises
    ------
    ParameterError
        With every fault.
    """
    named = file.section("source")
    sources = tuple(named.source(name) for name in named.values)
    cabinet, contracts, framework = (
        file.section(name) for name in ("cabinet", "contracts", "framework")
    )
    rules = Rules(
        cabinet_limit=cabinet.whole("limit", least=1),
        offices=cabinet.texts("offices"),
        draft=_draft(file),
        readiness=_readiness(file),
        contracts=ContractRules(
            novate_share=contracts.ratio("novate_share", least=0, most=1),
            notice_months=contracts.whole("notice_months", least=0),
            relet_months=contracts.whole("relet_months", least=0),
            follow_share=contracts.ratio("follow_share", least=0, most=1),
        ),
        framework=FrameworkRules(
            most={
                name: framework.whole(name, least=1)
                for name in ("outcomes", "entitlements", "conditions")
            },
            reply_days=framework.whole("reply_days", least=1),
            steps=framework.texts("steps"),
            clear_periods=framework.whole("clear_periods", least=1),
            worse_periods=framework.whole("worse_periods", least=1),
        ),
        sources=sources,
    )
    for table in (cabinet, contracts, framework):
        _cited(table, named)
    file.finish()
    file.check()
    return rules


def _readiness(file: Section) -> Readiness:
    table, pilot = file.section("readiness"), file.section("pilot")
    levels = table.texts("levels")
    themes = tuple(
        Theme(code=code, name=one.text("name"), core=one.text("core"))
        for code, one in file.sections("theme").items()
    )
    classes = []
    for code, one in file.sections("class").items():
        vest = 1 + levels.index(one.choice("vest", levels))
        more = one.section("vest_more")
        found = dict.fromkeys((theme.code for theme in themes), vest)
        found |= {theme: 1 + levels.index(more.choice(theme, levels)) for theme in more.values}
        classes.append(
            RiskClass(
                code=code,
                groups=one.texts("groups"),
                shadow=1 + levels.index(one.choice("shadow", levels)),
                vest=found,
            )
        )
        _cited(one, file.section("source"))
    readiness = Readiness(
        levels=levels,
        beyond_core=table.text("beyond_core"),
        valid_months=table.whole("valid_months", least=1),
        deferrals=table.whole("deferrals", least=1),
        themes=themes,
        classes=tuple(classes),
        pilot=Theme(code="pilot", name=pilot.text("name"), core=pilot.text("core")),
        pilot_groups=frozenset(pilot.texts("groups")),
    )
    known = readiness.class_of
    for group in sorted(readiness.pilot_groups - set(known)):
        mend = f"Known: {', '.join(sorted(known))}."
        pilot.fault("groups", f"'{group}' is no group of functions.", mend)
    for one in (table, pilot):
        _cited(one, file.section("source"))
    return readiness


def _draft(file: Section) -> Draft:
    table = file.section("draft")
    draft = Draft(
        leader=table.choice("leader", LEADER_KINDS),
        leader_title=table.text("leader_title"),
        leader_basis=table.text("leader_basis"),
        instrument=table.text("instrument"),
        council_geography=table.text("council_geography"),
        portfolios=tuple(_portfolio(code, one) for code, one in file.sections("portfolio").items()),
    )
    _cited(table, file.section("source"))
    return draft


def _portfolio(code: str, table: Section) -> DraftPortfolio:
    found = DraftPortfolio(
        code=code,
        title=table.text("title"),
        functions=tuple(FunctionCode(one) for one in table.texts("functions")),
    )
    table.finish()
    return found


def _cited(table: Section, sources: Section) -> None:
    """Ask for the source and state of a table, which stand there for its readers."""
    table.choice("source", list(sources.values))
    table.text("state", default="")
    table.finish()
