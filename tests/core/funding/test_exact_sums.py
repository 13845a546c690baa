"""Sums by group equal ``math.fsum``, whatever the order and the size of the figures."""

from math import fsum, inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.funding.exact_sums import exact_sums

people = st.floats(0, 1e6)
anything = st.floats(-1e300, 1e300)
columns = st.lists(people, min_size=1, max_size=30) | st.lists(anything, min_size=1, max_size=8)


@given(columns, st.data())
@settings(max_examples=300)
def test_every_sum_equals_fsum(column: list[float], data: st.DataObject) -> None:
    rows = st.integers(0, len(column) - 1)
    groups = data.draw(st.lists(st.lists(rows, max_size=40), max_size=4))
    figures = np.array([[one, one / 3] for one in column])

    sums = exact_sums(figures, groups)

    assert sums.shape == (len(groups), 2)
    for row, group in zip(sums.tolist(), groups, strict=True):
        assert row == [fsum(figures[group, 0]), fsum(figures[group, 1])]


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1.0, 1e3, 1e9])
def test_the_unit_does_not_matter(scale: float) -> None:
    figures = np.random.default_rng(1).lognormal(9, 2, (7000, 2)) * scale
    groups = [range(0, 7000, step) for step in (1, 2, 7, 13)]

    assert exact_sums(figures, groups).tolist() == [
        [fsum(column) for column in figures[list(group)].T.tolist()] for group in groups
    ]


def test_a_figure_just_below_nothing_is_not_lost() -> None:
    assert exact_sums(np.array([[-1e-30], [0.0]]), [(0, 1)]).tolist() == [[-1e-30]]


def test_a_sum_of_what_is_no_number_is_none() -> None:
    sums = exact_sums(np.array([[1.0], [nan], [inf]]), [(0,), (1,), (2,)])

    assert sums[0, 0] == 1
    assert isnan(sums[1, 0])
    assert sums[2, 0] == inf
