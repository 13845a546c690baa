"""The root of every deliberate error, and faults that are gathered and shown together.

FolkmootError            a mistake that a user can mend: shown as a sentence, exit code 1
├── FaultsError          an input with faults: every one listed with its place and mend
│   ├── PackageError     a places package
│   ├── CriteriaError    a criteria file
│   ├── ParameterError   a parameter or formula file
│   ├── AreaPlanFileError a table that says which block is in which area
│   ├── PracticesError   a table of GP practices
│   ├── FiguresError     a table of events, values or days
│   ├── DirectoryError   a directory of services
│   └── SavedPlacesError places saved from the publishers' place tool
├── OutputFolderError    a folder that cannot be written without harm
├── AreaPlanError        an area plan that cannot be one
└── … one branch a room, each in that room's own ``errors.py``
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class FolkmootError(Exception):
    """A mistake that a user can mend; its text says what, where, why and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in an input, where it is, and how to mend it."""

    file: str
    row: int | None = None
    """Line of the file as an editor counts it: the header is line 1."""
    column: str | None = None
    problem: str
    mend: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column '{self.column}'"
        return f"{place}: {self.problem} {self.mend}"


class FaultsError(FolkmootError):
    """An input has faults; all are listed, and nothing was made from it."""

    what = "input"
    why = "Nothing was made from it."
    shown = 200
    """Faults printed one by one; the rest are counted."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        super().__init__(source, tuple(faults))
        self.source, self.faults = source, tuple(faults)

    def __str__(self) -> str:
        count = len(self.faults)
        what, faults = self.what.capitalize(), "fault" if count == 1 else "faults"
        lines = [f"{what} '{self.source}' has {count} {faults}. {self.why}"]
        lines += [
            f"  {number}. {fault}" for number, fault in enumerate(self.faults[: self.shown], 1)
        ]
        if count > self.shown:
            lines.append(f"  … and {count - self.shown} more of the same kinds.")
        return "\n".join(lines)


class PackageError(FaultsError):
    """A places package cannot be read."""

    what = "places package"
    why = "No figure can rest on it until each is mended."


class CriteriaError(FaultsError):
    """A criteria file cannot be used with this package."""

    what = "criteria file"
    why = "No plan can be judged by it until each is mended."


class ParameterError(FaultsError):
    """A parameter or formula file cannot be used."""

    what = "parameter file"
    why = "No figure can rest on it until each is mended."


class AreaPlanFileError(FaultsError):
    """A table of blocks and areas is not an area plan of this package."""

    what = "area plan"
    why = "Every block must be in exactly one area, or its residents have no commissioner."


class PracticesError(FaultsError):
    """A table of GP practices cannot be read."""

    what = "practice table"
    why = "No index can rest on it until each is mended."


class FiguresError(FaultsError):
    """A table of events, values or days cannot be read."""

    what = "table"
    why = "A figure of half a table would mislead."


class DirectoryError(FaultsError):
    """A directory of services cannot be read."""

    what = "directory of services"
    why = "A service that is lost leaves a gap that is not there."


class SavedPlacesError(FaultsError):
    """Saved places cannot be read."""

    what = "file of saved places"
    why = "No place can be measured until each is mended."


class OutputFolderError(FolkmootError):
    """A folder cannot be written without harming what is in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return (
            f"The output folder '{self.folder}' is not empty. Writing into it could mix two "
            "plans, so nothing was written. Name another folder, or add --force to replace "
            "a plan that folkmoot wrote there before."
        )


class AreaPlanError(FolkmootError):
    """An area plan names no area, or leaves blocks without one."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return (
            f"This is not an area plan: {self.problem}. A block in no area has residents "
            "with no commissioner. Give each block exactly one area."
        )
