"""Needs and variation as rows of files, one indicator of one area or division a row."""

from collections.abc import Iterator, Sequence

from folkmoot.outcomes.alike import Spread, Variation
from folkmoot.outcomes.assessment import Extreme, Profile
from folkmoot.outcomes.indicators import Indicator

Cell = str | int | float

YES_OR_NO = {None: "", True: "yes", False: "no"}

NEED_COLUMNS = (
    *("area", "indicator", "name", "unit", "domain", "polarity", "is_outcome"),
    *("period", "value"),
    *("lower_95", "upper_95", "label", "coverage", "whole", "like_areas", "verdict"),
    *("standing", "fifth", "distance", "trend", "trend_is_good"),
    *("lowest_block", "lowest", "highest_block", "highest"),
    *("least", "lower_quartile", "upper_quartile", "most", "reason"),
)
"""``whole`` is all blocks together; ``least`` to ``most`` are of all areas."""

VARIATION_COLUMNS = (
    *("indicator", "name", "unit", "domain", "period", "p_adjusted", "division", "areas"),
    *("deviation", "tau", "phi", "i_squared", "differ_by", "between", "alike"),
)


def need_rows(found: Profile) -> Iterator[tuple[Cell, ...]]:
    """Every indicator of an area, those without a figure with the reason."""
    for row in found.rows:
        yield (
            *_named(found, row.indicator),
            *(row.period, _figure(row.value), _figure(row.lower_95), _figure(row.upper_95)),
            *(row.label, _figure(row.coverage), _figure(row.whole), _figure(row.like)),
            *(row.verdict, row.standing, row.fifth or "", _figure(row.distance), row.trend),
            YES_OR_NO[row.trend_is_good],
            *_extreme(row.lowest),
            *_extreme(row.highest),
            *map(_figure, row.spread),
            "",
        )
    for left in found.left:
        named = _named(found, left.indicator)
        blank = ("",) * (len(NEED_COLUMNS) - len(named) - 1)
        yield (*named, *blank, left.reason)


def _named(found: Profile, one: Indicator) -> tuple[Cell, ...]:
    is_outcome = YES_OR_NO[one.is_outcome]
    return (found.code, one.code, one.name, one.unit, one.domain, one.polarity, is_outcome)


def _extreme(found: Extreme | None) -> tuple[Cell, ...]:
    return (found.name, _figure(found.value)) if found else ("", "")


def _figure(value: float | None) -> str:
    """A figure in nine digits, or nothing."""
    return "" if value is None else f"{value:.9g}"


def variation_rows(found: Sequence[Variation]) -> Iterator[tuple[Cell, ...]]:
    """Every indicator in every division, and between the areas it is published for."""
    for one in found:
        indicator = one.indicator
        for spread in (one.published, *one.divisions):
            yield (
                *(indicator.code, indicator.name, indicator.unit, indicator.domain, one.period),
                *(_figure(one.p_adjusted), spread.division, spread.areas),
                *_spread(spread),
            )


def _spread(spread: Spread) -> tuple[Cell, ...]:
    lottery = spread.lottery
    beyond = (
        (lottery.tau, lottery.phi, lottery.plain.i_squared, lottery.difference)
        if lottery
        else (None, None, None, None)
    )
    return tuple(map(_figure, (spread.deviation, *beyond, spread.between, spread.alike)))
