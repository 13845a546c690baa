"""Planning again: what is kept stays, what is late moves what waits for it, and laws of both."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.transition.progress import PlannedStep
from folkmoot.transition.replan import replan
from folkmoot.transition.tasks import Task
from folkmoot.transition.timetable import Timetable
from folkmoot.vocabulary.codes import TaskCode

START = date(2027, 5, 1)


def planned(tasks: list[Task]) -> list[PlannedStep]:
    """The steps of a timetable, none of them done."""
    return [
        PlannedStep(
            code=one.task.code,
            title=one.task.title,
            owner="centre",
            after=one.task.after,
            due=one.first_day if one.task.is_vesting else one.last_day + timedelta(days=1),
            months=one.task.months,
            is_vesting=one.task.is_vesting,
        )
        for one in Timetable.of(tasks, START).dated
    ]


def task(code: str, months: int, *after: str) -> Task:
    return Task(
        code=TaskCode(code),
        title=code,
        months=months,
        after=tuple(map(TaskCode, after)),
        kind="prepare" if months else "vest",
    )


WORKED = [
    task("law", 18),
    task("form", 12, "law"),
    task("assess", 6, "form"),
    task("shadow", 12, "assess"),
    task("data", 24, "law"),
    task("contracts", 9, "form"),
    task("vest", 0, "shadow", "data", "contracts"),
]
"""The worked timetable of the specification: shadow ends 2031-05-01, vesting 2032-04-01."""


def done(steps: list[PlannedStep], **days: date) -> list[PlannedStep]:
    return [replace(one, done=days.get(one.code, one.done)) for one in steps]


def test_a_step_that_came_a_month_sooner_vests_a_year_earlier() -> None:
    steps = done(planned(WORKED), law=date(2028, 9, 30))
    found = replan(steps, START, date(2028, 10, 15))

    assert found.first_end == date(2032, 4, 1)
    assert found.new_end == date(2031, 4, 1)
    assert {one.step.code: one.months for one in found.moved} == {
        **dict.fromkeys(("form", "assess", "shadow", "data", "contracts"), -1),
        "vest": -12,
    }


def test_an_overdue_step_counts_as_done_at_once_unless_somebody_says_how_long_it_takes() -> None:
    steps = planned(WORKED)
    at_once = replan(steps, START, date(2029, 5, 10))
    told = [replace(one, months_left=5 if one.code == "law" else None) for one in steps]
    later = replan(told, START, date(2029, 5, 10))

    assert at_once.again[TaskCode("law")] == date(2029, 6, 1)
    assert at_once.new_end == date(2032, 4, 1)  # seven months late are within its wait
    assert later.again[TaskCode("law")] == date(2029, 11, 1)
    assert later.again[TaskCode("shadow")] == date(2032, 5, 1)
    assert later.new_end == date(2033, 4, 1)


def test_what_went_back_to_the_centre_vests_again_in_the_next_april() -> None:
    steps = [replace(one, done=one.due) for one in planned(WORKED)]
    steps = [replace(one, returned=date(2033, 7, 1)) if one.is_vesting else one for one in steps]

    assert replan(steps, START, date(2033, 6, 30)).remaining == ()
    found = replan(steps, START, date(2033, 7, 1))
    assert [(one.step.code, one.again) for one in found.remaining] == [("vest", date(2034, 4, 1))]
    assert found.first_end == date(2032, 4, 1)


tasks = (
    st.lists(st.integers(0, 30), min_size=1, max_size=9)
    .flatmap(
        lambda months: st.tuples(
            st.just(months), st.lists(st.integers(0, 8), min_size=len(months), max_size=len(months))
        )
    )
    .map(
        lambda drawn: [
            task(f"t{n}", months, *([f"t{before % n}"] if n else []))
            for n, (months, before) in enumerate(zip(*drawn, strict=True))
        ]
    )
)


@given(tasks, st.integers(0, 3000))
def test_in_a_plan_that_is_kept_nothing_moves(given_tasks: list[Task], days: int) -> None:
    day = START + timedelta(days=days)
    kept = [replace(one, done=one.due) if one.due <= day else one for one in planned(given_tasks)]
    found = replan(kept, START, day)

    assert found.moved == ()
    assert found.new_end == found.first_end


@given(tasks, st.integers(0, 3000), st.integers(0, 24), st.data())
def test_more_months_left_never_end_sooner_and_order_changes_nothing(
    given_tasks: list[Task], days: int, more: int, data: st.DataObject
) -> None:
    day, steps = START + timedelta(days=days), planned(given_tasks)
    chosen = data.draw(st.sampled_from([one.code for one in steps]))
    less, longer = (
        replan(
            [replace(one, months_left=n) if one.code == chosen else one for one in steps],
            START,
            day,
        )
        for n in (more, more + 1)
    )

    assert less.new_end <= longer.new_end
    assert all(one.again >= day for one in less.remaining)
    assert replan(data.draw(st.permutations(steps)), START, day) == replan(steps, START, day)
