"""Better, similar or worse than a benchmark: a word and a sign, never colour alone.

In:        values with 95% and 99.8% limits, a benchmark, and which way is better.
Out:       one of seven verdicts an area, or its fifth of all areas.
Source:    Office for Health Improvement and Disparities, Fingertips, comparison with benchmark.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.statistics.errors import TooFewAreasError
from folkmoot.vocabulary.statistics.inputs import vectors

Polarity = Literal["higher_is_better", "lower_is_better", "none"]
Verdict = Literal[
    "much better", "better", "similar", "worse", "much worse",
    "much higher", "higher", "lower", "much lower", "not compared",
]  # fmt: skip

SIGNS: dict[Verdict, str] = {
    "much better": "●●",
    "better": "●",
    "similar": "–",
    "worse": "▲",
    "much worse": "▲▲",
    "much higher": "↑↑",
    "higher": "↑",
    "lower": "↓",
    "much lower": "↓↓",
    "not compared": "·",
}
"""What stands beside each word; two signs mean beyond 99.8%."""

FEWEST_FOR_FIFTHS = 20


def verdicts(
    lower_95: ArrayLike,
    upper_95: ArrayLike,
    lower_998: ArrayLike,
    upper_998: ArrayLike,
    *,
    benchmark: ArrayLike,
    polarity: Polarity,
) -> tuple[Verdict, ...]:
    """Compare areas with a benchmark.

    Similar where the 95% interval holds the benchmark, ``much`` where the 99.8% interval
    misses it too; ``not compared`` where a limit is missing.

    Parameters
    ----------
    lower_95, upper_95, lower_998, upper_998 : arrays of shape (n_areas,)
        NaN passes through.
    benchmark : float or array of shape (n_areas,)
    polarity : {'higher_is_better', 'lower_is_better', 'none'}
        Without polarity nothing is called better or worse.

    Examples
    --------
    >>> verdicts([4.0, 1.0], [6.0, 2.0], [3.0, 0.5], [7.0, 2.5], benchmark=2.7,
    ...          polarity="lower_is_better")
    ('much worse', 'much better')
    """
    low, high, lowest, highest = vectors(
        may_miss=True, lower_95=lower_95, upper_95=upper_95, lower_998=lower_998,
        upper_998=upper_998,
    )  # fmt: skip
    mark = np.broadcast_to(np.asarray(benchmark, dtype=np.float64), low.shape)
    side = np.where(low > mark, 1, np.where(high < mark, -1, 0))
    far = np.where((lowest > mark) | (highest < mark), 2, 1)
    known = np.isfinite(low + high + lowest + highest + mark)
    words = _words(polarity)
    return tuple(
        words[one] if is_known else "not compared"
        for one, is_known in zip((side * far).tolist(), known.tolist(), strict=True)
    )


def _words(polarity: Polarity) -> dict[int, Verdict]:
    """The word for far below (-2) to far above (2)."""
    if polarity == "none":
        return {-2: "much lower", -1: "lower", 0: "similar", 1: "higher", 2: "much higher"}
    good: dict[int, Verdict] = {
        -2: "much worse", -1: "worse", 0: "similar", 1: "better", 2: "much better",
    }  # fmt: skip
    return good if polarity == "higher_is_better" else {-one: word for one, word in good.items()}


def fifths(values: FloatVector) -> IntVector:
    """Which fifth of the areas each is in: 1 lowest, 5 highest; ties go to the lower fifth.

    Raises
    ------
    TooFewAreasError
        If there are fewer than 20 areas.

    Examples
    --------
    >>> fifths(np.arange(20.0)).tolist()[:5]
    [1, 1, 1, 1, 2]
    """
    (found,) = vectors(values=values)
    if len(found) < FEWEST_FOR_FIFTHS:
        raise TooFewAreasError(len(found), FEWEST_FOR_FIFTHS, "A division into fifths")
    below = np.searchsorted(np.sort(found), found, side="left")
    return (below * 5 // len(found)).astype(np.int64) + 1
