"""Columns that a cheaper plan could still be made of, and the bound that rules the others out.

In:        columns, prices, and the cost that a plan has to beat.
Out:       fewer columns and a higher bound.
Rule:      if a column counts half the units of a set that it holds, rounded down, a plan's
           columns count at most half the set, rounded down (a subset-row inequality). Parts of
           columns break this; such cuts raise the bound until few columns are left. A column
           whose reduced cost would take the bound past the cost to beat is dropped.
           Where cuts no longer help, a pool is halved: two units are kept together, or apart.
Not here:  which halves to look at (``search``).
Source:    Jepsen, Petersen, Spoorendonk and Pisinger 2008, Subset-row inequalities applied to
           the vehicle-routing problem with time windows; Ryan and Foster 1981, An integer
           programming approach to scheduling (the halves).
"""

from collections.abc import Sequence
from copy import copy
from math import comb

import numpy as np

from folkmoot.areas.columns import Columns, Task
from folkmoot.areas.kernels import broken_sets
from folkmoot.areas.relaxation import UNMET, Relaxation
from folkmoot.areas.solver import TOLERANCE, Programme, Relaxed
from folkmoot.vocabulary.arrays import BoolVector, FloatVector, IntMatrix, IntVector

FIRST_COLUMNS = 600
"""Columns with which a programme starts; others come in when they are bargains."""

STALLED = 0.6
"""When a round of cuts leaves more than this part of the columns, halving the pool does more."""

COLUMNS_A_ROUND = 300
CUTS_A_ROUND = 60
CUTS_A_UNIT = 5
"""Cuts of one round that may share a unit: more of them say much the same."""

LEAST_EXCESS = 0.02
"""How far a cut must be broken to be worth a row."""

SIZES = (3, 5, 7)
"""Units of a cut; a larger set is looked for when no smaller one is broken."""

MOST_SETS = 1_000_000
"""Sets of one size that are looked at."""


class Pool:
    """Columns, the cuts found for them, and what remains of both."""

    def __init__(
        self, columns: Columns, task: Task, relaxation: Relaxation, narrower: "Pool | None" = None
    ) -> None:
        """Start from columns that the relaxation left over, and from what a smaller pool found."""
        self.columns, self.task = columns, task
        self.bound = relaxation.bound
        """No plan made of these columns costs less."""
        self.reduced = columns.reduced(relaxation.prices)
        """What taking a column adds to the bound, and some constant."""
        self.cuts: list[IntVector] = []
        """The units of each cut."""
        self._counted: list[tuple[IntVector, IntVector]] = []
        """The columns that count in each cut, and how many pairs."""
        self.scale, self._unmet_price = relaxation.scale, relaxation.unmet_price
        self._programme = Programme(task, scale=self.scale, unmet_price=self._unmet_price)
        self._offered: IntVector = _NONE
        if narrower is not None:
            self._add_cuts(narrower.cuts[: len(narrower.relaxed.cut_prices)])
            self._price(narrower.relaxed)
        self._offer(np.argsort(self.reduced, kind="stable")[:FIRST_COLUMNS])
        self.relaxed: Relaxed = self._programme.solve()
        """The latest answer in parts of columns."""

    def tighten(self, cost_to_beat: float) -> None:
        """Add cuts and drop columns while that helps; no column is left if no plan is cheaper."""
        if len(self.columns):
            # No plan made of these columns costs more, so a bound above it says there is none.
            dearest = self.task.n_areas * float(self.columns.costs.max()) + 1.0 / self.scale
            cost_to_beat = min(cost_to_beat, dearest)
        before = len(self.columns) / STALLED
        while len(self.columns):
            self._settle(cost_to_beat)
            is_stalled = len(self.columns) > STALLED * before
            before = len(self.columns)
            if is_stalled or not self._cut():
                return

    def whole(self) -> Columns | None:
        """The columns of the relaxed answer, if it takes all of each that it takes part of."""
        if len(self._split()) or self.relaxed.unmet > UNMET:
            return None
        return self.columns.only(self._offered[self.relaxed.parts > 0.5])

    def halves(self) -> tuple["Pool", "Pool"]:
        """Two smaller pools: columns that never part two units, and columns that never join them.

        Every plan is made of one or the other. The two units are those of which the relaxed
        answer most nearly takes half together, half apart.
        """
        split = self._split()
        taken = self.columns.only(self._offered[split]).holds(self.task.n_units)
        together = np.triu((taken * self.relaxed.parts[split][:, None]).T @ taken, 1)
        pair = np.unravel_index(np.argmin(np.abs(together - 0.5)), together.shape)
        held = self.columns.holds(self.task.n_units)[:, pair].sum(axis=1)
        return self._only(held != 1), self._only(held != 2)

    def _only(self, kept: BoolVector) -> "Pool":
        half = copy(self)
        half.cuts = list(self.cuts)
        half._programme = self._programme.copy()  # noqa: SLF001 - a copy of our own
        half._keep(kept)  # noqa: SLF001 - as above
        return half

    def _split(self) -> IntVector:
        """Columns of which a part is taken, in the order in which they were offered."""
        parts = self.relaxed.parts
        return np.flatnonzero((parts > UNMET) & (parts < 1 - UNMET) & (self._offered >= 0))

    def _settle(self, cost_to_beat: float) -> None:
        """Offer bargains until there is none, every unit is taken, or no plan is cheaper."""
        while True:
            self.relaxed = self._programme.solve()
            self._price(self.relaxed)
            self._drop(cost_to_beat)
            if len(self.columns) and (self.relaxed.parts[self._offered < 0] > UNMET).any():
                continue  # the answer takes columns that have just been ruled out
            below = self.relaxed.area_price - TOLERANCE / self.scale
            bargains = np.flatnonzero(self.reduced < below)
            if len(bargains):
                order = np.argsort(self.reduced[bargains], kind="stable")
                self._offer(bargains[order[:COLUMNS_A_ROUND]])
            elif self.relaxed.unmet <= UNMET or not len(self.columns):
                return
            else:
                self._unmet_price *= 10.0
                self._programme.price_unmet(self._unmet_price)

    def _price(self, relaxed: Relaxed) -> None:
        self.reduced = self.columns.reduced(relaxed.prices)
        for (columns, pairs), price in zip(self._counted, relaxed.cut_prices.tolist(), strict=True):
            self.reduced[columns] -= price * pairs
        rights = np.array([len(units) // 2 for units in self.cuts], dtype=np.float64)
        paid_for_cuts = float(relaxed.cut_prices @ rights)
        self._latest = self.task.bound(relaxed.prices, self.reduced.min()) + paid_for_cuts
        self.bound = max(self.bound, self._latest)

    def _drop(self, cost_to_beat: float) -> None:
        """Leave out columns of which no cheaper plan can be made."""
        if len(self.columns):
            spare = cost_to_beat - self._latest
            self._keep(self.reduced - self.reduced.min() <= spare)

    def _keep(self, kept: BoolVector) -> None:
        position = np.where(kept, np.cumsum(kept) - 1, -1)
        offered = np.where(self._offered >= 0, position[self._offered], -1)
        self._programme.forbid(np.flatnonzero((offered < 0) & (self._offered >= 0)))
        self._offered = offered
        self._counted = [
            (position[columns[kept[columns]]], pairs[kept[columns]])
            for columns, pairs in self._counted
        ]
        self.columns, self.reduced = self.columns.only(kept), self.reduced[kept]

    def _cut(self) -> bool:
        """Add the cuts that the relaxed answer breaks most; answer whether there was any."""
        split = self._split()
        taken = self.columns.only(self._offered[split]).holds(self.task.n_units)
        cuts = _broken(taken, self.relaxed.parts[split])
        self._add_cuts(cuts)
        return len(cuts) > 0

    def _add_cuts(self, cuts: Sequence[IntVector]) -> None:
        column_of = self.columns.column_of
        for units in cuts:
            hits = column_of[np.isin(self.columns.members, units)]
            pairs = np.bincount(hits, minlength=len(self.columns)) // 2
            columns = np.flatnonzero(pairs)
            self.cuts.append(units)
            self._counted.append((columns, pairs[columns]))
            offered = np.where(self._offered >= 0, pairs[self._offered], 0)
            self._programme.add_cut(offered, most=len(units) // 2)

    def _offer(self, positions: IntVector) -> None:
        columns = self.columns.only(positions)
        held = columns.holds(self.task.n_units)
        counts = [held[:, units].sum(axis=1) // 2 for units in self.cuts]
        in_cuts = np.stack(counts, axis=1) if counts else np.zeros((len(columns), 0))
        self._programme.add(columns, in_cuts)
        self._offered = np.concatenate([self._offered, positions])


_NONE = np.zeros(0, dtype=np.int64)


def _broken(taken: BoolVector, parts: FloatVector) -> list[IntVector]:
    """The sets of units broken most, not too many about the same unit."""
    # Units that the same columns hold make the same cuts: one of each is enough.
    columns, units = np.unique(taken.T, axis=0, return_index=True)
    inside, units = columns[columns.sum(axis=1) > 1], units[columns.sum(axis=1) > 1]
    for size in SIZES:
        if comb(len(units), size) > MOST_SETS:
            return []
        sets, excesses = broken_sets(inside, parts, size, LEAST_EXCESS)
        if len(sets):
            order = np.argsort(-excesses, kind="stable")
            return [units[cut] for cut in _spread(sets[order])]
    return []


def _spread(sets: IntMatrix) -> list[IntVector]:
    """The first sets, passing over those about units that have enough already."""
    chosen: list[IntVector] = []
    uses = np.zeros(sets.max() + 1, dtype=np.int64)
    for units in sets:
        if len(chosen) < CUTS_A_ROUND and uses[units].max() < CUTS_A_UNIT:
            uses[units] += 1
            chosen.append(units)
    return chosen
