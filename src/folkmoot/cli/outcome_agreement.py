"""``folkmoot outcomes agreement``: where high-level outcomes stand, and who is beneath a floor."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from folkmoot.cli.console import (
    check_free,
    check_ours,
    csv_text,
    print_json,
    table,
    write,
    write_folder,
)
from folkmoot.cli.inputs import (
    FILE,
    FOLDER,
    force_option,
    given_places,
    json_option,
    places_option,
)
from folkmoot.exhibits.state_grid import BAD, FAIR, GOOD, state_grid
from folkmoot.outcomes.agreement import AGREEMENT, STATES, check_numbers
from folkmoot.outcomes.agreement_figures import (
    Series,
    measured_blocks,
    measured_series,
    read_series,
)
from folkmoot.outcomes.agreement_tables import (
    BENEATH_COLUMNS,
    EXAMPLES,
    FILES,
    STANDING_COLUMNS,
    Agreed,
    Reviewed,
    beneath_rows,
    read_agreement,
    review,
    standing_rows,
)
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.measured import Ground
from folkmoot.parameters.reader import packaged_text
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.transition.rules import shipped_rules

PLAN = click.Path(path_type=Path)
SHADES = {"met": GOOD, "on course": FAIR, "off course": BAD}
SHOWN = 20


@click.command("agreement")
@click.argument("folder", type=FOLDER, required=False)
@click.option(
    "--plan",
    "plan_path",
    type=PLAN,
    metavar="PLAN",
    help="Without values.csv: areas to measure. Default: each block.",
)
@click.option(
    "--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write every target and review."
)
@click.option(
    "--beneath", "beneath_path", type=FILE, metavar="FILE.csv", help="Write blocks beneath a floor."
)
@click.option("--svg", type=FILE, metavar="FILE.svg", help="Draw where each outcome stands.")
@click.option("--template", type=FOLDER, metavar="DIR", help="Write made-up tables to fill in.")
@places_option
@force_option
@json_option
def agreement_command(
    *,
    folder: Path | None,
    plan_path: Path | None,
    csv_path: Path | None,
    beneath_path: Path | None,
    svg: Path | None,
    template: Path | None,
    package: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say where each high-level outcome stands, and which blocks are beneath an entitlement.

    FOLDER holds targets.csv and, if wanted, entitlements.csv, values.csv and blocks.csv. Without
    values.csv, figures come from the places package. For example:

        folkmoot outcomes agreement --template agreement

        folkmoot outcomes agreement agreement --svg agreement.svg
    """
    if template is not None:
        if folder is not None:
            raise click.UsageError("Write tables with --template, or name a folder.")
        check_ours(template, FILES, force=force)
        write_folder(template, {name: packaged_text(f"{EXAMPLES}/{name}") for name in FILES})
        click.echo(f"Written to {template}: a made-up agreement, to fill in.")
        return
    if folder is None:
        raise click.UsageError("Name a folder, or write one with --template.")
    for path in filter(None, (csv_path, beneath_path, svg)):
        check_free(path, force=force)
    agreed = read_agreement(folder)
    most = shipped_rules().framework.most
    check_numbers(
        agreed.targets,
        agreed.entitlements,
        most_outcomes=most["outcomes"],
        most_entitlements=most["entitlements"],
    )
    found = review(agreed, *_figures(folder, agreed, package, plan_path))
    if csv_path is not None:
        write(
            csv_path,
            csv_text(STANDING_COLUMNS, standing_rows(found, label=agreed.label)),
            force=force,
        )
    if beneath_path is not None:
        write(
            beneath_path,
            csv_text(BENEATH_COLUMNS, beneath_rows(found, label=agreed.label)),
            force=force,
        )
    if svg is not None:
        write(svg, _grid(agreed, found) + "\n", force=force)
    if as_json:
        print_json(_summary(agreed, found))
    else:
        click.echo("\n".join(_lines(agreed, found)))


def _figures(
    folder: Path, agreed: Agreed, package: Path | None, plan_path: Path | None
) -> tuple[Series, Series]:
    """Figures of areas and blocks: from the folder, or else from a places package."""
    values, blocks = folder / "values.csv", folder / "blocks.csv"
    areas_given = values.exists() or not agreed.targets
    blocks_given = blocks.exists() or not agreed.entitlements
    if values.exists() and plan_path is not None:
        raise click.UsageError("Figures of areas are those of values.csv, or of --plan, not both.")
    by_area = read_series(values, by="area", gaps=agreed.gaps) if values.exists() else {}
    by_block = read_series(blocks, by="block") if blocks.exists() else {}
    if areas_given and blocks_given:
        return by_area, by_block
    ground = Ground.of(given_places(package))
    if not areas_given:
        indicators = [one.indicator for one in agreed.targets]
        by_area = measured_series(ground, _division(ground, plan_path), indicators, agreed.gaps)
    if not blocks_given:
        by_block = measured_blocks(ground, [one.indicator for one in agreed.entitlements])
    return by_area, by_block


def _division(ground: Ground, plan_path: Path | None) -> Division:
    if plan_path is None:
        return Division.of_blocks(ground.places, "blocks")
    return Division.of_plan(read_area_plan(plan_path, ground.places), {}, "areas")


def _grid(agreed: Agreed, found: Reviewed) -> str:
    latest = [reviews[-1] for reviews in found.standings]
    return state_grid(
        list(dict.fromkeys(one.target.indicator for one in latest)),
        list(dict.fromkeys(one.target.area for one in latest)),
        {(one.target.indicator, one.target.area): one.state for one in latest},
        SHADES,
        title="Where each high-level outcome stands at its latest review",
        identity="agreement",
        note=agreed.label,
    )


def _lines(agreed: Agreed, found: Reviewed) -> Iterator[str]:
    if agreed.is_made_up:
        yield "Made up: this agreement shows the form and says nothing of any place."
        yield ""
    latest = [reviews[-1] for reviews in found.standings]
    count = Counter(one.state for one in latest)
    if latest:
        yield ", ".join(f"{count[state]} {state}" for state in STATES) + "."
        yield table(
            ("outcome", "area", "kind", "aim", "by", "latest", "path", "state"),
            [
                (
                    *(one.target.indicator, one.target.area, one.target.kind),
                    *(f"{one.target.aim:g}", one.target.by),
                    "" if one.point is None else f"{one.point.value:g} ({one.point.period})",
                    "" if one.point is None else f"{one.path:.3g}",
                    one.state,
                )
                for one in latest
            ],
            text=3,
        )
    for one in latest:
        if one.reason:
            yield f"{one.target.indicator}, {one.target.area}: {one.reason}."
    for indicator, tested in found.tested.items():
        below = [one for one in found.beneath if one.entitlement.indicator == indicator]
        yield ""
        yield f"{indicator}: {len(below)} of {tested} blocks beneath the floor."
        for low in below[:SHOWN]:
            sure = "" if low.is_sure else ", though chance could be why"
            yield f"  {low.block}: {low.point.value:g}, floor {low.entitlement.floor:g}{sure}"
        if len(below) > SHOWN:
            yield f"  … and {len(below) - SHOWN} more; write them with --beneath."


def _summary(agreed: Agreed, found: Reviewed) -> dict[str, object]:
    return {
        "method": AGREEMENT,
        "is_made_up": agreed.is_made_up,
        "standings": [
            dict(zip(STANDING_COLUMNS, row, strict=True))
            for row in standing_rows(found, label=agreed.label)
        ],
        "beneath": [
            dict(zip(BENEATH_COLUMNS, row, strict=True))
            for row in beneath_rows(found, label=agreed.label)
        ],
        "tested": found.tested,
    }
