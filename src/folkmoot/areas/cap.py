"""The cap that a limit on coterminosity sets, as the existing areas that it names set it.

In:        places, criteria, and the terms of the blocks.
Out:       the most that a plan's coterminosity costs may add up to, or that there is no cap.
Not here:  plans under the cap (``search``).
"""

from folkmoot.areas.baselines import merged
from folkmoot.areas.errors import NoCapError
from folkmoot.areas.work import Work
from folkmoot.geography.terms import Terms, coterminosity_costs
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

ROUNDING = 1e-12
"""Part of a cap that sums of floats may be out by."""


def coterminosity_cap(
    places: Places, criteria: Criteria, weighed: Terms, work: Work, *, progress: Progress = silent
) -> float | None:
    """Most that the areas' coterminosity costs may add up to; None where nothing limits them.

    Raises
    ------
    NoCapError
        If the areas of the geography that is named cannot be merged to so many.
    """
    name = criteria.coterminosity_no_worse_than
    if name is None:
        return None
    progress("Merging the areas that set the limit", 0.0)
    labels = merged(places, criteria, weighed, name, work)
    if labels is None:
        problem = f"they cannot be merged to {criteria.areas} within the bounds"
        raise NoCapError(name, problem)
    cost = float(coterminosity_costs(weighed, labels).sum())
    return cost + ROUNDING * abs(cost)
