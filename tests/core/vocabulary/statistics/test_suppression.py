"""Nobody works a hidden count out of what is shown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix
from folkmoot.vocabulary.statistics.errors import CountError, MissingValueError, ShapeError
from folkmoot.vocabulary.statistics.suppression import hidden_rates, suppress


def exposed(counts: FloatMatrix, hidden: BoolVector) -> list[tuple[int, ...]]:
    """What an adversary, who solves the margins knowing that no count is negative, finds out.

    Written apart from the code under test: a linear programme over the hidden figures. Every
    solution that differs from the truth in a figure clears that figure.
    """
    truth = np.zeros(hidden.shape)
    inner = tuple(slice(0, size) for size in counts.shape)
    truth[inner] = counts
    for axis in range(counts.ndim):
        total = [slice(None)] * counts.ndim
        total[axis] = slice(-1, None)
        rest = [slice(None)] * counts.ndim
        rest[axis] = slice(0, -1)
        truth[tuple(total)] = truth[tuple(rest)].sum(axis=axis, keepdims=True)
    unknown = [tuple(one) for one in np.argwhere(hidden).tolist()]
    sums = []
    for axis in range(counts.ndim):
        for line in np.ndindex(*(n for m, n in enumerate(hidden.shape) if m != axis)):
            row = np.zeros(hidden.shape)
            where: list[int | slice] = list(line)
            where.insert(axis, slice(None))
            row[tuple(where)] = 1.0
            where[axis] = -1
            row[tuple(where)] = -1.0
            sums.append(row)
    left = np.array([[row[cell] for cell in unknown] for row in sums])
    right = left @ np.array([truth[cell] for cell in unknown])
    in_doubt = set(range(len(unknown)))
    for number, sign in [(n, s) for n in range(len(unknown)) for s in (-1.0, 1.0)]:
        if number in in_doubt:
            aim = np.zeros(len(unknown))
            aim[number] = sign
            bounds = [(0.0, 10.0 * truth.sum() + 100.0)] * len(unknown)
            found = linprog(aim, A_eq=left, b_eq=right, bounds=bounds, method="highs")
            assert found.status == 0
            in_doubt -= {
                n for n, cell in enumerate(unknown) if abs(found.x[n] - truth[cell]) > 1e-6
            }
    return [unknown[n] for n in sorted(in_doubt)]


def test_an_adversary_finds_no_hidden_figure_of_a_thousand_tables() -> None:
    rng = np.random.default_rng(7)
    for _ in range(1000):
        shape = tuple(rng.integers(1, 7, size=2).tolist())
        scale = float(rng.choice([6.0, 15.0, 40.0]))
        counts = np.floor(rng.exponential(scale, size=shape)) * (rng.random(shape) > 0.2)

        found = suppress(counts)

        assert exposed(counts, found.hidden) == []


def test_an_adversary_finds_no_hidden_figure_of_a_list() -> None:
    rng = np.random.default_rng(8)
    for _ in range(200):
        counts = np.floor(rng.exponential(15.0, size=int(rng.integers(1, 8))))

        assert exposed(counts, suppress(counts).hidden) == []


def test_the_adversary_of_these_tests_does_find_a_count_that_is_hidden_alone() -> None:
    counts = np.array([[4.0, 20.0], [30.0, 40.0]])
    alone = np.zeros((3, 3), dtype=np.bool_)
    alone[0, 0] = True

    assert exposed(counts, alone) == [(0, 0)]


def test_a_bridge_between_two_rectangles_is_not_left_bare() -> None:
    """Two hidden figures in each row and column are not enough: the first rule of thumb fails."""
    counts = np.full((4, 4), 50.0)
    for cell in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)]:
        counts[cell] = 5.0

    found = suppress(counts)

    assert found.cells.sum() > 9
    assert exposed(counts, found.hidden) == []


tables = arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    elements=st.integers(0, 60).map(float),
)


@given(tables)
def test_every_small_count_is_hidden_and_nothing_where_there_is_none(counts: FloatMatrix) -> None:
    found = suppress(counts)

    small = (counts > 0) & (counts < 10)
    assert found.cells[small].all()
    assert (found.small <= found.hidden).all()
    assert found.hidden.any() == found.small.any()


@given(tables)
def test_a_turned_table_has_the_same_small_counts(counts: FloatMatrix) -> None:
    turned = suppress(counts.T).small

    assert (suppress(counts).small == turned.T).all()


def test_a_zero_is_shown_unless_it_is_asked_to_be_hidden() -> None:
    counts = [[0, 20, 30], [25, 11, 50]]

    assert not suppress(counts).hidden.any()
    assert suppress(counts, hide_zero=True).cells[0, 0]


def test_a_rate_is_hidden_if_few_have_it_or_few_have_it_not() -> None:
    assert hidden_rates([4, 50, 60, 40], [100, 90, 65, 90]).tolist() == [True, False, True, False]


def test_a_single_small_rate_takes_another_with_it_where_totals_would_tell() -> None:
    assert hidden_rates([5, 50, 60], [100, 120, 140]).sum() == 2


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ([[1.0, -2.0]], CountError),
        ([[1.0, float("nan")]], MissingValueError),
        ([[[1.0]]], ShapeError),
    ],
)
def test_what_is_no_table_of_counts_is_refused(table: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        suppress(table)  # type: ignore[arg-type] # the wrong input is the test
