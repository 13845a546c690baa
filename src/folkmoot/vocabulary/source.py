"""Where a figure comes from, and how sure it is."""

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal["seen", "computed", "to_check", "disputed"]
"""How sure a figure is; ``to_check`` and ``disputed`` are printed beside it."""

STATES: tuple[State, ...] = get_args(State)
"""From the surest to the least sure."""

MADE_UP = "made_up"
"""State of a row that only shows the form of a table."""

ROW_STATES: tuple[str, ...] = (*STATES, MADE_UP)
"""What a row of a declared table may say of itself."""


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
