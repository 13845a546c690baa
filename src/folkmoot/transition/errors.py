"""What can be wrong with a transition: its bodies, functions, tasks, gates and settlements.

TransitionError           a mistake in how functions pass from old bodies to new ones
├── BodyError             a body that cannot be one
├── CoverError            blocks in no body, or in two
├── LeaderError           days on which a body has not exactly one leader
├── CabinetError          programmes that are not in exactly one portfolio
├── SuccessionError       functions that cannot pass; every fault listed
│   └── RetainedFunctionError  only faults of functions that the test keeps or joins
├── ContractError         contracts that cannot be given to anyone
├── StaffError            posts that cannot be given to anyone
├── AssetError            assets that cannot be given to anyone
├── IndependenceError     a body that assesses itself
├── AssessmentError       assessments that cannot be read
├── VerdictError          results of pilots that cannot be read
├── TransitionFolderError tables of a transition with faults; every one of every file
├── PilotError            a pilot that cannot be judged as it is declared
├── TimetableError        tasks that cannot be dated; every fault listed
├── CycleError            tasks that wait for each other
├── SettlementTermError   a settlement too long, or too short, to be one
├── WatchError            findings or steps that cannot be read
├── OutsideFrameworkError something asked of an area that no list of the centre holds
└── LadderError           a step of the ladder that is skipped, or has no end
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from folkmoot.vocabulary.codes import BlockCode, FunctionCode
from folkmoot.vocabulary.errors import FaultsError, FolkmootError


class TransitionError(FolkmootError):
    """A mistake in how functions pass from the old bodies to the new ones."""


class BodyError(TransitionError, FaultsError):
    """A commissioning body that cannot be one."""

    what = "body"
    why = "A body must be able to answer for every block it has."


class CoverError(TransitionError, FaultsError):
    """Blocks that are in no body, or in more than one."""

    what = "set of bodies"
    why = "Residents of a block in no body have no commissioner."


class LeaderError(TransitionError, FaultsError):
    """A body that on some day has no leader, or more than one."""

    what = "list of leaders"
    why = "One accountable leader answers for a body on every day."


class CabinetError(TransitionError, FaultsError):
    """A cabinet in which not exactly one member answers for each programme."""

    what = "cabinet"
    why = "A programme that no member answers for has nobody who can be asked."


FaultKind = Literal[
    "gap",
    "overlap",
    "unknown",
    "unknown_body",
    "before_body_exists",
    "not_held",
    "retained",
    "joint",
    "day",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionFault:
    """Why a function cannot pass, in some blocks, on some days."""

    kind: FaultKind
    function: FunctionCode
    blocks: tuple[BlockCode, ...]
    first_day: date
    last_day: date | None
    """None: for ever."""
    problem: str
    mend: str
    row: int | None = None
    """Line of the table that it was read from."""

    def __str__(self) -> str:
        shown = ", ".join(self.blocks[:5]) + (" …" if len(self.blocks) > 5 else "")
        place = f"row {self.row}: " if self.row is not None else ""
        return f"{place}'{self.function}' in {shown or 'no block'}: {self.problem} {self.mend}"


class SuccessionError(TransitionError):
    """Functions that cannot pass as was asked; nothing was applied."""

    def __init__(self, faults: Sequence[SuccessionFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        lines = [f"  {number}. {fault}" for number, fault in enumerate(self.faults, 1)]
        told = (
            f"The successions have {len(self.faults)} fault(s). None was applied: who is "
            "accountable must be one answer on every day."
        )
        return "\n".join([told, *lines])


class RetainedFunctionError(SuccessionError):
    """Functions that the devolution test keeps at the centre, or that areas hold together."""


class ContractError(TransitionError, FaultsError):
    """Contracts that cannot be given to anyone."""

    what = "list of contracts"
    why = "Every contract must have one body that answers for it."


class StaffError(TransitionError, FaultsError):
    """Posts that cannot be given to anyone."""

    what = "list of posts"
    why = "Every post must go to one body, or stay, or be listed as open."


class AssetError(TransitionError, FaultsError):
    """Assets and debts that cannot be given to anyone."""

    what = "list of assets"
    why = "Every asset and every debt must go to one body, or stay."


class AssessmentError(TransitionError, FaultsError):
    """Assessments of readiness that cannot be read."""

    what = "list of assessments"
    why = "A gate opens only on assessments that anyone can check."


class IndependenceError(AssessmentError):
    """A body that assesses itself."""

    why = "Nobody judges their own readiness."


class VerdictError(TransitionError, FaultsError):
    """Results of pilots that cannot be read."""

    what = "list of pilots' results"
    why = "A gate that asks for a proof of concept opens only on one that anyone can check."


class TransitionFolderError(TransitionError, FaultsError):
    """Tables of a transition with faults."""

    what = "transition folder"
    why = "Nothing was made from it."


class PilotError(TransitionError, FaultsError):
    """A pilot that cannot be judged as it is declared."""

    what = "pilot"
    why = "A proof of concept must be able to fail, and not be chosen after the fact."


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


class WatchError(TransitionError, FaultsError):
    """Findings or steps of the ladder that cannot be read."""

    what = "table of what is watched"
    why = "The centre acts only on what anyone can check."


class OutsideFrameworkError(TransitionError):
    """Something asked of an area that is on no list of the centre, or a list that is too long."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem, mend)
        self.problem, self.mend = problem, mend

    def __str__(self) -> str:
        return (
            f"{self.problem} The centre asks areas only for what its framework lists. {self.mend}"
        )


class LadderError(TransitionError):
    """A step of the ladder that is skipped, has no end day, or has no reason."""

    def __init__(self, area: str, step: str, problem: str, mend: str) -> None:
        super().__init__(area, step, problem, mend)
        self.area, self.step, self.problem, self.mend = area, step, problem, mend

    def __str__(self) -> str:
        return (
            f"The step '{self.step}' cannot be taken in '{self.area}': {self.problem} The ladder "
            f"is climbed one step at a time, so that an area can answer first. {self.mend}"
        )
