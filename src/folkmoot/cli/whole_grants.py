"""``folkmoot funding whole-grants``: a floor over all streams, kept with the least change."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    FILE,
    Ratio,
    force_option,
    json_option,
    places_option,
    settlement_option,
)
from folkmoot.cli.settlement_again import Opened, opened
from folkmoot.funding.decision_tables import read_least
from folkmoot.funding.infeasible import Infeasible
from folkmoot.funding.two_way import TightSet
from folkmoot.funding.whole_grants import WholeGrants, whole_grants
from folkmoot.vocabulary.money import in_pounds, in_short
from folkmoot.vocabulary.periods import FinancialYear

COLUMNS = (
    *("area", "name", "stream", "year"),
    *("before_pence", "after_pence", "change_pence", "label"),
)


@click.command("whole-grants")
@settlement_option
@click.option(
    "--floor", type=Ratio(), help="Least change of a whole grant on last year's, such as -1%."
)
@click.option(
    "--least",
    "least_file",
    type=FILE,
    metavar="FILE.csv",
    help="The least for some areas in all streams: area, pence.",
)
@click.option("--year", help="Year to look at, as 2026-27. Default: the first.")
@click.option("--out", type=FILE, metavar="FILE.csv", help="Write every area and stream.")
@places_option
@force_option
@json_option
def whole_grants_command(
    *,
    folder: Path,
    floor: Fraction | None,
    least_file: Path | None,
    year: str | None,
    out: Path | None,
    package: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Keep every area's whole grant above a floor, whatever its streams do.

    Where the settlement keeps the floor already, it stands. Else whole grants are shared anew,
    as near to target as their floors allow, and the cells of areas and streams follow with the
    least change; streams keep their sums, and cells their own floors and ceilings. Where nothing
    fits, says why in figures. The settlement itself is not changed. For example:

        folkmoot funding whole-grants --settlement DIR --floor -1.5% --out whole.csv
    """
    if floor is None and least_file is None:
        raise click.UsageError("Say what the least is: --floor, --least, or both.")
    if out is not None:
        check_free(out, force=force)
    again = opened(folder, package)
    settlement = again.settlement
    wanted = FinancialYear.parse(year) if year else settlement.formula.opening_year
    least = read_least(least_file, settlement) if least_file else None
    found = whole_grants(settlement, wanted, floor=floor, least=least)
    if isinstance(found, WholeGrants):
        rows = list(_rows(again, found))
        if out is not None:
            write(out, csv_text(COLUMNS, rows), force=force)
        if as_json:
            told = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
            print_json({"is_feasible": True, "moved_pence": found.moved, "rows": told})
        else:
            click.echo("\n".join(_lines(again, found)))
    elif as_json:
        print_json(_none(found))
    else:
        click.echo(f"No whole grants fit in {wanted}. {found.sentence()}")


def _rows(again: Opened, found: WholeGrants) -> Iterator[tuple[str | int, ...]]:
    label = "; ".join(again.settlement.labels(found.year))
    for area, before, after in zip(again.settlement.areas, found.before, found.after, strict=True):
        for stream, was, now in zip(found.streams, before, after, strict=True):
            named = again.named(area).values()
            yield *named, stream, str(found.year), was, now, now - was, label


def _lines(again: Opened, found: WholeGrants) -> Iterator[str]:
    changed = [
        (
            *again.named(area).values(),
            in_pounds(least),
            in_pounds(sum(before)),
            in_pounds(sum(after)),
            *(in_short(now - was) for was, now in zip(before, after, strict=True)),
        )
        for area, least, before, after in zip(
            again.settlement.areas, found.least, found.before, found.after, strict=True
        )
        if before != after
    ]
    if not changed:
        yield f"Every whole grant of {found.year} is above its floor already: nothing moves."
    else:
        yield f"{found.year}: {in_short(found.moved)} moves between areas and streams."
        yield ""
        header = ("area", "name", "least", "whole grant", "becomes", *found.streams)
        yield table(header, changed, text=2)
    yield ""
    yield from (f"  {label}." for label in again.settlement.labels(found.year))


def _none(found: Infeasible | TightSet) -> dict[str, object]:
    told: dict[str, object] = {
        "is_feasible": False,
        "pence": found.pence,
        "sentence": found.sentence(),
    }
    if isinstance(found, TightSet):
        return {**told, "kind": "two_way", "areas": found.areas, "streams": found.streams}
    fits = found.largest_uniform_floor
    return {
        **told,
        "kind": found.kind,
        "largest_uniform_floor": None if fits is None else str(fits),
    }
