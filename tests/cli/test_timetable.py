"""``folkmoot transition timetable``: chances, and the chart."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country

from folkmoot.cli import main


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    country = small_country.write(tmp_path_factory.mktemp("country"))
    criteria = small_country.write_criteria(country, small_country.CRITERIA)
    areas = country / "areas.csv"
    blocks = (country / "blocks.csv").read_text().splitlines()[1:]
    areas.write_text("block,area\n" + "".join(f"{row.split(',')[0]},A01\n" for row in blocks))
    return ["--areas", str(areas), "--places", str(country), "--criteria", str(criteria)]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["transition", "timetable", *map(str, words)])


def test_draws_say_the_chance_and_what_sets_the_end(given: list[str]) -> None:
    told = run(*given, "--draws", "200", "--seed", "1")

    assert told.exit_code == 0, told.output
    assert "With durations drawn 200 times (seed 1)" in told.output
    assert "done within 204 months (17 years)" in told.output
    assert "steps that most often set the end" in told.output


def test_json_and_chart_are_the_same_from_the_same_seed(given: list[str], tmp_path: Path) -> None:
    charts = tmp_path / "one.svg", tmp_path / "two.svg"
    one, two = (
        json.loads(run(*given, "--draws", "200", "--seed", "1", "--json", "--svg", chart).stdout)
        for chart in charts
    )

    assert one == two
    assert charts[0].read_bytes() == charts[1].read_bytes()
    assert set(one["chance"]["chance_by_months"]) == {"180", "204"}
    assert one["chance"]["draws"] == 200


def test_what_the_timetable_cannot_meet_is_said_beside_it(given: list[str]) -> None:
    told = run(*given)
    found = json.loads(run(*given, "--json").stdout)

    assert told.exit_code == 0, told.output
    assert "To check: police governance vests on 1 April 2034" in told.output
    assert "the limit is 204, Japan's timetable" in told.output
    assert set(found) == {"tasks", "to_check"}
    assert "May 2028" in found["to_check"][0]
