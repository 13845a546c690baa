"""Read what the devolution test knows of each service, and the limits of its rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.parameters.reader import Section, packaged
from folkmoot.services.devolution_test import ServiceFacts, Thresholds
from folkmoot.services.errors import TestInputError
from folkmoot.services.interval import Interval
from folkmoot.services.neighbours import LARGEST_GROUP
from folkmoot.services.sources import STATES, State, cited, named_sources
from folkmoot.vocabulary.codes import FunctionCode
from folkmoot.vocabulary.source import Source


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


def shipped_test_inputs() -> TestInputs:
    """The inputs for the functions of the proposal."""
    return read_test_inputs(packaged("devolution_test.toml"))


def read_test_inputs(file: Section) -> TestInputs:
    """Read the limits of the rules and the facts of each service.

    Raises
    ------
    TestInputError
        With every fault of the file; or, when it has none, of what its facts claim.
    """
    sources = named_sources(file)
    thresholds = _thresholds(file.section("thresholds"), sources)
    facts, evidence, faults = {}, {}, []
    for name, table in file.sections("service").items():
        service = FunctionCode(name)
        evidence[service] = Evidence(
            source=cited(table, sources),
            state=table.text("state", known=tuple(STATES)),
            note=table.text("note", default=""),
        )
        try:
            facts[service] = _facts(service, table)
        except TestInputError as error:
            faults += error.faults
        table.finish()
    file.finish()
    if file.faults or faults:
        raise TestInputError(file.file, [*file.faults, *faults])
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
