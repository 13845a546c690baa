"""What the devolution test knows of each service, and the limits of its rules.

In:        a file of facts, each service with its source and state.
Out:       checked facts. What is left out is unknown: it is never guessed.
Not here:  the rules (``services.devolution_test``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from folkmoot.parameters.reader import Section, packaged
from folkmoot.services.errors import TestInputError
from folkmoot.services.interval import Interval
from folkmoot.services.neighbours import LARGEST_GROUP
from folkmoot.services.sources import cited, named_sources
from folkmoot.vocabulary.codes import FunctionCode
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.source import STATES, Source, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The limits that the rules use; parameters, not law."""

    joint_areas: int
    """Most areas that may join to hold a service."""
    outside_share: Fraction
    rivals: int
    """Providers that a market needs, where a service does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """What is known of a service; None where nothing is."""

    service: FunctionCode
    must_be_identical: bool | None = None
    pays_cash_by_national_rule: bool | None = None
    custody: bool | None = None
    legal_entitlement: bool | None = None
    incidence: Fraction | None = None
    """New users among 100,000 residents a year."""
    safe_volume: Fraction | None = None
    """Cases a year that a provider needs to stay safe."""
    rivals: int | None = None
    planning_population: Interval | None = None
    """Residents among whom the service is planned, where that is published: exactly, or
    as limits. Unit: persons."""
    outside_share: Interval | None = None
    """Part of the users who live outside the area that treats them. Unit: ratio."""

    def __post_init__(self) -> None:
        if faults := [*_input_faults(self)]:
            raise TestInputError(self.service, faults)

    def planned_among(self, thresholds: Thresholds) -> Interval:
        """The planning population: what is published, else what volumes imply.

        Examples
        --------
        >>> rare = ServiceFacts(service="rare", incidence=Fraction(2), safe_volume=Fraction(30))
        >>> limits = Thresholds(joint_areas=4, outside_share=Fraction(1, 2), rivals=2)
        >>> int(rare.planned_among(limits).most)
        3000000
        """
        published = self.planning_population or Interval()
        if self.incidence is None or self.safe_volume is None:
            return published
        if published.least is not None and published.least == published.most:
            return published
        rivals = thresholds.rivals if self.rivals is None else self.rivals
        implied = self.safe_volume * rivals / (self.incidence / 100_000)
        narrowed = Interval(
            max(implied, published.least or implied), min(implied, published.most or implied)
        )
        if narrowed.is_empty:
            raise TestInputError(self.service, [_contradiction(self.service, implied)])
        return narrowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the facts of one service come from, and how sure they are."""

    source: Source
    state: State
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestInputs:
    """Everything the test needs besides an area plan."""

    __test__ = False  # the name is the field's; pytest must not collect it
    thresholds: Thresholds
    facts: Mapping[FunctionCode, ServiceFacts]
    evidence: Mapping[FunctionCode, Evidence]


@cache
def shipped_test_inputs() -> TestInputs:
    """The inputs for the functions of the proposal."""
    return read_test_inputs(packaged("devolution_test.toml"))


def read_test_inputs(file: Section) -> TestInputs:
    """Read the limits of the rules and the facts of each service.

    Raises
    ------
    TestInputError
        With every fault, of the file and of what its facts claim.
    """
    sources = named_sources(file)
    thresholds = _thresholds(file.section("thresholds"), sources)
    facts: dict[FunctionCode, ServiceFacts] = {}
    evidence: dict[FunctionCode, Evidence] = {}
    refused: list[Fault] = []
    for name, table in file.sections("service").items():
        service = FunctionCode(name)
        evidence[service] = Evidence(
            source=cited(table, sources),
            state=table.choice("state", STATES),
            note=table.text("note", default=""),
        )
        try:
            facts[service] = _facts(service, table)
        except TestInputError as error:
            refused += error.faults
        table.finish()
    file.finish()
    if file.faults or refused:
        raise TestInputError(file.file, [*file.faults, *refused])
    return TestInputs(thresholds=thresholds, facts=facts, evidence=evidence)


def _thresholds(table: Section, sources: Mapping[str, Source]) -> Thresholds:
    found = Thresholds(
        joint_areas=table.whole("joint_areas", least=1, most=LARGEST_GROUP),
        outside_share=table.ratio("outside_share", least=0, most=1),
        rivals=table.whole("rivals", least=1),
    )
    cited(table, sources)
    table.finish()
    return found


def _facts(service: FunctionCode, table: Section) -> ServiceFacts:
    """The facts of a service; what the table leaves out is unknown."""
    return ServiceFacts(
        service=service,
        must_be_identical=_flag(table, "must_be_identical"),
        pays_cash_by_national_rule=_flag(table, "pays_cash_by_national_rule"),
        custody=_flag(table, "custody"),
        legal_entitlement=_flag(table, "legal_entitlement"),
        incidence=table.ratio("incidence") if table.has("incidence") else None,
        safe_volume=table.ratio("safe_volume") if table.has("safe_volume") else None,
        rivals=table.whole("rivals") if table.has("rivals") else None,
        planning_population=_interval(table, "planning_population"),
        outside_share=_interval(table, "outside_share"),
    )


def _flag(table: Section, key: str) -> bool | None:
    return table.flag(key) if table.has(key) else None


def _interval(table: Section, key: str) -> Interval | None:
    """A number, or its limits: 3000000, or {least = 1000000}, or both limits."""
    if not table.has(key):
        return None
    if not isinstance(table.values[key], dict):
        return Interval.exactly(table.ratio(key))
    limits = table.section(key)
    least = limits.ratio("least") if limits.has("least") else None
    most = limits.ratio("most") if limits.has("most") else None
    if least is None and most is None:
        limits.fault("least", "neither limit is given.", "Give one, or leave the fact out.")
    limits.finish()
    return Interval(least, most)


def _input_faults(facts: ServiceFacts) -> list[Fault]:
    """What cannot be, among the facts of a service."""
    wrong: list[tuple[str, str]] = []
    for name in ("incidence", "safe_volume", "rivals"):
        value = getattr(facts, name)
        if value is not None and value <= 0:
            wrong.append((name, "Write a number above 0, or leave the fact out if unknown."))
    share, people = facts.outside_share, facts.planning_population
    if share is not None and (share.is_empty or not _within_one(share)):
        wrong.append(("outside_share", "Write a ratio from 0 to 1."))
    if people is not None and (people.is_empty or (people.least or 0) < 0):
        wrong.append(("planning_population", "Write people, 0 or more, the least first."))
    return [
        Fault(
            file=facts.service,
            column=name,
            problem=f"'{name}' is {getattr(facts, name)}, which cannot be.",
            mend=mend,
        )
        for name, mend in wrong
    ]


def _within_one(share: Interval) -> bool:
    """Whether each limit that is known is a ratio from 0 to 1."""
    return all(limit is None or 0 <= limit <= 1 for limit in (share.least, share.most))


def _contradiction(service: FunctionCode, implied: Fraction) -> Fault:
    return Fault(
        file=service,
        column="planning_population",
        problem=f"incidence and safe volume imply {int(implied):,} people, which the published "
        "limits exclude.",
        mend="Correct one of the three, or publish the planning population exactly.",
    )
