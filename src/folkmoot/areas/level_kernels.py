"""The compiled inner loop that joins small units until few are left.

In:        arrays; ``levels`` says what they mean.
Out:       the group of each unit.
Rule:      the unit with fewest people joins the neighbour that it agrees with most, and of
           those the one that is most like it. Lists of neighbours are joined as they are and
           looked up through the groups, so that no join costs more than its smaller side.
Not here:  how many units are wanted (``levels``).
Source:    Karypis and Kumar 1998, A fast and high quality multilevel scheme for partitioning
           irregular graphs (the levels); Ward 1963, Hierarchical grouping to optimize an
           objective function (the likeness).
"""

from heapq import heapify, heappop, heappush

import numpy as np

from folkmoot.areas.kernels import Graph
from folkmoot.areas.redraw_kernels import root_of
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntMatrix, IntVector
from folkmoot.vocabulary.compiled import compiled


@compiled
def join_smallest(
    graph: Graph,
    labels: IntMatrix,
    weights: FloatVector,
    agreement: float,
    moments: FloatMatrix,
    target: int,
    heaviest: int,
) -> IntVector:
    """Join units until ``target`` are left, or no two may be joined.

    ``labels`` has the area of each unit in some geographies, and ``weights`` what it counts to
    share one. Units are joined that agree by at least ``agreement`` in all, and have at most
    ``heaviest`` people together. The group of each unit is named by one of its units.
    """
    n = len(graph.people)
    people, sums = graph.people.copy(), moments.copy()
    group = np.arange(n)
    following, last = np.full(n, -1, np.int64), np.arange(n)
    waiting = [(people[unit], unit) for unit in range(n)]
    heapify(waiting)
    left = n
    while left > target and len(waiting) > 0:
        held, unit = heappop(waiting)
        if group[unit] != unit or people[unit] != held:
            continue
        best, best_agreement, best_distance = -1, agreement, np.inf
        member = unit
        while member >= 0:
            for entry in range(graph.starts[member], graph.starts[member + 1]):
                other = root_of(group, graph.neighbours[entry])
                if other in (unit, best) or held + people[other] > heaviest:
                    continue
                shared = 0.0
                for geography in range(len(weights)):
                    if labels[unit, geography] == labels[other, geography]:
                        shared += weights[geography]
                if shared < best_agreement:
                    continue
                distance = spread_between(sums, people, unit, other)
                if shared > best_agreement or distance < best_distance:
                    best, best_agreement, best_distance = other, shared, distance
            member = following[member]
        if best < 0:
            continue
        larger, smaller = (best, unit) if people[best] >= held else (unit, best)
        group[smaller] = larger
        following[last[larger]] = smaller
        last[larger] = last[smaller]
        people[larger] += people[smaller]
        sums[larger] += sums[smaller]
        left -= 1
        heappush(waiting, (people[larger], larger))
    for unit in range(n):
        group[unit] = root_of(group, unit)
    return group


@compiled
def spread_between(sums: FloatMatrix, people: IntVector, one: int, other: int) -> float:
    """By how much two groups spread wider about one mean than each about its own."""
    a, b = max(people[one], 1), max(people[other], 1)
    spread = 0.0
    for figure in range(sums.shape[1]):
        spread += (sums[one, figure] / a - sums[other, figure] / b) ** 2
    return float(spread * a * b / (a + b))
