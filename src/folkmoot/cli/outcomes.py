"""``folkmoot outcomes``: what people need, whether it has worked, and how large the lottery is."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import click

from folkmoot import england
from folkmoot.areas.names import name_areas
from folkmoot.cli.console import (
    check_free,
    csv_text,
    print_json,
    progress_line,
    table,
    write,
    write_folder,
)
from folkmoot.cli.errors import OutputFileError
from folkmoot.cli.inputs import (
    FILE,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.profile_page import lead, profile_page
from folkmoot.exhibits.variation_page import (
    alike_chart,
    alike_rows,
    differ,
    divisions_of,
    variation_page,
)
from folkmoot.outcomes.alike import Variation, answers, variation
from folkmoot.outcomes.assessment import Profile, Row, assess, profile
from folkmoot.outcomes.claims import Checked, check_claims
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import UnknownGeographyError
from folkmoot.outcomes.indicators import domains, period_in_words
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.tables import (
    NEED_COLUMNS,
    VARIATION_COLUMNS,
    need_rows,
    variation_rows,
)
from folkmoot.parameters.names import naming
from folkmoot.readers.area_plan import read_area_names, read_area_plan
from folkmoot.readers.tables import nearest
from folkmoot.vocabulary.places import Places

PLAN = click.Path(path_type=Path)


@click.group()
def outcomes() -> None:
    """Understand needs and review outcomes: statistics that say what they cannot.

    The needs assessment of an area of a plan, as one page:

        folkmoot outcomes profile Devon --plan build/plan --out devon.html
    """


@outcomes.command("list")
@places_option
@json_option
def list_command(*, package: Path | None, as_json: bool) -> None:
    """List the indicators of a package: what each is, its latest period, how much is known.

    For example:

        folkmoot outcomes list --json
    """
    ground = Ground.of(given_places(package))
    shown = ground.indicators
    if as_json:
        print_json([{"indicator": one, "periods": ground.periods(one.code)} for one in shown])
        return
    for domain, title in domains().items():
        rows = [one for one in shown if one.domain == domain]
        if rows:
            click.echo(f"\n{title}")
            click.echo(
                table(
                    ("indicator", "name", "kind", "level", "latest"),
                    [
                        (
                            one.code,
                            one.short,
                            one.kind,
                            one.level,
                            period_in_words(ground.periods(one.code)[-1]),
                        )
                        for one in rows
                    ],
                    text=5,
                )
            )


@outcomes.command("profile")
@click.argument("area", required=False)
@click.option("--plan", type=PLAN, metavar="PATH", help="A plan folder, or its areas.csv.")
@click.option("--geography", metavar="NAME", help="An existing geography, such as icb or region.")
@places_option
@click.option("--out", type=PLAN, metavar="PATH", help="The page; with --all, a folder of pages.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every figure as a table.")
@click.option("--all", "all_areas", is_flag=True, help="Every area, a page each, into --out.")
@force_option
@json_option
def profile_command(
    *,
    area: str | None,
    plan: Path | None,
    geography: str | None,
    package: Path | None,
    out: Path | None,
    csv_path: Path | None,
    all_areas: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Write the needs assessment of an area: a page that is read in five minutes.

    AREA is a code or name. Without --plan or --geography it is one of today's areas of the
    first health geography in the shipped criteria. For example:

        folkmoot outcomes profile Devon --out devon.html

        folkmoot outcomes profile --all --plan build/plan --out build/needs
    """
    if all_areas == (area is not None):
        raise click.UsageError("Name one AREA, or ask for --all of them.")
    if all_areas and out is None:
        raise click.UsageError("Name a folder for the pages with --out.")
    _check_out(out, csv_path, all_areas=all_areas, force=force)
    places = given_places(package)
    ground = Ground.of(places)
    division = given_division(places, plan, geography)
    with progress_line() as progress:
        progress("Measuring every indicator in every area", 0.3)
        found = assess(ground, division)
        wanted = [profile(found, one) for one in (division.codes if area is None else (area,))]
    pages = {
        f"{one.code}.html": profile_page(
            one, attributions=places.attributions, imprint=_imprint(places)
        )
        for one in (wanted if out else ())
    }
    if out is not None and all_areas:
        write_folder(out, pages)
    elif out is not None:
        write(out, next(iter(pages.values())), force=force)
    if csv_path is not None:
        rows = (cells for one in wanted for cells in need_rows(one))
        write(csv_path, csv_text(NEED_COLUMNS, rows), force=force)
    if as_json:
        print_json(wanted if all_areas else wanted[0])
    elif all_areas:
        click.echo(f"{len(wanted)} pages written to {out}.")
    else:
        click.echo("\n".join(_profile_lines(wanted[0])))


def _check_out(out: Path | None, csv_path: Path | None, *, all_areas: bool, force: bool) -> None:
    if csv_path is not None:
        check_free(csv_path, force=force)
    if out is not None and not all_areas:
        check_free(out, force=force)
    elif out is not None and out.exists() and not force:
        mend = "Name another folder, or add --force to replace it."
        raise OutputFileError(out, "is there already", mend)


def given_division(places: Places, plan: Path | None, geography: str | None) -> Division:
    """The areas of a plan, of a geography, or of the first health geography of the criteria.

    Raises
    ------
    UnknownGeographyError
        If the package has no such geography, with those that it has.
    """
    if plan is not None:
        placed = read_area_plan(plan, places)
        names = read_area_names(plan) or name_areas(placed, places)
        return Division.of_plan(placed, names, "areas of the plan")
    return _geography(places, geography or health_geography(places))


def health_geography(places: Places) -> str:
    """The first geography with the role health in the shipped criteria, or the first there is."""
    known = set(places.geographies)
    asked = [one.name for one in given_criteria(None, england.places()).by_role("health")]
    return next((name for name in asked if name in known), next(iter(sorted(known)), "blocks"))


def _geography(places: Places, name: str) -> Division:
    if name == "blocks":
        return Division.of_blocks(places, "districts")
    if name not in places.geographies:
        raise UnknownGeographyError(name, nearest(name, (*places.geographies, "blocks")))
    found = Division.of_geography(
        places.geographies[name], len(places.blocks), f"{naming().noun(name)}s"
    )
    return Division(
        title=found.title,
        codes=found.codes,
        names=tuple(naming().name(one) for one in found.names),
        shares=found.shares,
    )


def _imprint(places: Places) -> str:
    return (
        f"Made by folkmoot {version('folkmoot')} from '{places.name}', "
        f"{places.vintage or 'no vintage given'}. The same inputs give the same bytes."
    )


def _profile_lines(found: Profile) -> Iterator[str]:
    yield f"{found.name}: {found.population:,} people in {len(found.blocks)} districts."
    yield lead(found)
    for title, rows in (("Worse", found.worse), ("Better", found.better)):
        yield f"\n{title} than {found.whole}, the furthest first:"
        yield table(
            ("indicator", "period", "here", found.whole, "like areas", "verdict"),
            [_short_row(row) for row in rows],
            text=2,
        )
    if found.like:
        yield f"\nMost like it: {', '.join(name for name, _ in found.like)}."
    if found.left:
        yield f"No figure of {len(found.left)} indicators: --out and --json say why."


def _short_row(row: Row) -> tuple[str, ...]:
    return (
        row.indicator.short,
        row.period,
        plain(row.value),
        plain(row.whole),
        "–" if row.like is None else plain(row.like),
        row.verdict
        if row.verdict != "not compared"
        else f"{'worst' if row.standing == 'worse' else 'best'} fifth, no interval",
    )


@outcomes.command("variation")
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
    divisions = [_geography(places, name) for name in (geographies or (health_geography(places),))]
    if plan is not None:
        divisions.append(given_division(places, plan, None))
    with progress_line() as progress:
        progress("Measuring every indicator in every division", 0.3)
        found = variation(ground, divisions)
    if out is not None:
        country = Division.of_all(places).title
        page = variation_page(
            found, country=country, attributions=places.attributions, imprint=_imprint(places)
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


@outcomes.command("claims")
@places_option
@json_option
def claims_command(*, package: Path | None, as_json: bool) -> None:
    """Reckon again what the source papers say of differences between places.

    Each claim beside the same figure from the package, with its interval, or why there is
    none. For example:

        folkmoot outcomes claims --json
    """
    found = check_claims(Ground.of(given_places(package)))
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(line for one in found for line in _claim_lines(one)))


def _claim_lines(one: Checked) -> Iterator[str]:
    yield f"{one.claim.says}"
    yield f"  Printed: {one.claim.published} ({one.claim.source})."
    if one.extremes is not None:
        yield f"  Now: {claim_in_words(one)}"
    else:
        yield "  Not reckoned: no data."
    yield f"  {one.claim.note}"
    yield ""


def claim_in_words(one: Checked) -> str:
    """A claim reckoned again, with its interval and, of many areas, the shrunken ratio."""
    found = one.extremes
    if found is None:
        return "no data"
    high, low = one.names[found.highest], one.names[found.lowest]
    said = f"{found.ratio:.2f} times, {high} over {low}, {one.period}"
    if found.lower is not None and found.upper is not None:
        said += f" (95% interval {found.lower:.2f} to {found.upper:.2f})"
    if not one.claim.between and found.shrunken is not None:
        said += f"; extremes of {one.areas} areas overstate: shrunken, {found.shrunken:.2f}"
    return f"{said}."
