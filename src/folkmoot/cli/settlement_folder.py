"""A settlement as a folder: written whole or not at all, and read back to explain it.

In:        a settlement and its area plan; or a folder.
Out:       tables, certificates, the record and a manifest of digests, the same bytes for
           the same settlement; or the figures that explain one stream and year.
Not here:  checking the folder (``verify_settlement``, which shares no code with this).
"""

import csv
import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from folkmoot.cli.console import csv_text, write_folder
from folkmoot.funding.certificate import Certificate
from folkmoot.funding.errors import CellError, PublicationError
from folkmoot.funding.explain import Cause, Figures
from folkmoot.funding.settlement import Settlement
from folkmoot.funding.settlement_record import certificates, record
from folkmoot.funding.settlement_tables import (
    DETAIL_COLUMNS,
    SETTLEMENT_COLUMNS,
    STREAM_COLUMNS,
    detail_rows,
    settlement_rows,
    stream_rows,
)
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.periods import FinancialYear

MANIFEST = "manifest.json"


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


def write_settlement(folder: Path, settlement: Settlement, plan: AreaPlan) -> None:
    """Write a settlement's files; a fault or an interrupt leaves no folder.

    Raises
    ------
    PublicationError
        If the folder is not empty.
    """
    check_free(folder)
    files = texts(settlement, plan)
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    files[MANIFEST] = _json({"folkmoot": version("folkmoot"), "files": digests})
    write_folder(folder, files)


def texts(settlement: Settlement, plan: AreaPlan) -> dict[str, str]:
    """Every file but the manifest, by name."""
    blocks = [
        (block, plan.areas[area])
        for block, area in zip(plan.blocks, plan.area_of.tolist(), strict=True)
    ]
    return {
        "areas.csv": csv_text(("block", "area"), blocks),
        "settlement.csv": csv_text(SETTLEMENT_COLUMNS, settlement_rows(settlement)),
        "settlement_detail.csv": csv_text(DETAIL_COLUMNS, detail_rows(settlement)),
        "streams.csv": csv_text(STREAM_COLUMNS, stream_rows(settlement)),
        "certificates.json": _json(certificates(settlement)),
        "settlement.json": _json(record(settlement)),
    }


def read_figures(folder: Path, stream: str, year: str) -> Figures:
    """Read what explains one stream and year of a settlement folder.

    Raises
    ------
    PublicationError
        If the folder is not a settlement.
    CellError
        If it does not hold the stream or the year.
    """
    try:
        proofs = _read(folder / "certificates.json")
        told = _read(folder / "settlement.json")["streams"]
        with (folder / "settlement_detail.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, ValueError, LookupError) as error:
        raise PublicationError(
            folder,
            f"cannot be read ({error})",
            "Name a folder that 'folkmoot funding settle --out' wrote.",
        ) from error
    if stream not in proofs:
        raise CellError("stream", stream, sorted(proofs))
    year = str(FinancialYear.parse(year))
    if year not in proofs[stream]:
        raise CellError("year", year, sorted(proofs[stream]))
    proof = Certificate.from_json(proofs[stream][year])
    detail = {row["area"]: row for row in rows if (row["stream"], row["year"]) == (stream, year)}
    of_year = told[stream]["years"][year]
    causes = [Cause(**cause) for cause in of_year["causes"]]
    return Figures(
        stream=stream,
        year=year,
        codes=proof.codes,
        quantum=proof.quantum,
        population=tuple(int(detail[code]["population"]) for code in proof.codes),
        targets=proof.targets,
        entitlements=tuple(int(detail[code]["entitlement_pence"]) for code in proof.codes),
        closing=proof.pence(),
        causes={cause.name: cause for cause in causes},
        labels=tuple(of_year["labels"]),
    )


def _read(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
