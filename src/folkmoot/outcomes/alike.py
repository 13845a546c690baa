"""Whether a division puts like needs together, and how large the postcode lottery is in it.

In:        a places package and divisions of its blocks, such as today's boards and a plan.
Out:       for each indicator and division: the spread between areas, beyond chance where limits
           are published, and how much of all differences lies between areas.
Rule:      more areas always part more; so the share is also given less what as many areas drawn
           at random would have.
Source:    O13 of docs/reference/methods.md; A. S. Ezekiel 1930 for the adjustment (adjusted R²).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from folkmoot.outcomes.division import Division
from folkmoot.outcomes.indicators import Indicator, period_in_words
from folkmoot.outcomes.measured import Ground, additive, measure, people_of_ages, published
from folkmoot.outcomes.results import Method
from folkmoot.outcomes.variation import FEWEST_AREAS, Lottery, lottery, score_measured
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector
from folkmoot.vocabulary.statistics.discoveries import benjamini_hochberg

ALIKE = Method(
    code="O13",
    name="share of the differences between published areas that lies between the areas",
    sources="analysis of variance; adjusted as R squared is, Ezekiel 1930",
    cannot_say="whether areas ought to be alike inside: mixed areas can share burdens.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How areas of one division differ in one indicator."""

    division: str
    areas: int
    deviation: float
    """Standard deviation between areas, weighed by people, chance and all."""
    lottery: Lottery | None
    """Beyond chance; None where no limits are published, or areas are too few."""
    between: float | None
    """Share of all differences that lies between areas: a ratio, 0 to 1."""
    alike: float | None
    """The same less what as many areas drawn at random would have: 0 is no better than lot,
    1 that all people of an area live where the figure is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """How one indicator varies, in each division."""

    indicator: Indicator
    period: str
    published: Spread
    """Between the areas for which the figure is published."""
    divisions: tuple[Spread, ...]
    p_adjusted: float | None
    """Chance of so much variation between published areas if they were all the same, adjusted
    for the number of indicators; None where no limits are published."""


def variation(ground: Ground, divisions: Sequence[Division]) -> tuple[Variation, ...]:
    """Measure every indicator in every division, at its latest period."""
    found = [_of_indicator(ground, divisions, one) for one in additive(ground)]
    tested = [n for n, one in enumerate(found) if one[1].lottery is not None]
    p = np.array([_p(found[n][1]) for n in tested])
    adjusted = dict(zip(tested, benjamini_hochberg(p).tolist(), strict=True))
    return tuple(
        Variation(
            indicator=indicator,
            period=period_in_words(ground.periods(indicator.code)[-1]),
            published=own,
            divisions=spreads,
            p_adjusted=adjusted.get(n),
        )
        for n, (indicator, own, spreads) in enumerate(found)
    )


def _p(spread: Spread) -> float:
    return spread.lottery.plain.p if spread.lottery else 1.0


def _of_indicator(
    ground: Ground, divisions: Sequence[Division], indicator: Indicator
) -> tuple[Indicator, Spread, tuple[Spread, ...]]:
    people = people_of_ages(ground.places, indicator.ages)
    period = ground.periods(indicator.code)[-1]
    basis = f"{indicator.code} of {period} in {len(people)} blocks"
    one = published(ground, people[:, None], indicator, period)
    figures = one.figures
    target = float(np.nansum(figures.value * one.people[:, 0]) / one.people[:-1].sum())
    own = _spread(
        "published areas",
        (figures.value[:-1], figures.lower[:-1], figures.upper[:-1]),
        one.people[:-1, 0],
        target=target,
        basis=basis,
    )
    return indicator, own, tuple(
        _of_division(ground, division, indicator, people=people, target=target, basis=basis)
        for division in divisions
    )  # fmt: skip


def _of_division(
    ground: Ground,
    division: Division,
    indicator: Indicator,
    *,
    people: FloatVector,
    target: float,
    basis: str,
) -> Spread:
    inside = people[:, None] * division.shares
    given = published(ground, inside, indicator, ground.periods(indicator.code)[-1])
    measured = measure(ground, division, indicator, minimum_coverage=0.5)
    weights = given.people[:-1]
    between = _between(given.figures.value[:-1], weights)
    units, areas = int((weights.sum(axis=1) > 0).sum()), int((weights.sum(axis=0) > 0).sum())
    room = units - areas
    return _spread(
        division.title,
        (measured.value[-1], measured.lower_95[-1], measured.upper_95[-1]),
        inside.sum(axis=0),
        target=target,
        basis=basis,
        between=between,
        alike=1.0 - (1.0 - between) * (units - 1) / room if between is not None and room else None,
    )


def _between(values: FloatVector, people: FloatMatrix) -> float | None:
    """Share of the differences between published areas that lies between areas."""
    of, inside = people.sum(axis=1), people.sum(axis=0)
    held = inside > 0
    mean = float(values @ of / of.sum())
    area = values @ people[:, held] / inside[held]
    whole = float((of * (values - mean) ** 2).sum())
    return float((inside[held] * (area - mean) ** 2).sum()) / whole if whole > 0 else None


def _spread(
    title: str,
    figures: tuple[FloatVector, FloatVector, FloatVector],
    people: FloatVector,
    *,
    target: float,
    basis: str,
    between: float | None = None,
    alike: float | None = None,
) -> Spread:
    value, lower, upper = figures
    known = np.isfinite(value) & (people > 0)
    sure = known & (upper > lower)
    weights = people[known]
    mean = float(value[known] @ weights / weights.sum())
    # A few areas without limits would only make the rest look sure; then chance is left in.
    is_sure = sure.sum() >= FEWEST_AREAS and sure.sum() >= 0.9 * known.sum()
    return Spread(
        division=title,
        areas=int(known.sum()),
        deviation=sqrt(float(weights @ (value[known] - mean) ** 2 / weights.sum())),
        lottery=lottery(
            score_measured(value[sure], lower[sure], upper[sure], target=target), basis=basis
        )
        if is_sure
        else None,
        between=between,
        alike=alike,
    )


def answers(found: Sequence[Variation]) -> Iterator[str]:
    """What the figures say, sentence by sentence; nothing where there are none."""
    if not found:
        return
    sure = [one for one in found if one.p_adjusted is not None]
    beyond = sum((one.p_adjusted or 0.0) < 0.05 for one in sure)
    yield (
        f"{beyond} of the {len(sure)} indicators with published intervals differ between places "
        "by more than chance."
    )
    if len(found[0].divisions) > 1:
        first, last = found[0].divisions[0].division, found[0].divisions[-1].division
        more = sum((one.divisions[-1].alike or 0) > (one.divisions[0].alike or 0) for one in found)
        yield (
            f"The {last} put like needs together more than the {first} do in {more} of "
            f"{len(found)} indicators, given their numbers."
        )
