"""The plan folder: written whole or not at all, and read back as tables.

In:        texts by file name; or a folder.
Out:       a folder that is itself a Data Package, the same bytes for the same texts;
           or ``PlanFolder``.
Not here:  what the tables hold (``plan.tables``); whether they are true (``plan.verify``).
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from folkmoot.plan.errors import PlanFolderError
from folkmoot.readers.tables import Faults, read_table
from folkmoot.vocabulary.errors import OutputFolderError

DESCRIPTOR = "datapackage.json"
RECORD = "plan.json"
OUTLINES = "areas.geojson"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlanFolder:
    """A devolution plan as it was written: every table as text, by the stem of its file."""

    record: Mapping[str, Any]
    """What plan.json holds: inputs, seed, version, scores, bound, quanta, certificates."""
    tables: Mapping[str, tuple[Mapping[str, str], ...]]
    outlines: Mapping[str, Any]
    """GeoJSON of the areas."""
    sha256: str
    """Digest of datapackage.json, which holds the digest of every other file."""


def read_plan(folder: Path) -> PlanFolder:
    """Read a plan folder.

    Raises
    ------
    PlanFolderError
        If a file is missing, unreadable, or not the one that was written.
    """
    faults = Faults()
    documents = {name: _document(folder, name, faults) for name in (DESCRIPTOR, RECORD, OUTLINES)}
    if faults.found:
        raise PlanFolderError(str(folder), faults.found)
    tables = {}
    for resource in documents[DESCRIPTOR].get("resources", []):
        path = folder / str(resource["path"])
        if not path.is_file() or _digest(path.read_bytes()) != resource["hash"]:
            faults.add(path.name, "it is missing, or not the file that was written.", "Restore it.")
        elif path.suffix == ".csv" and (table := read_table(path, faults)) is not None:
            names = list(table.columns)
            rows = zip(*table.columns.values(), strict=True)
            tables[path.stem] = tuple(dict(zip(names, row, strict=True)) for row in rows)
    if faults.found:
        raise PlanFolderError(str(folder), faults.found)
    return PlanFolder(
        record=documents[RECORD],
        tables=tables,
        outlines=documents[OUTLINES],
        sha256=hashlib.sha256((folder / DESCRIPTOR).read_bytes()).hexdigest(),
    )


def _document(folder: Path, name: str, faults: Faults) -> dict[str, Any]:
    try:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.add(name, "the file is not there.", "Name a folder that 'folkmoot plan' wrote.")
    except (OSError, ValueError) as error:
        faults.add(name, f"it cannot be read ({error}).", "Restore it.")
    else:
        if isinstance(found, dict):
            return found
        faults.add(name, "it is not a JSON object.", "Restore it.")
    return {}


def check_output(folder: Path, *, replace: bool = False) -> None:
    """Refuse a folder that holds something else than a plan that may be replaced."""
    if not folder.exists():
        return
    is_plan = (folder / RECORD).is_file() and (folder / DESCRIPTOR).is_file()
    if not folder.is_dir() or (any(folder.iterdir()) and not (replace and is_plan)):
        raise OutputFolderError(folder)


def write_plan(
    folder: Path,
    texts: Mapping[str, str],
    *,
    title: str,
    check: Callable[[Path], None],
    replace: bool = False,
) -> None:
    """Write every file and the descriptor that names them; a fault or Ctrl-C leaves nothing.

    Parameters
    ----------
    texts : mapping of file name to content
        CSV files become tables of the Data Package with a schema read off their header.
    check : callable
        Given the draft before it takes its place; what it raises leaves nothing behind.

    Raises
    ------
    OutputFolderError
        If the folder holds anything but a plan that ``replace`` allows to be replaced.
    """
    check_output(folder, replace=replace)
    with beside(folder) as draft:
        for name, text in texts.items():
            (draft / name).write_bytes(text.encode())
        descriptor = {
            "name": "devolution-plan",
            "title": title,
            "profile": "data-package",
            "licenses": [{"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0"}],
            "resources": [_resource(name, texts[name]) for name in sorted(texts)],
        }
        text = json.dumps(descriptor, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        (draft / DESCRIPTOR).write_bytes(text.encode())
        check(draft)


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A draft folder that takes the place of ``folder`` when all went well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    draft.chmod(0o755)
    try:
        yield draft
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _resource(name: str, text: str) -> dict[str, Any]:
    """Describe one file as Frictionless does."""
    path = Path(name)
    described: dict[str, Any] = {
        "name": path.stem.replace("_", "-")
        if path.suffix == ".csv"
        else path.name.replace(".", "-"),
        "path": name,
        "bytes": len(text.encode()),
        "hash": _digest(text.encode()),
        "encoding": "utf-8",
    }
    if path.suffix != ".csv":
        return described | {"format": path.suffix[1:]}
    header = text.split("\n", 1)[0].split(",")
    fields = [{"name": column, "type": COLUMN_TYPES.get(column, "string")} for column in header]
    return described | {
        "format": "csv",
        "profile": "tabular-data-resource",
        "schema": {"fields": fields},
    }


def _digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


COLUMN_TYPES: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "population",
            "blocks",
            "pence",
            "baseline_pence",
            "opening_pence",
            "target_pence",
            "floor_pence",
            "ceiling_pence",
            "quantum_pence",
            "months",
            "layer",
        ),
        "integer",
    ),
    **dict.fromkeys(
        (
            "people",
            "area_km2",
            "lon",
            "lat",
            "cost",
            "value",
            "price",
            "price_ratio",
            "resolved_price",
            "resolved_price_ratio",
            "share_of_area",
            "share_of_geography",
            "self_containment_supply",
            "self_containment_demand",
            "price_with_health",
            "price_with_economy",
            "weighted_population",
            "distance_opening",
            "distance_closing",
            *("lower_95", "upper_95", "coverage", "whole", "like_areas", "distance"),
            *("lowest", "highest", "least", "lower_quartile", "upper_quartile", "most"),
            *(
                "p_adjusted",
                "deviation",
                "tau",
                "phi",
                "i_squared",
                "differ_by",
                "between",
                "alike",
            ),
            "pence_per_head",
        ),
        "number",
    ),
    **dict.fromkeys(("first_day", "last_day"), "date"),
}
"""Types of the columns that are not text, for the schema of each table."""
