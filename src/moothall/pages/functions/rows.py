"""Functions, the register and bodies as rows of a file."""

from dataclasses import asdict

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.cabinets import bodies_of
from moothall.centre.queries.holders import functions_of, register_rows
from moothall.pages.frame.downloads import Rows, told


def function_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a function."""
    return [told(asdict(row)) for row in functions_of(plan)]


def held_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a function and block."""
    return [told(asdict(row)) for row in register_rows(plan)]


def body_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a body."""
    return [told(asdict(row)) for row in bodies_of(plan)]
