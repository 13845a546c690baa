"""What areas have before a settlement opens: modelled and labelled, or present spending."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.funding.baseline import MODELLED, modelled_baseline, spend_baseline
from folkmoot.funding.errors import BaselineError
from folkmoot.funding.streams import Spend
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.source import Source

OPENING = FinancialYear(2026)
SOURCE = Source(title="Accounts", publisher="Somebody", published="2025")


def spend(pence: dict[str, int], geography: str = "") -> Spend:
    return Spend(geography=geography, pence=pence, first_day=date(2025, 4, 1), source=SOURCE)


@given(
    st.integers(0, 10**13),
    st.lists(
        st.tuples(st.integers(0, 10**13), st.integers(1, 10**7)), min_size=1, max_size=8
    ).filter(lambda rows: any(need for need, _ in rows)),
)
def test_a_modelled_baseline_shares_the_quantum_and_carries_its_label(
    quantum: int, areas: list[tuple[int, int]]
) -> None:
    needs, people = zip(*areas, strict=True)
    found = modelled_baseline(
        quantum, previous_need=needs, population=people, need_weight=Fraction(3, 4)
    )

    assert sum(found.pence) == quantum
    assert found.is_modelled
    assert found.label == MODELLED


def test_spending_by_block_is_added_up_by_area(country: Places, rows_plan: AreaPlan) -> None:
    by_block = spend({code: 10**n for n, code in enumerate("abcdefghi")})
    found = spend_baseline("health", by_block, plan=rows_plan, places=country, opening=OPENING)

    assert dict(zip(rows_plan.areas, found.pence, strict=True)) == {
        "N": 111,
        "M": 111_000,
        "S": 111_000_000,
    }
    assert not found.is_modelled
    assert found.label == ""


def test_spending_of_bodies_follows_their_residents_and_loses_no_penny(
    country: Places, rows_plan: AreaPlan
) -> None:
    by_body = spend({"west": 100, "centre": 200, "east": 301}, geography="economy")
    found = spend_baseline("health", by_body, plan=rows_plan, places=country, opening=OPENING)

    assert sum(found.pence) == 601
    assert dict(zip(rows_plan.areas, found.pence, strict=True)) == {"M": 202, "N": 200, "S": 199}


@pytest.mark.parametrize(
    ("given_spend", "problem"),
    [
        (spend({"x": 1}, geography="economy"), "names codes that the package lacks"),
        (spend({"west": 1}, geography="economy"), "gives nothing for: centre, east"),
        (spend({"west": -1, "centre": 1, "east": 1}, geography="economy"), "negative for: west"),
        (spend({"west": 0, "centre": 0, "east": 0}, geography="economy"), "is nothing anywhere"),
        (replace(spend({}), first_day=date(2026, 4, 1)), "begins on 2026-04-01, when the"),
        (spend({"west": 1}, geography="parish"), "by 'parish', which the package lacks"),
    ],
)
def test_spending_that_cannot_open_a_settlement_is_refused(
    country: Places, rows_plan: AreaPlan, given_spend: Spend, problem: str
) -> None:
    with pytest.raises(BaselineError, match=problem):
        spend_baseline("health", given_spend, plan=rows_plan, places=country, opening=OPENING)
