"""What the centre watches: short lists, few triggers, no step skipped, names mean nothing."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.transition.errors import LadderError, OutsideFrameworkError
from folkmoot.transition.rules import shipped_rules
from folkmoot.transition.watch import (
    Framework,
    LadderStep,
    Return,
    Trigger,
    Watched,
    check_step,
    next_step,
    reply_due,
    standing_steps,
    triggers,
)
from folkmoot.vocabulary.codes import AreaCode

STEPS = shipped_rules().framework.steps
FRAMEWORK = Framework(
    version=1,
    outcomes=("fewer return to prison", "more people in work"),
    entitlements=("a GP near home",),
    conditions=("audited", "published"),
    returns=(Return(name="accounts", item="audited", returns_a_year=1, fields=40),),
)
A, B = AreaCode("A01"), AreaCode("A02")


def step(name: str, **given_fields: object) -> LadderStep:
    one = LadderStep(
        area=A,
        about="audited",
        step=STEPS[0],
        decider="the Devolution Unit",
        reason="no accounts",
        evidence="the register of accounts",
        taken_on=date(2033, 1, 1),
        review_on=date(2033, 6, 1),
        statute="the Act",
        scope="accounts",
        end_day=date(2034, 1, 1),
    )
    return replace(one, step=name, **given_fields)  # type: ignore[arg-type]  # fields by name


def test_the_lists_stay_short() -> None:
    with pytest.raises(OutsideFrameworkError, match="lists 13 outcomes; 12 is the most"):
        replace(FRAMEWORK, outcomes=tuple(f"o{n}" for n in range(13)))


def test_what_no_list_holds_is_not_asked_for() -> None:
    with pytest.raises(OutsideFrameworkError, match="agree an amendment that both sides sign"):
        FRAMEWORK.check_asks("beds by ward")
    with pytest.raises(OutsideFrameworkError, match="'beds' is on no list"):
        replace(FRAMEWORK, returns=(Return(name="b", item="beds", returns_a_year=12, fields=9),))
    with pytest.raises(OutsideFrameworkError, match="'beds' is on no list"):
        triggers([Watched(area=A, period=1, worsened=frozenset({"beds"}))], FRAMEWORK)


def test_a_version_that_asks_for_more_says_so() -> None:
    monthly = Return(name="accounts", item="audited", returns_a_year=12, fields=40)
    more = replace(FRAMEWORK, version=2, returns=(monthly,))

    with pytest.raises(OutsideFrameworkError, match="asks for 480 cells a year, version 1 for 40"):
        more.check_follows(FRAMEWORK)
    replace(more, says_burden_rises=True).check_follows(FRAMEWORK)
    FRAMEWORK.check_follows(more)


def test_a_target_of_process_is_warned_of() -> None:
    told = replace(FRAMEWORK, outcomes=("Waiting times under 18 weeks",)).warnings
    assert "belongs to the area" in told[0]
    assert FRAMEWORK.warnings == ()


def test_a_worsening_counts_when_it_lasts_and_an_entitlement_when_it_is_confirmed() -> None:
    item, right = FRAMEWORK.outcomes[0], FRAMEWORK.entitlements[0]
    once = Watched(
        area=A, period=1, worsened=frozenset({item}), entitlements_not_met={right: "carers"}
    )
    assert triggers([once], FRAMEWORK) == ()

    found = triggers([once, replace(once, period=2)], FRAMEWORK)
    assert [(one.kind, one.about) for one in found] == [("entitlement", right), ("worsening", item)]
    other = replace(once, period=2, entitlements_not_met={right: "children"}, worsened=frozenset())
    assert triggers([once, other], FRAMEWORK) == ()


def test_no_field_holds_a_rank_or_an_average() -> None:
    names = {one.name for one in fields(Watched)}
    assert names == {
        *("area", "period", "entitlements_not_met", "worsened", "conditions_breached"),
        *("deferred_groups", "ledger_balances"),
    }


watched = st.builds(
    Watched,
    area=st.sampled_from((A, B)),
    period=st.integers(1, 3),
    entitlements_not_met=st.dictionaries(
        st.sampled_from(FRAMEWORK.entitlements), st.sampled_from(("carers", "children"))
    ),
    worsened=st.frozensets(st.sampled_from(FRAMEWORK.outcomes)),
    conditions_breached=st.frozensets(st.sampled_from(FRAMEWORK.conditions)),
    deferred_groups=st.frozensets(st.sampled_from(("skills", "hospital"))),
    ledger_balances=st.booleans(),
)
observations = st.lists(watched, max_size=6, unique_by=lambda one: (one.area, one.period))


@given(observations)
def test_what_areas_are_called_permutes_the_triggers(observed: list[Watched]) -> None:
    other = {A: B, B: A}
    swapped = [replace(one, area=other[one.area]) for one in observed]
    back = sorted(replace(one, area=other[one.area]) for one in triggers(swapped, FRAMEWORK))

    assert tuple(back) == triggers(observed, FRAMEWORK)


@given(observations, st.integers(0, 5))
def test_what_gets_better_never_adds_a_trigger(observed: list[Watched], at: int) -> None:
    better = [
        one if n != at else Watched(area=one.area, period=one.period)
        for n, one in enumerate(observed)
    ]
    assert set(triggers(better, FRAMEWORK)) <= set(triggers(observed, FRAMEWORK))


def test_steps_are_taken_one_at_a_time() -> None:
    trigger = Trigger(area=A, kind="condition", about="audited", reason="")
    assert next_step(trigger, []) == "watch"
    assert next_step(trigger, [step("watch")]) == "ask"
    assert next_step(trigger, [step(STEPS[-1])]) is None

    check_step(step("ask"), [step("watch")])
    with pytest.raises(LadderError, match="'ask' comes before it"):
        check_step(step("support"), [step("watch")])
    check_step(step("support", danger_to_life=True), [])
    assert reply_due(step("ask")) == date(2033, 1, 31)


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        (STEPS[-1], {"end_day": None}, "no statute, scope or end day"),
        (STEPS[-1], {"statute": ""}, "no statute, scope or end day"),
        ("ask", {"reason": ""}, "names no reason"),
        ("ask", {"decider": ""}, "names no decider"),
        ("ask", {"review_on": date(2033, 1, 1)}, "its review is not after it"),
        ("scold", {}, "it is no step"),
    ],
)
def test_a_step_without_its_grounds_is_refused(
    name: str, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(LadderError, match=said):
        step(name, **wrong)


def test_a_step_ends_by_itself_when_its_trigger_is_clear_for_two_periods() -> None:
    trigger = Trigger(area=A, kind="condition", about="audited", reason="")
    taken = [step("watch")]

    assert standing_steps(taken, [[trigger], []]) == tuple(taken)
    assert standing_steps(taken, [[trigger], [], []]) == ()
    assert standing_steps(taken, [[]]) == tuple(taken)
