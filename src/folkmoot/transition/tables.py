"""Rows of the table in which a timetable is published."""

from collections.abc import Iterator

from folkmoot.transition.timetable import Timetable

TIMETABLE_COLUMNS = (
    *("task", "title", "area", "kind", "months", "first_day", "last_day", "waits_for", "phase"),
    *("wait_months", "float_months", "functions"),
)


def timetable_rows(timetable: Timetable) -> Iterator[tuple[str | int, ...]]:
    """One row a task, in an order in which each comes after those it waits for."""
    for dated in timetable.dated:
        task = dated.task
        yield (
            *(task.code, task.title, task.area or "", task.kind, task.months),
            *(dated.first_day.isoformat(), dated.last_day.isoformat()),
            *("; ".join(sorted(task.after)), task.phase),
            *(dated.wait_months, dated.float_months, "; ".join(task.functions)),
        )
