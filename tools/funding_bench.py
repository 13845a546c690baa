"""Measure the sharing of money: speed, against goals.

In:        the packaged England, its merged health boards and the shipped formula.
Out:       rows for ``tools/bench.py``: what, measured, goal.
"""

from fractions import Fraction

from tools.timing import Row, fastest

from folkmoot import england
from folkmoot.areas.baselines import baselines
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.pace_of_change import pace_of_change
from folkmoot.funding.settlement import settle
from folkmoot.readers.criteria import read_criteria


def rows() -> list[Row]:
    """Every measure with its goal."""
    places = england.places()
    criteria = read_criteria(england.CRITERIA, places)
    plan = baselines(places, criteria)[-1].plan
    formula = read_formula(None)
    targets = tuple(Fraction(1000 + 37 * n, 7) for n in range(38))
    lower, upper = (
        tuple(int(target) // 2 for target in targets),
        tuple(int(target) * 2 for target in targets),
    )
    codes = tuple(f"A{n:02d}" for n in range(38))
    quantum = sum(int(target) for target in targets)

    def shared() -> object:
        return pace_of_change(quantum, targets, lower=lower, upper=upper, codes=codes)

    seconds = fastest(3, lambda: settle(plan, places, formula))
    return [
        ("settle four streams for four years", f"{seconds:.2f} s", "–"),
        (
            "pace of change, 38 areas, with its certificate",
            f"{fastest(50, shared) * 1e3:.2f} ms",
            "0.2 ms",
        ),
    ]
