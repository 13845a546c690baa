"""What the areas of a plan need, beside today's areas: the first of the four steps.

In:        places, an area plan with names, and the criteria that say what health areas are.
Out:       ``Understanding``: a needs assessment of every area, and how alike people in it are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.outcomes.alike import Variation, variation
from folkmoot.outcomes.assessment import Profile, assess, profile
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.measured import Ground
from folkmoot.parameters.names import naming
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

OF_PLAN = "areas of the plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Needs of every area, and the lottery between and within areas."""

    profiles: tuple[Profile, ...]
    variation: tuple[Variation, ...]
    """In the first health geography of the criteria, where there is one, and in the plan."""


def understand(
    plan: AreaPlan, places: Places, criteria: Criteria, *, names: Mapping[AreaCode, str]
) -> Understanding:
    """Assess every area of a plan; nothing where the package has no indicators."""
    if places.indicators is None:
        return Understanding(profiles=(), variation=())
    ground = Ground.of(places)
    drawn = Division.of_plan(plan, names, OF_PLAN)
    found = assess(ground, drawn)
    return Understanding(
        profiles=tuple(profile(found, area) for area in plan.areas),
        variation=variation(ground, [*_today(places, criteria), drawn]),
    )


def _today(places: Places, criteria: Criteria) -> list[Division]:
    health = criteria.by_role("health")
    if not health:
        return []
    name = health[0].name
    title = naming().plural(name)
    return [Division.of_geography(places.geographies[name], len(places.blocks), title)]
