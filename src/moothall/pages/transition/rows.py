"""The tasks of the transition as rows of a file."""

from dataclasses import asdict

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.timetable import task_rows
from moothall.pages.frame.downloads import Rows


def timetable_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a task, in the order of the plan."""
    return [
        {**asdict(row), "first_day": f"{row.first_day}", "last_day": f"{row.last_day}"}
        for row in task_rows(plan)
    ]
