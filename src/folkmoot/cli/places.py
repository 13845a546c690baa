"""``folkmoot places``: check a places package, and describe what is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from folkmoot.cli.console import print_json, table
from folkmoot.cli.inputs import (
    FILE,
    FOLDER,
    given_criteria,
    given_places,
    json_option,
)
from folkmoot.geography.coterminosity import (
    NestedShare,
    SharedArea,
    nested_shares,
    shared_areas,
    uncut,
)
from folkmoot.geography.graph import components
from folkmoot.parameters.names import listed, naming
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.errors import CriteriaError, PackageError
from folkmoot.vocabulary.places import Places

FIT_ON = 3
"""Geographies that must draw an area alike for it to be worth a line."""

OPTIONAL = {
    "populations": "people by age band",
    "populations_single_year": "people by year of age",
    "flows": "travel to work, for self-containment",
    "indicators": "measured figures, for likeness of need and for outcomes",
    "outlines": "boundaries, for maps and Polsby–Popper",
    "need": "weighted populations, for the settlement",
}
"""What a package may leave out, and what it is good for."""


@click.group()
def places() -> None:
    """Check a places package, and describe what is in it."""


@places.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@json_option
@click.pass_context
def check(context: click.Context, folder: Path, *, as_json: bool) -> None:
    """List every fault of a places package, with its file, row, column and mend.

    Exit code 1 when there is one, 0 when the package can be used. For example:

        folkmoot places check my-country/2026
    """
    try:
        found = read_places(folder)
    except PackageError as error:
        if as_json:
            print_json({"package": str(folder), "faults": error.faults})
        else:
            click.echo(str(error).splitlines()[0], err=True)
            for number, fault in enumerate(error.faults, 1):
                click.echo(f"  {number}. {fault}", err=True)
        context.exit(1)
    if as_json:
        print_json({"package": str(folder), "faults": []})
    else:
        click.echo(f"OK: {found.title}: {_counted(found)}.")


def _counted(found: Places) -> str:
    counts = [
        f"{found.population:,} people",
        f"{len(found.blocks):,} blocks",
        f"{len(found.borders.pairs):,} borders",
        f"{len(found.geographies):,} geographies",
    ]
    return ", ".join(counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncut:
    """How finely the blocks can be divided without cutting an area of some geographies."""

    geographies: tuple[str, ...]
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is in a places package."""

    name: str
    title: str
    vintage: str
    population: int
    blocks: int
    borders: int
    links: int
    components: tuple[int, ...]
    """Blocks in each connected part, most first."""
    geographies: tuple[NestedShare, ...]
    criteria_geographies: tuple[str, ...]
    """Those of the criteria; empty when the criteria do not fit the package."""
    shared_areas: tuple[SharedArea, ...]
    uncut: tuple[Uncut, ...]
    missing: tuple[str, ...]
    licence: str
    attributions: tuple[str, ...]


@places.command()
@click.argument("folder", type=FOLDER, metavar="[DIR]", required=False)
@click.option(
    "--criteria",
    "criteria_file",
    type=FILE,
    metavar="FILE",
    help="Criteria whose geographies are set against each other. Default: the shipped ones.",
)
@json_option
def describe(folder: Path | None, criteria_file: Path | None, *, as_json: bool) -> None:
    """Say what a places package holds, and how its geographies fit.

    Without DIR, the packaged England. For example:

        folkmoot places describe my-country/2026
    """
    found = given_places(folder)
    description = _description(found, _named(found, criteria_file))
    if as_json:
        print_json(description)
    else:
        click.echo("\n".join(_lines(description)))


def _named(found: Places, criteria_file: Path | None) -> tuple[str, ...]:
    """Geographies of the criteria; none when the shipped criteria are for another country."""
    try:
        criteria = given_criteria(criteria_file, found)
    except CriteriaError:
        if criteria_file is not None:
            raise
        return ()
    return tuple(wanted.name for wanted in criteria.geographies)


def _description(found: Places, names: tuple[str, ...]) -> Description:
    labels = components(len(found.blocks), found.borders.pairs)
    return Description(
        name=found.name,
        title=found.title,
        vintage=found.vintage,
        population=found.population,
        blocks=len(found.blocks),
        borders=len(found.borders.pairs),
        links=found.borders.kinds.count("link"),
        components=tuple(sorted(np.bincount(labels).tolist(), reverse=True)),
        geographies=nested_shares(found),
        criteria_geographies=names,
        shared_areas=shared_areas(found, names),
        uncut=tuple(
            Uncut(geographies=names[:n], pieces=int(uncut(found, names[:n]).max()) + 1)
            for n in range(1, len(names) + 1)
        ),
        missing=tuple(name for name in OPTIONAL if not getattr(found, name)),
        licence=found.licence,
        attributions=found.attributions,
    )


def _lines(found: Description) -> Iterator[str]:
    yield found.title + (f" ({found.vintage})" if found.vintage not in found.title else "")
    yield ""
    yield f"  {found.population:,} people in {found.blocks:,} blocks"
    yield (
        f"  {found.borders:,} borders: {found.borders - found.links:,} by land, "
        f"{found.links:,} by link"
    )
    yield f"  {_connected(found.components)}"
    yield from (f"  no {OPTIONAL[name]}" for name in found.missing)
    yield ""
    yield "How far the blocks nest in each geography"
    yield ""
    yield table(
        ("geography", "areas", "people wholly in one", "blocks split", "blocks outside"),
        [
            (
                one.geography,
                f"{one.areas:,}",
                f"{one.whole_share:.1%}",
                f"{one.split_blocks:,}",
                f"{one.outside_blocks:,}",
            )
            for one in found.geographies
        ],
    )
    yield ""
    yield from _fits(found)


def _connected(components: tuple[int, ...]) -> str:
    if len(components) == 1:
        return "all connected"
    sizes = listed([f"{size:,}" for size in components], most=5)
    return f"{len(components)} parts that no border or link joins, of {sizes} blocks"


def _fits(found: Description) -> Iterator[str]:
    if not found.criteria_geographies:
        yield "Name a criteria file with --criteria to see how its geographies fit each other."
        return
    yield "Pieces when no boundary of these may be crossed, one geography more at a time"
    yield ""
    yield table(
        ("geographies", "pieces"),
        [
            (("and " if n else "") + one.geographies[-1], f"{one.pieces:,}")
            for n, one in enumerate(found.uncut)
        ],
    )
    alike = [one for one in found.shared_areas if len(one.geographies) >= FIT_ON]
    yield ""
    yield f"Areas that {FIT_ON} or more of these geographies draw alike: {len(alike)}"
    yield ""
    yield table(
        ("area", "people", *found.criteria_geographies),
        [
            (
                naming().name(min(one.names, key=len)),
                f"{one.population:,}",
                *("●" if name in one.geographies else "·" for name in found.criteria_geographies),
            )
            for one in alike
        ],
    )
