"""Refuse what no plan could satisfy, before any work is spent on it.

In:        places and criteria.
Out:       nothing, or an error that names the blocks and the mend.
Not here:  what only a search can tell (``search``, ``redraw``).
"""

import numpy as np

from folkmoot.areas.errors import HeavyBlocksError, SeparatePiecesError, StrandedPieceError
from folkmoot.geography.graph import components
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


def check_feasible(places: Places, criteria: Criteria) -> None:
    """Check that each block can be in an area, and each piece of the country can be areas.

    Raises
    ------
    HeavyBlocksError
        If a block alone has more people than an area may have.
    StrandedPieceError
        If blocks that nothing connects to the rest have too few people for one area, or
        too few for two and too many for one.
    SeparatePiecesError
        If the pieces together cannot have so many areas.
    """
    least, most = criteria.minimum_population, criteria.maximum_population
    blocks, people = places.blocks, places.blocks.population
    heavy = np.flatnonzero(people > most).tolist()
    if heavy:
        raise HeavyBlocksError([(blocks.names[n], int(people[n])) for n in heavy], most)
    pieces = components(len(blocks), places.borders.pairs)
    fewest = greatest = 0
    for piece in range(int(pieces.max()) + 1):
        members = np.flatnonzero(pieces == piece)
        held = int(people[members].sum())
        few = max(-(-held // most), 1)
        many = min(held // least if least else len(members), len(members))
        if few > many:
            names = [blocks.names[member] for member in members]
            raise StrandedPieceError(names, held, (least, most))
        fewest, greatest = fewest + few, greatest + many
    if not fewest <= criteria.areas <= greatest:
        raise SeparatePiecesError(criteria.areas, int(pieces.max()) + 1, (fewest, greatest))
