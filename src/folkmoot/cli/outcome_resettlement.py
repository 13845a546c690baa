"""``folkmoot outcomes resettlement``: work, a home and learning after prison, by region."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import numpy as np

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    FILE,
    force_option,
    given_places,
    json_option,
    places_option,
    seed_option,
)
from folkmoot.exhibits.state_grid import BAD, FAIR, GOOD, state_grid
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import UnknownGeographyError
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.resettlement import (
    NO_DATA,
    Context,
    Resettled,
    Resettlement,
    resettlement,
)
from folkmoot.outcomes.resettlement_tables import (
    FOLLOW_COLUMNS,
    HIDDEN,
    READINGS,
    RELEASE_COLUMNS,
    RESETTLED_COLUMNS,
    check_context,
    follow_rows,
    measured_context,
    read_context,
    read_releases,
    resettled_rows,
    template,
)
from folkmoot.readers.tables import nearest
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.statistics.suppression import BELOW

SHADES = {"much higher": GOOD, "higher": GOOD, "similar": FAIR, "lower": BAD, "much lower": BAD}


@click.command("resettlement")
@click.argument("file", type=FILE, required=False)
@click.option(
    "--context",
    "context_file",
    type=FILE,
    metavar="FILE.csv",
    help="Prosperity: region_code, context, value, source.",
)
@click.option(
    "--indicator",
    "codes",
    multiple=True,
    metavar="CODE",
    help="Prosperity from the package, such as employment-rate.",
)
@click.option(
    "--geography",
    default="region",
    show_default=True,
    help="Of the package: whose areas the regions are.",
)
@click.option("--period", metavar="PERIOD", help="Default: the latest of each domain.")
@click.option(
    "--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write every domain and region."
)
@click.option("--follows", type=FILE, metavar="FILE.csv", help="Write what prosperity predicts.")
@click.option("--svg", type=FILE, metavar="FILE.svg", help="Draw regions against all together.")
@click.option(
    "--suppress-below",
    "below",
    type=click.IntRange(min=0),
    default=BELOW,
    show_default=True,
    help="Hide figures of fewer people.",
)
@click.option(
    "--template",
    "template_file",
    type=FILE,
    metavar="FILE.csv",
    help="Write a table without figures.",
)
@places_option
@seed_option
@force_option
@json_option
def resettlement_command(
    *,
    file: Path | None,
    context_file: Path | None,
    codes: tuple[str, ...],
    geography: str,
    period: str | None,
    csv_path: Path | None,
    follows: Path | None,
    svg: Path | None,
    below: int,
    template_file: Path | None,
    package: Path | None,
    seed: int,
    force: bool,
    as_json: bool,
) -> None:
    """Compare regions in work, a home and learning after prison.

    FILE counts people released and those with each outcome; no figures ship. For example:

        folkmoot outcomes resettlement --template released.csv

        folkmoot outcomes resettlement released.csv --indicator employment-rate
    """
    if template_file is not None:
        if file is not None:
            raise click.UsageError("Write a table with --template, or name one.")
        regions = _division(given_places(package), geography).codes
        write(template_file, csv_text(RELEASE_COLUMNS, template(regions)), force=force)
        click.echo(f"Written to {template_file}: no figures, to fill in.")
        return
    if file is None:
        _tell_no_data(as_json=as_json)
        return
    for path in filter(None, (csv_path, follows, svg)):
        check_free(path, force=force)
    releases = read_releases(file, period)
    context: Context = {} if context_file is None else read_context(context_file)
    if codes:
        places = given_places(package)
        found = measured_context(Ground.of(places), _division(places, geography), codes)
        context = {**context, **found}
    check_context(releases, context)
    told = resettlement(releases, context, rng=np.random.default_rng(seed))
    if csv_path is not None:
        rows = resettled_rows(told, below=below)
        write(csv_path, csv_text(RESETTLED_COLUMNS, rows), force=force)
    if follows is not None:
        write(follows, csv_text(FOLLOW_COLUMNS, follow_rows(told, below=below)), force=force)
    if svg is not None:
        write(svg, _grid(told, below) + "\n", force=force)
    if as_json:
        print_json(_summary(told, below))
    else:
        click.echo("\n".join(_lines(told, below)))


def _tell_no_data(*, as_json: bool) -> None:
    if as_json:
        print_json({"data": None, "note": NO_DATA})
    else:
        click.echo(f"{NO_DATA} Write a table to fill in with --template, then name it.")


def _division(places: Places, geography: str) -> Division:
    held = places.geographies.get(geography)
    if held is None:
        raise UnknownGeographyError(geography, nearest(geography, places.geographies))
    return Division.of_geography(held, len(places.blocks), geography)


def _grid(told: Resettlement, below: float) -> str:
    cells: dict[tuple[str, str], str] = {}
    for one in told.domains:
        hidden = one.releases.hidden(below)
        for number, region in enumerate(one.releases.regions):
            word = HIDDEN if hidden[number] else one.verdicts[number]
            cells[region, one.releases.domain] = word
    return state_grid(
        sorted({region for region, _ in cells}),
        [one.releases.domain for one in told.domains],
        cells,
        SHADES,
        title="Outcomes after prison, each region against all together",
        identity="resettlement",
    )


def _lines(told: Resettlement, below: float) -> Iterator[str]:
    for one in told.domains:
        yield from _domain(one, below)
        yield ""
    if told.agreement is not None:
        yield f"How far the domains put regions in one order: {told.agreement:.2f} (0 to 1)."
    yield f"It cannot say {told.method.cannot_say}"


def _domain(one: Resettled, below: float) -> Iterator[str]:
    given, variation = one.releases, one.variation
    yield (
        f"{given.domain}, {given.period}: {one.whole:.1%} of those whose outcome is known; chance "
        f"alone would part regions so far with p {_chance(variation.p)}"
        + (f", tau = {variation.tau:.3f}." if variation.tau is not None else ".")
    )
    rows = [
        dict(zip(RESETTLED_COLUMNS, map(str, row), strict=True))
        for row in resettled_rows(Resettlement(domains=(one,), agreement=None), below=below)
    ]
    yield table(
        ("region", "share", "95% limits", "if unknown none or all", "against all", "rank"),
        [
            (row["region_code"], *([HIDDEN] * 5))
            if row["share"] == HIDDEN
            else (
                *(row["region_code"], _percent(row["share"])),
                f"{_percent(row['lower_95'])} to {_percent(row['upper_95'])}",
                f"{_percent(row['least'])} to {_percent(row['most'])}",
                *(row["against_all"], _rank(row)),
            )
            for row in rows
        ],
    )
    for follows in one.follows:
        found = follows.correlation
        yield (
            f"With {follows.context}: rho = {found.rho:.3f}, p {_chance(found.p)} "
            f"({'all' if found.is_exact else 'drawn'} {found.orders:,} orders)."
        )
        if found.critical is not None:
            yield (
                f"  With {found.things} regions only |rho| >= {found.critical:.3f} is beyond "
                f"chance (p = {found.critical_p:.4f}): power is low."
            )
        hidden = given.hidden(below)
        for number, side in enumerate(follows.line.side):
            if side and not hidden[number]:
                yield f"  {given.regions[number]} is {READINGS[side]}."


def _chance(p: float) -> str:
    return f"= {p:.4f}" if p >= 0.0001 else "< 0.0001"


def _percent(text: str) -> str:
    return f"{float(text):.1%}"


def _rank(row: Mapping[str, str]) -> str:
    return f"{row['rank']} ({row['rank_least']} to {row['rank_most']})" if row["rank"] else "–"


def _summary(told: Resettlement, below: float) -> dict[str, object]:
    return {
        "method": told.method,
        "suppressed_below": below,
        "agreement": told.agreement,
        "domains": [
            {
                "domain": one.releases.domain,
                "period": one.releases.period,
                "share": one.whole,
                "chi_squared": one.variation.chi_squared,
                "p": one.variation.p,
                "tau": one.variation.tau,
                "follows": [
                    {"context": given.context, "correlation": given.correlation,
                     "slope": given.line.slope}
                    for given in one.follows
                ],
            }
            for one in told.domains
        ],
        "regions": [
            dict(zip(RESETTLED_COLUMNS, row, strict=True))
            for row in resettled_rows(told, below=below)
        ],
        "predicted": [
            dict(zip(FOLLOW_COLUMNS, row, strict=True)) for row in follow_rows(told, below=below)
        ],
    }  # fmt: skip
