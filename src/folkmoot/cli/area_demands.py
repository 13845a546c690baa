"""``folkmoot areas demand``: ask something of a plan, and be told what it costs."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import click

from folkmoot.areas.answers import Answer, Move, demand
from folkmoot.areas.demands import (
    Apart,
    AtLeast,
    AtMost,
    Between,
    Demand,
    Keep,
    Together,
    Within,
)
from folkmoot.areas.errors import UnknownAreaError
from folkmoot.cli.console import check_free, csv_text, print_json, progress_line, table, write
from folkmoot.cli.inputs import (
    FILE,
    areas_option,
    criteria_option,
    force_option,
    given_block,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode

PEOPLE = click.IntRange(min=0)
COUNT = click.IntRange(min=1)


@click.command("demand")
@click.argument("plan_path", type=click.Path(path_type=Path), metavar="[PLAN]", required=False)
@click.option("--together", nargs=2, multiple=True, metavar="BLOCK BLOCK", help="In one area.")
@click.option("--apart", nargs=2, multiple=True, metavar="BLOCK BLOCK", help="In two areas.")
@click.option("--keep", multiple=True, metavar="AREA", help="An area of PLAN stays as it is.")
@click.option("--within", multiple=True, metavar="GEOGRAPHY", help="No area crosses its lines.")
@click.option("--between", nargs=2, type=COUNT, metavar="K K", help="The best number of areas.")
@click.option("--at-least", type=PEOPLE, metavar="N", help="People in every area, at least.")
@click.option("--at-most", type=PEOPLE, metavar="N", help="People in every area, at most.")
@places_option
@criteria_option
@areas_option
@click.option("--out", type=FILE, metavar="FILE", help="Write the plan that meets them as CSV.")
@force_option
@json_option
def demand_command(
    *,
    plan_path: Path | None,
    together: tuple[tuple[str, str], ...],
    apart: tuple[tuple[str, str], ...],
    keep: tuple[str, ...],
    within: tuple[str, ...],
    between: tuple[int, int] | None,
    at_least: int | None,
    at_most: int | None,
    package: Path | None,
    criteria_file: Path | None,
    k: int | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Re-solve the areas under demands, and price each.

    A price is how much F rises against PLAN, or against the best plan when none is given.
    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder; a BLOCK is a
    code or a name. For example:

        folkmoot areas demand --together Bassetlaw Sheffield --apart Swindon Wiltshire
    """
    if out is not None:
        check_free(out, force=force)
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    plan = None if plan_path is None else read_area_plan(plan_path, places)
    demands: list[Demand] = [
        *(Together(given_block(places, a), given_block(places, b)) for a, b in together),
        *(Apart(given_block(places, a), given_block(places, b)) for a, b in apart),
        *(_kept(plan, area) for area in keep),
        *(Within(name) for name in within),
        *([] if between is None else [Between(min(between), max(between))]),
        *([] if at_least is None else [AtLeast(at_least)]),
        *([] if at_most is None else [AtMost(at_most)]),
    ]
    if not demands:
        raise click.UsageError("Demand something: see 'folkmoot areas demand --help'.")
    with progress_line() as progress:
        answer = demand(places, criteria, demands, plan=plan, progress=progress)
    if out is not None:
        placed = zip(answer.plan.blocks, answer.plan.area_of.tolist(), strict=True)
        rows = ((block, answer.plan.areas[area]) for block, area in placed)
        write(out, csv_text(("block", "area"), rows), force=force)
    if as_json:
        print_json(_record(answer))
    else:
        click.echo("\n".join(_lines(answer, criteria.areas)))


def _kept(plan: AreaPlan | None, area: str) -> Keep:
    if plan is None:
        raise click.UsageError("--keep needs the PLAN whose area is to stay as it is.")
    members = plan.members().get(AreaCode(area))
    if members is None:
        near = get_close_matches(area, plan.areas, n=3, cutoff=0.0)
        raise UnknownAreaError(area, near)
    return Keep(members, area)


def _record(answer: Answer) -> dict[str, object]:
    return {
        "areas": len(answer.plan.areas),
        "objective": answer.objective,
        "objective_by_own_count": answer.objective_by_own_count,
        "bound": answer.bound,
        "proven": answer.is_proven,
        "asked_of_objective": answer.asked_of_objective,
        "price": answer.price,
        "price_ratio": answer.price_ratio,
        "prices": answer.prices,
        "moves": answer.moves,
        "cut": answer.cut,
        "covers": answer.covers,
    }


def _standing(*, is_proven: bool) -> str:
    return "proven" if is_proven else "best known"


def _lines(answer: Answer, areas: int) -> list[str]:
    rows = [
        (one.demand, f"{one.price:+.6f}", f"{one.price_ratio:+.2%}", is_proven)
        for one in answer.prices
        for is_proven in [_standing(is_proven=one.is_proven)]
    ]
    if len(rows) > 1:
        standing = _standing(is_proven=answer.is_proven)
        rows.append(
            ("all together", f"{answer.price:+.6f}", f"{answer.price_ratio:+.2%}", standing)
        )
    lines = [table(("demand", "change in F", "of F", "standing"), rows), ""]
    lines.append(
        f"F = {answer.objective:.6f}; without the demands {answer.asked_of_objective:.6f}."
    )
    if len(answer.plan.areas) != areas:
        lines.append(
            f"The plan has {len(answer.plan.areas)} areas. F is by the {areas} of the criteria, so "
            f"that plans compare; by its own number it is {answer.objective_by_own_count:.6f}."
        )
    lines += [f"{len(answer.moves)} block(s) move.", *move_lines(answer.moves), answer.covers]
    return lines


def move_lines(moves: Iterable[Move]) -> list[str]:
    """A line for each block that moves."""
    return [f"  {one.name} from {one.before} to {one.after}" for one in moves]
