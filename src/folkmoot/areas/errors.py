"""Mistakes about designing areas.

FolkmootError
├── SolverError          the solver gave up for a reason that is not an answer
"""

from folkmoot.vocabulary.errors import FolkmootError


class SolverError(FolkmootError):
    """The solver ended without an answer."""

    def __init__(self, programme: str, status: str) -> None:
        super().__init__(programme, status)
        self.programme, self.status = programme, status

    def __str__(self) -> str:
        return (
            f"The solver ended a {self.programme} with the status '{self.status}', which is no "
            "answer, so no plan was made. Run it again; if it happens twice, report it with "
            "the places package and the criteria file."
        )
