"""Sources that a parameter file names once and its tables cite by name."""

from collections.abc import Mapping

from folkmoot.parameters.reader import NO_SOURCE, Section
from folkmoot.vocabulary.source import Source


def named_sources(file: Section) -> dict[str, Source]:
    """The sources of a file, by the names under which its tables cite them."""
    table = file.section("source")
    return {name: table.source(name) for name in table.values}


def cited(table: Section, sources: Mapping[str, Source]) -> Source:
    """The source that a table cites; a fault is noted when it cites none of the file's."""
    return sources.get(table.choice("source", list(sources) or [""]), NO_SOURCE)
