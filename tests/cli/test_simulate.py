"""``folkmoot funding simulate``: tables, a chart, and the same figures for the same seed."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country
from tests.core.funding.funded_country import COUNTED, need_tables

from folkmoot.cli import main

RANGED = COUNTED.replace('theta = "0.75"', 'theta = "0.75"\nrange = ["0.6", "0.9"]')


def run(*arguments: str | Path | float) -> Result:
    return CliRunner().invoke(main, ["funding", *map(str, arguments)])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    tables = need_tables()
    for row in tables["indicators"]:
        row["lower_ci"], row["upper_ci"] = "0", str(2 * float(row["value"]))
    return small_country.write(tmp_path / "package", tables)


@pytest.fixture
def settled(tmp_path: Path, package: Path) -> Path:
    areas, formula, out = (tmp_path / name for name in ("areas.csv", "mine.toml", "settlement"))
    placed = zip(small_country.CODES, "NNNMMMSSS", strict=True)
    rows = "".join(f"{block},{area}\n" for block, area in placed)
    areas.write_text("block,area\n" + rows, encoding="utf-8")
    formula.write_text(RANGED, encoding="utf-8")
    result = run(
        *("settle", "--areas", areas, "--places", package, "--formula", formula),
        *("--years", "2", "--out", out),
    )
    assert result.exit_code == 0, result.output
    return out


def ask(settled: Path, package: Path, *more: str | Path | float) -> Result:
    return run("simulate", "--settlement", settled, "--places", package, "--draws", 80, *more)


def test_the_folder_holds_every_area_and_the_same_bytes_for_any_workers(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for out, workers in ((one, 1), (two, 2)):
        result = ask(settled, package, "--out", out, "--workers", workers)
        assert result.exit_code == 0, result.output

    names = {"spreads.csv", "influences.csv", "draws.csv", "tornado.svg"}
    assert {path.name for path in one.iterdir()} == names
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)
    with (one / "spreads.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 4 * 2
    assert all("derived: chances follow" in row["label"] for row in rows)
    assert all("modelled baseline, not actual spending" in row["label"] for row in rows)
    skills = [row for row in rows if (row["stream"], row["year"]) == ("skills", "2027-28")]
    assert all(int(row["low_pence"]) < int(row["high_pence"]) for row in skills)


def test_the_chart_names_each_number_with_a_range_and_carries_the_labels(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    out = tmp_path / "draws"
    assert ask(settled, package, "--out", out).exit_code == 0
    said = (out / "tornado.svg").read_text(encoding="utf-8")

    assert "theta.mine.out-of-work, 0.6 to 0.9" in said
    assert "modelled baseline, not actual spending" in said
    assert "derived: chances follow" in said


def test_the_page_says_what_grants_hang_on_and_what_is_modelled(
    settled: Path, package: Path
) -> None:
    result = ask(settled, package)
    told = json.loads(ask(settled, package, "--json").stdout)

    assert "skills, 2027-28, those least sure first; every draw has a settlement:" in result.output
    assert "rate.mine.out-of-work" in result.output
    assert "modelled baseline, not actual spending." in result.output
    assert {row["infeasible"] for row in told["streams"]} == {0}
    stake = {one["name"]: one["pence_at_stake"] for one in told["influences"]}
    assert stake["theta.mine.out-of-work"] > 0
    assert stake["rate.mine.out-of-work"] is None


def test_rates_taken_as_exact_are_not_drawn(settled: Path, package: Path) -> None:
    told = json.loads(ask(settled, package, "--no-rates", "--population-cv", 0.01, "--json").stdout)
    names = {one["name"] for one in told["influences"]}

    assert "rate.mine.out-of-work" not in names
    assert "population" in names


def test_a_folder_that_is_not_empty_is_refused_before_any_work(
    settled: Path, package: Path
) -> None:
    result = ask(settled, package, "--out", settled)

    assert result.exit_code == 1
    assert "is not empty" in result.output
