"""Set two plans that the hall holds side by side, with the core's own comparison and exhibit."""

from dataclasses import dataclass
from functools import lru_cache

from folkmoot.exhibits.comparison import comparison_facts, comparison_sections
from folkmoot.exhibits.sections import Section
from folkmoot.plan.compare import Comparison, compare
from folkmoot.plan.folder import PlanFolder
from folkmoot.vocabulary.errors import FolkmootError
from moothall.bridge.folders import folder_of
from moothall.centre.queries.plans import HeldPlan, held_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What differs between two plans; or why they cannot be compared."""

    fault: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    grants: tuple[dict[str, object], ...]
    """Every grant in both plans, as the file holds it."""


def compared(first: HeldPlan, second: HeldPlan) -> Compared:
    """Compare two plans of the hall."""
    return _compared(first.key, first.sha256, second.key, second.sha256)


# A plan never changes once it is constituted, so each process compares each pair of digests once.
@lru_cache(maxsize=8)
def _compared(first: int, _first: str, second: int, _second: str) -> Compared:
    folders = folder_of(held_plan(first)), folder_of(held_plan(second))
    try:
        told = compare(*folders)
    except FolkmootError as error:
        return Compared(fault=f"{error}", facts=(), sections=(), grants=())
    return _shown(told, *folders)


def _shown(told: Comparison, first: PlanFolder, second: PlanFolder) -> Compared:
    return Compared(
        fault="",
        facts=tuple(comparison_facts(told)),
        sections=comparison_sections(told, first, second),
        grants=tuple(
            {
                "first_area": one.first_area or "",
                "second_area": one.second_area or "",
                "stream": one.stream,
                "year": one.year,
                "first_pence": one.first_pence,
                "second_pence": one.second_pence,
                "change_pence": one.change,
                "label": "; ".join(told.labels),
            }
            for one in told.grants
        ),
    )
