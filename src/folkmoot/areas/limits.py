"""The limits that criteria set to what the areas of a plan add up to."""

from folkmoot.areas.baselines import merged
from folkmoot.areas.errors import NoCapError
from folkmoot.areas.work import Work
from folkmoot.geography.terms import Terms, coterminosity_costs
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

ROUNDING = 1e-12
"""Part of a limit that sums of floats may be out by."""


def coterminosity_limits(
    places: Places, criteria: Criteria, weighed: Terms, work: Work, progress: Progress = silent
) -> tuple[float, ...]:
    """The most that the areas' coterminosity costs may add up to, where the criteria limit it.

    Raises
    ------
    NoCapError
        If the areas that set the limit cannot be merged.
    """
    name = criteria.coterminosity_no_worse_than
    if name is None:
        return ()
    progress("Merging the areas that set the limit", 0.0)
    labels = merged(places, criteria, weighed, name, work)
    if labels is None:
        raise NoCapError(name, f"they cannot be merged to {criteria.areas} within the bounds")
    cost = float(coterminosity_costs(weighed, labels).sum())
    return (cost + ROUNDING * abs(cost),)
