"""``folkmoot outcomes evidence``: what is known of what works."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.exhibits.axes import plain
from folkmoot.outcomes.evidence import Evidence
from folkmoot.outcomes.evidence_table import (
    EVIDENCE_COLUMNS,
    EXAMPLE,
    evidence_row,
    library,
    read_evidence,
)
from folkmoot.parameters.reader import packaged_text
from folkmoot.vocabulary.source import MADE_UP


@click.command("evidence")
@click.argument("file", type=FILE, required=False)
@click.option("--need", default="", metavar="TEXT", help="Only rows whose need holds this.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write the rows shown.")
@click.option("--template", type=FILE, metavar="FILE.csv", help="Write a made-up table to fill in.")
@force_option
@json_option
def evidence_command(
    *,
    file: Path | None,
    need: str,
    csv_path: Path | None,
    template: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """List evidence of what works, or check a table of it.

    Without FILE, the packaged evidence: only what is certain, so little. For example:

        folkmoot outcomes evidence --template evidence.csv

        folkmoot outcomes evidence evidence.csv --need falls
    """
    if template is not None:
        if file is not None:
            raise click.UsageError("Write a table with --template, or name one to read.")
        write(template, packaged_text(EXAMPLE), force=force)
        click.echo(f"Written to {template}: made-up evidence, to fill in.")
        return
    if csv_path is not None:
        check_free(csv_path, force=force)
    found = library() if file is None else read_evidence(file)
    shown = [one for one in found if need.casefold() in one.need.casefold()]
    if csv_path is not None:
        rows = (tuple(evidence_row(one).values()) for one in shown)
        write(csv_path, csv_text(EVIDENCE_COLUMNS, rows), force=force)
    if as_json:
        print_json(shown)
    else:
        click.echo("\n".join(_evidence_lines(shown)))


def _evidence_lines(found: Sequence[Evidence]) -> Iterator[str]:
    yield table(
        ("evidence", "intervention", "outcome", "effect", "strength (Maryland)", "state"),
        [
            (
                one.code,
                one.intervention,
                one.outcome,
                effect_in_words(one),
                one.strength_in_words,
                one.state.replace("_", " "),
            )
            for one in found
        ],
        text=6,
    )
    if not found:
        yield "No row has that need."
    if any(one.state == MADE_UP for one in found):
        yield "Made up: rows so marked show the form and say nothing of any place."
    for source in dict.fromkeys(f"{one.source}, {one.published}" for one in found):
        yield f"Source: {source}."


def effect_in_words(one: Evidence) -> str:
    """An effect with its limits: 0.8 (0.68 to 0.94), ratio."""
    if one.effect is None:
        return "no evidence"
    kind = one.effect_kind.replace("_", " ")
    if one.lower is None or one.upper is None:
        return f"{plain(one.effect)}, no interval; {kind}"
    return f"{plain(one.effect)} ({plain(one.lower)} to {plain(one.upper)}); {kind}"
