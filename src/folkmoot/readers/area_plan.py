"""Read a table that says which block is in which area, and check it against a package."""

from pathlib import Path

from folkmoot.readers.tables import Faults, read_table
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.errors import AreaPlanFileError
from folkmoot.vocabulary.places import Places

NAMES = "area_summary.csv"
"""The table of a plan folder that names its areas."""

SHOWN = 10
"""Codes named in one fault; a plan for another package differs in hundreds."""


def read_area_plan(path: Path, places: Places) -> AreaPlan:
    """Read an area plan: a CSV file with the columns 'block' and 'area', or a plan folder.

    Raises
    ------
    AreaPlanFileError
        With every block that is unknown, doubled or left out.
    """
    if path.is_dir():
        path /= "areas.csv"
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has("block", "area"):
        raise AreaPlanFileError(str(path), faults.found)
    table.once(("block",))
    blocks, areas = table.text("block"), table.text("area")
    known, placed = set(places.blocks.codes), set(blocks) - {""}
    for problem, codes, mend in (
        (
            "it places blocks that the package does not have",
            placed - known,
            "Drop their rows",
        ),
        ("it places these blocks nowhere", known - placed, "Add a row for each"),
    ):
        if codes:
            named = ", ".join(sorted(codes)[:SHOWN])
            more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
            faults.add(
                table.file,
                f"{problem}: {named}{more}.",
                f"{mend}, or name the package this plan was made for, instead of '{places.name}'.",
            )
    if faults.found:
        raise AreaPlanFileError(str(path), faults.found)
    return AreaPlan.of(
        {BlockCode(block): AreaCode(area) for block, area in zip(blocks, areas, strict=True)}
    )


def read_area_names(path: Path) -> dict[AreaCode, str]:
    """The names that a plan folder gives its areas; none for a bare table."""
    table = read_table(path / NAMES, Faults()) if path.is_dir() else None
    if table is None or not {"area", "name"} <= table.columns.keys():
        return {}
    return {
        AreaCode(area): name
        for area, name in zip(table.columns["area"], table.columns["name"], strict=True)
    }
