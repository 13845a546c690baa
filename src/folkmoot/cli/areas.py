"""``folkmoot areas``: draw an area plan, score it, and list what is to be negotiated."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill

import click

from folkmoot.areas.conflicts import (
    CONFLICT_COLUMNS,
    MISPLACED_COLUMNS,
    OPTION_COLUMNS,
    Conflicts,
    Negotiation,
    conflicts,
)
from folkmoot.areas.names import name_areas
from folkmoot.cli.console import check_free, csv_text, print_json, progress_line, table, write
from folkmoot.cli.inputs import (
    FILE,
    areas_option,
    criteria_option,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.geography.graph import pieces
from folkmoot.geography.scores import Scores, score
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria

PLAN = click.Path(path_type=Path)

WIDTH = 92
"""Characters of a line of prose."""


@click.group()
def areas() -> None:
    """Draw an area plan, score it, and list what is to be negotiated."""


@areas.command("score")
@click.argument("plan_path", type=PLAN, metavar="PLAN")
@places_option
@criteria_option
@areas_option
@click.option("--by-area", is_flag=True, help="Print a line for every area as well.")
@json_option
def score_command(
    *,
    plan_path: Path,
    package: Path | None,
    criteria_file: Path | None,
    k: int | None,
    by_area: bool,
    as_json: bool,
) -> None:
    """Score an area plan: what it costs, and how it fits every geography.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. It need not
    be connected, nor keep the population bounds. For example:

        folkmoot areas score areas.csv --by-area
    """
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    plan = read_area_plan(plan_path, places)
    scores = score(plan, places, criteria)
    broken = pieces(plan, places)
    names = name_areas(plan, places, criteria)
    if as_json:
        print_json(
            {
                "plan": str(plan_path),
                "coterminosity": scores.coterminosity,
                "people_out_of_bounds": scores.people_out_of_bounds,
                "polsby_popper": scores.polsby_popper,
                "scores": scores,
                "names": names,
                "pieces": broken,
            }
        )
        return
    click.echo("\n".join(_summary(scores, criteria)))
    click.echo("\n".join(["", *_faults(scores, criteria, names, broken)]))
    if by_area:
        click.echo("\n".join(["", _area_table(scores, names)]))


def _summary(scores: Scores, criteria: Criteria) -> Iterator[str]:
    people = [area.population for area in scores.areas]
    yield f"{len(people)} areas of {min(people):,} to {max(people):,} people"
    yield ""
    yield "What F is the sum of; lower is better"
    yield ""
    yield _cost_table(scores, criteria)
    yield ""
    yield "How the areas fit each geography"
    yield ""
    yield _fit_table(scores)
    yield ""
    if scores.self_containment is not None:
        yield f"  {scores.self_containment:.1%} of commuters work in the area they live in"
    yield f"  {scores.cut_border_km:,.0f} km of border between areas"
    if scores.polsby_popper is not None:
        yield f"  {scores.polsby_popper:.3f} mean Polsby–Popper compactness (1 is a circle)"


def _cost_table(scores: Scores, criteria: Criteria) -> str:
    rows: list[tuple[str, str, str, str, str]] = [
        (
            f"  {fit.criterion.name}",
            fit.criterion.role,
            _ratio(fit.cost, fit.criterion.weight),
            f"{fit.criterion.weight:g}",
            f"{fit.cost:.6f}",
        )
        for fit in scores.geographies
    ]
    leaving = None if scores.self_containment is None else 1 - scores.self_containment
    rows = [("coterminosity", "", "", "", f"{scores.coterminosity:.6f}"), *rows]
    for name, measure, weight, cost in (
        ("inertia", scores.inertia, criteria.inertia_weight, scores.costs[-3]),
        ("unlike need", scores.need, criteria.need_weight, scores.costs[-2]),
        ("travel out of the area", leaving, criteria.flow_weight, scores.costs[-1]),
    ):
        shown = "–" if measure is None else f"{measure:.6f}"
        rows.append((name, "", shown, f"{weight:g}", f"{cost:.6f}"))
    rows.append(("F", "", "", "", f"{scores.objective:.6f}"))
    return table(("term", "role", "measure", "weight", "part of F"), rows, text=2)


def _ratio(cost: float, weight: float) -> str:
    return f"{cost / weight:.6f}" if weight else "–"


def _fit_table(scores: Scores) -> str:
    return table(
        ("geography", "V-measure", "its areas kept whole", "areas within one", "people misplaced"),
        [
            (
                fit.criterion.name,
                f"{fit.agreement.v_measure:.3f}",
                f"{fit.agreement.nested_share:.1%}",
                f"{fit.areas_within_share:.1%}",
                f"{fit.agreement.misplaced_people:,.0f}",
            )
            for fit in scores.geographies
        ],
    )


def _faults(
    scores: Scores,
    criteria: Criteria,
    names: Mapping[AreaCode, str],
    broken: Mapping[AreaCode, Sequence[Sequence[BlockCode]]],
) -> Iterator[str]:
    """Rules that the plan breaks, or that it breaks none."""
    least, most = criteria.minimum_population, criteria.maximum_population
    outside = [area for area in scores.areas if not area.is_within_bounds]
    if not outside and not broken:
        yield f"Every area is connected and has {least:,} to {most:,} people."
        return
    yield "Rules that are broken"
    yield ""
    for area in outside:
        side = "fewer" if area.population < least else "more"
        bound = least if area.population < least else most
        people = f"{area.population:,} people, {side} than {bound:,}"
        yield f"  {area.area} {names[area.area]}: {people}"
    for code, found in broken.items():
        apart = "; ".join(", ".join(piece) for piece in found[1:])
        yield f"  {code} {names[code]}: {len(found)} pieces; cut off from the largest: {apart}"


def _area_table(scores: Scores, names: Mapping[AreaCode, str]) -> str:
    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.1%}"

    return table(
        ("area", "name", "people", "part of F", "residents work here", "workers live here"),
        [
            (
                area.area,
                names[area.area],
                f"{area.population:,}",
                f"{area.cost:.6f}",
                share(area.self_containment_supply),
                share(area.self_containment_demand),
            )
            for area in scores.areas
        ],
        text=2,
    )


@areas.command("conflicts")
@click.argument("plan_path", type=PLAN, metavar="PLAN")
@places_option
@criteria_option
@areas_option
@click.option("--out", type=FILE, metavar="FILE", help="Write the blocks in conflict as CSV.")
@click.option("--options-out", type=FILE, metavar="FILE", help="Write the options as CSV.")
@click.option(
    "--misplaced-out",
    type=FILE,
    metavar="FILE",
    help="Write the blocks outside their area's majority as CSV.",
)
@force_option
@json_option
def conflicts_command(
    *,
    plan_path: Path,
    package: Path | None,
    criteria_file: Path | None,
    k: int | None,
    out: Path | None,
    options_out: Path | None,
    misplaced_out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """List where health and economy pull apart, and price each way out.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. A price is
    the change in F with everything else held. For example:

        folkmoot areas conflicts areas.csv --out conflicts.csv
    """
    for path in (out, options_out, misplaced_out):
        if path is not None:
            check_free(path, force=force)
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    plan = read_area_plan(plan_path, places)
    with progress_line() as progress:
        found = conflicts(plan, places, criteria, progress=progress)
    for path, header, rows in (
        (out, CONFLICT_COLUMNS, found.conflict_rows()),
        (options_out, OPTION_COLUMNS, found.option_rows()),
        (misplaced_out, MISPLACED_COLUMNS, found.misplaced_rows()),
    ):
        if path is not None:
            write(path, csv_text(header, rows), force=force)
    if as_json:
        print_json(found)
    else:
        names = name_areas(plan, places, criteria)
        click.echo("\n".join(_conflict_lines(found, criteria, names)))


def _conflict_lines(
    found: Conflicts, criteria: Criteria, names: Mapping[AreaCode, str]
) -> Iterator[str]:
    if found.note:
        yield found.note
    elif not found.negotiations:
        yield "Health and economy pull every block to the same area: nothing to negotiate."
    else:
        yield (
            f"{len(found.negotiations)} negotiations over {found.blocks} blocks with "
            f"{found.people:,} people. Prices are with everything else held."
        )
    for negotiation in found.negotiations:
        yield ""
        yield from _negotiation_lines(negotiation, names)
    yield ""
    yield "Blocks outside the area that holds most people of theirs"
    yield ""
    yield table(
        ("geography", "blocks", "people"),
        [
            (wanted.name, f"{len(people):,}", f"{sum(people):,}")
            for wanted in criteria.geographies
            for people in [[one.people for one in found.misplaced if one.geography == wanted.name]]
        ],
    )


def _negotiation_lines(negotiation: Negotiation, names: Mapping[AreaCode, str]) -> Iterator[str]:
    concerned = ", ".join(names[area] for area in negotiation.areas)
    yield f"{negotiation.code}  {concerned}: {negotiation.people:,} people"
    for option in negotiation.options:
        yield fill(
            option.sentence,
            width=WIDTH,
            initial_indent=" " * 5,
            subsequent_indent=" " * 7,
            break_on_hyphens=False,
        )
