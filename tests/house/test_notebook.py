"""The notebook runs as it stands, and finds what the decision says."""

import json
from pathlib import Path
from runpy import run_path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs/tutorials/areas.ipynb"
CELLS = [
    cell
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code"
]


def test_every_cell_of_the_notebook_runs(tmp_path: Path) -> None:
    script = tmp_path / "areas.py"
    script.write_text("\n".join("".join(cell["source"]) for cell in CELLS), encoding="utf-8")
    namespace = run_path(str(script))
    assert namespace["found"].objective == pytest.approx(0.2316354687, abs=1e-9)
    assert 0 < namespace["after"].objective - namespace["before"].objective < 0.001


def test_the_notebook_is_kept_without_outputs() -> None:
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in CELLS)
