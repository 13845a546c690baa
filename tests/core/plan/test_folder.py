"""A plan folder is written whole or not at all, and read back as it was written."""

from pathlib import Path

import pytest

from folkmoot.plan.errors import PlanFolderError
from folkmoot.plan.folder import read_plan, write_plan
from folkmoot.vocabulary.errors import OutputFolderError

FILES = {
    "areas.csv": "block,area\na,A01\n",
    "plan.json": '{"seed": 1}\n',
    "areas.geojson": '{"type": "FeatureCollection", "features": []}\n',
}


def nothing(_: Path) -> None:
    """Find no fault."""


def interrupt(_: Path) -> None:
    raise KeyboardInterrupt


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_plan(tmp_path / "plan", FILES, title="A plan", check=nothing)

    found = read_plan(tmp_path / "plan")

    assert found.record == {"seed": 1}
    assert found.tables == {"areas": ({"block": "a", "area": "A01"},)}


def test_the_same_texts_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_plan(tmp_path / name, FILES, title="A plan", check=nothing)

    one, two = (read_plan(tmp_path / name).sha256 for name in ("one", "two"))
    assert one == two


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_plan(tmp_path / "plan", FILES, title="A plan", check=interrupt)

    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_the_old_plan(tmp_path: Path) -> None:
    write_plan(tmp_path / "plan", FILES, title="A plan", check=nothing)
    with pytest.raises(KeyboardInterrupt):
        write_plan(
            tmp_path / "plan",
            FILES | {"plan.json": "{}"},
            title="A plan",
            check=interrupt,
            replace=True,
        )

    assert read_plan(tmp_path / "plan").record == {"seed": 1}


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")

    for replace in (False, True):
        with pytest.raises(OutputFolderError, match="is not empty"):
            write_plan(tmp_path, FILES, title="A plan", check=nothing, replace=replace)
    assert (tmp_path / "mine.txt").read_text() == "keep me"


def test_an_older_plan_is_replaced_only_when_asked(tmp_path: Path) -> None:
    write_plan(tmp_path / "plan", FILES, title="A plan", check=nothing)

    with pytest.raises(OutputFolderError):
        write_plan(tmp_path / "plan", FILES, title="A plan", check=nothing)
    write_plan(tmp_path / "plan", FILES, title="A plan", check=nothing, replace=True)


@pytest.mark.parametrize("name", [*FILES, "datapackage.json"])
def test_a_folder_with_a_file_missing_is_no_plan(tmp_path: Path, name: str) -> None:
    write_plan(tmp_path / "plan", FILES, title="A plan", check=nothing)
    (tmp_path / "plan" / name).unlink()

    with pytest.raises(PlanFolderError, match=name):
        read_plan(tmp_path / "plan")
