"""How assessments move, and what must hold when they do."""

from moothall.records.models import NEW
from moothall.records.moves import Move
from moothall.understand.models import Assessment

_CENTRE = frozenset({"centre"})

MOVES = (
    Move(entity="understand.assessment", origin=NEW, to=Assessment.MADE, roles=_CENTRE),
    Move(
        entity="understand.assessment",
        origin=Assessment.MADE,
        to=Assessment.REPLACED,
        roles=_CENTRE,
    ),
)

FINAL = frozenset({("understand.assessment", Assessment.REPLACED)})
