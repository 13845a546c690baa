"""Timetables: the worked example, its lever, and laws of dates, floats and waits."""

import random
from dataclasses import replace
from datetime import date
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.transition.errors import TimetableError
from folkmoot.transition.tasks import Task, TaskKind
from folkmoot.transition.timetable import Timetable
from folkmoot.vocabulary.codes import FunctionCode, TaskCode

START = date(2027, 5, 1)


def task(code: str, months: int, *after: str, kind: TaskKind = "prepare") -> Task:
    waits = tuple(TaskCode(one) for one in after)
    return Task(code=TaskCode(code), title=code, months=months, after=waits, kind=kind)


EXAMPLE = [
    task("law", 18, kind="law"),
    task("form", 12, "law", kind="form"),
    task("assess", 6, "form", kind="assess"),
    task("shadow", 12, "assess", kind="shadow"),
    task("data", 24, "law"),
    task("contracts", 9, "form"),
    task("vest", 0, "shadow", "data", "contracts", kind="vest"),
]
VEST = TaskCode("vest")


def test_the_worked_example() -> None:
    dated = Timetable.of(EXAMPLE, START)
    ends = {one.task.code: date(one.end // 12, one.end % 12 + 1, 1) for one in dated.dated}
    found = {one.task.code: (one.float_months, one.calendar_float_months) for one in dated.dated}

    assert ends == {
        "law": date(2028, 11, 1),
        "form": date(2029, 11, 1),
        "assess": date(2030, 5, 1),
        "shadow": date(2031, 5, 1),
        "data": date(2030, 11, 1),
        "contracts": date(2030, 8, 1),
        "vest": date(2032, 4, 1),
    }
    assert found == {
        **dict.fromkeys(("law", "form", "assess", "shadow"), (0, 11)),
        "data": (6, 17),
        "contracts": (9, 20),
        "vest": (0, 0),
    }
    assert dated.by_code[VEST].wait_months == 11
    assert [one.task.code for one in dated.critical_path()] == [
        *("law", "form", "assess", "shadow", "vest")
    ]


def test_one_month_sooner_wins_a_year() -> None:
    lever = Timetable.of(EXAMPLE, START).lever(VEST)

    assert (lever.months, lever.vests_on) == (1, date(2031, 4, 1))
    assert lever.tasks == ("law", "form", "assess", "shadow")


def test_a_lever_may_shorten_a_task_below_the_least_it_is_thought_to_take() -> None:
    ranged = [
        one if one.is_vesting else replace(one, least_months=one.months, most_months=40)
        for one in EXAMPLE
    ]
    assert Timetable.of(ranged, START).lever(VEST).tasks == ("law", "form", "assess", "shadow")


@pytest.mark.parametrize("code", ["law", "form", "assess", "shadow"])
def test_each_lever_does_what_it_says(code: str) -> None:
    shorter = [replace(one, months=one.months - (one.code == code)) for one in EXAMPLE]
    assert Timetable.of(shorter, START).by_code[VEST].first_day == date(2031, 4, 1)


def test_days_are_included_at_both_ends() -> None:
    law = Timetable.of(EXAMPLE, START).by_code[TaskCode("law")]
    assert (law.first_day, law.last_day) == (START, date(2028, 10, 31))


def test_a_vesting_that_is_ready_on_the_first_of_april_does_not_wait() -> None:
    dated = Timetable.of([task("a", 11), task("vest", 0, "a", kind="vest")], START)
    vest = dated.by_code[VEST]

    assert (vest.first_day, vest.last_day, vest.wait_months) == (
        date(2028, 4, 1),
        date(2028, 4, 1),
        0,
    )


def test_a_fixed_day_is_kept_and_gives_those_before_it_their_float() -> None:
    fixed = replace(task("term-ends", 1, "law"), fixed_day=date(2030, 1, 1))
    dated = Timetable.of([task("law", 18), fixed, task("after", 2, "term-ends")], START)
    found = dated.by_code[fixed.code]

    assert (found.wait_months, dated.end) == (13, date(2030, 3, 1))
    assert dated.by_code[TaskCode("law")].float_months == 13
    assert found.float_months == 0


def test_a_fixed_day_before_its_task_can_be_done_is_refused() -> None:
    fixed = replace(task("term-ends", 1, "law"), fixed_day=date(2028, 1, 1))
    with pytest.raises(
        TimetableError, match="must end on 2028-01-01, and cannot be done before 2028-12-01"
    ):
        Timetable.of([task("law", 18), fixed], START)


def test_a_start_that_is_not_the_first_of_a_month_is_refused() -> None:
    with pytest.raises(TimetableError, match="write 2027-05-01"):
        Timetable.of(EXAMPLE, date(2027, 5, 9))


def test_no_tasks_take_no_time() -> None:
    dated = Timetable.of([], START)
    assert (dated.end, dated.months, dated.critical_path()) == (START, 0, ())


def test_a_function_vests_when_it_has_vested_in_every_area() -> None:
    skills = FunctionCode("skills")
    early, late = (
        replace(task(f"vest-{n}", 0, before, kind="vest"), functions=(skills,))
        for n, before in enumerate(("law", "data"))
    )
    dated = Timetable.of([*EXAMPLE, early, late], START)
    assert dated.vesting_days() == {skills: date(2031, 4, 1)}


@st.composite
def projects(draw: st.DrawFn) -> list[Task]:
    count = draw(st.integers(1, 9))
    found = []
    for n in range(count):
        kind: TaskKind = "vest" if draw(st.booleans()) else "prepare"
        after = draw(st.sets(st.integers(0, n - 1), max_size=3)) if n else set()
        months = 0 if kind == "vest" else draw(st.integers(0, 40))
        found.append(task(f"t{n}", months, *(f"t{m}" for m in sorted(after)), kind=kind))
    return found


starts = st.tuples(st.integers(2020, 2030), st.integers(1, 12)).map(lambda ym: date(*ym, 1))


@given(projects(), starts, st.randoms(use_true_random=False))
def test_the_order_of_tasks_changes_nothing(
    tasks: list[Task], start: date, rng: random.Random
) -> None:
    shuffled = list(tasks)
    rng.shuffle(shuffled)
    assert Timetable.of(shuffled, start) == Timetable.of(tasks, start)


@given(projects(), starts)
def test_months_and_waits_of_the_critical_path_make_the_length(
    tasks: list[Task], start: date
) -> None:
    dated = Timetable.of(tasks, start)
    path = dated.critical_path()

    assert sum(one.task.months + one.wait_months for one in path) == dated.months
    assert (
        path[0].start - path[0].wait_months * path[0].task.is_vesting
        == start.year * 12 + start.month - 1
    )


@given(projects(), starts)
def test_nothing_starts_before_what_it_waits_for_and_vestings_fall_on_the_first_of_april(
    tasks: list[Task], start: date
) -> None:
    dated = Timetable.of(tasks, start)
    for one in dated.dated:
        assert all(dated.by_code[before].end <= one.start for before in one.task.after)
        assert one.float_months >= 0
        assert one.calendar_float_months >= one.float_months
        if one.task.is_vesting:
            assert (one.first_day.month, one.first_day.day) == (4, 1)
            assert 0 <= one.wait_months < 12


@given(projects(), starts, st.data())
def test_adding_a_link_or_lengthening_a_task_never_ends_sooner(
    tasks: list[Task], start: date, data: st.DataObject
) -> None:
    end = Timetable.of(tasks, start).end
    at = data.draw(st.integers(0, len(tasks) - 1))
    one = tasks[at]
    linked = replace(one, after=(*one.after, *([tasks[at - 1].code] if at else [])))
    longer = replace(one, months=one.months + (0 if one.is_vesting else 5))

    for changed in (linked, longer):
        assert Timetable.of([*tasks[:at], changed, *tasks[at + 1 :]], start).end >= end


@given(projects(), starts, st.data())
def test_a_task_that_takes_its_calendar_float_longer_moves_no_vesting_day_and_not_the_end(
    tasks: list[Task], start: date, data: st.DataObject
) -> None:
    dated = Timetable.of(tasks, start)
    work = [one for one in dated.dated if not one.task.is_vesting]
    if not work:
        return
    late = data.draw(st.sampled_from(work))
    longer = replace(late.task, months=late.task.months + late.calendar_float_months)
    again = Timetable.of([longer if one.code == longer.code else one for one in tasks], start)

    assert again.end == dated.end
    for one in dated.dated:
        if one.task.is_vesting:
            assert again.by_code[one.task.code].start == one.start


@given(projects(), starts, st.data())
def test_a_lever_wins_a_year(tasks: list[Task], start: date, data: st.DataObject) -> None:
    dated = Timetable.of(tasks, start)
    vestings = [one for one in dated.dated if one.task.is_vesting]
    if not vestings:
        return
    vest = data.draw(st.sampled_from(vestings))
    lever = dated.lever(vest.task.code)
    for code in lever.tasks:
        shorter = [
            replace(one, months=one.months - lever.months * (one.code == code)) for one in tasks
        ]
        assert Timetable.of(shorter, start).by_code[vest.task.code].first_day <= lever.vests_on


def test_three_thousand_tasks_take_a_twentieth_of_a_second() -> None:
    tasks = [
        task(f"t{n:04d}", n % 7, *(f"t{m:04d}" for m in {n // 2, n - 1, n - 9} if 0 <= m < n))
        for n in range(3000)
    ]
    best = min(repeat(lambda: Timetable.of(tasks, START), number=1, repeat=5))
    assert best < 2 * 0.05, "twice the goal, for a machine that is busy"
