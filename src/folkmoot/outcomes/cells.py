"""A map of services as sets of cells: a need, of a cohort, in a place.

In:        words of needs, cohorts and places; people expected; services and where they offer.
Out:       ``Cells`` and ``Services``, which check themselves.
Not here:  gaps and duplication (``outcomes.overlap``); tables (``outcomes.overlap_tables``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from folkmoot.outcomes.errors import PluralityReasonError, ShareError, UnknownCellError
from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.statistics.errors import ShapeError
from folkmoot.vocabulary.statistics.inputs import (
    check_counts,
    check_denominators,
    check_within,
    vectors,
)

SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Who is expected to need what, where. Cells are counted by cohort, place and then need."""

    needs: tuple[str, ...]
    cohorts: tuple[str, ...]
    places: tuple[str, ...]
    expected: FloatVector
    """Shape (n_cohorts * n_places * n_needs,). Unit: persons a year."""
    met: FloatVector
    """Of those, the part whom others serve: a ratio, 0 to 1."""

    def __post_init__(self) -> None:
        expected, met = vectors(expected=self.expected, met=self.met)
        if expected.size != self.size:
            raise ShapeError({"expected": expected.shape, "cells": (self.size,)})
        check_counts(expected=expected, met=met)
        check_within("met", met, np.ones(1), "1")

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.cohorts) * len(self.places) * len(self.needs)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Cohorts, places and needs."""
        return len(self.cohorts), len(self.places), len(self.needs)

    @property
    def left(self) -> FloatVector:
        """People whom services are there for: expected, and not served by others."""
        return self.expected * (1.0 - self.met)

    def numbers(self, words: Sequence[tuple[str, str, str]]) -> IntVector:
        """Numbers of cells by (need, cohort, place).

        Raises
        ------
        UnknownCellError
            Naming the first ten that are not there, and how many.
        """
        at = [
            {word: n for n, word in enumerate(known)}
            for known in (self.needs, self.cohorts, self.places)
        ]
        unknown = [
            one
            for one in words
            if any(word not in known for word, known in zip(one, at, strict=True))
        ]
        if unknown:
            raise UnknownCellError([", ".join(one) for one in unknown[:SHOWN]], len(unknown))
        spots = [
            (at[1][cohort] * len(self.places) + at[2][place]) * len(self.needs) + at[0][need]
            for need, cohort, place in words
        ]
        return np.array(spots, dtype=np.int64)

    def words(self, cell: int) -> tuple[str, str, str]:
        """Need, cohort and place of a cell."""
        cohort, place, need = np.unravel_index(cell, self.shape)
        return self.needs[need], self.cohorts[cohort], self.places[place]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Services:
    """What is offered: each service a set of cells, with its capacity and cost in them."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    capacity: FloatVector
    """Shape (n_services,). Unit: persons a year."""
    pence: IntVector
    """Cost of a year. Unit: pence."""
    funders: tuple[str, ...]
    sectors: tuple[str, ...]
    intended: tuple[str | None, ...]
    """Why several are meant to offer the same; None where it is not meant."""
    first: IntVector
    """Shape (n_services + 1,): where the cells of each service begin in the arrays below."""
    cell: IntVector
    """Shape (n_offers,): numbers of cells, rising within each service."""
    share: FloatVector
    """Part of the capacity and cost of the service; the shares of one sum to 1."""
    access: FloatVector
    """Part of the capacity that people there can reach: a ratio, 0 to 1."""

    def __post_init__(self) -> None:
        capacity, share, access = (
            *vectors(capacity=self.capacity),
            *vectors(share=self.share, access=self.access),
        )
        check_counts(capacity=capacity, share=share, access=access)
        check_counts(pence=self.pence.astype(np.float64))
        check_within("access", access, np.ones(1), "1")
        sizes = np.diff(self.first)
        check_denominators(cells=sizes.astype(np.float64))
        rises = np.diff(self.cell) > 0
        rises[self.first[1:-1] - 1] = True
        if not rises.all() or len(self.cell) != self.first[-1] or len(self) + 1 != len(self.first):
            raise ShapeError({"first": self.first.shape, "cell": self.cell.shape})
        sums = np.add.reduceat(share, self.first[:-1])
        uneven = np.flatnonzero(~np.isclose(sums, 1.0, rtol=0, atol=1e-6))
        if uneven.size:
            raise ShareError([self.codes[one] for one in uneven.tolist()], float(sums[uneven[0]]))
        bare = [
            code
            for code, reason in zip(self.codes, self.intended, strict=True)
            if reason is not None and not reason.strip()
        ]
        if bare:
            raise PluralityReasonError(bare[:SHOWN])

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(
        cls,
        codes: Sequence[str],
        cells: Iterable[ArrayLike],
        *,
        capacity: ArrayLike,
        pence: ArrayLike,
        intended: Sequence[str | None] | None = None,
    ) -> Self:
        """Services that spread capacity and cost evenly over their cells.

        Examples
        --------
        >>> found = Services.of(["A"], [[3, 1]], capacity=[10], pence=[100])
        >>> found.cell.tolist(), found.share.tolist()
        ([1, 3], [0.5, 0.5])
        """
        runs = [np.unique(np.asarray(one, dtype=np.int64)) for one in cells]
        sizes = np.array([len(run) for run in runs], dtype=np.int64)
        cell = np.concatenate(runs) if runs else np.empty(0, np.int64)
        return cls(
            codes=tuple(codes),
            names=tuple(codes),
            capacity=np.asarray(capacity, dtype=np.float64),
            pence=np.asarray(pence, dtype=np.int64),
            funders=("",) * len(codes),
            sectors=("",) * len(codes),
            intended=tuple(intended or (None,) * len(codes)),
            first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            cell=cell,
            share=np.repeat(1.0 / np.maximum(sizes, 1), sizes),
            access=np.ones(len(cell)),
        )

    @property
    def sizes(self) -> IntVector:
        """How many cells each service is in."""
        found: IntVector = np.diff(self.first)
        return found
