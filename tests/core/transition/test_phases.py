"""The default phases: the months they were meant to take, made out for any areas."""

from datetime import date, timedelta

import pytest

from folkmoot.parameters.reader import Section
from folkmoot.services.abroad import examples_abroad
from folkmoot.services.figures import shipped_figures
from folkmoot.services.functions import shipped_functions
from folkmoot.transition.errors import TimetableError
from folkmoot.transition.phases import (
    Deadline,
    late_words,
    phased_timetable,
    read_phases,
    shipped_phases,
)
from folkmoot.transition.tables import TIMETABLE_COLUMNS, timetable_rows
from folkmoot.transition.timetable import Timetable
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode, FunctionCode, TaskCode
from folkmoot.vocabulary.source import Source

SOURCE = {"title": "Terms", "publisher": "an office", "published": "2025"}


def plan(areas: int) -> AreaPlan:
    return AreaPlan.of({BlockCode(f"b{n:02d}"): AreaCode(f"A{n:02d}") for n in range(1, areas + 1)})


def timetable(areas: int = 38) -> Timetable:
    return phased_timetable(plan(areas))


def test_the_shipped_plan_ends_within_the_proposal_s_estimate() -> None:
    phases = shipped_phases()
    assert timetable().months <= phases.target_months == 180
    assert phases.limit_months == 204


@pytest.mark.parametrize(
    ("phase", "first", "ready"),
    [
        ("0 framework", 0, 24),
        ("1 bodies and skills", 18, 48),
        ("2 employment", 42, 72),
        ("3 youth justice, police governance", 54, 84),
        ("4 health near home", 66, 108),
        ("5 probation", 84, 120),
        ("6 hospital and joint specialised", 102, 150),
        ("7 close", 150, 180),
    ],
)
def test_each_phase_takes_the_months_it_was_meant_to(phase: str, first: int, ready: int) -> None:
    dated = timetable()
    start = dated.start.year * 12 + dated.start.month - 1
    tasks = [one for one in dated.dated if one.task.phase == phase]

    assert min(one.start for one in tasks) - start == first
    assert {one.ready - start for one in tasks if one.task.is_vesting} == {ready}


def test_every_function_vests_once_in_every_area_or_once_in_the_country() -> None:
    dated = timetable(3)
    vested: dict[str, list[str | None]] = {}
    for one in dated.dated:
        for function in one.task.functions:
            vested.setdefault(function, []).append(one.task.area)

    assert set(vested) == {one.code for one in shipped_functions().functions}
    assert {tuple(areas) for areas in vested.values()} == {(None,), ("A01", "A02", "A03")}


def test_a_task_of_an_area_waits_for_its_own_area_and_one_of_the_country_for_all() -> None:
    dated = timetable(2).by_code

    assert dated[TaskCode("vest-employment-A02")].task.after == (
        "shadow-employment",
        "vest-skills-A02",
    )
    assert dated[TaskCode("assess-skills")].task.after == ("form-A01", "form-A02", "entitlements")


def test_another_start_moves_every_day() -> None:
    later = phased_timetable(plan(2), start=date(2030, 4, 1))
    assert later.end == date(2045, 4, 1)
    with pytest.raises(TimetableError, match="not the first of a month"):
        phased_timetable(plan(2), start=date(2030, 4, 2))


def test_names_of_areas_stand_in_titles() -> None:
    dated = phased_timetable(plan(1), names={AreaCode("A01"): "Teesside"})
    title = dated.by_code[TaskCode("form-A01")].task.title
    assert title.endswith(": Teesside")


def test_rows_name_days_waits_and_phases_and_no_task_begins_before_another_ends() -> None:
    rows = [dict(zip(TIMETABLE_COLUMNS, row, strict=True)) for row in timetable_rows(timetable(3))]
    by_task = {row["task"]: row for row in rows}

    assert len(by_task) == len(rows)
    for row in rows:
        first = date.fromisoformat(str(row["first_day"]))
        for before in filter(None, str(row["waits_for"]).split("; ")):
            last = date.fromisoformat(str(by_task[before]["last_day"]))
            assert last < first or (last == first and by_task[before]["kind"] == "vest")
    vest = by_task["vest-hospital-A01"]
    assert (vest["months"], vest["first_day"], vest["wait_months"]) == (0, "2040-04-01", 6)


def test_the_same_areas_give_the_same_rows() -> None:
    assert list(timetable_rows(timetable(4))) == list(timetable_rows(timetable(4)))


def test_every_fault_of_a_file_is_listed_at_once() -> None:
    values = {
        "start_day": date(2027, 4, 1) + timedelta(days=1),
        "target": {"months": 0, "source": SOURCE},
        "limit": {"months": 204, "source": SOURCE},
        "deadline": {"probation": {"last_day": "May", "note": "terms end", "source": SOURCE}},
        "task": {"law": {"title": "Law", "phase": "0", "kind": "lore", "months": -1, "wait": 3}},
    }
    with pytest.raises(TimetableError) as caught:
        read_phases(Section(file="mine.toml", key="", values=values))

    assert {str(fault.column) for fault in caught.value.faults} == {
        *("task.law.kind", "task.law.months", "task.law.wait", "target.months", "source"),
        "deadline.probation.last_day",
    }


def test_police_governance_vests_after_its_deadline_and_the_timetable_says_so() -> None:
    dated = timetable(2)
    (said,) = late_words(dated, shipped_phases().deadlines)

    assert said.startswith("To check: police governance vests on 1 April 2034, but the terms of")
    assert "May 2028" in said
    assert "(Home Office, 2025-11-13)" in said
    assert "The first body of this plan is formed by 1 October 2029" in said


def test_a_timetable_that_meets_a_deadline_says_nothing() -> None:
    days = {"probation": date(2037, 4, 1), "unknown": date(2000, 1, 1)}
    deadlines = [
        Deadline(
            function=FunctionCode(function), last_day=day, says="term ends", source=Source(**SOURCE)
        )
        for function, day in days.items()
    ]

    assert late_words(timetable(1), deadlines) == ()


def test_the_shipped_target_and_limit_are_those_of_the_figures() -> None:
    phases = shipped_phases()

    assert phases.target_months == shipped_figures()["reform-years"].value * 12
    assert phases.limit_months == examples_abroad()["japan-years"].value * 12
