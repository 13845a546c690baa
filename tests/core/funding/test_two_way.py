"""Rows and columns keep their sums; what cannot be is told as the set that it fails for."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from folkmoot.funding.certificate import Certificate
from folkmoot.funding.errors import MarginError
from folkmoot.funding.two_way import TightSet, block_totals, least_change, round_table

Table = list[list[int]]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, Table, Table, list[int], list[int]]:
    """Amounts, bounds, and totals, which need not be possible."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    cell = st.integers(0, 40)
    grid = st.lists(st.lists(cell, min_size=m, max_size=m), min_size=n, max_size=n)
    amounts, one, other, some = draw(grid), draw(grid), draw(grid), draw(grid)
    lower = [list(map(min, a, b)) for a, b in zip(one, other, strict=True)]
    upper = [list(map(max, a, b)) for a, b in zip(one, other, strict=True)]
    rows = [sum(row) for row in some]
    columns = [sum(column) for column in zip(*some, strict=True)]
    return amounts, lower, upper, rows, columns


def solved(
    amounts: Table, lower: Table, upper: Table, rows: list[int], columns: list[int]
) -> float | None:
    """The least change by linear programming; None where there is no table."""
    n, m = len(rows), len(columns)
    size = n * m
    eye = np.eye(size)
    wanted = np.array(amounts, dtype=float).ravel()
    sums = np.zeros((n + m, 2 * size))
    for at in range(size):
        sums[at // m, at] = sums[n + at % m, at] = 1
    found = linprog(
        np.concatenate([np.zeros(size), np.ones(size)]),
        A_ub=np.block([[eye, -eye], [-eye, -eye]]),
        b_ub=np.concatenate([wanted, -wanted]),
        A_eq=sums,
        b_eq=[*rows, *columns],
        bounds=[
            *zip(np.ravel(lower), np.ravel(upper), strict=True),
            *[(0, None)] * size,
        ],
    )
    return float(found.fun) if found.status == 0 else None


@settings(max_examples=500)
@given(tables())
def test_the_change_is_as_small_as_linear_programming_finds(
    case: tuple[Table, Table, Table, list[int], list[int]],
) -> None:
    amounts, lower, upper, rows, columns = case
    areas, streams = "ABCDE"[: len(rows)], "wxyz"[: len(columns)]
    found = least_change(
        amounts,
        lower=lower,
        upper=upper,
        area_totals=rows,
        stream_totals=columns,
        areas=areas,
        streams=streams,
    )
    best = solved(amounts, lower, upper, rows, columns)

    if isinstance(found, TightSet):
        assert best is None
        check_tight(found, lower, upper, rows, columns)
        return
    assert [sum(row) for row in found] == rows
    assert [sum(column) for column in zip(*found, strict=True)] == columns
    change = 0
    for row, a, low, high in zip(found, amounts, lower, upper, strict=True):
        for z, stood, least, most in zip(row, a, low, high, strict=True):
            assert least <= z <= most
            change += abs(z - stood)
    assert best == pytest.approx(change, abs=1e-6)


def check_tight(
    found: TightSet, lower: Table, upper: Table, rows: list[int], columns: list[int]
) -> None:
    """Every table gives its areas less than they need: no search is required to see it."""
    assert found.pence > 0
    assert found.sentence()
    if found.is_of_floors:
        promised = (
            [sum(row) for row in lower] if found.areas else list(map(sum, zip(*lower, strict=True)))
        )
        at = ("ABCDE" if found.areas else "wxyz").index((*found.areas, *found.streams)[0])
        assert found.needed == promised[at]
        assert found.available == (rows if found.areas else columns)[at]
        return
    inside = ["ABCDE".index(area) for area in found.areas]
    exhausted = ["wxyz".index(stream) for stream in found.streams]
    most = 0
    for column in range(len(columns)):
        if column in exhausted:
            others = [row for row in range(len(rows)) if row not in inside]
            most += columns[column] - sum(lower[row][column] for row in others)
        else:
            most += sum(upper[row][column] for row in inside)
    assert found.needed == sum(rows[row] for row in inside)
    assert found.available == most


def test_sums_far_beyond_32_bits_are_exact() -> None:
    big = 10**15 + 7
    found = least_change(
        [[big, 1], [1, big]],
        lower=[[0, 0], [0, 0]],
        upper=[[2 * big, 2 * big]] * 2,
        area_totals=[big + 11, big - 9],
        stream_totals=[big + 1, big + 1],
        areas="AB",
        streams="wx",
    )

    assert found == ((big, 11), (1, big - 10))


def test_areas_that_need_too_much_are_named_with_what_is_missing() -> None:
    found = least_change(
        [[5, 5], [5, 5]],
        lower=[[0, 0], [0, 0]],
        upper=[[5, 6], [9, 9]],
        area_totals=[14, 6],
        stream_totals=[10, 10],
        areas=("A01", "A02"),
        streams=("health", "skills"),
    )

    assert isinstance(found, TightSet)
    assert (found.areas, found.streams, found.pence) == (("A01",), (), 3)
    assert "A01 are to have £0.14 in all" in found.sentence()


def test_totals_that_differ_are_refused() -> None:
    with pytest.raises(MarginError, match="3p against 4p"):
        least_change(
            [[1]],
            lower=[[0]],
            upper=[[9]],
            area_totals=[3],
            stream_totals=[4],
            areas="A",
            streams="w",
        )


def test_an_area_s_whole_grant_keeps_its_floor() -> None:
    found = block_totals(
        [Fraction(60), Fraction(40)],
        least=[0, 45],
        lower=[[10, 10], [5, 5]],
        upper=[[100, 100], [100, 100]],
        quantum=100,
        codes="AB",
    )

    assert isinstance(found, Certificate)
    assert found.pence() == (55, 45)


@settings(max_examples=500)
@given(
    st.lists(
        st.lists(st.fractions(-50, 50, max_denominator=12), min_size=1, max_size=4),
        min_size=1,
        max_size=5,
    ).filter(lambda table: len({len(row) for row in table}) == 1)
)
def test_a_rounded_table_keeps_every_sum_and_no_cell_moves_by_a_penny(
    inner: list[list[Fraction]],
) -> None:
    """A last row and column are added that make the sums whole."""
    rows = [[*row, -sum(row)] for row in inner]
    table = [*rows, [-sum(column) for column in zip(*rows, strict=True)]]
    found = round_table(table)

    assert [sum(row) for row in found] == [0] * len(table)
    assert [sum(column) for column in zip(*found, strict=True)] == [0] * len(table[0])
    for row, exact in zip(found, table, strict=True):
        for cell, value in zip(row, exact, strict=True):
            assert abs(cell - value) < 1


def test_a_table_without_whole_sums_is_refused() -> None:
    with pytest.raises(MarginError):
        round_table([[Fraction(1, 2), Fraction(0)]])
