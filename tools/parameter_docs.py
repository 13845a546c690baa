"""Write docs/reference/parameters.md from the parameter files.

Run:   python tools/parameter_docs.py            writes the page
       python tools/parameter_docs.py --check    exit 1 when the page is not current
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARAMETERS = ROOT / "src/folkmoot/parameters"
PAGE = ROOT / "docs/reference/parameters.md"
HEAD = """\
# Parameters

Every value of policy or law that folkmoot ships with, the day from which it holds, and where it
comes from. A day or source that a table leaves out is that of the table around it, and for a stream
that of the shipped formula. Sentences, such as reasons, stand in the files beside the values
(`src/folkmoot/parameters/`). A formula file changes what concerns funding:
[how](../how-to/change-the-formula.md).

This page is made from the parameter files by `tools/parameter_docs.py`.
"""
TOLD_ELSEWHERE = ("source", "first_day", "title", "reason", "note")
PROSE = 80
"""Texts longer than this are sentences about a value, not one."""
FIRST = ("formula.toml", "streams", "profiles")
"""What concerns funding stands first."""
Table = Mapping[str, Any]
Row = tuple[str, str, str, str]


def page() -> str:
    """The whole page: a table a file."""
    parts, formula = [HEAD], _read(PARAMETERS / FIRST[0])["formula"]
    for path in sorted(PARAMETERS.rglob("*.toml"), key=_order):
        if path.name == "names.toml":
            continue  # words, not values
        is_formula = _order(path)[0] < len(FIRST)
        lines = [
            f"| {' | '.join(row)} |" for row in rows(_read(path), formula if is_formula else {})
        ]
        head = "| Parameter | Value | From | Source |\n|---|---|---|---|"
        name = path.relative_to(PARAMETERS).as_posix()
        parts.append(f"## {name}\n\n{head}\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _order(path: Path) -> tuple[int, str]:
    name = path.relative_to(PARAMETERS).as_posix()
    at = next((at for at, start in enumerate(FIRST) if name.startswith(start)), len(FIRST))
    return at, name


def _read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def rows(table: Table, around: Table) -> Iterator[Row]:
    """A row a value, in the order of the file; ``around`` gives a day and a source to all."""
    sources = {
        name: source for name, source in table.get("source", {}).items() if isinstance(source, dict)
    }
    day, source = str(around.get("first_day", "")), _source(around.get("source"), {})
    yield from _rows(table, "", day, source, sources)


def _rows(table: Table, name: str, day: str, source: str, sources: Table) -> Iterator[Row]:
    day = str(table.get("first_day", day))
    source = _source(table.get("source"), sources) or source
    for key, value in table.items():
        path = f"{name}.{key}" if name else key
        if key in TOLD_ELSEWHERE:
            continue
        if isinstance(value, dict):
            yield from _rows(value, path, day, source, sources)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, one in enumerate(value, 1):
                named = one.get("name", one.get("code", number))
                yield from _rows(one, f"{path}[{named}]", day, source, sources)
        elif len(shown := _shown(value)) <= PROSE:
            yield f"`{path}`", shown, day or "–", source or "–"


def _source(value: object, sources: Table) -> str:
    """A source in words: given whole, or by the name that its file gives it."""
    found = sources.get(value) if isinstance(value, str) else value
    if not isinstance(found, dict) or "title" not in found:
        return ""
    parts = (found.get("publisher"), found["title"], found.get("published"))
    return ", ".join(str(part) for part in parts if part).replace("|", "\\|")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
