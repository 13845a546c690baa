"""``folkmoot transition``: when functions vest, and what drives it."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import click

from folkmoot.areas.names import name_areas
from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    DAY,
    FILE,
    criteria_option,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
    seed_option,
)
from folkmoot.exhibits.timeline import timeline
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.transition.elections import Alignment, shipped_cycle
from folkmoot.transition.phases import late_words, phased_timetable, shipped_phases
from folkmoot.transition.tables import TIMETABLE_COLUMNS, timetable_rows
from folkmoot.transition.timetable import DatedTask, Lever, Timetable
from folkmoot.transition.uncertainty import LATE, Uncertainty, draw_timetables
from folkmoot.vocabulary.codes import TaskCode

PLAN = click.Path(path_type=Path)


@click.group()
def transition() -> None:
    """Say when functions vest, and what drives it."""


def timetable_options(command: click.decorators.FC) -> click.decorators.FC:
    """Add what every timetable needs: areas, places, criteria and a start."""
    start = click.option(
        "--start", type=DAY, metavar="DAY", help="First of a month. Default: the shipped start."
    )
    areas = click.option(
        "--areas", "plan_path", type=PLAN, required=True, metavar="PLAN", help="The plan's areas."
    )
    return areas(places_option(criteria_option(start(json_option(command)))))


@transition.command("timetable")
@timetable_options
@click.option("--out", type=FILE, metavar="FILE", help="Write every task as CSV.")
@click.option("--svg", type=FILE, metavar="FILE", help="Draw it as a Gantt chart.")
@click.option(
    "--draws",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="Draw durations so often, and say how sure the end is.",
)
@seed_option
@force_option
def timetable_command(
    *,
    plan_path: Path,
    package: Path | None,
    criteria_file: Path | None,
    start: datetime | None,
    out: Path | None,
    svg: Path | None,
    draws: int | None,
    seed: int,
    force: bool,
    as_json: bool,
) -> None:
    """Date the tasks of a transition, with the day on which each function vests.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. For example:

        folkmoot transition timetable --areas areas.csv --out timetable.csv
        folkmoot transition timetable --areas areas.csv --draws 10000 --seed 1 --svg gantt.svg
    """
    for path in filter(None, (out, svg)):
        check_free(path, force=force)
    dated = _timetable(plan_path, package, criteria_file, start)
    drawn = None
    if draws is not None:
        tasks = [one.task for one in dated.dated]
        drawn = draw_timetables(tasks, dated.start, draws=draws, seed=seed)
    if out is not None:
        write(out, csv_text(TIMETABLE_COLUMNS, timetable_rows(dated)), force=force)
    if svg is not None:
        write(svg, timeline(dated, drawn) + "\n", force=force)
    if as_json:
        rows = [dict(zip(TIMETABLE_COLUMNS, row, strict=True)) for row in timetable_rows(dated)]
        late = late_words(dated, shipped_phases().deadlines)
        chance = {} if drawn is None else {"chance": _chance(drawn)}
        print_json({"tasks": rows, "to_check": late, **chance})
    else:
        click.echo("\n".join(_phase_lines(dated)))
        if drawn is not None:
            click.echo("\n".join(_chance_lines(drawn, dated)))


@transition.command("critical-path")
@timetable_options
def critical_path_command(
    *,
    plan_path: Path,
    package: Path | None,
    criteria_file: Path | None,
    start: datetime | None,
    as_json: bool,
) -> None:
    """Show the chain of tasks that sets the end, and how to win a year.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. For example:

        folkmoot transition critical-path --areas areas.csv
    """
    dated = _timetable(plan_path, package, criteria_file, start)
    path = dated.critical_path()
    levers = [dated.lever(code) for code in _levers(dated)]
    if as_json:
        print_json(
            {
                "months": dated.months,
                "path": [_step(one) for one in path],
                "levers": [_lever(one) for one in levers],
            }
        )
        return
    header = ("task", "first day", "last day", "months", "wait")
    click.echo(table(header, [_cells(one) for one in path]))
    click.echo(f"\nThese months and waits make {dated.months}: done on {dated.end}.")
    for lever in levers:
        click.echo(
            f"\n'{lever.vesting}' comes a year earlier, on {lever.vests_on}, if any one of these "
            f"ends {lever.months} month(s) sooner:\n  {', '.join(lever.tasks) or 'none alone'}"
        )


@transition.command("elections")
@click.option(
    "--first",
    type=click.IntRange(1900, 9000),
    default=2030,
    show_default=True,
    metavar="YEAR",
    help="Year in whose April the first settlement starts.",
)
@click.option(
    "--settlements", type=click.IntRange(1, 40), default=5, show_default=True, help="How many."
)
@json_option
def elections_command(*, first: int, settlements: int, as_json: bool) -> None:
    """Show how long after an election each settlement starts, by the length of settlements.

    For example:

        folkmoot transition elections --first 2030
    """
    cycle = shipped_cycle()
    found = [
        cycle.alignment(first_start=first, years=years, settlements=settlements)
        for years in range(1, cycle.longest_settlement + 1)
    ]
    if as_json:
        print_json(found)
        return
    header = ("years", "starts", "years since the election", "same at every start")
    click.echo(table(header, [_alignment(one) for one in found], text=4))
    first_day = cycle.election_day(cycle.first_year)
    click.echo(
        f"\nElections every {cycle.every} years, as on {first_day}. A settlement that starts "
        f"{cycle.target_lag} year(s) after gives a new leader time to plan."
    )


def _timetable(
    plan_path: Path, package: Path | None, criteria_file: Path | None, start: datetime | None
) -> Timetable:
    """The timetable of a plan that a command names."""
    places = given_places(package)
    criteria = given_criteria(criteria_file, places)
    plan = read_area_plan(plan_path, places)
    first: date | None = start.date() if start else None
    return phased_timetable(plan, start=first, names=name_areas(plan, places, criteria))


def _phase_lines(dated: Timetable) -> Iterator[str]:
    phases: dict[str, list[DatedTask]] = {}
    for one in dated.dated:
        phases.setdefault(one.task.phase, []).append(one)
    yield table(
        ("phase", "begins", "vests", "wait"),
        [
            (
                phase,
                f"{min(one.first_day for one in tasks)}",
                f"{max((one.first_day for one in tasks if one.task.is_vesting), default='·')}",
                f"{max((one.wait_months for one in tasks), default=0)}",
            )
            for phase, tasks in sorted(phases.items())
        ],
    )
    yield ""
    yield table(
        ("function", "vests in every area"),
        [(function, f"{day}") for function, day in dated.vesting_days().items()],
    )
    phases_file = shipped_phases()
    yield ""
    yield (
        f"{len(dated.dated):,} tasks, done on {dated.end}: {dated.months} months of likely "
        f"durations. The proposal says {phases_file.target_months}; the limit is "
        f"{phases_file.limit_months}, Japan's timetable with fiscal powers."
    )
    for sentence in late_words(dated, phases_file.deadlines):
        yield f"\n{sentence}"


def _chance(drawn: Uncertainty) -> dict[str, object]:
    phases = shipped_phases()
    ends = (phases.target_months, phases.limit_months)
    return {
        "draws": drawn.draws,
        "seed": drawn.seed,
        "likely_months": drawn.likely_months,
        "middle_months": drawn.length_at(Fraction(1, 2)),
        "late_months": drawn.length_at(LATE),
        "chance_by_months": {f"{months}": float(drawn.chance_by(months)) for months in ends},
        "phases": [
            {
                "phase": one.phase,
                "early": one.early.isoformat(),
                "middle": one.middle.isoformat(),
                "late": one.late.isoformat(),
            }
            for one in drawn.phases
        ],
        "criticality": {code: float(share) for code, share in drawn.criticality.items()},
    }


def _chance_lines(drawn: Uncertainty, dated: Timetable, most: int = 12) -> Iterator[str]:
    phases = shipped_phases()
    yield f"\nWith durations drawn {drawn.draws:,} times (seed {drawn.seed}):"
    for months in (phases.target_months, phases.limit_months):
        chance, margin = float(drawn.chance_by(months)), drawn.margin(months)
        said = f"{chance:.1%} of draws, give or take {margin:.2%}" if chance else "in no draw"
        yield f"  done within {months} months ({months // 12} years): {said}"
    yield (
        f"  half of the draws take {drawn.length_at(Fraction(1, 2))} months or less, nine in ten "
        f"{drawn.length_at(LATE)}; likely durations give {drawn.likely_months}"
    )
    yield ""
    yield table(
        ("phase", "vests early", "middle", "late"),
        [(one.phase, f"{one.early}", f"{one.middle}", f"{one.late}") for one in drawn.phases],
        text=4,
    )
    often = sorted(drawn.criticality.items(), key=lambda item: (-item[1], item[0]))
    shown = [(code, share) for code, share in often if dated.by_code[code].task.months and share]
    yield ""
    yield table(
        ("steps that most often set the end", "of draws", "least", "likely", "most"),
        [
            (
                dated.by_code[code].task.title,
                f"{float(share):.0%}",
                f"{dated.by_code[code].task.months_between[0]}",
                f"{dated.by_code[code].task.months}",
                f"{dated.by_code[code].task.months_between[1]}",
            )
            for code, share in shown[:most]
        ],
    )
    yield (
        "\nHow far durations spread is our reading, to be checked. Early and late: one draw in "
        "ten, and nine in ten, are no later."
    )


def _step(one: DatedTask) -> dict[str, object]:
    return {
        "task": one.task.code,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "months": one.task.months,
        "wait_months": one.wait_months,
    }


def _levers(dated: Timetable) -> list[TaskCode]:
    """Vestings worth asking about: one a phase that waits for 1 April, and the last of all."""
    vestings = [one for one in dated.dated if one.task.is_vesting]
    waiting = {one.task.phase: one.task.code for one in reversed(vestings) if one.wait_months}
    last = max(vestings, key=lambda one: one.end, default=None)
    return list(dict.fromkeys([*waiting.values(), *([last.task.code] if last else [])]))


def _lever(one: Lever) -> dict[str, object]:
    return {
        "vesting": one.vesting,
        "months": one.months,
        "vests_on": one.vests_on.isoformat(),
        "tasks": one.tasks,
    }


def _cells(one: DatedTask) -> tuple[str, ...]:
    days = (f"{one.first_day}", f"{one.last_day}")
    return (one.task.title, *days, f"{one.task.months}", f"{one.wait_months or '·'}")


def _alignment(one: Alignment) -> tuple[str, ...]:
    starts, lags = (", ".join(map(str, found)) for found in (one.starts, one.lags))
    return (f"{one.years}", starts, lags, "yes" if one.is_aligned else "no")
