"""``folkmoot transition readiness``: which gates are open, and what is lacking."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import DAY, FILE, FOLDER, force_option, json_option
from folkmoot.exhibits.gate_matrix import gate_matrix, gate_table
from folkmoot.plan.folder import read_plan
from folkmoot.readers.tables import Faults, read_table
from folkmoot.transition.errors import AssessmentError, IndependenceError, VerdictError
from folkmoot.transition.gates import (
    Assessment,
    Shortfall,
    Standing,
    Waiting,
    standings,
    vesting_groups,
)
from folkmoot.transition.inputs import read_assessments, read_pilots, template
from folkmoot.transition.phases import shipped_phases
from folkmoot.transition.rules import shipped_rules
from folkmoot.transition.timetable import Timetable
from folkmoot.transition.verdicts import Verdict
from folkmoot.vocabulary.codes import AreaCode, CommissionerCode

ASSESSMENTS, PILOTS = "assessments.csv", "pilots.csv"
Planned = dict[tuple[CommissionerCode, str], date]
Names = dict[CommissionerCode, str]


@click.command("readiness")
@click.argument("folder", type=FOLDER, metavar="[FOLDER]", required=False)
@click.option(
    "--assessments",
    "assessments_path",
    type=FILE,
    metavar="FILE",
    help="Assessments as CSV. Default: assessments.csv in FOLDER.",
)
@click.option(
    "--pilots",
    "pilots_path",
    type=FILE,
    metavar="FILE",
    help="What pilots showed, as CSV. Default: pilots.csv in FOLDER.",
)
@click.option(
    "--needs-pilot",
    "needs_pilot",
    multiple=True,
    type=click.Choice(sorted(shipped_rules().readiness.class_of)),
    help="Let the gate of a group ask for a pilot's result, too; may be given again.",
)
@click.option(
    "--day", type=DAY, metavar="DAY", help="As of a day. Default: that of the latest assessment."
)
@click.option("--svg", type=FILE, metavar="FILE", help="Draw the gate matrix.")
@click.option(
    "--template",
    "template_path",
    type=FILE,
    metavar="FILE",
    help="Write a table to fill in: a row for each body and theme.",
)
@force_option
@json_option
def readiness_command(
    *,
    folder: Path | None,
    assessments_path: Path | None,
    pilots_path: Path | None,
    needs_pilot: tuple[str, ...],
    day: datetime | None,
    svg: Path | None,
    template_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Show which gates are open to which body, and what each lacks.

    FOLDER is a plan folder: it names the bodies and the days on which functions are to vest.
    Without it, bodies are those that are assessed, and days those of the shipped phases. A body
    that waits vests on the next 1 April; its other functions go on. For example:

        folkmoot transition readiness build/plan --assessments assessments.csv

        folkmoot transition readiness build/plan --needs-pilot hospital --pilots pilots.csv
    """
    for path in filter(None, (svg, template_path)):
        check_free(path, force=force)
    found = given_assessments(assessments_path, folder)
    verdicts = given_verdicts(pilots_path, folder)
    rules = shipped_rules().readiness.asking_for_pilots(needs_pilot)
    planned, names = _planned(folder, found)
    if template_path is not None:
        bodies = list(dict.fromkeys(body for body, _ in planned))
        write(template_path, _template(bodies), force=force)
        click.echo(f"Written to {template_path}: fill in a row for each body and theme.", err=True)
    if not found:
        if template_path is None or as_json:
            print_json([]) if as_json else click.echo("\n".join(_empty()))
        return
    on = day.date() if day else max(one.assessed_on for one in found)
    told = standings(planned, on, found, verdicts=verdicts, rules=rules)
    if svg is not None:
        write(svg, gate_matrix(told, names, title=f"Readiness on {on}") + "\n", force=force)
    if as_json:
        print_json([_as_json(one) for one in told])
    else:
        click.echo("\n".join(_lines(told, names, on)))


def given_assessments(path: Path | None, folder: Path | None) -> tuple[Assessment, ...]:
    """The assessments of a file, or of the one in a folder; none where there is neither.

    Raises
    ------
    AssessmentError
        With every fault; ``IndependenceError`` when all are bodies that assess themselves.
    """
    path = path or _beside(folder, ASSESSMENTS)
    if path is None:
        return ()
    faults = Faults()
    rows = read_table(path, faults)
    found = tuple(one.value for one in read_assessments(rows)) if rows is not None else ()
    if faults.found:
        own = all("assesses itself" in fault.problem for fault in faults.found)
        raise (IndependenceError if own else AssessmentError)(str(path), faults.found)
    return found


def given_verdicts(path: Path | None, folder: Path | None) -> tuple[Verdict, ...]:
    """What pilots showed, by a file or by the one in a folder; nothing where there is neither.

    Raises
    ------
    VerdictError
        With every fault.
    """
    path = path or _beside(folder, PILOTS)
    if path is None:
        return ()
    faults = Faults()
    rows = read_table(path, faults)
    found = tuple(one.value for one in read_pilots(rows)) if rows is not None else ()
    if faults.found:
        raise VerdictError(str(path), faults.found)
    return found


def _beside(folder: Path | None, name: str) -> Path | None:
    """A table that stands in a plan folder, if it does."""
    return folder / name if folder is not None and (folder / name).is_file() else None


def _planned(folder: Path | None, found: Sequence[Assessment]) -> tuple[Planned, Names]:
    """When each body is to take over each group; what bodies are called."""
    if folder is not None:
        plan = read_plan(folder)
        steps = [
            (row["task"], AreaCode(row["area"]), date.fromisoformat(row["first_day"]))
            for row in plan.tables["timetable"]
        ]
        rows = plan.tables["commissioners"]
        return vesting_groups(steps), {
            CommissionerCode(row["commissioner"]): row["name"] for row in rows
        }
    area = AreaCode("any")
    phases = shipped_phases()
    dated = Timetable.of(phases.tasks_for([area]), phases.start_day).dated
    steps = [(one.task.code, one.task.area or AreaCode(""), one.first_day) for one in dated]
    days = {group: day for (_, group), day in vesting_groups(steps).items()}
    bodies = sorted({one.body for one in found})
    return {(body, group): day for body in bodies for group, day in days.items()}, {}


def _template(bodies: Sequence[CommissionerCode]) -> str:
    """A row for each body and theme, with an example where no body is known."""
    header, example = template("assessments")
    if not bodies:
        return csv_text(header, [example])
    themes = shipped_rules().readiness.themes
    blank = [""] * (len(header) - 2)
    return csv_text(header, [(body, one.code, *blank) for body in bodies for one in themes])


def _empty() -> Iterator[str]:
    rules = shipped_rules().readiness
    yield "Nobody has been assessed yet, so no gate is open."
    yield (
        "\nAn assessment is a row of a CSV file: "
        f"{', '.join(template('assessments')[0])}. The assessor is not the body itself."
    )
    yield f"  theme   {'; '.join(f'{one.code} ({one.name})' for one in rules.themes)}"
    yield f"  level   {'; '.join(rules.levels)}"
    yield "\nWhat the gates ask for:"
    yield table(
        ("functions", "in shadow from", "vest from"),
        [
            (
                ", ".join(one.groups),
                rules.levels[one.shadow - 1],
                _asked(one.vest, rules.levels),
            )
            for one in rules.classes
        ],
        text=3,
    )
    yield "\nWrite a table to fill in with: --template assessments.csv"


def _asked(vest: Mapping[str, int], levels: Sequence[str]) -> str:
    usual = min(vest.values())
    more = [f"{levels[level - 1]} in {theme}" for theme, level in vest.items() if level > usual]
    return ", ".join([levels[usual - 1], *more])


def _lines(told: Sequence[Standing], names: Names, on: date) -> Iterator[str]:
    yield f"On {on}:"
    shown = gate_table(told, names)
    header = tuple(column.heading for column in shown.columns)
    yield table(header, shown.rows, text=len(header))
    waiting = [one for one in told if isinstance(one.gate, Waiting)]
    body = None
    for one in waiting:
        if one.body != body:
            yield f"\n{names.get(one.body, one.body)}"
            body = one.body
        moved = f", planned for {one.planned_day}" if one.deferrals else ""
        yield f"  {one.group} waits, until {one.vests_on} at least{moved}: {_short_of(one)}."
        if one.goes_to_ladder:
            yield (
                f"    This is deferral {one.deferrals}: the Devolution Unit asks why, and the "
                f"body has {shipped_rules().framework.reply_days} days to reply."
            )
    yield from _looks_like(waiting)
    passed = len(told) - len(waiting)
    yield f"\n{passed} of {len(told)} gates are open. What waits holds nothing else back."


def _lacks(one: Standing) -> tuple[Shortfall, ...]:
    return one.gate.shortfalls if isinstance(one.gate, Waiting) else ()


def _short_of(one: Standing) -> str:
    return "; ".join(f"{lack.theme.code} {lack.held}, needs {lack.needed}" for lack in _lacks(one))


def _looks_like(waiting: Sequence[Standing]) -> Iterator[str]:
    """What the levels that are lacking look like, each once."""
    wanted = {
        (lack.theme.name, lack.needed): lack.looks_like for one in waiting for lack in _lacks(one)
    }
    if wanted:
        yield "\nWhat these levels look like:"
    yield from (f"  {theme}, {level}: {text}." for (theme, level), text in sorted(wanted.items()))


def _as_json(one: Standing) -> dict[str, object]:
    lacks = _lacks(one)
    return {
        "body": one.body,
        "group": one.group,
        "passed": not lacks,
        "vested": one.has_vested,
        "planned_day": one.planned_day.isoformat(),
        "vests_on": one.vests_on.isoformat(),
        "deferrals": one.deferrals,
        "goes_to_ladder": one.goes_to_ladder,
        "shortfalls": [
            {
                "theme": lack.theme.code,
                "held": lack.held,
                "needed": lack.needed,
                "sentence": str(lack),
            }
            for lack in lacks
        ],
    }
