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
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntMatrix, IntVector

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Prices of units that are believed, and how far from them an answer may go."""

    centre: FloatVector
    width: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Central:
    """Prices from the middle of all that are optimal, within what is trusted."""

    prices: Prices
    area_price: float
    cost: float
    """What the prices make of the task, so far as columns are known."""
    is_free: bool
    """Whether the same prices are optimal without the trust."""


def central_prices(columns: Columns, task: Task, trust: Trust, *, scale: float) -> Central:
    """Solve once by an interior method, which ends amid the optimal prices and not in a corner.

    Prices in a corner are far too high here and far too low there, and pricing areas by them
    meets little but areas that no plan wants. A unit may be held twice, or left out, at the
    ends of what is trusted.
    """
    n, m = task.n_units, len(columns)
    extra = 1 + len(task.limits)
    starts = np.concatenate([[0], np.cumsum(np.diff(columns.starts) + extra)])
    rows, values = np.empty(starts[-1], np.int32), np.ones(starts[-1])
    within = np.arange(len(columns.members)) + extra * columns.column_of
    beside = starts[1:, None] - extra + np.arange(extra)
    rows[within], rows[beside] = columns.members, n + np.arange(extra)
    values[beside[:, 1:]] = columns.measures
    each = np.arange(n, dtype=np.int32)
    dear, cheap = trust.centre + trust.width, trust.centre - trust.width
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = m + 2 * n, n + extra
    model.col_cost_ = np.concatenate([columns.costs, dear, -cheap]) * scale
    model.col_lower_ = np.zeros(m + 2 * n)
    model.col_upper_ = np.full(m + 2 * n, highspy.kHighsInf)
    bounds = [*_rows(task)[: n + 1], *((-highspy.kHighsInf, most) for most in task.limits)]
    model.row_lower_ = np.array([least for least, _ in bounds])
    model.row_upper_ = np.array([most for _, most in bounds])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.append(starts, starts[-1] + 1 + np.arange(2 * n)).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([rows, each, each])
    model.a_matrix_.value_ = np.concatenate([values, np.ones(n), -np.ones(n)])
    solver = _new_solver()
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status not in {_Status.kOptimal, _Status.kUnknown}:
        raise SolverError("linear programme", solver.modelStatusToString(status))
    solution = solver.getSolution()
    duals = np.array(solution.row_dual) / scale
    held = np.array(solution.col_value)[m:]
    return Central(
        prices=Prices(duals[:n], np.minimum(duals[n + 1 :], 0.0)),
        area_price=float(duals[n]),
        cost=solver.getInfo().objective_function_value / scale,
        is_free=bool(held.sum() <= 1e-3),
    )


def least_packing(
    costs: FloatVector,
    root: IntVector,
    bands: IntMatrix,
    *,
    n_areas: int,
    people: int,
) -> float:
    """The least cost of so many items, no two of one root, whose bands can hold the people.

    Parts of items are allowed, so it is a lower bound. ``bands`` has the least and most
    people of each item. Minus infinity where nothing can be said.
    """
    if not np.isfinite(costs).all():
        return -np.inf
    scale = 1.0 / max(float(np.abs(costs).max()), 1e-12)
    solver = _new_solver()
    roots, row = np.unique(root, return_inverse=True)
    million = 1e6
    for _ in roots:
        solver.addRow(0.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))
    solver.addRow(float(n_areas), float(n_areas), 0, np.zeros(0, np.int32), np.zeros(0))
    solver.addRow(-highspy.kHighsInf, people / million, 0, np.zeros(0, np.int32), np.zeros(0))
    solver.addRow(people / million, highspy.kHighsInf, 0, np.zeros(0, np.int32), np.zeros(0))
    n = len(roots)
    for item in range(len(costs)):
        rows = np.array([row[item], n, n + 1, n + 2], np.int32)
        values = np.array([1.0, 1.0, bands[item, 0] / million, bands[item, 1] / million])
        solver.addCol(float(costs[item]) * scale, 0.0, highspy.kHighsInf, 4, rows, values)
    solver.run()
    if solver.getModelStatus() != _Status.kOptimal:
        return -np.inf
    # The dual proves it, weighed out here: the solver's own word is not taken for it.
    dual = np.array(solver.getSolution().row_dual) / scale
    dual[:n], dual[n + 1], dual[n + 2] = (
        np.minimum(dual[:n], 0.0),
        min(dual[n + 1], 0.0),
        max(dual[n + 2], 0.0),
    )
    paid = dual[row] + dual[n] + (bands @ dual[n + 1 : n + 3]) / million
    short = float(np.minimum(costs - paid, 0.0).min(initial=0.0))
    head = dual[n + 1] + dual[n + 2]
    return float(dual[:n].sum() + n_areas * (dual[n] + short) + head * people / million)
