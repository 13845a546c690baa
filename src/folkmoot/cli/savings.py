"""``folkmoot services savings``: what administration would release, and what that costs."""

from collections.abc import Iterator
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.exhibits.administration import administration_chart
from folkmoot.parameters.reader import packaged_text
from folkmoot.services.savings import (
    ADMINISTRATION_COLUMNS,
    EXAMPLE,
    Administration,
    administration,
    administration_rows,
    read_declaration,
)
from folkmoot.vocabulary.money import in_pounds


@click.command("savings")
@click.option("--declared", type=FILE, metavar="FILE.toml", help="What bodies cost, as you say.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write a row a year.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="Draw the years.")
@click.option("--template", type=FILE, metavar="FILE.toml", help="Write a made-up file to fill in.")
@force_option
@json_option
def savings_command(
    *,
    declared: Path | None,
    csv_path: Path | None,
    out: Path | None,
    template: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Work out what administration would release, year by year, from what you declare.

    Gross, new cost, one-off cost and net stand side by side. Nothing is forecast: every figure
    is declared, and a published sum without a build-up is never split. For example:

        folkmoot services savings --template declared.toml

        folkmoot services savings --declared declared.toml
    """
    if (declared is None) == (template is None):
        raise click.UsageError("Name a file with --declared, or write one with --template.")
    if template is not None:
        write(template, packaged_text(EXAMPLE), force=force)
        click.echo(f"Written to {template}: made-up figures, to fill in.")
        return
    for path in filter(None, (csv_path, out)):
        check_free(path, force=force)
    found = administration(read_declaration(Path(str(declared))))
    if csv_path is not None:
        write(csv_path, csv_text(ADMINISTRATION_COLUMNS, administration_rows(found)), force=force)
    if out is not None:
        write(
            out,
            administration_chart(found.years, title=found.declaration.label) + "\n",
            force=force,
        )
    if as_json:
        print_json(_summary(found))
    else:
        click.echo("\n".join(_lines(found)))


def _lines(found: Administration) -> Iterator[str]:
    declared = found.declaration
    yield f"{declared.label}."
    if declared.total is not None:
        yield (
            f"The published sum is '{declared.total.published_text}' "
            f"({declared.total.source}; {declared.total.state.replace('_', ' ')})."
        )
    yield ""
    yield table(
        ("year", "gross released", "new bodies", "one-off", "net", "cumulative"),
        [
            (str(year), *(in_pounds(int(pence)) for pence in rest))
            for year, *rest, _ in administration_rows(found)
        ],
    )
    yield ""
    even = found.break_even
    if even is None:
        yield f"It does not break even within {len(found.years)} years."
    else:
        yield f"It breaks even in year {even}, {found.years[even - 1].year}."
    yield (
        f"Present value of the net in {declared.first_year}, at {float(declared.rate):.1%} a year "
        f"({declared.rate_note}): {in_pounds(found.present_value)}."
    )


def _summary(found: Administration) -> dict[str, object]:
    declared = found.declaration
    return {
        "title": declared.title,
        "is_illustration": declared.is_illustration,
        "years": [
            dict(zip(ADMINISTRATION_COLUMNS, row, strict=True))
            for row in administration_rows(found)
        ],
        "break_even_year": found.break_even,
        "rate": float(declared.rate),
        "rate_from": declared.rate_note,
        "present_value": found.present_value,
    }
