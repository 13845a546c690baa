"""Check that ledger, page and workbook say what the tables of a settlement folder say.

The tables themselves are checked by verify.py, which runs this too. Standard library alone;
run alone:  python3 verify_copies.py [FOLDER]
"""

import csv
import html
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from math import prod
from pathlib import Path
from typing import Any

AREA, STREAM = "area stream year", "stream year"
ENTRY = "year stream from to cause reference"
ASIDE = {"admin_saving": "savings", "national_top_slice": "retained-at-centre"}
SUMMED = re.compile(
    "(weighted_)?population|extra_penny|(baseline_|opening_|target_|floor_|entitlement_)?pence"
)
CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*)>(?:<f>(.*?)</f>)?<v>(.*?)</v>')
REFERENCE = re.compile(r"(!?)\$?\b([A-Z]+)(\$?)(\d+)\b")

Cells = dict[str, Any]
Key = tuple[str, ...]
Due = dict[str, dict[Key, Any]]


def differences(folder: Path) -> list[str]:
    """Every figure that a copy gives otherwise than the tables; none when all agree."""
    read = {
        name: json.loads((folder / f"{name}.json").read_text("utf-8"))
        for name in ("settlement", "certificates", "inputs")
    }
    tables = {
        path.name: list(csv.DictReader(path.read_text("utf-8").splitlines()))
        for path in folder.glob("*.csv")
    }
    due = _due(read, tables)
    found: list[str] = []
    told = {tuple(row[one] for one in ENTRY.split()): row for row in tables["ledger.csv"]}
    for key in sorted(set(told) | set(due[ENTRY])):
        found += _compare("ledger.csv", key, told.get(key), due[ENTRY].get(key))
    odd: list[str] = []
    for name, kind, key, cells in (*_page(folder), *_sheets(folder, odd)):
        found += _compare(name, key, cells, due[kind].get(key))
    return found + odd


def _compare(name: str, key: Key, told: Cells | None, due: Cells | None) -> Iterator[str]:
    """Differences between a row and what it should be; either may be missing."""
    if told is None or due is None:
        yield f"{name}: {' '.join(key)} is {'missing' if told is None else 'nowhere else'}"
    else:
        for column in sorted(told.keys() & due.keys()):
            if _plain(told[column]) != _plain(due[column]):
                where = f"{name}: {column} of {' '.join(key)}"
                yield f"{where} is {told[column]}, and should be {due[column]}"


def _plain(shown: object) -> str:
    """A figure as a spreadsheet keeps it, whether shown bare, in pounds or in per cent."""
    text = "" if shown is None else str(shown)
    bare = re.sub("[£,%]", "", text)
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?([Ee]-?\d\d?)?", bare):
        return text.replace("_", " ").strip("–")
    scale = Fraction(100 if "£" in text else 1, 100 if "%" in text else 1)
    return f"{float(Fraction(bare) * scale):.16G}"


def _due(read: Cells, tables: dict[str, list[Cells]]) -> Due:
    """What every row should say, by kind of row, key and column."""
    due: Due = defaultdict(lambda: defaultdict(Counter))
    record = read["settlement"]
    due["file"] = {(one["name"],): one for one in read["inputs"]["files"]}
    for told in record["streams"].values():
        due["vintage"] |= {
            (told["name"], one["component"]): one for one in told["need"]["vintages"]
        }
    paid = {
        (row["area"], row["stream"], row["year"]): row["pence"] for row in tables["settlement.csv"]
    }
    names = {row["area"]: row["area_name"] for row in tables["areas.csv"]}
    by_cell: dict[Key, list[Cells]] = defaultdict(list)
    for row in tables["settlement_detail.csv"]:
        by_cell[row["stream"], row["year"]].append(
            row
            | {"pence": paid[row["area"], row["stream"], row["year"]], "name": names[row["area"]]}
        )
    for one in tables["streams.csv"]:
        stream, year, quantum = one["stream"], one["year"], int(one["quantum_pence"])
        proof, rows = read["certificates"][stream][year], by_cell[stream, year]
        rule = {
            n: "" if v is None else float(Fraction(v)) for n, v in record["bounds"][year].items()
        }
        level = float(Fraction(proof["lambda_numerator"], proof["lambda_denominator"]))
        sums = {"allocated_pence": quantum, "difference_pence": 0, "check": "adds up"}
        due[STREAM][stream, year] = one | rule | sums | {"level": level}
        for name in (stream, "all"):
            due["shared"][(name,)].update({year: quantum})
        _areas(due, rows, proof, (stream, year))
        _ledger(due, rows, record, one)
    return due


def _areas(due: Due, rows: list[Cells], proof: Cells, cell: tuple[str, str]) -> None:
    """What each area's row says, and that of their sums."""
    need = sum(Fraction(row["weighted_population"]) for row in rows)
    had = sum(int(row["baseline_pence"]) for row in rows) or 1
    for row, proven in zip(rows, proof["areas"], strict=True):
        grant, before, people = (int(row[n]) for n in ("pence", "baseline_pence", "population"))
        due[AREA][row["area"], *cell] = row | {
            "need_share": float(Fraction(row["weighted_population"]) / need),
            "opening_penny": int(row["opening_pence"]) - proof["quantum"] * before // had,
            "extra_penny": int(proven["extra_penny"]),
            "change_ratio": float(Fraction(grant, before) - 1) if before else "",
            "per_head": round(Fraction(grant, people)) if people else "",
        }
        for area in (row["area"], "all"):
            told = due["grants"][area, cell[1]]
            told.update({cell[0]: grant, "all": grant})
            told["area"], told["name"] = (area, row["name"]) if area != "all" else ("All", "")
    every = [due[AREA][row["area"], *cell] for row in rows]
    due[AREA]["all", *cell] = {
        name: float(sum(Fraction(one[name]) for one in every))
        for name in every[0]
        if SUMMED.fullmatch(name)
    }


def _ledger(due: Due, rows: list[Cells], record: Cells, one: Cells) -> None:
    """The ledger of a stream and year: appropriation, lines, and each area's grant."""
    stream, year, version = one["stream"], one["year"], record["formula"]["version"]
    base = record["streams"][stream]["years"][year]["quantum"]
    uplifted = round(base["published"] * prod(1 + Fraction(n["growth"]) for n in base["lines"]))
    printed = f"{base['published_text']} for {base['published_for']}".strip()
    moves = [("treasury", "centre", "appropriation", printed, uplifted)]
    for line in base["lines"]:
        cause = line["kind"].replace("_", " ")
        ways = ("centre", ASIDE.get(line["kind"], cause))
        ways = ("savings", "centre") if line["kind"] == "reinvested_saving" else ways
        moves.append((*ways, cause, line["name"], line["pence"]))
    for row in rows:
        risked = int(row["at_risk_pence"])
        given = int(row["pence"]) - risked
        moves.append(("centre", f"body-{row['area']}", "grant", version, given))
        moves.append(("centre", "pending", "at risk for outcomes", row["area"], risked))
    for giver, to, cause, reference, pence in moves:
        if pence:
            due[ENTRY][year, stream, giver, to, cause, reference].update({"pence": pence})
            due[ENTRY][year, stream, giver, to, cause, reference]["label"] = one["label"]
            holders = ("bodies" if holder.startswith("body-") else holder for holder in (giver, to))
            shown = (year, stream, *holders, cause)
            due["money"][shown].update({"pence": pence})
            for column, part in zip(("year", "stream", "from", "to", "cause"), shown, strict=True):
                due["money"][shown][column] = part


def _page(folder: Path) -> Iterator[tuple[str, str, Key, Cells]]:
    """Rows of the page's tables: each table says what its rows and columns are of."""
    page = (folder / "settlement.html").read_text("utf-8")
    table = re.compile(r'<table data-of="(.*?)" data-columns="(.*?)">(.*?)</table>', re.DOTALL)
    for kind, columns, body in table.findall(page):
        for key, row in re.findall(r'<tr data-key="(.*?)">(.*?)</tr>', body, re.DOTALL):
            shown = map(html.unescape, re.findall(r"<t[hd][^>]*>(.*?)</t", row))
            told = dict(zip(columns.split("|"), shown, strict=True))
            yield "settlement.html", kind, tuple(html.unescape(key).split("|")), told


def _sheets(folder: Path, odd: list[str]) -> Iterator[tuple[str, str, Key, Cells]]:
    """Rows of the workbook's sheets that stand under headings; odd formulas are noted."""
    with zipfile.ZipFile(folder / "settlement.xlsx") as book:
        xml = {name: book.read(name).decode() for name in book.namelist()}
    texts = [
        html.unescape("".join(re.findall(r"<t\b[^>]*>(.*?)</t>", one, re.DOTALL)))
        for one in re.findall("<si>(.*?)</si>", xml["xl/sharedStrings.xml"], re.DOTALL)
    ]
    formulas: Any = defaultdict(Counter)
    tops: dict[Key, int] = {}
    # The cover, which is the first sheet, reads the others, so it comes last.
    for path in sorted((name for name in xml if "/sheet" in name), reverse=True):
        heads: Cells = {}
        for at, body in re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', xml[path], re.DOTALL):
            told, written = {}, {}
            for letter, kind, formula, value in CELL.findall(body):
                told[letter] = texts[int(value)] if 't="s"' in kind else html.unescape(value)
                written[letter] = html.unescape(formula)
            if told.get("A") in ("area", "stream"):
                heads, top = told, int(at)
            elif told.get("A") in (None, "Area", "Stream") or "B" not in told:
                heads = {}
            elif heads:
                kind = AREA if heads["A"] == "area" else STREAM
                cells = {name: told.get(letter, "") for letter, name in heads.items()}
                key = tuple(cells[one] for one in kind.split())
                yield f"settlement.xlsx {Path(path).stem}", kind, key, cells
                home = tops.setdefault(key, int(at))
                for letter, formula in written.items():
                    if formula:
                        alike = REFERENCE.sub(partial(_relative, int(at), top, home), formula)
                        name = (kind, "!" in formula, key[0] == "all", heads[letter])
                        formulas[name][alike.replace(cells["stream"], "")] += 1
    odd += [
        f"settlement.xlsx: a formula of {name[-1]} is unlike the others: {formula}"
        for name, known in formulas.items()
        for formula in list(known)[1:]
    ]


def _relative(row: int, top: int, home: int, reference: re.Match[str]) -> str:
    """A reference as seen from its row, from its headings, or from the row it reads."""
    sheet, column, is_fixed, number = reference.groups()
    seen_from = home if sheet else top if is_fixed else row
    return f"{sheet}{column}{int(number) - seen_from}"


if __name__ == "__main__":
    wrong = differences(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(wrong) or "Every copy agrees.")  # noqa: T201 - a command's output
    sys.exit(bool(wrong))
