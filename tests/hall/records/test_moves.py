"""The table of moves refuses to be made with a fault in it."""

from collections.abc import Collection
from datetime import date

import pytest

from moothall.records.errors import MoveTableError
from moothall.records.models import NEW
from moothall.records.moves import Guard, Move, MoveTable
from moothall.server.moves import TABLE

BEGIN = Move(entity="x.thing", origin=NEW, to="begun", roles=frozenset({"centre"}))
END = Move(entity="x.thing", origin="begun", to="ended", roles=frozenset({"centre"}))
FINAL = frozenset({("x.thing", "ended")})


def nobody(_name: str, /, *, roles: Collection[str], body: str, day: date) -> bool:
    del roles, body, day
    return False


def table(
    *moves: Move,
    final: frozenset[tuple[str, str]] = FINAL,
    guards: dict[str, Guard] | None = None,
) -> MoveTable:
    return MoveTable(
        moves=moves, guards=guards or {}, final=final, roles=frozenset({"centre"}), holds=nobody
    )


def test_a_table_without_fault_knows_its_ways() -> None:
    made = table(BEGIN, END)

    assert made.ways("x.thing", "begun") == ("ended",)
    assert made.index["x.thing", NEW, "begun"] is BEGIN


@pytest.mark.parametrize(
    ("moves", "final", "fault"),
    [
        ((BEGIN, END, END), FINAL, "twice"),
        ((BEGIN,), frozenset(), "Nothing leaves 'begun'"),
        ((BEGIN, END), FINAL | {("x.thing", "begun")}, "is final, yet left"),
        ((END,), FINAL, "No way leads to 'begun'"),
        (
            (BEGIN, Move(entity="x.thing", origin="begun", to="ended", roles=frozenset({"king"}))),
            FINAL,
            "No role is called 'king'",
        ),
        (
            (
                BEGIN,
                Move(
                    entity="x.thing",
                    origin="begun",
                    to="ended",
                    roles=frozenset({"centre"}),
                    guards=("fine weather",),
                ),
            ),
            FINAL,
            "No guard is called 'fine weather'",
        ),
    ],
)
def test_a_fault_is_named(
    moves: tuple[Move, ...], final: frozenset[tuple[str, str]], fault: str
) -> None:
    with pytest.raises(MoveTableError, match=fault):
        table(*moves, final=final)


def test_every_guard_of_the_hall_is_asked_by_some_move() -> None:
    assert set(TABLE.guards) == {name for move in TABLE.moves for name in move.guards}
