"""A made-up country of nine blocks in a 3 by 3 square, written as a places package.

a b c      people: 100,000 each
d e f      health boards: the rows    (north, middle, south)
g h i      economies: the columns     (west, centre, east)
"""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

CODES = "abcdefghi"
Rows = list[dict[str, str]]

CRITERIA = """\
areas = 3
atoms = []

[population]
min = 200000
max = 400000

[weights]
inertia = 0.5

[[geography]]
name = "board"
role = "health"
weight = 0.3

[[geography]]
name = "economy"
role = "economy"
weight = 0.1
"""


def tables() -> dict[str, Rows]:
    """The package's tables, for a test to change before it writes them."""
    blocks = [
        {
            "code": code,
            "name": f"Block {code.upper()}",
            "population": "100000",
            "area_km2": "100",
            "easting": str(10_000 * (n % 3)),
            "northing": str(-10_000 * (n // 3)),
            "lon": str(0.1 * (n % 3)),
            "lat": str(52 - 0.1 * (n // 3)),
        }
        for n, code in enumerate(CODES)
    ]
    borders = [
        {"code_a": CODES[n], "code_b": CODES[m], "kind": "land", "shared_border_km": "10"}
        for n in range(9)
        for m in (n + 1, n + 3)
        if m < 9 and (m == n + 3 or n % 3 < 2)
    ]
    shares = [
        {
            "unit_code": code,
            "geography": geography,
            "area_code": area,
            "area_name": area.title(),
            "population_share": "1",
        }
        for geography, names in (
            ("board", ("north", "north", "north", "middle", "middle", "middle", *("south",) * 3)),
            ("economy", ("west", "centre", "east") * 3),
        )
        for code, area in zip(CODES, names, strict=True)
    ]
    return {"blocks": blocks, "adjacency": borders, "memberships": shares}


def write(folder: Path, written: Mapping[str, Rows] | None = None) -> Path:
    """Write a places package; without tables, the country as it is."""
    found = tables() if written is None else written
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in found.items():
        write_csv(folder / f"{name}.csv", rows)
    resources = [{"name": name, "path": f"{name}.csv"} for name in found]
    descriptor = {"name": "small-country", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows under the keys of the first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]) if rows else ["code"], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def write_criteria(folder: Path, text: str = CRITERIA) -> Path:
    """Write a criteria file."""
    path = folder / "criteria.toml"
    path.write_text(text, encoding="utf-8")
    return path
