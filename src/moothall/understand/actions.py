"""Make and replace assessments of need. The only writer here."""

from collections.abc import Sequence

from django.db.models import Model

from moothall.records.flow import advance
from moothall.records.moves import Actor
from moothall.understand.models import Assessment


def make_assessment(
    assessment: Assessment, *, parts: Sequence[Model], by: Actor, reason: str
) -> None:
    """Write an assessment with its indicators, needs and spreads."""
    advance(assessment, Assessment.MADE, by=by, reason=reason, parts=parts)


def replace_assessment(assessment: Assessment, *, by: Actor, reason: str) -> None:
    """Let an assessment make room for that of another plan; its rows stay."""
    advance(assessment, Assessment.REPLACED, by=by, reason=reason)
