"""What the repository contains: nothing of this machine, of a registry, or of others."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Written with brackets, so that this file does not name them either.
HOSTS = re.compile(r"py[p]i\.org|python[h]osted\.|npm[j]s\.|yarn[p]kg\.")


def tracked() -> list[Path]:
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    names = listed.stdout.decode().split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    return [
        (path, path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix not in {".gz", ".png"}
    ]


def test_no_file_names_a_package_registry() -> None:
    assert [path for path, text in texts() if HOSTS.search(text)] == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        for line in path.read_text().splitlines():
            if not line.startswith(" "):
                assert "==" in line, f"{path.name}: {line}"
        assert "--hash=sha256:" in path.read_text()


def test_no_minified_asset_is_kept() -> None:
    assert [path for path in tracked() if ".min." in path.name] == []


def test_every_decision_record_is_listed_and_has_its_four_parts() -> None:
    index = (ROOT / "docs/decisions/index.md").read_text()
    records = sorted((ROOT / "docs/decisions").glob("0*.md"))
    assert records
    for record in records:
        text = record.read_text()
        assert f"({record.name})" in index, record.name
        for part in ("## Context", "## Options", "## Decision", "## Consequences"):
            assert part in text, f"{record.name} lacks {part}"
