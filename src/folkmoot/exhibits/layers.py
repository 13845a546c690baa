"""Lay out bands between layers: in which order nodes stand, and where.

In:        bands between nodes, each node in a layer.
Out:       the place of every node and of every part of a band, in drawing units.
Rule:      a band that skips layers has room in them, so that it runs past no node; of the
           orders that are tried, the one in which least crosses is kept.
Not here:  drawing (``exhibits.sankey``).
Source:    K. Sugiyama and others, Methods for visual understanding of hierarchical system
           structures, 1981: sweeps by barycentre, with dummy nodes for long edges.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 6
GAP, PASSING_GAP = 4.0, 0.5
"""Below a node, and below a band that only passes a layer. Unit: drawing units."""

NodeKey = tuple[int, str]
"""A layer, and a node in it; the room of a band that skips the layer has the band's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A sum that runs from one node to one further right."""

    source: str
    target: str
    kind: str
    """Bands of one kind have one colour."""
    pence: int


@dataclass(frozen=True, slots=True)
class Step:
    """The part of a band between one layer and the next."""

    band: Band
    source: NodeKey
    target: NodeKey


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node lies, from above. Unit: drawing units."""

    top: float
    height: float


Order = Mapping[int, Sequence[NodeKey]]


def steps_of(bands: Iterable[Band], layer: Mapping[str, int]) -> tuple[Step, ...]:
    """Cut bands where they meet a layer.

    Examples
    --------
    >>> band = Band(source="here", target="there", kind="health", pence=5)
    >>> [step.target for step in steps_of([band], {"here": 1, "there": 3})]
    [(2, 'here there health'), (3, 'there')]
    """
    found = []
    for band in bands:
        first, last = layer[band.source], layer[band.target]
        room = f"{band.source} {band.target} {band.kind}"
        keys = [(first, band.source)]
        keys += [(between, room) for between in range(first + 1, last)]
        keys += [(last, band.target)]
        found += [Step(band, here, there) for here, there in pairwise(keys)]
    return tuple(found)


def ordered(steps: Sequence[Step]) -> Order:
    """The order of nodes within each layer: of some sweeps, the one that crosses least.

    A sweep sorts each layer by the weighted mean place of what its nodes touch in the layer
    before, first from the left, then from the right. The order to beat is that by code.
    """
    keys = sorted({key for step in steps for key in (step.source, step.target)})
    order = {layer: [key for key in keys if key[0] == layer] for layer, _ in keys}
    best, least = dict(order), crossings(steps, order)
    for sweep in range(SWEEPS):
        for layer in sorted(order, reverse=sweep % 2 == 1):
            near = _near(steps, order, layer, is_left=sweep % 2 == 0)
            order[layer] = [key for _, key in sorted((near[key], key) for key in order[layer])]
        if (crossed := crossings(steps, order)) < least:
            best, least = dict(order), crossed
    return best


def crossings(steps: Sequence[Step], order: Order) -> int:
    """Pairs of steps that cross: they leave in one order and arrive in the other."""
    rank = _ranks(order)
    by_layer: dict[int, list[tuple[int, int]]] = {}
    for step in steps:
        by_layer.setdefault(step.source[0], []).append((rank[step.source], rank[step.target]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0
        for pairs in by_layer.values()
        for n, a in enumerate(pairs)
        for b in pairs[:n]
    )


def placed(
    steps: Sequence[Step], order: Order, *, scale: float, room: Mapping[NodeKey, float]
) -> dict[NodeKey, Place]:
    """Where each node lies: as tall as its money, no nearer to the next than its label needs.

    Parameters
    ----------
    scale : float
        Drawing units a penny.
    room : mapping
        The least height of nodes that have a label. Unit: drawing units.
    """
    came, left = Counter[NodeKey](), Counter[NodeKey]()
    for step in steps:
        left[step.source] += step.band.pence
        came[step.target] += step.band.pence
    found: dict[NodeKey, Place] = {}
    ends: dict[int, float] = {}
    for layer, keys in order.items():
        y = 0.0
        for key in keys:
            height = max(max(came[key], left[key]) * scale, 1.0)
            slot = max(height, room.get(key, 0.0))
            found[key] = Place(y + (slot - height) / 2, height)
            y += slot + (GAP if key in room else PASSING_GAP)
        ends[layer] = y
    deepest = max(ends.values(), default=0.0)
    return {
        key: Place(place.top + (deepest - ends[key[0]]) / 2, place.height)
        for key, place in found.items()
    }


def threaded(
    steps: Sequence[Step], order: Order, places: Mapping[NodeKey, Place], *, scale: float
) -> dict[Step, tuple[float, float]]:
    """The middle of each step where it leaves and where it arrives, stacked without gaps."""
    leaves = _stacked([(step, step.source, step.target) for step in steps], order, places, scale)
    arrives = _stacked([(step, step.target, step.source) for step in steps], order, places, scale)
    return {step: (leaves[step], arrives[step]) for step in steps}


def _stacked(
    ends: Sequence[tuple[Step, NodeKey, NodeKey]],
    order: Order,
    places: Mapping[NodeKey, Place],
    scale: float,
) -> dict[Step, float]:
    """The middle of each step at one of its nodes, in the order of the nodes they lead to."""
    rank = _ranks(order)
    middles: dict[Step, float] = {}
    filled: dict[NodeKey, float] = {}
    for step, node, _ in sorted(ends, key=lambda one: (rank[one[2]], one[0].band.kind)):
        top = filled.get(node, places[node].top)
        width = step.band.pence * scale
        middles[step] = top + width / 2
        filled[node] = top + width
    return middles


def _ranks(order: Order) -> dict[NodeKey, int]:
    return {key: rank for keys in order.values() for rank, key in enumerate(keys)}


def _near(
    steps: Sequence[Step], order: Order, layer: int, *, is_left: bool
) -> dict[NodeKey, float]:
    """The weighted mean rank of what each node of a layer touches on one side.

    A node that touches nothing there keeps its own rank.
    """
    rank = _ranks(order)
    weights, sums = Counter[NodeKey](), Counter[NodeKey]()
    for step in steps:
        node, other = (step.target, step.source) if is_left else (step.source, step.target)
        if node[0] == layer:
            weights[node] += step.band.pence
            sums[node] += step.band.pence * rank[other]
    return {
        key: sums[key] / weights[key] if weights[key] else float(rank[key]) for key in order[layer]
    }
