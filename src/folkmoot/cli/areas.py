"""``folkmoot areas``: draw an area plan, score it, and list what is to be negotiated."""

from pathlib import Path

import click
import numpy as np

from folkmoot.areas.answers import weighed_if_few
from folkmoot.areas.baselines import baselines
from folkmoot.areas.conflicts import (
    CONFLICT_COLUMNS,
    MISPLACED_COLUMNS,
    OPTION_COLUMNS,
    conflicts,
)
from folkmoot.areas.design import Design, design
from folkmoot.areas.names import name_areas
from folkmoot.areas.rules import broken_rules
from folkmoot.areas.work import EFFORTS
from folkmoot.cli.area_ensemble import ensemble_command
from folkmoot.cli.area_lists import (
    area_table,
    comparison_table,
    conflict_lines,
    rule_lines,
    score_lines,
    score_record,
)
from folkmoot.cli.console import (
    check_free,
    csv_text,
    patience,
    print_json,
    progress_line,
    write,
)
from folkmoot.cli.inputs import (
    FILE,
    areas_option,
    criteria_option,
    effort_options,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
    seed_option,
)
from folkmoot.geography.scores import score
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.progress import until

PLAN = click.Path(path_type=Path)


@click.group()
def areas() -> None:
    """Draw an area plan, score it, and list what is to be negotiated."""


areas.add_command(ensemble_command)


@areas.command("design")
@places_option
@criteria_option
@areas_option
@seed_option
@effort_options
@click.option("--out", type=FILE, required=True, metavar="FILE", help="CSV file to write.")
@force_option
@json_option
def design_command(
    *,
    package: Path | None,
    criteria_file: Path | None,
    k: int | None,
    seed: int,
    effort: str,
    time_limit: float | None,
    out: Path,
    force: bool,
    as_json: bool,
) -> None:
    """Draw the best area plan, and say how good it is.

    Writes a CSV file with the columns 'block' and 'area'. The same inputs and seed give
    the same plan. For example:

        folkmoot areas design --areas 38 --seed 1 --out areas.csv
    """
    check_free(out, force=force)
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    with patience(time_limit) as is_enough, progress_line() as progress:
        found = design(
            places,
            criteria,
            rng=np.random.default_rng(seed),
            progress=until(is_enough, progress),
            work=EFFORTS[effort],
        )
        others = baselines(places, criteria)
    plan = found.plan
    rows = (
        (block, plan.areas[area]) for block, area in zip(plan.blocks, plan.area_of, strict=True)
    )
    write(out, csv_text(("block", "area"), rows), force=force)
    judged = {"this plan": score(plan, places, criteria)}
    judged |= {other.name: score(other.plan, places, criteria) for other in others}
    if as_json:
        print_json(
            {
                "file": str(out),
                "bound": found.bound,
                "gap": found.gap,
                "proven": found.proven,
                "covers": found.covers,
                "block_bound": found.block_bound,
                "block_gap": found.block_gap,
                "is_cut_short": found.is_cut_short,
                "plans": {title: score_record(scores) for title, scores in judged.items()},
            }
        )
        return
    click.echo(comparison_table(judged))
    click.echo(
        f"\n{_proof(found)}\nWritten to {out}. See each area: folkmoot areas score {out} --by-area"
    )


def _proof(found: Design) -> str:
    """How far from the best possible the plan can be."""
    if found.bound is None or found.gap is None:
        return f"Not proven: a better plan may exist. {found.covers}"
    if found.proven:
        return f"Proven: no plan of its kind has a lower F. {found.covers}"
    return f"Within {found.gap:.2%} of the best plan of its kind. {found.covers}"


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
    """Score an area plan, term by term.

    What it costs, how it fits every geography, and which rules it breaks. PLAN is a CSV
    file with the columns 'block' and 'area', or a plan folder. For example:

        folkmoot areas score areas.csv --by-area
    """
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    plan = read_area_plan(plan_path, places)
    scores = score(plan, places, criteria)
    names = name_areas(plan, places, criteria)
    broken = broken_rules(plan, places, criteria, names)
    if as_json:
        print_json(
            {
                "plan": str(plan_path),
                **score_record(scores),
                "names": names,
                "broken_rules": broken,
            }
        )
        return
    click.echo("\n".join(score_lines(scores, criteria)))
    click.echo("\n".join(["", *rule_lines(broken, criteria)]))
    if by_area:
        click.echo("\n".join(["", area_table(scores, names)]))


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
    """Price the ways out where health and economy pull apart.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. A price is
    the change in F with everything else held, then with the rest drawn anew. For example:

        folkmoot areas conflicts areas.csv --out conflicts.csv
    """
    for path in (out, options_out, misplaced_out):
        if path is not None:
            check_free(path, force=force)
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    plan = read_area_plan(plan_path, places)
    with progress_line() as progress:
        weighed = weighed_if_few(places, criteria, plan, progress=progress)
        found = conflicts(plan, places, criteria, weighed=weighed, progress=progress)
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
        click.echo("\n".join(conflict_lines(found, criteria, names)))
