"""``folkmoot compare``: two plans side by side."""

from collections.abc import Iterator
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, FOLDER, force_option, json_option
from folkmoot.exhibits.comparison import (
    a_head,
    area_name,
    areas_in,
    comparison_report,
    per_cent,
    signed,
)
from folkmoot.plan.compare import Comparison, compare, gains_and_losses
from folkmoot.plan.folder import read_plan
from folkmoot.vocabulary.money import in_pounds

SHOWN = 12
"""Rows of a table on the screen; the report and --json have them all."""
STATES = ("same", "changed", "new", "gone")
BLOCK_COLUMNS = (
    *("block", "name", "people", "first_area", "second_area", "moves"),
    *("year", "first_pence", "second_pence", "change_pence"),
)


@click.command("compare")
@click.argument("first", type=FOLDER, metavar="A")
@click.argument("second", type=FOLDER, metavar="B")
@click.option("--year", metavar="YEAR", help="Year of the grants. Default: the first of both.")
@click.option("--out", type=FILE, metavar="FILE", help="Write all of it as one HTML page.")
@click.option("--blocks", type=FILE, metavar="FILE", help="Write every block as CSV.")
@force_option
@json_option
def compare_command(
    *,
    first: Path,
    second: Path,
    year: str | None,
    out: Path | None,
    blocks: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Set two plans side by side: what changed, and who gains or loses.

    A and B are folders that 'folkmoot plan' wrote, of the same blocks. Areas are matched so
    that as many residents as possible stay in theirs. For example:

        folkmoot compare build/plan-38 build/plan-36 --out compared.html
    """
    for path in filter(None, (out, blocks)):
        check_free(path, force=force)
    folders = read_plan(first), read_plan(second)
    told = compare(*folders, year=year, names=(first, second))
    if out is not None:
        write(out, comparison_report(told, *folders), force=force)
    if blocks is not None:
        write(blocks, csv_text(BLOCK_COLUMNS, _block_rows(told)), force=force)
    if as_json:
        print_json(told)
    else:
        click.echo("\n".join(_lines(told)))


def _block_rows(told: Comparison) -> Iterator[tuple[object, ...]]:
    pence = told.by_block()
    for one in told.blocks:
        was, becomes = pence.get(one.block, (0, 0))
        yield (
            *(one.block, one.name, one.people, one.first_area, one.second_area),
            *("yes" if one.moves else "no", told.year, was, becomes, becomes - was),
        )


def _lines(told: Comparison) -> Iterator[str]:
    yield f"First:  {told.first_title}"
    yield f"Second: {told.second_title}"
    if told.is_same:
        yield "\nNothing differs."
    else:
        yield from _areas(told)
        yield from _terms(told)
        yield from _grants(told)
        yield from _holders(told)
        yield from _steps(told)
    if told.inputs:
        yield "\nMade from different inputs:"
        yield from _rows(
            ("what", "first", "second"), [(i.what, i.first, i.second) for i in told.inputs], text=3
        )


def _areas(told: Comparison) -> Iterator[str]:
    counts = [(state, sum(p.state == state for p in told.pairs)) for state in STATES]
    yield "\nAreas: " + ", ".join(f"{count} {state}" for state, count in counts) + "."
    yield f"{len(told.moves)} blocks move, with {told.moved_people:,} of {told.people:,} residents."
    yield from _rows(
        ("block", "from", "to", "people"),
        [
            (
                one.name,
                area_name(told, "first", one.first_area),
                area_name(told, "second", one.second_area),
                f"{one.people:,}",
            )
            for one in sorted(told.moves, key=lambda one: (-one.people, one.block))
        ],
        text=3,
    )


def _terms(told: Comparison) -> Iterator[str]:
    first, second = told.objectives
    yield f"\nF goes from {first:.6f} to {second:.6f} ({second - first:+.6f})."
    changed = sorted((t for t in told.terms if t.change), key=lambda t: (-abs(t.change), t.term))
    yield from _rows(
        ("term", "first", "second", "change"),
        [
            (t.term.replace("_", " "), f"{t.first:.6f}", f"{t.second:.6f}", f"{t.change:+.6f}")
            for t in changed
        ],
    )


def _grants(told: Comparison) -> Iterator[str]:
    if not told.year:
        yield "\nThe plans settle no year in common, so no grant can be compared."
        return
    first, second = told.totals(told.year)
    gain, loss = gains_and_losses(b - a for a, b in told.by_block().values())
    yield f"\nGrants, {told.year} ({'; '.join(told.labels) or 'as settled'}):"
    yield (
        f"By residents, blocks gain {in_pounds(gain)} and lose {in_pounds(loss)}: "
        f"{signed(gain - loss)}, as the totals ({in_pounds(first)}, {in_pounds(second)}) do."
    )
    rows = [one for one in told.by_pair() if one[1] != one[2]]
    rows.sort(key=lambda one: (-(one[2] - one[1]), one[0].first or "", one[0].second or ""))
    yield from _rows(
        ("first plan", "second plan", "change", "per cent", "a head, first", "a head, second"),
        [
            (
                area_name(told, "first", pair.first),
                area_name(told, "second", pair.second),
                signed(becomes - was),
                per_cent(becomes - was, was),
                a_head(was, pair.first_people),
                a_head(becomes, pair.second_people),
            )
            for pair, was, becomes in rows
        ],
        text=2,
    )


def _holders(told: Comparison) -> Iterator[str]:
    if not told.functions and not told.holders:
        yield "\nEvery function is held by the same body everywhere."
        return
    yield "\nWho holds what:"
    yield from (
        f"  {one.name}: {one.what.replace('_', ' ')} {one.first} → {one.second}"
        for one in told.functions
    )
    yield from _rows(
        ("function", "first plan", "second plan", "period", "people"),
        [
            (one.name, one.first_holder, one.second_holder, one.period, f"{one.people:,}")
            for one in told.holders
        ],
        text=4,
    )


def _steps(told: Comparison) -> Iterator[str]:
    yield f"\nThe first plan ends on {told.ends[0]}, the second on {told.ends[1]}."
    if not told.steps:
        yield "No date moves."
        return
    yield from _rows(
        ("step", "areas", "first plan", "second plan"),
        [(s.title, areas_in(s), s.first_days or "–", s.second_days or "–") for s in told.steps],
        text=2,
    )


def _rows(header: tuple[str, ...], rows: list[tuple[str, ...]], *, text: int = 1) -> Iterator[str]:
    """A table of the first rows, and how many follow."""
    if rows:
        yield table(header, rows[:SHOWN], text=text)
    if len(rows) > SHOWN:
        yield f"  … and {len(rows) - SHOWN} more: --out and --json have them all."
