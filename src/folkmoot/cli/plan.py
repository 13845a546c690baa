"""``folkmoot plan`` and ``folkmoot verify``: the whole job, and its check."""

import time
from pathlib import Path

import click

from folkmoot.areas.work import EFFORTS
from folkmoot.cli.console import patience, print_json, progress_line
from folkmoot.cli.inputs import (
    FILE,
    FOLDER,
    areas_option,
    criteria_option,
    effort_options,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
    seed_option,
)
from folkmoot.exhibits.proof import verdict
from folkmoot.exhibits.report import report
from folkmoot.funding.formula_file import read_formula
from folkmoot.plan.devolution import DevolutionPlan, devolve
from folkmoot.plan.folder import check_output, write_plan
from folkmoot.plan.tables import texts
from folkmoot.plan.verify import as_lines
from folkmoot.plan.verify import verify as verify_folder
from folkmoot.vocabulary.errors import FolkmootError


class NotAPlanError(FolkmootError):
    """A folder that cannot be verified, because it is no plan."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(folder, problem)
        self.folder, self.problem = folder, problem

    def __str__(self) -> str:
        return (
            f"'{self.folder}' cannot be verified as a devolution plan: {self.problem}. "
            "Name a folder that 'folkmoot plan --out' wrote."
        )


class BrokenPlanError(FolkmootError):
    """A plan breaks an invariant."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__(lines)
        self.lines = lines

    def __str__(self) -> str:
        return (
            "The plan breaks an invariant, so no figure of it can be trusted:\n"
            + "\n".join(self.lines)
            + "\nMake it anew with 'folkmoot plan', or restore the files that were changed."
        )


@click.command()
@places_option
@criteria_option
@areas_option
@click.option(
    "--formula",
    "formula_file",
    type=FILE,
    metavar="FILE",
    help="Funding formula. Default: the shipped formula.",
)
@seed_option
@effort_options
@click.option("--out", type=FOLDER, required=True, metavar="DIR", help="Folder to write.")
@force_option
@json_option
def plan(
    *,
    package: Path | None,
    criteria_file: Path | None,
    k: int | None,
    formula_file: Path | None,
    seed: int,
    effort: str,
    time_limit: float | None,
    out: Path,
    force: bool,
    as_json: bool,
) -> None:
    """Make a devolution plan: areas, money, functions, timetable, report.

    Writes a folder that is itself a Data Package; open its report.html. The same inputs
    and seed give the same bytes. For example:

        folkmoot plan --areas 38 --seed 1 --out build/plan
    """
    start = time.monotonic()
    check_output(out, replace=force)
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    formula = read_formula(formula_file)
    with patience(time_limit) as is_enough, progress_line() as progress:
        made = devolve(
            places,
            criteria,
            formula,
            seed=seed,
            work=EFFORTS[effort],
            progress=progress,
            is_enough=is_enough,
        )
        progress("Writing the report", 0.99)
        files = texts(made) | {"report.html": report(made)}
        write_plan(
            out,
            files,
            title=f"Devolution plan for {places.title}",
            check=check_folder,
            replace=force,
        )
    if as_json:
        print_json(_summary(made, out))
    else:
        click.echo("\n".join(_lines(made, out, time.monotonic() - start)))


def _summary(made: DevolutionPlan, out: Path) -> dict[str, object]:
    return {
        "folder": str(out),
        "areas": len(made.areas.areas),
        "objective": made.scores.objective,
        "coterminosity": made.scores.coterminosity,
        "bound": made.design.bound,
        "gap": made.design.gap,
        "proven": made.design.proven,
        "block_bound": made.design.block_bound,
        "block_gap": made.design.block_gap,
        "is_cut_short": made.design.is_cut_short,
        "negotiations": len(made.conflicts.negotiations),
        "breaches": made.breaches,
    }


def _lines(made: DevolutionPlan, out: Path, seconds: float) -> list[str]:
    people = [area.population for area in made.scores.areas]
    return [
        f"{len(people)} areas of {min(people):,} to {max(people):,} people.",
        f"F = {made.scores.objective:.6f}, {verdict(made)}.",
        f"{len(made.conflicts.negotiations)} negotiations to settle; every invariant holds.",
        f"Written to {out} in {seconds:.0f} s. Open {out / 'report.html'}.",
    ]


def check_folder(folder: Path) -> None:
    """Refuse a folder that breaks an invariant.

    Raises
    ------
    BrokenPlanError
        With every invariant, and the faults of those that do not hold.
    NotAPlanError
        If the folder is no plan at all.
    """
    try:
        checks = verify_folder(folder)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise NotAPlanError(folder, f"{type(error).__name__}: {error}") from error
    if not all(check.holds for check in checks):
        raise BrokenPlanError(tuple(as_lines(checks)))


@click.command()
@click.argument("folder", type=FOLDER, metavar="PLAN")
@json_option
def verify(*, folder: Path, as_json: bool) -> None:
    """Check every invariant of a plan again, with code that did not make it.

    PLAN is a folder that 'folkmoot plan' wrote. For example:

        folkmoot verify build/plan
    """
    check_folder(folder)
    checks = verify_folder(folder)
    if as_json:
        print_json(checks)
    else:
        click.echo("\n".join(as_lines(checks)))
