"""Errors own their words and survive a worker process."""

import pickle
from fractions import Fraction
from pathlib import Path

import pytest

from folkmoot.funding.errors import (
    AttainmentError,
    BaselineError,
    BoundsError,
    CellError,
    CoverageError,
    CoverageGap,
    FormulaError,
    FundingError,
    InfeasibleError,
    NeedDataError,
    NeedError,
    ProfileError,
    PublicationError,
    QuantumError,
    SplitBlockError,
    ZeroNeedError,
)
from folkmoot.funding.infeasible import Infeasible

GAP = CoverageGap(
    indicator="no-qualifications-great-britain",
    people="residents aged 16 to 64",
    missing=55,
    blocks=296,
    share=Fraction(113, 1000),
    limit=Fraction(5, 100),
)
ERRORS = [
    QuantumError("health", "2026-27", "the sum is 0p"),
    FormulaError("folkmoot-1", ["one", "two"]),
    NeedError("young", "a", "negative"),
    ZeroNeedError(),
    NeedDataError("health-core-1", "2026-27", ["2023-24"]),
    ProfileError("skills-1", "is odd", "Mend it."),
    CoverageError("skills-1", GAP),
    BaselineError("health", "is nothing anywhere"),
    BoundsError("A01", "2p", "1p"),
    AttainmentError("A01", "work", "2"),
    SplitBlockError("england", [f"E{number}" for number in range(12)]),
    CellError("area", "X", ["A01"]),
    InfeasibleError(
        "health", "2026-27", Infeasible(kind="floors_exceed_quantum", pence=11, costliest=())
    ),
    PublicationError(Path("out"), "is not empty", "Name another."),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_keeps_its_words_in_another_process(error: FundingError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert type(again) is type(error)
    assert str(again) == str(error)


def test_the_coverage_error_says_what_where_why_and_how() -> None:
    assert str(CoverageError("skills-1", GAP)) == (
        "Profile 'skills-1' uses 'no-qualifications-great-britain', which has no value for 55 of "
        "296 blocks (11.3% of residents aged 16 to 64; the limit is 5%). Shares built on it would "
        "rest on guesses. Choose another indicator, or raise 'coverage_limit' with a reason."
    )


def test_a_long_list_of_blocks_is_cut_and_counted() -> None:
    assert "E9 and 2 more." in str(SplitBlockError("x", [f"E{number}" for number in range(12)]))
