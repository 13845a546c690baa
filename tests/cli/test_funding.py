"""``folkmoot funding``: settle, look, explain, verify; and what each refuses."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tokenize
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country
from tests.core.funding.funded_country import need_tables

from folkmoot.cli import main
from folkmoot.funding.verify import differences


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["funding", *map(str, arguments)])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return small_country.write(tmp_path / "package", need_tables())


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    path = tmp_path / "areas.csv"
    rows = "".join(
        f"{block},{area}\n" for block, area in zip("abcdefghi", "NNNMMMSSS", strict=True)
    )
    path.write_text("block,area\n" + rows, encoding="utf-8")
    return path


@pytest.fixture
def settled(tmp_path: Path, package: Path, areas: Path) -> Path:
    out = tmp_path / "settlement"
    result = run("settle", "--areas", areas, "--places", package, "--years", "2", "--out", out)
    assert result.exit_code == 0, result.output
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_settle_writes_grants_that_add_up_and_says_what_is_modelled(settled: Path) -> None:
    total: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows(settled / "settlement.csv"):
        total[row["stream"], row["year"]] += int(row["pence"])

    assert {path.name for path in settled.iterdir()} == {
        "areas.csv",
        "settlement.csv",
        "settlement_detail.csv",
        "settlement.html",
        "settlement.json",
        "settlement.xlsx",
        "streams.csv",
        "ledger.csv",
        "certificates.json",
        "parameters.toml",
        "inputs.json",
        "verify.py",
        "verify_copies.py",
        "manifest.json",
    }
    assert total == {
        (row["stream"], row["year"]): int(row["quantum_pence"])
        for row in rows(settled / "streams.csv")
    }
    assert all(
        "modelled baseline, not actual spending" in row["label"]
        for name in ("settlement", "settlement_detail", "streams")
        for row in rows(settled / f"{name}.csv")
    )


def test_names_stand_beside_codes_wherever_a_person_reads(
    settled: Path, package: Path, areas: Path
) -> None:
    named = {row["area"]: row["area_name"] for row in rows(settled / "areas.csv")}
    page = (settled / "settlement.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(settled / "settlement.xlsx") as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    asked = ("--area", "N", "--stream", "health", "--year", "2026-27")
    explained = run("explain", "--settlement", settled, *asked)
    shown = run("targets", "--areas", areas, "--places", package)

    assert all(named.values())
    for area, name in named.items():
        # Once for each year of the grants, and of each of the four streams.
        assert page.count(f"<td>{name}</td>") == 2 + 2 * 4
        assert name in texts
        assert f"{area}     {name}" in shown.output
    assert explained.output.startswith(f"N {named['N']}, health, 2026-27: £")


def test_a_name_that_a_copy_gives_otherwise_is_found(settled: Path) -> None:
    page = settled / "settlement.html"
    (name,) = {row["area_name"] for row in rows(settled / "areas.csv") if row["area"] == "N"}
    changed = page.read_text(encoding="utf-8").replace(f"<td>{name}</td>", "<td>Elsewhere</td>", 1)
    page.write_text(changed, encoding="utf-8")
    manifest = settled / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told["files"]["settlement.html"] = hashlib.sha256(page.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(told), encoding="utf-8")

    assert differences(settled) == [
        f"settlement.html: name of N 2026-27 is Elsewhere, and should be {name}"
    ]


def test_the_same_inputs_give_the_same_bytes(
    settled: Path, tmp_path: Path, package: Path, areas: Path
) -> None:
    again = tmp_path / "again"
    run("settle", "--areas", areas, "--places", package, "--years", "2", "--out", again)

    for path in settled.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_settle_prints_what_a_person_wants_to_know(
    tmp_path: Path, package: Path, areas: Path
) -> None:
    out = tmp_path / "out"
    result = run("settle", "--areas", areas, "--places", package, "--out", out)

    assert "3 areas, 2026-27 to 2029-30, formula folkmoot-1." in result.output
    assert "modelled baseline, not actual spending." in result.output
    assert "by population: this package has no need data" in result.output
    assert f"folkmoot funding verify {out}" in result.output


def test_settle_in_json(tmp_path: Path, package: Path, areas: Path) -> None:
    out = tmp_path / "out"
    result = run("settle", "--areas", areas, "--places", package, "--out", out, "--json")
    told = json.loads(result.output)

    assert told["quanta"]["health"]["2026-27"] == 10_190_000_000_000
    assert "Health: modelled baseline, not actual spending" in told["modelled"]


def test_a_settlement_is_never_written_over(settled: Path, package: Path, areas: Path) -> None:
    before = (settled / "manifest.json").read_bytes()
    result = run("settle", "--areas", areas, "--places", package, "--out", settled)

    assert result.exit_code == 1
    assert "is not empty, so nothing was written" in result.output
    assert (settled / "manifest.json").read_bytes() == before


def test_a_refusal_leaves_no_folder(tmp_path: Path, package: Path, areas: Path) -> None:
    formula = tmp_path / "mine.toml"
    formula.write_text('[bounds]\nfloor = "0.02"\n', encoding="utf-8")
    out = tmp_path / "out"
    result = run(
        "settle", "--areas", areas, "--places", package, "--formula", formula, "--out", out
    )

    assert result.exit_code == 1
    assert "The floors promise" in result.output
    assert "Traceback" not in result.output
    assert not out.exists()


def test_targets_print_shares_and_distances(package: Path, areas: Path) -> None:
    asked = ("targets", "--areas", areas, "--places", package)
    shown = run(*asked, "--stream", "skills", "--year", "2027-28")
    told = json.loads(run(*asked, "--json").output)

    assert shown.exit_code == 0, shown.output
    assert "0.333333  £1,066,666,666.67    0.00%    0.00%" in shown.output
    assert "2016-17 pounds." in shown.output
    assert [row["area"] for row in told] == ["M", "N", "S"]
    assert sum(row["need_share"] for row in told) == pytest.approx(1)


def test_explain_accounts_for_every_penny(settled: Path) -> None:
    paid = {
        (row["area"], row["stream"], row["year"]): int(row["pence"])
        for row in rows(settled / "settlement.csv")
    }
    for (area, stream, year), pence in paid.items():
        asked = ("--settlement", settled, "--area", area, "--stream", stream, "--year", year)
        told = json.loads(run("explain", *asked, "--json").output)
        assert sum(term["pence"] for term in told["terms"]) == pence
    shown = run("explain", *asked).output
    assert "equal money a head" in shown
    assert "modelled baseline, not actual spending." in shown


def test_explain_the_change_from_last_year_and_from_another_settlement(
    settled: Path, tmp_path: Path, package: Path
) -> None:
    other = tmp_path / "columns.csv"
    pairs = zip("abcdefghi", "NMSNMSNMS", strict=True)
    other.write_text(
        "block,area\n" + "".join(f"{block},{area}\n" for block, area in pairs), encoding="utf-8"
    )
    run("settle", "--areas", other, "--places", package, "--years", "2", "--out", tmp_path / "new")
    asked = ("explain", "--area", "M", "--stream", "health", "--year", "2027-28")
    since = json.loads(run(*asked, "--settlement", settled, "--since", "2026-27", "--json").output)
    against = json.loads(
        run(*asked, "--settlement", tmp_path / "new", "--against", settled, "--json").output
    )
    paid = {
        (folder, row["area"], row["year"]): int(row["pence"])
        for folder in ("settlement", "new")
        for row in rows(tmp_path / folder / "settlement.csv")
        if row["stream"] == "health"
    }

    assert since["start"] == paid["settlement", "M", "2026-27"]
    for told, folder in ((since, "settlement"), (against, "new")):
        total = told["start"] + sum(term["pence"] for term in told["terms"])
        assert total == paid[folder, "M", "2027-28"]
    assert against["terms"][0]["cause"]["name"] == "boundary"


@pytest.mark.parametrize("method", ["order", "shapley"])
def test_explain_writes_a_table_and_a_drawing(settled: Path, tmp_path: Path, method: str) -> None:
    asked = (
        *("explain", "--settlement", settled, "--area", "M", "--stream", "health"),
        *("--year", "2026-27", "--method", method),
    )
    for name in ("m.csv", "m.svg"):
        assert run(*asked, "--out", tmp_path / name).exit_code == 0
    terms = rows(tmp_path / "m.csv")
    drawing = (tmp_path / "m.svg").read_text(encoding="utf-8")
    refused = run(*asked, "--out", tmp_path / "m.csv")

    assert sum(int(row["pence"]) for row in terms) == int(
        next(
            row["pence"]
            for row in rows(settled / "settlement.csv")
            if (row["area"], row["stream"], row["year"]) == ("M", "health", "2026-27")
        )
    )
    assert all(row["parameter"] and row["source"] and row["label"] for row in terms)
    assert drawing.startswith("<svg")
    (name,) = {row["area_name"] for row in rows(settled / "areas.csv") if row["area"] == "M"}
    words = " ".join(re.findall(r"<text[^>]*>(.*?)</text>", drawing))
    assert f"M {name}; " in words
    assert "modelled baseline, not actual spending" in words
    assert refused.exit_code == 1
    assert "is there already" in refused.output


@pytest.mark.parametrize(
    ("area", "stream", "year", "problem"),
    [
        ("X", "health", "2026-27", "no area 'X'"),
        ("N", "housing", "2026-27", "no stream 'housing'"),
        ("N", "health", "2035-36", "no year '2035-36'"),
        ("N", "health", "next", "'next' is not a financial year"),
    ],
)
def test_explain_refuses_what_is_not_there(
    settled: Path, area: str, stream: str, year: str, problem: str
) -> None:
    result = run(
        "explain", "--settlement", settled, "--area", area, "--stream", stream, "--year", year
    )

    assert result.exit_code == 1
    assert problem in result.output


def test_verify_accepts_what_was_written(settled: Path) -> None:
    assert differences(settled) == []
    assert run("verify", settled).exit_code == 0
    assert json.loads(run("verify", settled, "--json").output)["differences"] == []


@pytest.mark.parametrize("name", ["verify.py", "verify_copies.py"])
def test_the_verifiers_run_alone_with_the_standard_library(settled: Path, name: str) -> None:
    """Each stands in the folder, knows nothing of folkmoot, and is short enough to be read."""
    alone = subprocess.run(
        [sys.executable, "-I", "-S", str(settled / name), str(settled)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (alone.returncode, alone.stderr) == (0, "")
    assert "import folkmoot" not in (settled / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "most"), [("verify.py", 150), ("verify_copies.py", 190)])
def test_a_verifier_is_short_enough_to_be_read(settled: Path, name: str, most: int) -> None:
    script = (settled / name).read_text(encoding="utf-8")
    no_code = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(script).readline):
        if token.type not in no_code and not token.string.startswith('"""'):
            lines.add(token.start[0])

    assert len(lines) <= most


def seal(folder: Path) -> None:
    """Write the digests anew, as a forger would."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name in manifest["files"]:
        manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_verify_notices_a_file_that_was_changed(settled: Path) -> None:
    with (settled / "streams.csv").open("a", encoding="utf-8") as file:
        file.write("x")
    (settled / "areas.csv").unlink()
    result = run("verify", settled)

    assert result.exit_code == 1
    assert "streams.csv is not the file that was written" in result.output
    assert "areas.csv is missing" in result.output


def move_a_penny(folder: Path) -> str:
    told = (folder / "settlement.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    cells = told[1].split(",")
    told[1] = ",".join([*cells[:3], str(int(cells[3]) + 1), *cells[4:]])
    (folder / "settlement.csv").write_text("".join(told), encoding="utf-8")
    return "settlement.csv: pence of M employment 2026-27 is 50000000001, and should be 50000000000"


def change_a_certificate(folder: Path, key: str, value: object) -> None:
    proofs = json.loads((folder / "certificates.json").read_text(encoding="utf-8"))
    proofs["health"]["2026-27"]["areas"][0][key] = value
    (folder / "certificates.json").write_text(json.dumps(proofs), encoding="utf-8")


def change_a_target(folder: Path) -> str:
    change_a_certificate(folder, "target", [1, 3])
    return "certificates.json: M of health 2026-27 is not what follows"


def lower_a_floor(folder: Path) -> str:
    change_a_certificate(folder, "lower", 1)
    return "certificates.json: M of health 2026-27 is not what follows"


def misname_a_state(folder: Path) -> str:
    change_a_certificate(folder, "state", "ceiling")
    return "certificates.json: M of health 2026-27 is not what follows"


def change_a_cell(column: str, value: str, folder: Path) -> None:
    found = rows(folder / "settlement_detail.csv")
    at = next(
        n for n, row in enumerate(found) if (row["stream"], row["year"]) == ("health", "2027-28")
    )
    found[at][column] = value
    small_country.write_csv(folder / "settlement_detail.csv", found)


def raise_an_entitlement(folder: Path) -> str:
    change_a_cell("entitlement_pence", "10190000000000", folder)
    return "entitlement_pence of M health 2027-28 is 10190000000000, and should be 0"


def break_a_year(folder: Path) -> str:
    change_a_cell("baseline_pence", "1", folder)
    return "settlement_detail.csv: baseline_pence of M health 2027-28 is 1, and should be"


def drop_a_row(folder: Path) -> str:
    told = (folder / "settlement_detail.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in told if ",health,2027-28," not in line]
    (folder / "settlement_detail.csv").write_text("".join(kept), encoding="utf-8")
    return "the areas of health 2027-28 are not those of areas.csv"


@pytest.mark.parametrize(
    "forge",
    [
        move_a_penny,
        change_a_target,
        lower_a_floor,
        misname_a_state,
        raise_an_entitlement,
        break_a_year,
        drop_a_row,
    ],
)
def test_verify_notices_a_forgery_whose_digests_are_right(settled: Path, forge: object) -> None:
    assert callable(forge)
    problem = forge(settled)
    seal(settled)
    result = run("verify", settled)

    assert result.exit_code == 1
    assert problem in result.output


def test_a_folder_that_is_no_settlement_is_refused(tmp_path: Path) -> None:
    result = run("verify", tmp_path)

    assert result.exit_code == 1
    assert "cannot be checked as a settlement" in result.output
    assert "Traceback" not in result.output
