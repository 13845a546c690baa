"""Build the packaged England from the published tables, the same bytes every time.

In:        a folder that holds ``2025/``, ``funding/`` and ``criteria-2025.toml``, described in
           src/folkmoot/england/README.md (FOLKMOOT_SHARED/england in a full checkout).
Out:       src/folkmoot/england/data/: a places package with gzipped tables.
Run:       python tools/build_england.py FOLDER
Not here:  any change to a figure; tables are copied, and practices are added up by district.
"""

import csv
import gzip
import hashlib
import io
import json
import shutil
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyarrow import parquet

DATA = Path(__file__).resolve().parents[1] / "src/folkmoot/england/data"
LEFT_OUT = ("unit_name", "name_a", "name_b", "population", "basis")
"""Columns of the border and membership tables that only repeat others."""

PROFILES = {
    "registered": "registered_population",
    "health-core-1": "wp_core_services_overall",
    "health-primary-1": "wp_primary_medical_care_overall",
    "health-inequalities-1": "wp_health_inequalities",
}
ATTRIBUTIONS = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
    "Contains OS data © Crown copyright and database right 2025.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
    (
        "Contains information from NHS England, licensed under the current version of the "
        "Open Government Licence."
    ),
)
KEPT = (
    "blocks",
    "adjacency",
    "memberships",
    "populations",
    "populations-single-year",
    "flows",
    "indicators",
    "indicator-catalogue",
    "boundaries",
)


def main(folder: Path) -> None:
    """Write the package anew."""
    source = folder / "2025"
    descriptor = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    resources = [
        packed(source, resource) for resource in descriptor["resources"] if resource["name"] in KEPT
    ]
    resources.append(need(folder / "funding/gp_practice_weighted_populations.parquet"))
    descriptor |= {"resources": resources, "attributions": ATTRIBUTIONS}
    text = json.dumps(descriptor, indent=1, ensure_ascii=False) + "\n"
    (DATA / "datapackage.json").write_text(text, encoding="utf-8")
    shutil.copyfile(folder / "criteria-2025.toml", DATA / "criteria.toml")
    size = sum(path.stat().st_size for path in DATA.iterdir())
    print(f"{len(resources)} tables, {size / 1e6:.2f} MB in {DATA.name}/")


def packed(source: Path, resource: dict[str, Any]) -> dict[str, Any]:
    """Copy one table without columns that repeat another, gzipped."""
    content = (source / resource["path"]).read_bytes()
    fields = resource.get("schema", {}).get("fields", [])
    if resource["name"] in ("adjacency", "memberships"):
        content, fields = (
            without(content, LEFT_OUT),
            [f for f in fields if f["name"] not in LEFT_OUT],
        )
        resource = resource | {"schema": resource["schema"] | {"fields": fields}}
    return write(resource, content)


def write(resource: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Write a gzipped file with no clock in it, and name it in its resource."""
    path = resource["path"] + ".gz"
    (DATA / path).write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
    return resource | {
        "path": path,
        "compression": "gz",
        "hash": "sha256:" + hashlib.sha256((DATA / path).read_bytes()).hexdigest(),
    }


def without(content: bytes, names: tuple[str, ...]) -> bytes:
    """Drop columns from a CSV table."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    kept = [number for number, name in enumerate(rows[0]) if name not in names]
    return as_csv([[row[number] for number in kept] for row in rows])


def as_csv(rows: list[list[str]]) -> bytes:
    """Write rows as CSV with line feeds."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def need(practices: Path) -> dict[str, Any]:
    """Add weighted populations of practices up by district, profile and year, exactly."""
    table = parquet.read_table(practices).to_pylist()
    totals: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for practice in table:
        year = practice["allocation_year"].replace("/", "-")
        for profile, column in PROFILES.items():
            totals[practice["lad_code"], profile, year] += Decimal(str(practice[column]))
    rows = [[*key, str(total)] for key, total in sorted(totals.items())]
    header = ["code", "profile", "year", "weighted_population"]
    resource = {
        "name": "need",
        "path": "need.csv",
        "title": "Needs-weighted populations, practices added up by the district they stand in",
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [
                {"name": name, "type": "number" if name == header[-1] else "string"}
                for name in header
            ],
            "primaryKey": header[:3],
        },
    }
    return write(resource, as_csv([header, *rows]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python tools/build_england.py FOLDER (the one that holds 2025/)")
    main(Path(sys.argv[1]))
