"""Columns that a cheaper plan could still be made of, and the bound that rules the others out.

In:        columns, prices, and the cost that a plan has to beat.
Out:       fewer columns and a higher bound.
Rule:      of any three units, the columns that hold two or more can be taken once at most in
           all (a subset-row inequality): such cuts raise the bound until few columns are left.
           A column whose reduced cost would take the bound past the cost to beat is dropped.
Not here:  choosing whole columns (``search``).
Source:    Jepsen, Petersen, Spoorendonk and Pisinger 2008, Subset-row inequalities applied to
           the vehicle-routing problem with time windows.
"""

import numpy as np

from folkmoot.areas.columns import Columns, Task
from folkmoot.areas.kernels import broken_triples
from folkmoot.areas.relaxation import UNMET, Relaxation
from folkmoot.areas.solver import TOLERANCE, Programme, Relaxed
from folkmoot.vocabulary.arrays import BoolVector, FloatVector, IntMatrix, IntVector

FIRST_COLUMNS = 1_000
"""Columns with which a programme starts; others come in when they are bargains."""

COLUMNS_A_ROUND = 150
CUTS_A_ROUND = 60
CUTS_A_UNIT = 5
"""Cuts of one round that may share a unit: more of them say much the same."""

LEAST_EXCESS = 0.02
"""How far a cut must be broken to be worth a row."""


class Pool:
    """Columns, the cuts found for them, and what remains of both."""

    def __init__(self, columns: Columns, task: Task, relaxation: Relaxation) -> None:
        """Start from columns that the relaxation left over."""
        self.columns, self.task = columns, task
        self.bound = relaxation.bound
        """No plan made of these columns costs less."""
        self.reduced = columns.reduced(relaxation.prices)
        """What taking a column adds to the bound, and some constant."""
        self.triples: IntMatrix = np.zeros((0, 3), dtype=np.int64)
        """The cuts: units of which two or more are taken together once at most."""
        self._counted: list[IntVector] = []
        self.scale, self._unmet_price = relaxation.scale, relaxation.unmet_price
        self._programme = Programme(task, scale=self.scale, unmet_price=self._unmet_price)
        self._offered: IntVector = _NONE
        self._offer(np.argsort(self.reduced, kind="stable")[:FIRST_COLUMNS])

    def tighten(self, cost_to_beat: float) -> None:
        """Add cuts and drop columns while that helps; no column is left if no plan is cheaper."""
        while len(self.columns):
            relaxed = self._settled(cost_to_beat)
            self._drop(cost_to_beat)
            if not len(self.columns) or not self._cut(relaxed):
                return

    def cheapest(self, count: int) -> IntVector:
        """The columns with the least reduced costs, in order of position."""
        return np.sort(np.argsort(self.reduced, kind="stable")[:count])

    def _settled(self, cost_to_beat: float) -> Relaxed:
        """Offer bargains until there is none, every unit is taken, or no plan is cheaper."""
        while True:
            relaxed = self._programme.solve()
            self._price(relaxed)
            bargains = np.flatnonzero(self.reduced < relaxed.area_price - TOLERANCE / self.scale)
            if len(bargains):
                order = np.argsort(self.reduced[bargains], kind="stable")
                self._offer(bargains[order[:COLUMNS_A_ROUND]])
            elif relaxed.unmet <= UNMET or self.bound >= cost_to_beat:
                return relaxed
            else:
                self._unmet_price *= 10.0
                self._programme.price_unmet(self._unmet_price)

    def _price(self, relaxed: Relaxed) -> None:
        self.reduced = self.columns.reduced(relaxed.prices)
        for counted, price in zip(self._counted, relaxed.cut_prices.tolist(), strict=True):
            self.reduced[counted] -= price
        paid_for_cuts = float(relaxed.cut_prices.sum())
        self._latest = self.task.bound(relaxed.prices, self.reduced.min()) + paid_for_cuts
        self.bound = max(self.bound, self._latest)

    def _drop(self, cost_to_beat: float) -> None:
        """Leave out columns of which no cheaper plan can be made."""
        spare = cost_to_beat - self._latest
        kept = self.reduced - self.reduced.min() <= spare
        position = np.where(kept, np.cumsum(kept) - 1, -1)
        offered = np.where(self._offered >= 0, position[self._offered], -1)
        self._programme.forbid(np.flatnonzero((offered < 0) & (self._offered >= 0)))
        self._offered = offered
        self._counted = [position[counted[kept[counted]]] for counted in self._counted]
        self.columns, self.reduced = self.columns.only(kept), self.reduced[kept]

    def _cut(self, relaxed: Relaxed) -> bool:
        """Add the cuts that the relaxed answer breaks most; answer whether there was any."""
        split = (relaxed.parts > UNMET) & (relaxed.parts < 1 - UNMET) & (self._offered >= 0)
        taken = self.columns.only(self._offered[split]).holds(self.task.n_units)
        triples = _cuts(taken, relaxed.parts[split])
        column_of = self.columns.column_of
        for triple in triples:
            hits = column_of[np.isin(self.columns.members, triple)]
            counted = np.flatnonzero(np.bincount(hits, minlength=len(self.columns)) >= 2)
            self._counted.append(counted)
            self._programme.add_cut(np.flatnonzero(np.isin(self._offered, counted)))
        self.triples = np.concatenate([self.triples, triples])
        return len(triples) > 0

    def _offer(self, columns: IntVector) -> None:
        held = self.columns.only(columns).holds(self.task.n_units)
        in_cut = held[:, self.triples].sum(axis=2) >= 2
        self._programme.add(self.columns.only(columns), [np.flatnonzero(row) for row in in_cut])
        self._offered = np.concatenate([self._offered, columns])


_NONE = np.zeros(0, dtype=np.int64)


def _cuts(taken: BoolVector, parts: FloatVector) -> IntMatrix:
    """The triples broken most, not too many about the same unit; shape (n_cuts, 3)."""
    units = np.flatnonzero(taken.any(axis=0))
    inside = np.ascontiguousarray(taken[:, units])
    together = (inside * parts[:, None]).T @ inside
    chosen, uses = [], np.zeros(len(units), dtype=np.int64)
    found = broken_triples(inside, parts, together, LEAST_EXCESS)
    for _, *triple in sorted(found, key=lambda cut: (-cut[0], cut[1:])):
        if len(chosen) < CUTS_A_ROUND and uses[triple].max() < CUTS_A_UNIT:
            uses[triple] += 1
            chosen.append(units[triple])
    return np.array(chosen, dtype=np.int64).reshape(-1, 3)
