"""``folkmoot outcomes asked``: what people asked a service for, and what they were given."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.exhibits.asked_chart import MADE_UP_SAID, asked_chart
from folkmoot.outcomes.asked_for_and_given import (
    EXAMPLE,
    AskedAndGiven,
    Share,
    asked_for_and_given,
    read_asked,
    warning,
)
from folkmoot.parameters.reader import packaged_text
from folkmoot.vocabulary.source import MADE_UP

SHARES = ("asked", "given", "heard", "wanted", "concordance")
SHARE_COLUMNS = (
    *("service", "help", "people"),
    *(f"{name}{part}" for name in SHARES for part in ("", "_lower", "_upper")),
    "state",
)


@click.command("asked")
@click.argument("file", type=FILE, required=False)
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every share.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="Draw asked beside given.")
@click.option("--template", type=FILE, metavar="FILE.csv", help="Write a made-up table to fill in.")
@force_option
@json_option
def asked_command(
    *,
    file: Path | None,
    csv_path: Path | None,
    out: Path | None,
    template: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Set what people asked a service for beside what they were given.

    FILE has a row for each service and kind of help: people, asked, given, both. A share that
    rests on fewer than ten people is not told. For example:

        folkmoot outcomes asked --template asked.csv

        folkmoot outcomes asked asked.csv --out asked.svg
    """
    if (file is None) == (template is None):
        raise click.UsageError("Name a FILE, or write one with --template.")
    if template is not None:
        write(template, packaged_text(EXAMPLE), force=force)
        click.echo(f"Written to {template}: made-up people, to fill in.")
        return
    for path in filter(None, (csv_path, out)):
        check_free(path, force=force)
    found = [asked_for_and_given(one) for one in read_asked(Path(str(file)))]
    if csv_path is not None:
        write(csv_path, csv_text(SHARE_COLUMNS, map(_row, found)), force=force)
    if out is not None:
        write(out, asked_chart(found) + "\n", force=force)
    if as_json:
        print_json([dict(zip(SHARE_COLUMNS, _row(one), strict=True)) for one in found])
    else:
        click.echo("\n".join(_lines(found)))


def _row(one: AskedAndGiven) -> tuple[object, ...]:
    shares = [getattr(one, name) for name in SHARES]
    figures = [
        cell
        for share in shares
        for cell in ((None,) * 3 if share is None else (share.value, share.lower, share.upper))
    ]
    return one.help.service, one.help.name, one.help.people, *figures, one.help.state


def _lines(found: Sequence[AskedAndGiven]) -> Iterator[str]:
    if any(one.help.state == MADE_UP for one in found):
        yield MADE_UP_SAID
        yield ""
    yield table(
        ("service", "help", "people", "asked", "given", "of those who asked, given",
         "of those given, had asked", "concordance"),
        [
            (one.help.service, one.help.name, f"{one.help.people:,}",
             *(_told(getattr(one, name)) for name in SHARES))
            for one in found
        ],
        text=2,
    )  # fmt: skip
    yield ""
    yield "Concordance: given what they asked for, or neither asking nor given. 95% intervals."
    if any(getattr(one, name) is None for one in found for name in SHARES):
        yield "–: it would tell of fewer than ten people."
    yield warning()


def _told(share: Share | None) -> str:
    if share is None:
        return "–"
    return f"{share.value:.0%} ({share.lower:.0%} to {share.upper:.0%})"
