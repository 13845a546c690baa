"""Sources that a parameter file names once and its tables cite by name."""

from collections.abc import Mapping
from typing import Literal, get_args

from folkmoot.parameters.reader import NO_SOURCE, Section
from folkmoot.vocabulary.source import Source

State = Literal["seen", "computed", "to_check", "disputed"]
"""How sure a figure is; ``to_check`` and ``disputed`` are printed beside it."""

STATES: tuple[State, ...] = get_args(State)
"""From the surest to the least sure."""


def named_sources(file: Section) -> dict[str, Source]:
    """The sources of a file, by the names under which its tables cite them."""
    table = file.section("source")
    return {name: table.source(name) for name in table.values}


def cited(table: Section, sources: Mapping[str, Source]) -> Source:
    """The source that a table cites; a fault is noted when it cites none of the file's."""
    return sources.get(table.choice("source", list(sources) or [""]), NO_SOURCE)
