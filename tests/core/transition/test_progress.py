"""Progress: the worked example, a plan that is kept, and laws of value and months."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.transition.progress import Goal, PlannedStep, late_steps, progress
from folkmoot.vocabulary.codes import TaskCode

START = date(2030, 1, 1)


def after(months: int) -> date:
    return date(START.year + months // 12, months % 12 + 1, 1)


def evenly(earned: int, *, months: int = 120) -> list[Goal]:
    """One goal a month, the first so many of them done at once."""
    return [
        Goal(weight=1, planned=after(n), done=START if n <= earned else None)
        for n in range(1, months + 1)
    ]


def test_the_worked_example() -> None:
    found = progress(evenly(24), START, after(36))

    assert found.index == Fraction(2, 3)
    assert found.earned_months == 24
    assert found.variance_months == -12
    assert found.forecast_months == 180


def test_before_anything_is_due_nothing_is_forecast() -> None:
    found = progress([Goal(weight=5, planned=after(12))], START, after(6))

    assert (found.state, found.index, found.forecast_months) == ("not yet due", None, None)
    assert found.variance_months == 0


def test_when_all_is_earned_it_is_finished() -> None:
    found = progress(evenly(120), START, after(60))

    assert (found.state, found.forecast_months) == ("finished", None)
    assert found.variance_months == 60


def test_a_late_step_is_the_delay_of_whoever_owns_the_first() -> None:
    law = PlannedStep(
        code=TaskCode("law"), title="Law", owner="centre", after=(), due=after(2), done=after(9)
    )
    form = PlannedStep(
        code=TaskCode("form"), title="Form", owner="area", after=(TaskCode("law"),), due=after(4)
    )
    found = late_steps([form, law], after(6))

    assert [one.step.code for one in found] == ["law", "form"]
    assert [one.waits_for for one in found] == [(), ("law",)]
    assert [one.months for one in found] == [4, 2]
    assert [one.step.code for one in late_steps([form, law], after(10))] == ["form"]
    assert late_steps([form, law], after(10))[0].waits_for == ()


goals = st.lists(
    st.tuples(st.integers(1, 99), st.integers(1, 60), st.none() | st.integers(0, 90)),
    min_size=1,
    max_size=12,
).map(
    lambda rows: [
        Goal(weight=weight, planned=after(due), done=None if done is None else after(done))
        for weight, due, done in rows
    ]
)


@given(goals, st.integers(0, 90))
def test_a_plan_that_is_kept_is_on_time_every_day(found: list[Goal], month: int) -> None:
    kept = [Goal(weight=one.weight, planned=one.planned, done=one.planned) for one in found]
    told = progress(kept, START, after(month))

    assert told.variance_months == 0
    assert told.index in (1, None)


@given(goals, st.integers(0, 90))
def test_shares_lie_between_none_and_all_and_value_never_falls(
    found: list[Goal], month: int
) -> None:
    now, later = (progress(found, START, after(one)) for one in (month, month + 1))

    assert 0 <= now.earned_value <= later.earned_value <= 1
    assert 0 <= now.planned_value <= later.planned_value <= 1


@given(goals, st.integers(0, 90))
def test_months_and_value_agree_on_which_side_of_the_plan_it_is(
    found: list[Goal], month: int
) -> None:
    told = progress(found, START, after(month))
    ahead = told.earned_value - told.planned_value

    assert (told.variance_months < 0) == (ahead < 0)
    assert (told.variance_months > 0) == (ahead > 0)
    assert told.earned_months >= 0


@given(goals, st.integers(0, 90), st.data())
def test_order_changes_nothing(found: list[Goal], month: int, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(found))

    assert progress(mixed, START, after(month)) == progress(found, START, after(month))


@given(goals, st.integers(0, 90), st.integers(1, 40))
def test_value_falls_only_where_the_centre_has_something_back(
    found: list[Goal], month: int, later: int
) -> None:
    first = found[0]
    back = after((0 if first.done is None else month_of(first.done)) + later)
    returned = [replace(first, returned=back), *found[1:]]
    kept, fallen = (progress(some, START, after(month)) for some in (found, returned))

    has_gone = first.done is not None and back <= after(month)
    weight = Fraction(first.weight, sum(one.weight for one in found)) if has_gone else 0
    assert kept.earned_value - fallen.earned_value == weight


def month_of(day: date) -> int:
    return (day.year - START.year) * 12 + day.month - START.month


def test_a_vesting_that_went_back_is_late_again() -> None:
    step = PlannedStep(
        code=TaskCode("vest"),
        title="Vest",
        owner="area",
        after=(),
        due=after(3),
        done=after(3),
        returned=after(9),
        is_vesting=True,
    )

    assert late_steps([step], after(8)) == ()
    assert [one.months for one in late_steps([step], after(9))] == [6]
