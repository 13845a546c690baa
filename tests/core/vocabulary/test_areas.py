"""An area plan places every block once, and its codes do not depend on its labels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.errors import AreaPlanError

labels = st.lists(st.integers(0, 9), min_size=1, max_size=40)


def blocks(count: int) -> tuple[BlockCode, ...]:
    return tuple(BlockCode(f"b{number:03d}") for number in range(count))


@given(labels, st.permutations(range(10)))
def test_the_same_partition_gets_the_same_codes_whatever_its_labels(
    chosen: list[int], renamed: list[int]
) -> None:
    plan = AreaPlan.labelled(blocks(len(chosen)), np.array(chosen))
    other = AreaPlan.labelled(blocks(len(chosen)), np.array([renamed[label] for label in chosen]))

    assert plan.areas == other.areas
    assert plan.area_of.tolist() == other.area_of.tolist()
    assert plan.is_same_partition(other)


@given(labels)
def test_the_members_of_all_areas_are_all_blocks_once(chosen: list[int]) -> None:
    plan = AreaPlan.labelled(blocks(len(chosen)), np.array(chosen))

    members = [block for found in plan.members().values() for block in found]
    assert sorted(members) == list(plan.blocks)


def test_a_plan_cannot_be_changed_or_made_wrong() -> None:
    plan = AreaPlan.labelled(blocks(2), np.array([0, 1]))

    with pytest.raises(ValueError, match="read-only"):
        plan.area_of[0] = 1
    with pytest.raises(AreaPlanError, match="hold no block"):
        AreaPlan(blocks=plan.blocks, areas=plan.areas, area_of=np.array([0, 0]))
    with pytest.raises(AreaPlanError, match="holds no block"):
        AreaPlan.of({})
