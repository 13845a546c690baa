"""Areas met on the way are kept once each, and a better plan may be made of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.areas.met import Met
from folkmoot.vocabulary.arrays import IntVector

labels = st.lists(st.integers(0, 3), min_size=9, max_size=9).map(
    lambda found: np.unique(found, return_inverse=True)[1]
)


def cost_of(area: IntVector) -> float:
    """Some figure that follows from an area's members."""
    return float(np.sqrt(area.sum()))


@given(st.lists(labels, min_size=1, max_size=6), st.data())
def test_each_area_within_the_bounds_stands_once_whatever_the_order(
    plans: list[IntVector], data: st.DataObject
) -> None:
    people = np.arange(1, 10)

    def met(in_order: list[IntVector]) -> Met:
        found = Met(people, (5, 20))
        for plan in in_order:
            areas = [np.flatnonzero(plan == area) for area in range(plan.max() + 1)]
            found.note(plan, np.array([cost_of(area) for area in areas]))
        return found

    expected = {
        frozenset(np.flatnonzero(plan == area).tolist())
        for plan in plans
        for area in range(plan.max() + 1)
        if 5 <= people[plan == area].sum() <= 20
    }

    one = met(plans).columns()
    other = met(data.draw(st.permutations(plans))).columns()

    assert {frozenset(one.of(n).tolist()) for n in range(len(one))} == expected
    assert len(one) == len(expected) == len(met(plans))
    assert one.costs.tolist() == [cost_of(one.of(n)) for n in range(len(one))]
    assert one.members.tolist() == other.members.tolist()
