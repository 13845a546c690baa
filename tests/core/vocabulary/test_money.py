"""Pence are shared without loss."""

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.vocabulary.money import WeightError, apportion

totals = st.integers(min_value=-(10**14), max_value=10**14)
need = st.lists(st.integers(0, 10**14), min_size=1, max_size=60).filter(any)
shares_of_need = st.lists(
    st.fractions(min_value=0, max_value=10**6, max_denominator=10**6), min_size=1, max_size=20
).filter(any)


@given(totals, need)
def test_apportion_shares_every_penny_and_no_area_is_a_penny_out(
    total: int, weights: list[int]
) -> None:
    shares = apportion(total, weights)

    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1


@given(totals, shares_of_need, st.integers(1, 10**9))
def test_scaling_all_weights_changes_nothing(
    total: int, weights: list[Fraction], factor: int
) -> None:
    assert apportion(total, weights) == apportion(total, [factor * w for w in weights])


@pytest.mark.parametrize(
    ("weights", "problem"),
    [((), "there are none"), ((0, 0), "all are zero"), ((1, -1), "number 2 is negative")],
)
def test_weights_that_share_nothing_are_refused(weights: tuple[int, ...], problem: str) -> None:
    with pytest.raises(WeightError, match=problem) as caught:
        apportion(100, weights)

    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes
