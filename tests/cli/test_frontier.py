"""``folkmoot funding frontier``: what it prints and writes, and what it refuses."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country
from tests.core.funding.funded_country import COUNTED, need_tables

from folkmoot.cli import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["funding", *map(str, arguments)])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return small_country.write(tmp_path / "package", need_tables())


@pytest.fixture
def settled(tmp_path: Path, package: Path) -> Path:
    areas, formula, out = (tmp_path / name for name in ("areas.csv", "mine.toml", "settlement"))
    rows = "".join(
        f"{block},{area}\n" for block, area in zip("abcdefghi", "NNNMMMSSS", strict=True)
    )
    areas.write_text("block,area\n" + rows, encoding="utf-8")
    formula.write_text(COUNTED, encoding="utf-8")
    asked = ("settle", "--areas", areas, "--places", package, "--formula", formula)
    result = run(*asked, "--years", "3", "--out", out)
    assert result.exit_code == 0, result.output
    return out


def ask(settled: Path, package: Path, *more: str | Path) -> Result:
    return run("frontier", "--settlement", settled, "--places", package, *more)


def test_it_prints_floors_by_year_and_distance_with_names(settled: Path, package: Path) -> None:
    result = ask(settled, package, "--stream", "skills", "--within", "1%", "--floor", "-5%")

    assert result.exit_code == 0, result.output
    assert "skills: the largest floor that brings every area so near its target:" in result.output
    assert "skills: how far the furthest area is from its target, by floor:" in result.output
    assert "  -5.00%" in result.output
    assert "brings every area within 1% of its target in 2028-29: " in result.output
    assert "modelled baseline, not actual spending" in result.output


def test_the_folder_s_tables_agree_with_each_other_and_with_the_json(
    settled: Path, package: Path, tmp_path: Path
) -> None:
    out = tmp_path / "frontier"
    result = ask(settled, package, "--stream", "skills", "--within", "2%", "--out", out, "--json")
    (told,) = json.loads(result.stdout)
    with (out / "frontier.csv").open(encoding="utf-8", newline="") as file:
        answers = list(csv.DictReader(file))
    with (out / "floors.csv").open(encoding="utf-8", newline="") as file:
        floors = list(csv.DictReader(file))

    assert [one["floor"] for one in answers] == [one["floor"] for one in told["answers"]]
    assert told["floors_settled"] == len({one["floor"] for one in floors})
    for answer in answers:
        near = [
            float(one["floor"])
            for one in floors
            if one["year"] == answer["year"]
            and one["distance"]
            and abs(float(one["distance"])) <= 0.02
        ]
        assert float(answer["floor"]) == max(near)
        assert "modelled baseline" in answer["label"]
    drawn = (out / "frontier-skills.svg").read_text(encoding="utf-8")
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img"')
    assert "2028-29, within 2%: " in drawn


def test_a_floor_beyond_the_quantum_is_answered_with_what_is_missing(
    settled: Path, package: Path
) -> None:
    result = ask(settled, package, "--stream", "health", "--floor", "1%")
    told = json.loads(ask(settled, package, "--stream", "health", "--floor", "1%", "--json").stdout)

    assert result.exit_code == 0, result.output
    assert "+1.00%: £1,019,000,000.0" in result.output
    assert "would be missing in 2026-27" in result.output
    assert told[0]["floors"][-1]["is_paid"] is False
    assert 0 <= told[0]["floors"][-1]["short_pence"] - 101_900_000_000 <= 3


def test_what_is_not_near_enough_with_any_floor_is_said_so(settled: Path, package: Path) -> None:
    result = ask(settled, package, "--stream", "skills", "--within", "0")

    assert "none" in result.output
    assert "No floor brings every area within 0% of its target in 2028-29: even with" in (
        result.output
    )


def test_what_it_cannot_read_is_refused(settled: Path, package: Path, tmp_path: Path) -> None:
    unknown = ask(settled, package, "--stream", "housing")
    odd = ask(settled, package, "--within", "near")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x", encoding="utf-8")
    full = ask(settled, package, "--out", tmp_path / "full")

    assert (unknown.exit_code, odd.exit_code, full.exit_code) == (1, 2, 1)
    assert "The settlement has no stream 'housing'" in unknown.output
    assert "'near' is not a ratio, such as 1%, -0.01 or 1/100." in odd.output
    assert "is not empty, so nothing was written" in full.output
