"""Conditions that every area must meet, beyond those of the criteria.

In:        weights and labels of units.
Out:       which candidate areas meet them; unions in which the others are forbidden.
Rule:      a condition adds up weights over the units of an area and says what the sum may be;
           a line gives every unit a label and lets an area hold one label only. Whether an
           area meets them depends on that area alone, so a plan under conditions is still a
           cheapest choice of unions, and forbidding unions never makes it cheaper.
Not here:  what people ask for (``demands``), which becomes conditions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from folkmoot.areas.columns import Columns
from folkmoot.areas.condition_kernels import Wanted, forbid_unions
from folkmoot.areas.threads import side_by_side
from folkmoot.areas.unions import Span, Unions
from folkmoot.vocabulary.arrays import BoolVector, IntMatrix, IntVector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Conditions:
    """What the units of every area must be, taken together."""

    weights: IntMatrix
    """Shape (n_conditions, n_units): added up over the units of an area."""
    least: IntVector
    """Shape (n_conditions,): least that the sum may be, as ``most`` is the most."""
    most: IntVector
    or_none: BoolVector
    """Shape (n_conditions,): whether a sum of 0 will do as well."""
    labels: IntMatrix
    """Shape (n_lines, n_units): an area's units all have the same; from -1 up."""

    @classmethod
    def none(cls, n_units: int) -> Self:
        """No conditions at all."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(
            weights=np.zeros((0, n_units), dtype=np.int64),
            least=nothing,
            most=nothing,
            or_none=np.zeros(0, dtype=np.bool_),
            labels=np.zeros((0, n_units), dtype=np.int64),
        )

    @classmethod
    def sums(cls, weights: IntVector, least: int, most: int, *, or_none: bool = False) -> Self:
        """The weights of an area's units add up to ``least`` to ``most``, or to nothing."""
        return replace(
            cls.none(len(weights)),
            weights=weights[None, :].astype(np.int64),
            least=np.array([least]),
            most=np.array([most]),
            or_none=np.array([or_none]),
        )

    @classmethod
    def line(cls, labels: IntVector) -> Self:
        """The units of an area all have the same label."""
        return replace(cls.none(len(labels)), labels=labels[None, :].astype(np.int64))

    @classmethod
    def all_of(cls, several: Iterable["Conditions"], *, n_units: int) -> "Conditions":
        """Every one of several conditions."""
        parts = [cls.none(n_units), *several]
        return cls(
            weights=np.concatenate([part.weights for part in parts]),
            least=np.concatenate([part.least for part in parts]),
            most=np.concatenate([part.most for part in parts]),
            or_none=np.concatenate([part.or_none for part in parts]),
            labels=np.concatenate([part.labels for part in parts]),
        )

    def met_by(self, columns: Columns) -> BoolVector:
        """Which candidate areas meet every condition."""
        sums = np.zeros((len(columns), len(self.weights)), dtype=np.int64)
        np.add.at(sums, columns.column_of, self.weights[:, columns.members].T)
        in_range = (self.least <= sums) & (sums <= self.most)
        met: BoolVector = (in_range | (self.or_none & (sums == 0))).all(axis=1)
        for labels in self.labels:
            own = labels[columns.members]
            first = own[columns.starts[:-1]][columns.column_of]
            met &= np.bincount(columns.column_of[own != first], minlength=len(columns)) == 0
        return met

    def only(self, unions: Unions) -> Unions:
        """The same unions, but those that do not meet every condition cost infinity."""
        if not len(self.weights) and not len(self.labels):
            return unions
        costs = np.empty_like(unions.costs)
        wanted = Wanted(self.weights, self.least, self.most, self.or_none, self.labels)

        def in_span(span: Span) -> None:
            forbid_unions(unions.steps, unions.units, unions.costs, span, wanted, costs)

        list(side_by_side(in_span, unions.spans))
        return replace(unions, costs=costs)
