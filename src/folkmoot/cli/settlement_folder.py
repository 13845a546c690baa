"""Read a settlement folder back, to explain what stands in it.

In:        a folder that ``funding settle`` wrote.
Out:       the figures that explain one stream and year.
Not here:  writing one (``exhibits.publication``); checking one (``funding.verify``).
"""

import csv
import json
from pathlib import Path
from typing import Any

from folkmoot.funding.certificate import Certificate
from folkmoot.funding.errors import CellError, PublicationError
from folkmoot.funding.explain import Cause, Figures
from folkmoot.vocabulary.periods import FinancialYear


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
