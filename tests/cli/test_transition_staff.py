"""``folkmoot transition staff`` and ``assets``: what goes in comes out, and every fault is told."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country

from folkmoot.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["transition", *map(str, words)])


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[str | Path, ...]:
    """The small country and a plan of three areas, as options."""
    folder = tmp_path_factory.mktemp("given")
    country = small_country.write(folder / "country")
    plan = folder / "areas.csv"
    pairs = zip(small_country.CODES, "xxxyyyzzz", strict=True)
    plan.write_text("block,area\n" + "".join(f"{b},{a}\n" for b, a in pairs), encoding="utf-8")
    criteria = small_country.write_criteria(folder)
    return "--areas", plan, "--places", country, "--criteria", criteria


def table(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    """Rows in the form of the template, each with some cells changed."""
    path = folder / f"{name}.csv"
    assert run(name, "--template", path).exit_code == 0
    with path.open(encoding="utf-8", newline="") as file:
        example = next(csv.DictReader(file))
    small_country.write_csv(path, [example | row for row in rows])
    return path


def parts(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_posts_move_stay_or_are_open_and_add_up(
    given: tuple[str | Path, ...], tmp_path: Path
) -> None:
    everywhere = {"blocks": ""}
    path = table(
        tmp_path,
        "staff",
        {"posts": "skills", **everywhere},
        {"posts": "prisons", "functions": "prisons=3; probation=1", **everywhere},
        {"posts": "even", "functions": "probation=1; adult-skills=1", "hundredths": "99"},
        {"posts": "one-place", "blocks": small_country.CODES[0], "pay_pence": "7"},
    )
    # An even split is open wherever it works, so its block need not be moved.
    rows = parts(path)
    rows[2]["blocks"] = ""
    small_country.write_csv(path, rows)
    out = tmp_path / "posts.csv"
    told = run("staff", path, *given, "--out", out)

    assert told.exit_code == 0, told.output
    found = parts(out)
    assert {(row["posts"], row["what"]) for row in found} == {
        *(("skills", "moves"), ("prisons", "stays"), ("even", "is open"), ("one-place", "moves")),
    }
    assert sum(int(row["hundredths"]) for row in found) == 3 * 1250 + 99
    assert sum(int(row["pay_pence"]) for row in found) == 3 * 60_000_000 + 7
    assert [row["to_body"] for row in found if row["posts"] == "one-place"] == ["body-x"]
    assert "0.99 posts and £600,000.00 are open: decide each by hand." in told.output
    assert "the file holds" in told.output
    assert len(json.loads(run("staff", path, *given, "--json").stdout)) == len(found)


def test_assets_are_shared_to_the_penny_and_disputes_stay(
    given: tuple[str | Path, ...], tmp_path: Path
) -> None:
    path = table(
        tmp_path,
        "assets",
        {"asset": "office", "blocks": "", "book_pence": "1000001"},
        {"asset": "debt", "blocks": "", "book_pence": "-1000001"},
        {"asset": "claim", "blocks": "", "book_pence": "5", "disputed": "yes"},
    )
    out = tmp_path / "shares.csv"
    told = run("assets", path, *given, "--out", out)

    assert told.exit_code == 0, told.output
    found = parts(out)
    office, debt = (
        [int(row["book_pence"]) for row in found if row["asset"] == name]
        for name in ("office", "debt")
    )
    assert sum(office) == 1_000_001
    assert debt == [-pence for pence in office]
    (claim,) = (row for row in found if row["asset"] == "claim")
    assert (claim["what"], claim["to_body"]) == ("stays", "skills-department")
    assert "residual account until settled" in told.output


def test_every_fault_of_a_table_is_told_with_its_row(
    given: tuple[str | Path, ...], tmp_path: Path
) -> None:
    staff = table(
        tmp_path,
        "staff",
        {"hundredths": "12.5"},
        {"functions": "adult-skils=1", "blocks": ""},
        {"functions": "adult-skills=1", "blocks": "E9"},
    )
    assets = table(
        tmp_path, "assets", {"book_pence": "much"}, {"asset": "b", "function": "luck", "blocks": ""}
    )
    told, other = run("staff", staff, *given), run("assets", assets, *given)

    assert (told.exit_code, other.exit_code) == (1, 1)
    for said in (
        "has 5 faults",
        "staff.csv, row 2, column 'hundredths': '12.5' is not a whole number",
        "staff.csv, row 3, column 'posts': skills-team stands already in row 2",
        "staff.csv, row 3, column 'functions': the plan does not know adult-skils.",
        "staff.csv, row 4, column 'blocks': the plan does not know E9.",
    ):
        assert said in told.output
    assert "row 2, column 'book_pence': 'much' is not whole pence." in other.output
    assert "row 3, column 'function': the plan does not know luck." in other.output


@pytest.mark.parametrize("name", ["staff", "assets"])
def test_without_a_table_or_a_plan_it_is_wrong_usage(name: str, tmp_path: Path) -> None:
    assert run(name).exit_code == 2
    path = table(tmp_path, name, {})
    assert "--areas PLAN" in run(name, path).output
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert run(name, "--template", path).exit_code == 1
