"""Differences between regions, mixes, and the source papers' claims reckoned again."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from folkmoot.outcomes.claims import check_claims, claims
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.regions import measured_extremes, mix_ratio, regional_variation
from folkmoot.vocabulary.statistics.errors import CountError, EmptyInputError, ShapeError

tables = st.lists(
    st.tuples(st.integers(1, 90), st.integers(91, 900), st.sampled_from("ABCDEFG")),
    min_size=7,
    max_size=30,
)


@given(tables)
def test_homogeneity_is_pearsons_and_the_parts_of_variation_are_plain(
    rows: list[tuple[int, int, str]],
) -> None:
    x, n = (np.array([row[at] for row in rows], dtype=float) for at in (0, 1))
    regions = [row[2] for row in rows]
    found = regional_variation(x, n, regions, kind="proportion")
    yes = np.array([x[[one == r for one in regions]].sum() for r in found.regions])
    of = np.array([n[[one == r for one in regions]].sum() for r in found.regions])
    if len(found.regions) > 1:
        theirs = chi2_contingency(np.stack([yes, of - yes]), correction=False)
        assert found.chi_squared == pytest.approx(theirs.statistic, rel=1e-9)
        assert found.p == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-12)
    mean = x.sum() / n.sum()
    between = (of * (yes / of - mean) ** 2).sum()
    whole = (n * (x / n - mean) ** 2).sum()
    if whole > 1e-12:
        assert found.between == pytest.approx(between / whole, rel=1e-9, abs=1e-12)
    assert found.values.value == pytest.approx(yes / of)
    assert (found.tau is None) == (len(found.regions) < 5)


def test_the_highest_over_the_lowest_has_its_interval_and_a_smaller_shrunken_ratio() -> None:
    x, n = [30, 45, 52, 61, 80, 20], [300, 350, 400, 420, 500, 260]
    found = regional_variation(x, n, list("ABCDEF"), kind="proportion").extremes
    ratio = (80 / 500) / (20 / 260)
    apart = 1.959963984540054 * sqrt(1 / 80 + 1 / 20 - 1 / 500 - 1 / 260)

    assert (found.highest, found.lowest) == ("E", "F")
    assert found.ratio == pytest.approx(ratio)
    assert found.lower == pytest.approx(exp(log(ratio) - apart))
    assert found.upper == pytest.approx(exp(log(ratio) + apart))
    assert found.shrunken is not None
    assert 1 <= found.shrunken <= ratio


def test_a_region_without_events_has_no_limits_of_the_ratio() -> None:
    found = regional_variation([0, 5, 6], [50, 50, 50], list("ABC"), kind="rate of counts").extremes

    assert found.lower is None
    assert found.ratio == float("inf")


def test_measured_extremes_are_refused_where_a_ratio_means_nothing() -> None:
    with pytest.raises(EmptyInputError):
        measured_extremes(["A", "B"], [-0.1, 2.0], [-0.2, 1.0], [0.1, 3.0])
    with pytest.raises(ShapeError):
        regional_variation([1, 2], [5, 5], ["A"], kind="proportion")


@given(st.lists(st.lists(st.integers(1, 500), min_size=3, max_size=3), min_size=2, max_size=6))
def test_a_mix_is_a_share_of_the_total_over_another(rows: list[list[int]]) -> None:
    x = np.array(rows, dtype=float)
    found = mix_ratio(x, row=0, other=1, column=2)
    shares = x[:, 2] / x.sum(axis=1)

    assert found.ratio == pytest.approx(shares[0] / shares[1])
    assert found.quotient == pytest.approx(shares[0] / (x[:, 2].sum() / x.sum()))
    back = mix_ratio(x, row=1, other=0, column=2)
    assert found.ratio * back.ratio == pytest.approx(1.0)


def test_an_empty_row_column_or_negative_count_of_a_mix_is_refused() -> None:
    with pytest.raises(EmptyInputError, match="'row 1'"):
        mix_ratio([[1, 2], [0, 0]], row=0, other=1, column=0)
    with pytest.raises(EmptyInputError, match="'column 0'"):
        mix_ratio([[0, 2], [0, 3]], row=0, other=1, column=0)
    with pytest.raises(CountError):
        mix_ratio([[-1, 2], [1, 3]], row=0, other=1, column=0)


def test_claims_are_reckoned_where_data_allow_and_say_why_where_they_do_not(
    ground: Ground,
) -> None:
    found = {one.claim.code: one for one in check_claims(ground)}
    deaths, smoking = found["preventable-deaths"].extremes, found["smoking"].extremes
    assert deaths is not None
    assert smoking is not None
    by = ground.published.rows["cardiovascular-mortality-persons-aged-under-75"]["2022-01-01/P3Y"]
    values = [ground.published.table.value[by[code]] for code in ("E12000001", "E12000008")]

    assert deaths.ratio == pytest.approx(values[0] / values[1])
    assert deaths.shrunken is None
    assert deaths.lower is not None
    assert deaths.upper is not None
    assert deaths.lower < deaths.ratio < deaths.upper
    assert found["smoking"].areas == 291
    assert smoking.shrunken is not None
    assert smoking.shrunken < smoking.ratio
    none = [one for one in found.values() if one.extremes is None]
    assert {one.claim.code for one in none} == {
        "finance-jobs", "manufacturing-jobs", "drug-offences", "resettlement",
    }  # fmt: skip
    assert all(one.note and one.source for one in claims())
