"""``folkmoot outcomes overlap`` and ``needs``: tables in; gaps, duplication and a page out."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.cli import main

FUNCTIONS = ("mental-health", "employment-support", "adult-social-care", "community-health")


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["outcomes", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def services(tmp_path: Path) -> Path:
    folder = tmp_path / "services"
    assert run("overlap", "--template", folder)[0] == 0
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    folder.mkdir()
    rows = [
        f"{function},E0600000{block},{period},{body}"
        for function in FUNCTIONS
        for block in (1, 2)
        for period, body in (("before", f"{function} board"), ("after", "body-A01"))
    ]  # fmt: skip
    text = "\n".join(("function,block,period,commissioner", *rows)) + "\n"
    (folder / "functions.csv").write_text(text, encoding="utf-8")
    areas = "block,area\nE06000001,A01\nE06000002,A01\n"
    (folder / "areas.csv").write_text(areas, encoding="utf-8")
    return folder


def test_the_template_shows_gaps_pairs_and_who_answers(services: Path, plan: Path) -> None:
    code, told, problem = run("overlap", services, "--plan", plan)

    assert code == 0, problem
    assert told.startswith("Made up")
    assert "3,080 (60%) find no capacity" in told
    assert "£616,666.67 a year is at stake" in told
    assert "several do for 2,900 before and 0 after" in told
    assert "S2 and S3: alike in name and address" in told


def test_a_folder_is_written_with_tables_drawings_and_a_page(
    services: Path, plan: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    assert run("overlap", services, "--plan", plan, "--out", out)[0] == 0

    assert {path.name for path in out.iterdir()} == {
        "gaps.csv", "duplication.csv", "listed_twice.csv", "responsibility.csv", "gaps.svg",
        "duplication.svg", "overlap.html",
    }  # fmt: skip
    with (out / "gaps.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(float(row["unserved"]) for row in rows) == pytest.approx(3080)
    page = (out / "overlap.html").read_text(encoding="utf-8")
    assert "Made up" in page
    assert "Method O16" in page
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert run("overlap", services, "--plan", plan, "--out", out)[0] == 1
    assert run("overlap", services, "--plan", plan, "--out", out, "--force")[0] == 0
    assert first == {path.name: path.read_bytes() for path in out.iterdir()}


def test_a_folder_with_anything_else_is_never_replaced(services: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("dear", encoding="utf-8")

    for words in (("overlap", services, "--out"), ("overlap", "--template")):
        code, _, problem = run(*words, tmp_path / "letters", "--force")
        assert code == 1
        assert "holds something else, so nothing was written" in problem
    assert (tmp_path / "letters" / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_machines_get_the_same_figures(services: Path, plan: Path) -> None:
    told = json.loads(run("overlap", services, "--plan", plan, "--json")[1])

    assert told["unserved"] == pytest.approx(3080)
    assert told["pence_at_stake"] == 61666667
    assert told["responsibility"]["after"]["unserved_by_body"] == {
        "body-A01": pytest.approx(2380), "nobody": pytest.approx(700)
    }  # fmt: skip
    assert len(told["pairs"]) == 4


def test_needs_that_are_alike_count_in_part_when_asked(services: Path) -> None:
    offers = services / "offers.csv"
    text = offers.read_text(encoding="utf-8")
    doubled = "S3,low mood,16-64,E06000001,,\n"
    other = text.replace(doubled, "", 1).replace("S3,worry", "S3,low mood")
    offers.write_text(other, encoding="utf-8")

    plain = json.loads(run("overlap", services, "--json")[1])
    alike = json.loads(run("overlap", services, "--alike", "--json")[1])

    assert float(plain["pairs"][0]["shared"]) <= float(alike["pairs"][0]["shared"])
    assert len(alike["pairs"]) >= len(plain["pairs"])


def test_a_directory_begins_the_tables(tmp_path: Path) -> None:
    term = {"taxonomy_term": {"id": "t", "name": "low mood"}}
    made_up = {"id": "s1", "name": "Made up", "status": "active", "attributes": [term]}
    path, out = tmp_path / "services.json", tmp_path / "draft"
    path.write_text(json.dumps({"contents": [made_up]}), encoding="utf-8")

    code, told, problem = run("overlap", "--template", out, "--open-referral", path)

    assert code == 0, problem
    assert "services without capacity or cost" in told
    assert (out / "offers.csv").read_text(encoding="utf-8").endswith("s1,low mood,all,all,,\n")
    assert run("overlap", out, "--open-referral", path)[0] == 2
    cells = "need,cohort,place,expected,source\nlow mood,16-64,E06000001,100,a survey\n"
    (out / "cells.csv").write_text(cells, encoding="utf-8")
    problem = run("overlap", out)[2]
    assert "'' is not a number of people a year" in problem
    assert "column 'source': the cell is empty" in problem


def test_wrong_usage_and_faults_are_told(services: Path, plan: Path) -> None:
    assert run("overlap")[0] == 2
    assert run("overlap", services, "--template", plan)[0] == 2
    (services / "terms.csv").unlink()
    assert "need a table 'terms.csv'" in run("overlap", services, "--plan", plan)[2]
    (services / "cells.csv").unlink()
    code, _, problem = run("overlap", services)
    assert code == 1
    assert "cells.csv: the file is not there" in problem


def test_needs_are_told_written_and_carried_on_to_the_map_of_services(tmp_path: Path) -> None:
    table, people = tmp_path / "prevalence.csv", tmp_path / "people.csv"
    assert run("needs", "--template", table)[0] == 0
    cohorts = ("16-64", "65+", "65-79", "80+")
    lines = "".join(f"A,{one},1000\n" for one in cohorts)
    people.write_text(f"area,cohort,persons\n{lines}", encoding="utf-8")
    needs, cells = tmp_path / "needs.csv", tmp_path / "cells.csv"

    code, told, problem = run(
        *("needs", "--prevalence", table, "--people", people, "--csv", needs, "--cells", cells)
    )

    assert code == 0, problem
    assert told.startswith("Made up")
    assert "Modelled" in told
    assert "none published" in told
    with needs.open(encoding="utf-8", newline="") as file:
        rows = {row["need"]: row for row in csv.DictReader(file)}
    assert rows["Low mood or worry"]["expected"] == "270.0"
    assert rows["Dependence on alcohol"]["lower_95"] == ""
    with cells.open(encoding="utf-8", newline="") as file:
        assert {row["place"] for row in csv.DictReader(file)} == {"A"}
    found = json.loads(run("needs", "--prevalence", table, "--people", people, "--json")[1])
    assert found["areas"][0]["expected"] == 270.0
    assert found["needs"][2]["lower"] is None


def test_needs_of_england_are_told_by_block_without_a_table_of_people(tmp_path: Path) -> None:
    table = tmp_path / "prevalence.csv"
    run("needs", "--template", table)

    code, told, problem = run("needs", "--prevalence", table)

    assert code == 0, problem
    assert "In 296 areas together" in told
    assert run("needs")[0] == 2
    assert run("needs", "--prevalence", table, "--template", table)[0] == 2
    assert run("needs", "--prevalence", table, "--people", table, "--plan", tmp_path)[0] == 2
