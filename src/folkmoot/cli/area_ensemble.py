"""``folkmoot areas ensemble``: many good and different plans, and what they teach."""

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import click
import numpy as np

from folkmoot.areas.ensemble import Border, Ensemble, ensemble
from folkmoot.areas.names import name_areas
from folkmoot.cli.console import print_json, progress_line, table, write_folder
from folkmoot.cli.ensemble_folder import check_output, record, texts
from folkmoot.cli.inputs import (
    FOLDER,
    areas_option,
    criteria_option,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
    seed_option,
)
from folkmoot.exhibits.certainty import LIKELY, SURE
from folkmoot.parameters.names import naming
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Places

SHOWN = 8
"""Areas and borders that are printed; the files have them all."""


@click.command("ensemble")
@click.argument("plan_path", type=click.Path(path_type=Path), metavar="[PLAN]", required=False)
@places_option
@criteria_option
@areas_option
@click.option(
    "--count", type=click.IntRange(min=1), default=50, show_default=True, help="Plans wanted."
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0.0),
    default=0.03,
    show_default=True,
    help="How much greater F may be than that of the best plan, as a ratio.",
)
@click.option(
    "--front",
    is_flag=True,
    help="Trace what coterminosity, like need and balance cost in one another as well.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that draw; the result does not depend on it.",
)
@seed_option
@click.option("--out", type=FOLDER, required=True, metavar="DIR", help="Folder to write.")
@force_option
@json_option
def ensemble_command(
    *,
    plan_path: Path | None,
    package: Path | None,
    criteria_file: Path | None,
    k: int | None,
    count: int,
    tolerance: float,
    front: bool,
    workers: int,
    seed: int,
    out: Path,
    force: bool,
    as_json: bool,
) -> None:
    """Draw many good and different plans, and say what they teach.

    Which borders are sure and which are a choice, and where a plan stands. PLAN is a CSV
    file with the columns 'block' and 'area', or a plan folder; without it the best plan of
    whole atoms is judged. The same inputs and seed give the same files. For example:

        folkmoot areas ensemble areas.csv --count 50 --front --seed 1 --out ensemble
    """
    check_output(out, force=force)
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    plan = None if plan_path is None else read_area_plan(plan_path, places)
    # A process that starts afresh inherits no lock of the solver's threads.
    afresh = multiprocessing.get_context("spawn")
    several = ProcessPoolExecutor(workers, mp_context=afresh) if workers > 1 else nullcontext()
    with several as executor, progress_line() as progress:
        found = ensemble(
            places,
            criteria,
            plan,
            count=count,
            tolerance=tolerance,
            points=count if front else 0,
            rng=np.random.default_rng(seed),
            executor=executor,
            progress=progress,
        )
    names = name_areas(found.plan, places, criteria)
    check_output(out, force=force)
    write_folder(out, texts(found, places, names, seed=seed))
    if as_json:
        print_json({"folder": str(out), **record(found, seed=seed)})
        return
    click.echo("\n".join(_lines(found, places, names)))
    click.echo(f"\nWritten to {out}. Borders by how sure they are: {out / 'borders.svg'}")


def _lines(found: Ensemble, places: Places, names: Mapping[AreaCode, str]) -> Iterator[str]:
    proof = "proven" if found.bound >= found.least else "the best found, not proven"
    yield (
        f"{len(found.plans)} different plans of whole atoms with F at most {found.tolerance:.1%} "
        f"above {found.least:.6f} ({proof}), in {found.draws} draws."
    )
    yield (
        f"Two of them settle {found.differing:.0%} of the borders between atoms differently. They "
        "are good and far apart, not a sample: no share is a probability."
    )
    yield ""
    yield from _border_lines(found, places)
    yield ""
    yield "Least sure areas of the plan"
    yield ""
    yield table(
        ("area", "name", "the same in", "its borders agree in"),
        [
            (one.area, names[one.area], f"{one.kept_ratio:.0%}", f"{one.certainty:.0%}")
            for one in sorted(found.areas, key=lambda one: (one.certainty, one.area))[:SHOWN]
        ],
        text=2,
    )
    yield ""
    yield "Where the plan stands among the plans; lower is better"
    yield ""
    yield table(
        ("measure", "plan", "rank", "least", "median", "most"),
        [
            (
                one.measure.replace("_", " "),
                f"{one.value:.6f}",
                f"{one.rank} of {len(found.plans) + 1}",
                f"{one.least:.6f}",
                f"{one.median:.6f}",
                f"{one.most:.6f}",
            )
            for one in found.standings
        ],
    )
    yield from _front_lines(found)


def _border_lines(found: Ensemble, places: Places) -> Iterator[str]:
    parting = [one for one in found.borders if not one.in_plan]
    sure = sum(one.certainty >= SURE for one in parting)
    choices = sum(one.certainty < LIKELY for one in parting)
    yield (
        f"Of {len(parting)} borders between areas of the plan, {sure} are sure ({SURE:.0%} of the "
        f"plans or more have them) and {choices} are a choice (fewer than {LIKELY:.0%} have them)."
    )
    called = dict(zip(places.blocks.codes, places.blocks.names, strict=True))

    def pair(one: Border) -> str:
        both = (naming().name(called[block]) for block in (one.block_a, one.block_b))
        return " – ".join(both)

    unsure = sorted(
        (one for one in found.borders if not one.in_one_atom and one.certainty < SURE),
        key=lambda one: (one.certainty, one.block_a, one.block_b),
    )
    if unsure:
        yield ""
        yield table(
            ("least sure neighbours", "in the plan", "so in"),
            [
                (pair(one), "together" if one.in_plan else "apart", f"{one.certainty:.0%}")
                for one in unsure[:SHOWN]
            ],
            text=2,
        )


def _front_lines(found: Ensemble) -> Iterator[str]:
    if found.front is None:
        return
    points, zones = found.front.points, len(found.front.open_zones)
    proven = sum(point.is_proven for point in points)
    rest = (
        "There is no other." if found.front.is_complete else f"{zones} zones may hold more points."
    )
    yield ""
    yield (
        f"On the front between {', '.join(found.front.measures)}: {len(points)} plans, {proven} "
        f"proven over whole atoms, the rest the best known. {rest}"
    )
    beaten = found.front.beating(found.value)
    if beaten is None:
        yield "No plan on it is at least as good as the plan by every one of these measures."
        return
    less = ", ".join(f"{by:.6f} less {name}" for name, by in beaten.by.items())
    yield f"f{beaten.point + 1:02d} is at least as good as the plan by all of them: {less}."
