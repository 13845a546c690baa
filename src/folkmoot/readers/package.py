"""Read the descriptor of a places package: which file holds which table.

In:        a folder with ``datapackage.json`` (Frictionless Data Package).
Out:       the files by resource; faults, gathered.
Not here:  what the tables hold (``readers.places``).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from folkmoot.readers.tables import Faults, Table, nearest, read_table, sha256

DESCRIPTOR = "datapackage.json"
REQUIRED = ("blocks", "adjacency", "memberships")
OPTIONAL = (
    "populations",
    "populations-single-year",
    "flows",
    "indicators",
    "indicator-catalogue",
    "boundaries",
    "need",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A descriptor, the files that it names, and the faults found so far."""

    folder: Path
    descriptor: Mapping[str, Any]
    paths: Mapping[str, Path]
    faults: Faults
    rows: dict[str, int] = field(default_factory=dict)
    """Rows of each table that was read, by the name of its file."""

    def table(self, resource: str) -> Table | None:
        """The table of a resource, or None when it is not in the package."""
        path = self.paths.get(resource)
        if path is None:
            return None
        table = read_table(path, self.faults, name=self.file(resource))
        if table is not None:
            self.rows[table.file] = len(table)
        return table

    def file(self, resource: str) -> str:
        """A file's name within the package."""
        return self.paths[resource].relative_to(self.folder).as_posix()

    def digests(self) -> dict[str, str]:
        """SHA-256 of each file that was read, by name."""
        files = {DESCRIPTOR: self.folder / DESCRIPTOR}
        files |= {self.file(resource): path for resource, path in self.paths.items()}
        return {name: sha256(files[name]) for name in sorted(files)}


def read_descriptor(folder: Path, faults: Faults) -> Package | None:
    """Read which file holds which table; None when there is nothing to go on."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        faults.add(
            DESCRIPTOR,
            "the file is not there, so this is not a places package.",
            "Name the folder that holds it; docs/reference/places-package.md shows one.",
        )
        return None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        row = getattr(error, "lineno", None)
        faults.add(DESCRIPTOR, f"it cannot be read ({error}).", "Mend the JSON there.", row=row)
        return None
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        faults.add(
            DESCRIPTOR,
            "it has no list of 'resources'.",
            "List each file under 'resources'.",
        )
        return None
    paths = _resource_paths(folder, resources, faults)
    listed = [str(resource.get("name")) for resource in resources]
    for name in REQUIRED:
        if name not in paths:
            mend = f"Add it under 'resources'. {nearest(name, listed)}"
            faults.add(DESCRIPTOR, f"the resource '{name}' is missing.", mend)
    package = Package(folder=folder, descriptor=descriptor, paths=paths, faults=faults)
    return package if "blocks" in paths else None


def _resource_paths(
    folder: Path, resources: Sequence[Mapping[str, Any]], faults: Faults
) -> dict[str, Path]:
    paths: dict[str, Path] = {}
    for resource in resources:
        name, path = resource.get("name"), resource.get("path")
        if name not in REQUIRED + OPTIONAL:
            continue  # a package may carry tables that folkmoot does not read
        if not isinstance(path, str) or not path:
            faults.add(DESCRIPTOR, f"the resource '{name}' has no 'path'.", "Name its one file.")
        elif PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            faults.add(
                DESCRIPTOR,
                f"the path '{path}' of '{name}' leaves the package.",
                "Move the file into the folder and name it from there.",
            )
        elif name in paths:
            faults.add(DESCRIPTOR, f"the resource '{name}' stands twice.", "Keep one of them.")
        else:
            paths[name] = folder / path
    return paths


def licence(descriptor: Mapping[str, Any]) -> str:
    """Title of the first licence that the descriptor names."""
    licences = descriptor.get("licenses") or [{}]
    first = licences[0] if isinstance(licences, list) and isinstance(licences[0], dict) else {}
    return str(first.get("title") or first.get("name") or "")
