"""``folkmoot transition staff`` and ``assets``: what an old body has, and who receives it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    FILE,
    criteria_option,
    force_option,
    given_places,
    json_option,
    places_option,
)
from folkmoot.cli.transition_folder import PLAN, planned
from folkmoot.readers.tables import Faults, Table, read_table
from folkmoot.transition.errors import AssetError, StaffError
from folkmoot.transition.inputs import read_assets, read_staff, template
from folkmoot.transition.receivers import Receivers
from folkmoot.transition.staff import (
    Transferred,
    asset_faults,
    staff_faults,
    transfer_assets,
    transfer_posts,
)
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.money import in_pounds

STAFF_COLUMNS = ("posts", "from_body", "what", "to_body", "hundredths", "pay_pence", "why")
AS_SUM = {"moves": "move.", "stays": "stay.", "is open": "are open: decide each by hand."}
ASSET_COLUMNS = ("asset", "from_body", "what", "to_body", "book_pence", "why")


def table_options(command: click.decorators.FC) -> click.decorators.FC:
    """Add what both commands need: a table, a plan, and where the parts go."""
    argument = click.argument("table_csv", type=FILE, metavar="[FILE]", required=False)
    areas = click.option(
        "--areas", "plan_path", type=PLAN, metavar="PLAN", help="The plan's areas."
    )
    out = click.option("--out", type=FILE, metavar="FILE", help="Write every part as CSV.")
    blank = click.option(
        "--template", "template_path", type=FILE, metavar="FILE", help="Write a table to fill in."
    )
    options = out(blank(force_option(json_option(command))))
    return argument(areas(places_option(criteria_option(options))))


@click.command("staff")
@table_options
def staff_command(
    *,
    table_csv: Path | None,
    plan_path: Path | None,
    package: Path | None,
    criteria_file: Path | None,
    out: Path | None,
    template_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say where posts go: which move, which stay, and which are open. No person is named.

    FILE is a CSV file with posts that spend their time alike; --template writes one with an
    example. For example:

        folkmoot transition staff staff.csv --areas build/plan --out posts.csv
    """
    if _begun("staff", table_csv, out, template_path, force=force):
        return
    path, receivers = _named(table_csv, plan_path, package, criteria_file)
    faults = Faults()
    rows = _rows(path, "posts", faults)
    read = read_staff(rows) if rows is not None else ()
    _place(faults, path, ((one.line, staff_faults(one.value, receivers)) for one in read))
    if faults.found:
        raise StaffError(str(path), faults.found)
    told = transfer_posts([one.value for one in read], receivers)
    parts = [
        (one.code, one.body, one.what, one.to or "", one.hundredths, one.pence, one.why)
        for one in told
    ]
    if out is not None:
        write(out, csv_text(STAFF_COLUMNS, parts), force=force)
    if as_json:
        print_json([dict(zip(STAFF_COLUMNS, part, strict=True)) for part in parts])
    else:
        click.echo("\n".join(_posts_lines(told)))


@click.command("assets")
@table_options
def assets_command(
    *,
    table_csv: Path | None,
    plan_path: Path | None,
    package: Path | None,
    criteria_file: Path | None,
    out: Path | None,
    template_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say where assets and debts go; what is disputed stays until the dispute is settled.

    FILE is a CSV file with a row for each asset; a debt has a minus before its pence.
    --template writes one with an example. For example:

        folkmoot transition assets assets.csv --areas build/plan --out shares.csv
    """
    if _begun("assets", table_csv, out, template_path, force=force):
        return
    path, receivers = _named(table_csv, plan_path, package, criteria_file)
    faults = Faults()
    rows = _rows(path, "asset", faults)
    read = read_assets(rows) if rows is not None else ()
    _place(faults, path, ((one.line, asset_faults(one.value, receivers)) for one in read))
    if faults.found:
        raise AssetError(str(path), faults.found)
    told = transfer_assets([one.value for one in read], receivers)
    parts = [(one.code, one.body, one.what, one.to or "", one.pence, one.why) for one in told]
    if out is not None:
        write(out, csv_text(ASSET_COLUMNS, parts), force=force)
    if as_json:
        print_json([dict(zip(ASSET_COLUMNS, part, strict=True)) for part in parts])
    else:
        click.echo("\n".join(_asset_lines(told)))


def _begun(
    name: str, given: Path | None, out: Path | None, template_path: Path | None, *, force: bool
) -> bool:
    """Whether a table to fill in was written and nothing else is asked for."""
    for path in filter(None, (out, template_path)):
        check_free(path, force=force)
    if template_path is None:
        return False
    header, example = template(name)
    write(template_path, csv_text(header, [example]), force=force)
    click.echo(f"Written to {template_path}, with an example.", err=True)
    return given is None


def _named(
    given: Path | None, plan_path: Path | None, package: Path | None, criteria_file: Path | None
) -> tuple[Path, Receivers]:
    """The table that was named, and who receives what by the plan that was."""
    if given is None or plan_path is None:
        raise click.UsageError("Name a FILE to read, and the plan with --areas PLAN.")
    return given, planned(plan_path, given_places(package), criteria_file)[1]


def _place(faults: Faults, path: Path, found: Iterable[tuple[int, Iterable[Fault]]]) -> None:
    """Note faults with the file and the line that they are in."""
    for line, some in found:
        faults.found += [replace(fault, file=path.name, row=line) for fault in some]


def _rows(path: Path, key: str, faults: Faults) -> Table | None:
    """A table in which each code stands once."""
    rows = read_table(path, faults)
    if rows is not None and key in rows.columns:
        rows.once([key])
    return rows


def _posts_lines(told: Sequence[Transferred]) -> Iterator[str]:
    if not told:
        yield "There are no posts in the file: give each a row."
        return
    yield table(
        ("posts", "what becomes of them", "to", "why", "posts, full time", "pay of a year"),
        [
            (
                *(one.code, one.what, one.to or "–", one.why),
                *(_posts(one.hundredths), in_pounds(one.pence)),
            )
            for one in told
        ],
        text=4,
    )
    yield ""
    for what in ("moves", "stays", "is open"):
        some = [one for one in told if one.what == what]
        count, pay = sum(one.hundredths for one in some), sum(one.pence for one in some)
        yield f"{_posts(count)} posts and {in_pounds(pay)} {AS_SUM[what]}"
    count, pay = sum(one.hundredths for one in told), sum(one.pence for one in told)
    yield f"{_posts(count)} posts and {in_pounds(pay)} in all, which is what the file holds."
    yield "Whether and how staff pass by law is to check with each instrument."


def _asset_lines(told: Sequence[Transferred]) -> Iterator[str]:
    if not told:
        yield "There is no asset in the file: give each a row."
        return
    yield table(
        ("asset", "what becomes of it", "to", "why", "book value"),
        [(one.code, one.what, one.to or "–", one.why, in_pounds(one.pence)) for one in told],
        text=4,
    )
    moved = sum(one.pence for one in told if one.what == "moves")
    kept = sum(one.pence for one in told if one.what == "stays")
    yield f"\n{in_pounds(moved)} moves, {in_pounds(kept)} stays: {in_pounds(moved + kept)} in all."
    yield "Book values only: what an asset is worth, and the law of its transfer, are to check."


def _posts(hundredths: int) -> str:
    return f"{hundredths / 100:,.2f}"
