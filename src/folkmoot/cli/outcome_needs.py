"""``folkmoot outcomes needs``: how many people need what, and of how many nobody takes care."""

from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from folkmoot.areas.names import name_areas
from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    FILE,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.needs_tables import (
    CELL_COLUMNS,
    EXAMPLE,
    NEED_COLUMNS,
    Assessed,
    Declared,
    assess_needs,
    cell_rows,
    need_rows,
    read_prevalence,
)
from folkmoot.outcomes.people import People, people_by_age, read_people
from folkmoot.parameters.reader import packaged_text
from folkmoot.readers.area_plan import read_area_plan

PLAN = click.Path(path_type=Path)


@click.command("needs")
@click.option(
    "--prevalence", "prevalence_file", type=FILE, metavar="FILE.csv", help="Who has what need."
)
@click.option(
    "--people",
    "people_file",
    type=FILE,
    metavar="FILE.csv",
    help="Who lives where: area, cohort, persons. Default: the package, by age.",
)
@click.option(
    "--met",
    type=FILE,
    metavar="FILE.csv",
    help="Who is served already: area, need, persons, source.",
)
@click.option(
    "--plan", "plan_path", type=PLAN, metavar="PLAN", help="Assess its areas. Default: each block."
)
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write every area and need.")
@click.option(
    "--cells", type=FILE, metavar="FILE.csv", help="Write cells for 'folkmoot outcomes overlap'."
)
@click.option("--template", type=FILE, metavar="FILE.csv", help="Write a made-up table to fill in.")
@places_option
@force_option
@json_option
def needs_command(
    *,
    prevalence_file: Path | None,
    people_file: Path | None,
    met: Path | None,
    plan_path: Path | None,
    csv_path: Path | None,
    cells: Path | None,
    template: Path | None,
    package: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say how many people need what in each area, and how many of them nobody serves.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. Write the table
    of prevalence first, with a source in every row. For example:

        folkmoot outcomes needs --template prevalence.csv

        folkmoot outcomes needs --prevalence prevalence.csv --csv needs.csv
    """
    if template is not None:
        if prevalence_file is not None:
            raise click.UsageError("Write a table with --template, or name one with --prevalence.")
        write(template, packaged_text(EXAMPLE), force=force)
        click.echo(f"Written to {template}: made-up shares, to fill in.")
        return
    if prevalence_file is None:
        raise click.UsageError("Name a table with --prevalence, or write one with --template.")
    for path in filter(None, (csv_path, cells)):
        check_free(path, force=force)
    declared = read_prevalence(prevalence_file)
    if people_file is not None:
        if plan_path is not None:
            raise click.UsageError("Areas are those of --people, or of --plan, not both.")
        people = read_people(people_file, declared.cohorts)
    else:
        people = _residents(package, plan_path, declared)
    found = assess_needs(declared, people, met=met)
    if csv_path is not None:
        write(csv_path, csv_text(NEED_COLUMNS, need_rows(found)), force=force)
    if cells is not None:
        write(cells, csv_text(CELL_COLUMNS, cell_rows(found)), force=force)
    if as_json:
        print_json(_summary(found))
    else:
        click.echo("\n".join(_lines(found)))


def _residents(package: Path | None, plan_path: Path | None, declared: Declared) -> People:
    """Residents of a plan's areas, or of each block, in cohorts of ages."""
    places = given_places(package)
    if plan_path is None:
        division = Division.of_blocks(places, "blocks")
    else:
        plan = read_area_plan(plan_path, places)
        names = name_areas(plan, places, given_criteria(None, places))
        division = Division.of_plan(plan, names, "areas")
    return people_by_age(places, division, declared.table, declared.cohorts)


def _lines(assessed: Assessed) -> Iterator[str]:
    if assessed.is_made_up:
        yield "Made up: this prevalence shows the form and says nothing of any place."
        yield ""
    found, whole = assessed.found, assessed.found.whole
    areas = len(assessed.people.areas)
    yield f"In {areas} {'area' if areas == 1 else 'areas'} together:"
    yield table(
        ("need", "people", "expected", "95% limits", "served", "unserved", "beyond expected"),
        [
            (
                kind,
                f"{found.people[:, need].sum():,.0f}",
                f"{whole.value[0, need]:,.0f}",
                _limits(whole.lower[0, need], whole.upper[0, need]),
                f"{found.met[:, need].sum():,.0f}",
                f"{found.unmet[:, need].sum():,.0f}",
                f"{found.excess[:, need].sum():,.0f}",
            )
            for need, kind in enumerate(assessed.kinds)
        ],
    )
    yield ""
    if found.is_modelled.any():
        yield "Modelled: a prevalence of elsewhere is applied here; it cannot say who needs help."
    for kind, sources in zip(assessed.kinds, found.sources, strict=True):
        yield f"{kind}: {'; '.join(map(str, sources))}."


def _limits(lower: float, upper: float) -> str:
    return f"{lower:,.0f} to {upper:,.0f}" if lower <= upper else "none published"


def _summary(assessed: Assessed) -> dict[str, object]:
    found = assessed.found
    return {
        "method": found.method,
        "is_made_up": assessed.is_made_up,
        "inputs_sha256": found.inputs_sha256,
        "confidence": found.confidence,
        "needs": [
            {
                "need": kind,
                "sources": [str(one) for one in found.sources[need]],
                "expected": found.whole.value[0, need].item(),
                "lower": _or_none(found.whole.lower[0, need]),
                "upper": _or_none(found.whole.upper[0, need]),
            }
            for need, kind in enumerate(assessed.kinds)
        ],
        "areas": [
            dict(zip(NEED_COLUMNS, map(_plain, row), strict=True)) for row in need_rows(assessed)
        ],
    }


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _plain(cell: object) -> object:
    """A figure of a row as a number, a gap as nothing."""
    text = str(cell)
    if not text:
        return None
    return float(text) if text.replace(".", "", 1).isdigit() else text
