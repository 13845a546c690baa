"""Verify a settlement folder with code that did not make it, and the standard library alone.

Works everything out again from the formula, need and last year's money, and compares every
cell.  Run alone:  python3 verify.py [FOLDER]
"""

import csv
import hashlib
import json
import runpy
import sys
import tomllib
from collections import Counter
from collections.abc import Generator, Iterator
from fractions import Fraction
from math import ceil, floor, prod
from pathlib import Path
from typing import Any

Record = dict[str, Any]
COPIES = "verify_copies.py"
"""Stands beside this file: whether ledger, page and workbook say what the tables say."""
DETAIL = """population weighted_population baseline_pence opening_pence target_pence
    entitlement_pence floor_pence ceiling_pence state distance_opening distance_closing
    pence_per_head at_risk_pence basis label"""
SIGNS = {"growth": 0, "reinvested_saving": 1}
STREAM = ["name", "quantum_pence", "need_profile", "need_basis", "baseline", "label", "source"]


def differences(folder: Path) -> list[str]:
    """Every way in which a settlement folder contradicts itself; none when it is sound."""
    files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    here = {name: (folder / name).read_bytes() for name in files if (folder / name).is_file()}
    found = [f"{name} is missing" for name in sorted(set(files) - set(here))]
    found += [
        f"{name} is not the file that was written"
        for name, content in sorted(here.items())
        if hashlib.sha256(content).hexdigest() != files[name]
    ]
    copies = runpy.run_path(str(Path(__file__).with_name(COPIES)))["differences"]
    return found or list(_Folder(folder).wrong()) or copies(folder)


def _shared(amounts: list[Fraction], total: int) -> list[int]:
    """Round down, then a penny each to the largest remainders, earlier areas first."""
    left = total - sum(map(floor, amounts))
    first = sorted(range(len(amounts)), key=lambda at: floor(amounts[at]) - amounts[at])[:left]
    return [floor(amount) + (at in first) for at, amount in enumerate(amounts)]


def _bounds(owed: int, before: int, target: Fraction, rule: Record, total: int) -> tuple[int, int]:
    """The least and the most that an area may have."""
    least, part = ceil(before * (1 + rule["floor"])), ceil(target * (rule["least_share"] or 0))
    most = max(total, least, part)
    if rule["ceiling"] is not None:
        most = floor(before * (1 + rule["ceiling"]))
    lower = max(owed, least, min(part, most))
    return lower, max(most, lower)


def _decimal(above: Fraction | int, below: Fraction | int, less: int, places: int) -> str:
    """A ratio in decimals, less a whole number; nothing where it would divide by zero."""
    return f"{float(round(Fraction(above) / below - less, places)):.{places}f}" if below else ""


class _Folder:
    def __init__(self, folder: Path) -> None:
        files = [
            path for path in folder.iterdir() if path.suffix in (".csv", ".json", ".toml", ".html")
        ]
        self.text = {path.name: path.read_text("utf-8") for path in files}
        self.record = json.loads(self.text["settlement.json"])
        self.proofs = json.loads(self.text["certificates.json"])
        self.formula = tomllib.loads(self.text["parameters.toml"], parse_float=str)
        self.people = Counter[str]()
        for row in self.rows("areas.csv"):
            self.people[row["area"]] += int(row["population"])

    def rows(self, name: str) -> list[Record]:
        return list(csv.DictReader(self.text[name].splitlines()))

    def wrong(self) -> Iterator[str]:
        """Check what vouches for what, then every row of every table."""
        digests = {n: hashlib.sha256(one.encode()).hexdigest() for n, one in self.text.items()}
        if digests["parameters.toml"] != self.record["formula"]["parameters_sha256"]:
            yield "parameters.toml is not the formula that settlement.json names"
        if digests["settlement.json"] not in self.text["settlement.html"]:
            yield "settlement.json is not the record that settlement.html names"
        if digests["inputs.json"] != self.record["inputs_sha256"]:
            yield "inputs.json is not the list of inputs that settlement.json names"
        due: Record = {"settlement.csv": {}, "settlement_detail.csv": {}, "streams.csv": {}}
        for stream, told in self.record["streams"].items():
            last: list[int] = []
            for year, of_year in sorted(told["years"].items()):
                last = yield from self.settle(stream, year, told | of_year, last, due)
        for name, rows in due.items():
            keys = ("stream", "year") if name == "streams.csv" else ("area", "stream", "year")
            cells = {tuple(row[one] for one in keys): row for row in self.rows(name)}
            for key in sorted(set(cells) ^ set(rows)):
                yield f"{name}: {' '.join(key)} is {'too many' if key in cells else 'missing'}"
            for key in sorted(set(cells) & set(rows)):
                for column, value in rows[key].items():
                    if cells[key][column] != str(value):
                        where = f"{name}: {column} of {' '.join(key)}"
                        yield f"{where} is {cells[key][column]}, and should be {value}"

    def settle(
        self, stream: str, year: str, told: Record, last: list[int], due: Record
    ) -> Generator[str, None, list[int]]:
        """Work one stream and year out again; its grants, from which the next year begins."""
        name, base, label = f"{stream} {year}", told["quantum"], "; ".join(told["labels"])
        total = round(base["published"] * prod(1 + Fraction(n["growth"]) for n in base["lines"]))
        total += sum(SIGNS.get(line["kind"], -1) * line["pence"] for line in base["lines"])
        rows = self.rows("settlement_detail.csv")
        rows = [row for row in rows if (row["stream"], row["year"]) == (stream, year)]
        proof = self.proofs[stream][year]
        if [row["area"] for row in rows] != sorted(self.people):
            yield f"the areas of {name} are not those of areas.csv"
            return last
        if not total == base["pence"] == proof["quantum"]:
            yield f"the quantum of {name} is {base['pence']}, and should be {total}"
        before = last or [int(row["baseline_pence"]) for row in rows]
        opening = _shared([Fraction(total * had, sum(before) or 1) for had in before], total)
        need = [Fraction(row["weighted_population"]) for row in rows]
        targets = [total * one / sum(need) for one in need]
        owed = self.owed(stream, year, rows, need)
        rule = {key: text and Fraction(text) for key, text in self.record["bounds"][year].items()}
        held = [_bounds(*one, rule, total) for one in zip(owed, before, targets, strict=True)]
        level = Fraction(proof["lambda_numerator"], proof["lambda_denominator"])
        wanted = [level * target for target in targets]
        amounts = [Fraction(min(max(w, a), b)) for w, (a, b) in zip(wanted, held, strict=True)]
        grants = _shared(amounts, total)
        if sum(amounts) != total:
            yield f"the level of {name} makes {float(sum(amounts)):.2f}p of {total}p"
        at_risk = Fraction(self.formula["stream"][stream]["outcome_share"])
        for at, (row, grant, (lower, upper)) in enumerate(zip(rows, grants, held, strict=True)):
            area, people, target = row["area"], self.people[row["area"]], targets[at]
            state = "free" if wanted[at] < upper else "ceiling"
            state = ("floor" if wanted[at] <= lower else state) if target else "no_target"
            extra = grant > floor(amounts[at])
            ratio = [target.numerator, target.denominator]
            certified = {"code": area, "target": ratio, "lower": lower, "upper": upper}
            if proof["areas"][at] != certified | {"state": state, "extra_penny": extra}:
                yield f"certificates.json: {area} of {name} is not what follows"
            money = (before[at], opening[at], round(target), owed[at], lower, upper, state)
            distances = (_decimal(one, target, 1, 4) for one in (opening[at], grant))
            risked = floor(at_risk * max(0, grant - owed[at]))
            cells = (people, row["weighted_population"], *money, *distances)
            cells += (_decimal(grant, people, 0, 2), risked, told["need"]["basis"], label)
            due["settlement.csv"][area, stream, year] = {"pence": grant, "label": label}
            due["settlement_detail.csv"][area, stream, year] = dict(
                zip(DETAIL.split(), cells, strict=True)
            )
        source = "{publisher}, {title}, {published}".format(**base["source"])
        of_need = (told["need"]["profile"], told["need"]["basis"], told["baseline"]["name"])
        cells = (told["name"], total, *of_need, label, source)
        due["streams.csv"][stream, year] = dict(zip(STREAM, cells, strict=True))
        return grants

    def owed(self, stream: str, year: str, rows: list[Record], need: list[Fraction]) -> list[int]:
        """What entitlements cost in each area; as told where another profile shares one."""
        owed = [Fraction(0)] * len(rows)
        for promise in self.formula.get("entitlement", {}).values():
            if promise["stream"] == stream and str(promise["first_day"]) <= f"{year[:4]}-04-01":
                if promise.get("profile"):
                    return [int(row["entitlement_pence"]) for row in rows]
                pence = Fraction(promise["pence"])
                each = [pence * self.people[row["area"]] for row in rows]
                if promise["rule"] == "share":
                    parts = [ceil(pence) * one / sum(need) for one in need]
                    each = list(map(Fraction, _shared(parts, ceil(pence))))
                owed = [one + more for one, more in zip(owed, each, strict=True)]
        return list(map(ceil, owed))


if __name__ == "__main__":
    try:
        wrong = differences(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError) as error:
        wrong = [f"this cannot be checked as a settlement ({type(error).__name__}: {error})"]
    print("\n".join(wrong) or "Every figure follows.")  # noqa: T201 - a command's output
    sys.exit(bool(wrong))
