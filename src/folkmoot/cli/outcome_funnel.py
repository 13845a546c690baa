"""``folkmoot outcomes funnel``: which areas differ beyond chance, and how sure a rank is."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import numpy as np

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option, seed_option
from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.funnel_chart import caterpillar_chart, funnel_chart
from folkmoot.outcomes.ranks import NO_DIFFERENCE, Ranks, shrunken_ranks
from folkmoot.outcomes.variation import CountKind, Funnel, Lottery, funnel, lottery, score
from folkmoot.readers.outcomes import read_figures

FUNNEL_COLUMNS = (
    "area",
    "events",
    "people",
    "value",
    "z",
    "z_adjusted",
    "shrunken",
    "rank",
    "rank_lower",
    "rank_upper",
)


@click.command("funnel")
@click.argument("file", type=FILE)
@click.option(
    "--kind",
    type=click.Choice(get_args(CountKind)),
    default="proportion",
    show_default=True,
    help="Of a ratio, people are the events expected.",
)
@click.option("--target", type=float, help="The centre. Default: all areas together.")
@click.option(
    "--draws", type=click.IntRange(min=100), default=10_000, show_default=True, help="Of ranks."
)
@seed_option
@click.option("--title", default="", help="What the chart is of.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="The funnel.")
@click.option("--ranks", type=FILE, metavar="FILE.svg", help="The ranks with their intervals.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every area.")
@force_option
@json_option
def funnel_command(
    *,
    file: Path,
    kind: str,
    target: float | None,
    draws: int,
    seed: int,
    title: str,
    out: Path | None,
    ranks: Path | None,
    csv_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say which areas differ beyond chance, how much all differ, and how sure a rank is.

    FILE has the columns area, events, people. For example:

        folkmoot outcomes funnel smokers.csv --kind proportion --out funnel.svg
    """
    for path in filter(None, (out, ranks, csv_path)):
        check_free(path, force=force)
    given = read_figures(file, "area", ("events", "people"))
    x, n = given.numbers["events"], given.numbers["people"]
    scored = score(x, n, next(one for one in get_args(CountKind) if one == kind), target=target)
    found = funnel(scored)
    measured = lottery(scored, basis=file.stem)
    placed = shrunken_ranks(found, rng=np.random.default_rng(seed), draws=draws)
    said = title or file.stem
    if out is not None:
        write(out, funnel_chart(found, x / n, n, given.names, title=said) + "\n", force=force)
    if ranks is not None:
        write(ranks, caterpillar_chart(placed, given.names, title=said) + "\n", force=force)
    rows = [
        (name, x[at], n[at], x[at] / n[at], *_known(found, placed, at))
        for at, name in enumerate(given.names)
    ]
    if csv_path is not None:
        write(csv_path, csv_text(FUNNEL_COLUMNS, rows), force=force)
    if as_json:
        print_json(
            {
                "target": scored.target,
                "lottery": measured,
                "difference": measured.difference,
                "factor": measured.factor,
                "areas": [dict(zip(FUNNEL_COLUMNS, map(_plain, row), strict=True)) for row in rows],
            }
        )
    else:
        click.echo("\n".join(_funnel_lines(rows, measured, placed)))


def _plain(value: object) -> object:
    return float(value) if isinstance(value, np.floating) else value


def _known(found: Funnel, placed: Ranks, at: int) -> list[float | None]:
    figures = (found.z, found.z_adjusted, placed.value, placed.median, placed.least, placed.most)
    return [float(one[at]) if np.isfinite(one[at]) else None for one in figures]


def _funnel_lines(
    rows: list[tuple[object, ...]], measured: Lottery, placed: Ranks
) -> Iterator[str]:
    yield (
        f"{measured.areas} areas around {plain(measured.target)}; overdispersion "
        f"{plain(measured.phi)}, I² {measured.plain.i_squared:.0%}, p {measured.plain.p:.2g}."
    )
    if measured.factor is not None:
        yield f"Two drawn at random differ by a factor of {measured.factor:.2f} at the median."
    elif measured.difference is not None:
        yield f"Two drawn at random differ by {plain(measured.difference)} at the median."
    if placed.is_chance_alone:
        yield f"There is {NO_DIFFERENCE}: every rank is possible for every area."
    yield table(
        ("area", "value", "z", "allowing for variation", "shrunken", "rank", "95% of ranks"),
        [
            (
                str(row[0]),
                plain(float(str(row[3]))),
                *(_signed(one) for one in row[4:6]),
                plain(row[6]) if isinstance(row[6], float) else "–",
                *_rank(row),
            )
            for row in sorted(rows, key=lambda row: (row[7] is None, row[7]))
        ],
    )
    yield f"Method: {measured.method.name}. It cannot say {measured.method.cannot_say}"


def _signed(value: object) -> str:
    return f"{value:+.1f}" if isinstance(value, float) else "no z-score"


def _rank(row: tuple[object, ...]) -> tuple[str, str]:
    middle, least, most = row[7:10]
    if not isinstance(middle, float):
        return "–", "–"
    return f"{middle:.0f}", f"{least:.0f} to {most:.0f}"
