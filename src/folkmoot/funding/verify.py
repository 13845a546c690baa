"""Verify a settlement folder with code that did not make it, and the standard library alone.

In:        a folder that ``folkmoot funding settle`` wrote.
Out:       every difference between what its files say and what they should say.
Rule:      recompute targets, floors, ceilings, the level, the pennies and the sums; share
           nothing with the rest of folkmoot, so that one mistake cannot hide in both.
Run alone: python verify_settlement.py FOLDER
"""

import csv
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

FILES = {"settlement.csv", "settlement_detail.csv", "settlement.json", "certificates.json"}
"""What the figures are checked against."""

Row = Mapping[str, str]
Record = Mapping[str, Any]
Cells = Mapping[tuple[str, str], Sequence[Row]]
"""Rows of the detail table by stream and year, sorted by area."""


def differences(folder: Path) -> list[str]:
    """Every way in which a settlement folder contradicts itself; none when it is sound."""
    found = list(_digests(folder))
    if found:
        return found
    record = json.loads((folder / "settlement.json").read_text(encoding="utf-8"))
    proofs = json.loads((folder / "certificates.json").read_text(encoding="utf-8"))
    cells = _by_stream_and_year(_rows(folder / "settlement_detail.csv"))
    paid = {
        (row["stream"], row["year"], row["area"]): int(row["pence"])
        for row in _rows(folder / "settlement.csv")
    }
    for (stream, year), rows in cells.items():
        name = f"{stream} {year}"
        proof, rule = proofs[stream][year], record["bounds"][year]
        quantum = record["streams"][stream]["years"][year]["quantum"]["pence"]
        grants = [paid.pop((stream, year, row["area"]), 0) for row in rows]
        found += [f"{name}: {one}" for one in _wrong_sums(rows, proof, quantum, grants)]
        found += [f"{name}: {one}" for one in _wrong_bounds(rows, proof, rule, quantum)]
        found += [f"{name}: {one}" for one in _wrong_shares(proof, grants)]
        found += [f"{name}: {one}" for one in _wrong_cells(rows, proof, grants)]
    found += [f"{' '.join(key)}: a grant with nothing behind it" for key in sorted(paid)]
    return found + list(_broken_years(cells, folder))


def _digests(folder: Path) -> Iterator[str]:
    """Files that are missing, or not those that were written."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name in sorted(FILES - set(manifest["files"])):
        yield f"{name} is not in the manifest"
    for name, digest in sorted(manifest["files"].items()):
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name} is not the file that was written"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by_stream_and_year(rows: list[dict[str, str]]) -> Cells:
    cells = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["area"]):
        cells[row["stream"], row["year"]].append(row)
    return cells


def _wrong_sums(
    rows: Sequence[Row], proof: Record, quantum: int, grants: Sequence[int]
) -> Iterator[str]:
    """Grants that do not make the quantum, and targets that do not follow from need."""
    if sum(grants) != quantum or proof["quantum"] != quantum:
        yield f"the grants make {sum(grants)}p, and the quantum is {quantum}p"
    needs = [Fraction(row["weighted_population"]) for row in rows]
    for row, need, area in zip(rows, needs, proof["areas"], strict=True):
        if Fraction(*area["target"]) != quantum * need / sum(needs):
            yield f"the target of {row['area']} does not follow from its need"


def _wrong_bounds(
    rows: Sequence[Row], proof: Record, rule: Mapping[str, str | None], quantum: int
) -> Iterator[str]:
    """Floors and ceilings that do not follow from last year, the rule and entitlements."""
    change, most, share = (rule[key] for key in ("floor", "ceiling", "least_share"))
    for row, area in zip(rows, proof["areas"], strict=True):
        before, owed = int(row["baseline_pence"]), int(row["entitlement_pence"])
        least = ceil(before * (1 + Fraction(change or 0)))
        of_target = ceil(Fraction(*area["target"]) * Fraction(share or 0))
        upper = max(quantum, least, of_target)
        if most is not None:
            upper = floor(before * (1 + Fraction(most)))
        lower = max(owed, least, min(of_target, upper))
        if (area["lower"], area["upper"]) != (lower, max(upper, lower)):
            yield f"the bounds of {row['area']} do not follow from the rule"


def _wrong_shares(proof: Record, grants: Sequence[int]) -> Iterator[str]:
    """Grants that are not the common level of target within bounds, or got a wrong penny."""
    level = Fraction(proof["lambda_numerator"], proof["lambda_denominator"])
    areas = proof["areas"]
    wanted = [level * Fraction(*area["target"]) for area in areas]
    held = [
        Fraction(area["lower"])
        if not area["target"][0]
        else min(max(amount, Fraction(area["lower"])), Fraction(area["upper"]))
        for area, amount in zip(areas, wanted, strict=True)
    ]
    if sum(held) != proof["quantum"]:
        yield "the level does not exhaust the quantum"
    left = proof["quantum"] - sum(map(floor, held))
    fractions = {at: amount - floor(amount) for at, amount in enumerate(held)}
    extra = set(sorted(fractions, key=lambda at: (-fractions[at], areas[at]["code"]))[:left])
    for at, (area, grant) in enumerate(zip(areas, grants, strict=True)):
        if grant != floor(held[at]) + (at in extra) or area["extra_penny"] != (at in extra):
            yield f"the grant of {area['code']} is {grant}p, and {float(held[at]):.2f}p is due"
        if area["state"] != _state(area, wanted[at]):
            yield f"{area['code']} is not '{area['state']}'"


def _state(area: Record, wanted: Fraction) -> str:
    if not area["target"][0]:
        return "no_target"
    if wanted <= area["lower"]:
        return "floor"
    return "ceiling" if wanted >= area["upper"] else "free"


def _wrong_cells(rows: Sequence[Row], proof: Record, grants: Sequence[int]) -> Iterator[str]:
    """Cells of the detail table that differ from the certificate or the grant."""
    for row, area, grant in zip(rows, proof["areas"], grants, strict=True):
        told = {
            "area": area["code"],
            "target_pence": str(round(Fraction(*area["target"]))),
            "floor_pence": str(area["lower"]),
            "ceiling_pence": str(area["upper"]),
            "state": area["state"],
        }
        for column, value in told.items():
            if row[column] != value:
                yield f"{column} of {row['area']} is {row[column]}, and should be {value}"
        if grant < int(row["entitlement_pence"]):
            yield f"{row['area']} is beneath its entitlements"


def _broken_years(cells: Cells, folder: Path) -> Iterator[str]:
    """Years that do not begin from the grants of the year before."""
    paid = {
        (row["area"], row["stream"], row["year"]): row["pence"]
        for row in _rows(folder / "settlement.csv")
    }
    for (stream, year), rows in sorted(cells.items()):
        before = f"{int(year[:4]) - 1}-{year[2:4]}"
        for row in rows:
            last = paid.get((row["area"], stream, before), row["baseline_pence"])
            if row["baseline_pence"] != last:
                yield f"{stream} {year}: {row['area']} does not begin from last year's {last}p"


if __name__ == "__main__":
    wrong = differences(Path(sys.argv[1]))
    print("\n".join(wrong) or "Every figure follows.")  # noqa: T201 - a command's output
    sys.exit(bool(wrong))
