"""What a map of services shows, as rows: gaps, duplication, services that may be listed twice."""

from collections.abc import Iterator, Sequence

import numpy as np

from folkmoot.outcomes.cells import Services
from folkmoot.outcomes.listed_twice import Proposal
from folkmoot.outcomes.overlap import GapMap, Pairs

GAP_COLUMNS = (
    "need", "cohort", "place", "expected", "met_elsewhere", "capacity", "reach", "unserved",
    "excess", "label",
)  # fmt: skip
PAIR_COLUMNS = (
    "service_a", "name_a", "funder_a", "cells_a", "service_b", "name_b", "funder_b", "cells_b",
    "shared", "containment", "jaccard", "pence_at_stake", "is_intended", "reason",
    "label",
)  # fmt: skip
TWICE_COLUMNS = (
    "service_a", "name_a", "service_b", "name_b", "reason", "name_likeness", "address_likeness",
)  # fmt: skip


def gap_rows(found: GapMap, *, label: str = "") -> Iterator[tuple[object, ...]]:
    """One row a cell with people in need or with capacity."""
    cells = found.cells
    for cell in np.flatnonzero((cells.expected > 0) | (found.capacity > 0)).tolist():
        yield (
            *cells.words(cell),
            *(f"{cells.expected[cell]:.1f}", f"{cells.met[cell]:.6f}"),
            *(
                f"{one[cell]:.1f}"
                for one in (found.capacity, found.reach, found.unserved, found.excess)
            ),
            label,
        )


def pair_rows(services: Services, made: Pairs, *, label: str = "") -> Iterator[tuple[object, ...]]:
    """One row a pair, those that are meant at the end."""
    sizes = services.sizes
    for pair in np.argsort(made.is_intended, kind="stable").tolist():
        ends = (int(made.smaller[pair]), int(made.larger[pair]))
        reasons = dict.fromkeys(services.intended[one] or "" for one in ends)
        yield (
            *(
                word
                for one in ends
                for word in (
                    *(services.codes[one], services.names[one], services.funders[one]),
                    int(sizes[one]),
                )
            ),
            f"{made.shared[pair]:g}",
            *(f"{one[pair]:.4f}" for one in (made.containment, made.jaccard)),
            *(int(made.pence[pair]), bool(made.is_intended[pair])),
            "; ".join(filter(None, reasons)) if made.is_intended[pair] else "",
            label,
        )


def twice_rows(services: Services, proposals: Sequence[Proposal]) -> Iterator[tuple[object, ...]]:
    """One row a proposal."""
    for one in proposals:
        yield (
            *(services.codes[one.one], services.names[one.one]),
            *(services.codes[one.other], services.names[one.other], one.reason),
            *(f"{one.name:.3f}", "" if one.address is None else f"{one.address:.3f}"),
        )
