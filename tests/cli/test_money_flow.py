"""``folkmoot services flow``: a plan folder or areas in, a Sankey and its figures out."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import small_country

from folkmoot.cli import main


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[str | Path, ...]:
    folder = tmp_path_factory.mktemp("flow")
    criteria = small_country.write_criteria(folder)
    return "--places", small_country.write(folder / "country"), "--criteria", criteria


@pytest.fixture(scope="module")
def made(given: tuple[str | Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan") / "plan"
    code, _, problem = run("plan", *given, "--out", folder)
    assert code == 0, problem
    return folder


def test_both_ledgers_balance_and_only_routes_differ(made: Path) -> None:
    code, told, _ = run("services", "flow", made, "--json")
    found = json.loads(told)
    before, after = found["flows"]

    assert code == 0
    assert after["hops"] == 2
    assert before["hops"] > 3
    for one in (before, after):
        from_treasury = [band["pence"] for band in one["bands"] if band["from"] == "treasury"]
        assert sum(from_treasury) == found["pence"] == 10_760_000_000_000
    most = found["commissioners_per_resident"]
    assert most["after"] < most["before"]


def test_a_folder_and_its_areas_alone_give_the_same_flow(
    made: Path, given: tuple[str | Path, ...]
) -> None:
    # The formula's own order of areas is that of the file, so the grants agree to the penny.
    folder = json.loads(run("services", "flow", made, "--json")[1])
    areas = json.loads(run("services", "flow", "--areas", made / "areas.csv", *given, "--json")[1])
    assert folder == areas


def test_the_drawing_and_the_table_are_written(made: Path, tmp_path: Path) -> None:
    svg, table = tmp_path / "flow.svg", tmp_path / "flow.csv"
    code, told, _ = run("services", "flow", made, "--out", svg, "--csv", table)

    assert code == 0
    assert "to 0p" in told
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    flows = json.loads(run("services", "flow", made, "--json")[1])["flows"]
    assert len(rows) == sum(len(one["bands"]) for one in flows)
    assert svg.read_text(encoding="utf-8").count("<path") == len(rows)
    assert run("services", "flow", made, "--out", svg)[0] == 1


def test_a_day_in_between_runs_each_stream_by_its_own_route(made: Path) -> None:
    code, told, _ = run("services", "flow", made, "--day", "2036-04-01", "--json")
    found = json.loads(told)

    assert code == 0
    assert found["vested_streams"]
    assert found["partly_vested_streams"]
    streams_of_bodies = {
        band["stream"] for band in found["flows"][2]["bands"] if band["to"].startswith("body-")
    }
    assert streams_of_bodies == set(found["vested_streams"])
    assert "Only in part" in run("services", "flow", made, "--day", "2036-04-01")[1]


def test_a_plan_or_areas_must_be_named_and_not_both(made: Path) -> None:
    assert run("services", "flow")[0] == 2
    assert run("services", "flow", made, "--areas", made / "areas.csv")[0] == 2


def test_a_folder_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    code, _, problem = run("services", "flow", tmp_path)

    assert code == 1
    assert "Name a folder that 'folkmoot plan' wrote" in problem


def test_the_report_draws_both_and_its_tables_have_every_band(made: Path) -> None:
    page = (made / "report.html").read_text(encoding="utf-8")

    assert 'aria-labelledby="money-before-title' in page
    assert 'aria-labelledby="money-after-title' in page
