"""``folkmoot areas ensemble`` writes a folder, whole or not at all, the same each time."""

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import small_country

from folkmoot.cli import main

FILES = [
    "areas.csv",
    "borders.csv",
    "borders.geojson",
    "borders.svg",
    "ensemble.json",
    "front.csv",
    "front.svg",
    "measures.csv",
    "plans.csv",
]


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def given(tmp_path: Path) -> tuple[str | Path, ...]:
    """The small country and its criteria, with a few plans wanted, as options."""
    folder = small_country.write(tmp_path / "country")
    criteria = small_country.write_criteria(tmp_path)
    few = ("--count", "4", "--tolerance", "0.6")
    return "areas", "ensemble", "--places", folder, "--criteria", criteria, *few


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_folder_holds_every_plan_border_and_point(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    out = tmp_path / "ensemble"

    code, told, _ = run(*given, "--front", "--out", out)

    assert code == 0
    assert "Of " in told
    assert "borders between areas of the plan" in told
    assert "On the front between coterminosity, balance" in told
    assert sorted(contents(out)) == FILES
    record = json.loads((out / "ensemble.json").read_text(encoding="utf-8"))
    labels = list(rows(out / "plans.csv")[0])
    points = [row["plan"] for row in rows(out / "front.csv")]
    drawn = [f"e{number:02d}" for number in range(1, record["plans"] + 1)]
    assert labels == ["block", "plan", *drawn, *points]
    assert [row["plan"] for row in rows(out / "measures.csv")] == labels[1:]
    assert len(rows(out / "borders.csv")) == 12
    shapes = json.loads((out / "borders.geojson").read_text(encoding="utf-8"))
    assert len(shapes["features"]) == 12
    for name in ("borders.svg", "front.svg"):
        assert ET.fromstring((out / name).read_bytes()).tag.endswith("svg")  # noqa: S314 - ours


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    for name, seed in (("one", "1"), ("two", "1"), ("three", "2")):
        assert run(*given, "--seed", seed, "--out", tmp_path / name)[0] == 0

    one, two, three = (contents(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two
    assert one["plans.csv"] != three["plans.csv"]


def test_a_folder_is_replaced_only_by_force_and_only_if_it_is_an_ensemble(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    out = tmp_path / "ensemble"
    out.mkdir()
    (out / "letter.txt").write_text("mine", encoding="utf-8")

    refused, _, told = run(*given, "--force", "--out", out)
    assert refused == 1
    assert "is not empty" in told
    assert sorted(contents(out)) == ["letter.txt"]

    other = tmp_path / "other"
    assert run(*given, "--out", other)[0] == 0
    assert run(*given, "--out", other)[0] == 1
    assert run(*given, "--front", "--force", "--out", other)[0] == 0
    assert sorted(contents(other)) == FILES


def test_a_plan_that_is_given_is_judged_for_machines_too(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    plan = tmp_path / "plan.csv"
    placed = zip(small_country.CODES, "XYZXYZXYZ", strict=True)
    plan.write_text("block,area\n" + "".join(f"{b},{a}\n" for b, a in placed), encoding="utf-8")

    code, told, _ = run(*given, plan, "--front", "--json", "--out", tmp_path / "ensemble")

    assert code == 0
    record = json.loads(told)
    assert record["plan_is_given"]
    assert record["front"]["plan_is_beaten"]["less"]["coterminosity"] > 0
