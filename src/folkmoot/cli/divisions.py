"""Which areas a command is to measure: a plan's, those of a geography, or today's health areas."""

from importlib.metadata import version
from pathlib import Path

import click

from folkmoot import england
from folkmoot.areas.names import name_areas
from folkmoot.cli.inputs import given_criteria
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import UnknownGeographyError
from folkmoot.parameters.names import naming
from folkmoot.readers.area_plan import read_area_names, read_area_plan
from folkmoot.readers.tables import nearest
from folkmoot.vocabulary.places import Places

PLAN = click.Path(path_type=Path)


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
    return geography_division(places, geography or health_geography(places))


def health_geography(places: Places) -> str:
    """The first geography with the role health in the shipped criteria, or the first there is."""
    known = set(places.geographies)
    asked = [one.name for one in given_criteria(None, england.places()).by_role("health")]
    return next((name for name in asked if name in known), next(iter(sorted(known)), "blocks"))


def geography_division(places: Places, name: str) -> Division:
    """The areas of a geography, named as people do; ``blocks`` is each block by itself.

    Raises
    ------
    UnknownGeographyError
        If the package has no such geography, with those that it has.
    """
    if name == "blocks":
        return Division.of_blocks(places, "districts")
    if name not in places.geographies:
        raise UnknownGeographyError(name, nearest(name, (*places.geographies, "blocks")))
    found = Division.of_geography(
        places.geographies[name], len(places.blocks), naming().plural(name)
    )
    return Division(
        title=found.title,
        codes=found.codes,
        names=tuple(naming().name(one) for one in found.names),
        shares=found.shares,
    )


def made_from(places: Places) -> str:
    """Who made a page, and from what."""
    return (
        f"Made by folkmoot {version('folkmoot')} from '{places.name}', "
        f"{places.vintage or 'no vintage given'}. The same inputs give the same bytes."
    )
