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

from dataclasses import dataclass
from math import log, sqrt
from typing import Self, TypeVar

import numpy as np

from folkmoot.geography.needs import need_values
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntVector, frozen
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

Numbers = TypeVar("Numbers", IntVector, FloatVector)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SparseRows:
    """A matrix of few non-zero entries: row i holds entries ``start[i]`` to ``start[i + 1]``."""

    start: IntVector
    column: IntVector
    value: FloatVector

    @classmethod
    def summed(
        cls, row: IntVector, column: IntVector, value: FloatVector, *, n_rows: int
    ) -> Self:
        """Add up entries of the same row and column; rows and columns come out sorted."""
        width = int(column.max(initial=-1)) + 1
        key, entry = np.unique(row * width + column, return_inverse=True)
        rows, columns = (key // width, key % width) if width else (key, key)
        return cls(
            start=np.searchsorted(rows, np.arange(n_rows + 1)).astype(np.int64),
            column=columns.astype(np.int64),
            value=np.bincount(entry, weights=value, minlength=len(key)),
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
    """Part of each geography's people who live in the unit and in one cell, which is an
    area of a geography; the cells of all geographies are numbered through."""
    within: FloatMatrix
    """Shape (n_units, n_geographies): part of each geography's people in the unit."""
    squares: FloatVector
    """Shape (n_units,): Σ_j b_j p y², weighed and centred."""
    moments: FloatMatrix
    """Shape (n_units, n_figures): √b_j p y, weighed and centred."""
    flow: SparseRows
    """Weighed share of commuters between two different units, both ways, each pair in both rows."""
    flow_within: FloatVector
    """Weighed share of commuters who stay in the unit."""
    cell_geography: IntVector
    """The geography of each cell, its position in the criteria."""
    scales: FloatVector
    """a_r, one a geography."""
    entropies: FloatVector
    """H(R_r), one a geography. Unit: nats."""
    flow_weight: float

    @property
    def constant(self) -> float:
        """What F adds to the costs of areas, whatever the plan."""
        return self.flow_weight + self.coterminosity_constant

    @property
    def coterminosity_constant(self) -> float:
        """What the coterminosity cost adds to that of areas, whatever the plan."""
        return -float(self.scales @ self.entropies)

    def __len__(self) -> int:
        return len(self.people)

    def merged(self, group_of: IntVector) -> "Terms":
        """The terms of groups of units, such as atoms or the areas of a plan.

        Parameters
        ----------
        group_of : array of shape (n_units,)
            Group of each unit, from 0 up, none left out.
        """
        n = int(group_of.max()) + 1
        origin, destination = group_of[self.flow.row], group_of[self.flow.column]
        apart = origin != destination
        inside = np.bincount(origin[~apart], weights=self.flow.value[~apart], minlength=n)
        return Terms(
            people=_sums(self.people, group_of, n),
            overlap=SparseRows.summed(
                group_of[self.overlap.row],
                self.overlap.column,
                self.overlap.value,
                n_rows=n,
            ),
            within=_sums(self.within, group_of, n),
            squares=_sums(self.squares, group_of, n),
            moments=_sums(self.moments, group_of, n),
            flow=SparseRows.summed(
                origin[apart], destination[apart], self.flow.value[apart], n_rows=n
            ),
            # Each pair stands in both rows, with what travels both ways in each.
            flow_within=_sums(self.flow_within, group_of, n) + inside / 2,
            cell_geography=self.cell_geography,
            scales=self.scales,
            entropies=self.entropies,
            flow_weight=self.flow_weight,
        )


def area_costs(terms: Terms, area_of: IntVector, n_areas: int) -> FloatVector:
    """The cost of each area of a plan; with ``terms.constant`` they add up to F.

    Parameters
    ----------
    area_of : array of shape (n_units,)
        The area of each unit, from 0 to ``n_areas`` - 1, none empty.

    Returns
    -------
    array of shape (n_areas,)
        Unit: share of F; negative where the area lowers it.
    """
    area = terms.merged(area_of)
    between = (area.moments**2).sum(axis=1) / np.maximum(area.people, 1)
    costs: FloatVector = _coterminosity(area) + area.squares - between - area.flow_within
    return costs[:n_areas]


def coterminosity_costs(terms: Terms, area_of: IntVector, n_areas: int) -> FloatVector:
    """The part of each area's cost that existing geographies make.

    With ``terms.coterminosity_constant`` they add up to the plan's coterminosity cost.
    """
    return _coterminosity(terms.merged(area_of))[:n_areas]


def _coterminosity(area: Terms) -> FloatVector:
    cell_scales = area.scales[area.cell_geography][area.overlap.column]
    cells = cell_scales * x_ln_x(area.overlap.value)
    crossed = np.bincount(area.overlap.row, weights=cells, minlength=len(area))
    costs: FloatVector = x_ln_x(area.within) @ area.scales - 2 * crossed
    return costs


def x_ln_x(x: FloatVector) -> FloatVector:
    """x ln x, which is 0 at 0.

    Examples
    --------
    >>> import numpy as np
    >>> x_ln_x(np.array([0.0, 1.0])).tolist()
    [0.0, 0.0]
    """
    return x * np.log(x, out=np.zeros_like(x), where=x > 0)


def terms(places: Places, criteria: Criteria) -> Terms:
    """The terms of every block of a package under some criteria."""
    people = places.blocks.population.astype(np.float64)
    overlap, cell_geography = _overlap(places, criteria)
    within = _within(overlap, cell_geography, len(criteria.geographies))
    entropies = _entropies(overlap, cell_geography, len(criteria.geographies))
    figures = _figures(places, criteria)
    flow, flow_within = _flows(places, criteria.flow_weight)
    return Terms(
        people=places.blocks.population.astype(np.int64),
        overlap=overlap,
        within=within,
        squares=people * (figures**2).sum(axis=1),
        moments=people[:, None] * figures,
        flow=flow,
        flow_within=flow_within,
        cell_geography=cell_geography,
        scales=_scales(criteria, entropies),
        entropies=entropies,
        flow_weight=criteria.flow_weight,
    )


def _overlap(places: Places, criteria: Criteria) -> tuple[SparseRows, IntVector]:
    n = len(places.blocks)
    rows, columns, values, cells = [], [], [], [0]
    for wanted in criteria.geographies:
        geography = places.geographies[wanted.name]
        residents = places.blocks.population[geography.block] * geography.normalised_share(n)
        rows.append(geography.block)
        columns.append(geography.area + sum(cells))
        values.append(residents / max(residents.sum(), 1.0))
        cells.append(len(geography.codes))
    entries = SparseRows.summed(
        np.concatenate(rows), np.concatenate(columns), np.concatenate(values), n_rows=n
    )
    return entries, np.repeat(np.arange(len(cells) - 1), cells[1:])


def _within(overlap: SparseRows, cell_geography: IntVector, n: int) -> FloatMatrix:
    within = np.zeros((len(overlap.start) - 1, n))
    np.add.at(within, (overlap.row, cell_geography[overlap.column]), overlap.value)
    return within


def _entropies(overlap: SparseRows, cell_geography: IntVector, n: int) -> FloatVector:
    shares = np.bincount(overlap.column, weights=overlap.value, minlength=len(cell_geography))
    return -np.bincount(cell_geography, weights=x_ln_x(shares), minlength=n)


def _scales(criteria: Criteria, entropies: FloatVector) -> FloatVector:
    widths = entropies + log(criteria.areas)
    weights = np.array([wanted.weight for wanted in criteria.geographies])
    return np.divide(weights, widths, out=np.zeros_like(widths), where=widths > 0)


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
        np.bincount(origin[stay], weights=share[stay], minlength=n),
    )


def _sums(values: Numbers, group_of: IntVector, n: int) -> Numbers:
    total = np.zeros((n, *values.shape[1:]), dtype=values.dtype)
    np.add.at(total, group_of, values)
    return total
