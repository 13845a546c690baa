"""``folkmoot outcomes overlap``: where services are missing, and where two offer the same."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click

from folkmoot.cli.console import check_ours, csv_text, print_json, table, write_folder
from folkmoot.cli.inputs import FILE, FOLDER, force_option, json_option
from folkmoot.exhibits.gap_map import (
    Overlap,
    answers,
    duplication_chart,
    gap_chart,
    overlap_page,
)
from folkmoot.outcomes.listed_twice import listed_twice
from folkmoot.outcomes.overlap import Bounds, gap_map, pairs, stake
from folkmoot.outcomes.overlap_rows import (
    GAP_COLUMNS,
    PAIR_COLUMNS,
    TWICE_COLUMNS,
    gap_rows,
    pair_rows,
    twice_rows,
)
from folkmoot.outcomes.overlap_tables import (
    DRAFT_COLUMNS,
    EXAMPLES,
    FILES,
    directory_rows,
    read_service_map,
)
from folkmoot.outcomes.responsibility import (
    PERIODS,
    RESPONSIBILITY_COLUMNS,
    read_register,
    responsibility,
)
from folkmoot.parameters.reader import packaged_text
from folkmoot.readers.open_referral import read_directory
from folkmoot.vocabulary.money import in_pounds

SHOWN = 12
OUTPUTS = (
    "gaps.csv", "duplication.csv", "listed_twice.csv", "responsibility.csv", "gaps.svg",
    "duplication.svg", "overlap.html",
)  # fmt: skip


@click.command("overlap")
@click.argument("folder", type=FOLDER, required=False)
@click.option(
    "--plan",
    "plan",
    type=FOLDER,
    metavar="PLAN",
    help="Whose register says who answers; needs terms.csv.",
)
@click.option("--alike", is_flag=True, help="Needs that share a broader term count in part.")
@click.option("--out", type=FOLDER, metavar="DIR", help="Write tables, drawings and a page.")
@click.option("--template", type=FOLDER, metavar="DIR", help="Write made-up tables to fill in.")
@click.option(
    "--open-referral",
    "directory",
    type=FILE,
    metavar="FILE.json",
    help="With --template: begin from a directory in the form of Open Referral UK.",
)
@force_option
@json_option
def overlap_command(
    *,
    folder: Path | None,
    plan: Path | None,
    alike: bool,
    out: Path | None,
    template: Path | None,
    directory: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say how many people find no service, and which services offer the same.

    FOLDER holds cells.csv (who needs what where; 'folkmoot outcomes needs --cells' writes it),
    services.csv, offers.csv and, if wanted, terms.csv. For example:

        folkmoot outcomes overlap --template services

        folkmoot outcomes overlap services --plan build/plan --out overlap
    """
    if template is not None:
        if folder is not None:
            raise click.UsageError("Write tables with --template, or name a folder.")
        check_ours(template, FILES, force=force)
        write_folder(template, _drafts(directory))
        told = "made-up services" if directory is None else "services without capacity or cost"
        click.echo(f"Written to {template}: {told}, to fill in.")
        return
    if folder is None or directory is not None:
        raise click.UsageError("Name a folder, or write one with --template.")
    if out is not None:
        check_ours(out, OUTPUTS, force=force)
    overlap = _overlap(folder, plan, alike=alike)
    if out is not None:
        write_folder(out, _texts(overlap))
    if as_json:
        print_json(_summary(overlap))
    else:
        click.echo("\n".join(_lines(overlap)))
        if out is not None:
            click.echo(f"\nWritten to {out}; open {out / 'overlap.html'}.")


def _drafts(directory: Path | None) -> dict[str, str]:
    """Tables to fill in: made up, or begun from a directory."""
    if directory is None:
        return {name: packaged_text(f"{EXAMPLES}/{name}") for name in FILES}
    rows = directory_rows(read_directory(directory))
    return {name: csv_text(DRAFT_COLUMNS[name], rows[name]) for name in rows}


def _overlap(folder: Path, plan: Path | None, *, alike: bool) -> Overlap:
    given, bounds = read_service_map(folder), Bounds.shipped()
    if given.terms is None and (alike or plan is not None):
        raise click.UsageError("--alike and --plan need a table 'terms.csv' in the folder.")
    likeness = given.terms.likeness(given.cells.needs) if given.terms and alike else None
    found = gap_map(given.cells, given.services)
    return Overlap(
        found=found,
        services=given.services,
        pairs=pairs(given.services, found, bounds, likeness=likeness),
        stake=stake(given.services, found),
        twice=listed_twice(
            given.services.names,
            given.addresses,
            given.identifiers,
            similarity=bounds.similarity,
        ),
        responsibility=responsibility(given.cells, given.terms, read_register(plan))
        if given.terms and plan is not None
        else None,
        is_made_up=given.is_made_up,
        sources=given.sources,
    )


def _texts(overlap: Overlap) -> dict[str, str]:
    """Every file of the folder."""
    services = overlap.services
    texts = {
        "gaps.csv": csv_text(GAP_COLUMNS, gap_rows(overlap.found, label=overlap.note)),
        "duplication.csv": csv_text(
            PAIR_COLUMNS, pair_rows(services, overlap.pairs, label=overlap.note)
        ),
        "listed_twice.csv": csv_text(TWICE_COLUMNS, twice_rows(services, overlap.twice)),
        "gaps.svg": gap_chart(overlap.found, note=overlap.note) + "\n",
        "duplication.svg": duplication_chart(services, overlap.pairs, note=overlap.note) + "\n",
        "overlap.html": overlap_page(overlap, imprint=f"Made by folkmoot {version('folkmoot')}."),
    }
    if overlap.responsibility is not None:
        rows = overlap.responsibility.rows(overlap.found)
        texts["responsibility.csv"] = csv_text(RESPONSIBILITY_COLUMNS, rows)
    return texts


def _lines(overlap: Overlap) -> Iterator[str]:
    yield from answers(overlap)
    found, made, services = overlap.found, overlap.pairs, overlap.services
    for axis, what in ((2, "need"), (1, "place")):
        words = (found.cells.cohorts, found.cells.places, found.cells.needs)[axis]
        people = found.by(axis).tolist()
        largest = sorted(zip(words, people, strict=True), key=lambda one: -one[1])[:SHOWN]
        yield ""
        yield table((what, "unserved"), [(word, f"{count:,.0f}") for word, count in largest])
    if len(made.listed):
        yield ""
        yield table(
            ("smaller", "larger", "contained", "alike", "at stake"),
            [
                (
                    services.names[made.smaller[pair]],
                    services.names[made.larger[pair]],
                    f"{made.containment[pair]:.0%}",
                    f"{made.jaccard[pair]:.0%}",
                    in_pounds(int(made.pence[pair])),
                )
                for pair in made.listed[:SHOWN].tolist()
            ],
            text=2,
        )
    if overlap.twice:
        yield ""
        yield "Perhaps listed twice; a person decides:"
        for one in overlap.twice[:SHOWN]:
            yield f"  {services.codes[one.one]} and {services.codes[one.other]}: {one.reason}"


def _summary(overlap: Overlap) -> dict[str, object]:
    found, made, services = overlap.found, overlap.pairs, overlap.services
    held = overlap.responsibility
    return {
        "method": found.method,
        "is_made_up": overlap.is_made_up,
        "sources": overlap.sources,
        "expected": float(found.cells.expected.sum()),
        "unserved": float(found.unserved.sum()),
        "unserved_by_need": dict(zip(found.cells.needs, found.by(2).tolist(), strict=True)),
        "unserved_by_place": dict(zip(found.cells.places, found.by(1).tolist(), strict=True)),
        "pence_at_stake": overlap.stake.pence,
        "pence_by_funder": overlap.stake.by_funder,
        "pairs": [dict(zip(PAIR_COLUMNS, row, strict=True)) for row in pair_rows(services, made)],
        "listed_twice": [
            dict(zip(TWICE_COLUMNS, row, strict=True))
            for row in twice_rows(services, overlap.twice)
        ],
        "responsibility": None
        if held is None
        else {
            period: {
                "people": held.people(period),
                "unserved": held.unserved(period, found),
                "unserved_by_body": held.unserved_by_body(period, found),
            }
            for period in PERIODS
        },
    }
