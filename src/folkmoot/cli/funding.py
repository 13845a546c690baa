"""``folkmoot funding``: share the money between areas, explain each pound, check the sums."""

from collections.abc import Mapping
from pathlib import Path

import click

from folkmoot.areas.names import name_areas
from folkmoot.cli.boundary import boundary_command
from folkmoot.cli.console import check_free as check_written
from folkmoot.cli.console import csv_text, print_json, table, write
from folkmoot.cli.decisions import outcome_share_command, vesting_command, virement_command
from folkmoot.cli.frontier import frontier_command
from folkmoot.cli.inputs import (
    FILE,
    FOLDER,
    force_option,
    given_places,
    json_option,
    places_option,
    settlement_option,
)
from folkmoot.cli.need_index import need_index
from folkmoot.cli.settlement_folder import read_crosswalk, read_figures, read_names
from folkmoot.cli.simulate import simulate_command
from folkmoot.cli.what_if import what_if_command
from folkmoot.cli.whole_grants import whole_grants_command
from folkmoot.exhibits.grant_waterfall import waterfall_chart, waterfall_table
from folkmoot.exhibits.publication import check_free, publish
from folkmoot.funding.attribution import METHODS, Method
from folkmoot.funding.change import Change
from folkmoot.funding.errors import PublicationError
from folkmoot.funding.explain import Waterfall
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import Settlement, StreamYear, settle
from folkmoot.funding.settlement_record import caveats, modelled
from folkmoot.funding.verify import differences
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.money import in_pounds, in_short

TARGET_COLUMNS = (
    *("area", "name", "need_share", "target_pence"),
    *("distance_opening", "distance_closing"),
)
areas_option = click.option(
    "--areas",
    "plan_path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PLAN",
    help="CSV file with the columns 'block' and 'area', or a plan folder.",
)
formula_option = click.option(
    "--formula",
    "formula_file",
    type=FILE,
    metavar="FILE",
    help="Formula to lay over the shipped one.",
)


@click.group()
def funding() -> None:
    """Share the money between areas, explain each pound, check the sums."""


@funding.command("settle")
@areas_option
@places_option
@formula_option
@click.option(
    "--years", type=click.IntRange(min=1), help="Years to settle. Default: the formula's."
)
@click.option("--out", type=FOLDER, required=True, metavar="DIR", help="Folder to write.")
@json_option
def settle_command(
    *,
    plan_path: Path,
    package: Path | None,
    formula_file: Path | None,
    years: int | None,
    out: Path,
    as_json: bool,
) -> None:
    """Settle every stream for every year, exact to the penny.

    Writes settlement.csv (pence by area, stream and year), the figures that led to it,
    and certificates that anyone can check. For example:

        folkmoot funding settle --areas areas.csv --out build/settlement
    """
    check_free(out)
    formula = read_formula(formula_file, years=years)
    places = given_places(package)
    plan = read_area_plan(plan_path, places)
    settlement = settle(plan, places, formula)
    publish(settlement, out, plan=plan, places=places)
    if as_json:
        print_json(
            {
                "folder": str(out),
                "formula": formula.version,
                "quanta": settlement.quanta(),
                "modelled": modelled(settlement),
                "caveats": caveats(settlement),
            }
        )
    else:
        click.echo("\n".join(_lines(settlement, out)))


def _lines(settlement: Settlement, out: Path) -> list[str]:
    rows = [_line(one) for one in settlement.stream_years]
    header = ("stream", "year", "shared", "on floor", "at ceiling", "opening", "closing")
    years, version = settlement.formula.years, settlement.formula.version
    return [
        f"{len(settlement.areas)} areas, {years[0]} to {years[-1]}, formula {version}.",
        "Every stream adds up to the penny in every year.",
        "",
        table(header, rows, text=2),
        "",
        "  opening, closing: furthest distance from target before and after pace of change",
        "",
        *(f"  {label}." for label in settlement.labels(years[0])),
        *(f"  {caveat}" for caveat in caveats(settlement)),
        "",
        f"Written to {out}. Check it with 'folkmoot funding verify {out}'.",
    ]


def _line(one: StreamYear) -> tuple[str, ...]:
    found = one.allocations
    states = found.certificate.states
    return (
        one.stream.code,
        str(one.year),
        in_short(one.quantum.pence),
        str(states.count("floor")),
        str(states.count("ceiling")),
        _furthest(one, found.opening),
        _furthest(one, found.closing),
    )


def _furthest(one: StreamYear, pence: tuple[int, ...]) -> str:
    distances = [one for one in one.allocations.distances(pence) if one is not None]
    return _per_cent(float(max(distances, key=abs)) if distances else None)


@funding.command("targets")
@areas_option
@places_option
@formula_option
@click.option("--stream", default="health", show_default=True, help="Stream to show.")
@click.option("--year", help="Financial year, as 2026-27. Default: the opening year.")
@json_option
def targets_command(
    *,
    plan_path: Path,
    package: Path | None,
    formula_file: Path | None,
    stream: str,
    year: str | None,
    as_json: bool,
) -> None:
    """Print each area's share of need and target, and how far it is from target.

    Need alone would give the target; floors and ceilings say how fast an area gets
    there. For example:

        folkmoot funding targets --areas areas.csv --stream skills
    """
    places = given_places(package)
    plan = read_area_plan(plan_path, places)
    settlement = settle(plan, places, read_formula(formula_file))
    one = settlement.find(stream, year or str(settlement.formula.opening_year))
    rows = _target_rows(settlement, one, name_areas(plan, places))
    if as_json:
        print_json([dict(zip(TARGET_COLUMNS, row, strict=True)) for row in rows])
        return
    header = ("area", "name", "share of need", "target", "opening", "closing")
    shown = [
        (area, name, f"{share:.6f}", in_pounds(pence), *map(_per_cent, distances))
        for area, name, share, pence, *distances in rows
    ]
    click.echo(table(header, shown, text=2))
    click.echo("\n" + "\n".join(f"  {label}." for label in one.labels))


def _target_rows(
    settlement: Settlement, one: StreamYear, names: Mapping[AreaCode, str]
) -> list[tuple[str, str, float, int, float | None, float | None]]:
    found = one.allocations
    opening, closing = found.distances(found.opening), found.distances(found.closing)
    return [
        (
            area,
            names[area],
            float(target / one.quantum.pence),
            round(target),
            None if before is None else float(before),
            None if after is None else float(after),
        )
        for area, target, before, after in zip(
            settlement.areas, found.targets, opening, closing, strict=True
        )
    ]


def _per_cent(ratio: float | None) -> str:
    if ratio is None:
        return "no target"
    return f"{ratio:+.2%}" if round(ratio, 4) else "0.00%"


@funding.command("explain")
@settlement_option
@click.option("--area", required=True, help="Code of the area.")
@click.option("--stream", required=True, help="Code of the stream.")
@click.option("--year", required=True, help="Financial year, as 2026-27.")
@click.option("--since", metavar="YEAR", help="Explain the change from an earlier year.")
@click.option(
    "--against",
    type=FOLDER,
    metavar="OLD_DIR",
    help="Explain the change from another settlement, in the same year unless --since names one.",
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="order",
    show_default=True,
    help="order: switch causes on in a fixed order. shapley: the mean over every order.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to FILE too: a table when its name ends in .csv, a drawing in .svg.",
)
@force_option
@json_option
def explain_command(
    *,
    folder: Path,
    area: str,
    stream: str,
    year: str,
    since: str | None,
    against: Path | None,
    method: Method,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Explain one grant: what each cause adds or takes away, to the penny.

    DIR is a folder that 'funding settle' wrote. For example:

        folkmoot funding explain --settlement DIR --area A01 --stream health --year 2026-27

    What changed since last year, or against another settlement:

        folkmoot funding explain --settlement DIR --area A01 --stream health --year 2027-28
        --since 2026-27
    """
    if out:
        check_written(out, force=force)
    _check(folder)
    now = read_figures(folder, stream, year)
    if since or against:
        if against:
            _check(against)
        then = read_figures(against or folder, stream, since or year)
        walk = read_crosswalk(against, folder) if against else None
        named = f"{against.name}, {then.year}" if against else then.year
        found = Change.of(then, now, walk=walk, since=named).waterfall(area, method=method)
    else:
        found = now.waterfall(area, method=method)
    called = f"{area} {read_names(folder)[area]}".strip()
    if out:
        is_drawing = out.suffix == ".svg"
        text = waterfall_chart(found, called) + "\n" if is_drawing else _waterfall_csv(found)
        write(out, text, force=force)
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(_waterfall_lines(found, called)))


def _waterfall_lines(found: Waterfall, called: str) -> list[str]:
    shown = waterfall_table(found, called)
    rows = [(name, rule, source or "–", pence) for name, rule, source, pence in shown.rows]
    since = f", since {found.since}" if found.since else ""
    return [
        f"{shown.caption}{since}: {in_pounds(found.pence)}",
        "",
        table(("cause", "rule", "source", "adds"), [*rows, shown.total], text=3),
        "",
        *(f"  {label}." for label in found.labels),
    ]


def _waterfall_csv(found: Waterfall) -> str:
    """A row a cause, with the parameter and the data behind it."""
    header = ("cause", "pence", "parameter", "value", "first_day", "source", "sha256", "label")
    label = "; ".join(found.labels)
    start = [(found.since, found.start, "", "", "", "", "", label)] if found.since else []
    rows = [
        (
            term.cause.name,
            term.pence,
            term.cause.parameter,
            term.cause.value,
            term.cause.first_day,
            term.cause.source,
            term.cause.sha256,
            label,
        )
        for term in found.terms
    ]
    return csv_text(header, [*start, *rows])


@funding.command("verify")
@click.argument("folder", type=FOLDER, metavar="DIR")
@json_option
def verify_command(*, folder: Path, as_json: bool) -> None:
    """Check a settlement folder again, with code that did not make it.

    Recomputes targets, floors, ceilings, levels, pennies and sums. For example:

        folkmoot funding verify build/settlement
    """
    _check(folder)
    if as_json:
        print_json({"folder": str(folder), "differences": []})
    else:
        click.echo(f"Every figure in '{folder}' follows from the ones before it.")


def _check(folder: Path) -> None:
    """Refuse a folder that is no settlement, or contradicts itself.

    Raises
    ------
    PublicationError
        With every difference.
    """
    mend = "Make it anew with 'folkmoot funding settle', or restore the files."
    try:
        wrong = differences(folder)
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError) as error:
        problem = f"cannot be checked as a settlement ({type(error).__name__}: {error})"
        raise PublicationError(folder, problem, mend) from error
    if wrong:
        listed = "".join(f"\n  {number}. {one}" for number, one in enumerate(wrong, 1))
        raise PublicationError(folder, f"contradicts itself:{listed}\nIt", mend)


for command in (
    need_index,
    what_if_command,
    frontier_command,
    simulate_command,
    whole_grants_command,
    virement_command,
    outcome_share_command,
    vesting_command,
    boundary_command,
):
    funding.add_command(command)
