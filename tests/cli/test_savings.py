"""``folkmoot services savings``: declared sums in, a table by year out, and no false promise."""

import json
import re
from pathlib import Path

from click.testing import CliRunner

from folkmoot.cli import main

FOUR_BILLION = re.compile(r"£\s?4(\.0+)?\s?(bn|billion)|£4,000", re.IGNORECASE)


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["services", "savings", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def test_the_template_runs_and_says_that_it_is_an_illustration(tmp_path: Path) -> None:
    path, table = tmp_path / "declared.toml", tmp_path / "years.csv"
    assert run("--template", path)[0] == 0
    code, told, _ = run("--declared", path, "--csv", table)
    found = json.loads(run("--declared", path, "--json")[1])

    assert code == 0
    assert "illustration: not a forecast" in told
    for word in ("gross", "new", "one-off", "net", "It breaks even in year 2", "to check"):
        assert word in told
    assert [one["net"] for one in found["years"]] == [
        *(-22_500_000_000, 95_000_000_000, 202_500_000_000, 270_000_000_000),
    ]
    assert len(table.read_text(encoding="utf-8").splitlines()) == 5
    assert run("--template", path)[0] == 1


def test_the_word_saving_and_the_four_billion_never_share_a_line(tmp_path: Path) -> None:
    path = tmp_path / "declared.toml"
    run("--template", path)
    told = [path.read_text(encoding="utf-8"), run("--help")[1]]
    told += [run("--declared", path)[1], run("--declared", path, "--json")[1]]
    chart = tmp_path / "years.svg"
    run("--declared", path, "--out", chart)
    told.append(chart.read_text(encoding="utf-8"))
    lines = [line for text in told for line in text.splitlines()]

    assert any(FOUR_BILLION.search(line) for line in lines)
    assert any("saving" in line.casefold() for line in lines)
    assert not [one for one in lines if FOUR_BILLION.search(one) and "saving" in one.casefold()]


def test_the_drawing_shows_every_sum_and_that_it_is_made_up(tmp_path: Path) -> None:
    path, chart = tmp_path / "declared.toml", tmp_path / "years.svg"
    run("--template", path)
    assert run("--declared", path, "--out", chart)[0] == 0
    drawn = chart.read_text(encoding="utf-8")

    assert "(illustration: not a forecast)" in drawn
    assert drawn.count(", gross released: ") == drawn.count(", new bodies: ") == 4
    assert drawn.count(", one-off: ") == 2
    assert run("--declared", path, "--out", chart)[0] == 1


def test_nothing_is_worked_out_without_a_declaration(tmp_path: Path) -> None:
    assert run()[0] == 2
    code, _, problem = run("--declared", tmp_path / "none.toml")
    assert code == 1
    assert "cannot be read" in problem
