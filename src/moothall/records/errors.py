"""What the write path says when it will not write.

HallError                  a mistake that a user can mend
├── MoveTableError         the moves of the apps do not join: the hall does not start
├── NotCanonicalError      an event holds what cannot be written the same way twice
└── RefusedError           a move was not made; nothing was written, and the refusal is recorded
    ├── NoSuchMoveError    no row of the table leads from here to there
    ├── NotAllowedError    the person holds none of the roles of the move
    ├── GuardsFailedError  all the conditions that do not hold, together
    └── StaleVersionError  somebody else moved it first
"""

from collections.abc import Mapping, Sequence


class HallError(Exception):
    """A mistake that a user can mend; its text says what, where, why and how."""


class MoveTableError(HallError):
    """The rows of the move table contradict each other or name what is not there."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return (
            f"The table of moves has {len(self.faults)} fault(s): {' '.join(self.faults)} "
            "The hall does not start with a table that it cannot keep. Mend the app's flow.py."
        )


class NotCanonicalError(HallError):
    """An audit event may hold texts, whole numbers, truths, lists and mappings only."""

    def __init__(self, place: str, kind: str) -> None:
        super().__init__(place, kind)
        self.place, self.kind = place, kind

    def __str__(self) -> str:
        return (
            f"An audit event holds a {self.kind} at '{self.place}'. Two computers can write it "
            "differently, so its digest would prove nothing. Write it as text or whole number."
        )


class RefusedError(HallError):
    """A move was not made, and nothing was written."""

    about: Mapping[str, object] = {}
    """What was asked, by whom and when; ``records.flow`` sets it for the audit trail."""


class NoSuchMoveError(RefusedError):
    """The table of moves has no such row."""

    def __init__(self, entity: str, origin: str, to: str, ways: Sequence[str]) -> None:
        super().__init__(entity, origin, to, tuple(ways))
        self.entity, self.origin, self.to, self.ways = entity, origin, to, tuple(ways)

    def __str__(self) -> str:
        ways = ", ".join(f"'{way}'" for way in self.ways) or "nowhere"
        return (
            f"A {self.entity} cannot move from '{self.origin}' to '{self.to}'. "
            f"From '{self.origin}' it can move to {ways}."
        )


class NotAllowedError(RefusedError):
    """The person holds none of the roles that may make this move."""

    def __init__(self, sign_in_name: str, roles: Sequence[str], body: str) -> None:
        super().__init__(sign_in_name, tuple(roles), body)
        self.sign_in_name, self.roles, self.body = sign_in_name, tuple(roles), body

    def __str__(self) -> str:
        where = f"body '{self.body}'" if self.body else "the centre"
        return (
            f"'{self.sign_in_name}' may not do this: it needs the role "
            f"{' or '.join(self.roles)} at {where}. Ask someone who holds it."
        )


class GuardsFailedError(RefusedError):
    """One or more conditions of the move do not hold."""

    def __init__(self, failures: Sequence[tuple[str, str]]) -> None:
        super().__init__(tuple(failures))
        self.failures = tuple(failures)
        """Each is the name of a guard and its sentence: the value, and what to do."""

    def __str__(self) -> str:
        return " ".join(f"{name}: {sentence}" for name, sentence in self.failures)


class StaleVersionError(RefusedError):
    """The row has moved on since it was read."""

    def __init__(self, entity: str, expected: int, found: int | None) -> None:
        super().__init__(entity, expected, found)
        self.entity, self.expected, self.found = entity, expected, found

    def __str__(self) -> str:
        now = "it is gone" if self.found is None else f"it is now version {self.found}"
        return (
            f"This {self.entity} was read at version {self.expected}, and {now}: somebody "
            "else changed it. Read it again before you decide."
        )
