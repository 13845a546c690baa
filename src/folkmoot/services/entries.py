"""Entries of the functions register: who holds a function where, and from when until when."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode

HoldingRole = Literal["accountable", "delegated", "consulted"]
"""``accountable``: decides and pays; ``delegated``: acts for the accountable body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A body that holds a function in some blocks, from one day to another, both included."""

    function: FunctionCode
    blocks: tuple[BlockCode, ...]
    body: CommissionerCode
    role: HoldingRole = "accountable"
    first_day: date
    last_day: date | None = None
    """None: for ever."""
    instrument: str = ""
    """The law, agreement or plan that gives the body the function."""
    source: str = ""
    state: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the entry holds on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)
