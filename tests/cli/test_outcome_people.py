"""``folkmoot outcomes people``, ``asked``, ``templates`` and ``lint``."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.cli import main


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["outcomes", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["csv", "toml"])
def test_people_are_counted_drawn_and_labelled(tmp_path: Path, kind: str) -> None:
    given, table, chart = (tmp_path / name for name in (f"people.{kind}", "out.csv", "out.svg"))
    assert run("people", "--template", given)[0] == 0
    code, told, problem = run("people", given, "--csv", table, "--out", chart)
    assert code == 0, problem
    found = json.loads(run("people", given, "--json")[1])
    assert told.startswith("Made up")
    assert found["is_modelled"] is (kind == "toml")
    assert ("Modelled from margins" in told) is (kind == "toml")
    assert "Commissioners a person:" in told
    assert sum(one["people"] for one in found["combinations"]) == pytest.approx(found["people"])
    assert [row["systems"] for row in rows(table)] == [
        one["systems"] for one in found["combinations"]
    ]
    assert chart.read_text(encoding="utf-8").startswith("<svg")
    assert run("people", given, "--csv", table)[0] == 1


def test_few_people_are_never_told_of(tmp_path: Path) -> None:
    given = tmp_path / "people.csv"
    lines = ["person,system,commissioner,pounds"]
    lines += [f"p{n},health,board,100" for n in range(30)] + ["p0,justice,service,900"]
    given.write_text("\n".join(lines), encoding="utf-8")
    found = json.loads(run("people", given, "--json")[1])
    assert found["in_system"] == {"health": 30, "justice": None}
    assert [one["number"] for one in found["combinations"]] == [None]
    assert found["by_number"] == [
        {"systems_least": 1, "systems_most": 2, "people": 30, "pence_a_person": 13000}
    ]
    assert [one["share_of_spending"] for one in found["most_expensive"]] == [None] * 3
    assert found["commissioners_after"] is None
    assert "too few people to tell" in run("people", given)[1]


def test_asked_and_given_are_told_with_intervals(tmp_path: Path) -> None:
    given, table, chart = (tmp_path / name for name in ("asked.csv", "out.csv", "out.svg"))
    assert run("asked", "--template", given)[0] == 0
    code, told, problem = run("asked", given, "--csv", table, "--out", chart)
    assert code == 0, problem
    assert told.startswith("Made up")
    assert "22% (19% to 24%)" in told
    assert "98% were given medication, under 20% asked for it" in told
    found = json.loads(run("asked", given, "--json")[1])
    assert found[0]["asked"] == pytest.approx(208 / 960)
    assert float(rows(table)[0]["concordance"]) == pytest.approx((960 - 12 - 688) / 960)
    assert chart.read_text(encoding="utf-8").startswith("<svg")
    assert run("asked", given, "--out", chart)[0] == 1


def test_shares_of_few_are_left_empty_and_it_says_why(tmp_path: Path) -> None:
    given = tmp_path / "asked.csv"
    given.write_text(
        "service,help,people,asked,given,both,source,state\ns,h,100,50,5,4,x,seen\n",
        encoding="utf-8",
    )
    told = run("asked", given)[1]
    assert "–: it would tell of fewer than ten people." in told
    assert json.loads(run("asked", given, "--json")[1])[0]["given"] is None


def test_templates_are_listed_by_stream(tmp_path: Path) -> None:
    table = tmp_path / "templates.csv"
    code, told, _ = run("templates", "--stream", "skills", "--csv", table)
    assert code == 0
    assert "Gamed by:" in told
    assert {row["stream"] for row in rows(table)} == {"skills"}
    assert len(json.loads(run("templates", "--json")[1])) == 15
    assert run("templates", "--stream", "weather")[0] == 2


@pytest.mark.parametrize("kind", ["toml", "csv"])
def test_outcomes_are_linted_from_either_form(tmp_path: Path, kind: str) -> None:
    given, table = tmp_path / f"outcomes.{kind}", tmp_path / "findings.csv"
    assert run("lint", "--template", given)[0] == 0
    code, told, problem = run("lint", given, "--csv", table)
    assert code == 0, problem
    assert "9 findings in 3 outcomes" in told
    assert "Nothing found." in told
    assert "show it in 98% of years" in told
    assert "Probation, for comparison: about 10 per cent" in told
    assert len(rows(table)) == 9
    found = json.loads(run("lint", given, "--json")[1])
    assert [len(one["findings"]) for one in found["outcomes"]] == [6, 3, 0]
    assert run("lint", given, "--strict")[0] == 1
    assert run("lint", given, "--csv", table)[0] == 1


@pytest.mark.parametrize("command", ["people", "asked", "lint"])
def test_a_file_is_named_or_written(tmp_path: Path, command: str) -> None:
    assert run(command)[0] == 2
    given = tmp_path / "x.csv"
    assert run(command, given, "--template", given)[0] == 2
    code, _, problem = run(command, given)
    assert code == 1
    assert "the file is not there" in problem
