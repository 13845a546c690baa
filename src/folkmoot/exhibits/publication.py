"""Publish a settlement: a folder that anyone can open, check and run again.

In:        a settlement, its area plan and the package it was made from.
Out:       tables, a page, a workbook, certificates, the formula whole, the inputs' digests,
           a verifier that needs only Python, and a manifest of digests over all of it.
Rule:      the same settlement gives the same bytes, on any machine and any day; the folder
           is written whole or not at all, and never over another.
Not here:  reading a folder back (the command line); checking it (``funding.verify``).
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from inspect import getsource
from pathlib import Path

from folkmoot.areas.names import name_areas
from folkmoot.exhibits.settlement_page import settlement_page
from folkmoot.exhibits.workbook import workbook
from folkmoot.funding import verify, verify_copies
from folkmoot.funding.errors import PublicationError
from folkmoot.funding.formula_text import formula_text
from folkmoot.funding.settlement import Settlement
from folkmoot.funding.settlement_ledger import LEDGER_COLUMNS, ledger_rows, settlement_ledger
from folkmoot.funding.settlement_record import Record, certificates, record
from folkmoot.funding.settlement_tables import (
    DETAIL_COLUMNS,
    SETTLEMENT_COLUMNS,
    STREAM_COLUMNS,
    detail_rows,
    settlement_rows,
    stream_rows,
)
from folkmoot.plan.folder import beside
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Places

AREA_COLUMNS = ("block", "area", "population", "area_name")
MANIFEST = "manifest.json"
PARAMETERS = "parameters.toml"


def publish(settlement: Settlement, folder: Path, *, plan: AreaPlan, places: Places) -> None:
    """Write a settlement's folder; a fault or an interrupt leaves none.

    Parameters
    ----------
    plan : AreaPlan
        The areas that it was settled for.
    places : Places
        The package that it was made from.

    Raises
    ------
    PublicationError
        If the folder holds anything: a settlement is never edited.
    """
    check_free(folder)
    files = publication(settlement, plan=plan, places=places)
    with beside(folder) as draft:
        for name, content in files.items():
            (draft / name).write_bytes(content)


def check_free(folder: Path) -> None:
    """Refuse a folder that holds anything, before any work is done for it.

    Raises
    ------
    PublicationError
        If something is there.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise PublicationError(
            folder,
            "is not empty, so nothing was written",
            "A settlement is never edited: name another folder.",
        )


def publication(settlement: Settlement, *, plan: AreaPlan, places: Places) -> dict[str, bytes]:
    """Every file of a settlement's folder by name, the manifest last."""
    ledger = settlement_ledger(settlement)
    parameters = formula_text(settlement.formula)
    inputs = inputs_text(places)
    told = _json(_record(settlement, parameters, inputs))
    names = name_areas(plan, places)
    texts = {
        "areas.csv": _csv(AREA_COLUMNS, _area_rows(plan, places, names)),
        "settlement.csv": settlement_text(settlement),
        "settlement_detail.csv": _csv(DETAIL_COLUMNS, detail_rows(settlement)),
        "streams.csv": _csv(STREAM_COLUMNS, stream_rows(settlement)),
        "ledger.csv": _csv(LEDGER_COLUMNS, ledger_rows(settlement, ledger)),
        "settlement.json": told,
        "certificates.json": _json(certificates(settlement)),
        PARAMETERS: parameters,
        "inputs.json": inputs,
        "settlement.html": settlement_page(
            settlement,
            ledger,
            places,
            names=names,
            record_sha256=_digest(told.encode()),
        ),
    }
    files = {name: text.encode() for name, text in texts.items()}
    files["settlement.xlsx"] = workbook(settlement, names)
    for module in (verify, verify_copies):
        files[f"{module.__name__.rpartition('.')[2]}.py"] = getsource(module).encode()
    digests = {name: _digest(content) for name, content in files.items()}
    files[MANIFEST] = _json({"folkmoot": version("folkmoot"), "files": digests}).encode()
    return files


def settlement_text(settlement: Settlement) -> str:
    """What ``settlement.csv`` holds."""
    return _csv(SETTLEMENT_COLUMNS, settlement_rows(settlement))


def inputs_text(places: Places) -> str:
    """What ``inputs.json`` holds: the digest of each file of the package."""
    return _json(_inputs(places))


def _area_rows(
    plan: AreaPlan, places: Places, names: Mapping[AreaCode, str]
) -> Iterator[tuple[str, str, int, str]]:
    people = dict(zip(places.blocks.codes, places.blocks.population.tolist(), strict=True))
    for block, at in zip(plan.blocks, plan.area_of.tolist(), strict=True):
        area = plan.areas[at]
        yield block, area, people[block], names[area]


def _record(settlement: Settlement, parameters: str, inputs: str) -> Record:
    """The settlement's record, which names the very formula and inputs the folder holds."""
    found = record(settlement) | {"inputs_sha256": _digest(inputs.encode())}
    found["formula"]["parameters_sha256"] = _digest(parameters.encode())
    return found


def _inputs(places: Places) -> Record:
    """What was read: each file with its rows, where it is a table, and its digest."""
    return {
        "package": places.name,
        "title": places.title,
        "vintage": places.vintage,
        "licence": places.licence,
        "attributions": list(places.attributions),
        "files": [
            {"name": name, "rows": places.rows.get(name), "sha256": digest}
            for name, digest in sorted(places.sha256.items())
        ],
    }


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return text.getvalue()


def _json(value: object) -> str:
    """JSON with sorted keys, so that equal values have equal bytes."""
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
