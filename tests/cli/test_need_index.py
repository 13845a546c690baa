"""``folkmoot funding need-index``: the tool's table, what it remarks on, and what it refuses."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.small_country import write_csv

from folkmoot.cli import main
from folkmoot.funding.place_index_profiles import COLUMNS
from folkmoot.readers.practices import LAYOUTS, Layout

FIGURES = {"p1": ("100.5", "0"), "p2": ("200", "310.5"), "p3": ("300", "290")}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["funding", "need-index", *map(str, arguments)])


def practices(path: Path, layout: Layout, *years: str) -> Path:
    write_csv(
        path,
        [
            {
                **({layout.year: year} if layout.year else {}),
                layout.code: code,
                layout.icb: "I",
                **dict.fromkeys(layout.figures, weight),
                layout.figures[0]: persons,
            }
            for year in years or ("",)
            for code, (persons, weight) in FIGURES.items()
        ],
    )
    return path


def places(path: Path, **listed: list[str]) -> Path:
    saved: dict[str, object] = {name: {"gps": gps, "icb": "I"} for name, gps in listed.items()}
    path.write_text(json.dumps({**saved, "places": list(listed)}), encoding="utf-8")
    return path


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


@pytest.fixture
def asked(tmp_path: Path) -> tuple[str | Path, ...]:
    """A table of 2026_2027, two places, and the newer profile."""
    table = practices(tmp_path / "2026_2027.csv", LAYOUTS[2])
    saved = places(tmp_path / "s.json", Dale=["p1: ONE", "p2: TWO"], Moor=["p3: THREE"])
    return "--practices", table, "--session", saved, "--profile", "v3"


def test_the_table_is_the_tools_own(tmp_path: Path, asked: tuple[str | Path, ...]) -> None:
    result = run(*asked, "--out", tmp_path / "out.csv")

    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert result.stdout.startswith("Places: 2; boards: 1; years: 1; profile v3.\nWritten to ")
    assert rows(tmp_path / "out.csv") == [
        list(COLUMNS),
        ["I", "601", *["601"] * 9, *["1.000"] * 9],
        ["Dale", "301", *["311"] * 9, *["1.033"] * 9],
        ["Moor", "300", *["290"] * 9, *["0.967"] * 9],
    ]


def test_unrounded_figures_have_every_digit(tmp_path: Path, asked: tuple[str | Path, ...]) -> None:
    run(*asked, "--unrounded", "--out", tmp_path / "out.csv")

    _, board, dale, _ = rows(tmp_path / "out.csv")
    assert board[1] == "600.5"
    assert dale[1:3] == ["300.5", "310.5"]
    assert [float(cell) for cell in dale[11:]] == [310.5 / 300.5] * 9


def test_more_years_stand_in_one_file_under_their_names(
    tmp_path: Path, asked: tuple[str | Path, ...]
) -> None:
    more = practices(tmp_path / "2027_2028.csv", LAYOUTS[2])
    result = run(*asked, "--practices", more, "--out", tmp_path / "out.csv")

    header, *body = rows(tmp_path / "out.csv")
    assert result.stdout.startswith("Places: 2; boards: 1; years: 2")
    assert header == ["Year", *COLUMNS]
    assert [row[:2] for row in body] == [
        [year, name] for year in ("2026_2027", "2027_2028") for name in ("I", "Dale", "Moor")
    ]


def test_a_tidy_table_gives_its_years_and_takes_names_of_boards(tmp_path: Path) -> None:
    table = practices(tmp_path / "tidy.csv", LAYOUTS[3], "2026/27", "2027/28")
    names, saved = tmp_path / "names.csv", tmp_path / "s.json"
    write_csv(names, [{"icb_ods_code": "I", "icb_name": "Isle"}])
    saved.write_text('{"P": {"gps": ["p2"], "icb": "Isle"}, "places": ["P"]}', encoding="utf-8")
    asked = ("--practices", table, "--session", saved, "--profile", "v3", "--icb-names", names)

    both = run(*asked, "--out", tmp_path / "both.csv")
    one = run(*asked, "--year", "2027/28", "--out", tmp_path / "one.csv")

    assert (both.exit_code, one.exit_code) == (0, 0), both.output + one.output
    assert [row[0] for row in rows(tmp_path / "both.csv")[1::2]] == ["2026/27", "2027/28"]
    assert [row[0] for row in rows(tmp_path / "one.csv")] == ["Place / ICB", "Isle", "P"]


def test_in_json_the_figures_are_numbers(tmp_path: Path, asked: tuple[str | Path, ...]) -> None:
    told = json.loads(run(*asked, "--json", "--out", tmp_path / "out.csv").stdout)

    assert told["columns"] == list(COLUMNS)
    assert told["tables"][0]["year"] == "2026_2027"
    assert told["tables"][0]["rows"][1][:3] == ["Dale", 301, 311]
    assert told["tables"][0]["rows"][1][-1] == 1.033


def test_what_is_odd_is_said_and_the_table_is_still_the_tools(
    tmp_path: Path, asked: tuple[str | Path, ...]
) -> None:
    places(tmp_path / "s.json", Dale=["p1: ONE", "p2: TWO", "p2: TWO", "zz: NONE"])
    result = run(*asked, "--out", tmp_path / "out.csv")

    assert result.exit_code == 0
    assert rows(tmp_path / "out.csv")[2] == ["Dale", "301", *["311"] * 9, *["1.033"] * 9]
    assert result.stderr == (
        "2026_2027: Place 'Dale' has practices that are not in the table (zz): ignored.\n"
        "2026_2027: Place 'Dale' has practices listed twice (p2): counted once.\n"
    )


def test_a_table_of_another_generation_is_remarked(
    tmp_path: Path, asked: tuple[str | Path, ...]
) -> None:
    result = run(*asked[:-1], "v1", "--out", tmp_path / "out.csv")

    assert result.exit_code == 0
    assert "2026_2027.csv is a table of generation v3." in result.stderr


def test_strict_refuses_what_is_odd(tmp_path: Path, asked: tuple[str | Path, ...]) -> None:
    places(tmp_path / "s.json", Dale=["p2: TWO", "p2: TWO", "zz: NONE"])
    result = run(*asked, "--strict", "--out", tmp_path / "out.csv")

    assert result.exit_code == 1
    assert "has 2 faults" in result.output
    assert not (tmp_path / "out.csv").exists()


def test_an_empty_place_is_refused_or_left_out(
    tmp_path: Path, asked: tuple[str | Path, ...]
) -> None:
    places(tmp_path / "s.json", Dale=["p2: TWO"], Fen=["zz: NONE"])
    refused = run(*asked, "--out", tmp_path / "out.csv")
    left_out = run(*asked, "--omit-empty", "--out", tmp_path / "out.csv")

    assert refused.exit_code == 1
    assert "has no practice of 'Fen'" in refused.output
    assert left_out.exit_code == 0
    assert [row[0] for row in rows(tmp_path / "out.csv")] == ["Place / ICB", "I", "Dale"]
    assert "(zz): left out." in left_out.stderr


def test_an_unknown_board_is_refused(tmp_path: Path, asked: tuple[str | Path, ...]) -> None:
    saved = tmp_path / "s.json"
    saved.write_text('{"P": {"gps": ["p2"], "icb": "II"}, "places": ["P"]}', encoding="utf-8")
    result = run(*asked, "--out", tmp_path / "out.csv")

    assert result.exit_code == 1
    assert "'II' (Did you mean 'I'?)" in result.output


def test_a_file_that_is_there_is_kept_unless_forced(
    tmp_path: Path, asked: tuple[str | Path, ...]
) -> None:
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    kept = run(*asked, "--out", tmp_path / "out.csv")

    assert kept.exit_code == 1
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "mine"
    assert run(*asked, "--force", "--out", tmp_path / "out.csv").exit_code == 0


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, asked: tuple[str | Path, ...]) -> None:
    for name in ("one.csv", "two.csv"):
        run(*asked, "--unrounded", "--out", tmp_path / name)

    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
