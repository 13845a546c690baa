"""Linear programmes that take parts of areas, solved by HiGHS.

In:        columns, the task that they must fulfil, and cuts.
Out:       the cheapest parts to take, with the prices that say so.
Rule:      what the solver answers is used, never believed: prices prove their own bound
           (``Task.bound``). Costs are scaled to suit its tolerances, which are absolute.
           It is not asked for whole columns: its presolve has been seen to call a choice that
           breaks the rows an optimum, and its word would be all the proof there is.
Not here:  which columns to offer (``relaxation``, ``pool``); whole columns (``search``).
Source:    Huangfu and Hall 2018, Parallelizing the dual revised simplex method (HiGHS).
"""

from copy import copy
from dataclasses import dataclass
from typing import Self

import highspy
import numpy as np

from folkmoot.areas.columns import Columns, Prices, Task
from folkmoot.areas.errors import SolverError
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntVector

TOLERANCE = 2e-7
"""Least reduced cost that counts, in scaled costs. HiGHS prices to 1e-7: asking for better
would bring the same column back for ever."""

_Status = highspy.HighsModelStatus


def _new_solver() -> highspy.Highs:
    # ``threads`` is left alone: HiGHS refuses to change it for the second solver of a process.
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy is half typed
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS names options by position
    return solver


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Relaxed:
    """The cheapest way to take parts of columns."""

    cost: float
    prices: Prices
    area_price: float
    """What one area more would be worth."""
    cut_prices: FloatVector
    parts: FloatVector
    """How much of each column is taken, in the order in which they were added."""
    unmet: float
    """How much of the task is left undone, at the price of being unmet."""


class Programme:
    """A linear programme that takes parts of columns, and can be given more of them.

    Its rows are the units, the number of areas, the limits, and any cuts. A unit or an area
    may be left out at a price, so that there is an answer before there are columns.
    """

    def __init__(self, task: Task, *, scale: float, unmet_price: float) -> None:
        """Start without columns."""
        self.task, self.scale = task, scale
        # A plan has so many columns: taken off each, this leaves no limit under 0, which
        # nothing at all would break.
        self._shift = np.minimum(np.array(task.limits), 0.0) / task.n_areas
        self._solver = _new_solver()
        self._n_slack = task.n_units + 1
        for least, most in _rows(task):
            self._solver.addRow(least, most, 0, np.zeros(0, np.int32), np.zeros(0))
        for row in range(self._n_slack):
            self._add_column(unmet_price, np.array([row]), np.ones(1))

    def price_unmet(self, price: float) -> None:
        """Change what it costs to leave a row undone."""
        for column in range(self._n_slack):
            self._solver.changeColCost(column, price * self.scale)

    def add(self, columns: Columns, in_cuts: FloatMatrix | None = None) -> None:
        """Offer more columns; ``in_cuts`` has what each counts in each cut, a row a column."""
        first_cut = self.task.n_units + 1 + len(self.task.limits)
        for column in range(len(columns)):
            rows, values = self._entries(columns, column)
            if in_cuts is not None:
                cuts = np.flatnonzero(in_cuts[column])
                rows = np.concatenate([rows, first_cut + cuts])
                values = np.concatenate([values, in_cuts[column, cuts]])
            self._add_column(float(columns.costs[column]), rows, values)

    def add_cut(self, counts: IntVector, *, most: int) -> None:
        """Let columns count at most so much, each as given in the order of adding."""
        columns = np.flatnonzero(counts)
        index, values = (self._n_slack + columns).astype(np.int32), counts[columns]
        self._solver.addRow(
            -highspy.kHighsInf, float(most), len(index), index, values.astype(np.float64)
        )

    def forbid(self, columns: IntVector) -> None:
        """Take no part of some columns, by the order in which they were added."""
        for column in (self._n_slack + columns).tolist():
            self._solver.changeColBounds(column, 0.0, 0.0)

    def copy(self) -> Self:
        """The same programme, to go on from where this one stands."""
        twin = copy(self)
        solver = _new_solver()
        solver.passModel(self._solver.getLp())
        solver.setBasis(self._solver.getBasis())
        twin._solver = solver  # noqa: SLF001 - a copy of our own
        return twin

    def solve(self) -> Relaxed:
        """Solve to the optimum, which there always is: everything can be left undone."""
        self._solver.run()
        if self._solver.getModelStatus() != _Status.kOptimal:
            # From the basis of a moment ago rounding can lead nowhere; afresh it does not.
            self._solver.clearSolver()
            self._solver.run()
        status = self._solver.getModelStatus()
        if status != _Status.kOptimal:
            raise SolverError("linear programme", self._solver.modelStatusToString(status))
        solution, n = self._solver.getSolution(), self.task.n_units
        first_cut = n + 1 + len(self.task.limits)
        duals = np.array(solution.row_dual) / self.scale
        parts = np.array(solution.col_value)
        measure_prices = np.minimum(duals[n + 1 : first_cut], 0.0)
        return Relaxed(
            cost=self._solver.getInfo().objective_function_value / self.scale,
            prices=Prices(duals[:n], measure_prices),
            area_price=float(duals[n] - measure_prices @ self._shift),
            cut_prices=np.minimum(duals[first_cut:], 0.0),
            parts=parts[self._n_slack :],
            unmet=float(parts[: self._n_slack].sum()),
        )

    def _entries(self, columns: Columns, column: int) -> tuple[IntVector, FloatVector]:
        units, measures = columns.of(column), columns.measures[column] - self._shift
        rows = np.append(units, self.task.n_units + np.arange(1 + len(measures)))
        return rows, np.concatenate([np.ones(len(units) + 1), measures])

    def _add_column(self, cost: float, rows: IntVector, values: FloatVector) -> None:
        index = rows.astype(np.int32)
        self._solver.addCol(cost * self.scale, 0.0, highspy.kHighsInf, len(index), index, values)


def _rows(task: Task) -> list[tuple[float, float]]:
    once, areas = (1.0, 1.0), (float(task.n_areas), float(task.n_areas))
    limits = [(-highspy.kHighsInf, max(limit, 0.0)) for limit in task.limits]
    return [*[once] * task.n_units, areas, *limits]
