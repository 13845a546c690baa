"""Compiled loops of a map of services: pence by cell, and pairs that offer the same.

A service's cells are a sorted run of one long array. For each service in turn, all later ones that
it meets in any cell are counted at once, so that no table of pairs is ever held.
"""

import numpy as np

from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix, FloatVector, IntVector
from folkmoot.vocabulary.compiled import compiled

ROUNDING = 1e-9
"""What a ratio may miss a bound by: 4/5 is 0.8 however it was added up."""


@compiled
def pence_by_cell(first: IntVector, share: FloatVector, pence: IntVector) -> IntVector:
    """Each service's cost by cell: rounded down, what is left to the largest remainders."""
    found = np.empty(len(share), dtype=np.int64)
    for service in range(len(first) - 1):
        start, end = first[service], first[service + 1]
        whole = 0.0
        for row in range(start, end):
            whole += share[row]
        remainders = np.empty(end - start)
        left = pence[service]
        for row in range(start, end):
            exact = pence[service] * (share[row] / whole)
            found[row] = np.int64(np.floor(exact))
            remainders[row - start] = exact - found[row]
            left -= found[row]
        order = np.argsort(-remainders, kind="mergesort")
        step = 1 if left > 0 else -1
        place = 0
        while left != 0:
            found[start + order[place % (end - start)]] += step
            left -= step
            place += 1
    return found


@compiled
def postings(
    first: IntVector, cell: IntVector, width: int, keys: int
) -> tuple[IntVector, IntVector, IntVector]:
    """Where each key's list begins; the service and the cell of each entry, services rising."""
    begin = np.zeros(keys + 1, dtype=np.int64)
    for row in range(len(cell)):
        begin[cell[row] // width + 1] += 1
    for key in range(keys):
        begin[key + 1] += begin[key]
    at = begin[:-1].copy()
    service, within = np.empty(len(cell), np.int64), np.empty(len(cell), np.int64)
    for one in range(len(first) - 1):
        for row in range(first[one], first[one + 1]):
            key = cell[row] // width
            service[at[key]], within[at[key]] = one, cell[row]
            at[key] += 1
    return begin, service, within


@compiled
def likest(
    one: int, cells: IntVector, start: int, end: int, width: int, alike: FloatMatrix
) -> float:
    """How alike a cell is to the likest of a run: the same, or one of a need that is alike."""
    if width == 1:
        return 1.0
    best = 0.0
    for row in range(start, end):
        best = max(best, alike[one % width, cells[row] % width])
    return best


@compiled
def alike_pairs(
    first: IntVector,
    cell: IntVector,
    width: int,
    alike: FloatMatrix,
    least_containment: float,
    least_jaccard: float,
    keys: int,
) -> tuple[IntVector, IntVector, FloatVector]:
    """Pairs with enough in common: the smaller service, the larger, and how much they share.

    A key is a cell, or all needs of a cohort and place where needs may be alike: ``width`` of
    them. What is alike is summed from either side, and the lesser sum counts.
    """
    services = len(first) - 1
    begin, service, within = postings(first, cell, width, keys)
    passed = begin[:-1].copy()
    room, count = 1024, 0
    smaller, larger = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    shared = np.empty(room)
    there, back = np.zeros(services), np.zeros(services)
    met, seen = np.empty(services, np.int64), np.full(services, -1, dtype=np.int64)
    for a in range(services):
        size, meetings, row = first[a + 1] - first[a], 0, first[a]
        while row < first[a + 1]:
            key, end = cell[row] // width, row + 1
            while end < first[a + 1] and cell[end] // width == key:
                end += 1
            passed[key] += end - row  # a's own entries: only later services are left
            at, last = passed[key], begin[key + 1]
            while at < last:
                b, stop = service[at], at + 1
                while stop < last and service[stop] == b:
                    stop += 1
                if seen[b] != a:
                    seen[b], met[meetings], there[b], back[b] = a, b, 0.0, 0.0
                    meetings += 1
                for one in range(row, end):
                    there[b] += likest(cell[one], within, at, stop, width, alike)
                for one in range(at, stop):
                    back[b] += likest(within[one], cell, row, end, width, alike)
                at = stop
            row = end
        for b in met[:meetings]:
            both, other = min(there[b], back[b]), first[b + 1] - first[b]
            enough = min(
                least_containment * min(size, other),
                least_jaccard * (size + other) / (1.0 + least_jaccard),
            )
            if both <= 0.0 or both < enough - ROUNDING:
                continue
            if count == room:
                room *= 2
                smaller = np.concatenate((smaller, np.empty_like(smaller)))
                larger = np.concatenate((larger, np.empty_like(larger)))
                shared = np.concatenate((shared, np.empty_like(shared)))
            smaller[count], larger[count] = (a, b) if size <= other else (b, a)
            shared[count] = both
            count += 1
    return smaller[:count], larger[:count], shared[:count]


@compiled
def stakes(
    first: IntVector,
    cell: IntVector,
    pence: IntVector,
    is_excess: BoolVector,
    one: IntVector,
    other: IntVector,
) -> IntVector:
    """By pair, the lesser cost in the cells of both that have more capacity than need."""
    found = np.zeros(len(one), dtype=np.int64)
    for pair in range(len(one)):
        a, b = first[one[pair]], first[other[pair]]
        end_a, end_b = first[one[pair] + 1], first[other[pair] + 1]
        while a < end_a and b < end_b:
            if cell[a] < cell[b]:
                a += 1
            elif cell[a] > cell[b]:
                b += 1
            else:
                if is_excess[cell[a]]:
                    found[pair] += min(pence[a], pence[b])
                a += 1
                b += 1
    return found


@compiled
def beyond_dearest(
    cell: IntVector, pence: IntVector, is_excess: BoolVector
) -> tuple[IntVector, IntVector]:
    """By cell with excess, what all but the dearest service cost there, and how many there are."""
    total, dearest = np.zeros(len(is_excess), np.int64), np.zeros(len(is_excess), np.int64)
    count = np.zeros(len(is_excess), np.int64)
    for row in range(len(cell)):
        one = cell[row]
        count[one] += 1
        if is_excess[one]:
            total[one] += pence[row]
            dearest[one] = max(dearest[one], pence[row])
    return total - dearest, count
