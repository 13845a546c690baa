"""Money that waits for outcomes is released, pending or in the pot, and never lost."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.funding.errors import AttainmentError
from folkmoot.funding.outcome_share import outcome_share

MEASURES = ("work", "health", "skills")
RATIOS = st.fractions(0, 1, max_denominator=1000)


@given(
    st.integers(0, 10**13),
    st.integers(0, 10**13),
    st.fractions(0, Fraction(1, 4)),
    st.lists(st.fractions(Fraction(1, 10), 1), min_size=3, max_size=3),
    st.dictionaries(st.sampled_from(MEASURES), RATIOS),
)
def test_not_a_penny_is_lost(
    allocation: int,
    entitlement: int,
    share: Fraction,
    weights: list[Fraction],
    attainments: dict[str, Fraction],
) -> None:
    found = outcome_share(
        allocation,
        area="A01",
        entitlement=entitlement,
        share=share,
        weights=dict(zip(MEASURES, weights, strict=True)),
        attainments=attainments,
    )

    assert found.released + found.pending + found.stability_pot == found.at_risk
    assert found.allocation + found.pending + found.stability_pot == allocation
    assert min(found.released, found.pending, found.stability_pot) >= 0
    assert found.allocation >= min(allocation, entitlement)


def test_an_outcome_that_is_not_yet_assessed_is_no_penalty() -> None:
    weights = {"work": Fraction(1, 2), "health": Fraction(1, 2)}
    waiting = outcome_share(
        1000,
        area="A01",
        entitlement=400,
        share=Fraction(1, 10),
        weights=weights,
        attainments={"work": Fraction(1)},
    )

    assert (waiting.released, waiting.pending, waiting.stability_pot) == (30, 30, 0)


@pytest.mark.parametrize("attainments", [{"work": Fraction(2)}, {"sport": Fraction(1)}])
def test_an_attainment_that_cannot_be_is_refused(attainments: dict[str, Fraction]) -> None:
    with pytest.raises(AttainmentError, match="must lie from 0 to 1"):
        outcome_share(
            1000,
            area="A01",
            entitlement=0,
            share=Fraction(1, 10),
            weights={"work": Fraction(1)},
            attainments=attainments,
        )
