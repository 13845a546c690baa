"""What each cause adds, when only whole results can be computed, with and without it.

In:        a function that gives every area's pence for any set of causes at work.
Out:       whole pence by cause and area. Each area's terms sum to the difference that all
           causes make together, and each cause's terms to what it makes over all areas.
Rule:      in the order given; or the mean over every order (Shapley), which favours none.
Source:    Shapley 1953; the rounding keeps every sum of rows and columns (``two_way``).
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import factorial
from typing import Literal, get_args

from folkmoot.funding.two_way import round_table

Run = Callable[[frozenset[str]], tuple[int, ...]]
"""Pence by area with a set of causes at work; the empty set is where one starts."""
Method = Literal["order", "shapley"]
METHODS: tuple[Method, ...] = get_args(Method)


def attribute(run: Run, causes: Sequence[str], method: Method) -> tuple[tuple[int, ...], ...]:
    """Share a difference between its causes.

    Parameters
    ----------
    run : callable
        Called once for each set of causes that the method needs: as many as there are
        causes in order, 2 to that power by Shapley.
    causes : sequence of str
        In the order in which they are switched on.

    Returns
    -------
    tuple of tuples
        One row a cause, one column an area. Unit: pence.

    Examples
    --------
    Two causes that only work together are shared evenly by Shapley:

    >>> def run(at_work: frozenset[str]) -> tuple[int, ...]:
    ...     return (10, -10) if len(at_work) == 2 else (0, 0)
    >>> attribute(run, ("need", "pace"), "order")
    ((0, 0), (10, -10))
    >>> attribute(run, ("need", "pace"), "shapley")
    ((5, -5), (5, -5))
    """
    return _in_order(run, causes) if method == "order" else _shapley(run, causes)


def _in_order(run: Run, causes: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    results = [run(frozenset(causes[:on])) for on in range(len(causes) + 1)]
    return tuple(
        tuple(after - before for before, after in zip(*both, strict=True))
        for both in pairwise(results)
    )


def _shapley(run: Run, causes: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    if not causes:
        return ()
    results = {
        on: run(on)
        for size in range(len(causes) + 1)
        for on in map(frozenset, combinations(causes, size))
    }
    orders, n = factorial(len(causes)), len(causes)
    means = []
    for cause in causes:
        total = [0] * len(results[frozenset()])
        for on, before in results.items():
            if cause not in on:
                # In so many orders exactly these causes come before this one.
                weight = factorial(len(on)) * factorial(n - len(on) - 1)
                after = results[on | {cause}]
                for area, (less, more) in enumerate(zip(before, after, strict=True)):
                    total[area] += weight * (more - less)
        means.append([Fraction(one, orders) for one in total])
    return round_table(means)
