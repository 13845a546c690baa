"""How many people need what, and of how many nobody takes care.

In:        people by area and cohort; what part of each cohort has each need; people served.
Out:       people expected to have each need, with limits; those unserved, and those served
           beyond what was expected.
Rule:      an estimate that stands for several cohorts or areas errs in all of them alike: its
           errors are added before they are squared, so that splitting a cohort changes nothing.
Not here:  reading tables (``outcomes.needs_tables``); services (``outcomes.overlap``).
Source:    the delta method, which is exact here: a sum of people times prevalence is linear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from folkmoot.outcomes.errors import LimitError, PrevalenceError
from folkmoot.outcomes.results import Method
from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix, FloatVector, IntVector
from folkmoot.vocabulary.source import Source
from folkmoot.vocabulary.statistics.errors import ShapeError
from folkmoot.vocabulary.statistics.inputs import (
    check_counts,
    digest,
    places,
    two_sided,
    vectors,
)

NOBODY = -1
WIDTH = 2.0 * 1.959963984540054
"""A 95% interval in standard errors."""

NEEDS = Method(
    code="O15",
    name="people times prevalence; limits by the delta method",
    sources="declared with each prevalence",
    cannot_say="who needs help: a national prevalence says what is usual, not what is here.",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prevalence:
    """Estimates of what part of people has a need, and where each of them stands."""

    value: FloatVector
    """Shape (n_estimates,): ratios, 0 to 1."""
    lower: FloatVector
    """95% limits; NaN where none was published."""
    upper: FloatVector
    is_local: BoolVector
    """Whether an estimate was made of the area itself; else it is applied there: modelled."""
    sources: tuple[Source, ...]
    which: NDArray[np.int64]
    """Shape (n_areas, n_cohorts, n_needs): number of the estimate; -1 where nobody of a
    cohort has a need."""

    def __post_init__(self) -> None:
        arrays = {"value": self.value, "lower": self.lower, "upper": self.upper}
        if len({len(self.sources), len(self.is_local), *map(len, arrays.values())}) > 1:
            raise ShapeError({name: one.shape for name, one in arrays.items()})
        outside = ~((self.value >= 0) & (self.value <= 1))
        if outside.any():
            raise PrevalenceError(places(outside), float(self.value[outside][0]))
        wrong = (self.lower > self.value) | (self.upper < self.value)
        if wrong.any():
            raise LimitError(places(wrong), "of the prevalence are on the wrong side of it")

    @classmethod
    def of(
        cls,
        value: ArrayLike,
        lower: ArrayLike,
        upper: ArrayLike,
        *,
        areas: int,
        source: Source,
    ) -> Self:
        """Make it of arrays of shape (n_cohorts, n_needs), or (n_areas, n_cohorts, n_needs).

        The first are national and applied in every area. Cohorts with the same value and
        limits of a need in an area have the same estimate.
        """
        v, low, high = vectors(may_miss=True, value=value, lower=lower, upper=upper)
        is_local = v.ndim == 3
        where = np.indices(v.shape)
        keys = [where[-1], *([where[0]] if is_local else []), v, low, high]
        rows = np.column_stack([one.ravel() for one in keys])
        kept, which = np.unique(np.nan_to_num(rows, nan=-1.0), axis=0, return_inverse=True)
        found = np.broadcast_to(which.reshape(v.shape), (areas, *v.shape[-2:]))
        blank = np.where(kept[:, -3:] < 0, np.nan, kept[:, -3:])
        return cls(
            value=blank[:, 0],
            lower=blank[:, 1],
            upper=blank[:, 2],
            is_local=np.full(len(kept), is_local),
            sources=(source,) * len(kept),
            which=np.ascontiguousarray(found),
        )

    @property
    def error(self) -> FloatVector:
        """Standard error of each estimate; NaN where no limits were published."""
        return (self.upper - self.lower) / WIDTH


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expected:
    """People expected to have each need, with limits; NaN where no limits were published."""

    value: FloatMatrix
    lower: FloatMatrix
    upper: FloatMatrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Needs:
    """What people need in each area; arrays have shape (n_areas, n_needs). Unit: persons."""

    people: FloatMatrix
    """Those of whom a prevalence is known: all whom an expectation can count."""
    expected: Expected
    whole: Expected
    """The same of all areas together; shape (1, n_needs)."""
    cells: NDArray[np.float64]
    """People expected by area, cohort and need."""
    met: FloatMatrix
    is_modelled: BoolVector
    """Whether an estimate of elsewhere is applied here."""
    sources: tuple[tuple[Source, ...], ...]
    """By need."""
    confidence: float
    inputs_sha256: str
    method: Method = NEEDS

    @property
    def unmet(self) -> FloatMatrix:
        """Those whom nobody serves."""
        return np.maximum(0.0, self.expected.value - self.met)

    @property
    def unmet_limits(self) -> tuple[FloatMatrix, FloatMatrix]:
        """The same at both limits of what is expected."""
        low, high = (one - self.met for one in (self.expected.lower, self.expected.upper))
        return np.maximum(0.0, low), np.maximum(0.0, high)

    @property
    def excess(self) -> FloatMatrix:
        """Those served beyond what was expected: the estimate may be low, or the count doubled."""
        return np.maximum(0.0, self.met - self.expected.value)


def needs(
    population: ArrayLike,
    prevalence: Prevalence,
    met: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
) -> Needs:
    """Assess what people need.

    Parameters
    ----------
    population : array of shape (n_areas, n_cohorts)
        Unit: persons.
    met : array of shape (n_areas, n_needs), optional
        People who are served already. Default: nobody.

    Raises
    ------
    CountError, MissingValueError, ShapeError, EmptyInputError, ConfidenceError
        Naming every bad row.

    Examples
    --------
    >>> source = Source(title="a survey", publisher="its publisher", published="2024")
    >>> found = Prevalence.of([[0.1]], [[0.08]], [[0.12]], areas=1, source=source)
    >>> need = needs([[1000.0]], found, [[30.0]])
    >>> [one.tolist() for one in (need.expected.value, need.expected.lower, need.unmet)]
    [[[100.0]], [[80.0]], [[70.0]]]
    """
    (people,) = vectors(population=population)
    areas, cohorts, kinds = prevalence.which.shape
    if people.shape != (areas, cohorts):
        raise ShapeError({"population": people.shape, "prevalence": prevalence.which.shape})
    (served,) = vectors(met=np.zeros((areas, kinds)) if met is None else met)
    if served.shape != (areas, kinds):
        raise ShapeError({"met": served.shape, "population": people.shape})
    check_counts(population=people, met=served)
    is_known = prevalence.which >= 0
    spread = people[:, :, None] * is_known
    cells = spread * np.where(is_known, prevalence.value[prevalence.which], 0.0)
    each = np.broadcast_to(np.arange(areas)[:, None, None], prevalence.which.shape)
    national = ~prevalence.is_local[prevalence.which] & (spread > 0)
    return Needs(
        people=spread.sum(axis=1),
        expected=_expected(spread, cells, prevalence, each, confidence=confidence),
        whole=_expected(spread, cells, prevalence, np.zeros_like(each), confidence=confidence),
        cells=cells,
        met=served,
        is_modelled=np.any(national, axis=1),
        sources=tuple(_sources(prevalence, prevalence.which[:, :, need]) for need in range(kinds)),
        confidence=confidence,
        inputs_sha256=digest(
            {
                "population": people,
                "met": served,
                "value": prevalence.value,
                "lower": prevalence.lower,
                "upper": prevalence.upper,
                "which": prevalence.which,
            }
        ),
    )


def _expected(
    people: NDArray[np.float64],
    cells: NDArray[np.float64],
    prevalence: Prevalence,
    group: NDArray[np.int64],
    *,
    confidence: float,
) -> Expected:
    """Sums by group of areas and need; people of one estimate are added before squaring."""
    groups, kinds = int(group.max()) + 1, people.shape[-1]
    slot = group * kinds + np.arange(kinds)
    held = people > 0

    def total(values: FloatVector) -> FloatVector:
        found = np.bincount(slot.ravel(), values.ravel(), minlength=groups * kinds)
        return found.astype(np.float64)

    pair, place = np.unique(
        slot[held] * len(prevalence.value) + prevalence.which[held], return_inverse=True
    )
    of = np.bincount(place, people[held], minlength=len(pair))
    error = prevalence.error[pair % len(prevalence.value)]
    variance = np.bincount(
        pair // len(prevalence.value), (of * error) ** 2, minlength=groups * kinds
    )
    value, apart = total(cells), two_sided(confidence) * np.sqrt(variance)
    lower, upper = np.maximum(0.0, value - apart), np.minimum(total(people), value + apart)
    shape = (groups, kinds)
    return Expected(
        value=value.reshape(shape), lower=lower.reshape(shape), upper=upper.reshape(shape)
    )


def _sources(prevalence: Prevalence, which: IntVector) -> tuple[Source, ...]:
    used: Sequence[int] = np.unique(which[which >= 0]).tolist()
    return tuple(dict.fromkeys(prevalence.sources[one] for one in used))
