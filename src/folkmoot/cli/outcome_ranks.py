"""``folkmoot outcomes ranks``: areas by one indicator, no rank without its interval."""

from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.divisions import PLAN, given_division
from folkmoot.cli.inputs import (
    FILE,
    force_option,
    given_places,
    json_option,
    places_option,
    seed_option,
)
from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.funnel_chart import caterpillar_chart
from folkmoot.outcomes.indicators import indicator_of
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.ranked import Ranked, rank_areas
from folkmoot.outcomes.ranks import NO_DIFFERENCE

COLUMNS = (
    *("area", "name", "value", "lower_95", "upper_95", "shrunken"),
    *("rank", "rank_lower", "rank_upper"),
)


@click.command("ranks")
@click.argument("indicator")
@click.option("--plan", type=PLAN, metavar="PATH", help="A plan folder, or its areas.csv.")
@click.option("--geography", metavar="NAME", help="An existing geography; blocks for each block.")
@places_option
@seed_option
@click.option("--out", type=FILE, metavar="FILE.svg", help="The ranks with their intervals, drawn.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every area.")
@force_option
@json_option
def ranks_command(
    *,
    indicator: str,
    plan: Path | None,
    geography: str | None,
    package: Path | None,
    seed: int,
    out: Path | None,
    csv_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Rank areas by one indicator, and say how sure each rank is; 1 is the highest value.

    INDICATOR is a code of 'folkmoot outcomes list' whose publisher gives intervals. For
    example:

        folkmoot outcomes ranks adult-obesity-prevalence --plan build/plan --out ranks.svg
    """
    for path in filter(None, (out, csv_path)):
        check_free(path, force=force)
    places = given_places(package)
    found = rank_areas(
        Ground.of(places),
        given_division(places, plan, geography),
        indicator_of(places, indicator),
        rng=np.random.default_rng(seed),
    )
    rows = list(_rows(found))
    if out is not None:
        title = f"{found.indicator.short}, {found.period}: rank and its interval"
        write(out, caterpillar_chart(found.ranks, found.names, title=title) + "\n", force=force)
    if csv_path is not None:
        write(csv_path, csv_text(COLUMNS, rows), force=force)
    if as_json:
        print_json(
            {
                "indicator": found.indicator,
                "period": found.period,
                "left_out": found.left_out,
                "areas": [dict(zip(COLUMNS, row, strict=True)) for row in rows],
            }
        )
    else:
        click.echo("\n".join(_lines(found)))


def _rows(found: Ranked) -> Iterator[tuple[str | float, ...]]:
    ranks = found.ranks
    figures = (
        *(found.value, found.lower, found.upper, ranks.value),
        *(ranks.median, ranks.least, ranks.most),
    )
    for n, (code, name) in enumerate(zip(found.codes, found.names, strict=True)):
        yield (code, name, *(float(one[n]) for one in figures))


def _lines(found: Ranked) -> Iterator[str]:
    unit = f", {found.indicator.unit}" if found.indicator.unit else ""
    yield f"{found.indicator.name}{unit}, {found.period}: {len(found.codes)} areas."
    if found.ranks.is_chance_alone:
        yield f"There is {NO_DIFFERENCE}: every rank is possible for every area."
    order = sorted(range(len(found.codes)), key=lambda n: (found.ranks.median[n], found.codes[n]))
    yield table(
        ("area", "value", "95% interval", "shrunken", "rank", "95% of ranks"),
        [
            (
                found.names[n],
                plain(float(found.value[n])),
                f"{plain(float(found.lower[n]))} to {plain(float(found.upper[n]))}",
                plain(float(found.ranks.value[n])),
                f"{found.ranks.median[n]:.0f}",
                f"{found.ranks.least[n]:.0f} to {found.ranks.most[n]:.0f}",
            )
            for n in order
        ],
    )
    if found.left_out:
        yield f"No figure with limits: {', '.join(found.left_out)}."
    yield f"Method: {found.ranks.method.name}. It cannot say {found.ranks.method.cannot_say}"
