"""What a plan's areas need: in its folder, its report and its invariants."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import small_country

from folkmoot.exhibits.report import report
from folkmoot.funding.formula_file import read_formula
from folkmoot.plan.devolution import DevolutionPlan, devolve
from folkmoot.plan.folder import write_plan
from folkmoot.plan.tables import as_csv, texts
from folkmoot.plan.verify import verify
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places

Rows = list[dict[str, str]]
INVARIANT = "every area has each need, or the reason why not"


def country(folder: Path, tables: dict[str, small_country.Rows]) -> DevolutionPlan:
    places = read_places(small_country.write(folder, tables))
    criteria = read_criteria(small_country.write_criteria(folder), places)
    return devolve(places, criteria, read_formula(None), seed=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DevolutionPlan:
    tables = small_country.tables()
    tables["indicators"] = [
        {
            "indicator_id": "employment-rate",
            "area_code": code,
            "period": "2024",
            "value": str(60 + 3 * n),
            "lower_ci": str(59 + 3 * n),
            "upper_ci": str(61 + 3 * n),
        }
        for n, code in enumerate(small_country.CODES)
    ] + [
        {"indicator_id": "gross-median-weekly-pay", "area_code": "a", "period": "2024",
         "value": "600", "lower_ci": "", "upper_ci": ""}
    ]  # fmt: skip
    tables["indicator-catalogue"] = [
        {"indicator_id": "employment-rate", "name": "In work", "unit": "%",
         "polarity": "higher_is_better"},
        {"indicator_id": "gross-median-weekly-pay", "name": "Pay", "unit": "£",
         "polarity": "higher_is_better"},
    ]  # fmt: skip
    return country(tmp_path_factory.mktemp("country"), tables)


def test_an_area_has_the_mean_of_its_blocks_and_a_verdict(made: DevolutionPlan) -> None:
    by_area = {one.code: one for one in made.understanding.profiles}
    means = {
        area: sum(60 + 3 * small_country.CODES.index(block) for block in blocks) / len(blocks)
        for area, blocks in made.areas.members().items()
    }
    for area, expected in means.items():
        (row,) = by_area[area].rows
        assert row.value == pytest.approx(expected)
        assert row.standing == (
            "worse" if expected < 71 else "better" if expected > 73 else "neither"
        )
        assert [one.reason for one in by_area[area].left] == [
            "a median: no weighing of its blocks gives that of the area"
        ]


def test_the_folder_and_the_report_say_it(made: DevolutionPlan) -> None:
    files, page = texts(made), report(made)
    rows = list(csv.DictReader(files["needs.csv"].splitlines()))

    assert len(rows) == 2 * len(made.areas.areas)
    assert "What each area needs" in page
    assert "In work" in page
    divisions = {row["division"] for row in csv.DictReader(files["variation.csv"].splitlines())}
    assert divisions == {"published areas", "boards", "areas of the plan"}


def test_a_package_without_indicators_says_that_nothing_is_known(tmp_path: Path) -> None:
    made = country(tmp_path, small_country.tables())

    assert made.understanding.profiles == ()
    assert "The package holds no indicators" in report(made)
    assert texts(made)["needs.csv"].count("\n") == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.pop(),
        lambda rows: rows.append(rows[0]),
        lambda rows: rows[0].update(area="nowhere"),
        lambda rows: rows[0].update(value="", reason=""),
        lambda rows: rows[0].update(lower_95="90", upper_95="95"),
        lambda rows: rows[0].update(standing="worse", lower_95="0", upper_95="100"),
    ],
)
def test_the_verifier_finds_what_is_wrong_with_needs(
    tmp_path: Path, made: DevolutionPlan, change: Callable[[Rows], object]
) -> None:
    files = texts(made) | {"report.html": report(made)}
    rows = list(csv.DictReader(files["needs.csv"].splitlines()))
    change(rows)
    bent = files | {
        "needs.csv": as_csv(tuple(rows[0]), (tuple(row.values()) for row in rows)),
    }
    for name, texts_of, broken in (("plain", files, []), ("bent", bent, [INVARIANT])):
        write_plan(tmp_path / name, texts_of, title="Small country", check=lambda _: None)
        found = [check.invariant for check in verify(tmp_path / name) if not check.holds]
        assert found == broken
