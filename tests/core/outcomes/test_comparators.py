"""Benchmarks, fifths and neighbours: words, laws and refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outcomes.benchmark import SIGNS, Polarity, fifths, verdicts
from folkmoot.outcomes.errors import ConstantFeatureError
from folkmoot.outcomes.neighbours import neighbours
from folkmoot.vocabulary.statistics.errors import ShapeError, TooFewAreasError

features = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-50, 50), min_size=width, max_size=width), min_size=4, max_size=12
    )
)


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        ("higher_is_better", ("much better", "better", "similar", "worse", "much worse")),
        ("lower_is_better", ("much worse", "worse", "similar", "better", "much better")),
        ("none", ("much higher", "higher", "similar", "lower", "much lower")),
    ],
)
def test_a_verdict_goes_by_the_interval_and_by_which_way_is_better(
    polarity: Polarity, words: tuple[str, ...]
) -> None:
    middle = np.array([9.0, 7.0, 5.0, 3.0, 1.0])
    near, far = np.full(5, 1.0), np.full(5, 2.5)
    found = verdicts(
        middle - near, middle + near, middle - far, middle + far, benchmark=5.0,
        polarity=polarity,
    )  # fmt: skip

    assert found == words
    assert all(SIGNS[word] for word in found)


def test_a_missing_limit_is_not_compared() -> None:
    found = verdicts(
        [np.nan, 1.0], [3.0, np.nan], [0.0, 0.0], [4.0, 4.0], benchmark=2.0, polarity="none"
    )

    assert found == ("not compared", "not compared")


@given(st.lists(st.integers(0, 30), min_size=20, max_size=80))
def test_fifths_keep_order_and_ties_go_to_the_lower(values: list[int]) -> None:
    found = fifths(np.array(values, dtype=float))
    for one, other in zip(found, values, strict=True):
        below = sum(value < other for value in values)
        assert one == below * 5 // len(values) + 1
    assert set(found.tolist()) <= {1, 2, 3, 4, 5}


def test_fifths_of_few_areas_are_refused() -> None:
    with pytest.raises(TooFewAreasError, match="at least 20 areas, and there are 19"):
        fifths(np.arange(19.0))


@given(features)
def test_neighbours_are_near_both_ways_and_whatever_the_unit(rows: list[list[int]]) -> None:
    x = np.array(rows, dtype=float)
    x = x[:, np.ptp(x, axis=0) > 0]
    if not x.shape[1]:
        return
    areas = [f"A{n:02d}" for n in range(len(x))]
    names = [f"f{n}" for n in range(x.shape[1])]
    found = neighbours(x, areas, names, k=len(x) - 1)
    scaled = neighbours(1000 * x + 7, areas, names, k=len(x) - 1)
    far = {(area, one.area): one.distance for area, near in found.items() for one in near}

    assert all(far[pair] == pytest.approx(far[pair[::-1]]) for pair in far)
    assert all(area not in {one.area for one in near} for area, near in found.items())
    for area, near in found.items():
        assert [one.distance for one in near] == sorted(one.distance for one in near)
        assert [one.distance for one in scaled[area]] == pytest.approx(
            [one.distance for one in near], abs=1e-9
        )


def test_a_tie_goes_by_code_and_a_difference_is_named() -> None:
    found = neighbours(
        [[0.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [0.0, 9.0]], ["B", "C", "A", "D"], ["x", "y"], k=2
    )

    assert [one.area for one in found["B"]] == ["A", "C"]
    assert found["D"][0].differs_most[0] == "y"


def test_a_weight_of_nothing_leaves_a_feature_out() -> None:
    x = np.random.default_rng(1).normal(size=(8, 3))
    areas, names = [f"A{n}" for n in range(8)], ["x", "y", "z"]
    with_two = neighbours(x[:, :2], areas, names[:2], k=3)
    weighed = neighbours(x, areas, names, k=3, weights=[1, 1, 0])

    assert {a: [o.area for o in near] for a, near in weighed.items()} == {
        a: [o.area for o in near] for a, near in with_two.items()
    }


def test_what_cannot_be_compared_is_refused() -> None:
    x = [[1.0, 2.0], [1.0, 3.0], [1.0, 4.0]]
    with pytest.raises(ConstantFeatureError, match="alike in x"):
        neighbours(x, ["A", "B", "C"], ["x", "y"], k=1)
    with pytest.raises(TooFewAreasError):
        neighbours(x, ["A", "B", "C"], ["x", "y"], k=3)
    with pytest.raises(ShapeError):
        neighbours(x, ["A", "B"], ["x", "y"], k=1)
