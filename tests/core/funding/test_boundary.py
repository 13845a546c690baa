"""Money moves with residents when areas change, and none is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.funding.boundary import Crosswalk
from folkmoot.funding.errors import SplitBlockError
from folkmoot.vocabulary.codes import HolderCode, StreamCode
from folkmoot.vocabulary.ledger import Ledger
from folkmoot.vocabulary.periods import FinancialYear

blocks = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.sampled_from("XYZ"), st.sampled_from("XVW"), st.integers(0, 10**6)),
    min_size=1,
)


@settings(max_examples=500)
@given(blocks, st.lists(st.integers(0, 10**13), min_size=3, max_size=3))
def test_what_moves_is_what_the_ledger_says_and_nothing_is_lost(
    placed: dict[str, tuple[str, str, int]], sums: list[int]
) -> None:
    walk = Crosswalk.of(
        {one: old for one, (old, _, _) in placed.items()},
        {one: new for one, (_, new, _) in placed.items()},
        {one: people for one, (_, _, people) in placed.items()},
    )
    had = dict(zip(walk.old, sums, strict=False))
    has = dict(zip(walk.new, walk.moved(list(had.values())), strict=True))
    lines = walk.entries(
        list(had.values()), stream=StreamCode("health"), year=FinancialYear(2026), reference="x"
    )
    balances = Ledger.of(lines).balances()

    assert sum(has.values()) == sum(had.values())
    for area in {*walk.old, *walk.new}:
        moved = balances.get(HolderCode(f"body-{area}"), 0)
        assert has.get(area, 0) == had.get(area, 0) + moved


def test_areas_that_stay_move_nothing() -> None:
    same = {"a": "X", "b": "Y"}
    walk = Crosswalk.of(same, same, {"a": 1, "b": 0})

    assert walk.is_same
    assert walk.moved([5, 7]) == (5, 7)
    assert not Crosswalk.of(same, {"a": "X", "b": "X"}, {"a": 1, "b": 0}).is_same


def test_plans_of_other_blocks_are_refused() -> None:
    with pytest.raises(SplitBlockError, match="c"):
        Crosswalk.of({"a": "X"}, {"a": "X", "c": "X"}, {"a": 1, "c": 1})
