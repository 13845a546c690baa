"""``folkmoot outcomes people``: people with several needs, what they cost, and who pays."""

from collections.abc import Iterator
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.exhibits.combinations import combinations_chart, combinations_table, labels
from folkmoot.outcomes import margins as of_margins
from folkmoot.outcomes import people_table as of_table
from folkmoot.outcomes.overlap_of_people import (
    ByNumber,
    Crowd,
    Overlap,
    overlap_of_people,
    shown,
)
from folkmoot.parameters.reader import packaged_text
from folkmoot.vocabulary.money import in_short
from folkmoot.vocabulary.statistics.suppression import BELOW

COMBINATION_COLUMNS = ("systems", "number", "people", "pence_a_person", "is_modelled")


@click.command("people")
@click.argument("file", type=FILE, required=False)
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every combination.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="Draw the combinations.")
@click.option(
    "--template",
    type=FILE,
    metavar="FILE",
    help="Write a made-up file to fill in: FILE.csv of people, FILE.toml of margins.",
)
@force_option
@json_option
def people_command(
    *,
    file: Path | None,
    csv_path: Path | None,
    out: Path | None,
    template: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Count people with several needs: who uses what together, at what cost, paid by how many.

    FILE.csv has a row for each person, system and commissioner, under codes by which nobody can
    be found; FILE.toml has margins and odds ratios, from which combinations are modelled.
    Fewer than ten people are never told of. For example:

        folkmoot outcomes people --template people.csv

        folkmoot outcomes people people.csv --out together.svg
    """
    if (file is None) == (template is None):
        raise click.UsageError("Name a FILE, or write one with --template.")
    if template is not None:
        is_margins = template.suffix == ".toml"
        example = of_margins.EXAMPLE if is_margins else of_table.EXAMPLE
        write(template, packaged_text(example), force=force)
        click.echo(f"Written to {template}: made up, to fill in.")
        return
    for path in filter(None, (csv_path, out)):
        check_free(path, force=force)
    found = shown(overlap_of_people(_crowd(Path(str(file)))))
    if csv_path is not None:
        write(csv_path, csv_text(COMBINATION_COLUMNS, _rows(found)), force=force)
    if out is not None:
        write(out, combinations_chart(found) + "\n", force=force)
    if as_json:
        print_json(_summary(found))
    else:
        click.echo("\n".join(_lines(found)))


def _crowd(file: Path) -> Crowd:
    if file.suffix == ".toml":
        return of_margins.modelled(of_margins.read_margins(file))
    return of_table.read_people(file)


def _rows(found: Overlap) -> Iterator[tuple[object, ...]]:
    for one in found.combinations:
        each = round(one.pence / one.people)
        people = one.people if found.is_modelled else round(one.people)
        yield "; ".join(one.systems), len(one.systems), people, each, found.is_modelled
    if found.hidden:
        people = found.hidden_people if found.is_modelled else round(found.hidden_people)
        yield f"{found.hidden} others, not told apart", None, people, None, found.is_modelled


def _lines(found: Overlap) -> Iterator[str]:
    yield from labels(found)
    yield f"{found.people:,.0f} people use at least one system, at {in_short(round(found.pence))}."
    yield ""
    told = combinations_table(found)
    yield table([one.heading for one in told.columns], (*told.rows, told.total))
    yield ""
    yield table(
        ("systems", "people", "of spending", "a person and year"),
        [
            (
                number_in_words(one, found),
                f"{one.people:,.0f}",
                f"{one.pence / found.pence:.0%}" if found.pence else "–",
                f"£{one.pence_a_person / 100:,.0f}",
            )
            for one in found.numbers
        ],
    )
    yield ""
    for top in found.top:
        share = "too few people to tell" if top.share is None else f"{top.share:.1%} of spending"
        yield f"The most expensive {float(top.part):.0%}: {share}."
    yield f"Commissioners a person: {found.commissioners_before:.2f} before" + (
        "." if found.commissioners_after is None else f", {found.commissioners_after:.2f} after."
    )
    if found.hidden:
        yield (
            f"{found.hidden} combinations are not told apart: of fewer than {BELOW} people, "
            f"or such would follow. People by number of systems are rounded to {found.rounded_to}."
        )


def number_in_words(one: ByNumber, found: Overlap) -> str:
    """How many systems: 2, or 4 to 6."""
    most = min(one.most, len(found.systems))
    return f"{one.least}" if one.least == most else f"{one.least} to {most}"


def _summary(found: Overlap) -> dict[str, object]:
    return {
        "labels": labels(found),
        "is_modelled": found.is_modelled,
        "people": found.people,
        "pence": round(found.pence),
        "rounded_to": found.rounded_to,
        "in_system": dict(zip(found.systems, found.in_system, strict=True)),
        "combinations": [dict(zip(COMBINATION_COLUMNS, row, strict=True)) for row in _rows(found)],
        "by_number": [
            {
                "systems_least": one.least,
                "systems_most": one.most,
                "people": one.people,
                "pence_a_person": one.pence_a_person,
            }
            for one in found.numbers
        ],
        "most_expensive": [
            {"part": float(one.part), "share_of_spending": one.share} for one in found.top
        ],
        "commissioners_before": found.commissioners_before,
        "commissioners_after": found.commissioners_after,
    }
