"""Rows of the table in which a timetable is published."""

from collections.abc import Mapping

from folkmoot.transition.timetable import Timetable

Row = Mapping[str, str | int]


def timetable_rows(timetable: Timetable) -> tuple[Row, ...]:
    """One row a task, in an order in which each comes after those it waits for."""
    return tuple(
        {
            "task": dated.task.code,
            "title": dated.task.title,
            "area": dated.task.area or "",
            "kind": dated.task.kind,
            "months": dated.task.months,
            "first_day": dated.first_day.isoformat(),
            "last_day": dated.last_day.isoformat(),
            "waits_for": "; ".join(sorted(dated.task.after)),
            "phase": dated.task.phase,
            "wait_months": dated.wait_months,
            "float_months": dated.float_months,
            "functions": "; ".join(dated.task.functions),
        }
        for dated in timetable.dated
    )
