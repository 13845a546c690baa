"""The packaged England: a places package, its default criteria, sources and licence.

What is in ``data/``, where it comes from and what it must not be used for: README.md here.
"""

from functools import cache
from pathlib import Path

from folkmoot.readers.places import read_places
from folkmoot.vocabulary.places import Places

FOLDER = Path(__file__).parent / "data"
"""The places package."""

CRITERIA = FOLDER / "criteria.toml"
"""The criteria that commands use when none are named."""


@cache
def places() -> Places:
    """Read the packaged England, once a process."""
    return read_places(FOLDER)
