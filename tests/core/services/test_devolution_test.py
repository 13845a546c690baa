"""The devolution test: every rule, what is not known, and the list that the rules reproduce."""

from dataclasses import fields, replace
from fractions import Fraction
from timeit import repeat

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from folkmoot.parameters.reader import Section
from folkmoot.services.devolution_test import RESULTS, TestResult, assess
from folkmoot.services.errors import TestInputError
from folkmoot.services.facts import (
    ServiceFacts,
    Thresholds,
    read_test_inputs,
    shipped_test_inputs,
)
from folkmoot.services.interval import Interval
from folkmoot.services.neighbours import Neighbours
from folkmoot.vocabulary.codes import AreaCode, FunctionCode

LIMITS = Thresholds(joint_areas=4, outside_share=Fraction(1, 2), rivals=2)
SERVICE = FunctionCode("service")


def line(*populations: int) -> Neighbours:
    """Areas in a row, each touching the next."""
    last = len(populations) - 1
    return Neighbours(
        areas=tuple(AreaCode(f"A{n:02d}") for n in range(len(populations))),
        populations=populations,
        touching=tuple(
            frozenset(m for m in (n - 1, n + 1) if 0 <= m <= last) for n in range(last + 1)
        ),
    )


ENGLAND = line(*([57_690_323 // 38] * 38))
"""38 areas of the mean size."""


def facts(**known: object) -> ServiceFacts:
    """A service of which nothing speaks against devolving, but for what is given."""
    plain: dict[str, object] = {
        "must_be_identical": False,
        "pays_cash_by_national_rule": False,
        "custody": False,
        "legal_entitlement": False,
        "planning_population": Interval(None, Fraction(1000)),
        "outside_share": Interval(None, Fraction(1, 2)),
    }
    return ServiceFacts(service=SERVICE, **(plain | known))  # type: ignore[arg-type]  # keywords


def test_the_worked_example_is_joint_and_ten_times_rarer_is_retained() -> None:
    rare = facts(planning_population=None, incidence=Fraction(2), safe_volume=Fraction(30))
    result = assess(rare, ENGLAND, LIMITS)
    assert result.planned_among == Interval.exactly(Fraction(3_000_000))
    assert (result.result, result.decided_by, result.join) == ("joint", "R2b", 2)
    assert result.reach == 0
    assert len(result.short_areas) == 38

    rarer = assess(replace(rare, incidence=Fraction(1, 5)), ENGLAND, LIMITS)
    assert rarer.planned_among == Interval.exactly(Fraction(30_000_000))
    assert (rarer.result, rarer.decided_by, rarer.join) == ("retain", "R2c", None)


@pytest.mark.parametrize(
    ("known", "result", "rule"),
    [
        ({}, "devolve", "default"),
        ({"must_be_identical": True}, "retain", "R1"),
        ({"planning_population": Interval.exactly(Fraction(2_000_000))}, "joint", "R2b"),
        ({"planning_population": Interval(Fraction(19_000_000))}, "retain", "R2c"),
        ({"pays_cash_by_national_rule": True}, "retain", "R3"),
        ({"custody": True}, "retain", "R4"),
        ({"outside_share": Interval.exactly(Fraction(51, 100))}, "joint", "R5"),
        ({"legal_entitlement": True}, "devolve_with_entitlement", "R6"),
        ({"legal_entitlement": True, "custody": True}, "retain", "R4"),
    ],
)
def test_each_rule_decides(known: dict[str, object], result: str, rule: str) -> None:
    found = assess(facts(**known), ENGLAND, LIMITS)

    assert (found.result, found.decided_by) == (result, rule)
    assert found.needs == ()


def test_every_rule_that_fired_is_listed_with_its_inputs() -> None:
    found = assess(facts(legal_entitlement=True, custody=True), ENGLAND, LIMITS)

    assert [one.rule for one in found.fired] == ["R2a", "R4", "R6"]
    assert all(one.inputs and one.reason for one in found.fired)


def test_what_is_missing_is_named_and_never_guessed() -> None:
    found = assess(facts(planning_population=None, safe_volume=Fraction(30)), ENGLAND, LIMITS)

    assert found.possible == ("devolve", "joint", "retain")
    assert found.reason == "cannot yet tell: needs incidence"
    assert (found.result, found.decided_by, found.strongest) == (None, None, "retain")


def test_a_missing_fact_that_cannot_matter_is_not_asked_for() -> None:
    found = assess(ServiceFacts(service=SERVICE, custody=True), ENGLAND, LIMITS)
    assert (found.result, found.needs) == ("retain", ())


def test_a_published_planning_population_overrides_what_volumes_imply() -> None:
    found = facts(
        planning_population=Interval.exactly(Fraction(1000)),
        incidence=Fraction(2),
        safe_volume=Fraction(30),
    )
    assert assess(found, ENGLAND, LIMITS).result == "devolve"


def test_limits_that_contradict_volumes_are_refused() -> None:
    found = facts(incidence=Fraction(2), safe_volume=Fraction(30))
    with pytest.raises(TestInputError, match="imply 3,000,000 people, which the published limits"):
        assess(found, ENGLAND, LIMITS)


@pytest.mark.parametrize(
    ("known", "column"),
    [
        ({"incidence": Fraction(0)}, "incidence"),
        ({"safe_volume": Fraction(-1)}, "safe_volume"),
        ({"rivals": 0}, "rivals"),
        ({"outside_share": Interval(Fraction(-1))}, "outside_share"),
        ({"outside_share": Interval(None, Fraction(2))}, "outside_share"),
        ({"planning_population": Interval(Fraction(5), Fraction(4))}, "planning_population"),
    ],
)
def test_facts_that_cannot_be_are_refused(known: dict[str, object], column: str) -> None:
    with pytest.raises(TestInputError) as caught:
        facts(**known)
    assert [fault.column for fault in caught.value.faults] == [column]


truths = st.none() | st.booleans()
ratios = st.fractions(0, 1)
people = st.integers(0, 40_000_000).map(Fraction)
intervals = st.tuples(people, people).map(lambda ends: Interval(min(ends), max(ends)))


@st.composite
def services(draw: st.DrawFn) -> ServiceFacts:
    share = sorted((draw(ratios), draw(ratios)))
    return ServiceFacts(
        service=SERVICE,
        must_be_identical=draw(truths),
        pays_cash_by_national_rule=draw(truths),
        custody=draw(truths),
        legal_entitlement=draw(truths),
        incidence=draw(st.none() | st.fractions(Fraction(1, 100), 10)),
        safe_volume=draw(st.none() | st.integers(1, 100).map(Fraction)),
        planning_population=draw(st.none() | intervals),
        outside_share=draw(st.none() | st.just(Interval(*share))),
    )


plans = st.lists(st.integers(100_000, 5_000_000), min_size=1, max_size=7).map(lambda n: line(*n))


def without(found: ServiceFacts, gone: str) -> ServiceFacts:
    """The same service when one fact is not known."""
    kept = {one.name: getattr(found, one.name) for one in fields(found) if one.name != gone}
    return ServiceFacts(**kept)


def result_of(found: ServiceFacts, plan: Neighbours) -> TestResult:
    try:
        return assess(found, plan, LIMITS)
    except TestInputError:
        assume(False)  # noqa: FBT003 - hypothesis's own way to drop an example
        raise


@given(services(), plans, st.data())
def test_forgetting_a_fact_never_narrows_the_results(
    found: ServiceFacts, plan: Neighbours, data: st.DataObject
) -> None:
    known = [one.name for one in fields(found) if one.name not in {"service", "rivals"}]
    gone = data.draw(
        st.sampled_from([name for name in known if getattr(found, name) is not None] or known)
    )
    told, forgotten = result_of(found, plan), result_of(without(found, gone), plan)
    exact = found.planning_population
    overrides = exact is not None and exact.least == exact.most

    if not (overrides and gone == "planning_population"):
        assert set(told.possible) <= set(forgotten.possible)
    assert len(told.possible) <= len(forgotten.possible)


@given(services(), plans)
def test_the_test_is_deterministic_and_always_has_a_result(
    found: ServiceFacts, plan: Neighbours
) -> None:
    one = result_of(found, plan)

    assert one == result_of(found, plan)
    assert one.possible
    assert [RESULTS.index(result) for result in one.possible] == sorted(
        RESULTS.index(result) for result in one.possible
    )
    assert bool(one.needs) == (one.result is None)


@given(st.lists(st.integers(100_000, 5_000_000), min_size=2, max_size=7), people, st.data())
def test_merging_areas_never_turns_devolve_into_retain(
    sizes: list[int], planned: Fraction, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(sizes) - 2))
    merged = [*sizes[:at], sizes[at] + sizes[at + 1], *sizes[at + 2 :]]
    service = facts(planning_population=Interval.exactly(planned))
    small, large = (assess(service, line(*found), LIMITS) for found in (sizes, merged))

    if small.result == "devolve":
        assert large.result == "devolve"


RETAINED = {
    "immunisation": ("retain", "R1"),
    "screening": ("retain", "R1"),
    "child-health-information": ("retain", "R1"),
    "highly-specialised": ("retain", "R2c"),
    "secure-and-detained-health": ("retain", "R4"),
    "benefit-payments": ("retain", "R3"),
    "prisons": ("retain", "R4"),
    "sexual-assault-referral": ("devolve_with_entitlement", "R6"),
    **dict.fromkeys(
        (
            *("hospital", "community-health", "mental-health", "maternity"),
            *("prescribing", "primary-medical"),
        ),
        ("devolve_with_entitlement", "R6"),
    ),
    **dict.fromkeys(
        (
            *("jobcentre-plus", "employment-support", "adult-skills"),
            *("apprenticeships", "probation", "youth-justice"),
        ),
        ("devolve", "default"),
    ),
    "specialised-ready": ("devolve_with_entitlement or joint", None),
    "specialised-other": ("devolve_with_entitlement or joint or retain", None),
}


def test_the_list_of_what_stays_follows_from_the_rules_and_facts_alone() -> None:
    inputs = shipped_test_inputs()
    found = {
        service: assess(one, ENGLAND, inputs.thresholds) for service, one in inputs.facts.items()
    }

    assert {
        service: (" or ".join(result.possible), result.decided_by)
        for service, result in found.items()
    } == RETAINED
    secure = found[FunctionCode("secure-and-detained-health")]
    assert {one.rule for one in secure.fired} == {"R4", "R5"}


def test_smaller_areas_share_what_is_too_rare_for_one_of_them() -> None:
    inputs = shipped_test_inputs()
    plan = line(*([900_000] * 64))
    ready = assess(inputs.facts[FunctionCode("specialised-ready")], plan, inputs.thresholds)
    other = assess(inputs.facts[FunctionCode("specialised-other")], plan, inputs.thresholds)

    assert ready.possible == ("devolve_with_entitlement", "joint")
    assert other.possible == ("joint", "retain")


def test_every_fault_of_a_file_is_listed_at_once() -> None:
    values = {
        "thresholds": {"joint_areas": 9, "outside_share": "0.5", "rivals": 2, "source": "us"},
        "source": {"us": {"title": "Ours", "publisher": "us", "published": "2026"}},
        "service": {
            "one": {"custody": "yes", "source": "us", "state": "seen"},
            "two": {"incidence": 0, "planning_population": {}, "source": "us", "state": "seen"},
        },
    }
    with pytest.raises(TestInputError) as caught:
        read_test_inputs(Section(file="mine.toml", key="", values=values))

    assert sorted(str(fault.column) for fault in caught.value.faults) == [
        "incidence",
        "service.one.custody",
        "service.two.planning_population.least",
        "thresholds.joint_areas",
    ]


def test_two_hundred_services_in_38_areas_take_less_than_a_tenth_of_a_second() -> None:
    service = facts(planning_population=None, incidence=Fraction(2), safe_volume=Fraction(30))
    best = min(repeat(lambda: assess(service, ENGLAND, LIMITS), number=200, repeat=3))
    assert best < 2 * 0.1, "twice the goal, for a machine that is busy"
