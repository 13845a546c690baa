"""Drawn timetables: against dating by hand, against the triangle itself, and as laws."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from timeit import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from folkmoot.transition.errors import TimetableError
from folkmoot.transition.phases import shipped_phases
from folkmoot.transition.tasks import Task, TaskKind
from folkmoot.transition.timetable import Timetable
from folkmoot.transition.uncertainty import Uncertainty, chance_words, draw_timetables
from folkmoot.vocabulary.codes import AreaCode, TaskCode

START = date(2027, 5, 1)


def task(
    code: str, least: int, likely: int, most: int, *after: str, kind: TaskKind = "prepare"
) -> Task:
    return Task(
        code=TaskCode(code),
        title=code,
        months=likely,
        least_months=least,
        most_months=most,
        after=tuple(TaskCode(one) for one in after),
        kind=kind,
    )


def drawn(*tasks: Task, draws: int = 400, seed: int = 1) -> Uncertainty:
    return draw_timetables(tasks, START, draws=draws, seed=seed)


tasks = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 60)),
    min_size=1,
    max_size=7,
).map(
    lambda rows: [
        task(f"t{n}", a, a + b, a + b + c, *(f"t{m}" for m in range(n) if links >> m & 1))
        for n, (a, b, c, links) in enumerate(rows)
    ]
)


@given(tasks)
@settings(deadline=None)
def test_durations_that_never_vary_give_the_timetable_itself(found: list[Task]) -> None:
    sure = [replace(one, least_months=None, most_months=None) for one in found]
    dated, told = Timetable.of(sure, START), drawn(*sure, draws=3)

    assert set(told.lengths) == {dated.months}
    for one in dated.critical_path():
        assert told.criticality[one.task.code] == 1


@given(tasks)
@settings(deadline=None)
def test_every_draw_lies_between_the_shortest_and_the_longest(found: list[Task]) -> None:
    shortest, longest = _ends(found)
    told = drawn(*found, draws=50)

    assert shortest <= told.lengths[0] <= told.lengths[-1] <= longest


def _ends(found: list[Task]) -> tuple[int, int]:
    """Length when every task takes its least, and when every one takes its most."""
    both = []
    for place in (0, 1):
        fixed = [
            replace(one, months=one.months_between[place], least_months=None, most_months=None)
            for one in found
        ]
        both.append(Timetable.of(fixed, START).months)
    return both[0], both[1]


@given(tasks.flatmap(lambda one: st.tuples(st.just(one), st.permutations(one))), st.integers(0, 99))
@settings(deadline=None)
def test_order_changes_nothing_and_a_seed_gives_the_same_draws(
    orders: tuple[list[Task], list[Task]], seed: int
) -> None:
    one, other = (drawn(*found, draws=20, seed=seed) for found in orders)

    assert one == other


def test_months_are_drawn_from_the_triangle() -> None:
    told = drawn(task("law", 12, 18, 36), draws=20_000)
    triangle = stats.triang(c=6 / 24, loc=12, scale=24)

    for months in range(13, 36):
        expected = triangle.cdf(months + 0.5)
        assert float(told.chance_by(months)) == pytest.approx(expected, abs=0.015)


def test_the_criticality_of_two_equal_branches_is_shared() -> None:
    told = drawn(task("a", 0, 50, 100), task("b", 0, 50, 100), draws=20_000)
    either = told.criticality[TaskCode("a")] + told.criticality[TaskCode("b")]

    assert float(told.criticality[TaskCode("a")]) == pytest.approx(0.5, abs=0.02)
    assert 1 <= either <= Fraction(105, 100)  # both in a tie


def test_a_wait_for_april_takes_up_a_delay() -> None:
    vest = task("vest", 0, 0, 0, "work", kind="vest")
    told = drawn(task("work", 1, 2, 11), vest)

    assert set(told.lengths) == {11}
    assert [(one.early, one.late) for one in told.phases] == [(date(2028, 4, 1),) * 2]


def test_a_fixed_day_that_is_missed_waits_for_the_next_year() -> None:
    vest = replace(task("vest", 0, 0, 0, "work", kind="vest"), fixed_day=date(2028, 7, 1))
    told = drawn(task("work", 1, 2, 30), vest)

    assert set(told.lengths) == {14, 23, 35}


def test_chance_and_quantile_agree() -> None:
    told = drawn(task("law", 12, 18, 36))

    for share in (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10), Fraction(1)):
        months = told.length_at(share)
        assert told.chance_by(months) >= share > told.chance_by(months - 1)


def test_months_out_of_order_are_refused() -> None:
    with pytest.raises(TimetableError, match="12, 6, 18 are not least, likely, most"):
        drawn(task("law", 12, 6, 18))


def test_the_shipped_plan_says_its_chances() -> None:
    phases = shipped_phases()
    areas = [AreaCode(f"A{n:02d}") for n in range(1, 39)]
    made = phases.tasks_for(areas)
    told = draw_timetables(made, phases.start_day, seed=1)

    assert told.draws == 10_000
    assert told.likely_months == phases.target_months
    assert 0 <= told.chance_by(phases.target_months) <= told.chance_by(phases.limit_months) <= 1


def test_three_thousand_tasks_are_drawn_ten_thousand_times_in_five_seconds() -> None:
    many = [
        task(f"t{n:04d}", 3, 6, 12, *([f"t{n - 30:04d}", f"t{n - 29:04d}"] if n >= 30 else []))
        for n in range(3000)
    ]

    assert min(repeat(lambda: drawn(*many, draws=10_000), number=1, repeat=2)) < 5


def test_words_say_how_many_draws_are_done_by_each_end() -> None:
    found = drawn(task("a", 10, 12, 20), draws=1000)

    words = chance_words(found, (9, 20))

    assert "none is done within 9 months" in words
    assert "100.0% are done within 20 months" in words
    assert "to be checked" in words
