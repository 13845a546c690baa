"""``folkmoot outcomes resettlement``; every figure here is made up for the test."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from folkmoot.cli import main


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["outcomes", "resettlement", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def released(tmp_path: Path) -> Path:
    rng, path = np.random.default_rng(2), tmp_path / "released.csv"
    rows = ["region_code,period,domain,released,with_outcome,unknown,source"]
    for domain, share in (("employment", 0.3), ("accommodation", 0.8)):
        for n in range(1, 10):
            people = int(rng.integers(500, 3000))
            reached = rng.binomial(people - 50, share)
            rows.append(f"E1200000{n},2024-25,{domain},{people},{reached},50,made up for a test")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_no_figures_ship_and_the_template_has_none(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"

    code, told, _ = run()
    assert code == 0
    assert told.startswith("No data loaded.")
    assert json.loads(run("--json")[1])["data"] is None
    assert run("--template", path)[0] == 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 27
    assert {row["released"] for row in rows} == {""}


def test_shares_ranks_and_prosperity_are_told(released: Path, tmp_path: Path) -> None:
    table, follows, chart = (tmp_path / name for name in ("a.csv", "b.csv", "c.svg"))

    code, told, problem = run(
        *(released, "--indicator", "employment-rate", "--csv", table),
        *("--follows", follows, "--svg", chart),
    )

    assert code == 0, problem
    assert "(all 362,880 orders)" in told
    assert "|rho| >= 0.700 is beyond chance (p = 0.0433): power is low" in told
    assert "How far the domains put regions in one order" in told
    assert "It cannot say" in told
    with table.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 18
    with follows.open(encoding="utf-8", newline="") as file:
        assert {row["context"] for row in csv.DictReader(file)} == {
            "Employment rate (Great Britain)"
        }
    assert "E12000009" in chart.read_text(encoding="utf-8")


def test_one_seed_gives_machines_one_answer(released: Path) -> None:
    first, again = (run(released, "--json", "--seed", "7")[1] for _ in range(2))

    assert first == again
    told = json.loads(first)
    assert told["method"]["code"] == "O14"
    assert len(told["regions"]) == 18


def test_few_people_are_hidden(released: Path) -> None:
    lines = released.read_text(encoding="utf-8").splitlines()
    lines[1] = "E12000001,2024-25,employment,90,4,50,made up for a test"
    released.write_text("\n".join(lines) + "\n", encoding="utf-8")

    told = json.loads(run(released, "--json")[1])["regions"]
    hidden = [row["region_code"] for row in told if row["share"] == "hidden"]

    assert "E12000001" in hidden
    assert len(hidden) >= 2
    assert "hidden" in run(released)[1]
    assert "hidden" not in run(released, "--suppress-below", "0")[1]


def test_wrong_usage_is_told(released: Path, tmp_path: Path) -> None:
    assert run(released, "--template", tmp_path / "x.csv")[0] == 2
    assert "no geography 'regions'" in run(
        released, "--indicator", "employment-rate", "--geography", "regions"
    )[2]  # fmt: skip
    assert "holds no indicator 'work'" in run(released, "--indicator", "work")[2]
