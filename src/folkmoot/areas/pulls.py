"""Where existing geographies pull each block.

In:        an area plan, places and criteria.
Out:       the area to which a role pulls each block; the blocks that are misplaced.
Rule:      a geography pulls a block to the area of the plan that holds most people of the
           geography's area in which most of the block lives. Geographies of one role vote
           by weight; at a tie the block stays where it is, or else follows the first in
           the criteria.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.criteria import Criteria, GeographyCriterion, Role
from folkmoot.vocabulary.places import Geography, Places

NOWHERE = -1
"""The pull on a block that is outside a geography, or in an area of it without people."""


def pulls(plan: AreaPlan, places: Places, geography: Geography) -> IntVector:
    """The area of the plan to which one geography pulls each block.

    Returns
    -------
    array of shape (n_blocks,)
        Positions in ``plan.areas``; -1 where the block is outside the geography. When
        two areas hold as many people, the one with the lower code pulls.
    """
    table = places.contingency(geography, plan.area_of, len(plan.areas))
    holders = np.where(table.any(axis=0), table.argmax(axis=0), NOWHERE)
    home = geography.dominant(len(places.blocks))
    return np.where(home >= 0, holders[home], NOWHERE)


def role_pulls(plan: AreaPlan, places: Places, criteria: Criteria, role: Role) -> IntVector | None:
    """The area of the plan to which the geographies of one role together pull each block.

    Returns
    -------
    array of shape (n_blocks,) or None
        As ``pulls``. None when the criteria give no geography of this role a weight.
    """
    voters = [wanted for wanted in criteria.by_role(role) if wanted.weight > 0]
    if not voters:
        return None
    pulled = np.array([pulls(plan, places, places.geographies[one.name]) for one in voters])
    weights = np.array([one.weight for one in voters])
    votes = np.array([weights @ (pulled == choice) for choice in pulled])
    votes[pulled == NOWHERE] = 0.0
    is_most = np.isclose(votes, votes.max(axis=0))
    # The first of the most voted wins; where the block is now goes before all others.
    rank = is_most * (1 + (pulled == plan.area_of))
    strongest: IntVector = pulled[rank.argmax(axis=0), np.arange(len(plan.blocks))]
    return strongest


@dataclass(frozen=True, slots=True, kw_only=True)
class MisplacedBlock:
    """A block outside the area of the plan that holds most people of its own area."""

    geography: str
    role: Role
    block: BlockCode
    block_name: str
    area: AreaCode
    code: str
    """Where most of the block lies in the geography, with its ``name``."""
    name: str
    pulled_to: AreaCode
    people: int
    """Residents of the whole block."""


def misplaced_blocks(
    plan: AreaPlan, places: Places, criteria: Criteria
) -> tuple[MisplacedBlock, ...]:
    """The blocks outside their area's majority, in the criteria's order of geographies."""
    return tuple(
        found for wanted in criteria.geographies for found in _misplaced(plan, places, wanted)
    )


def _misplaced(
    plan: AreaPlan, places: Places, wanted: GeographyCriterion
) -> Iterator[MisplacedBlock]:
    geography, blocks = places.geographies[wanted.name], places.blocks
    pulled = pulls(plan, places, geography)
    home = geography.dominant(len(blocks))
    for block in np.flatnonzero((pulled >= 0) & (pulled != plan.area_of)).tolist():
        yield MisplacedBlock(
            geography=wanted.name,
            role=wanted.role,
            block=blocks.codes[block],
            block_name=blocks.names[block],
            area=plan.areas[plan.area_of[block]],
            code=geography.codes[home[block]],
            name=geography.names[home[block]],
            pulled_to=plan.areas[pulled[block]],
            people=int(blocks.population[block]),
        )
