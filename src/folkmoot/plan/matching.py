"""Match the areas of two plans of the same blocks, so that most residents stay where they are.

In:        the area of each block in a first and in a second plan; the residents of each block.
Out:       pairs of areas: the same, changed, new or gone.
Rule:      each area has at most one partner, and partners together share as many residents
           as any such matching can. A block moves when its two areas are not partners.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from folkmoot.vocabulary.codes import AreaCode, BlockCode

PairState = Literal["same", "changed", "new", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPair:
    """An area of the first plan and its partner in the second; one of them may be missing."""

    first: AreaCode | None
    """None: the second plan has an area that the first has not."""
    second: AreaCode | None
    """None: the first plan has an area that the second has not."""
    state: PairState
    first_people: int
    second_people: int
    shared_people: int
    """Residents who are in both. Unit: persons."""


def match_areas(
    first: Mapping[BlockCode, AreaCode],
    second: Mapping[BlockCode, AreaCode],
    people: Mapping[BlockCode, int],
) -> tuple[AreaPair, ...]:
    """Pair areas so that as many residents as possible stay in their area.

    Parameters
    ----------
    first, second : mapping from block to area
        Of the same blocks.
    people : mapping from block to persons

    Returns
    -------
    tuple of AreaPair
        Every area of both plans once, sorted by code; new areas come last.

    Notes
    -----
    An assignment problem, solved exactly (scipy's ``linear_sum_assignment``). Shared blocks
    decide where shared residents do not, so areas without residents are matched too.

    Examples
    --------
    >>> pairs = match_areas({"a": "A1", "b": "A1", "c": "A2"}, {"a": "X", "b": "Y", "c": "Z"},
    ...                     {"a": 5, "b": 3, "c": 1})
    >>> [(pair.first, pair.second, pair.state) for pair in pairs]
    [('A1', 'X', 'changed'), ('A2', 'Z', 'same'), (None, 'Y', 'new')]
    """
    shared = Counter((first[block], second[block]) for block in first)
    residents: Counter[tuple[AreaCode, AreaCode]] = Counter()
    for block, area in first.items():
        residents[area, second[block]] += people[block]
    firsts, seconds = sorted(set(first.values())), sorted(set(second.values()))
    worth = np.array(
        [[residents[a, b] * (len(first) + 1) + shared[a, b] for b in seconds] for a in firsts],
        dtype=np.float64,
    )
    rows, columns = linear_sum_assignment(worth, maximize=True)
    partner = {
        firsts[row]: seconds[column]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if shared[firsts[row], seconds[column]]
    }
    blocks = Counter(first.values()), Counter(second.values())
    sizes: tuple[Counter[AreaCode], Counter[AreaCode]] = (Counter(), Counter())
    for block, count in people.items():
        sizes[0][first[block]] += count
        sizes[1][second[block]] += count
    named: list[tuple[AreaCode | None, AreaCode | None]] = [
        *((area, partner.get(area)) for area in firsts),
        *((None, area) for area in seconds if area not in set(partner.values())),
    ]
    found = []
    for a, b in named:
        state: PairState = "changed"
        if a is None or b is None:
            state = "new" if a is None else "gone"
        elif shared[a, b] == blocks[0][a] == blocks[1][b]:
            state = "same"
        found.append(
            AreaPair(
                first=a,
                second=b,
                state=state,
                first_people=sizes[0][a] if a else 0,
                second_people=sizes[1][b] if b else 0,
                shared_people=residents[a, b] if a and b else 0,
            )
        )
    return tuple(found)
