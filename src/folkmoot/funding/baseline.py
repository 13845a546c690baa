"""What each area has before a settlement opens.

In:        present spending by block or by area of an existing geography; or need and
           population, where spending by area is not known.
Out:       ``Baseline`` in whole pence by area, which knows whether it is modelled.
Rule:      a modelled baseline is illustrative, and everything built on it says so.
Source:    decision record 0004.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from folkmoot.funding.errors import BaselineError
from folkmoot.funding.streams import Spend
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

MODELLED = "modelled baseline, not actual spending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Last year's allocations in one stream, in order of area. Unit: pence."""

    name: str
    pence: tuple[int, ...]
    is_modelled: bool

    @property
    def label(self) -> str:
        """What every table and page built on it must say, or nothing."""
        return MODELLED if self.is_modelled else ""


def modelled_baseline(
    quantum: int,
    *,
    previous_need: Sequence[int],
    population: Sequence[int],
    need_weight: Fraction,
) -> Baseline:
    """Model what areas have: part by earlier need, the rest a head.

    Parameters
    ----------
    quantum : int
        The stream's sum in the opening year. Unit: pence.
    previous_need, population : sequence of int
        One an area: need on the previous data year, and residents.
    need_weight : Fraction
        Part that goes by need.

    Examples
    --------
    >>> modelled_baseline(
    ...     1000, previous_need=(3, 1), population=(5, 5), need_weight=Fraction(3, 4)
    ... ).pence
    (688, 312)
    """
    # Both shares over one denominator: whole numbers, which share the same as fractions.
    all_need, all_people = sum(previous_need), sum(population)
    if not all_need or not all_people:
        raise BaselineError("modelled-1", "needs both need and residents, and has none of one")
    of_need, whole = need_weight.as_integer_ratio()
    of_people = whole - of_need
    weights = [
        of_need * need * all_people + of_people * people * all_need
        for need, people in zip(previous_need, population, strict=True)
    ]
    return Baseline(name="modelled-1", pence=apportion(quantum, weights), is_modelled=True)


def spend_baseline(
    stream: str, spend: Spend, *, plan: AreaPlan, places: Places, opening: FinancialYear
) -> Baseline:
    """Map present spending on to the areas of a plan, losing no penny.

    The spending of a body is shared between areas by the residents it has in each. It
    may be of any year before the one in which the settlement opens.

    Raises
    ------
    BaselineError
        If the geography or a code is unknown, a body is left out, a sum is negative, or
        the spending is not yet past when the settlement opens.
    """
    if spend.first_day >= opening.first_day:
        raise BaselineError(stream, f"begins on {spend.first_day}, when the settlement is open")
    homes = _homes(stream, spend, places)
    _check_spend(stream, spend, known=tuple(homes))
    totals = [0] * len(plan.areas)
    for code, sum_of_body in sorted(spend.pence.items()):
        people = _people(homes[code], plan.area_of, len(plan.areas))
        for area, pence in enumerate(apportion(sum_of_body, people)):
            totals[area] += pence
    return Baseline(name="spend", pence=tuple(totals), is_modelled=False)


def _homes(stream: str, spend: Spend, places: Places) -> dict[str, dict[int, Fraction]]:
    """Residents of each body by block; a block is its own body where none is named."""
    residents = places.blocks.population.tolist()
    if not spend.geography:
        return {
            code: {block: Fraction(residents[block] or 1)}
            for block, code in enumerate(places.blocks.codes)
        }
    geography = places.geographies.get(spend.geography)
    if geography is None:
        known = ", ".join(sorted(places.geographies))
        raise BaselineError(
            stream, f"is by '{spend.geography}', which the package lacks (it has: {known})"
        )
    found: dict[str, dict[int, Fraction]] = {code: {} for code in geography.codes}
    for block, area, share in zip(
        geography.block.tolist(), geography.area.tolist(), geography.share.tolist(), strict=True
    ):
        found[geography.codes[area]][block] = residents[block] * Fraction(repr(share))
    return {code: blocks for code, blocks in found.items() if any(blocks.values())}


def _check_spend(stream: str, spend: Spend, *, known: Sequence[str]) -> None:
    unknown = sorted(set(spend.pence) - set(known))
    missing = sorted(set(known) - set(spend.pence))
    negative = sorted(code for code, pence in spend.pence.items() if pence < 0)
    for codes, problem in (
        (unknown, "names codes that the package lacks or where nobody lives"),
        (missing, "gives nothing for"),
        (negative, "is negative for"),
    ):
        if codes:
            raise BaselineError(stream, f"{problem}: {', '.join(codes)}")
    if not any(spend.pence.values()):
        raise BaselineError(stream, "is nothing anywhere")


def _people(home: dict[int, Fraction], area_of: IntVector, n_areas: int) -> list[Fraction]:
    people = [Fraction(0)] * n_areas
    for block, residents in home.items():
        people[int(area_of[block])] += residents
    return people
