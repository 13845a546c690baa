"""``folkmoot funding simulate``: how sure each grant is, and which number it hangs on."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import click

from folkmoot.cli.console import csv_text, print_json, progress_line, table, write_folder
from folkmoot.cli.inputs import FOLDER, json_option, places_option, seed_option, settlement_option
from folkmoot.cli.settlement_again import opened
from folkmoot.exhibits.publication import check_free
from folkmoot.exhibits.tornado import influence_table, tornado
from folkmoot.funding.chance import Uncertainty
from folkmoot.funding.sensitivity import Influence, Spread, influences, spreads
from folkmoot.funding.simulation import Simulation, simulate
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.money import in_short

SPREAD_COLUMNS = (
    "area",
    "name",
    "stream",
    "year",
    "settled_pence",
    "low_pence",
    "median_pence",
    "high_pence",
    "on_floor",
    "at_ceiling",
    "other_rank",
    "label",
)
INFLUENCE_COLUMNS = ("stream", "name", "title", "sobol", "least", "most", "pence_at_stake", "label")
DRAW_COLUMNS = ("stream", "draws", "feasible", "infeasible")
Names = Mapping[AreaCode, str]
"""What people call each area."""
SHOWN = 5
"""Areas shown of each stream: those least sure."""
DERIVED = "derived: chances follow from declared ranges and published limits, not from experience"


@click.command("simulate")
@settlement_option
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    help="How many times to settle again.",
)
@seed_option
@click.option(
    "--phi",
    type=click.FloatRange(min=0, min_open=True),
    default=0.01,
    show_default=True,
    help="How widely the weights of a profile are drawn.",
)
@click.option("--no-rates", is_flag=True, help="Take published rates as exact.")
@click.option(
    "--population-cv",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    help="Error of a block's people, in counted need: 0.01 is one per cent.",
)
@click.option(
    "--need-cv",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    help="Error of a block's weighted population, in published need.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Threads that share the work; the figures are the same for any number.",
)
@click.option("--out", type=FOLDER, metavar="DIR", help="Write tables and a chart to a new folder.")
@places_option
@json_option
def simulate_command(
    *,
    folder: Path,
    draws: int,
    seed: int,
    phi: float,
    no_rates: bool,
    population_cv: float,
    need_cv: float,
    workers: int,
    out: Path | None,
    package: Path | None,
    as_json: bool,
) -> None:
    """Settle again for many draws of what is uncertain, each exact to the penny.

    Weights of need profiles, ratios with a declared range, and rates with published limits are
    drawn. Says how far each grant may lie from the settlement's, how often a floor binds, and
    which number most money hangs on. The same seed gives the same figures, however many
    workers. For example:

        folkmoot funding simulate --settlement DIR --draws 10000 --seed 1 --out build/draws
    """
    if out is not None:
        check_free(out)
    again = opened(folder, package)
    uncertainty = Uncertainty(
        phi=Fraction(str(phi)),
        has_rates=not no_rates,
        population_cv=population_cv,
        need_cv=need_cv,
    )
    several = ThreadPoolExecutor(workers) if workers > 1 else nullcontext()
    with several as executor, progress_line() as progress:
        found = simulate(
            again.desk,
            again.settlement,
            draws=draws,
            seed=seed,
            uncertainty=uncertainty,
            executor=executor,
            progress=progress,
        )
        hang_on = influences(again.desk, found, executor=executor, progress=progress)
    spread = tuple(spreads(found))
    if out is not None:
        write_folder(out, _files(found, spread, hang_on, again.names))
    if as_json:
        print_json(_summary(found, spread, hang_on, again.names))
    else:
        click.echo("\n".join(_lines(found, spread, hang_on, again.names)))


def _labels(found: Simulation) -> tuple[str, ...]:
    return (*found.settlement.labels(found.settlement.formula.years[-1]), DERIVED)


def _files(
    found: Simulation, spread: Sequence[Spread], hang_on: Sequence[Influence], names: Names
) -> dict[str, str]:
    label = "; ".join(_labels(found))
    year = str(found.settlement.formula.years[-1])
    return {
        "spreads.csv": csv_text(SPREAD_COLUMNS, (_spread_row(one, names) for one in spread)),
        "influences.csv": csv_text(
            INFLUENCE_COLUMNS, ([*asdict(one).values(), label] for one in hang_on)
        ),
        "draws.csv": csv_text(DRAW_COLUMNS, _draw_rows(found)),
        "tornado.svg": tornado(hang_on, year=year, labels=_labels(found)) + "\n",
    }


def _spread_row(one: Spread, names: Names) -> tuple[str | int | float, ...]:
    return (
        one.area,
        names[one.area],
        one.stream,
        str(one.year),
        one.settled,
        one.low,
        one.median,
        one.high,
        one.on_floor,
        one.at_ceiling,
        one.other_rank,
        f"{one.label}; {DERIVED}",
    )


def _draw_rows(found: Simulation) -> Iterator[tuple[str | int, ...]]:
    for one in found.streams:
        fit = int(one.feasible.sum())
        yield one.stream, found.draws, fit, found.draws - fit


def _summary(
    found: Simulation, spread: Sequence[Spread], hang_on: Sequence[Influence], names: Names
) -> dict[str, object]:
    return {
        "draws": found.draws,
        "seed": found.seed,
        "streams": [dict(zip(DRAW_COLUMNS, row, strict=True)) for row in _draw_rows(found)],
        "spreads": [
            dict(zip(SPREAD_COLUMNS, _spread_row(one, names), strict=True)) for one in spread
        ],
        "influences": hang_on,
        "labels": _labels(found),
    }


def _lines(
    found: Simulation, spread: Sequence[Spread], hang_on: Sequence[Influence], names: Names
) -> Iterator[str]:
    year = found.settlement.formula.years[-1]
    yield f"{found.draws:,} draws, seed {found.seed}, formula {found.settlement.formula.version}."
    for code, draws, fit, broken in _draw_rows(found):
        yield ""
        said = "every draw has a settlement" if not broken else f"nothing fits {broken:,} draws"
        yield f"{code}, {year}, those least sure first; {said}:"
        of_year = [one for one in spread if (one.stream, one.year) == (code, year)]
        least_sure = sorted(of_year, key=lambda one: (-_width(one), one.area))[:SHOWN]
        if fit and draws:
            yield table(
                ("area", "name", "settled", "5%", "median", "95%", "on floor", "other rank"),
                ((one.area, names[one.area], *_cells(one)) for one in least_sure),
                text=2,
            )
    shown = influence_table(hang_on, year=str(year))
    yield ""
    yield f"{shown.caption}:"
    yield table([column.heading for column in shown.columns], shown.rows, text=2)
    yield ""
    yield "  at stake: half of what moves between the least and the most plausible value"
    yield f"  {shown.note}"
    yield from (f"  {label}." for label in _labels(found))


def _width(one: Spread) -> float:
    return (one.high - one.low) / max(one.settled, 1)


def _cells(one: Spread) -> tuple[str, ...]:
    return (
        in_short(one.settled),
        in_short(one.low),
        in_short(one.median),
        in_short(one.high),
        f"{one.on_floor:.0%}",
        f"{one.other_rank:.0%}",
    )
