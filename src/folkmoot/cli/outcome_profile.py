"""``folkmoot outcomes profile``: what an area needs, as one page."""

from collections.abc import Iterator
from pathlib import Path

import click

from folkmoot.cli.console import (
    check_free,
    csv_text,
    print_json,
    progress_line,
    table,
    write,
    write_folder,
)
from folkmoot.cli.divisions import PLAN, given_division, made_from
from folkmoot.cli.errors import OutputFileError
from folkmoot.cli.inputs import FILE, force_option, given_places, json_option, places_option
from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.profile_page import lead, profile_page
from folkmoot.outcomes.assessment import Profile, Row, assess, profile
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.tables import NEED_COLUMNS, need_rows


@click.command("profile")
@click.argument("area", required=False)
@click.option("--plan", type=PLAN, metavar="PATH", help="A plan folder, or its areas.csv.")
@click.option("--geography", metavar="NAME", help="An existing geography, such as icb or region.")
@places_option
@click.option("--out", type=PLAN, metavar="PATH", help="The page; with --all, a folder of pages.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every figure as a table.")
@click.option("--all", "all_areas", is_flag=True, help="Every area, a page each, into --out.")
@force_option
@json_option
def profile_command(
    *,
    area: str | None,
    plan: Path | None,
    geography: str | None,
    package: Path | None,
    out: Path | None,
    csv_path: Path | None,
    all_areas: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Write the needs assessment of an area: a page that is read in five minutes.

    AREA is a code or name. Without --plan or --geography it is one of today's areas of the
    first health geography in the shipped criteria. For example:

        folkmoot outcomes profile Devon --out devon.html

        folkmoot outcomes profile --all --plan build/plan --out build/needs
    """
    if all_areas == (area is not None):
        raise click.UsageError("Name one AREA, or ask for --all of them.")
    if all_areas and out is None:
        raise click.UsageError("Name a folder for the pages with --out.")
    _check_out(out, csv_path, all_areas=all_areas, force=force)
    places = given_places(package)
    ground = Ground.of(places)
    division = given_division(places, plan, geography)
    with progress_line() as progress:
        progress("Measuring every indicator in every area", 0.3)
        found = assess(ground, division)
        wanted = [profile(found, one) for one in (division.codes if area is None else (area,))]
    pages = {
        f"{one.code}.html": profile_page(
            one, attributions=places.attributions, imprint=made_from(places)
        )
        for one in (wanted if out else ())
    }
    if out is not None and all_areas:
        write_folder(out, pages)
    elif out is not None:
        write(out, next(iter(pages.values())), force=force)
    if csv_path is not None:
        rows = (cells for one in wanted for cells in need_rows(one))
        write(csv_path, csv_text(NEED_COLUMNS, rows), force=force)
    if as_json:
        print_json(wanted if all_areas else wanted[0])
    elif all_areas:
        click.echo(f"{len(wanted)} pages written to {out}.")
    else:
        click.echo("\n".join(_profile_lines(wanted[0])))


def _check_out(out: Path | None, csv_path: Path | None, *, all_areas: bool, force: bool) -> None:
    if csv_path is not None:
        check_free(csv_path, force=force)
    if out is not None and not all_areas:
        check_free(out, force=force)
    elif out is not None and out.exists() and not force:
        mend = "Name another folder, or add --force to replace it."
        raise OutputFileError(out, "is there already", mend)


def _profile_lines(found: Profile) -> Iterator[str]:
    yield f"{found.name}: {found.population:,} people in {_districts(found)}."
    yield lead(found)
    for title, rows in (("Worse", found.worse), ("Better", found.better)):
        yield f"\n{title} than {found.whole}, the furthest first:"
        yield table(
            ("indicator", "period", "here", found.whole, "like areas", "verdict"),
            [_short_row(row) for row in rows],
            text=2,
        )
    if found.like:
        yield f"\nMost like it: {', '.join(name for name, _ in found.like)}."
    if found.left:
        yield f"No figure of {len(found.left)} indicators: --out and --json say why."


def _districts(found: Profile) -> str:
    count = len(found.blocks)
    return f"{count} district{'' if count == 1 else 's'}"


def _short_row(row: Row) -> tuple[str, ...]:
    return (
        row.indicator.short,
        row.period,
        plain(row.value),
        plain(row.whole),
        "–" if row.like is None else plain(row.like),
        row.verdict
        if row.verdict != "not compared"
        else f"{'worst' if row.standing == 'worse' else 'best'} fifth, no interval",
    )
