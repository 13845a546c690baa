"""Errors of the plan room.

FolkmootError
├── OutputFolderError (vocabulary)  the folder holds something that is not a plan of ours
├── PlansApartError                 two plans of different blocks, which cannot be compared
├── NotInBothError                  a year that not both plans settle
└── FaultsError
    ├── PlanFolderError             a folder is not a devolution plan, or breaks an invariant
    └── ProgressError               a table of steps that are done cannot be read
"""

from collections.abc import Sequence

from folkmoot.vocabulary.errors import FaultsError, FolkmootError


class PlanFolderError(FaultsError):
    """A folder cannot be read as a devolution plan."""

    what = "plan folder"
    why = "Nothing can be shown or checked from it. Make it anew with 'folkmoot plan'."


class ProgressError(FaultsError):
    """A table of steps that are done cannot be read."""

    what = "table of steps done"
    why = "What is not known to be done is not earned."


class PlansApartError(FolkmootError):
    """Two plans of different blocks, which cannot be set side by side."""

    shown = 10
    """Blocks named one by one."""

    def __init__(
        self, first: str, second: str, only_first: Sequence[str], only_second: Sequence[str]
    ) -> None:
        super().__init__(first, second, tuple(only_first), tuple(only_second))
        self.first, self.second = first, second
        self.only_first, self.only_second = tuple(only_first), tuple(only_second)

    def __str__(self) -> str:
        told = " ".join(
            f"Only '{folder}' has {len(blocks)}: {', '.join(blocks[: self.shown])}"
            f"{' …' if len(blocks) > self.shown else ''}."
            for folder, blocks in (
                (self.first, self.only_first),
                (self.second, self.only_second),
            )
            if blocks
        )
        return (
            f"'{self.first}' and '{self.second}' are plans of different blocks, so nobody can "
            f"be followed from one to the other. {told} Make both plans from one places package."
        )


class NotInBothError(FolkmootError):
    """A year that is asked for, and that not both plans settle."""

    def __init__(self, year: str, years: Sequence[str]) -> None:
        super().__init__(year, tuple(years))
        self.year, self.years = year, tuple(years)

    def __str__(self) -> str:
        return (
            f"The plans do not both settle {self.year}, so its grants cannot be compared. "
            f"Both settle: {', '.join(self.years) or 'no year'}. Ask for one of these."
        )
