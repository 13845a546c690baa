"""Areas and conflicts as rows of a file: codes and whole numbers, with the label beside money."""

from dataclasses import asdict

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.negotiations import negotiations_of
from moothall.centre.queries.plans import area_list, settlement_years
from moothall.centre.queries.settlements import money_notes
from moothall.pages.frame.downloads import Rows


def area_rows(plan: DevolutionPlan) -> Rows:
    """Return one row an area, by code."""
    year = settlement_years(plan)[0]
    label = "; ".join(label.text for label in money_notes(plan).labels)
    return [{**asdict(row), "year": year, "label": label} for row in area_list(plan)]


def conflict_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a block in conflict."""
    return [
        {
            "negotiation": one.negotiation,
            "block": one.block,
            "block_name": one.block_name,
            "people": one.people,
            "area": one.area.code,
            "health_area": one.health.code,
            "economy_area": one.economy.code,
        }
        for negotiation in negotiations_of(plan)
        for one in negotiation.conflicts
    ]
