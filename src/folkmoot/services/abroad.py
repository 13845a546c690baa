"""Examples abroad: what sources state of other countries, shown and never reckoned with.

In:        a file of figures of its own, apart from those that calculations read.
Out:       the same figures, for tables.
"""

from collections.abc import Mapping
from functools import cache

from folkmoot.parameters.reader import packaged
from folkmoot.services.figures import Figure, figures_of


@cache
def examples_abroad() -> Mapping[str, Figure]:
    """Every example by code; read once a process."""
    return figures_of(packaged("abroad.toml"))
