"""The workbook is alive: recalculated by another program, it says what the tables say."""

import csv
import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from folkmoot.exhibits.workbook import workbook
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.funding.settlement_tables import (
    DETAIL_COLUMNS,
    SETTLEMENT_COLUMNS,
    detail_rows,
    settlement_rows,
)
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Places

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
TO_CSV_EACH_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
Cells = dict[tuple[str, str, str], dict[str, str]]


def emptied(book: bytes) -> bytes:
    """A workbook whose formulas have no results, so that whoever reads it must compute them."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>0</v>", old.read(name)))
    return content.getvalue()


def recalculated(folder: Path, books: dict[str, bytes]) -> dict[str, Cells]:
    """Rows of areas by their key, as LibreOffice computes them; one conversion for all books."""
    (folder / "profile/user").mkdir(parents=True)
    settings = folder / "profile/user/registrymodifications.xcu"
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    for name, book in books.items():
        (folder / f"{name}.xlsx").write_bytes(emptied(book))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", TO_CSV_EACH_SHEET, "--outdir", str(folder)]
    command += [str(folder / f"{name}.xlsx") for name in books]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {
        name: {
            key: cells
            for path in sorted(folder.glob(f"{name}-*.csv"))
            for key, cells in area_rows(path.read_text(encoding="utf-8"))
        }
        for name in books
    }


def area_rows(text: str) -> list[tuple[tuple[str, str, str], dict[str, str]]]:
    found, header = [], [""]
    for row in csv.reader(io.StringIO(text)):
        if row[0] in {"area", "stream"}:
            header = row
        elif header[0] == "area" and len(row[3]) == len("2026-27"):
            cells = dict(zip(header, row, strict=True))
            found.append(((cells["area"], cells["stream"], cells["year"]), cells))
    return found


def number(text: str) -> float:
    """A figure as LibreOffice shows it."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def due(settlement: Settlement) -> Cells:
    """The same rows as the CSV files have them."""
    found = {}
    for detail, grant in zip(detail_rows(settlement), settlement_rows(settlement), strict=True):
        cells = dict(zip(DETAIL_COLUMNS, map(str, detail), strict=True))
        cells |= dict(zip(SETTLEMENT_COLUMNS, map(str, grant), strict=True))
        found[cells["area"], cells["stream"], cells["year"]] = cells
    return found


def unlike(told: Cells, wanted: Cells) -> list[tuple[tuple[str, str, str], str, str, str]]:
    """Cells that differ from the CSV; figures in per cent are shown with rounded binary noise."""
    found = []
    for key, cells in wanted.items():
        for column in sorted(cells.keys() & told[key].keys() - {"label"}):
            shown, value = told[key][column], cells[column]
            is_figure = re.fullmatch(r"-?\d+(\.\d+)?", value)
            same = abs(number(shown) - float(value)) < 1e-9 if is_figure else shown == value
            if not same:
                found.append((key, column, shown, value))
    return found


def names(settlement: Settlement) -> dict[AreaCode, str]:
    return {area: f"Area {area}" for area in settlement.areas}


@pytest.fixture(scope="session")
def boards(england_places: Places) -> Settlement:
    """The packaged England by health board, in four years."""
    held = england_places.geographies["icb"].dominant(len(england_places.blocks))
    plan = AreaPlan.labelled(england_places.blocks.codes, held)
    return settle(plan, england_places, read_formula())


@pytest.fixture(scope="session")
def computed_by_office(
    tmp_path_factory: pytest.TempPathFactory, boards: Settlement, settlement: Settlement
) -> dict[str, Cells]:
    """Both settlements, and one whose floor a user has raised, computed by LibreOffice."""
    books = {
        "england": workbook(boards, names(boards)),
        "everything": workbook(settlement, names(settlement)),
    }
    with zipfile.ZipFile(io.BytesIO(books["everything"])) as old:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b"<v>-0.02</v>", b"<v>0.025</v>"))
    books["raised"] = content.getvalue()
    return recalculated(tmp_path_factory.mktemp("office"), books)


def test_recalculated_england_equals_the_tables_cell_for_cell(
    computed_by_office: dict[str, Cells], boards: Settlement
) -> None:
    wanted = due(boards)

    assert len(wanted) == 42 * 4 * 4
    assert unlike(computed_by_office["england"], wanted) == []


def test_recalculated_rules_of_every_kind_equal_the_tables(
    computed_by_office: dict[str, Cells], settlement: Settlement
) -> None:
    assert unlike(computed_by_office["everything"], due(settlement)) == []


def test_a_changed_floor_moves_the_amounts_of_this_year_and_the_next(
    computed_by_office: dict[str, Cells],
) -> None:
    before, after = computed_by_office["everything"], computed_by_office["raised"]
    for year in ("2026-27", "2027-28"):
        moved = [
            key for key in before if key[2] == year and before[key]["pence"] != after[key]["pence"]
        ]
        assert moved


def test_few_cells_of_england_are_not_live(boards: Settlement) -> None:
    """Sheets of health and three others; a doubtful cell says that it is written."""
    with zipfile.ZipFile(io.BytesIO(workbook(boards, names(boards)))) as book:
        sheets = [book.read(f"xl/worksheets/sheet{at}.xml").decode() for at in range(2, 6)]
        texts = book.read("xl/sharedStrings.xml").decode()
    formulas = sum(sheet.count("<f>") for sheet in sheets)

    assert formulas > 42 * 4 * 4 * 9
    assert "written, not computed" in texts
