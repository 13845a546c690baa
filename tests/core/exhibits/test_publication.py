"""A published settlement is the same every time, and no digit of it can be changed unseen."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from folkmoot.exhibits.publication import publication, publish
from folkmoot.funding.errors import PublicationError
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.funding.verify import differences
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.places import Places

Files = dict[str, bytes]


def write(folder: Path, files: Files) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_the_folder_follows_from_itself(tmp_path: Path, published: Files) -> None:
    assert differences(write(tmp_path / "out", published)) == []


def test_the_same_settlement_gives_the_same_bytes(
    settlement: Settlement, country: Places, plan: AreaPlan, published: Files
) -> None:
    assert publication(settlement, plan=plan, places=country) == published


def test_nothing_in_the_folder_tells_when_it_was_made(published: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(published["settlement.xlsx"])) as book:
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-04-01T00:00:00Z" in book.read("docProps/core.xml")
    assert all(b"\r" not in one for name, one in published.items() if "xlsx" not in name)


def test_a_settlement_can_be_made_again_from_its_folder(
    tmp_path: Path, country: Places, plan: AreaPlan, published: Files
) -> None:
    """The formula in it is whole, so that what ships with folkmoot may change meanwhile."""
    folder = write(tmp_path / "out", published)
    formula = read_formula(folder / "parameters.toml")
    again = publication(settle(plan, country, formula), plan=plan, places=country)

    assert {name for name in published if again[name] != published[name]} == {
        "settlement.json",  # names the files that the formula was read from,
        "settlement.html",  # as does the page,
        "manifest.json",  # which moves these
    }


def test_a_folder_is_never_written_over(
    tmp_path: Path, settlement: Settlement, country: Places, plan: AreaPlan
) -> None:
    publish(settlement, tmp_path / "out", plan=plan, places=country)
    with pytest.raises(PublicationError, match="never edited"):
        publish(settlement, tmp_path / "out", plan=plan, places=country)


def test_every_table_and_sheet_says_what_is_modelled(published: Files) -> None:
    label = "modelled baseline, not actual spending"
    for name in ("settlement.csv", "settlement_detail.csv", "streams.csv", "ledger.csv"):
        assert all(label in line for line in published[name].decode().splitlines()[1:]), name
    page = published["settlement.html"].decode()
    for section in re.findall(r"<section.*?</section>", page, re.DOTALL)[:2]:
        assert label in section
    with zipfile.ZipFile(io.BytesIO(published["settlement.xlsx"])) as book:
        assert label in book.read("xl/sharedStrings.xml").decode()


def test_the_page_needs_nothing_else(published: Files) -> None:
    page = published["settlement.html"].decode()

    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!#)', page)
    for said in ("Formula everything", "Age in years", "settle --areas FOLDER/areas.csv"):
        assert said.replace("everything", "folkmoot-1 with everything.toml") in page


def forge(published: Files, name: str, content: bytes) -> Files:
    """Change a file and write the digests anew."""
    files = published | {name: content}
    manifest = json.loads(files["manifest.json"])
    manifest["files"][name] = hashlib.sha256(content).hexdigest()
    return files | {"manifest.json": json.dumps(manifest).encode()}


def places_of_digits(
    text: str, classes: Iterator[tuple[str, int, int]]
) -> Iterator[tuple[str, int]]:
    """First and last digit of the last figure of each class."""
    spans = {
        name: range(start, end) for name, start, end in classes if re.search(r"\d", text[start:end])
    }
    for name, span in spans.items():
        digits = [at for at in span if text[at].isdigit()]
        yield from ((name, at) for at in sorted({digits[0], digits[-1]}))


def cells_of_csv(text: str) -> Iterator[tuple[str, int, int]]:
    header, start = text.split("\n", 1)[0].split(","), len(text.split("\n", 1)[0]) + 1
    for line in text[start:].splitlines():
        cells = re.finditer(r'("[^"]*"|[^,]*)(,|$)', line)
        for column, cell in zip(header, cells, strict=False):
            yield column, start + cell.start(1), start + cell.end(1)
        start += len(line) + 1


def values_of_lines(text: str) -> Iterator[tuple[str, int, int]]:
    """JSON and TOML as they are written: a key or an item a line."""
    start = 0
    for line in text.splitlines(keepends=True):
        yield re.sub(r"\d", "#", line[:24]), start, start + len(line)
        start += len(line)


def cells_of_page(text: str) -> Iterator[tuple[str, int, int]]:
    """The figures of tables that say what they are of, by kind of row and column."""
    for table in re.finditer(r'<table data-of="(.*?)".*?</table>', text, re.DOTALL):
        for row in re.finditer(r"<tr data-key.*?</tr>", table[0]):
            for at, cell in enumerate(re.finditer(r"<t[hd][^>]*>(.*?)</t", row[0])):
                begin = table.start() + row.start()
                yield f"{table[1]} {at}", begin + cell.start(1), begin + cell.end(1)


def cells_of_sheet(text: str) -> Iterator[tuple[str, int, int]]:
    """Figures and formulas by column; texts are numbers of texts, and change what is said."""
    for cell in re.finditer(r'<c r="([A-Z]+)\d+"([^>]*)>(<f>.*?</f>)?<v>(.*?)</v>', text):
        if cell[3]:
            yield f"{cell[1]} formula", cell.start(3), cell.end(3)
        if 't="s' not in cell[2]:
            yield f"{cell[1]} value", cell.start(4), cell.end(4)


CLASSES = {"csv": cells_of_csv, "json": values_of_lines, "toml": values_of_lines}
CLASSES |= {"html": cells_of_page, "xml": cells_of_sheet}


def other(text: str, at: int) -> str:
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


@pytest.mark.parametrize(
    "name",
    [
        "areas.csv",
        "settlement.csv",
        "settlement_detail.csv",
        "streams.csv",
        "ledger.csv",
        "certificates.json",
        "settlement.json",
        "parameters.toml",
        "inputs.json",
        "settlement.html",
    ],
)
def test_a_changed_digit_is_seen_though_the_digests_are_forged(
    tmp_path: Path, published: Files, name: str
) -> None:
    text = published[name].decode()
    tried = list(places_of_digits(text, CLASSES[name.rpartition(".")[2]](text)))
    unseen = [
        (kind, text[max(at - 30, 0) : at + 10])
        for kind, at in tried
        if not is_refused(tmp_path / "out", forge(published, name, other(text, at).encode()))
    ]

    assert tried
    assert unseen == []


def test_a_changed_digit_in_the_workbook_is_seen(tmp_path: Path, published: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(published["settlement.xlsx"])) as book:
        parts = {one: book.read(one) for one in book.namelist()}
    unseen = []
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"):
        text = parts[sheet].decode()
        for kind, at in places_of_digits(text, cells_of_sheet(text)):
            content = io.BytesIO()
            with zipfile.ZipFile(content, "w") as book:
                for one, part in parts.items():
                    book.writestr(one, other(text, at) if one == sheet else part)
            files = forge(published, "settlement.xlsx", content.getvalue())
            if not is_refused(tmp_path / "out", files):
                unseen.append((sheet, kind, text[max(at - 60, 0) : at + 10]))

    assert unseen == []


@pytest.mark.parametrize("name", ["verify.py", "manifest.json", "settlement.xlsx"])
def test_any_changed_byte_is_seen_when_the_digests_are_not_forged(
    tmp_path: Path, published: Files, name: str
) -> None:
    content = published[name]
    at = content.index(b"3")
    assert is_refused(tmp_path, published | {name: content[:at] + b"4" + content[at + 1 :]})


def is_refused(folder: Path, files: Files) -> bool:
    """Whether the verifier finds a difference, or cannot read what it is given."""
    try:
        return bool(differences(write(folder, files)))
    except (ValueError, LookupError, TypeError, ArithmeticError):
        return True
