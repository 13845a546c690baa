"""Measure the speed and quality of the main job, and write the table into the documentation.

Run:   make bench
Out:   docs/reference/benchmarks.md, with the machine it was measured on.
Rule:  a figure is the best of several runs after a warm-up, so that a busy machine shows less.
"""

import os
import platform
from fractions import Fraction
from pathlib import Path

import numpy as np
from tools import peers

from folkmoot import england
from folkmoot.areas.baselines import baselines
from folkmoot.areas.conflicts import conflicts
from folkmoot.areas.design import design
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.pace_of_change import pace_of_change
from folkmoot.funding.settlement import settle
from folkmoot.geography.scores import score
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/benchmarks.md"
HEAD = """\
# Benchmarks

Measured by `make bench` on {machine}, {cores} cores, Python {python}. The best of several runs
after a warm-up; the goals are the project's own.

| what | measured | goal |
|---|---|---|
"""


def rows() -> list[tuple[str, str, str]]:
    """Every measure with its goal."""
    places = england.places()
    criteria = read_criteria(england.CRITERIA, places)
    formula = read_formula(None)

    def drawn() -> object:
        return design(places, criteria, rng=np.random.default_rng(1))

    found = design(places, criteria, rng=np.random.default_rng(1))
    merged = score(baselines(places, criteria)[-1].plan, places, criteria)
    ours = score(found.plan, places, criteria)
    targets = tuple(Fraction(1000 + 37 * n, 7) for n in range(38))
    bounds = tuple(int(target) // 2 for target in targets), tuple(int(t) * 2 for t in targets)
    codes = tuple(f"A{n:02d}" for n in range(38))
    quantum = sum(int(target) for target in targets)

    def shared() -> object:
        return pace_of_change(quantum, targets, lower=bounds[0], upper=bounds[1], codes=codes)

    gain = 1 - ours.objective / merged.objective
    proof = "proven" if found.proven else f"within {found.gap}"
    return [
        (
            "read the packaged England",
            f"{peers.fastest(3, lambda: read_places(england.FOLDER)):.2f} s",
            "–",
        ),
        ("design 38 areas over atoms", f"{peers.fastest(2, drawn):.1f} s", "≤ 10 s"),
        ("objective F of that design", f"{ours.objective:.6f}, {proof}", ".231635"),
        ("F of health boards merged to 38", f"{merged.objective:.6f}", ".24974"),
        ("F below the merged health boards", f"{gain:.1%}", "≥ 6.6%"),
        (
            "coterminosity cost, ours and merged boards",
            f"{ours.coterminosity:.4f}, {merged.coterminosity:.4f}",
            "no worse: not met without the cap",
        ),
        (
            "score a plan",
            f"{peers.fastest(20, lambda: score(found.plan, places, criteria)) * 1e3:.1f} ms",
            "≤ 50 ms",
        ),
        (
            "price every conflict",
            f"{peers.fastest(2, lambda: conflicts(found.plan, places, criteria)):.2f} s",
            "–",
        ),
        (
            "settle four streams for four years",
            f"{peers.fastest(3, lambda: settle(found.plan, places, formula)):.2f} s",
            "–",
        ),
        (
            "pace of change, 38 areas, certificate",
            f"{peers.fastest(50, shared) * 1e3:.2f} ms",
            "0.2 ms",
        ),
    ]


def main() -> None:
    """Measure, print and write."""
    machine = f"{platform.system()} {platform.machine()}"
    text = HEAD.format(
        machine=machine, cores=os.cpu_count(), python=platform.python_version()
    ) + "".join(f"| {' | '.join(row)} |\n" for row in [*rows(), *peers.rows()])
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
