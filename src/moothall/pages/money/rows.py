"""The settlement and its routes as rows of a file, with the label on every row."""

from dataclasses import asdict

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.administration import administration_of
from moothall.centre.queries.routes import routes_of
from moothall.centre.queries.settlements import allocation_rows, money_notes
from moothall.pages.frame.downloads import Rows


def settlement_rows(plan: DevolutionPlan) -> Rows:
    """Return one row an allocation."""
    return [asdict(row) for row in allocation_rows(plan)]


def route_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a band, before the plan and after it."""
    label = "; ".join(label.text for label in money_notes(plan).labels)
    return [{**asdict(row), "label": label} for row in routes_of(plan)]


def administration_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a year, with its label."""
    return [asdict(row) for row in administration_of(plan)]
