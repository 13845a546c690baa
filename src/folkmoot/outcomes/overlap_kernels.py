"""Compiled loops of a map of services: pence by cell, and pairs that offer the same.

A service's cells are a sorted run of one long array; a posting is the list of services in a key.
Two services that share enough must share one of the rarest keys of the smaller, so only the
services in the postings of those are compared, and each comparison ends once too much is missing.
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
def postings(first: IntVector, key: IntVector, keys: int) -> tuple[IntVector, IntVector]:
    """Which services are in each key: where each list begins, and the lists in one array."""
    begin = np.zeros(keys + 1, dtype=np.int64)
    services = len(first) - 1
    for service in range(services):
        before = -1
        for row in range(first[service], first[service + 1]):
            if key[row] != before:
                begin[key[row] + 1] += 1
                before = key[row]
    for one in range(keys):
        begin[one + 1] += begin[one]
    at = begin[:-1].copy()
    held = np.empty(begin[-1], dtype=np.int64)
    for service in range(services):
        before = -1
        for row in range(first[service], first[service + 1]):
            if key[row] != before:
                before = key[row]
                held[at[before]] = service
                at[before] += 1
    return begin, held


@compiled
def weight_shared(
    cell: IntVector,
    a: tuple[int, int],
    b: tuple[int, int],
    width: int,
    alike: FloatMatrix,
    may_miss: float,
) -> float:
    """How much of run ``a`` is in run ``b``: cells, or parts of one where needs are alike.

    Below 0 once more than ``may_miss`` is missing.
    """
    found, missed, low = 0.0, 0.0, b[0]
    for row in range(a[0], a[1]):
        group = cell[row] // width * width
        # Find where the group would begin in b: gallop, then halve.
        step, high = 1, low
        while high < b[1] and cell[high] < group:
            low = high + 1
            high += step
            step *= 2
        high = min(high, b[1])
        while low < high:
            middle = (low + high) // 2
            if cell[middle] < group:
                low = middle + 1
            else:
                high = middle
        best, at = 0.0, low
        while at < b[1] and cell[at] < group + width:
            likeness = 1.0 if cell[at] == cell[row] else 0.0
            if width > 1:
                likeness = max(likeness, alike[cell[row] - group, cell[at] - group])
            best = max(best, likeness)
            at += 1
        found += best
        missed += 1.0 - best
        if missed > may_miss:
            return -1.0
    return found


@compiled
def alike_pairs(
    first: IntVector,
    cell: IntVector,
    width: int,
    alike: FloatMatrix,
    begin: IntVector,
    held: IntVector,
    least_containment: float,
    least_jaccard: float,
    part: int,
    parts: int,
) -> tuple[IntVector, IntVector, FloatVector]:
    """Pairs with enough in common: the smaller service, the larger, and how much they share.

    Only smaller services of one part in ``parts`` are looked at, so that parts can run at once.
    """
    services = len(first) - 1
    room, count = 1024, 0
    smaller, larger = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    shared = np.empty(room)
    seen = np.full(services, -1, dtype=np.int64)
    least = min(least_containment, 2.0 * least_jaccard / (1.0 + least_jaccard))
    for a in range(part, services, parts):
        start, end = first[a], first[a + 1]
        size = end - start
        needed = int(np.ceil(least * size - ROUNDING))
        probes = size - needed + 1
        common = np.empty(size, dtype=np.int64)
        for row in range(size):
            key = cell[start + row] // width
            common[row] = begin[key + 1] - begin[key]
        order = np.argsort(common) if probes < size else np.arange(size)
        for probe in range(min(probes, size)):
            key = cell[start + order[probe]] // width
            for place in range(begin[key], begin[key + 1]):
                b = held[place]
                other = first[b + 1] - first[b]
                if other < size or (other == size and b <= a) or seen[b] == a:
                    continue
                seen[b] = a
                by_jaccard = least_jaccard * (size + other) / (1.0 + least_jaccard)
                may_miss = size - min(least_containment * size, by_jaccard) + ROUNDING
                found = weight_shared(
                    cell, (start, end), (first[b], first[b + 1]), width, alike, may_miss
                )
                if width > 1 and found > 0.0:
                    back = weight_shared(
                        cell, (first[b], first[b + 1]), (start, end), width, alike, other + 1.0
                    )
                    found = min(found, back)
                    if size - found > may_miss:
                        continue
                if found <= 0.0:
                    continue
                if count == room:
                    room *= 2
                    smaller = np.concatenate((smaller, np.empty_like(smaller)))
                    larger = np.concatenate((larger, np.empty_like(larger)))
                    shared = np.concatenate((shared, np.empty_like(shared)))
                smaller[count], larger[count], shared[count] = a, b, found
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
