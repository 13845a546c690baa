"""What a plan folder says should have been earned, with what was done.

In:        a plan folder; the steps that are done, each with its day; assessments of readiness.
Out:       goals by kind, and steps with their owners, as ``transition.progress`` takes them.
Rule:      functions weigh as many residents as they serve. A stream's money counts when the last
           of its functions has vested in an area: no source says what each function is worth.
           A gate is due on the day planned for its vesting; it counts as passed while it is
           open, and once its functions have vested.
Not here:  reading what is done (``plan.done``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from folkmoot.plan.done import Done
from folkmoot.plan.folder import PlanFolder
from folkmoot.transition.gates import Assessment, Passed, gate, vesting_groups
from folkmoot.transition.progress import Goal, PlannedStep
from folkmoot.transition.verdicts import Verdict
from folkmoot.vocabulary.codes import AreaCode, TaskCode

NOT_DONE = Done()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoals:
    """What is to be earned by a plan."""

    start: date
    by_kind: Mapping[str, tuple[Goal, ...]]
    """``functions``, ``residents``, ``money``, ``bodies`` formed and ``gates`` passed."""
    steps: tuple[PlannedStep, ...]


def plan_goals(
    plan: PlanFolder,
    done: Mapping[TaskCode, Done],
    day: date,
    *,
    assessments: Sequence[Assessment] = (),
    verdicts: Sequence[Verdict] = (),
) -> PlanGoals:
    """Goals and steps of a plan folder, with what is done until a day."""
    rows = plan.tables["timetable"]
    steps = {TaskCode(row["task"]): _step(row, done) for row in rows}
    people: dict[str, int] = {}
    area_of = {row["block"]: row["area"] for row in plan.tables["areas"]}
    for row in plan.tables["blocks"]:
        area = area_of[row["block"]]
        people[area] = people.get(area, 0) + int(row["population"])
    vests = [row for row in rows if row["kind"] == "vest" and row["area"]]
    functions = tuple(
        _goal(steps[TaskCode(row["task"])], people[row["area"]] * len(row["functions"].split("; ")))
        for row in vests
    )
    residents = tuple(
        _all_of([steps[TaskCode(row["task"])] for row in vests if row["area"] == area], count)
        for area, count in sorted(people.items())
        if any(row["area"] == area for row in vests)
    )
    bodies = tuple(
        _goal(steps[TaskCode(row["task"])], 1)
        for row in rows
        if row["kind"] == "form" and row["area"]
    )
    return PlanGoals(
        start=min((_day(row["first_day"]) for row in rows), default=date.min),
        by_kind={
            "functions": functions,
            "residents": residents,
            "money": tuple(_money(plan, vests, steps)),
            "bodies": bodies,
            "gates": tuple(_gates(vests, steps, day, assessments, verdicts)),
        },
        steps=tuple(steps.values()),
    )


def _step(row: Mapping[str, str], done: Mapping[TaskCode, Done]) -> PlannedStep:
    told = done.get(TaskCode(row["task"]), NOT_DONE)
    return PlannedStep(
        code=TaskCode(row["task"]),
        title=row["title"],
        owner="area" if row["area"] else "centre",
        after=tuple(map(TaskCode, filter(None, row["waits_for"].split("; ")))),
        due=_due(row),
        done=told.done,
        returned=told.returned,
        months=int(row["months"]),
        months_left=told.months_left,
        is_vesting=row["kind"] == "vest",
    )


def _goal(step: PlannedStep, weight: int) -> Goal:
    return Goal(
        weight=weight,
        planned=step.due,
        done=step.done,
        returned=step.returned,
        step=step.code,
    )


def _gates(
    vests: Sequence[Mapping[str, str]],
    steps: Mapping[TaskCode, PlannedStep],
    day: date,
    assessments: Sequence[Assessment],
    verdicts: Sequence[Verdict],
) -> Iterator[Goal]:
    """A goal for the gate of each group of functions and body."""
    for row in vests:
        step, area = steps[TaskCode(row["task"])], AreaCode(row["area"])
        for (body, group), planned in vesting_groups([(row["task"], area, step.due)]).items():
            own = [one for one in assessments if one.body == body]
            days = {one.assessed_on for one in own} | {one.decided_on for one in verdicts} | {day}
            opened = [
                one
                for one in sorted(days)
                if one <= day and isinstance(gate(body, group, one, own, verdicts=verdicts), Passed)
            ]
            passed = opened[:1] if day in opened else []
            if step.done is not None and step.is_done_on(day):
                passed.append(step.done)
            yield Goal(weight=1, planned=planned, done=min(passed, default=None))


def _money(
    plan: PlanFolder,
    vests: Sequence[Mapping[str, str]],
    steps: Mapping[TaskCode, PlannedStep],
) -> Iterator[Goal]:
    """A goal for each grant of the first year that the plan settles."""
    stream_of = {row["function"]: row["stream"] for row in plan.tables["function_catalogue"]}
    grants = plan.tables["settlement"]
    first = min((row["year"] for row in grants), default="")
    for grant in grants:
        served = [
            steps[TaskCode(row["task"])]
            for row in vests
            if row["area"] == grant["area"]
            and grant["stream"] in {stream_of.get(one) for one in row["functions"].split("; ")}
        ]
        if grant["year"] == first and served:
            yield _all_of(served, int(grant["pence"]))


def _all_of(steps: Sequence[PlannedStep], weight: int) -> Goal:
    """A goal that is reached when the last of some vestings is, until the first goes back."""
    known = [one.done for one in steps if one.done is not None]
    return Goal(
        weight=weight,
        planned=max(one.due for one in steps),
        done=max(known) if len(known) == len(steps) else None,
        returned=min((one.returned for one in steps if one.returned is not None), default=None),
    )


def _due(row: Mapping[str, str]) -> date:
    """The day on which a step should be done: of work, the day after its last."""
    last = _day(row["last_day"])
    return last if row["kind"] == "vest" else last + timedelta(days=1)


def _day(cell: str) -> date:
    return date.fromisoformat(cell)
