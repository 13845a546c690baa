"""Sources that a parameter file names once and its tables cite by name."""

from collections.abc import Mapping

from folkmoot.parameters.reader import NO_SOURCE, Section
from folkmoot.vocabulary.source import Source

State = str
"""How sure a figure is: one of ``STATES``."""

STATES: Mapping[State, str] = {
    "seen": "seen",
    "computed": "computed by us",
    "to_check": "to check",
    "disputed": "disputed",
}
"""States, and the words that pages print beside the figure."""


def named_sources(file: Section) -> dict[str, Source]:
    """The sources of a file, by the names under which its tables cite them."""
    table = file.section("source")
    return {name: table.source(name) for name in table.values}


def cited(table: Section, sources: Mapping[str, Source]) -> Source:
    """The source that a table cites; a fault is noted when it cites none of the file's."""
    return sources.get(table.text("source", known=tuple(sources)), NO_SOURCE)
