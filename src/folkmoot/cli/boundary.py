"""``folkmoot funding boundary``: a year's grants carried over to other areas."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from folkmoot.areas.names import name_areas
from folkmoot.cli.inputs import force_option, json_option, places_option, settlement_option
from folkmoot.cli.ledger_lines import deliver, lines_of, opened_for, out_option
from folkmoot.cli.settlement_again import Opened
from folkmoot.funding.boundary import Crosswalk
from folkmoot.funding.errors import CellError
from folkmoot.funding.settlement import Settlement, StreamYear
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.ledger import Ledger
from folkmoot.vocabulary.money import in_short
from folkmoot.vocabulary.periods import FinancialYear


@click.command("boundary")
@settlement_option
@click.option(
    "--to",
    "plan_path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PLAN",
    help="The new areas: CSV file with the columns 'block' and 'area', or a plan folder.",
)
@click.option("--year", help="Year of which the grants move, as 2026-27. Default: the last.")
@click.option("--reference", required=True, help="The order or plan by which boundaries move.")
@out_option
@places_option
@force_option
@json_option
def boundary_command(
    *,
    folder: Path,
    plan_path: Path,
    year: str | None,
    reference: str,
    out: Path | None,
    package: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Carry a year's grants over to other areas: money moves with the residents.

    Each old grant is apportioned by where its residents live now, to the penny. For example:

        folkmoot funding boundary --settlement DIR --to new.csv --reference "the order" --out b.csv
    """
    again = opened_for(folder, package, out, force=force)
    settlement = again.settlement
    plan = read_area_plan(plan_path, again.desk.places)
    of_year = _of_year(settlement, year)
    walk = _walk(again, plan)
    ledger = Ledger.of(
        entry
        for one in of_year
        for entry in walk.entries(
            one.allocations.closing, stream=one.stream.code, year=one.year, reference=reference
        )
    )
    names = name_areas(plan, again.desk.places)
    rows = list(_carried_rows(walk, of_year, names))
    moved = sum(entry.pence for entry in ledger.entries)
    shared = in_short(settlement.total(of_year[0].year))
    lines = [
        f"{len(walk.old)} areas become {len(walk.new)}; {in_short(moved)} of {shared} moves.",
        "",
        *lines_of(("area", "name", "stream", "year", "carried over"), rows, text=4),
    ]
    deliver(settlement, ledger, rows, lines, out=out, force=force, as_json=as_json)


def _of_year(settlement: Settlement, asked: str | None) -> list[StreamYear]:
    years = settlement.formula.years
    year = FinancialYear.parse(asked) if asked else years[-1]
    if year not in years:
        raise CellError("year", str(asked), [str(one) for one in years])
    return [one for one in settlement.stream_years if one.year == year]


def _walk(again: Opened, plan: AreaPlan) -> Crosswalk:
    blocks = again.desk.places.blocks
    people = dict(zip(blocks.codes, blocks.population.tolist(), strict=True))
    return Crosswalk.of(_placed(again.desk.plan), _placed(plan), people)


def _placed(plan: AreaPlan) -> dict[str, str]:
    return dict(zip(plan.blocks, (plan.areas[at] for at in plan.area_of), strict=True))


def _carried_rows(
    walk: Crosswalk, of_year: Sequence[StreamYear], names: Mapping[AreaCode, str]
) -> Iterator[dict[str, str | int]]:
    carried = [walk.moved(one.allocations.closing) for one in of_year]
    for at, area in enumerate(walk.new):
        for one, pence in zip(of_year, carried, strict=True):
            yield {
                "area": area,
                "name": names[AreaCode(area)],
                "stream": one.stream.code,
                "year": str(one.year),
                "pence": pence[at],
            }
