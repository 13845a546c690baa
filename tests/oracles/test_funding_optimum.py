"""Pace of change against a linear programme that somebody else's solver solves."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from folkmoot.funding.certificate import Certificate
from folkmoot.funding.pace_of_change import pace_of_change

AREAS = st.tuples(st.integers(10**6, 10**9), st.integers(-200, 200), st.integers(0, 300))
"""A target; how far last year's allocation is from it and the room above it, in thousandths."""


@settings(max_examples=60)
@given(st.lists(AREAS, min_size=2, max_size=38), st.fractions(0, 1, max_denominator=1000))
def test_no_allocation_inside_the_bounds_has_a_smaller_largest_distance(
    areas: list[tuple[int, int, int]], part: Fraction
) -> None:
    targets = [target for target, _, _ in areas]
    lower = [target * (1000 + off) // 1050 for target, off, _ in areas]
    upper = [
        least + target * room // 1000 for least, (target, _, room) in zip(lower, areas, strict=True)
    ]
    quantum = sum(lower) + int(part * (sum(upper) - sum(lower)))
    found = pace_of_change(
        quantum,
        [Fraction(target) for target in targets],
        lower=lower,
        upper=upper,
        codes=[f"{area:02d}" for area in range(len(areas))],
    )

    assert isinstance(found, Certificate)
    amounts = [
        min(max(found.level * target, Fraction(least)), Fraction(most))
        for target, least, most in zip(targets, lower, upper, strict=True)
    ]
    ours = max(abs(amount / target - 1) for amount, target in zip(amounts, targets, strict=True))
    assert abs(float(ours) - least_largest_distance(quantum, targets, lower, upper)) < 1e-12


def least_largest_distance(
    quantum: int, targets: list[int], lower: list[int], upper: list[int]
) -> float:
    """Minimise the largest distance from target by HiGHS, in parts of target."""
    scale = np.array(targets, dtype=float)
    n = len(targets)
    distance = np.hstack([np.eye(n), -np.ones((n, 1))])
    solved = linprog(
        np.eye(n + 1)[n],
        A_ub=np.vstack([distance, np.hstack([-np.eye(n), -np.ones((n, 1))])]),
        b_ub=np.concatenate([np.ones(n), -np.ones(n)]),
        A_eq=np.append(scale / quantum, 0)[None, :],
        b_eq=[1.0],
        bounds=[*zip(np.array(lower) / scale, np.array(upper) / scale, strict=True), (0, None)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    assert solved.success, solved.message
    return float(solved.fun)
