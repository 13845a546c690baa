"""Entries of the functions register, and the sweep for days without one accountable body.

In:        entries: a function, some blocks, a body, its role, and the days it holds it.
Out:       every gap and overlap, merged over the blocks that share it.
Rule:      for every function, block and day exactly one body is accountable.
Not here:  drawing up a register (``services.register``).
Source:    docs/decisions/0007-who-is-accountable.md.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

import numpy as np

from folkmoot.services.errors import NotRegisteredError, RegisterFault
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode

HoldingRole = Literal["accountable", "delegated", "consulted"]
"""``accountable``: decides and pays; ``delegated``: acts for the accountable body."""

FOREVER = date.max.toordinal()
"""Stands for the day after the last day of an entry without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A body that holds a function in some blocks, from one day to another, both included."""

    function: FunctionCode
    blocks: tuple[BlockCode, ...]
    body: CommissionerCode
    role: HoldingRole = "accountable"
    first_day: date
    last_day: date | None = None
    instrument: str = ""
    """The law, agreement or plan that gives the body the function."""
    source: str = ""
    state: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the entry holds on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def register_faults(
    entries: Sequence[Entry],
    *,
    functions: Sequence[FunctionCode],
    blocks: Sequence[BlockCode],
    first_day: date,
) -> tuple[RegisterFault, ...]:
    """Every gap and overlap in who is accountable, from the first day on.

    Parameters
    ----------
    functions, blocks
        What must be covered: each function in each block, on each day.

    Returns
    -------
    tuple of RegisterFault
        Sorted by function, first day and blocks; empty when the register is sound.

    Raises
    ------
    NotRegisteredError
        If an entry names a function or block that is not among these.
    """
    accountable = [entry for entry in entries if entry.role == "accountable"]
    cells = _cells(accountable, functions, blocks)
    found: dict[tuple[FunctionCode, date, date | None, str, tuple[CommissionerCode, ...]], list[BlockCode]]
    found = defaultdict(list)
    for cell, first, last, bodies in _joined(_segments(accountable, cells, len(functions) * len(blocks), first_day)):
        function, block = divmod(cell, len(blocks))
        until = None if last == FOREVER else date.fromordinal(last) - timedelta(days=1)
        kind = "overlap" if bodies else "gap"
        found[functions[function], date.fromordinal(first), until, kind, bodies].append(blocks[block])
    faults = [
        RegisterFault(
            kind="overlap" if bodies else "gap",
            function=function,
            blocks=tuple(sorted(where)),
            first_day=first,
            last_day=until,
            bodies=bodies,
        )
        for (function, first, until, _, bodies), where in found.items()
    ]
    return tuple(sorted(faults, key=lambda one: (one.function, one.first_day, one.blocks)))


def _cells(
    entries: Sequence[Entry], functions: Sequence[FunctionCode], blocks: Sequence[BlockCode]
) -> list[IntVector]:
    """For each entry the cells, (function, block) pairs by number, that it covers."""
    function_at = {code: number for number, code in enumerate(functions)}
    block_at = {code: number for number, code in enumerate(blocks)}
    found = []
    for entry in entries:
        if entry.function not in function_at:
            raise NotRegisteredError("function", entry.function, "Add it, or drop its entries.")
        try:
            places = [block_at[block] for block in entry.blocks]
        except KeyError as error:
            raise NotRegisteredError("block", error.args[0], "Drop it from its entries.") from None
        offset = function_at[entry.function] * len(blocks)
        found.append(np.array(places, dtype=np.int64) + offset)
    return found


def _segments(
    entries: Sequence[Entry], cells: Sequence[IntVector], n_cells: int, first_day: date
) -> Iterator[tuple[int, int, int, tuple[CommissionerCode, ...]]]:
    """Cell, first day, day after the last, and bodies, wherever not exactly one holds.

    Each entry adds 1 from its first day and takes it away after its last, so that a
    running sum over a cell's days counts the bodies that hold it.
    """
    start = first_day.toordinal()
    sizes = [len(cell) for cell in cells]
    opens = np.array([max(entry.first_day.toordinal(), start) for entry in entries], dtype=np.int64)
    shuts = np.array([_day_after(entry) for entry in entries], dtype=np.int64)
    shuts = np.maximum(shuts, opens)
    every = np.arange(n_cells)
    cell = np.concatenate([*cells, *cells, every, every])
    day = np.concatenate([
        np.repeat(opens, sizes), np.repeat(shuts, sizes),
        np.full(n_cells, start), np.full(n_cells, FOREVER),
    ])
    change = np.repeat([1, -1, 0], [sum(sizes), sum(sizes), 2 * n_cells])
    order = np.lexsort((day, cell))
    cell, day, count = cell[order], day[order], np.cumsum(change[order])
    wrong = (cell[1:] == cell[:-1]) & (day[1:] > day[:-1]) & (count[:-1] != 1)
    holding: dict[int, list[int]] = defaultdict(list)
    if wrong.any():
        faulty = set(cell[:-1][wrong].tolist())
        for number, covered in enumerate(cells):
            for one in faulty.intersection(covered.tolist()):
                holding[one].append(number)
    for at in np.flatnonzero(wrong).tolist():
        here, first = int(cell[at]), int(day[at])
        bodies = [entries[n].body for n in holding[here] if opens[n] <= first < shuts[n]]
        yield here, first, int(day[at + 1]), tuple(sorted(bodies))


def _joined(
    segments: Iterator[tuple[int, int, int, tuple[CommissionerCode, ...]]],
) -> Iterator[tuple[int, int, int, tuple[CommissionerCode, ...]]]:
    """Segments that follow each other with the same bodies, as one."""
    for (cell, bodies), same in groupby(segments, key=lambda one: (one[0], one[3])):
        first, last = None, None
        for _, opens, shuts, _ in same:
            if first is not None and last is not None and opens != last:
                yield cell, first, last, bodies
                first = None
            first, last = (opens if first is None else first), shuts
        if first is not None and last is not None:
            yield cell, first, last, bodies


def _day_after(entry: Entry) -> int:
    """The day on which an entry no longer holds, as an ordinal."""
    return FOREVER if entry.last_day is None else entry.last_day.toordinal() + 1
