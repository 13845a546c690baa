"""Read a places package: a folder with a datapackage.json and its tables.

In:        the folder.
Out:       ``Places``, checked whole; or one ``PackageError`` with every fault.
Not here:  criteria (``readers.criteria``); anything about a particular country.
Source:    docs/reference/places-package.md.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from folkmoot.readers.package import Package, licence, read_descriptor
from folkmoot.readers.tables import Faults, Table, nearest, read_bytes
from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.errors import PackageError
from folkmoot.vocabulary.periods import FinancialYear, FinancialYearError
from folkmoot.vocabulary.places import (
    AgeCounts,
    Blocks,
    Borders,
    Flows,
    Geography,
    IndicatorName,
    Indicators,
    NeedTable,
    Places,
    micro_persons,
)

KINDS = ("land", "link")

CATALOGUE_COLUMNS = {
    "name": "name",
    "unit": "unit",
    "polarity": "polarity",
    "publisher": "source_publisher",
    "description": "description",
    "address": "source_url",
    "published": "source_date",
    "kind": "kind",
    "level": "level",
    "domain": "domain",
    "first_age": "first_age",
    "last_age": "last_age",
}
"""Field of ``IndicatorName``, and the column of the catalogue that holds it."""


def read_places(folder: Path) -> Places:
    """Read and check a places package.

    Parameters
    ----------
    folder : Path
        Holds ``datapackage.json`` (Frictionless Data Package) and the files it names;
        a CSV file may be gzipped.

    Returns
    -------
    Places
        Blocks sorted by code, whatever the order of the files.

    Raises
    ------
    PackageError
        Every fault with its file, row, column and mend.
    """
    faults = Faults()
    package = read_descriptor(folder, faults)
    if package is None:
        raise PackageError(str(folder), faults.found)
    blocks = _blocks(package)
    if blocks is None:
        raise PackageError(str(folder), faults.found)
    position = blocks.position()
    borders = _borders(package, blocks, position)
    geographies = _geographies(package, position)
    flows = _flows(package, position)
    indicators = _indicators(package)
    populations = _ages(package, "populations", blocks)
    single_year = _ages(package, "populations-single-year", blocks)
    need = _need(package, blocks)
    outlines = _outlines(package, position)
    if faults.found or borders is None:
        raise PackageError(str(folder), faults.found)
    descriptor = package.descriptor
    return Places(
        name=str(descriptor.get("name", folder.name)),
        title=str(descriptor.get("title", descriptor.get("name", folder.name))),
        vintage=str(descriptor.get("vintage", "")),
        blocks=blocks,
        borders=borders,
        geographies=geographies,
        flows=flows,
        indicators=indicators,
        populations=populations,
        populations_single_year=single_year,
        need=need,
        outlines=outlines,
        sha256=package.digests(),
        rows=package.rows,
        attributions=tuple(str(line) for line in descriptor.get("attributions", ())),
        licence=licence(descriptor),
    )


def _blocks(package: Package) -> Blocks | None:
    table = package.table("blocks")
    if table is None or not table.has("code", "name", "population", "easting", "northing"):
        return None
    if not len(table):
        package.faults.add(table.file, "there are no blocks.", "A country has at least one.")
        return None
    codes = table.text("code")
    names = table.text("name")
    table.once(("code",))
    people = table.whole("population", what="a whole number of persons")
    numbers = {
        name: table.floats(name, required=name in ("easting", "northing"))
        for name in ("easting", "northing", "lon", "lat", "area_km2")
    }
    if not package.faults.found and not people.any():
        package.faults.add(
            table.file,
            "nobody lives in any block.",
            "Give the residents.",
            column="population",
        )
    order = np.array(sorted(range(len(codes)), key=codes.__getitem__), dtype=np.int64)

    def sort(cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(cells[row] for row in order)

    return Blocks(
        codes=tuple(BlockCode(code) for code in sort(codes)),
        names=sort(names),
        population=people[order],
        easting=numbers["easting"][order],
        northing=numbers["northing"][order],
        lon=numbers["lon"][order],
        lat=numbers["lat"][order],
        area_km2=numbers["area_km2"][order],
        columns={name: sort(cells) for name, cells in table.columns.items()},
    )


def _known(table: Table, column: str, position: Mapping[BlockCode, int]) -> IntVector:
    """Positions of the blocks that a column names; an unknown code is a fault and -1."""
    found = np.full(len(table), -1, dtype=np.int64)
    for row, code in enumerate(table.text(column)):
        place = position.get(BlockCode(code), -1)
        if code and place < 0:
            mend = f"Correct it, or add the block. {_nearest_code(code, position)}"
            table.fault(row, column, f"'{code}' is not the code of a block.", mend)
        found[row] = place
    return found


def _nearest_code(code: str, position: Mapping[BlockCode, int]) -> str:
    """Advice for a mistyped code; silent in a large package, where the search is slow."""
    return nearest(code, position) if len(position) <= 500 and len(code) > 2 else ""


def _borders(package: Package, blocks: Blocks, position: Mapping[BlockCode, int]) -> Borders | None:
    table = package.table("adjacency")
    if table is None or not table.has("code_a", "code_b", "kind"):
        return None
    a, b = _known(table, "code_a", position), _known(table, "code_b", position)
    table.once(("code_a", "code_b"))
    kinds = table.text("kind")
    for row, kind in enumerate(kinds):
        if kind and kind not in KINDS:
            table.fault(row, "kind", f"'{kind}' is not a kind of border.", "Write land or link.")
        if a[row] >= 0 and a[row] == b[row]:
            table.fault(row, "code_b", "a block cannot border itself.", "Delete the row.")
        elif a[row] > b[row] >= 0:
            mend = "Write each border once, the lower code in 'code_a'."
            table.fault(row, "code_a", "'code_a' comes after 'code_b'.", mend)
    lengths = {
        name: table.floats(name, required=False, least=0.0, what="a length in km, 0 or more")
        for name in ("shared_border_km", "centroid_distance_km")
    }
    _check_isolated(table, blocks, np.concatenate([a, b]))
    order = np.lexsort((b, a))
    return Borders(
        pairs=np.stack([a, b], axis=1)[order],
        kinds=tuple(kinds[row] for row in order),
        shared_border_km=np.nan_to_num(lengths["shared_border_km"])[order],
        centroid_distance_km=lengths["centroid_distance_km"][order],
    )


def _check_isolated(table: Table, blocks: Blocks, touched: IntVector) -> None:
    """A block that touches none can join no area; no link is ever invented for it."""
    if len(blocks) == 1:
        return
    for lone in sorted(set(range(len(blocks))) - set(touched.tolist())):
        distance = np.hypot(
            blocks.easting - blocks.easting[lone], blocks.northing - blocks.northing[lone]
        )
        distance[lone] = np.inf
        near = int(np.argmin(distance))
        table.faults.add(
            table.file,
            f"block {blocks.codes[lone]} ({blocks.names[lone]}) borders no other.",
            f"Add its border, or a row of kind 'link'; the nearest block is {blocks.codes[near]} "
            f"({blocks.names[near]}), {distance[near] / 1000:.0f} km away.",
        )


def _geographies(package: Package, position: Mapping[BlockCode, int]) -> dict[str, Geography]:
    table = package.table("memberships")
    if table is None or not table.has("unit_code", "geography", "area_code", "population_share"):
        return {}
    blocks = _known(table, "unit_code", position)
    shares = table.floats("population_share", least=0.0, most=1.0, what="a share from 0 to 1")
    table.once(("unit_code", "geography", "area_code"))
    labels, codes = table.text("geography"), table.text("area_code")
    names = table.text("area_name", required=False)
    rows_of: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        rows_of.setdefault(label, []).append(row)
    return {
        label: _geography(label, rows, blocks, codes=codes, names=names, shares=shares)
        for label, rows in sorted(rows_of.items())
    }


def _geography(
    label: str,
    rows: Sequence[int],
    blocks: IntVector,
    *,
    codes: Sequence[str],
    names: Sequence[str],
    shares: FloatVector,
) -> Geography:
    name_of = {codes[row]: names[row] or codes[row] for row in reversed(rows)}
    areas = sorted(name_of)
    place = {code: number for number, code in enumerate(areas)}
    # A share of nothing says that the block is elsewhere, so it says nothing here.
    kept = [row for row in rows if shares[row] > 0]
    kept.sort(key=lambda row: (int(blocks[row]), codes[row]))
    return Geography(
        name=label,
        codes=tuple(areas),
        names=tuple(name_of[code] for code in areas),
        block=blocks[kept],
        area=np.array([place[codes[row]] for row in kept], dtype=np.int64),
        share=shares[kept],
    )


def _flows(package: Package, position: Mapping[BlockCode, int]) -> Flows | None:
    table = package.table("flows")
    if table is None or not table.has("origin_code", "destination_code", "commuters"):
        return None
    table.once(("origin_code", "destination_code"))
    commuters = table.whole("commuters", what="a whole number of persons")

    def ends(column: str) -> IntVector:
        codes = table.text(column)
        return np.array([position.get(BlockCode(code), -1) for code in codes], dtype=np.int64)

    origin, destination = ends("origin_code"), ends("destination_code")
    inside = np.flatnonzero((origin >= 0) & (destination >= 0))  # the rest leave the package
    order = inside[np.lexsort((destination[inside], origin[inside]))]
    return Flows(origin=origin[order], destination=destination[order], commuters=commuters[order])


def _indicators(package: Package) -> Indicators | None:
    table = package.table("indicators")
    if table is None or not table.has("indicator_id", "area_code", "period", "value"):
        return None
    table.once(("indicator_id", "area_code", "period"))
    numbers = {
        name: table.floats(name, required=False)
        for name in ("value", "lower_ci", "upper_ci", "numerator", "denominator")
    }
    return Indicators(
        indicator=tuple(table.text("indicator_id")),
        area=tuple(table.text("area_code")),
        period=tuple(table.text("period")),
        value=numbers["value"],
        lower_ci=numbers["lower_ci"],
        upper_ci=numbers["upper_ci"],
        numerator=numbers["numerator"],
        denominator=numbers["denominator"],
        catalogue=_catalogue(package),
    )


def _catalogue(package: Package) -> dict[str, IndicatorName]:
    table = package.table("indicator-catalogue")
    if table is None or not table.has("indicator_id", "name"):
        return {}
    table.once(("indicator_id",))
    columns = {
        field: table.text(column, required=False) for field, column in CATALOGUE_COLUMNS.items()
    }
    return {
        indicator: IndicatorName(**{field: cells[row] for field, cells in columns.items()})
        for row, indicator in enumerate(table.text("indicator_id"))
    }


def _each_block_once(table: Table, blocks: Blocks, what: str) -> IntVector | None:
    """Row of each block, when the table has every block exactly once."""
    place = _known(table, "code", blocks.position())
    table.once(("code",))
    missing = sorted(set(range(len(blocks))) - set(place.tolist()))
    if missing:
        _missing_blocks(table, blocks, missing, what)
    if missing or (place < 0).any() or len(place) != len(blocks):
        return None
    return np.argsort(place)


def _missing_blocks(table: Table, blocks: Blocks, missing: Sequence[int], what: str) -> None:
    named = ", ".join(blocks.codes[block] for block in missing[:10])
    more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""
    table.faults.add(
        table.file,
        f"{what} has no row for {len(missing)} block(s): {named}{more}.",
        "Add a row for each, or leave this file out of the package.",
        column="code",
    )


def _ages(package: Package, resource: str, blocks: Blocks) -> AgeCounts | None:
    table = package.table(resource)
    if table is None or not table.has("code"):
        return None
    rows = _each_block_once(table, blocks, resource)
    columns = tuple(name for name in table.columns if name not in ("code", "name"))
    counts = [table.whole(name, what="a whole number of persons") for name in columns]
    if rows is None or not columns:
        return None
    return AgeCounts(columns=columns, counts=np.stack(counts, axis=1)[rows])


def _need(package: Package, blocks: Blocks) -> tuple[NeedTable, ...]:
    table = package.table("need")
    if table is None or not table.has("code", "profile", "year", "weighted_population"):
        return ()
    place = _known(table, "code", blocks.position())
    table.once(("code", "profile", "year"))
    weighted = table.floats("weighted_population", least=0.0, what="a number, 0 or more")
    rows_of: dict[tuple[str, FinancialYear], list[int]] = {}
    for row, (profile, text) in enumerate(
        zip(table.text("profile"), table.text("year"), strict=True)
    ):
        try:
            rows_of.setdefault((profile, FinancialYear.parse(text)), []).append(row)
        except FinancialYearError:
            table.fault(row, "year", f"'{text}' is not a financial year.", "Write it as 2026-27.")
    found = []
    for (profile, year), rows in sorted(rows_of.items()):
        people = [0] * len(blocks)
        for row in rows:
            if place[row] >= 0 and np.isfinite(weighted[row]):
                people[place[row]] = micro_persons(table.columns["weighted_population"][row])
        missing = sorted(set(range(len(blocks))) - {int(place[row]) for row in rows})
        if missing:
            _missing_blocks(table, blocks, missing, f"the profile '{profile}' for {year}")
        found.append(NeedTable(profile=profile, year=year, micro_persons=tuple(people)))
    return tuple(found)


def _outlines(
    package: Package, position: Mapping[BlockCode, int]
) -> dict[BlockCode, Mapping[str, Any]]:
    path = package.paths.get("boundaries")
    if path is None:
        return {}
    file = package.file("boundaries")
    try:
        features = json.loads(read_bytes(path).decode("utf-8-sig"))["features"]
        found = {str(one["properties"]["code"]): one["geometry"] for one in features}
    except FileNotFoundError:
        package.faults.add(file, "the file is not there.", "Put it there, or drop the resource.")
        return {}
    except (OSError, EOFError, ValueError, LookupError, TypeError) as error:
        package.faults.add(
            file,
            f"it is not GeoJSON with a 'code' for each feature ({error!r}).",
            "Export it again as a FeatureCollection whose properties have 'code'.",
        )
        return {}
    _check_outlines(found, position, file, package.faults)
    return {BlockCode(code): found[code] for code in sorted(found)}


def _check_outlines(
    found: Mapping[str, Any], position: Mapping[BlockCode, int], file: str, faults: Faults
) -> None:
    for code in sorted(set(found) - set(position)):
        faults.add(file, f"'{code}' is not the code of a block.", "Correct it, or drop it.")
    for code in sorted(set(position) - set(found)):
        faults.add(
            file,
            f"block {code} has no outline.",
            "Add it, or drop the resource 'boundaries'.",
        )
    for code in sorted(code for code, shape in found.items() if not _is_polygon(shape)):
        faults.add(
            file,
            f"the outline of {code} is not a Polygon or MultiPolygon.",
            "Export it again.",
        )


def _is_polygon(outline: object) -> bool:
    return isinstance(outline, dict) and outline.get("type") in ("Polygon", "MultiPolygon")
