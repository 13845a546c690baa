"""Tasks, gates and the starts of settlements as rows of a file."""

from dataclasses import asdict

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.readiness import gate_rows as gates
from moothall.centre.queries.readiness import starts_of
from moothall.centre.queries.timetable import task_rows
from moothall.pages.frame.downloads import Rows, told


def timetable_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a task, in the order of the plan."""
    return [told(asdict(row)) for row in task_rows(plan)]


def gate_rows(plan: DevolutionPlan) -> Rows:
    """Return one row an area, group of functions and theme."""
    return [told(asdict(row)) for row in gates(plan)]


def start_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a settlement."""
    return [told(asdict(row)) for row in starts_of(plan)]
