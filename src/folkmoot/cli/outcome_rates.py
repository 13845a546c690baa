"""``folkmoot outcomes rates`` and ``gradient``: rates and inequality of a table of one's own."""

from pathlib import Path
from typing import get_args

import click
import numpy as np

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.gradient_chart import gradient_chart, in_words
from folkmoot.outcomes.inequality import Scale, slope_index
from folkmoot.outcomes.rates import crude_rate, indirectly_standardised, mean, proportion
from folkmoot.outcomes.results import Estimates
from folkmoot.outcomes.standardised import directly_standardised
from folkmoot.readers.outcomes import read_by_age, read_figures
from folkmoot.vocabulary.arrays import FloatVector

RATE_COLUMNS = ("area", "value", "lower", "upper", "reason")


@click.command("rates")
@click.argument("file", type=FILE)
@click.option(
    "--kind",
    type=click.Choice(["rate", "proportion", "standardised", "expected", "mean"]),
    default="rate",
    show_default=True,
    help="standardised and expected need the column 'age'; mean: total, people, deviation.",
)
@click.option("--reference", metavar="AREA", help="With expected: whose rates are expected.")
@click.option("--standard", type=FILE, metavar="FILE.csv", help="Weights: age, weight.")
@click.option(
    "--confidence",
    type=click.FloatRange(min=0.9, max=1.0, max_open=True),
    default=0.95,
    show_default=True,
    help="Of the interval; 0.95 and 0.998 are published.",
)
@click.option("--per", type=click.IntRange(min=1), default=1, show_default=True, help="Multiplier.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write the rates.")
@force_option
@json_option
def rates_command(
    *,
    file: Path,
    kind: str,
    reference: str | None,
    standard: Path | None,
    confidence: float,
    per: int,
    csv_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Give each area's rate with its interval.

    FILE has the columns area, events, people, one row an area; or area, age, events, people.
    Without --standard, 19 ages are weighed as the European Standard Population of 2013. For
    example:

        folkmoot outcomes rates deaths.csv --kind standardised --per 100000
    """
    if csv_path is not None:
        check_free(csv_path, force=force)
    areas, found = _rates(file, kind, reference=reference, standard=standard, level=confidence)
    figures = [
        tuple(None if np.isnan(one[n]) else float(one[n]) * per for one in _triple(found))
        for n in range(len(areas))
    ]
    rows = [
        (area, *three, found.absent.get(n, ""))
        for n, (area, three) in enumerate(zip(areas, figures, strict=True))
    ]
    if csv_path is not None:
        write(csv_path, csv_text(RATE_COLUMNS, rows), force=force)
    if as_json:
        print_json(
            {
                "method": found.method,
                "confidence": confidence,
                "per": per,
                "unit": found.unit,
                "inputs_sha256": found.inputs_sha256,
                "rows": [dict(zip(RATE_COLUMNS, row, strict=True)) for row in rows],
            }
        )
        return
    shown = [
        (area, *map(_figure, three), found.absent.get(n, ""))
        for n, (area, three) in enumerate(zip(areas, figures, strict=True))
    ]
    click.echo(table(("area", "value", "lower", "upper", ""), shown))
    unit = f"{found.unit}, times {per:,}" if per > 1 else found.unit
    click.echo(f"\nUnit: {unit}. Method: {found.method.name}. Source: {found.method.sources}.")
    click.echo(f"It cannot say {found.method.cannot_say}")


def _triple(found: Estimates) -> tuple[FloatVector, FloatVector, FloatVector]:
    return found.value, found.lower, found.upper


def _figure(value: float | None) -> str:
    return "–" if value is None else plain(value)


def _rates(
    file: Path, kind: str, *, reference: str | None, standard: Path | None, level: float
) -> tuple[tuple[str, ...], Estimates]:
    if kind == "mean":
        given = read_figures(file, "area", ("total", "people", "deviation"))
        return given.names, mean(*given.numbers.values(), confidence=level)
    if kind in ("rate", "proportion"):
        given = read_figures(file, "area", ("events", "people"))
        method = crude_rate if kind == "rate" else proportion
        return given.names, method(*given.numbers.values(), confidence=level)
    by_age = read_by_age(file)
    if kind == "standardised":
        weights = _weights(standard, by_age.ages) if standard else None
        return by_age.areas, directly_standardised(
            by_age.events, by_age.people, weights, confidence=level
        )
    if reference not in by_age.areas:
        raise click.UsageError("Name with --reference the area of FILE whose rates are expected.")
    at = by_age.areas.index(reference)
    return by_age.areas, indirectly_standardised(
        by_age.events, by_age.people, by_age.events[at], by_age.people[at], confidence=level
    )


def _weights(standard: Path, ages: tuple[str, ...]) -> list[float]:
    given = read_figures(standard, "age", ("weight",))
    weight = dict(zip(given.names, given.numbers["weight"].tolist(), strict=True))
    if missing := [age for age in ages if age not in weight]:
        raise click.UsageError(f"{standard} has no weight for the ages {', '.join(missing)}.")
    return [weight[age] for age in ages]


@click.command("gradient")
@click.argument("file", type=FILE)
@click.option(
    "--scale",
    type=click.Choice(get_args(Scale)),
    default="natural",
    show_default=True,
    help="log for rates, logit for proportions.",
)
@click.option("--title", default="", help="What the chart is of.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="The gradient.")
@force_option
@json_option
def gradient_command(
    *, file: Path, scale: str, title: str, out: Path | None, force: bool, as_json: bool
) -> None:
    """Measure inequality from the most to the least deprived: slope and relative index.

    FILE has the columns group, people, value, error, most deprived group first; error is the
    standard error of the value. For example:

        folkmoot outcomes gradient tenths.csv --out gradient.svg
    """
    if out is not None:
        check_free(out, force=force)
    given = read_figures(file, "group", ("people", "value", "error"))
    people, values, errors = given.numbers.values()
    fitted = next(one for one in get_args(Scale) if one == scale)
    found = slope_index(values, people, errors, scale=fitted)
    if out is not None:
        drawn = gradient_chart(found, values, people, errors, given.names, title=title or file.stem)
        write(out, drawn + "\n", force=force)
    if as_json:
        print_json(
            {
                "slope_index": _one(found.slope),
                "relative_index": _one(found.relative),
                "note": found.note,
                "method": found.slope.method,
            }
        )
        return
    click.echo(in_words(found))
    for reason in found.relative.absent.values():
        click.echo(f"The relative index has no limits: {reason}.")
    click.echo(f"Method: {found.slope.method.name}. It cannot say {found.slope.method.cannot_say}")


def _one(found: Estimates) -> dict[str, float | None]:
    return {
        name: float(one[0]) if np.isfinite(one[0]) else None
        for name, one in zip(("value", "lower", "upper"), _triple(found), strict=True)
    }
