"""The rules that an area plan is to keep, and those that it breaks.

In:        an area plan, places, criteria, and what the areas are called.
Out:       one ``BrokenRule`` for each area and rule that is broken.
Rule:      every area is connected over borders and links, and has as many people as the
           criteria allow, both ends included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from folkmoot.geography.graph import pieces
from folkmoot.parameters.names import naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule that one area breaks."""

    area: AreaCode
    rule: Literal["connection", "population"]
    words: str
    """The fault as a clause: 'Kent is in 2 pieces'."""
    cut_off: tuple[str, ...] = ()
    """Names of the blocks outside the largest piece."""


def broken_rules(
    plan: AreaPlan, places: Places, criteria: Criteria, names: Mapping[AreaCode, str]
) -> tuple[BrokenRule, ...]:
    """Name every rule that a plan breaks, population first, by area."""
    least, most = criteria.minimum_population, criteria.maximum_population
    people = np.bincount(plan.area_of, weights=places.blocks.population).astype(int).tolist()
    found = [
        BrokenRule(
            area=area,
            rule="population",
            words=f"{names[area]} has {held:,} people, {side} than {bound:,}",
        )
        for area, held in zip(plan.areas, people, strict=True)
        for side, bound, breaks in (("fewer", least, held < least), ("more", most, held > most))
        if breaks
    ]
    called = dict(zip(places.blocks.codes, places.blocks.names, strict=True))
    for area, parts in pieces(plan, places).items():
        cut_off = [naming().name(called[block]) for part in parts[1:] for block in part]
        words = f"{names[area]} is in {len(parts)} pieces"
        found.append(BrokenRule(area=area, rule="connection", words=words, cut_off=tuple(cut_off)))
    return tuple(found)
