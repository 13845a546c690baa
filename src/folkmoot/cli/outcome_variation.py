"""``folkmoot outcomes variation``: how large the lottery is, and what a plan does to it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, progress_line, table, write
from folkmoot.cli.divisions import (
    PLAN,
    geography_division,
    given_division,
    health_geography,
    made_from,
)
from folkmoot.cli.inputs import FILE, force_option, given_places, json_option, places_option
from folkmoot.exhibits.variation_page import (
    alike_chart,
    alike_rows,
    differ,
    divisions_of,
    variation_page,
)
from folkmoot.outcomes.alike import Variation, answers, variation
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.tables import VARIATION_COLUMNS, variation_rows


@click.command("variation")
@click.option("--plan", type=PLAN, metavar="PATH", help="A plan folder, or its areas.csv.")
@click.option(
    "--geography",
    "geographies",
    multiple=True,
    metavar="NAME",
    help="An existing geography to set beside it; may be given again. Default: today's health one.",
)
@places_option
@click.option("--out", type=FILE, metavar="FILE.html", help="The page.")
@click.option("--svg", type=FILE, metavar="FILE.svg", help="The drawing of likeness alone.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every figure as a table.")
@force_option
@json_option
def variation_command(
    *,
    plan: Path | None,
    geographies: tuple[str, ...],
    package: Path | None,
    out: Path | None,
    svg: Path | None,
    csv_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say how large the postcode lottery is, and whether a plan puts like needs together.

    Every indicator, beyond chance: between the places for which it is published, between
    today's areas, and between those of a plan. For example:

        folkmoot outcomes variation --plan build/plan --out lottery.html
    """
    for path in filter(None, (out, svg, csv_path)):
        check_free(path, force=force)
    places = given_places(package)
    ground = Ground.of(places)
    divisions = [
        geography_division(places, name) for name in (geographies or (health_geography(places),))
    ]
    if plan is not None:
        divisions.append(given_division(places, plan, None))
    with progress_line() as progress:
        progress("Measuring every indicator in every division", 0.3)
        found = variation(ground, divisions)
    if out is not None:
        country = Division.of_all(places).title
        page = variation_page(
            found, country=country, attributions=places.attributions, imprint=made_from(places)
        )
        write(out, page, force=force)
    if svg is not None:
        write(svg, alike_chart(alike_rows(found), divisions_of(found)) + "\n", force=force)
    if csv_path is not None:
        write(csv_path, csv_text(VARIATION_COLUMNS, variation_rows(found)), force=force)
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(_variation_lines(found)))


def _variation_lines(found: Sequence[Variation]) -> Iterator[str]:
    yield " ".join(answers(found))
    yield ""
    names = [spread.division for spread in found[0].divisions] if found else []
    yield table(
        (
            "indicator",
            "period",
            "places",
            "differ by",
            *(f"{name}: differ by" for name in names),
            *(f"{name}: alike" for name in names),
        ),
        [
            (
                one.indicator.short,
                one.period,
                f"{one.published.areas}",
                differ(one.published),
                *(differ(spread) for spread in one.divisions),
                *("–" if s.alike is None else f"{s.alike:.0%}" for s in one.divisions),
            )
            for one in found
        ],
        text=2,
    )
    yield ""
    yield "Differ by: two places drawn at random, at the median, beyond chance; * chance is in it."
    yield "Alike: share of differences that lies between areas; 0% is no better than by lot."
