"""Whether one ranking follows another, by every order."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from folkmoot.vocabulary.statistics.errors import EmptyInputError, TooFewAreasError
from folkmoot.vocabulary.statistics.rank_correlation import spearman

RNG = np.random.default_rng(1)
values = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=5, max_size=7).filter(
    lambda rows: all(len({row[side] for row in rows}) > 1 for side in (0, 1))
)


@given(values)
def test_scipy_gives_the_same_correlation_and_plain_loops_the_same_chance(
    rows: list[tuple[int, int]],
) -> None:
    first, second = zip(*rows, strict=True)

    found = spearman(first, second, rng=RNG)

    assert found.rho == pytest.approx(float(spearmanr(first, second).statistic), abs=1e-12)
    if len(rows) == 5:
        others = [float(spearmanr(order, second).statistic) for order in permutations(first)]
        as_far = sum(abs(one) >= abs(found.rho) - 1e-9 for one in others)
        assert found.p == pytest.approx(as_far / len(others))
    assert found.is_exact


def test_nine_regions_need_a_correlation_of_seven_tenths() -> None:
    """Published tables of the exact test: two-sided 0.05, nine pairs, 0.700."""
    found = spearman(range(9), [1, 0, 3, 2, 5, 4, 7, 6, 8], rng=RNG)

    assert found.orders == 362_880
    assert found.critical == pytest.approx(0.7)
    assert found.critical_p == pytest.approx(0.0433, abs=5e-5)


def test_more_than_nine_are_drawn_and_one_seed_gives_one_answer() -> None:
    first, second = np.arange(12.0), np.arange(12.0)[::-1] % 7
    again = [spearman(first, second, rng=np.random.default_rng(3)) for _ in range(2)]

    assert again[0] == again[1]
    assert not again[0].is_exact
    assert again[0].p == pytest.approx(float(spearmanr(first, second).pvalue), abs=0.02)


def test_few_or_equal_things_are_refused() -> None:
    with pytest.raises(TooFewAreasError, match="at least 5 areas, and there are 4"):
        spearman(range(4), range(4), rng=RNG)
    with pytest.raises(EmptyInputError):
        spearman([1] * 5, range(5), rng=RNG)
