"""The table of moves of the whole hall, joined from each app's ``flow.py``."""

from moothall.bodies import flow as bodies
from moothall.centre import flow as centre
from moothall.people.queries import holds
from moothall.people.roles import Role
from moothall.records.moves import MoveTable
from moothall.understand import flow as understand

TABLE = MoveTable(
    moves=(*bodies.MOVES, *centre.MOVES, *understand.MOVES),
    guards={**bodies.GUARDS, **centre.GUARDS},
    final=bodies.FINAL | centre.FINAL | understand.FINAL,
    roles=frozenset(Role.values),
    holds=holds,
)
