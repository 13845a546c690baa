"""Check a plan folder again, from its files alone, with nothing but the standard library.

In:        a folder that ``folkmoot plan`` wrote.
Out:       one ``Check`` an invariant: what was looked at, and every fault.
Rule:      shares no code with what computed the plan, so that one cannot repeat the other's
           mistake. Run it without folkmoot: python verify.py FOLDER
Not here:  whether the inputs were right, or the plan the best one.
"""

import csv
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Check:
    """One invariant of the plan."""

    invariant: str
    examined: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the invariant holds."""
        return not self.faults


@dataclass(frozen=True)
class Files:
    """The folder's content, read once."""

    folder: Path
    record: dict[str, Any]
    descriptor: dict[str, Any]

    def rows(self, name: str) -> Rows:
        """A CSV table as dictionaries."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def verify(folder: Path) -> list[Check]:
    """Check every invariant.

    Raises
    ------
    OSError, ValueError, KeyError
        If the folder is not a plan at all; ``folkmoot verify`` says so in words.
    """
    record = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    files = Files(folder, record, descriptor)
    return [check(files) for check in CHECKS]


def digests(files: Files) -> Check:
    """The files are the ones that were written, and there are no others."""
    listed = {resource["path"]: resource["hash"] for resource in files.descriptor["resources"]}
    faults = []
    for name, digest in sorted(listed.items()):
        path = files.folder / name
        if not path.is_file():
            faults.append(f"{name} is missing")
        elif "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            faults.append(f"{name} is not the file that was written")
    there = {path.name for path in files.folder.iterdir()} - {"datapackage.json"}
    faults += [f"{name} was not written with the plan" for name in sorted(there - set(listed))]
    return Check("files are as they were written", f"{len(listed)} files", tuple(faults))


def one_area(files: Files) -> Check:
    """Every block is in exactly one area, and areas add up from their blocks."""
    blocks, placed = files.rows("blocks.csv"), files.rows("areas.csv")
    times = defaultdict(int, dict.fromkeys((row["block"] for row in blocks), 0))
    people: dict[str, int] = defaultdict(int)
    population = {row["block"]: int(row["population"]) for row in blocks}
    for row in placed:
        times[row["block"]] += 1
        people[row["area"]] += population.get(row["block"], 0)
    faults = [f"block {block} is in {n} areas" for block, n in sorted(times.items()) if n != 1]
    for row in files.rows("area_summary.csv"):
        told = int(row["population"])
        if people.get(row["area"]) != told:
            faults.append(f"{row['area']} has {people.get(row['area'], 0)} people, not {told}")
    return Check(
        "every block is in exactly one area",
        f"{len(blocks)} blocks, {len(people)} areas",
        tuple(faults),
    )


def connected(files: Files) -> Check:
    """Every area is one piece: all its blocks can be reached from any of them."""
    area_of = {row["block"]: row["area"] for row in files.rows("areas.csv")}
    near: dict[str, set[str]] = defaultdict(set)
    for row in files.rows("borders.csv"):
        a, b = row["code_a"], row["code_b"]
        if area_of.get(a) == area_of.get(b):
            near[a].add(b)
            near[b].add(a)
    members: dict[str, set[str]] = defaultdict(set)
    for block, area in area_of.items():
        members[area].add(block)
    faults = []
    for area, blocks in sorted(members.items()):
        unreached = blocks - reached(min(blocks), near)
        if unreached:
            faults.append(f"{area} is in pieces: {', '.join(sorted(unreached))} stand apart")
    return Check("every area is connected", f"{len(members)} areas", tuple(faults))


def reached(start: str, near: dict[str, set[str]]) -> set[str]:
    """Every block that a walk from ``start`` comes to."""
    seen, waiting = {start}, [start]
    while waiting:
        for block in near[waiting.pop()] - seen:
            seen.add(block)
            waiting.append(block)
    return seen


def bounds(files: Files) -> Check:
    """Population bounds are kept, or the plan names each breach."""
    bound = files.record["parameters"]["population"]
    named = set(files.record["breaches"])
    faults, rows = [], files.rows("area_summary.csv")
    for row in rows:
        people = int(row["population"])
        if not bound["min"] <= people <= bound["max"] and row["area"] not in named:
            faults.append(f"{row['area']} has {people} people, and the plan does not say so")
    return Check(
        "population bounds are kept or the breach named",
        f"{bound['min']} to {bound['max']}",
        tuple(faults),
    )


def one_commissioner(files: Files) -> Check:
    """Every function in every place, before and after, has exactly one commissioner."""
    known = {row["commissioner"] for row in files.rows("commissioners.csv")}
    blocks = {row["block"] for row in files.rows("blocks.csv")}
    functions = {row["function"] for row in files.rows("function_catalogue.csv")}
    holders: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in files.rows("functions.csv"):
        holders[row["function"], row["block"], row["period"]].append(row["commissioner"])
    faults = []
    for function in sorted(functions):
        for period in ("before", "after"):
            wrong = [b for b in sorted(blocks) if len(holders[function, b, period]) != 1]
            if wrong:
                faults.append(
                    f"{function} {period}: not one commissioner in {', '.join(wrong[:5])}"
                )
    unknown = {holder for found in holders.values() for holder in found} - known
    faults += [f"commissioner {code} is in no list" for code in sorted(unknown)]
    examined = f"{len(functions)} functions in {len(blocks)} blocks, before and after"
    return Check("every function has one accountable commissioner", examined, tuple(faults))


def one_leader(files: Files) -> Check:
    """Every body has one leader, covers its own area, and each function it holds has one member."""
    bodies = {row["body"]: set(row["blocks"].split("; ")) for row in files.rows("bodies.csv")}
    leaders = [row["body"] for row in files.rows("leaders.csv")]
    faults = [
        f"{body} has {leaders.count(body)} leaders"
        for body in sorted({*bodies, *leaders})
        if leaders.count(body) != 1 or body not in bodies
    ]
    lands: dict[str, set[str]] = defaultdict(set)
    for row in files.rows("areas.csv"):
        lands[f"body-{row['area']}"].add(row["block"])
    faults += [
        f"{body} is not the body of its area's blocks"
        for body in sorted({*bodies, *lands})
        if bodies.get(body) != lands.get(body)
    ]
    answers: dict[tuple[str, str], int] = defaultdict(int)
    for row in files.rows("portfolios.csv"):
        for function in row["programmes"].split("; "):
            answers[row["body"], function] += 1
    held = {
        (row["commissioner"], row["function"])
        for row in files.rows("functions.csv")
        if row["period"] == "after" and row["commissioner"] in bodies
    }
    faults += [
        f"{function} of {body} is in {answers[body, function]} portfolios"
        for body, function in sorted(held)
        if answers[body, function] != 1
    ]
    return Check(
        "every body has one leader, and every function it holds one portfolio",
        f"{len(bodies)} bodies, {sum(answers.values())} functions of portfolios",
        tuple(faults),
    )


def quanta(files: Files) -> Check:
    """The grants of each stream and year add up to its quantum, to the penny."""
    total: dict[tuple[str, str], int] = defaultdict(int)
    for row in files.rows("settlement.csv"):
        total[row["stream"], row["year"]] += int(row["pence"])
    told = {
        (stream, year): pence
        for stream, years in files.record["quanta"].items()
        for year, pence in years.items()
    }
    faults = [
        f"{stream} {year}: grants make {total.get((stream, year), 0)} pence, "
        f"the quantum is {told.get((stream, year), 0)}"
        for stream, year in sorted(set(total) | set(told))
        if total.get((stream, year)) != told.get((stream, year))
    ]
    return Check(
        "grants add up to every quantum to the penny", f"{len(told)} quanta", tuple(faults)
    )


def floors(files: Files) -> Check:
    """Nobody is below a floor or above a ceiling, and each grant follows from its certificate."""
    grants = {
        (row["stream"], row["year"], row["area"]): int(row["pence"])
        for row in files.rows("settlement.csv")
    }
    faults = []
    for stream, years in sorted(files.record["certificates"].items()):
        for year, certificate in sorted(years.items()):
            level = Fraction(certificate["lambda_numerator"], certificate["lambda_denominator"])
            for area in certificate["areas"]:
                pence = grants.pop((stream, year, area["code"]), None)
                if not is_proven(pence, area, level):
                    faults.append(f"{stream} {year} {area['code']}: {pence} does not follow")
    faults += [f"{' '.join(key)}: no certificate" for key in sorted(grants)]
    return Check(
        "no grant is beneath a floor, and each follows from its certificate",
        f"{sum(len(years) for years in files.record['certificates'].values())} certificates",
        tuple(faults),
    )


def is_proven(pence: int | None, area: dict[str, Any], level: Fraction) -> bool:
    """Whether a grant is level × target, held between its bounds, and rounded by its penny."""
    lower, upper = area["lower"], area["upper"]
    exact = min(max(level * Fraction(*area["target"]), lower), upper)
    if area["state"] == "no_target":
        exact = Fraction(lower)
    penny = int(area["extra_penny"])
    return pence is not None and pence == exact // 1 + penny and lower <= pence <= upper


def money(files: Files) -> Check:
    """Money before is money after, savings and what is retained; no holder makes or loses any."""
    came: dict[str, int] = defaultdict(int)
    balance: dict[tuple[str, str], int] = defaultdict(int)
    sources: dict[str, set[str]] = defaultdict(set)
    targets: dict[str, set[str]] = defaultdict(set)
    for row in files.rows("money_flow.csv"):
        period, pence = row["period"], int(row["pence"])
        balance[period, row["from"]] -= pence
        balance[period, row["to"]] += pence
        sources[period].add(row["from"])
        targets[period].add(row["to"])
        if row["layer"] == "1":
            came[period] += pence
    faults = [
        f"{period}: {holder} is out by {pence} pence"
        for (period, holder), pence in sorted(balance.items())
        if pence and holder in sources[period] & targets[period]
    ]
    if came["before"] != came["after"]:
        faults.append(f"{came['before']} pence before, {came['after']} after")
    return Check("money before is money after", f"{came['before']} pence", tuple(faults))


def timetable(files: Files) -> Check:
    """No step begins before those it waits for have ended."""
    tasks = {row["task"]: row for row in files.rows("timetable.csv")}
    faults = []
    for task, row in tasks.items():
        for other in filter(None, row["waits_for"].split("; ")):
            if other not in tasks:
                faults.append(f"{task} waits for {other}, which is not there")
            elif tasks[other]["last_day"] > row["first_day"]:
                faults.append(f"{task} begins before {other} ends")
    return Check("no step begins before what it waits for", f"{len(tasks)} steps", tuple(faults))


def needs(files: Files) -> Check:
    """Every area has a figure of every indicator, or a reason, and no verdict that it denies."""
    rows = files.rows("needs.csv")
    areas = {row["area"] for row in files.rows("area_summary.csv")} if rows else set()
    times: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        times[row["area"], row["indicator"]] += 1
    wanted = {(area, indicator) for area in areas for _, indicator in times}
    faults = [
        f"{area} has {indicator} {n} times" for (area, indicator), n in times.items() if n > 1
    ]
    faults += [f"{area} lacks {indicator}" for area, indicator in sorted(wanted - set(times))]
    faults += [f"{area} is no area of the plan" for area in sorted({a for a, _ in times} - areas)]
    for row in rows:
        name = f"{row['area']}, {row['indicator']}"
        if bool(row["value"]) == bool(row["reason"]):
            faults.append(f"{name}: a figure or a reason, not both and not neither")
        elif row["lower_95"]:
            value, whole = Fraction(row["value"]), Fraction(row["whole"])
            low, high = Fraction(row["lower_95"]), Fraction(row["upper_95"])
            if not low <= value <= high:
                faults.append(f"{name}: the value is outside its interval")
            if row["standing"] != "neither" and low <= whole <= high:
                faults.append(f"{name}: '{row['standing']}', but the interval holds the whole")
    return Check(
        "every area has each need, or the reason why not", f"{len(rows)} figures", tuple(faults)
    )


def sources(files: Files) -> Check:
    """Every figure names its source."""
    faults = [
        f"{name}: {len(blank)} row(s) name no source"
        for name in ("money_flow.csv", "function_catalogue.csv", "streams.csv")
        if (blank := [row for row in files.rows(name) if not row["source"].strip()])
    ]
    inputs = files.record["inputs"]
    faults += [
        f"input {name} has no digest" for name, digest in inputs.items() if len(digest) != 64
    ]
    if not inputs:
        faults.append("the plan names no input")
    return Check("every figure names its source", f"{len(inputs)} inputs", tuple(faults))


CHECKS: tuple[Callable[[Files], Check], ...] = (
    digests,
    one_area,
    connected,
    bounds,
    one_commissioner,
    one_leader,
    quanta,
    floors,
    money,
    timetable,
    needs,
    sources,
)


def as_lines(checks: Iterable[Check]) -> list[str]:
    """The result as a person reads it."""
    lines = []
    for check in checks:
        lines.append(f"{'ok  ' if check.holds else 'FAIL'}  {check.invariant} ({check.examined})")
        lines += [f"        {fault}" for fault in check.faults]
    return lines


if __name__ == "__main__":
    found = verify(Path(sys.argv[1]))
    print("\n".join(as_lines(found)))  # noqa: T201 - run alone, this is a command
    sys.exit(not all(check.holds for check in found))
