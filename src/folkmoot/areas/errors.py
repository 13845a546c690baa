"""Mistakes about designing areas.

FolkmootError
├── NoPlanError          no plan keeps the bounds, or none was found
├── NoCapError           coterminosity cannot be held to that of another geography
└── SolverError          the solver gave up for a reason that is not an answer
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


class NoPlanError(FolkmootError):
    """No area plan keeps the bounds, or none was found."""

    def __init__(self, areas: int, bounds: tuple[int, int], reason: str, is_proven: bool) -> None:  # noqa: FBT001 - facts stay in args, so that the error survives a worker process
        super().__init__(areas, bounds, reason, is_proven)
        self.areas, self.bounds, self.reason, self.is_proven = areas, bounds, reason, is_proven

    def __str__(self) -> str:
        least, most = self.bounds
        verdict = "There is no plan" if self.is_proven else "No plan was found"
        return (
            f"{verdict} of {self.areas} connected areas with {least:,} to {most:,} people each: "
            f"{self.reason}. Without areas nothing else can be worked out. Widen [population] in "
            "the criteria file, ask for another number of areas, or add a link to 'adjacency'."
        )


class NoCapError(FolkmootError):
    """Coterminosity cannot be held to that of a geography's areas, merged."""

    def __init__(self, geography: str, problem: str) -> None:
        super().__init__(geography, problem)
        self.geography, self.problem = geography, problem

    def __str__(self) -> str:
        return (
            f"'coterminosity_no_worse_than' names '{self.geography}', but that limit cannot be "
            f"kept: {self.problem}. Drop the limit from the criteria file, or name a geography "
            "whose areas can be merged."
        )
