"""The need figure of each block, by an indicator or a column of the package.

In:        a places package and a need criterion that ``readers.criteria`` has checked.
Out:       one figure a block, as the package gives it.
Not here:  refusing blocks without a figure (``readers.criteria``); weighing needs
           (``geography.terms``).
Source:    docs/reference/criteria.md.
"""

import numpy as np

from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.criteria import NeedCriterion
from folkmoot.vocabulary.places import Indicators, Places


def need_values(places: Places, need: NeedCriterion) -> FloatVector:
    """The figure of each block for one need.

    An indicator is read at the latest period at which any block or upper tier has a
    value, and at that period only: a block's own value, else its upper tier's, else
    its region's.

    Returns
    -------
    array of shape (n_blocks,)
        Unit: that of the indicator or column.

    Raises
    ------
    KeyError
        If a block has no figure; ``readers.criteria`` refuses such a need beforehand.
    """
    if need.column is not None:
        return np.array([float(text) for text in places.blocks.columns[need.column]])
    if places.indicators is None or need.indicator is None:
        raise KeyError(need.name)
    return _indicator_values(places, places.indicators, need.indicator)


def _indicator_values(places: Places, indicators: Indicators, indicator: str) -> FloatVector:
    codes = places.blocks.codes
    upper_tiers = places.blocks.column("upper_tier_code")
    regions = places.blocks.column("region_code")
    period = indicators.latest_period(indicator, {*codes, *upper_tiers})
    if period is None:
        raise KeyError(indicator)
    row_of = indicators.values(indicator, period)
    rows = [
        row_of[next((area for area in nested if area in row_of), nested[0])]
        for nested in zip(codes, upper_tiers, regions, strict=True)
    ]
    return indicators.value[rows]
