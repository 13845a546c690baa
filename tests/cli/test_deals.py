"""``folkmoot services deals``: what each deal devolves, with evidence, funds and what is open."""

import csv
import json
from pathlib import Path

from click.testing import CliRunner

from folkmoot.cli import main


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["services", "deals", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def test_deals_are_listed_with_the_sum_that_is_not_reconciled() -> None:
    code, told, _ = run()
    assert code == 0
    assert "0.3125" in told
    assert "1*" in told
    assert "not reconciled: £3,005,000,000" in told


def test_a_deal_shows_the_evidence_of_each_score_by_code_or_name() -> None:
    code, told, _ = run("--deal", "Greater Manchester")
    assert code == 0
    assert "National contracts stay" in told
    assert told == run("--deal", "greater-manchester")[1]
    assert "Did you mean 'cornwall'?" in run("--deal", "cornwal")[2]


def test_machines_get_scores_intervals_and_classes() -> None:
    found = json.loads(run("--json")[1])
    assert found["not_reconciled_pence"] == 300_500_000_000
    cornwall = next(one for one in found["deals"] if one["deal"] == "cornwall")
    assert cornwall["functions"][0]["reach"] == [0.0, 1.0]
    assert cornwall["functions"][0]["classes"] == ["consultation", "delegation", "devolution"]


def test_what_is_written_can_be_filled_in_and_laid_over(tmp_path: Path) -> None:
    path, chart = tmp_path / "scores.csv", tmp_path / "deals.svg"
    assert run("--csv", path, "--out", chart)[0] == 0
    assert chart.read_text(encoding="utf-8").startswith("<svg")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4 * 4

    ours = json.loads(run("--json")[1])["deals"]
    theirs = json.loads(run("--scores", path, "--json")[1])["deals"]
    assert [deal["reach"] for deal in ours] == [deal["reach"] for deal in theirs]
    assert run("--csv", path)[0] == 1
