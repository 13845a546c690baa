"""What can be wrong with a transition: its tasks, their order, its settlements.

TransitionError           a mistake in how functions pass from old bodies to new ones
├── TimetableError        tasks that cannot be dated; every fault listed
├── CycleError            tasks that wait for each other
└── SettlementTermError   a settlement too long, or too short, to be one
"""

from collections.abc import Sequence

from folkmoot.vocabulary.errors import FaultsError, FolkmootError


class TransitionError(FolkmootError):
    """A mistake in how functions pass from the old bodies to the new ones."""


class TimetableError(TransitionError, FaultsError):
    """Tasks that cannot be dated."""

    what = "timetable"
    why = "A body must know on which day it becomes answerable."


class CycleError(TransitionError):
    """Tasks that wait for each other in a loop."""

    def __init__(self, loop: Sequence[str]) -> None:
        super().__init__(tuple(loop))
        self.loop = tuple(loop)

    def __str__(self) -> str:
        chain = ", which waits for ".join(f"'{task}'" for task in (*self.loop[1:], self.loop[0]))
        links = "two" if len(self.loop) == 2 else str(len(self.loop))
        return (
            f"Task '{self.loop[0]}' waits for {chain}. A loop has no first step, so no date "
            f"can be found. Remove one of the {links} links."
        )


class SettlementTermError(TransitionError):
    """A settlement that is too long, or too short, to be one."""

    def __init__(self, years: int, most: int) -> None:
        super().__init__(years, most)
        self.years, self.most = years, most

    def __str__(self) -> str:
        return (
            f"A settlement of {self.years} year(s) cannot be offered. Longer than {self.most} "
            "years and the need it rests on is too old; shorter than 1 and there is none. "
            f"Choose 1 to {self.most} years."
        )
