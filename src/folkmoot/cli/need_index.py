"""``folkmoot funding need-index``: places' need beside their board's, as the NHS tool has it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.funding.place_index import PlaceTable, place_index
from folkmoot.funding.place_index_profiles import COLUMNS, PROFILES, ProfileName
from folkmoot.readers.practices import read_practices, read_saved_places
from folkmoot.vocabulary.practices import PracticeTable


@click.command("need-index")
@click.option(
    "--practices",
    "practice_files",
    type=FILE,
    multiple=True,
    required=True,
    metavar="FILE",
    help="CSV file of practices, as published or tidy. Repeat it for more years.",
)
@click.option(
    "--session",
    "saved",
    type=FILE,
    required=True,
    metavar="FILE.json",
    help="Places, as the NHS tool saves them.",
)
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    required=True,
    help="Generation of the NHS tool to equal: v1 to 2024/25, v3 since.",
)
@click.option("--out", type=FILE, required=True, metavar="FILE.csv", help="CSV file to write.")
@click.option("--unrounded", is_flag=True, help="Write figures before they are rounded to print.")
@click.option(
    "--year", "years", multiple=True, help="Year to take from a tidy table. Default: all."
)
@click.option(
    "--icb-names",
    type=FILE,
    metavar="FILE",
    help="CSV file with 'icb_ods_code' and 'icb_name', for a tidy table without names.",
)
@click.option("--omit-empty", is_flag=True, help="Leave out places of no known practice.")
@click.option(
    "--strict", is_flag=True, help="Refuse practices that are unknown, doubled or of another board."
)
@force_option
@json_option
def need_index(
    *,
    practice_files: tuple[Path, ...],
    saved: Path,
    profile: ProfileName,
    out: Path,
    unrounded: bool,
    years: tuple[str, ...],
    icb_names: Path | None,
    omit_empty: bool,
    strict: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Measure places' need beside their board's, as the NHS place tool does.

    Writes the tool's own table: each integrated care board, then its places. With more
    than one year, a first column says which. What the tool passes over in silence goes to
    standard error. For example:

        folkmoot funding need-index --practices P.csv --session S.json --profile v3 --out N.csv
    """
    check_free(out, force=force)
    places = read_saved_places(saved)
    tables = [
        place_index(
            practices,
            places,
            profile,
            on_empty="omit" if omit_empty else "raise",
            strict=strict,
        )
        for path in practice_files
        for practices in _read(path, years, icb_names, profile)
    ]
    write(out, _csv(tables, unrounded=unrounded), force=force)
    for remark in (f"{table.year}: {remark}" for table in tables for remark in table.remarks):
        click.echo(remark, err=True)
    if as_json:
        print_json(_record(out, tables, unrounded=unrounded))
    else:
        boards = len({place.icb for place in places})
        click.echo(
            f"Places: {len(places)}; boards: {boards}; years: {len(tables)}; profile {profile}.\n"
            f"Written to {out}."
        )


def _read(
    path: Path, years: tuple[str, ...], icb_names: Path | None, profile: str
) -> Iterable[PracticeTable]:
    tables = read_practices(path, years=years, icb_names=icb_names)
    for generation in sorted({table.generation for table in tables} - {"", profile}):
        click.echo(
            f"{path.name} is a table of generation {generation}. With profile {profile} the "
            "figures are not those that its tool prints.",
            err=True,
        )
    return tables


def _csv(tables: list[PlaceTable], *, unrounded: bool) -> str:
    """One table as the tool has it; several under a first column that says the year."""
    if len(tables) == 1:
        return csv_text(COLUMNS, _cells(tables[0], unrounded=unrounded))
    rows = ((table.year, *row) for table in tables for row in _cells(table, unrounded=unrounded))
    return csv_text(("Year", *COLUMNS), rows)


def _cells(table: PlaceTable, *, unrounded: bool) -> Iterator[tuple[str, ...]]:
    sums, indices = (table.sums, table.indices) if unrounded else table.rounded()
    for name, added, ratios in zip(table.names, sums.tolist(), indices.tolist(), strict=True):
        persons = (str(int(one)) if one.is_integer() else repr(one) for one in added)
        yield name, *persons, *(repr(one) if unrounded else f"{one:.3f}" for one in ratios)


def _record(out: Path, tables: list[PlaceTable], *, unrounded: bool) -> dict[str, object]:
    return {
        "file": str(out),
        "columns": COLUMNS,
        "tables": [
            {
                "year": table.year,
                "profile": table.profile,
                "rows": [
                    (name, *(float(cell) for cell in cells))
                    for name, *cells in _cells(table, unrounded=unrounded)
                ],
                "remarks": [str(remark) for remark in table.remarks],
            }
            for table in tables
        ],
    }
