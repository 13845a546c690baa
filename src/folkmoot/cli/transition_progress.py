"""``folkmoot transition progress``: how far a transition has come, beside its plan."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import DAY, FILE, FOLDER, force_option, json_option
from folkmoot.cli.transition_gates import given_assessments, given_verdicts
from folkmoot.exhibits.progress import phases_again, progress_chart, progress_table
from folkmoot.plan.done import DONE_COLUMNS, MORE_COLUMNS, read_done
from folkmoot.plan.folder import PlanFolder, read_plan
from folkmoot.plan.progress import PlanGoals, plan_goals
from folkmoot.transition.progress import LateStep, PlannedStep, Progress, late_steps, progress
from folkmoot.transition.replan import Replan, replan
from folkmoot.vocabulary.codes import TaskCode

DONE = "done.csv"
SHOWN = 12
REPLAN_COLUMNS = ("task", "title", "area", "planned", "again", "months_later")


@click.command("progress")
@click.argument("folder", type=FOLDER)
@click.option("--day", type=DAY, required=True, metavar="DAY", help="The day to look from.")
@click.option(
    "--done",
    "done_path",
    type=FILE,
    metavar="FILE",
    help="Steps that are done, as CSV: task, done_on. Default: done.csv in FOLDER.",
)
@click.option(
    "--assessments",
    "assessments_path",
    type=FILE,
    metavar="FILE",
    help="Assessments of readiness, for the gates. Default: assessments.csv in FOLDER.",
)
@click.option("--svg", type=FILE, metavar="FILE", help="Draw planned and earned functions.")
@click.option(
    "--replan",
    "replan_path",
    type=FILE,
    metavar="FILE",
    help="Write the steps that are left as CSV, planned again beside the first plan.",
)
@click.option(
    "--template",
    "template_path",
    type=FILE,
    metavar="FILE",
    help="Write the table of steps to fill in.",
)
@force_option
@json_option
def progress_command(
    *,
    folder: Path,
    day: datetime,
    done_path: Path | None,
    assessments_path: Path | None,
    svg: Path | None,
    replan_path: Path | None,
    template_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Set what has vested beside the plan: value, months, whose delay it is, and the rest again.

    FOLDER is the plan folder that was agreed: it stays as it is, and what is left is planned
    again beside it. For example:

        folkmoot transition progress build/plan --day 2033-06-01 --done done.csv
    """
    for path in filter(None, (svg, replan_path, template_path)):
        check_free(path, force=force)
    plan = read_plan(folder)
    on = day.date()
    given = done_path or (folder / DONE if (folder / DONE).is_file() else None)
    done = read_done(given, plan) if given is not None else {}
    assessed = given_assessments(assessments_path, folder)
    verdicts = given_verdicts(None, folder)
    goals = plan_goals(plan, done, on, assessments=assessed, verdicts=verdicts)
    if template_path is not None:
        write(template_path, _template(plan), force=force)
        click.echo(f"Written to {template_path}: fill in the day of each step.", err=True)
    found = {kind: progress(some, goals.start, on) for kind, some in goals.by_kind.items()}
    late, again = late_steps(goals.steps, on), replan(goals.steps, goals.start, on)
    back = tuple(one for one in goals.steps if one.returned is not None and one.returned <= on)
    if svg is not None:
        functions = goals.by_kind["functions"]
        title = f"Functions that have vested until {on}, beside the plan"
        drawn = progress_chart(functions, goals.start, on, title=title, again=again.again)
        write(svg, drawn + "\n", force=force)
    if replan_path is not None:
        write(replan_path, csv_text(REPLAN_COLUMNS, _again_rows(again, plan)), force=force)
    if as_json:
        print_json(
            {
                "day": on.isoformat(),
                "progress": {kind: _as_json(one) for kind, one in found.items()},
                "returned": [_returned_json(one) for one in back],
                "late": [_late_json(one) for one in late],
                "replan": _replan_json(again),
            }
        )
        return
    if given is None:
        click.echo(
            "No table says which steps are done, so nothing counts as earned. Write one to fill "
            "in with: --template done.csv\n"
        )
    click.echo("\n".join(_lines(found, late, goals, on, again)))
    click.echo("\n".join(_more(back, again, plan, has_assessments=bool(assessed))))


def _template(plan: PlanFolder) -> str:
    rows = plan.tables["timetable"]
    planned = [(row["task"], "", "", "", row["title"], row["last_day"]) for row in rows]
    return csv_text((*DONE_COLUMNS, *MORE_COLUMNS, "title", "planned_last_day"), planned)


def _lines(
    found: Mapping[str, Progress],
    late: tuple[LateStep, ...],
    goals: PlanGoals,
    on: date,
    again: Replan,
) -> Iterator[str]:
    yield f"On {on}:"
    header = ("share of", "planned", "earned", "index", "month of the plan earned", "ahead, months")
    yield table(header, [_cells(kind, one) for kind, one in found.items()])
    functions = found["functions"]
    yield f"\n{_forecast(functions)}"
    moved = progress_table(goals.by_kind["functions"], on, again.again)
    yield "\nFunctions, weighed by residents:"
    yield table(tuple(column.heading for column in moved.columns), moved.rows)
    if not late:
        yield "\nNo step is late."
        return
    own = [one for one in late if not one.waits_for]
    for owner, name in (("centre", "the centre's"), ("area", "the areas'")):
        count = sum(one.step.owner == owner for one in own)
        waits = sum(one.step.owner == owner for one in late) - count
        yield f"\nLate steps of {name} own: {count}; that wait for another late step: {waits}."
    yield table(
        ("late by its own delay", "whose", "was due", "months"),
        [
            (one.step.title, one.step.owner, f"{one.step.due}", f"{float(one.months):.1f}")
            for one in own[:SHOWN]
        ],
        text=3,
    )
    if len(own) > SHOWN:
        yield f"… and {len(own) - SHOWN} more: --json has them all."


def _more(
    back: Sequence[PlannedStep], again: Replan, plan: PlanFolder, *, has_assessments: bool
) -> Iterator[str]:
    """What went back to the centre, and what is left, planned again."""
    if not has_assessments:
        yield (
            "\nNo assessments are given, so a gate counts as passed only where its functions have "
            "vested: --assessments FILE."
        )
    if back:
        yield "\nReturned to the centre, and no longer earned:"
        rows = [(one.title, f"{one.done}", f"{one.returned}") for one in back]
        yield table(("vesting", "vested on", "returned on"), rows, text=3)
    phases = {TaskCode(row["task"]): row["phase"] for row in plan.tables["timetable"]}
    shown = phases_again(phases, again)
    yield f"\nWhat is left, planned again from {again.day} beside the first plan:"
    yield table(tuple(column.heading for column in shown.columns), shown.rows, text=3)
    yield (
        f"{len(again.moved)} of {len(again.remaining)} steps that are left have moved. An overdue "
        "step counts as done at once unless 'months_left' says otherwise, so these are the "
        "earliest days. The first plan stands as it was agreed."
    )


def _cells(kind: str, one: Progress) -> tuple[str, ...]:
    return (
        kind,
        f"{float(one.planned_value):.1%}",
        f"{float(one.earned_value):.1%}",
        "·" if one.index is None else f"{float(one.index):.2f}",
        f"{float(one.earned_months):.1f} of {float(one.months):.1f}",
        f"{float(one.variance_months):+.1f}",
    )


def _forecast(one: Progress) -> str:
    if one.state != "under way":
        return f"By functions the plan is {one.state}."
    if one.forecast_months is None:
        return "By functions nothing has been earned yet, so there is no pace to forecast from."
    return (
        f"At the pace so far the last function vests after {float(one.forecast_months):.0f} "
        f"months, not {one.planned_length}."
    )


def _as_json(one: Progress) -> dict[str, object]:
    return {
        "state": one.state,
        "planned_value": float(one.planned_value),
        "earned_value": float(one.earned_value),
        "index": None if one.index is None else float(one.index),
        "months": float(one.months),
        "earned_months": float(one.earned_months),
        "variance_months": float(one.variance_months),
        "planned_length": one.planned_length,
        "forecast_months": None if one.forecast_months is None else float(one.forecast_months),
    }


def _again_rows(told: Replan, plan: PlanFolder) -> Iterator[tuple[object, ...]]:
    areas = {row["task"]: row["area"] for row in plan.tables["timetable"]}
    for one in told.remaining:
        step = one.step
        yield (step.code, step.title, areas[step.code], step.due, one.again, one.months)


def _returned_json(one: PlannedStep) -> dict[str, object]:
    return {"task": one.code, "vested_on": f"{one.done}", "returned_on": f"{one.returned}"}


def _replan_json(told: Replan) -> dict[str, object]:
    return {
        "first_end": told.first_end.isoformat(),
        "new_end": told.new_end.isoformat(),
        "remaining": len(told.remaining),
        "moved": [
            {
                "task": one.step.code,
                "planned": one.step.due.isoformat(),
                "again": one.again.isoformat(),
                "months": one.months,
            }
            for one in told.moved
        ],
    }


def _late_json(one: LateStep) -> dict[str, object]:
    return {
        "task": one.step.code,
        "owner": one.step.owner,
        "due": one.step.due.isoformat(),
        "months": float(one.months),
        "waits_for": one.waits_for,
    }
