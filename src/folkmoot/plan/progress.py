"""What a plan folder says should have been earned, with what was done.

In:        a plan folder; the steps that are done, each with its day.
Out:       goals by kind, and steps with their owners, as ``transition.progress`` takes them.
Rule:      functions weigh as many residents as they serve. A stream's money counts when the last
           of its functions has vested in an area: no source says what each function is worth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from folkmoot.plan.errors import ProgressError
from folkmoot.plan.folder import PlanFolder
from folkmoot.readers.tables import Faults, nearest, read_table
from folkmoot.transition.progress import Goal, PlannedStep
from folkmoot.vocabulary.codes import TaskCode

DONE_COLUMNS = ("task", "done_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoals:
    """What is to be earned by a plan."""

    start: date
    by_kind: Mapping[str, tuple[Goal, ...]]
    """``functions``, ``residents`` and ``money``."""
    steps: tuple[PlannedStep, ...]


def plan_goals(plan: PlanFolder, done: Mapping[TaskCode, date]) -> PlanGoals:
    """Goals and steps of a plan folder."""
    rows = plan.tables["timetable"]
    people: dict[str, int] = {}
    area_of = {row["block"]: row["area"] for row in plan.tables["areas"]}
    for row in plan.tables["blocks"]:
        area = area_of[row["block"]]
        people[area] = people.get(area, 0) + int(row["population"])
    vests = [row for row in rows if row["kind"] == "vest" and row["area"]]
    functions = tuple(
        Goal(
            weight=people[row["area"]] * len(row["functions"].split("; ")),
            planned=_day(row["first_day"]),
            done=done.get(TaskCode(row["task"])),
        )
        for row in vests
    )
    residents = tuple(
        _all_of([row for row in vests if row["area"] == area], count, done)
        for area, count in sorted(people.items())
        if any(row["area"] == area for row in vests)
    )
    return PlanGoals(
        start=min((_day(row["first_day"]) for row in rows), default=date.min),
        by_kind={
            "functions": functions,
            "residents": residents,
            "money": tuple(_money(plan, vests, done)),
        },
        steps=tuple(
            PlannedStep(
                code=TaskCode(row["task"]),
                title=row["title"],
                owner="area" if row["area"] else "centre",
                after=tuple(map(TaskCode, filter(None, row["waits_for"].split("; ")))),
                due=_due(row),
                done=done.get(TaskCode(row["task"])),
            )
            for row in rows
        ),
    )


def read_done(path: Path, plan: PlanFolder) -> dict[TaskCode, date]:
    """Read which steps are done: a CSV file with the columns ``task`` and ``done_on``.

    A row without a day is a step that is not done yet.

    Raises
    ------
    ProgressError
        With every fault and its row.
    """
    faults = Faults()
    table = read_table(path, faults)
    known = {row["task"] for row in plan.tables["timetable"]}
    found: dict[TaskCode, date] = {}
    if table is not None and table.has(*DONE_COLUMNS):
        table.once(["task"])
        cells = zip(table.columns["task"], table.columns["done_on"], strict=True)
        for number, (task, told) in enumerate(cells):
            if task not in known:
                table.fault(number, "task", f"'{task}' is no step.", nearest(task, known))
            if not told:
                continue
            try:
                found[TaskCode(task)] = date.fromisoformat(told)
            except ValueError:
                mend = "Write year-month-day: 2031-04-01."
                table.fault(number, "done_on", f"'{told}' is not a day.", mend)
    if faults.found:
        raise ProgressError(str(path), faults.found)
    return found


def _money(
    plan: PlanFolder, vests: list[Mapping[str, str]], done: Mapping[TaskCode, date]
) -> list[Goal]:
    """A goal for each grant of the first year that the plan settles."""
    stream_of = {row["function"]: row["stream"] for row in plan.tables["function_catalogue"]}
    grants = plan.tables["settlement"]
    first = min((row["year"] for row in grants), default="")
    goals = []
    for grant in grants:
        served = [
            row
            for row in vests
            if row["area"] == grant["area"]
            and grant["stream"] in {stream_of.get(one) for one in row["functions"].split("; ")}
        ]
        if grant["year"] == first and served:
            goals.append(_all_of(served, int(grant["pence"]), done))
    return goals


def _all_of(rows: list[Mapping[str, str]], weight: int, done: Mapping[TaskCode, date]) -> Goal:
    """A goal that is reached when the last of some vestings is."""
    days = [done.get(TaskCode(row["task"])) for row in rows]
    known = [day for day in days if day is not None]
    return Goal(
        weight=weight,
        planned=max(_day(row["first_day"]) for row in rows),
        done=max(known) if len(known) == len(days) else None,
    )


def _due(row: Mapping[str, str]) -> date:
    """The day on which a step should be done: of work, the day after its last."""
    last = _day(row["last_day"])
    return last if row["kind"] == "vest" else last + timedelta(days=1)


def _day(cell: str) -> date:
    return date.fromisoformat(cell)
