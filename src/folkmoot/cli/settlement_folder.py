"""Read a settlement folder back, to explain what stands in it.

In:        a folder that ``funding settle`` wrote.
Out:       the figures that explain one stream and year.
Not here:  writing one (``exhibits.publication``); checking one (``funding.verify``).
"""

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from folkmoot.funding.boundary import Crosswalk
from folkmoot.funding.bounds import BoundsRule
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
        record = _read(folder / "settlement.json")
        told, bounds = record["streams"], record["bounds"]
        with (folder / "settlement_detail.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, ValueError, LookupError) as error:
        raise _unreadable(folder, error) from error
    if stream not in proofs:
        raise CellError("stream", stream, sorted(proofs))
    year = str(FinancialYear.parse(year))
    if year not in proofs[stream]:
        raise CellError("year", year, sorted(proofs[stream]))
    proof = Certificate.from_json(proofs[stream][year])
    detail = {row["area"]: row for row in rows if (row["stream"], row["year"]) == (stream, year)}
    of_year = told[stream]["years"][year]
    rule = {name: text and Fraction(text) for name, text in bounds[year].items()}

    def column(name: str) -> tuple[int, ...]:
        return tuple(int(detail[code][name]) for code in proof.codes)

    return Figures(
        stream=stream,
        year=year,
        codes=proof.codes,
        quantum=proof.quantum,
        population=column("population"),
        steps={step["name"]: tuple(step["micro_persons"]) for step in of_year["need_steps"]},
        baseline=column("baseline_pence"),
        entitlements=column("entitlement_pence"),
        rule=BoundsRule(**rule),
        causes={cause["name"]: Cause(**cause) for cause in of_year["causes"]},
        quantum_cause=Cause(**of_year["quantum_cause"]),
        labels=tuple(of_year["labels"]),
    )


def read_crosswalk(before: Path, after: Path) -> Crosswalk:
    """Read how the areas of one settlement folder fall in those of another.

    Raises
    ------
    PublicationError
        If a folder does not say which block is in which area.
    SplitBlockError
        If they are not of the same blocks.
    """
    old, new = _areas(before), _areas(after)
    return Crosswalk.of(
        {row["block"]: row["area"] for row in old},
        {row["block"]: row["area"] for row in new},
        {row["block"]: int(row["population"]) for row in new},
    )


def read_names(folder: Path) -> dict[str, str]:
    """Read what the areas of a settlement folder are called, by code.

    Raises
    ------
    PublicationError
        If the folder does not say which block is in which area.
    """
    return {row["area"]: row.get("area_name", "") for row in _areas(folder)}


def _areas(folder: Path) -> list[dict[str, str]]:
    try:
        with (folder / "areas.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(folder: Path, error: Exception) -> PublicationError:
    mend = "Name a folder that 'folkmoot funding settle --out' wrote."
    return PublicationError(folder, f"cannot be read ({error})", mend)


def _read(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}
