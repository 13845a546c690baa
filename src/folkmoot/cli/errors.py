"""Mistakes about what a command is to write.

FolkmootError
└── OutputFileError    a file that is there already, or cannot be made
"""

from pathlib import Path

from folkmoot.vocabulary.errors import FolkmootError


class OutputFileError(FolkmootError):
    """A file cannot be written without harm."""

    def __init__(self, path: Path, problem: str, mend: str) -> None:
        super().__init__(path, problem, mend)
        self.path, self.problem, self.mend = path, problem, mend

    def __str__(self) -> str:
        return f"The file '{self.path}' {self.problem}, so nothing was written. {self.mend}"
