"""``folkmoot transition``: timetables, the critical path and elections."""

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


@pytest.fixture
def given(tmp_path: Path) -> tuple[str | Path, ...]:
    """The small country, its criteria and a plan of three areas, as options."""
    folder = small_country.write(tmp_path / "country")
    plan = tmp_path / "areas.csv"
    pairs = zip(small_country.CODES, "xxxyyyzzz", strict=True)
    plan.write_text("block,area\n" + "".join(f"{b},{a}\n" for b, a in pairs), encoding="utf-8")
    criteria = small_country.write_criteria(tmp_path)
    return "--areas", plan, "--places", folder, "--criteria", criteria


def test_the_timetable_is_written_with_what_each_task_waits_for(
    given: tuple[str | Path, ...], tmp_path: Path
) -> None:
    out = tmp_path / "timetable.csv"
    code, told, _ = run("transition", "timetable", *given, "--out", out)

    assert code == 0
    assert "done on 2042-04-01: 180 months" in told
    with out.open(encoding="utf-8", newline="") as file:
        rows = {row["task"]: row for row in csv.DictReader(file)}
    assert rows["vest-skills-x"]["first_day"] == "2031-04-01"
    assert rows["form-x"]["waits_for"] == "area-plan; law"


def test_another_start_moves_the_end(given: tuple[str | Path, ...]) -> None:
    code, told, _ = run("transition", "timetable", *given, "--start", "2030-04-01", "--json")
    last = max(row["last_day"] for row in json.loads(told)["tasks"])

    assert (code, last) == (0, "2045-04-01")


def test_a_start_in_the_middle_of_a_month_is_refused_in_a_sentence(
    given: tuple[str | Path, ...],
) -> None:
    code, _, problem = run("transition", "timetable", *given, "--start", "2030-04-15")

    assert code == 1
    assert "write 2030-04-01" in problem


def test_the_critical_path_adds_up_and_names_its_levers(given: tuple[str | Path, ...]) -> None:
    code, told, _ = run("transition", "critical-path", *given)
    assert code == 0
    assert "These months and waits make 180: done on 2042-04-01." in told
    assert "ends 6 month(s) sooner" in told

    found = json.loads(run("transition", "critical-path", *given, "--json")[1])
    assert (
        sum(one["months"] + one["wait_months"] for one in found["path"]) == found["months"] == 180
    )
    assert {one["vesting"] for one in found["levers"]} == {"vest-hospital-x", "vest-centre"}


def test_elections_show_that_four_years_stay_aligned() -> None:
    code, told, _ = run("transition", "elections", "--json")
    lags = {one["years"]: one["lags"] for one in json.loads(told)}

    assert code == 0
    assert lags[4] == [1, 1, 1, 1, 1]
    assert lags[5] == [1, 2, 3, 4, 1]
    assert "same at every start" in run("transition", "elections")[1]
