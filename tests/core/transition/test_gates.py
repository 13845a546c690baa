"""Readiness gates: the worked example, deferrals, and laws of levels and of bodies."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.parameters.reader import Section, packaged
from folkmoot.transition.errors import AssessmentError, IndependenceError, VerdictError
from folkmoot.transition.gates import (
    Assessment,
    Gate,
    Passed,
    Waiting,
    gate,
    standing,
    standings,
    vesting_groups,
)
from folkmoot.transition.rules import read_rules, shipped_rules
from folkmoot.transition.verdicts import PilotResultWord, Verdict
from folkmoot.vocabulary.codes import AreaCode, CommissionerCode
from folkmoot.vocabulary.errors import ParameterError

BODY, OTHER = CommissionerCode("body-A01"), CommissionerCode("body-A02")
THEMES = [theme.code for theme in shipped_rules().readiness.themes]
GROUPS = sorted(shipped_rules().readiness.class_of)
DAY = date(2031, 4, 1)


def assessed(
    *levels: int,
    body: CommissionerCode = BODY,
    on: date = date(2031, 1, 1),
    months: int = 24,
    group: str = "",
) -> list[Assessment]:
    """One assessment a theme; level 0 means none."""
    return [
        Assessment(
            body=body,
            theme=theme,
            level=level,
            assessor="the auditor",
            evidence="report",
            assessed_on=on,
            valid_months=months,
            function_group=group,
        )
        for theme, level in zip(THEMES, levels, strict=True)
        if level
    ]


def lacks(found: Gate) -> list[tuple[str, str, str]]:
    shortfalls = found.shortfalls if isinstance(found, Waiting) else ()
    return [(one.theme.code, one.held, one.needed) for one in shortfalls]


def test_hospital_services_wait_for_two_themes() -> None:
    found = gate(BODY, "hospital", DAY, assessed(3, 3, 3, 2))

    assert lacks(found) == [
        ("finance", "Core", "Advanced"),
        ("reporting", "Developing", "Core"),
    ]


def test_shadow_asks_for_less() -> None:
    assert gate(BODY, "skills", DAY, assessed(2, 2, 2, 2), stage="shadow") == Passed()
    assert isinstance(gate(BODY, "skills", DAY, assessed(2, 2, 2, 2)), Waiting)


def test_an_assessment_counts_to_its_last_day_and_then_as_none() -> None:
    rows = assessed(3, 3, 3, 3, on=date(2030, 8, 31), months=6)
    last = rows[0].last_day

    assert last == date(2031, 2, 27)
    assert gate(BODY, "skills", last, rows) == Passed()
    assert {held for _, held, _ in lacks(gate(BODY, "skills", date(2031, 2, 28), rows))} == {
        "not assessed"
    }


def test_the_latest_assessment_counts_even_if_it_is_worse() -> None:
    rows = [*assessed(4, 4, 4, 4), *assessed(0, 0, 0, 1, on=date(2031, 2, 1))]

    assert lacks(gate(BODY, "skills", DAY, rows)) == [("reporting", "Emerging", "Core")]


def test_an_assessment_of_one_group_counts_for_no_other() -> None:
    rows = assessed(3, 3, 3, 3, group="skills")

    assert gate(BODY, "skills", DAY, rows) == Passed()
    assert isinstance(gate(BODY, "employment", DAY, rows), Waiting)


def test_what_waits_vests_on_the_first_april_that_finds_the_gate_open() -> None:
    rows = assessed(3, 3, 3, 3, on=date(2032, 6, 1))
    found = standing(BODY, "skills", DAY, date(2033, 5, 1), rows)

    assert (found.deferrals, found.vests_on, found.has_vested) == (2, date(2033, 4, 1), True)


def test_the_third_deferral_goes_to_the_ladder() -> None:
    second, third = (
        standing(BODY, "skills", DAY, date(year, 4, 1), assessed(1, 1, 1, 1, months=60))
        for year in (2032, 2033)
    )

    assert (second.deferrals, second.goes_to_ladder) == (2, False)
    assert (third.deferrals, third.goes_to_ladder, third.vests_on) == (3, True, date(2034, 4, 1))


def test_a_body_does_not_assess_itself() -> None:
    with pytest.raises(IndependenceError, match="assesses itself"):
        Assessment(
            body=BODY,
            theme="people",
            level=3,
            assessor=" Body-A01 ",
            evidence="report",
            assessed_on=DAY,
        )


def test_every_fault_of_an_assessment_is_named() -> None:
    with pytest.raises(AssessmentError) as told:
        Assessment(
            body=BODY,
            theme="luck",
            level=5,
            assessor="the auditor",
            evidence=" ",
            assessed_on=DAY,
            valid_months=0,
            function_group="weather",
        )

    assert [fault.column for fault in told.value.faults] == [
        *("theme", "level", "function_group", "evidence", "valid_months")
    ]


def test_vestings_of_a_timetable_are_read_by_body_and_group() -> None:
    area = AreaCode("A01")
    steps = [
        ("vest-skills-A01", area, DAY),
        ("vest-centre", AreaCode(""), DAY),
        ("form-A01", area, DAY),
    ]

    assert vesting_groups(steps) == {(BODY, "skills"): DAY}


ASKING = shipped_rules().readiness.asking_for_pilots(["skills"])


def verdict(result: PilotResultWord, on: date = date(2031, 3, 1)) -> Verdict:
    return Verdict(
        function_group="skills",
        pilot="Skills in three areas",
        result=result,
        decided_on=on,
        decider="the Devolution Unit",
        evidence="report",
    )


def test_as_shipped_no_gate_asks_for_a_pilot() -> None:
    assert shipped_rules().readiness.pilot_groups == frozenset()


def test_a_file_that_asks_for_a_pilot_of_an_unknown_group_is_refused() -> None:
    file = packaged("transition.toml")
    changed = {**file.values, "pilot": {**file.values["pilot"], "groups": ["hospital", "luck"]}}
    with pytest.raises(ParameterError, match="'luck' is no group of functions"):
        read_rules(Section(file="mine.toml", key="", values=changed))


def test_a_gate_that_asks_for_a_pilot_stays_closed_without_its_result() -> None:
    rows = assessed(4, 4, 4, 4)
    found = gate(BODY, "skills", DAY, rows, rules=ASKING)

    assert lacks(found) == [("pilot", "without a result", "shown")]
    assert isinstance(found, Waiting)
    assert str(found.shortfalls[0]) == (
        "proof of concept is without a result and must be shown: a pilot, declared before it "
        "started, is judged, and its result is entered in pilots.csv."
    )
    assert gate(BODY, "employment", DAY, rows, rules=ASKING) == Passed()
    assert gate(BODY, "skills", DAY, rows, rules=ASKING, stage="shadow") == Passed()


def test_the_latest_result_until_the_day_counts() -> None:
    rows = assessed(4, 4, 4, 4)
    shown, later = verdict("shown"), verdict("not shown", on=date(2031, 3, 20))

    def found(on: date, *verdicts: Verdict) -> Gate:
        return gate(BODY, "skills", on, rows, verdicts=verdicts, rules=ASKING)

    assert found(DAY, shown) == Passed()
    assert lacks(found(date(2031, 2, 28), shown)) == [("pilot", "without a result", "shown")]
    assert found(date(2031, 3, 19), later, shown) == Passed()
    assert lacks(found(DAY, shown, later)) == [("pilot", "not shown", "shown")]
    same_day = [verdict("shown"), verdict("not shown")]
    assert lacks(found(DAY, *same_day)) == lacks(found(DAY, *same_day[::-1])) != []


def test_what_waits_for_a_pilot_vests_in_the_april_after_its_result() -> None:
    rows = assessed(4, 4, 4, 4, months=60)
    told = standing(
        *(BODY, "skills", DAY, date(2033, 5, 1), rows),
        verdicts=[verdict("shown", on=date(2032, 6, 1))],
        rules=ASKING,
    )

    assert (told.deferrals, told.vests_on, told.has_vested) == (2, date(2033, 4, 1), True)


def test_every_fault_of_a_result_is_named() -> None:
    with pytest.raises(VerdictError) as told:
        Verdict(
            function_group="weather",
            pilot=" ",
            result="shown",
            decided_on=DAY,
            decider="",
            evidence="",
        )

    assert [fault.column for fault in told.value.faults] == [
        *("function_group", "pilot", "decider", "evidence")
    ]


levels = st.lists(st.integers(0, 4), min_size=len(THEMES), max_size=len(THEMES))


@given(levels, st.sampled_from(GROUPS), st.integers(0, len(THEMES) - 1))
def test_raising_a_level_never_closes_a_gate(held: list[int], group: str, theme: int) -> None:
    raised = [min(4, level + (n == theme)) for n, level in enumerate(held)]
    before, after = (gate(BODY, group, DAY, assessed(*one)) for one in (held, raised))

    assert {one[0] for one in lacks(after)} <= {one[0] for one in lacks(before)}


@given(levels, levels, st.sampled_from(GROUPS))
def test_the_gate_of_one_body_does_not_know_another(
    held: list[int], others: list[int], group: str
) -> None:
    mine, both = assessed(*held), [*assessed(*others, body=OTHER), *assessed(*held)]
    planned = {(BODY, group): DAY, (OTHER, group): DAY}

    assert gate(BODY, group, DAY, both) == gate(BODY, group, DAY, mine)
    assert standings(planned, DAY, both) == standings(planned, DAY, both[::-1])


@given(levels, st.sampled_from(GROUPS), st.integers(0, 600))
def test_a_gate_once_open_stays_open_while_assessments_are_valid(
    held: list[int], group: str, later: int
) -> None:
    rows = assessed(*held)
    on = date.fromordinal(rows[0].assessed_on.toordinal() + later) if rows else DAY

    assert gate(BODY, group, DAY, rows) == gate(BODY, group, on, rows)
