"""Mistakes about designing areas.

FolkmootError
├── NoPlanError          no plan keeps the bounds, or none was found
│   ├── HeavyBlocksError     blocks alone have more people than an area may have
│   ├── StrandedPieceError   blocks that nothing connects to the rest cannot be areas
│   └── SeparatePiecesError  pieces of the country cannot have so many areas together
├── NoCapError           coterminosity cannot be held to that of another geography
├── NoWayDownError       a plan cannot be carried down to smaller blocks
├── TooManyAreasError    the areas that could be made are too many to draw plans from
├── ConflictingDemandsError  demands that no plan can meet together
├── UnansweredError      a demand to which the work allowed gave no answer
├── UnknownBlockError    a block that the package does not have, or a name of several
├── UnknownAreaError     an area that the plan does not have
└── SolverError          the solver gave up for a reason that is not an answer
"""

from collections.abc import Sequence

from folkmoot.vocabulary.errors import FolkmootError

SHOWN = 8
"""Names that an error lists; the rest are counted."""


def _listed(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


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


class HeavyBlocksError(NoPlanError):
    """Blocks alone have more people than an area may have."""

    def __init__(self, blocks: Sequence[tuple[str, int]], most: int) -> None:
        Exception.__init__(self, tuple(blocks), most)
        self.blocks, self.most, self.is_proven = tuple(blocks), most, True

    def __str__(self) -> str:
        named = _listed([f"{name} ({people:,} people)" for name, people in self.blocks])
        return (
            f"There is no plan of areas with at most {self.most:,} people each: {named} alone "
            f"{'has' if len(self.blocks) == 1 else 'have'} more, and a block is never split. "
            "Raise 'max' under [population] in the criteria file, or use smaller blocks."
        )


class StrandedPieceError(NoPlanError):
    """Blocks that nothing connects to the rest cannot be whole areas."""

    def __init__(self, blocks: Sequence[str], people: int, bounds: tuple[int, int]) -> None:
        Exception.__init__(self, tuple(blocks), people, bounds)
        self.blocks, self.people, self.bounds = tuple(blocks), people, bounds
        self.is_proven = True

    def __str__(self) -> str:
        least, most = self.bounds
        return (
            f"There is no plan of connected areas with {least:,} to {most:,} people each: no "
            f"border or link joins {_listed(self.blocks)} to the rest, and {self.people:,} people "
            "are no whole number of areas. Add a row of kind 'link' to 'adjacency' where people "
            "do cross, or widen [population] in the criteria file."
        )


class SeparatePiecesError(NoPlanError):
    """The separate pieces of the country cannot have so many areas together."""

    def __init__(self, areas: int, pieces: int, possible: tuple[int, int]) -> None:
        Exception.__init__(self, areas, pieces, possible)
        self.areas, self.pieces, self.possible = areas, pieces, possible
        self.is_proven = True

    def __str__(self) -> str:
        fewest, greatest = self.possible
        return (
            f"There is no plan of {self.areas} connected areas: within the bounds the "
            f"{self.pieces} separate piece(s) of the country make {fewest} to {greatest}. Ask for "
            "a number of areas in that range, widen [population] in the criteria file, or add a "
            "row of kind 'link' to 'adjacency' where people do cross."
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


class NoWayDownError(FolkmootError):
    """Smaller blocks lie in none of the blocks of a plan."""

    def __init__(self, geography: str, blocks: Sequence[str]) -> None:
        super().__init__(geography, tuple(blocks))
        self.geography, self.blocks = geography, tuple(blocks)

    def __str__(self) -> str:
        return (
            f"The plan cannot be carried down through '{self.geography}': {len(self.blocks):,} "
            f"block(s) lie in none of its blocks: {_listed(self.blocks)}. They would be in no "
            "area. Add their rows to 'memberships', or name the geography whose areas are the "
            "blocks of the plan."
        )


class TooManyAreasError(FolkmootError):
    """The areas that could be made are too many to be weighed one by one."""

    def __init__(self, units: int) -> None:
        super().__init__(units)
        self.units = units

    def __str__(self) -> str:
        return (
            f"The areas that could be made of {self.units:,} atoms are too many to weigh one by "
            "one, and many good plans are drawn only where they all are: a plan that was only "
            "redrawn would say nothing of the others. Name fewer geographies under 'atoms' in "
            "the criteria file, so that atoms are larger, or narrow [population]."
        )


class ConflictingDemandsError(FolkmootError):
    """Demands that no plan can meet together."""

    def __init__(self, demands: Sequence[str], is_smallest: bool) -> None:  # noqa: FBT001 - facts stay in args, so that the error survives a worker process
        super().__init__(tuple(demands), is_smallest)
        self.demands, self.is_smallest = tuple(demands), is_smallest

    def __str__(self) -> str:
        each = "; ".join(self.demands)
        if len(self.demands) == 1:
            verdict = f"No plan of whole atoms meets this demand: {each}."
        else:
            verdict = f"No plan of whole atoms meets these demands together: {each}."
        which = "Any one fewer of them can be met" if len(self.demands) > 1 else "It is proven"
        size = ", and no smaller set of the demands conflicts" if self.is_smallest else ""
        return (
            f"{verdict} {which}{size}, so there is no plan to price. Drop or soften one of them, "
            "widen [population] in the criteria file, or name fewer geographies under 'atoms'."
        )


class UnansweredError(FolkmootError):
    """The work allowed ran out before a plan was found, or before there was proven to be none."""

    def __init__(self, demands: Sequence[str], reason: str) -> None:
        super().__init__(tuple(demands), reason)
        self.demands, self.reason = tuple(demands), reason

    def __str__(self) -> str:
        each = "; ".join(self.demands) or "no demand at all"
        return (
            f"No plan was found for: {each}. That is not a proof that there is none: "
            f"{self.reason}. Name more geographies under 'atoms' in the criteria file, or ask "
            "for less at once."
        )


class UnknownBlockError(FolkmootError):
    """A block that the package does not have, or a name that several blocks have."""

    def __init__(self, block: str, package: str, near: Sequence[str], several: int = 0) -> None:
        super().__init__(block, package, tuple(near), several)
        self.block, self.package, self.near, self.several = block, package, tuple(near), several

    def __str__(self) -> str:
        if self.several:
            problem = f"'{self.block}' is the name of {self.several} blocks of '{self.package}'"
            mend = f"Give the code of one: {_listed(self.near)}."
        else:
            problem = f"The package '{self.package}' has no block '{self.block}'"
            mend = f"Nearest: {_listed(self.near)}." if self.near else "Give its code or name."
        return f"{problem}, so it is not known which is meant. {mend}"


class UnknownAreaError(FolkmootError):
    """An area that the plan does not have."""

    def __init__(self, area: str, near: Sequence[str]) -> None:
        super().__init__(area, tuple(near))
        self.area, self.near = area, tuple(near)

    def __str__(self) -> str:
        return (
            f"The plan has no area '{self.area}', so it is not known which is meant. "
            f"Nearest: {_listed(self.near)}. Give an area's code."
        )
