"""The verifier finds every way in which a plan can be wrong."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import small_country

from folkmoot.exhibits.report import report
from folkmoot.funding.formula_file import read_formula
from folkmoot.plan.devolution import devolve
from folkmoot.plan.folder import write_plan
from folkmoot.plan.tables import as_csv, texts
from folkmoot.plan.verify import verify
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places

LEADER = "every body has one leader, and every function it holds one portfolio"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("country")
    places = read_places(small_country.write(folder))
    criteria = read_criteria(small_country.write_criteria(folder), places)
    made = devolve(places, criteria, read_formula(None), seed=1)
    return texts(made) | {"report.html": report(made)}


def broken(folder: Path, files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The invariants that a folder breaks, with their faults."""
    write_plan(folder, files, title="Small country", check=lambda _: None)
    return {check.invariant: check.faults for check in verify(folder) if not check.holds}


def changed(files: dict[str, str], name: str, change: Callable[[Rows], object]) -> dict[str, str]:
    rows = list(csv.DictReader(files[name].splitlines()))
    change(rows)
    return files | {name: as_csv(tuple(rows[0]), (tuple(row.values()) for row in rows))}


def test_a_plan_as_it_was_made_breaks_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    assert broken(tmp_path / "plan", files) == {}


@pytest.mark.parametrize(
    ("name", "change", "invariant"),
    [
        ("areas.csv", lambda rows: rows.pop(), "every block is in exactly one area"),
        ("areas.csv", lambda rows: rows.append(rows[0]), "every block is in exactly one area"),
        (
            "areas.csv",
            lambda rows: (rows[0].update(area="A03"), rows[8].update(area="A01")),
            "every area is connected",
        ),
        (
            "area_summary.csv",
            lambda rows: rows[0].update(population="1"),
            "population bounds are kept or the breach named",
        ),
        (
            "functions.csv",
            lambda rows: rows.pop(),
            "every function has one accountable commissioner",
        ),
        (
            "functions.csv",
            lambda rows: rows[0].update(commissioner="nobody"),
            "every function has one accountable commissioner",
        ),
        (
            "settlement.csv",
            lambda rows: rows[0].update(pence=str(int(rows[0]["pence"]) + 1)),
            "grants add up to every quantum to the penny",
        ),
        (
            "settlement.csv",
            lambda rows: (
                rows[0].update(pence=str(int(rows[0]["pence"]) - 1)),
                rows[16].update(pence=str(int(rows[16]["pence"]) + 1)),
            ),
            "no grant is beneath a floor, and each follows from its certificate",
        ),
        (
            "money_flow.csv",
            lambda rows: rows[0].update(pence=str(int(rows[0]["pence"]) - 1)),
            "money before is money after",
        ),
        (
            "timetable.csv",
            lambda rows: rows[-1].update(first_day="2000-01-01"),
            "no step begins before what it waits for",
        ),
        ("leaders.csv", lambda rows: rows.pop(), LEADER),
        ("leaders.csv", lambda rows: rows.append(rows[0]), LEADER),
        ("bodies.csv", lambda rows: rows[0].update(blocks=rows[1]["blocks"]), LEADER),
        ("portfolios.csv", lambda rows: rows.pop(), LEADER),
        ("portfolios.csv", lambda rows: rows.append(rows[0]), LEADER),
        ("streams.csv", lambda rows: rows[0].update(source=" "), "every figure names its source"),
    ],
)
def test_each_invariant_is_broken_by_its_own_fault(
    tmp_path: Path,
    files: dict[str, str],
    name: str,
    change: Callable[[Rows], object],
    invariant: str,
) -> None:
    assert invariant in broken(tmp_path / "plan", changed(files, name, change))


def test_a_changed_byte_is_found_in_every_file(tmp_path: Path, files: dict[str, str]) -> None:
    write_plan(tmp_path / "plan", files, title="Small country", check=lambda _: None)
    for name in files:
        path = tmp_path / "plan" / name
        content = path.read_bytes()
        path.write_bytes(content[:-1] + b" ")
        faults = verify(tmp_path / "plan")[0].faults
        assert faults == (f"{name} is not the file that was written",)
        path.write_bytes(content)


def test_the_certificate_cannot_be_bent_to_fit(tmp_path: Path, files: dict[str, str]) -> None:
    record = json.loads(files["plan.json"])
    certificate = record["certificates"]["health"]["2026-27"]
    certificate["lambda_numerator"] += 10**9
    assert "no grant is beneath a floor, and each follows from its certificate" in broken(
        tmp_path / "plan", files | {"plan.json": json.dumps(record)}
    )
