"""The Gantt chart: every step once, with its waits, its longest chain and its lines."""

from datetime import date
from xml.etree import ElementTree as ET

from folkmoot.exhibits.timeline import steps, timeline, timeline_table
from folkmoot.transition.phases import phased_timetable, shipped_phases
from folkmoot.transition.uncertainty import draw_timetables
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode

AREAS = AreaPlan.of({BlockCode(f"b{n}"): AreaCode(f"A{n:02d}") for n in range(1, 4)})
TIMETABLE = phased_timetable(AREAS, names={AreaCode("A01"): "North <& East>"})


def words(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    return [one.strip() for one in root.itertext() if one.strip()]


def test_every_step_is_one_row_and_counts_its_areas() -> None:
    found = steps(TIMETABLE)

    assert len(found) == len(shipped_phases().tasks)
    assert {one.areas for one in found} == {0, 3}
    assert max(one.end for one in found) == max(one.end for one in TIMETABLE.dated)


def test_equal_chains_are_both_said_to_set_the_end() -> None:
    titles = {one.title for one in steps(TIMETABLE) if one.sets_the_end}

    assert {"Pass the statute", "Agree the area plan by negotiation"} <= titles
    assert "Probation vests" not in titles


def test_the_chart_and_its_table_say_the_same() -> None:
    drawn, table = words(timeline(TIMETABLE)), timeline_table(TIMETABLE)

    assert {"15 years", "17 years", "waits for 1 April"} <= set(drawn)
    assert len(table.rows) == len(steps(TIMETABLE))
    for row in table.rows:
        assert any(word.rstrip("…") and row[1].startswith(word.rstrip("…")) for word in drawn)


def test_drawn_durations_add_their_spread() -> None:
    tasks = [one.task for one in TIMETABLE.dated]
    drawn = draw_timetables(tasks, date(2027, 4, 1), draws=50, seed=1)

    added = set(words(timeline(TIMETABLE, drawn))) - set(words(timeline(TIMETABLE)))

    assert "vests in eight draws of ten, and in the middle one" in added
