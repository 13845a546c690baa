"""What commands share that write lines of a settlement's ledger; the settlement never changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, Command
from folkmoot.cli.settlement_again import Opened, opened
from folkmoot.funding.settlement import Settlement
from folkmoot.funding.settlement_ledger import LEDGER_COLUMNS, ledger_rows
from folkmoot.vocabulary.ledger import Ledger
from folkmoot.vocabulary.money import in_pounds

Rows = Sequence[Mapping[str, str | int]]
"""What a command works out for each area, stream and year, by column."""


def decided_option(name: str, text: str) -> Callable[[Command], Command]:
    """Add the option that names a table of decisions."""
    return click.option(name, "decided", type=FILE, required=True, metavar="FILE.csv", help=text)


def out_option(command: Command) -> Command:
    """Add ``--out FILE.csv``."""
    text = "Write the lines of the ledger, in the columns of ledger.csv."
    return click.option("--out", type=FILE, metavar="FILE.csv", help=text)(command)


def deliver(
    settlement: Settlement,
    ledger: Ledger,
    rows: Rows,
    lines: Iterable[str],
    *,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Write the ledger's lines where asked, and tell what they come to."""
    entries = list(ledger_rows(settlement, ledger))
    if out is not None:
        write(out, csv_text(LEDGER_COLUMNS, entries), force=force)
    if as_json:
        told = [dict(zip(LEDGER_COLUMNS, entry, strict=True)) for entry in entries]
        print_json({"rows": rows, "entries": told})
        return
    click.echo("\n".join(lines))
    labels = dict.fromkeys(str(entry[-1]) for entry in entries)
    click.echo("\n" + "\n".join(f"  {label}." for label in labels if label))
    if out is not None:
        click.echo(f"\n{len(entries)} lines of the ledger written to {out}.")


def lines_of(header: Sequence[str], rows: Rows, *, text: int) -> Iterator[str]:
    """Rows as a table: money in pounds, everything else as it stands."""
    yield table(
        header,
        [
            [in_pounds(cell) if isinstance(cell, int) else cell for cell in row.values()]
            for row in rows
        ],
        text=text,
    )


def opened_for(folder: Path, package: Path | None, out: Path | None, *, force: bool) -> Opened:
    """Settle a folder again, once it is known that what is to be written may be."""
    if out is not None:
        check_free(out, force=force)
    return opened(folder, package)
