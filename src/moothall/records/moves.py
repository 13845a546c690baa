"""The table of moves: what may move from where to where, by whom, if what holds.

In:        each app's rows, its guards by name and its final states.
Out:       one table, or every fault of it.
Not here:  making a move (``records.flow``).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db.models import Model

from moothall.records.errors import MoveTableError
from moothall.records.models.entity import NEW, Entity


class Actor(Protocol):
    """Whoever makes a move."""

    sign_in_name: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One row: a kind of entity may go from one state to another."""

    entity: str
    """The model's label in lower case, ``centre.settlement``."""
    origin: str
    to: str
    roles: frozenset[str]
    guards: tuple[str, ...] = ()
    """Names: a guard may live in a later room than its move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A move about to be made, as a guard sees it."""

    entity: Entity
    parts: Sequence[Model]
    payload: Mapping[str, object]


class Guard(Protocol):
    """A condition: return None if it holds, else the value found and what to do."""

    def __call__(self, proposal: Proposal, /) -> str | None:
        """Look at the proposal."""


class RoleCheck(Protocol):
    """The question that ``people`` answers."""

    def __call__(
        self, sign_in_name: str, /, *, roles: Collection[str], body: str, day: date
    ) -> bool:
        """Say whether the person holds one of the roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTable:
    """Every move of the hall; it cannot be made with a fault in it."""

    moves: tuple[Move, ...]
    guards: Mapping[str, Guard]
    final: frozenset[tuple[str, str]]
    """States that nothing leaves: (entity, state)."""
    roles: frozenset[str]
    holds: RoleCheck
    index: Mapping[tuple[str, str, str], Move] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        index = {(move.entity, move.origin, move.to): move for move in self.moves}
        faults = [fault for rule in _RULES for fault in rule(self)]
        if len(index) < len(self.moves):
            faults.append("A move stands in the table twice.")
        if faults:
            raise MoveTableError(faults)
        object.__setattr__(self, "index", index)

    def ways(self, entity: str, origin: str) -> tuple[str, ...]:
        """Return the states that an entity can move to from here."""
        return tuple(m.to for m in self.moves if (m.entity, m.origin) == (entity, origin))


def _unknown_names(table: MoveTable) -> list[str]:
    named_guards = {name for move in table.moves for name in move.guards}
    named_roles = {role for move in table.moves for role in move.roles}
    return [
        f"No guard is called '{name}'." for name in sorted(named_guards - set(table.guards))
    ] + [f"No role is called '{name}'." for name in sorted(named_roles - table.roles)]


def _dead_ends(table: MoveTable) -> list[str]:
    left = {(move.entity, move.origin) for move in table.moves}
    entered = {(move.entity, move.to) for move in table.moves}
    return [
        f"Nothing leaves '{state}' of {entity}, and it is not marked final."
        for entity, state in sorted(entered - left - table.final)
    ] + [
        f"'{state}' of {entity} is final, yet left." for entity, state in sorted(table.final & left)
    ]


def _unreachable(table: MoveTable) -> list[str]:
    reached = {(entity, NEW) for entity in {move.entity for move in table.moves}}
    for _ in table.moves:
        reached |= {(m.entity, m.to) for m in table.moves if (m.entity, m.origin) in reached}
    states = {(m.entity, state) for m in table.moves for state in (m.origin, m.to)}
    return [
        f"No way leads to '{state}' of {entity}."
        for entity, state in sorted((states | table.final) - reached)
    ]


_RULES: tuple[Callable[[MoveTable], list[str]], ...] = (
    _unknown_names,
    _dead_ends,
    _unreachable,
)
