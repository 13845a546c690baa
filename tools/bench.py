"""Measure the speed and quality of the main jobs, and write the tables into the documentation.

Run:   make bench
Out:   docs/reference/benchmarks.md, with the machine it was measured on.
Rule:  what is measured and its goal stand side by side; a goal that is missed is shown as it is.
"""

import os
import platform
from collections.abc import Iterable
from pathlib import Path

from tools import area_bench, funding_bench, peers, transition_bench
from tools.timing import Row

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/benchmarks.md"
HEAD = """\
# Benchmarks

Measured by `make bench` in one run on {machine}, {cores} cores, Python {python}. A short job is the
best of several runs after a warm-up. The goals are the project's own.
"""
TABLE = """
## {title}

| what | measured | goal |
|---|---|---|
"""


def main() -> None:
    """Measure, print and write."""
    machine = f"{platform.system()} {platform.machine()}"
    text = HEAD.format(machine=machine, cores=os.cpu_count(), python=platform.python_version())
    text += _table("Designing areas", area_bench.rows())
    text += _table("Areas beside other software, and many small blocks", peers.rows())
    text += _table("Sharing the money", funding_bench.rows())
    text += _table("The transition", transition_bench.rows())
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _table(title: str, rows: Iterable[Row]) -> str:
    lines = [TABLE.format(title=title), *(f"| {' | '.join(row)} |\n" for row in rows)]
    return "".join(lines)


if __name__ == "__main__":
    main()
