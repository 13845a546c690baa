"""The sums from which the cost of any area follows.

In:        a places package and the criteria by which areas are judged.
Out:       ``Terms``: one row a unit, every column of which adds up over units, so that the
           cost of an area is a function of its column sums alone.
Rule:      F(plan) = ``constant`` + Σ cost(A) over its areas A, with

           cost(A) = Σ_r a_r [f(C_A/N_r) − 2 Σ_q f(C_Aq/N_r)]            coterminosity
                     + Σ_j b_j [Σ p y² − (Σ p y)² / Σ p]                 inertia and need
                     − w_flow T_AA / T                                   self-containment

           where f(x) = x ln x, a_r = w_r / (H(R_r) + ln k), and b_j is a weight over
           the whole package's sum of squares. Figures are centred on their mean first:
           a northing in metres, squared, would leave few digits for the difference.
Not here:  scores for people to read (``geography.scores``).
Source:    docs/reference/criteria.md; Meilă 2007 for the variation of information.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import Self, TypeVar

import numpy as np

from folkmoot.geography.needs import need_values
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntVector, frozen
from folkmoot.vocabulary.criteria import Criteria, GeographyCriterion
from folkmoot.vocabulary.places import Places

Numbers = TypeVar("Numbers", IntVector, FloatVector)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SparseRows:
    """A matrix of few non-zero entries: row i holds entries ``start[i]`` to ``start[i + 1]``."""

    start: IntVector
    column: IntVector
    value: FloatVector

    @classmethod
    def summed(cls, row: IntVector, column: IntVector, value: FloatVector, *, n_rows: int) -> Self:
        """Add up entries of the same row and column; rows and columns come out sorted."""
        width = int(column.max(initial=-1)) + 1
        key, entry = np.unique(row * width + column, return_inverse=True)
        rows, columns = (key // width, key % width) if width else (key, key)
        return cls(
            start=np.searchsorted(rows, np.arange(n_rows + 1)).astype(np.int64),
            column=columns.astype(np.int64),
            value=_sums(value, entry, len(key)),
        )

    @property
    def row(self) -> IntVector:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))

    def dense(self, n_columns: int) -> FloatMatrix:
        """The whole matrix."""
        matrix = np.zeros((len(self.start) - 1, n_columns))
        matrix[self.row, self.column] = self.value
        return matrix

    def __post_init__(self) -> None:
        for array in (self.start, self.column, self.value):
            frozen(array)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """Sums that add up over units (blocks, or atoms of blocks), one row a unit."""

    people: IntVector
    """Shape (n_units,). Unit: persons."""
    overlap: SparseRows
    """Share of a geography's people who live in the unit and in one cell. A cell is an area
    of a geography, or all of that geography; the cells of all are numbered through."""
    cell_scales: FloatVector
    """What f of an area's share of each cell costs: −2 a_r for an area of geography r, and
    a_r for all of it."""
    squares: FloatVector
    """Shape (n_units,): Σ_j b_j p y², centred."""
    moments: FloatMatrix
    """Shape (n_units, n_figures): √b_j p y, centred."""
    flow: SparseRows
    """Weighed share of commuters between two different units, both ways; each pair stands in
    both rows."""
    flow_within: FloatVector
    """Weighed share of commuters who stay in the unit."""
    coterminosity_constant: float
    """−Σ a_r H(R_r): with the areas' parts, this makes the coterminosity cost of a plan."""
    flow_weight: float

    @property
    def constant(self) -> float:
        """With the costs of areas, this makes F."""
        return self.flow_weight + self.coterminosity_constant

    def __len__(self) -> int:
        return len(self.people)

    def merged(self, group_of: IntVector) -> Self:
        """The terms of groups of units, such as atoms or the areas of a plan.

        Parameters
        ----------
        group_of : array of shape (n_units,)
            Group of each unit, from 0 up, none left out.
        """
        n = int(group_of.max()) + 1
        origin, destination = group_of[self.flow.row], group_of[self.flow.column]
        apart = origin != destination
        inside = _sums(self.flow.value[~apart], origin[~apart], n)
        return replace(
            self,
            people=_sums(self.people, group_of, n),
            overlap=SparseRows.summed(
                group_of[self.overlap.row], self.overlap.column, self.overlap.value, n_rows=n
            ),
            squares=_sums(self.squares, group_of, n),
            moments=_sums(self.moments, group_of, n),
            flow=SparseRows.summed(
                origin[apart], destination[apart], self.flow.value[apart], n_rows=n
            ),
            # Each pair stands in both rows, so what travels inside is met twice.
            flow_within=_sums(self.flow_within, group_of, n) + inside / 2,
        )


def area_costs(terms: Terms, area_of: IntVector) -> FloatVector:
    """The cost of each area of a plan; with ``terms.constant`` they add up to F.

    Parameters
    ----------
    area_of : array of shape (n_units,)
        The area of each unit, from 0 up, none left out.

    Returns
    -------
    array of shape (n_areas,)
        Unit: that of F; negative where the area lowers it.
    """
    area = terms.merged(area_of)
    between = (area.moments**2).sum(axis=1) / np.maximum(area.people, 1)
    costs: FloatVector = _coterminosity(area) + area.squares - between - area.flow_within
    return costs


def coterminosity_costs(terms: Terms, area_of: IntVector) -> FloatVector:
    """The part of each area's cost that existing geographies make.

    With ``terms.coterminosity_constant`` they add up to the plan's coterminosity cost.
    """
    return _coterminosity(terms.merged(area_of))


def _coterminosity(area: Terms) -> FloatVector:
    costs = area.cell_scales[area.overlap.column] * x_ln_x(area.overlap.value)
    return _sums(costs, area.overlap.row, len(area))


def x_ln_x(x: FloatVector) -> FloatVector:
    """The term of an entropy: x ln x, which is 0 at 0.

    Examples
    --------
    >>> import numpy as np
    >>> x_ln_x(np.array([0.0, 1.0])).tolist()
    [0.0, 0.0]
    """
    return x * np.log(x, out=np.zeros_like(x), where=x > 0)


def terms(places: Places, criteria: Criteria) -> Terms:
    """The terms of every block of a package under some criteria.

    Raises
    ------
    KeyError
        If the package lacks a geography or a need; ``readers.criteria`` refuses such
        criteria beforehand.
    """
    people = places.blocks.population.astype(np.int64)
    fits = [_fit(places, wanted, criteria.areas) for wanted in criteria.geographies]
    figures = _figures(places, criteria)
    flow, flow_within = _flows(places, criteria.flow_weight)
    return Terms(
        people=people,
        overlap=_side_by_side([fit.overlap for fit in fits], [len(fit.scales) for fit in fits]),
        cell_scales=np.concatenate([fit.scales for fit in fits]),
        squares=people * (figures**2).sum(axis=1),
        moments=people[:, None] * figures,
        flow=flow,
        flow_within=flow_within,
        coterminosity_constant=sum(fit.constant for fit in fits),
        flow_weight=criteria.flow_weight,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fit:
    """What one geography adds to the terms."""

    overlap: SparseRows
    scales: FloatVector
    constant: float


def _fit(places: Places, wanted: GeographyCriterion, n_areas: int) -> _Fit:
    geography, n = places.geographies[wanted.name], len(places.blocks)
    residents = places.blocks.population[geography.block] * geography.normalised_share(n)
    share = residents / max(float(residents.sum()), 1.0)
    n_cells = len(geography.codes)
    shares = _sums(share, geography.area, n_cells)
    # One area has no entropy: what rounding leaves of it would be divided by.
    entropy = -float(x_ln_x(shares).sum()) if (shares > 0).sum() > 1 else 0.0
    width = entropy + log(n_areas)
    scale = wanted.weight / width if width > 0 else 0.0
    whole = np.full_like(geography.area, n_cells)
    return _Fit(
        overlap=SparseRows.summed(
            np.concatenate([geography.block] * 2),
            np.concatenate([geography.area, whole]),
            np.concatenate([share] * 2),
            n_rows=n,
        ),
        scales=np.append(np.full(n_cells, -2 * scale), scale),
        constant=-scale * entropy,
    )


def _side_by_side(matrices: Sequence[SparseRows], widths: Sequence[int]) -> SparseRows:
    offsets = np.cumsum([0, *widths])
    return SparseRows.summed(
        np.concatenate([matrix.row for matrix in matrices]),
        np.concatenate([m.column + at for m, at in zip(matrices, offsets[:-1], strict=True)]),
        np.concatenate([matrix.value for matrix in matrices]),
        n_rows=len(matrices[0].start) - 1,
    )


def _figures(places: Places, criteria: Criteria) -> FloatMatrix:
    """Figures whose spread within areas is the cost: centred, and weighed by √b."""
    people = places.blocks.population.astype(np.float64)
    ground = np.column_stack([places.blocks.easting, places.blocks.northing])
    total = sum(need.weight for need in criteria.needs)
    weighed = [(ground, criteria.inertia_weight)] + [
        (need_values(places, need)[:, None], criteria.need_weight * need.weight / total)
        for need in criteria.needs
        if need.weight * criteria.need_weight > 0
    ]
    return np.column_stack([_centred(y, people) * sqrt(weight) for y, weight in weighed])


def _centred(figures: FloatMatrix, people: FloatVector) -> FloatMatrix:
    """Figures about their mean over people, so that Σ p‖y‖² is 1."""
    about_mean: FloatMatrix = figures - people @ figures / people.sum()
    spread = float((people @ about_mean**2).sum())
    return about_mean / sqrt(spread) if spread > 0 else about_mean


def _flows(places: Places, weight: float) -> tuple[SparseRows, FloatVector]:
    n = len(places.blocks)
    if places.flows is None or weight == 0:
        nothing = np.zeros(0, dtype=np.int64)
        return SparseRows.summed(nothing, nothing, np.zeros(0), n_rows=n), np.zeros(n)
    origin, destination = places.flows.origin, places.flows.destination
    share = weight * places.flows.commuters / places.flows.commuters.sum()
    stay = origin == destination
    o, d, both = origin[~stay], destination[~stay], share[~stay]
    return (
        SparseRows.summed(
            np.concatenate([o, d]), np.concatenate([d, o]), np.concatenate([both] * 2), n_rows=n
        ),
        _sums(share[stay], origin[stay], n),
    )


def _sums(values: Numbers, group_of: IntVector, n: int) -> Numbers:
    total = np.zeros((n, *values.shape[1:]), dtype=values.dtype)
    np.add.at(total, group_of, values)
    return total
