"""Measure the speed and quality of the main jobs, and write the tables into the documentation.

Run:   make bench, or python -m tools.bench SECTION ... for some sections alone
Out:   docs/reference/benchmarks.md; sections that were not run stay as they were.
Rule:  what is measured and its goal stand side by side, ours and a peer's in the same run; a
       goal that is missed is shown as it is.
"""

import os
import platform
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tools import (
    area_bench,
    funding_bench,
    overlap_bench,
    peers,
    review_bench,
    services_bench,
    transition_bench,
)
from tools.timing import Row

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/benchmarks.md"
HEAD = """\
# Benchmarks

`make bench` measures all of it, each section in one run, ours and a peer's side by side. A short
job is the best of several runs after a warm-up. The goals are the project's own.
"""
TABLE = """
## {title}

{machine}, {cores} cores, Python {python}.

| what | measured | goal |
|---|---|---|
"""
SECTIONS: Mapping[str, tuple[str, Callable[[], Iterable[Row]]]] = {
    "areas": ("Designing areas", area_bench.rows),
    "proofs": ("Every border, many plans, and a bound on all of them", area_bench.long_rows),
    "peers": ("Areas beside other software, and many small blocks", peers.rows),
    "funding": ("Sharing the money", funding_bench.rows),
    "services": ("Who does what, and who pays", services_bench.rows),
    "transition": ("How England gets there", transition_bench.rows),
    "overlap": ("Gaps and duplication", overlap_bench.rows),
    "review": ("Needs, outcomes and the lottery", review_bench.rows),
}


def main(wanted: Iterable[str]) -> None:
    """Measure the sections wanted, print as they come, and write the page."""
    wanted = list(wanted) or list(SECTIONS)
    unknown = sorted(set(wanted) - set(SECTIONS))
    if unknown:
        sys.exit(f"No such section: {', '.join(unknown)}. There are: {', '.join(SECTIONS)}.")
    kept = _kept(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    for name in wanted:
        title, rows = SECTIONS[name]
        kept[title] = _table(title, rows())
        tables = [kept[title] for title, _ in SECTIONS.values() if title in kept]
        PAGE.write_text(HEAD + "".join(tables), encoding="utf-8")


def _kept(page: str) -> dict[str, str]:
    """The sections of the page as it stands, by title."""
    parts = re.split(r"(?=^\n## )", page, flags=re.MULTILINE)[1:]
    return {part.split("\n")[1].removeprefix("## "): part for part in parts}


def _table(title: str, rows: Iterable[Row]) -> str:
    lines = [
        TABLE.format(
            title=title,
            machine=f"{platform.system()} {platform.machine()}",
            cores=os.cpu_count(),
            python=platform.python_version(),
        )
    ]
    for row in rows:
        lines.append(f"| {' | '.join(row)} |\n")
        print(lines[-1], end="", flush=True)
    return "".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
