"""``folkmoot places``: every fault named, and what fits what."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import small_country

from folkmoot.cli import main


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


def test_a_sound_package_is_one_line(tmp_path: Path) -> None:
    assert run("places", "check", small_country.write(tmp_path)) == (
        0,
        "OK: small-country: 900,000 people, 9 blocks, 12 borders, 2 geographies.\n",
        "",
    )


def test_every_fault_is_told_with_file_row_column_and_mend(tmp_path: Path) -> None:
    tables = small_country.tables()
    tables["blocks"][1]["population"] = "many"
    tables["adjacency"][0]["kind"] = "tunnel"
    tables["memberships"][2]["unit_code"] = "zz"

    code, out, told = run("places", "check", small_country.write(tmp_path, tables))

    assert (code, out) == (1, "")
    lines = told.splitlines()
    assert lines[0].endswith("has 3 faults. No figure can rest on it until each is mended.")
    assert "blocks.csv, row 3, column 'population': 'many' is not a whole number" in lines[1]
    assert "adjacency.csv, row 2, column 'kind': 'tunnel' is not a kind of border." in lines[2]
    assert "memberships.csv, row 4, column 'unit_code': 'zz' is not the code" in lines[3]


def test_hundreds_of_faults_are_all_told(tmp_path: Path) -> None:
    tables = small_country.tables()
    row = tables["memberships"][0]
    tables["memberships"] += [{**row, "unit_code": f"no{n}"} for n in range(300)]

    _, _, told = run("places", "check", small_country.write(tmp_path, tables))

    assert len(told.splitlines()) == 1 + 300


def test_faults_can_be_read_by_a_machine(tmp_path: Path) -> None:
    code, out, _ = run("places", "check", tmp_path, "--json")

    assert code == 1
    assert json.loads(out)["faults"][0]["file"] == "datapackage.json"


def test_england_is_described_with_the_figures_that_are_known() -> None:
    code, out, _ = run("places", "describe")

    assert code == 0
    assert "57,690,323 people in 296 blocks" in out
    found = [line.split() for line in out.splitlines()]
    for row in (
        ["icb", "42", "95.2%", "12", "0"],
        ["police", "39", "100.0%", "0", "0"],
        ["combined_authority", "16", "55.9%", "0", "157"],
        ["ttwa", "155", "52.7%", "145", "0"],
        ["lep", "38", "97.9%", "5", "0"],
    ):
        assert row in found
    assert "  and police                  20" in out


def test_a_description_can_be_read_by_a_machine() -> None:
    found = json.loads(run("places", "describe", "--json")[1])

    assert found["population"] == 57_690_323
    assert found["components"] == [296]
    assert {"geographies": ["icb", "police"], "pieces": 20} in found["uncut"]
    assert found["shared_areas"][0]["names"][-1] == "Greater Manchester"


def test_another_country_is_described_without_the_shipped_criteria(tmp_path: Path) -> None:
    code, out, _ = run("places", "describe", small_country.write(tmp_path))

    assert code == 0
    assert "900,000 people in 9 blocks" in out
    assert "no travel to work, for self-containment" in out
    assert "no boundaries, for maps and Polsby–Popper" in out
    assert "Name a criteria file with --criteria" in out


def test_criteria_of_ones_own_set_geographies_against_each_other(tmp_path: Path) -> None:
    folder = small_country.write(tmp_path)
    criteria = small_country.write_criteria(tmp_path)

    _, out, _ = run("places", "describe", folder, "--criteria", criteria)

    assert "  board             3\n  and economy       1\n" in out
    assert "Areas that 3 or more of these geographies draw alike: 0" in out


def test_criteria_that_do_not_fit_are_refused_when_they_are_asked_for(tmp_path: Path) -> None:
    folder = small_country.write(tmp_path)
    criteria = small_country.write_criteria(
        tmp_path, small_country.CRITERIA.replace('"board"', '"parish"')
    )

    code, _, told = run("places", "describe", folder, "--criteria", criteria)

    assert code == 1
    assert "has no geography 'parish'" in told


def test_parts_that_no_border_joins_are_counted(tmp_path: Path) -> None:
    tables = small_country.tables()
    tables["adjacency"] = [
        row for row in tables["adjacency"] if {row["code_a"], row["code_b"]} <= set("abc")
    ] + [{**tables["adjacency"][0], "code_a": a, "code_b": b} for a, b in ("de", "ef", "gh", "hi")]

    _, out, _ = run("places", "describe", small_country.write(tmp_path, tables))

    assert "3 parts that no border or link joins, of 3, 3 and 3 blocks" in out


@pytest.mark.parametrize("command", ["check", "describe"])
def test_a_folder_that_is_no_package_is_refused(tmp_path: Path, command: str) -> None:
    code, _, told = run("places", command, tmp_path)

    assert code == 1
    assert "the file is not there, so this is not a places package" in told
