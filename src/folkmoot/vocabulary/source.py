"""Where a figure comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication that a figure was read in, or that data were taken from."""

    title: str
    publisher: str
    published: str
    """ISO day, month or year, as precisely as it is known."""
    licence: str = ""
    sha256: str = ""
    """Digest of the file as it was read, where there is one."""

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}, {self.published}"
