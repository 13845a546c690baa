"""A difference is shared between its causes with nothing left over."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.funding.attribution import METHODS, Method, attribute

Results = Mapping[frozenset[str], tuple[int, ...]]


@st.composite
def games(draw: st.DrawFn) -> tuple[str, Results]:
    """For every set of causes whole pence by area, always of the same sum."""
    causes = "abcd"[: draw(st.integers(1, 4))]
    n = draw(st.integers(1, 4))
    results = {}
    for size in range(len(causes) + 1):
        for at_work in map(frozenset, combinations(causes, size)):
            some = draw(st.lists(st.integers(-100, 100), min_size=n - 1, max_size=n - 1))
            results[at_work] = (*some, 1000 - sum(some))
    return causes, results


@settings(max_examples=500)
@given(games(), st.sampled_from(METHODS))
def test_terms_close_for_every_area_and_cancel_over_all(
    game: tuple[str, Results], method: Method
) -> None:
    causes, results = game
    terms = attribute(results.__getitem__, causes, method)

    for area, (first, last) in enumerate(
        zip(results[frozenset()], results[frozenset(causes)], strict=True)
    ):
        assert sum(row[area] for row in terms) == last - first
    assert all(sum(row) == 0 for row in terms)


@settings(max_examples=200)
@given(games())
def test_shapley_is_the_mean_over_every_order_within_a_penny(game: tuple[str, Results]) -> None:
    causes, results = game
    orders = list(permutations(causes))
    terms = attribute(results.__getitem__, causes, "shapley")
    for row, cause in zip(terms, causes, strict=True):
        for area, found in enumerate(row):
            made = []
            for order in orders:
                before = frozenset(order[: order.index(cause)])
                made.append(results[before | {cause}][area] - results[before][area])
            assert abs(found - Fraction(sum(made), len(orders))) < 1


@pytest.mark.parametrize("method", METHODS)
def test_without_causes_there_is_nothing_to_share(method: Method) -> None:
    assert attribute({frozenset[str](): (5, 5)}.__getitem__, (), method) == ()
