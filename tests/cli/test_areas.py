"""``folkmoot areas``: design, score and conflicts, on a small country and on England."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import small_country

from folkmoot import england
from folkmoot.cli import main
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.places import Places


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def given(tmp_path: Path) -> tuple[str | Path, ...]:
    """The small country and its criteria, as options."""
    folder = small_country.write(tmp_path / "country")
    return "--places", folder, "--criteria", small_country.write_criteria(tmp_path)


def plan_file(folder: Path, areas: str) -> Path:
    """A plan of the nine blocks from a picture of it."""
    path = folder / "plan.csv"
    rows = zip(small_country.CODES, areas.split(), strict=True)
    path.write_text("block,area\n" + "".join(f"{b},{a}\n" for b, a in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The health boards of England as they are, as a plan."""
    places = england.places()
    labels = places.geographies["icb"].dominant(len(places.blocks))
    path = tmp_path_factory.mktemp("boards") / "areas.csv"
    path.write_text(
        "block,area\n"
        + "".join(f"{b},Z{n:02d}\n" for b, n in zip(places.blocks.codes, labels, strict=True)),
        encoding="utf-8",
    )
    return path


def test_design_writes_each_block_once_and_says_how_good_it_is(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    out = tmp_path / "areas.csv"

    code, told, _ = run("areas", "design", *given, "--seed", "1", "--out", out)

    assert code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["block"] for row in rows] == list(small_country.CODES)
    assert len({row["area"] for row in rows}) == 3
    assert "this plan" in told
    assert f"Written to {out}" in told


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, given: tuple[str | Path, ...]) -> None:
    for name in ("one.csv", "two.csv"):
        run("areas", "design", *given, "--seed", "7", "--out", tmp_path / name)

    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_design_refuses_to_replace_a_file_before_any_work(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    out = plan_file(tmp_path, "A A A B B B C C C")

    code, _, told = run("areas", "design", *given, "--out", out)

    assert code == 1
    assert "is there already, so nothing was written" in told


def test_areas_replaces_the_number_in_the_criteria(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    out = tmp_path / "areas.csv"

    run("areas", "design", *given, "--areas", "4", "--out", out)

    with out.open(encoding="utf-8", newline="") as file:
        assert len({row["area"] for row in csv.DictReader(file)}) == 4


def test_england_is_scored_term_by_term(boards: Path) -> None:
    code, told, _ = run("areas", "score", boards)

    assert code == 0
    assert "42 areas of 521,175 to 2,988,256 people" in told
    assert "    icb                   health" in told
    assert "  F " in told
    assert "Every area is connected and has 500,000 to 3,000,000 people." in told


def test_scores_by_area_carry_names(boards: Path) -> None:
    _, told, _ = run("areas", "score", boards, "--by-area")

    assert "Greater Manchester" in told
    assert "residents work here" in told


def test_scores_for_machines_sum_to_f(boards: Path) -> None:
    found = json.loads(run("areas", "score", boards, "--json")[1])

    values = {(row["measure"], row["geography"]): row["value"] for row in found["scores"]}
    assert sum(sum(area["costs"]) for area in found["areas"]) == pytest.approx(
        values["objective", ""], abs=1e-9
    )
    assert found["broken_rules"] == []


def test_a_plan_that_breaks_rules_is_scored_and_each_is_named(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    plan = plan_file(tmp_path, "A B A A B B A C C")

    code, told, _ = run("areas", "score", plan, *given)

    assert code == 0
    assert "Rules that are broken" in told
    assert "is in 2 pieces: Block C cut off" in told
    assert "900,000" not in told


def test_a_plan_of_other_places_is_refused(boards: Path, given: tuple[str | Path, ...]) -> None:
    code, _, told = run("areas", "score", boards, *given)

    assert code == 1
    assert "it places blocks that the package does not have" in told
    assert "it places these blocks nowhere: a, b, c" in told


def test_a_folder_with_a_plan_in_it_will_do(tmp_path: Path, given: tuple[str | Path, ...]) -> None:
    plan_file(tmp_path, "A A A B B B C C C").rename(tmp_path / "areas.csv")

    assert run("areas", "score", tmp_path, *given)[0] == 0


def test_conflicts_are_told_priced_and_written(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    plan = plan_file(tmp_path, "A A A B B B C C C")
    out, options = tmp_path / "conflicts.csv", tmp_path / "options.csv"
    misplaced = tmp_path / "misplaced.csv"

    code, told, _ = run(
        *("areas", "conflicts", plan, *given, "--out", out),
        *("--options-out", options, "--misplaced-out", misplaced),
    )

    assert code == 0
    assert "2 negotiations over 6 blocks with 600,000 people." in told
    assert (
        "Prices are with everything else held, then with the rest of the plan drawn anew." in told
    )
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["block"] for row in rows] == list("defghi")
    assert {row["economy_area"] for row in rows} == {"A"}
    assert options.read_text(encoding="utf-8").startswith("negotiation,option,moves,price")
    assert len(misplaced.read_text(encoding="utf-8").splitlines()) == 1 + 6


def test_conflicts_for_machines(tmp_path: Path, given: tuple[str | Path, ...]) -> None:
    plan = plan_file(tmp_path, "A A A B B B C C C")

    found = json.loads(run("areas", "conflicts", plan, *given, "--json")[1])

    assert [one["code"] for one in found["negotiations"]] == ["N01", "N02"]
    assert found["negotiations"][0]["options"][0]["price"] == 0


def test_conflicts_need_a_health_and_an_economy(
    tmp_path: Path, given: tuple[str | Path, ...]
) -> None:
    plan = plan_file(tmp_path, "A A A B B B C C C")
    text = small_country.CRITERIA.replace('"health"', '"other"')
    small_country.write_criteria(tmp_path, text)

    _, told, _ = run("areas", "conflicts", plan, *given)

    assert "The criteria give no geography the role health and a weight" in told


def test_england_is_designed_and_read_back(tmp_path: Path, england_places: Places) -> None:
    out = tmp_path / "areas.csv"

    code, told, _ = run("areas", "design", "--out", out)

    assert code == 0
    assert "0.231635" in told
    assert len(read_area_plan(out, england_places).areas) == 38
