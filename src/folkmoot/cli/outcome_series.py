"""``folkmoot outcomes spc``: a series against its own limits."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.control_chart import control_chart, in_words
from folkmoot.outcomes.errors import RebaseReasonError
from folkmoot.outcomes.xmr import ControlChart, Improvement, xmr
from folkmoot.readers.outcomes import read_series

CHART_COLUMNS = ("date", "value", "mean", "lower", "upper", "signal", "meaning")


@click.command("spc")
@click.argument("file", type=FILE)
@click.option(
    "--improvement",
    type=click.Choice(get_args(Improvement)),
    required=True,
    help="Which way is better.",
)
@click.option("--target", type=float, help="What is to be reached.")
@click.option(
    "--rebase",
    multiple=True,
    metavar="DAY=REASON",
    help="Limits start anew on a day; may be given again.",
)
@click.option("--fix-after", type=click.IntRange(min=2), help="Limits from the first N points.")
@click.option(
    "--run",
    type=click.IntRange(6, 7),
    default=7,
    show_default=True,
    help="Successive points that make a trend or a shift.",
)
@click.option("--title", default="", help="What the chart is of.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="The chart.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every point.")
@force_option
@json_option
def spc_command(
    *,
    file: Path,
    improvement: str,
    target: float | None,
    rebase: tuple[str, ...],
    fix_after: int | None,
    run: int,
    title: str,
    out: Path | None,
    csv_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Chart a series against its own limits, by the rules of Making Data Count.

    FILE has the columns date, value. For example:

        folkmoot outcomes spc waits.csv --improvement decrease --target 18 --out waits.svg
    """
    for path in filter(None, (out, csv_path)):
        check_free(path, force=force)
    series = read_series(file)
    found = xmr(
        series.values,
        series.dates,
        next(one for one in get_args(Improvement) if one == improvement),
        target=target,
        rebase=dict(map(_rebase, rebase)),
        fix_after=fix_after,
        run=run,
    )
    if out is not None:
        write(out, control_chart(found, title=title or file.stem) + "\n", force=force)
    if csv_path is not None:
        write(csv_path, csv_text(CHART_COLUMNS, _chart_rows(found)), force=force)
    if as_json:
        print_json(
            {
                "groups": found.groups,
                "assurance": found.assurance,
                "is_too_short": found.is_too_short,
                "gaps": [[str(day) for day in gap] for gap in found.gaps],
                "points": [
                    dict(zip(CHART_COLUMNS, row, strict=True)) for row in _chart_rows(found)
                ],
            }
        )
    else:
        click.echo("\n".join(_chart_lines(found)))


def _rebase(told: str) -> tuple[date, str]:
    day, _, reason = told.partition("=")
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise click.UsageError(
            f"'{told}' is not DAY=REASON, such as 2026-04-01='new clinic'"
        ) from None
    if not reason.strip():
        raise RebaseReasonError([when])
    return when, reason


def _chart_rows(found: ControlChart) -> Iterator[tuple[object, ...]]:
    limits = [group for group in found.groups for _ in range(group.points)]
    each = zip(
        found.dates, found.values.tolist(), limits, found.signals, found.meanings, strict=True
    )
    for day, value, group, signal, meaning in each:
        yield (str(day), value, group.mean, group.lower, group.upper, signal, meaning)


def _chart_lines(found: ControlChart) -> Iterator[str]:
    yield in_words(found)
    yield from (f"No point between {start} and {end}." for start, end in found.gaps)
    yield from (f"Limits start anew on {day}: {why}." for day, why in found.reasons.items())
    shown = [row for row in _chart_rows(found) if row[5] != "common cause"]
    if shown:
        yield table(
            ("date", "value", "shows", "means"),
            [(str(row[0]), plain(float(str(row[1]))), str(row[5]), str(row[6])) for row in shown],
        )
    yield f"Method: {found.method.name}. It cannot say {found.method.cannot_say}"
