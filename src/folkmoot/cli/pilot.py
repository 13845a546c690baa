"""``folkmoot transition pilot``: whether the areas that went first did better."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np

from folkmoot.cli.console import check_free, csv_text, print_json, progress_line, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option, seed_option
from folkmoot.exhibits.trends import trends_chart
from folkmoot.parameters.reader import packaged_text
from folkmoot.transition.pilot import (
    EXAMPLE,
    EXAMPLE_OUTCOMES,
    Detectable,
    Pilot,
    PilotResult,
    analyse,
    cannot_show,
    comparison_areas,
    detectable,
    read_outcomes,
    read_pilot,
)
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.permutation import PermutationTest

TREND_COLUMNS = ("outcome", "year", "pilot_mean", "comparison_mean")


@click.command("pilot")
@click.option("--declared", type=FILE, metavar="FILE.toml", help="The pilot, as declared before.")
@click.option("--outcomes", type=FILE, metavar="FILE.csv", help="area, year, outcome, value.")
@click.option(
    "--draws",
    type=click.IntRange(min=100),
    default=1000,
    show_default=True,
    help="Draws of the simulation of what could be detected.",
)
@seed_option
@click.option("--out", type=FILE, metavar="FILE.svg", help="Draw both trends.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write both trends.")
@click.option(
    "--template",
    type=FILE,
    metavar="FILE.toml",
    help="Write a made-up pilot to fill in, and its table beside it.",
)
@force_option
@json_option
def pilot_command(
    *,
    declared: Path | None,
    outcomes: Path | None,
    draws: int,
    seed: int,
    out: Path | None,
    csv_path: Path | None,
    template: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Plan and judge a proof of concept: areas that take on a function before the others.

    Before the start: which areas to compare with, and the least effect that would be found.
    After it: the estimate by difference in differences, tested against every set of as many
    areas, with what it cannot show. For example:

        folkmoot transition pilot --template pilot.toml

        folkmoot transition pilot --declared pilot.toml --outcomes pilot.csv
    """
    if template is not None:
        _write_template(template, force=force)
        return
    if declared is None or outcomes is None:
        raise click.UsageError("Name a pilot with --declared and a table with --outcomes.")
    for path in filter(None, (out, csv_path)):
        check_free(path, force=force)
    pilot = read_pilot(declared)
    measured = read_outcomes(outcomes, pilot)
    compared = comparison_areas(pilot, measured)
    with progress_line() as progress:
        progress("Simulating what could be detected", 0.1)
        could = detectable(pilot, measured, rng=np.random.default_rng(seed), draws=draws)
        progress("Counting every set of areas", 0.7)
        found = analyse(pilot, measured)
    if out is not None:
        write(out, trends_chart(pilot, found) + "\n", force=force)
    if csv_path is not None:
        write(csv_path, csv_text(TREND_COLUMNS, _trend_rows(found)), force=force)
    if as_json:
        print_json(_summary(pilot, compared, could, found))
    else:
        click.echo("\n".join(_lines(pilot, compared, could, found)))


def _write_template(template: Path, *, force: bool) -> None:
    beside = template.with_suffix(".csv")
    for path in (template, beside):
        check_free(path, force=force)
    write(template, packaged_text(EXAMPLE), force=force)
    write(beside, packaged_text(EXAMPLE_OUTCOMES), force=force)
    click.echo(f"Written to {template} and {beside}: made up, to fill in.")


def _trend_rows(found: Sequence[PilotResult]) -> Iterator[tuple[str, str, float, float]]:
    for one in found:
        for year, own, other in one.trend:
            yield one.outcome.code, str(year), float(own), float(other)


def _lines(
    pilot: Pilot,
    compared: Sequence[AreaCode],
    could: Sequence[Detectable],
    found: Sequence[PilotResult],
) -> Iterator[str]:
    yield pilot.title + (" (illustration)." if pilot.is_illustration else ".")
    yield f"Pilot areas: {', '.join(pilot.areas)}, from {pilot.start}, for '{pilot.function}'."
    yield f"Compared with the {len(compared)} most like them before: {', '.join(compared)}."
    yield ""
    yield f"What would be found with power {float(pilot.power):.0%}, by simulation:"
    yield table(
        ("outcome", "areas change by themselves by", "least effect found"),
        [
            (
                one.outcome,
                f"{one.spread:.3g}",
                "none" if one.effect is None else f"{one.effect:.3g}",
            )
            for one in could
        ],
    )
    yield ""
    if not found:
        yield "No outcome has a year from the start on yet, so there is nothing to judge."
        return
    yield "What came of it, change of the pilot areas less change of the others:"
    yield table(
        ("outcome", "estimate", "interval", "p", "counted", "the same before", "p before"),
        [
            (
                one.outcome.code,
                f"{float(one.test.estimate):+.3g}",
                _interval(one.test),
                f"{float(one.test.p):.3g}",
                f"of {one.test.sets:,} sets",
                f"{float(one.before.estimate):+.3g}",
                f"{float(one.before.p):.3g}",
            )
            for one in found
        ],
    )
    for one in found:
        yield ""
        yield f"{one.outcome.name}:"
        if one.without:
            ends = sorted((float(value), area) for area, value in one.without.items())
            yield (
                f"  Without one area the estimate is from {ends[0][0]:+.3g} (without {ends[0][1]}) "
                f"to {ends[-1][0]:+.3g} (without {ends[-1][1]})."
            )
        yield from (f"  {sentence}" for sentence in cannot_show(pilot, one))


def _interval(test: PermutationTest) -> str:
    if test.least is None or test.most is None:
        return "no limits"
    return f"{test.least:+.3g} to {test.most:+.3g}"


def _summary(
    pilot: Pilot,
    compared: Sequence[AreaCode],
    could: Sequence[Detectable],
    found: Sequence[PilotResult],
) -> dict[str, object]:
    return {
        "title": pilot.title,
        "is_illustration": pilot.is_illustration,
        "function": pilot.function,
        "pilot_areas": pilot.areas,
        "comparison_areas": tuple(compared),
        "detectable": could,
        "results": [
            {
                "outcome": one.outcome.code,
                "is_interim": one.is_interim,
                **_test(one.test),
                "before": _test(one.before),
                "without": {area: float(value) for area, value in one.without.items()},
                "trend": [
                    {"year": str(year), "pilot_mean": float(own), "comparison_mean": float(other)}
                    for year, own, other in one.trend
                ],
                "cannot_show": cannot_show(pilot, one),
            }
            for one in found
        ],
    }


def _test(test: PermutationTest) -> dict[str, object]:
    return {
        "estimate": float(test.estimate),
        "least": test.least,
        "most": test.most,
        "p": float(test.p),
        "sets": test.sets,
    }
