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
    cells = _cells(accountable, functions, blocks)
    faulty = _faulty(accountable, cells, len(functions) * len(blocks), first_day)
    held: Mapping[int, list[Entry]] = defaultdict(list)
    for entry, covered in zip(accountable, cells, strict=True):
        for cell in faulty.intersection(covered.tolist()):
            held[cell].append(entry)
    shared: dict[tuple[int, Span], list[BlockCode]] = defaultdict(list)
    for cell in sorted(faulty):
        function, block = divmod(cell, len(blocks))
        for span in _wrong_spans(held[cell], first_day.toordinal()):
            shared[function, span].append(blocks[block])
    faults = [_fault(functions[at], span, where) for (at, span), where in shared.items()]
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


def _faulty(
    entries: Sequence[Entry], cells: Sequence[IntVector], n_cells: int, first_day: date
) -> set[int]:
    """Cells that on some day have no accountable body, or several.

    Each entry adds 1 from its first day and takes it away after its last, so that a
    running sum over a cell's days counts the bodies that hold it.
    """
    start = first_day.toordinal()
    sizes = [len(covered) for covered in cells]
    opens = np.array([max(entry.first_day.toordinal(), start) for entry in entries], dtype=np.int64)
    shuts = np.array([_day_after(entry) for entry in entries], dtype=np.int64)
    shuts = np.maximum(shuts, opens)  # an entry that ended before the first day adds nothing
    every = np.arange(n_cells)
    ends = (np.full(n_cells, start), np.full(n_cells, FOREVER))
    cell = np.concatenate([*cells, *cells, every, every])
    day = np.concatenate([np.repeat(opens, sizes), np.repeat(shuts, sizes), *ends])
    change = np.repeat([1, -1, 0], [sum(sizes), sum(sizes), 2 * n_cells])
    order = np.lexsort((day, cell))
    cell, day, count = cell[order], day[order], np.cumsum(change[order])
    lasts = (cell[1:] == cell[:-1]) & (day[1:] > day[:-1])
    return set(cell[:-1][lasts & (count[:-1] != 1)].tolist())


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
