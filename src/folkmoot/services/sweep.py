"""Sweep a register for days on which not exactly one body is accountable.

In:        entries, and the functions and blocks that they must cover.
Out:       every gap and overlap, merged over the blocks that share it.
Rule:      for every function, block and day from the first on, exactly one body.
Not here:  drawing up a register (``services.register``).
Source:    docs/decisions/0007-who-is-accountable.md.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from folkmoot.services.entries import Entry
from folkmoot.services.errors import NotRegisteredError, RegisterFault
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode

FOREVER = date.max.toordinal()
"""Stands for the day after the last day of an entry that has none."""

Span = tuple[int, int, tuple[CommissionerCode, ...]]
"""First day, day after the last, and the bodies that are accountable between them."""


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
    cell, holder = _covered(accountable, functions, blocks)
    faulty = _faulty(accountable, cell, holder, len(functions) * len(blocks), first_day)
    held: Mapping[int, list[Entry]] = defaultdict(list)
    for at in np.flatnonzero(np.isin(cell, faulty)).tolist():
        held[int(cell[at])].append(accountable[holder[at]])
    shared: dict[tuple[int, Span], list[BlockCode]] = defaultdict(list)
    for one in faulty.tolist():
        function, block = divmod(one, len(blocks))
        for span in _wrong_spans(held[one], first_day.toordinal()):
            shared[function, span].append(blocks[block])
    faults = [_fault(functions[at], span, where) for (at, span), where in shared.items()]
    return tuple(sorted(faults, key=lambda one: (one.function, one.first_day, one.blocks)))


def _covered(
    entries: Sequence[Entry], functions: Sequence[FunctionCode], blocks: Sequence[BlockCode]
) -> tuple[IntVector, IntVector]:
    """The cells, (function, block) pairs by number, that entries cover, and by which entry."""
    starts = {code: number * len(blocks) for number, code in enumerate(functions)}
    block_at = {code: number for number, code in enumerate(blocks)}
    cells: list[int] = []
    for entry in entries:
        if entry.function not in starts:
            raise NotRegisteredError("function", entry.function, "Add it, or drop its entries.")
        start = starts[entry.function]
        try:
            cells += [start + block_at[block] for block in entry.blocks]
        except KeyError as error:
            raise NotRegisteredError("block", error.args[0], "Drop it from its entries.") from None
    sizes = [len(entry.blocks) for entry in entries]
    return np.array(cells, dtype=np.int64), np.repeat(np.arange(len(entries)), sizes)


def _faulty(
    entries: Sequence[Entry], cell: IntVector, holder: IntVector, n_cells: int, first_day: date
) -> IntVector:
    """Cells that on some day have no accountable body, or several.

    Each entry adds 1 from its first day and takes it away after its last, so that a
    running sum over a cell's days counts the bodies that hold it.
    """
    start = first_day.toordinal()
    opens = np.array([entry.first_day.toordinal() for entry in entries], dtype=np.int64)
    shuts = np.array([_day_after(entry) for entry in entries], dtype=np.int64)
    opens = np.maximum(opens, start)
    shuts = np.maximum(shuts, opens)  # an entry that ended before the first day adds nothing
    every = np.arange(n_cells)
    ends = (np.full(n_cells, start), np.full(n_cells, FOREVER))
    cells = np.concatenate([cell, cell, every, every])
    days = np.concatenate([opens[holder], shuts[holder], *ends])
    change = np.repeat([1, -1, 0], [len(cell), len(cell), 2 * n_cells])
    order = np.lexsort((days, cells))
    cells, days, count = cells[order], days[order], np.cumsum(change[order])
    lasts = (cells[1:] == cells[:-1]) & (days[1:] > days[:-1])
    found: IntVector = np.unique(cells[:-1][lasts & (count[:-1] != 1)])
    return found


def _wrong_spans(entries: Sequence[Entry], start: int) -> Iterator[Span]:
    """The spans of one cell without exactly one body, as long as the bodies stay the same."""
    held = [(entry.first_day.toordinal(), _day_after(entry), entry.body) for entry in entries]
    days = {start, FOREVER, *(day for one in held for day in one[:2])}
    found: list[Span] = []
    for opens, shuts in pairwise(sorted(day for day in days if start <= day <= FOREVER)):
        bodies = tuple(sorted(body for first, end, body in held if first <= opens < end))
        if found and found[-1][1:] == (opens, bodies):
            opens = found.pop()[0]  # noqa: PLW2901 - the span goes on
        found.append((opens, shuts, bodies))
    return (span for span in found if len(span[2]) != 1)


def _fault(function: FunctionCode, span: Span, where: Sequence[BlockCode]) -> RegisterFault:
    opens, shuts, bodies = span
    return RegisterFault(
        kind="overlap" if bodies else "gap",
        function=function,
        blocks=tuple(sorted(where)),
        first_day=date.fromordinal(opens),
        last_day=None if shuts == FOREVER else date.fromordinal(shuts) - timedelta(days=1),
        bodies=bodies,
    )


def _day_after(entry: Entry) -> int:
    """The day on which an entry no longer holds, as an ordinal."""
    return FOREVER if entry.last_day is None else entry.last_day.toordinal() + 1
