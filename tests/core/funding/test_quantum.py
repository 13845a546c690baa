"""What a stream shares in a year, and every line between that and the published sum."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.funding.errors import QuantumError
from folkmoot.funding.quantum import Line, LineKind, PublishedSum, check_published, quantum
from folkmoot.vocabulary.codes import StreamCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.source import Source

HEALTH = StreamCode("health")
SOURCE = Source(title="A report", publisher="Somebody", published="2017-11")
Y2016, Y2026, Y2027 = (FinancialYear(start) for start in (2016, 2026, 2027))


def published(pence: int, year: FinancialYear = Y2016) -> PublishedSum:
    return PublishedSum(
        first_day=year.first_day,
        last_day=year.last_day,
        pence=pence,
        half_width_pence=0,
        text="",
        checked="",
        source=SOURCE,
    )


def line(kind: LineKind, year: FinancialYear, *, pence: int = 0, growth: str = "0") -> Line:
    return Line(
        kind=kind, name=kind, year=year, growth=Fraction(growth), pence=pence, source=SOURCE
    )


def test_without_lines_each_year_shares_the_published_sum_and_says_in_which_pounds() -> None:
    found = quantum(HEALTH, Y2027, sums=[published(1000)])

    assert (found.pence, found.label) == (1000, "2016-17 pounds")
    assert quantum(HEALTH, Y2016, sums=[published(1000)]).label == ""


def test_growth_compounds_and_is_rounded_once_half_to_even() -> None:
    lines = [line("growth", Y2026, growth="0.5"), line("growth", Y2027, growth="0.5")]

    assert quantum(HEALTH, Y2026, sums=[published(5)], lines=lines).pence == 8
    assert quantum(HEALTH, Y2027, sums=[published(5)], lines=lines).pence == 11
    assert quantum(HEALTH, Y2027, sums=[published(5)], lines=lines).label == (
        "published for 2016-17, raised by declared growth"
    )


def test_growth_before_a_newer_published_sum_does_not_count_twice() -> None:
    sums = [published(100), published(300, Y2026)]
    lines = [line("growth", Y2026, growth="1"), line("growth", Y2027, growth="1")]

    assert quantum(HEALTH, Y2026, sums=sums, lines=lines).pence == 300
    assert quantum(HEALTH, Y2027, sums=sums, lines=lines).pence == 600


@given(st.lists(st.integers(0, 10**12), min_size=4, max_size=4), st.fractions(0, 1))
def test_what_is_shared_and_set_aside_makes_the_uplifted_sum(
    amounts: list[int], growth: Fraction
) -> None:
    kinds: tuple[LineKind, ...] = (
        "admin_saving",
        "national_top_slice",
        "contingency",
        "reinvested_saving",
    )
    lines = [line(kind, Y2026, pence=pence) for kind, pence in zip(kinds, amounts, strict=True)]
    lines.append(line("growth", Y2026, growth=str(growth)))
    found = quantum(HEALTH, Y2026, sums=[published(10**13)], lines=lines)

    assert found.uplifted == (
        found.pence
        + found.of_kind("national_top_slice")
        + found.of_kind("contingency")
        + found.of_kind("admin_saving")
        - found.of_kind("reinvested_saving")
    )


def test_a_line_counts_in_its_own_year_only() -> None:
    lines = [line("contingency", Y2026, pence=100)]

    assert quantum(HEALTH, Y2026, sums=[published(1000)], lines=lines).pence == 900
    assert quantum(HEALTH, Y2027, sums=[published(1000)], lines=lines).pence == 1000


def test_a_stream_without_a_usable_sum_is_refused() -> None:
    with pytest.raises(QuantumError, match="no sum is published for it or before it"):
        quantum(HEALTH, Y2026, sums=[published(1000, Y2027)])
    everything = [line("contingency", Y2026, pence=1000)]
    with pytest.raises(QuantumError, match="2026-27: nothing is left of it"):
        quantum(HEALTH, Y2026, sums=[published(1000)], lines=everything)


@pytest.mark.parametrize(
    ("sums", "problem"),
    [
        ([], "no sum is published"),
        ([published(0)], "the sum is 0p"),
        ([published(1), published(2)], "two sums hold on the same days"),
    ],
)
def test_published_sums_that_contradict_each_other_are_refused(
    sums: list[PublishedSum], problem: str
) -> None:
    with pytest.raises(QuantumError, match=problem):
        check_published(HEALTH, sums)


def test_a_sum_belongs_to_the_financial_year_in_which_it_begins() -> None:
    backwards = PublishedSum(
        first_day=date(2017, 3, 31),
        last_day=date(2017, 3, 30),
        pence=1,
        half_width_pence=0,
        text="",
        checked="",
        source=SOURCE,
    )

    assert backwards.year == Y2016
    with pytest.raises(QuantumError, match="its last day is before its first"):
        check_published(HEALTH, [backwards])
