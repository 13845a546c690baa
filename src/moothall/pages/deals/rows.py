"""Deals and their scores as rows of a file."""

from dataclasses import asdict

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.deals import deals_of, scores_of
from moothall.pages.frame.downloads import Rows, told


def deal_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a deal."""
    return [told(asdict(row)) for row in deals_of(plan)]


def score_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a deal, function and control; an unknown score is empty."""
    return [told(asdict(row)) for row in scores_of(plan)]
