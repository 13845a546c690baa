"""Which steps of a plan are done, and which functions went back, as a table that people fill in.

In:        a CSV file with the columns ``task`` and ``done_on``, and where they are wanted
           ``returned_on`` and ``months_left``; the plan.
Out:       what is said of each step, checked; every fault with its row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from folkmoot.plan.errors import ProgressError
from folkmoot.plan.folder import PlanFolder
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.vocabulary.codes import TaskCode

DONE_COLUMNS = ("task", "done_on")
MORE_COLUMNS = ("returned_on", "months_left")
"""May be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What is said of one step."""

    done: date | None = None
    returned: date | None = None
    """The day from which the centre has the functions of a vesting back."""
    months_left: int | None = None
    """How many months a step that is not done still takes."""


def read_done(path: Path, plan: PlanFolder) -> dict[TaskCode, Done]:
    """Read what is said of steps; a row without a day is a step that is not done yet.

    Raises
    ------
    ProgressError
        With every fault and its row.
    """
    faults = Faults()
    table = read_table(path, faults)
    kinds = {row["task"]: row["kind"] for row in plan.tables["timetable"]}
    found: dict[TaskCode, Done] = {}
    if table is not None and table.has(*DONE_COLUMNS):
        table.once(["task"])
        for number, task in enumerate(table.columns["task"]):
            if task not in kinds:
                table.fault(number, "task", f"'{task}' is no step.", nearest(task, kinds))
            found[TaskCode(task)] = _done(table, number, kinds.get(task, "vest"))
    if faults.found:
        raise ProgressError(str(path), faults.found)
    return found


def _done(table: Table, number: int, kind: str) -> Done:
    """The row of one step; what cannot be is noted."""
    cells: Mapping[str, str] = {
        name: table.columns[name][number] if name in table.columns else ""
        for name in (*DONE_COLUMNS, *MORE_COLUMNS)
    }
    done, returned = (_day(table, number, name, cells[name]) for name in ("done_on", "returned_on"))
    if cells["returned_on"] and kind != "vest":
        problem = "only functions that have vested can go back."
        table.fault(number, "returned_on", problem, "Write it beside the vesting, or clear it.")
    elif returned is not None and (done is None or returned <= done):
        problem = f"they go back on {returned}, and have not vested before."
        table.fault(number, "returned_on", problem, "Give the day on which they vested, too.")
    left = cells["months_left"]
    if left and (not left.isdecimal() or done is not None or kind == "vest"):
        problem = f"'{left}' months are not left of this step."
        mend = "Write a whole number beside work that is not done, or clear it."
        table.fault(number, "months_left", problem, mend)
    return Done(done=done, returned=returned, months_left=int(left) if left.isdecimal() else None)


def _day(table: Table, number: int, column: str, cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        table.fault(number, column, f"'{cell}' is not a day.", "Write year-month-day: 2031-04-01.")
        return None
