"""``folkmoot services flow``: how the money runs, before and after."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    FILE,
    FOLDER,
    criteria_option,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.cli.services import drawn_register
from folkmoot.exhibits.routes import LAYERS, THIN, routes_chart
from folkmoot.funding.formula_file import read_formula
from folkmoot.plan.flows import Flows
from folkmoot.plan.folder import read_plan
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.services.flow import distinct_paths, hops, vested_streams
from folkmoot.services.tables import PERIODS
from folkmoot.vocabulary.ledger import Ledger
from folkmoot.vocabulary.money import in_pounds, in_short

BANDS = ("flow", "layer", "from", "to", "stream", "pence", "from_name", "to_name")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("flow")
@click.argument("plan_folder", type=FOLDER, required=False, metavar="[PLAN_FOLDER]")
@click.option("--areas", "plan_path", type=FILE, metavar="FILE", help="Areas without a plan.")
@click.option("--day", type=DAY, metavar="DAY", help="Also by the routes of a day: 2033-04-01.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="Draw it, as a Sankey diagram.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write every band.")
@places_option
@criteria_option
@force_option
@json_option
def flow_command(
    *,
    plan_folder: Path | None,
    plan_path: Path | None,
    day: datetime | None,
    out: Path | None,
    csv_path: Path | None,
    package: Path | None,
    criteria_file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Show how the money runs from the Treasury to programmes, before and after.

    Name a folder that 'folkmoot plan' wrote, or with --areas a CSV file with the columns
    'block' and 'area'; its grants are then worked out by the shipped formula. For example:

        folkmoot services flow build/plan --out flow.svg
    """
    if (plan_folder is None) == (plan_path is None):
        raise click.UsageError("Name either a plan folder or a file of areas with --areas.")
    for path in filter(None, (out, csv_path)):
        check_free(path, force=force)
    if plan_folder is not None:
        flows = Flows.written(read_plan(plan_folder))
    else:
        flows = _drawn(Path(str(plan_path)), package, criteria_file)
    on = None if day is None else day.date()
    ledgers = flows.ledgers(on)
    if out is not None:
        write(out, routes_chart(ledgers, flows.money.holders, identity="flow") + "\n", force=force)
    if csv_path is not None:
        write(csv_path, csv_text(BANDS, _bands(flows, ledgers)), force=force)
    if as_json:
        print_json(_summary(flows, ledgers, on))
    else:
        click.echo("\n".join(_lines(flows, ledgers, on)))


def _drawn(plan_path: Path, package: Path | None, criteria_file: Path | None) -> Flows:
    """The flow of areas that have no plan folder yet."""
    places = given_places(package)
    criteria = given_criteria(criteria_file, places)
    plan = read_area_plan(plan_path, places)
    return Flows.drawn(plan, places, drawn_register(plan, places, criteria), read_formula(None))


def _lines(flows: Flows, ledgers: Mapping[str, Ledger], on: date | None) -> Iterator[str]:
    money = flows.money
    yield (
        f"{in_short(money.pence)} leaves the Treasury in {money.year}, before as after: "
        f"{in_pounds(money.pence)}. Every holder passes on what it gets, to 0p."
    )
    bodies = [f"{float(flows.bodies[period]):.1f}" for period in PERIODS]
    yield ""
    yield table(
        ("", "hands a pound passes", "routes", "bands", "under 0.1%", "commissioners a resident"),
        [
            (title, *_measures(ledger), bodies[n] if n < len(bodies) else "·")
            for n, (title, ledger) in enumerate(ledgers.items())
        ],
    )
    if on is not None:
        vested, partly = vested_streams(flows.vesting, on)
        yield ""
        yield f"Vested by {on}: {', '.join(vested) or 'no stream'}."
        if partly:
            yield (
                f"Only in part: {', '.join(partly)}. What each function costs is not published, "
                "so the money moves with the last of them."
            )
    for title, ledger in ledgers.items():
        yield ""
        yield f"{title}, from layer to layer:"
        yield table(("from", "to", "bands", "pounds"), _by_layer(flows, ledger), text=2)


def _measures(ledger: Ledger) -> tuple[str, ...]:
    bands = ledger.sums("from_holder", "to_holder", "stream").values()
    whole = max(ledger.paid().values(), default=0)
    thin = sum(pence * THIN < whole for pence in bands)
    paths = distinct_paths(ledger)
    return f"{float(hops(ledger)):.2f}", f"{paths:,}", f"{len(bands):,}", f"{thin:,}"


def _by_layer(flows: Flows, ledger: Ledger) -> list[tuple[str, ...]]:
    """What runs from each layer to each other, in how many bands."""
    found: dict[tuple[int, int], list[int]] = {}
    holders = flows.money.holders
    for (here, there, _), pence in ledger.sums("from_holder", "to_holder", "stream").items():
        found.setdefault((holders[here].layer, holders[there].layer), []).append(pence)
    return [
        (LAYERS[here - 1], LAYERS[there - 1], f"{len(sums)}", in_pounds(sum(sums)))
        for (here, there), sums in sorted(found.items())
    ]


def _bands(flows: Flows, ledgers: Mapping[str, Ledger]) -> Iterator[tuple[str | int, ...]]:
    holders = flows.money.holders
    for title, ledger in ledgers.items():
        for (here, there, stream), pence in ledger.sums(
            "from_holder", "to_holder", "stream"
        ).items():
            names = holders[here].name, holders[there].name
            yield title, holders[here].layer, here, there, stream, pence, *names


def _summary(flows: Flows, ledgers: Mapping[str, Ledger], on: date | None) -> dict[str, object]:
    vested, partly = vested_streams(flows.vesting, on) if on else ((), ())
    return {
        "year": str(flows.money.year),
        "pence": flows.money.pence,
        "commissioners_per_resident": {one: float(flows.bodies[one]) for one in PERIODS},
        "day": None if on is None else on.isoformat(),
        "vested_streams": vested,
        "partly_vested_streams": partly,
        "flows": [
            {
                "title": title,
                "hops": float(hops(ledger)),
                "distinct_paths": distinct_paths(ledger),
                "bands": [
                    dict(zip(BANDS[1:], band[1:], strict=True))
                    for band in _bands(flows, {title: ledger})
                ],
            }
            for title, ledger in ledgers.items()
        ],
    }
