"""A guarantee tops up exactly those who would lose, by the pace-of-change rule."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.funding.guarantee import Guarantee, guarantee
from folkmoot.funding.infeasible import Infeasible


@given(
    st.integers(0, 10**10),
    st.lists(st.tuples(st.integers(1, 1000), st.integers(-(10**9), 10**9)), min_size=1, max_size=8),
)
def test_nobody_ends_below_last_year_and_top_ups_are_least(
    spare: int, areas: list[tuple[int, int]]
) -> None:
    weights, changes = zip(*areas, strict=True)
    grant = spare + sum(max(0, -change) for change in changes)
    found = guarantee(
        grant,
        codes=[f"{area:02d}" for area in range(len(areas))],
        shares=[Fraction(weight, sum(weights)) for weight in weights],
        other_income_changes=changes,
    )

    assert isinstance(found, Guarantee)
    assert sum(found.totals) == grant
    for total, change in zip(found.totals, changes, strict=True):
        assert total + change >= 0
    if spare:
        assert found.shared + sum(found.top_ups) == grant
    for top_up, change, share in zip(
        found.top_ups, changes, found.certificate.targets, strict=True
    ):
        assert top_up == max(0, -change - share * found.shared)


def test_losses_beyond_the_grant_are_an_answer() -> None:
    found = guarantee(10, codes="AB", shares=(Fraction(1, 2),) * 2, other_income_changes=(-10, -1))

    assert isinstance(found, Infeasible)
    assert found.pence == 1
