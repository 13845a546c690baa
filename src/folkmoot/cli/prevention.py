"""``folkmoot services prevention``: who pays for an option, and who gains."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    FILE,
    criteria_option,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.cli.services import PLAN, drawn_register
from folkmoot.exhibits.pockets import BEFORE_AND_AFTER, alike, pockets_chart
from folkmoot.parameters.reader import packaged_text
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.services.functions import shipped_functions
from folkmoot.services.prevention import (
    EXAMPLE,
    POCKET_COLUMNS,
    Pockets,
    Prevention,
    pocket_rows,
    prevention,
    read_options,
    unheld_needs,
)
from folkmoot.services.register import Register
from folkmoot.services.tables import PERIODS
from folkmoot.vocabulary.money import in_pounds


@click.command("prevention")
@click.option("--options", "options_file", type=FILE, metavar="FILE.csv", help="Costs and values.")
@click.option("--areas", "plan_path", type=PLAN, metavar="PLAN", help="The areas of the plan.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="Draw who pays and who gains.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write every commissioner.")
@click.option("--template", type=FILE, metavar="FILE.csv", help="Write a made-up table to fill in.")
@places_option
@criteria_option
@force_option
@json_option
def prevention_command(
    *,
    options_file: Path | None,
    plan_path: Path | None,
    out: Path | None,
    csv_path: Path | None,
    template: Path | None,
    package: Path | None,
    criteria_file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say who pays for what prevents a need and who gains, before and after.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. Write the table
    of options first, with a source in every row. For example:

        folkmoot services prevention --template options.csv

        folkmoot services prevention --options options.csv --areas areas.csv
    """
    if template is not None:
        if options_file is not None:
            raise click.UsageError("Write a table with --template, or name one with --options.")
        write(template, packaged_text(EXAMPLE), force=force)
        click.echo(f"Written to {template}: made-up sums, to fill in.")
        return
    if options_file is None or plan_path is None:
        raise click.UsageError("Name a table with --options and a plan with --areas.")
    for path in filter(None, (out, csv_path)):
        check_free(path, force=force)
    functions = [one.code for one in shipped_functions().functions]
    options = read_options(options_file, functions)
    places = given_places(package)
    plan = read_area_plan(plan_path, places)
    drawn = drawn_register(plan, places, given_criteria(criteria_file, places))
    found = prevention(options, drawn)
    if out is not None:
        write(out, pockets_chart(found, drawn.commissioners) + "\n", force=force)
    if csv_path is not None:
        write(csv_path, csv_text(POCKET_COLUMNS, pocket_rows(found)), force=force)
    if as_json:
        print_json(_summary(found))
    else:
        click.echo("\n".join(_lines(found, drawn)))


def _lines(found: Sequence[Prevention], drawn: Register) -> Iterator[str]:
    if any(one.option.is_made_up for one in found):
        yield "Made up: these sums show the form and say nothing of any place."
        yield ""
    yield table(
        ("option", "need", "cost", "value", "wrong pocket before", "after"),
        [
            (
                one.option.name,
                one.option.need,
                in_pounds(one.periods["before"].cost),
                in_pounds(one.periods["before"].value),
                *(_share(one.periods[period]) for period in PERIODS),
            )
            for one in found
        ],
        text=2,
    )
    for need in unheld_needs(one.option for one in found):
        yield f"Nobody holds the function that would pay to prevent: {need}."
    for one in found:
        for period in PERIODS:
            yield ""
            yield f"{one.option.name}, {BEFORE_AND_AFTER[period].lower()}:"
            yield table(
                ("commissioner", "pays", "gains", "gain - cost", "paid back"),
                [
                    (
                        group.name,
                        *map(in_pounds, (group.cost, group.value, group.value - group.cost)),
                        group.payback,
                    )
                    for group in alike(one.periods[period], drawn.commissioners)
                ],
            )


def _share(found: Pockets) -> str:
    share = found.wrong_pocket
    return "no value" if share is None else f"{float(share):.1%}"


def _summary(found: Sequence[Prevention]) -> dict[str, object]:
    return {
        "options": [
            {
                "option": one.option.name,
                "need": one.option.need,
                "is_made_up": one.option.is_made_up,
                **{period: _period(one.periods[period]) for period in PERIODS},
            }
            for one in found
        ],
        "unheld_needs": unheld_needs(one.option for one in found),
    }


def _period(found: Pockets) -> Mapping[str, object]:
    share = found.wrong_pocket
    return {
        "cost": found.cost,
        "value": found.value,
        "wrong_pocket": None if share is None else float(share),
        "commissioners": [
            {
                "commissioner": one.commissioner,
                "functions": one.functions,
                "cost": one.cost,
                "value": one.value,
                "net": one.net,
                "payback_year": one.payback,
            }
            for one in found.pockets
        ],
    }
