"""Areas like an area: the fair ones to compare with.

In:        features of areas, each with a weight.
Out:       the nearest areas of each, how far, and in what they differ most.
Not here:  neighbours on the map (``vocabulary.places.Borders``).
Source:    CIPFA's nearest neighbours model, in idea; features and weights are published with
           each comparison.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.outcomes.errors import ConstantFeatureError
from folkmoot.outcomes.results import Method
from folkmoot.vocabulary.arrays import FloatVector
from folkmoot.vocabulary.statistics.errors import ShapeError, TooFewAreasError
from folkmoot.vocabulary.statistics.inputs import Floats, check_counts, vectors

NEIGHBOURS = Method(
    code="O12",
    name="nearest neighbours by standardised features",
    sources="Euclidean distance; features and weights as listed",
    cannot_say="that they are alike in what is not listed.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An area like another."""

    area: str
    distance: float
    """In standard deviations of the features, weighted."""
    differs_most: tuple[str, ...]
    """The three features in which the two differ most, the greatest first."""


def neighbours(
    features: ArrayLike,
    areas: Sequence[str],
    names: Sequence[str],
    *,
    k: int = 15,
    weights: ArrayLike | None = None,
) -> dict[str, tuple[Neighbour, ...]]:
    """Find the ``k`` areas most like each area; ties by code.

    Parameters
    ----------
    features : array of shape (n_areas, n_features)
    areas, names : sequences of str
        Codes of the rows, and names of the columns.
    weights : array of shape (n_features,), optional
        Importance of each feature. Default: all alike.

    Raises
    ------
    TooFewAreasError
        If there are not more than ``k`` areas.
    ConstantFeatureError
        Naming every feature in which all areas are alike.
    MissingValueError, ShapeError, CountError
        As for every method.
    """
    (x,) = vectors(features=features)
    if x.shape != (len(areas), len(names)):
        raise ShapeError({"features": x.shape, "areas and names": (len(areas), len(names))})
    (w,) = vectors(weights=np.ones(len(names)) if weights is None else weights)
    check_counts(weights=w)
    if k >= len(areas):
        raise TooFewAreasError(len(areas), k + 1, f"A choice of {k} neighbours")
    scaled = _standardised(x, names) * np.sqrt(w)
    apart = np.sqrt(((scaled[:, None, :] - scaled[None, :, :]) ** 2).sum(axis=2))
    by_code = np.argsort(np.argsort(np.array(areas)))
    nearest = [np.lexsort((by_code, np.round(row, 12))) for row in apart]
    return {
        area: tuple(
            Neighbour(
                area=areas[other],
                distance=float(apart[row, other]),
                differs_most=_most(scaled[row] - scaled[other], names),
            )
            for other in nearest[row].tolist()
            if other != row
        )[:k]
        for row, area in enumerate(areas)
    }


def _standardised(features: Floats, names: Sequence[str]) -> Floats:
    spread = features.std(axis=0)
    alike = [name for name, one in zip(names, np.ptp(features, axis=0), strict=True) if one == 0]
    if alike:
        raise ConstantFeatureError(alike)
    found: Floats = (features - features.mean(axis=0)) / spread
    return found


def _most(apart: FloatVector, names: Sequence[str]) -> tuple[str, ...]:
    order = np.argsort(-np.abs(apart), kind="stable")[:3]
    return tuple(names[one] for one in order)
