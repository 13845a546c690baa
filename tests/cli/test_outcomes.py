"""The commands of understanding and review: what they say, write and refuse."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from folkmoot import england
from folkmoot.cli import main

FUNNEL = "area,events,people\nA,30,300\nB,45,350\nC,52,400\nD,61,420\nE,80,500\nF,20,260\n"
SERIES = "date,value\n" + "".join(
    f"{2024 + n // 12}-{n % 12 + 1:02d},{value}\n"
    for n, value in enumerate([10, 12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 30, 12, 13, 15])
)
GROUPS = (
    "group,people,value,error\n1,1200,70,.5\n2,1100,72,.5\n3,1000,73,.6\n4,900,75,.6\n5,800,78,.7\n"
)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["outcomes", *words])


@pytest.fixture
def funnel_csv(tmp_path: Path) -> Path:
    path = tmp_path / "smokers.csv"
    path.write_text(FUNNEL, encoding="utf-8")
    return path


@pytest.fixture
def series_csv(tmp_path: Path) -> Path:
    path = tmp_path / "waits.csv"
    path.write_text(SERIES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plan_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan by region: large areas, quickly made."""
    path = tmp_path_factory.mktemp("plan") / "areas.csv"
    blocks = england.places().blocks
    rows = zip(blocks.codes, blocks.column("region_code"), strict=True)
    path.write_text("block,area\n" + "".join(f"{b},{a}\n" for b, a in rows), encoding="utf-8")
    return path


def test_rates_give_their_method_and_what_it_cannot_say(funnel_csv: Path) -> None:
    found = run("rates", str(funnel_csv), "--kind", "proportion", "--per", "100")
    told = json.loads(run("rates", str(funnel_csv), "--kind", "proportion", "--json").output)

    assert found.exit_code == 0
    assert "Wilson" in found.output
    assert "cannot say" in found.output
    assert told["rows"][0]["value"] == pytest.approx(0.1)
    assert told["method"]["code"] == "O2"


def test_standardised_rates_need_every_age(tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text("area,age,events,people\nA,0-4,9,50\nA,5-9,9,60\nB,0-4,3,40\n", "utf-8")
    weights = tmp_path / "weights.csv"
    weights.write_text("age,weight\n0-4,2\n5-9,1\n", "utf-8")
    refused = run("rates", str(path), "--kind", "standardised", "--standard", str(weights))

    assert refused.exit_code == 1
    assert "'B' has no row for 5-9" in refused.output
    path.write_text("area,age,events,people\nA,0-4,9,50\nA,5-9,9,60\n", "utf-8")
    found = run("rates", str(path), "--kind", "standardised", "--standard", str(weights), "--json")
    assert json.loads(found.output)["rows"][0]["value"] == pytest.approx((2 * 9 / 50 + 9 / 60) / 3)


def test_expected_events_need_a_reference(tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text("area,age,events,people\nA,x,65,100\nB,x,50,100\n", "utf-8")

    assert "Name with --reference" in run("rates", str(path), "--kind", "expected").output
    found = run("rates", str(path), "--kind", "expected", "--reference", "B", "--json")
    assert json.loads(found.output)["rows"][0]["value"] == pytest.approx(1.3)


def test_a_chart_is_written_with_its_points(series_csv: Path, tmp_path: Path) -> None:
    svg, points = tmp_path / "waits.svg", tmp_path / "points.csv"
    found = run(
        "spc", str(series_csv), "--improvement", "decrease", "--target", "18",
        "--rebase", "2025-01-01=a new clinic", "--out", str(svg), "--csv", str(points),
    )  # fmt: skip

    assert found.exit_code == 0
    assert "Limits start anew on 2025-01-01: a new clinic." in found.output
    assert ET.parse(svg).getroot().tag.endswith("svg")  # noqa: S314 - our own text
    rows = list(csv.DictReader(points.read_text("utf-8").splitlines()))
    assert len(rows) == 15
    assert rows[11]["signal"] == "outside limits"
    assert "is there already" in run("spc", str(series_csv), "--improvement", "decrease",
                                     "--out", str(svg)).output  # fmt: skip


def test_a_rebase_needs_a_day_and_a_reason(series_csv: Path) -> None:
    silent = run("spc", str(series_csv), "--improvement", "increase", "--rebase", "2025-01-01=")
    wrong = run("spc", str(series_csv), "--improvement", "increase", "--rebase", "soon")

    assert silent.exit_code == 1
    assert "Say what changed" in silent.output
    assert wrong.exit_code == 2


def test_a_funnel_has_no_rank_without_its_interval(funnel_csv: Path, tmp_path: Path) -> None:
    svg, ranks = tmp_path / "funnel.svg", tmp_path / "ranks.svg"
    found = run("funnel", str(funnel_csv), "--out", str(svg), "--ranks", str(ranks))
    told = json.loads(run("funnel", str(funnel_csv), "--json").output)

    assert found.exit_code == 0
    assert "95% of ranks" in found.output
    assert all(path.read_text("utf-8").startswith("<svg") for path in (svg, ranks))
    assert all(row["rank_lower"] <= row["rank"] <= row["rank_upper"] for row in told["areas"])
    assert told == json.loads(run("funnel", str(funnel_csv), "--json").output)


def test_a_gradient_is_measured_and_drawn(tmp_path: Path) -> None:
    path, svg = tmp_path / "tenths.csv", tmp_path / "tenths.svg"
    path.write_text(GROUPS, "utf-8")
    found = run("gradient", str(path), "--out", str(svg), "--json")

    assert json.loads(found.output)["slope_index"]["value"] == pytest.approx(9.180451127819415)
    assert "most deprived" in svg.read_text("utf-8")


def test_a_wrong_table_has_every_fault_and_nothing_is_written(tmp_path: Path) -> None:
    path, out = tmp_path / "x.csv", tmp_path / "out.csv"
    path.write_text("area,events,people\nA,five,100\nA,,100\n", "utf-8")
    found = run("rates", str(path), "--csv", str(out))

    assert found.exit_code == 1
    assert "has 3 faults" in found.output
    assert not out.exists()
    path.write_text("area,events,people\nA,5,0\n", "utf-8")
    assert "'people' is 0 or less in row 0" in run("rates", str(path)).output


def test_a_needs_assessment_is_one_page_without_script(tmp_path: Path, plan_csv: Path) -> None:
    page, table = tmp_path / "ne.html", tmp_path / "ne.csv"
    found = run(
        "profile", "E12000001", "--plan", str(plan_csv), "--out", str(page), "--csv", str(table)
    )
    text = page.read_text("utf-8")

    assert found.exit_code == 0
    assert "<script" not in text
    assert "What stands out" in text
    assert "What is not known" in text
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert len(rows) == 69
    assert all(bool(row["value"]) != bool(row["reason"]) for row in rows)
    assert {row["label"] for row in rows if row["value"]} <= {
        "exact", "apportioned", "approximate", "approximate, no interval",
    }  # fmt: skip


def test_every_area_gets_a_page_and_the_same_bytes_again(tmp_path: Path, plan_csv: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        assert run("profile", "--all", "--plan", str(plan_csv), "--out", str(folder)).exit_code == 0
    first, second = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in folders)

    assert len(first) == 9
    assert first == second


def test_an_area_or_geography_that_is_not_there_is_told_with_the_nearest() -> None:
    assert "Did you mean Devon?" in run("profile", "Devno").output
    assert "Did you mean 'icb'" in run("profile", "Devon", "--geography", "icbb").output
    assert run("profile").exit_code == 2
    assert run("profile", "--all").exit_code == 2


def test_variation_answers_in_a_sentence_and_a_page(tmp_path: Path, plan_csv: Path) -> None:
    page, table = tmp_path / "v.html", tmp_path / "v.csv"
    found = run("variation", "--plan", str(plan_csv), "--out", str(page), "--csv", str(table))

    assert found.exit_code == 0
    assert "differ between places by more than chance" in found.output
    assert "put like needs together more than" in found.output
    assert "How large is the postcode lottery? England" in page.read_text("utf-8")
    divisions = {row["division"] for row in csv.DictReader(table.read_text("utf-8").splitlines())}
    assert divisions == {"published areas", "integrated care boards", "areas of the plan"}


def test_claims_and_the_list_of_indicators_are_told() -> None:
    told, listed = run("claims"), run("list")

    assert "1.48 times, North East over South East" in told.output
    assert "extremes of 291 areas overstate" in told.output
    assert told.output.count("Not reckoned: no data.") == 4
    assert "claimant-count" in listed.output
    assert len(json.loads(run("list", "--json").output)) == 69


def test_areas_are_ranked_with_intervals_or_not_at_all(tmp_path: Path, plan_csv: Path) -> None:
    svg = tmp_path / "ranks.svg"
    found = run(
        "ranks", "adult-obesity-prevalence", "--plan", str(plan_csv), "--out", str(svg), "--json"
    )
    told = json.loads(found.output)["areas"]

    assert len(told) == 9
    assert all(row["rank_lower"] <= row["rank"] <= row["rank_upper"] for row in told)
    highest = max(told, key=lambda row: row["shrunken"])
    assert highest["rank"] == min(row["rank"] for row in told)
    assert svg.read_text("utf-8").startswith("<svg")
    refused = run("ranks", "claimant-count", "--plan", str(plan_csv))
    assert refused.exit_code == 1
    assert "takes chance for merit" in refused.output
    assert "is a median" in run("ranks", "gross-median-weekly-pay").output
