"""The settlement as rows of a file, with its label on every row."""

from dataclasses import asdict

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.settlements import allocation_rows
from moothall.pages.frame.downloads import Rows


def settlement_rows(plan: DevolutionPlan) -> Rows:
    """Return one row an allocation."""
    return [asdict(row) for row in allocation_rows(plan)]
