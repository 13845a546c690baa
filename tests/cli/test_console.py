"""The manners of every command: tables, JSON, progress, and files written whole."""

import json
import sys
from pathlib import Path

import pytest

from folkmoot.cli.console import check_free, csv_text, print_json, progress_line, table, write
from folkmoot.cli.errors import OutputFileError
from folkmoot.readers.tables import Faults, parse_table
from folkmoot.vocabulary.errors import Fault


def test_a_file_is_not_replaced_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("kept", encoding="utf-8")

    with pytest.raises(OutputFileError, match=r"is there already, .* add --force"):
        write(path, "new")
    assert path.read_text(encoding="utf-8") == "kept"

    write(path, "new", force=True)
    assert path.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize(
    ("name", "problem"), [(".", "is a folder"), ("none/areas.csv", "folder that is not there")]
)
def test_a_place_that_cannot_be_written_is_refused_before_work(
    tmp_path: Path, name: str, problem: str
) -> None:
    with pytest.raises(OutputFileError, match=problem):
        check_free(tmp_path / name, force=True)


def test_an_interrupt_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("kept", encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(path, "new", force=True)

    assert [one.name for one in tmp_path.iterdir()] == ["areas.csv"]
    assert path.read_text(encoding="utf-8") == "kept"


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(OutputFileError, match=r"cannot be written \(No space left on device\)"):
        write(tmp_path / "areas.csv", "new")
    assert list(tmp_path.iterdir()) == []


def test_lines_end_alike_on_every_system(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", csv_text(("block", "name"), [("E1", "Ash, near Elm"), ("E2", "é")]))

    assert (tmp_path / "a.csv").read_bytes() == 'block,name\nE1,"Ash, near Elm"\nE2,é\n'.encode()


def test_a_table_of_nothing_is_its_header() -> None:
    assert table(("area", "people"), []).splitlines() == ["  area  people", "  ────  ──────"]


def test_csv_text_is_read_back_by_our_own_reader() -> None:
    text = csv_text(("block", "area"), [("E1", 'A "01"'), ("E2", "A\n02")])

    read = parse_table(text, "areas.csv", Faults())

    assert read is not None
    assert read.columns == {"block": ["E1", "E2"], "area": ['A "01"', "A\n02"]}


def test_values_are_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"faults": (Fault(file="a.csv", row=2, problem="é.", mend="Mend it."),)})

    assert json.loads(capsys.readouterr().out) == {
        "faults": [{"file": "a.csv", "row": 2, "column": None, "problem": "é.", "mend": "Mend it."}]
    }


def test_in_a_log_each_stage_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_line() as progress:
        progress("Counting 1,000 areas", 0.0)
        progress("Counting 2,000 areas", 0.5)
        progress("Choosing", 0.9)

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "Counting 1,000 areas …\nChoosing …\n"


def test_on_a_terminal_one_line_is_rewritten_and_cleared(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    with progress_line() as progress:
        progress("Counting", 0.25)
        progress("Counting", 1.0)

    told = capsys.readouterr().err
    assert "25%  Counting" in told
    assert "100%  Counting" in told
    assert "\n" not in told
    assert told.endswith("\r\x1b[2K")
