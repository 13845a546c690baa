"""Where services are missing and where two offer the same.

In:        people expected in each cell; services as sets of cells with capacity and cost.
Out:       ``GapMap``: people unserved by need, cohort and place; ``Pairs``: services that offer
           much the same, and the pounds at stake.
Rule:      a cell has a gap or an excess, never both, by one measure of need. Pounds are at stake
           only where there is an excess: two services that both fill a need cost nothing.
Not here:  who is responsible (``outcomes.responsibility``); one service that is listed twice
           (``outcomes.listed_twice``).
Source:    our own definition; P. Jaccard, New Phytologist 11, 1912, for likeness of sets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from folkmoot.outcomes.cells import Cells, Services
from folkmoot.outcomes.overlap_kernels import (
    ROUNDING,
    alike_pairs,
    beyond_dearest,
    pence_by_cell,
    stakes,
)
from folkmoot.outcomes.results import Method
from folkmoot.parameters.reader import packaged
from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix, FloatVector, IntVector

OVERLAP = Method(
    code="O16",
    name="capacity against people expected, by cell; containment and Jaccard's index of pairs",
    sources="our own definition; Jaccard 1912",
    cannot_say="whether a service is good, or whether people would change to another.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From what on two services offer much the same, or may be one and the same."""

    containment: float
    """Of the smaller service's cells, the part that the larger has too."""
    jaccard: float
    """Of the cells of either, the part that both have."""
    similarity: float
    """Of names, and of addresses, before one service may be listed twice."""

    @classmethod
    def shipped(cls) -> Self:
        """Those of parameters/outcomes.toml."""
        section = packaged("outcomes.toml").section("duplication")
        return cls(
            containment=float(section.ratio("containment", least=0, most=1)),
            jaccard=float(section.ratio("jaccard", least=0, most=1)),
            similarity=float(section.ratio("similarity", least=0, most=1)),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GapMap:
    """Need and capacity, cell by cell; arrays have shape (n_cells,). Unit: persons a year."""

    cells: Cells
    capacity: FloatVector
    """All services together."""
    reach: FloatVector
    """The part of it that people there can reach."""
    unserved: FloatVector
    """People in need for whom there is no capacity."""
    excess: FloatVector
    """Capacity for which there are no people in need."""
    method: Method = OVERLAP

    def by(self, axis: int) -> FloatVector:
        """People unserved by cohort (0), place (1) or need (2)."""
        others = tuple(one for one in range(3) if one != axis)
        found: FloatVector = self.unserved.reshape(self.cells.shape).sum(axis=others)
        return found

    @property
    def by_place_and_need(self) -> FloatMatrix:
        """People unserved; shape (n_places, n_needs)."""
        found: FloatMatrix = self.unserved.reshape(self.cells.shape).sum(axis=0)
        return found


def gap_map(cells: Cells, services: Services) -> GapMap:
    """Set capacity against need.

    Examples
    --------
    >>> cells = Cells(needs=("a", "b"), cohorts=("all",), places=("x",),
    ...               expected=np.array([100.0, 50.0]), met=np.array([0.2, 0.0]))
    >>> found = gap_map(cells, Services.of(["s"], [[0, 1]], capacity=[120], pence=[0]))
    >>> found.unserved.tolist(), found.excess.tolist()
    ([20.0, 0.0], [0.0, 10.0])
    """
    offered = np.repeat(services.capacity, services.sizes) * services.share
    capacity, reach = (
        np.bincount(services.cell, weights, minlength=cells.size).astype(np.float64)
        for weights in (offered, offered * services.access)
    )
    beyond = reach - cells.left
    return GapMap(
        cells=cells,
        capacity=capacity,
        reach=reach,
        unserved=np.maximum(0.0, -beyond),
        # Shares of a capacity that fits exactly may sum to a hair more.
        excess=np.where(beyond > ROUNDING * np.maximum(1.0, reach), beyond, 0.0),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Services that offer much the same, the most pounds at stake first; one entry a pair."""

    smaller: IntVector
    """Number of the service with fewer cells."""
    larger: IntVector
    shared: FloatVector
    """Cells of both; not whole where needs that are alike count in part."""
    containment: FloatVector
    jaccard: FloatVector
    pence: IntVector
    """At stake: the lesser of both costs in shared cells with more capacity than need."""
    is_intended: BoolVector
    """Whether both are meant to be there, so that the pair counts and is not listed."""

    def __len__(self) -> int:
        return len(self.smaller)

    @property
    def listed(self) -> IntVector:
        """Pairs to look at, by number."""
        found: IntVector = np.flatnonzero(~self.is_intended)
        return found


def pairs(
    services: Services,
    found: GapMap,
    bounds: Bounds,
    *,
    likeness: FloatMatrix | None = None,
) -> Pairs:
    """Find every two services that offer much the same.

    Parameters
    ----------
    likeness : array of shape (n_needs, n_needs), optional
        How alike needs are, 0 to 1 (``outcomes.need_terms``). Default: only the same need counts.

    Examples
    --------
    >>> cells = Cells(needs=tuple("abcd"), cohorts=("all",), places=("x",),
    ...               expected=np.zeros(4), met=np.zeros(4))
    >>> services = Services.of(["A", "B"], [[0, 1], [0, 1, 2, 3]], capacity=[2, 4], pence=[8, 8])
    >>> made = pairs(services, gap_map(cells, services), Bounds.shipped())
    >>> [one.tolist() for one in (made.jaccard, made.containment, made.pence)]
    [[0.5], [1.0], [4]]
    """
    width = 1 if likeness is None else len(found.cells.needs)
    alike = np.zeros((1, 1)) if likeness is None else np.ascontiguousarray(likeness)
    smaller, larger, shared = alike_pairs(
        services.first, services.cell, width, alike,
        bounds.containment, bounds.jaccard, found.cells.size // width,
    )  # fmt: skip
    sizes = services.sizes.astype(np.float64)
    pence = stakes(
        services.first, services.cell, costs(services), found.excess > 0, smaller, larger
    )
    order = np.lexsort((larger, smaller, -pence))
    smaller, larger, shared = smaller[order], larger[order], shared[order]
    meant = np.array([reason is not None for reason in services.intended], dtype=np.bool_)
    return Pairs(
        smaller=smaller,
        larger=larger,
        shared=shared,
        containment=shared / sizes[smaller],
        jaccard=shared / (sizes[smaller] + sizes[larger] - shared),
        pence=pence[order],
        is_intended=meant[smaller] & meant[larger],
    )


def costs(services: Services) -> IntVector:
    """What each service costs in each of its cells; one's sum to its cost. Unit: pence."""
    return pence_by_cell(services.first, services.share, services.pence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """Money that goes to cells which have more capacity than need. Unit: pence."""

    pence: int
    """In each such cell, what all but the dearest service cost: no pair is counted twice."""
    cells: int
    """How many such cells have two services or more."""
    by_funder: Mapping[str, int]
    """Cost, in those cells, of every service by who pays for it."""


def stake(services: Services, found: GapMap) -> Stake:
    """How much is at stake in all.

    Examples
    --------
    >>> cells = Cells(needs=("a",), cohorts=("all",), places=("x",),
    ...               expected=np.array([5.0]), met=np.zeros(1))
    >>> three = Services.of(list("ABC"), [[0]] * 3, capacity=[5, 5, 5], pence=[3, 2, 1])
    >>> stake(three, gap_map(cells, three)).pence
    3
    """
    pence, is_excess = costs(services), found.excess > 0
    beyond, count = beyond_dearest(services.cell, pence, is_excess)
    doubled = is_excess & (count > 1)
    names = sorted(set(services.funders))
    number = {name: n for n, name in enumerate(names)}
    funder = np.array([number[one] for one in services.funders], dtype=np.int64)
    spent = np.zeros(len(names), dtype=np.int64)
    is_doubled = doubled[services.cell]
    np.add.at(spent, np.repeat(funder, services.sizes)[is_doubled], pence[is_doubled])
    return Stake(
        pence=int(beyond.sum()),
        cells=int(doubled.sum()),
        by_funder={
            name: amount for name, amount in zip(names, spent.tolist(), strict=True) if amount
        },
    )
