"""``advance``: the one function that writes a domain table.

In:        an entity, the state it should move to, who asks, why, and what comes with it.
Out:       the audit event; or a refusal that says what to do, recorded by itself.
Rule:      version → role → guards → write → audit event, in one transaction or not at all.
Not here:  which moves there are (each app's ``flow.py``; ``server`` joins them).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC
from itertools import groupby
from typing import cast

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from moothall.records import audit
from moothall.records.errors import (
    GuardsFailedError,
    NoSuchMoveError,
    NotAllowedError,
    RefusedError,
    StaleVersionError,
)
from moothall.records.models import NEW, AuditEvent, Entity
from moothall.records.moves import Actor, Move, MoveTable, Proposal

_inside: ContextVar[bool] = ContextVar("inside_together", default=False)


def advance(
    entity: Entity,
    to: str,
    *,
    by: Actor,
    reason: str,
    payload: Mapping[str, object] | None = None,
    parts: Sequence[models.Model] = (),
) -> AuditEvent:
    """Move an entity to another state, with its parts, and record it.

    Parameters
    ----------
    entity : Entity
        A new one moves from ``NEW``; a stored one must be of the version last read.
    payload : mapping, optional
        Fields of a stored entity that change with the move.
    parts : sequence of models, optional
        New rows that belong to the entity, those that others point to first.

    Raises
    ------
    RefusedError
        If the move is not in the table, the person may not make it, a guard fails or
        the version is stale. Nothing is written then but the refusal.
    """
    proposal = Proposal(entity=entity, parts=tuple(parts), payload=payload or {})
    about = _describe(entity, to, by=by, reason=reason)
    with together():
        try:
            _lock(entity)
            _check(proposal, to, by=by)
        except RefusedError as refusal:
            refusal.about = about
            raise
        _write(proposal, to)
        return audit.append({**about, **_written(proposal)})


@contextmanager
def together() -> Iterator[None]:
    """Make several moves one transaction: a refusal undoes all, and is then recorded."""
    if _inside.get():
        yield
        return
    token = _inside.set(True)
    try:
        with transaction.atomic():
            yield
    except RefusedError as refusal:
        with transaction.atomic():
            audit.append({**refusal.about, "refused": str(refusal)})
        raise
    finally:
        _inside.reset(token)


def _table() -> MoveTable:
    return cast("MoveTable", import_string(settings.MOVE_TABLE))


def _lock(entity: Entity) -> None:
    """Take the row for this transaction, if it is still the version that was read."""
    if entity.present_state == NEW:
        return
    rows = type(entity)._default_manager.filter(pk=entity.pk)
    taken = rows.filter(version=entity.version, state=entity.state).update(
        version=entity.version + 1
    )
    if not taken:
        found = rows.values_list("version", flat=True).first()
        raise StaleVersionError(entity._meta.label_lower, entity.version, found)


def _check(proposal: Proposal, to: str, *, by: Actor) -> None:
    table, entity = _table(), proposal.entity
    label, origin = entity._meta.label_lower, entity.present_state
    move = table.index.get((label, origin, to))
    if move is None:
        raise NoSuchMoveError(label, origin, to, table.ways(label, origin))
    today = timezone.localdate()
    if not table.holds(by.sign_in_name, roles=move.roles, body=entity.body_code, day=today):
        raise NotAllowedError(by.sign_in_name, sorted(move.roles), entity.body_code)
    _check_guards(table, move, proposal)


def _check_guards(table: MoveTable, move: Move, proposal: Proposal) -> None:
    answers = [(name, table.guards[name](proposal)) for name in move.guards]
    failures = [(name, sentence) for name, sentence in answers if sentence is not None]
    if failures:
        raise GuardsFailedError(failures)


def _write(proposal: Proposal, to: str) -> None:
    entity = proposal.entity
    if entity.present_state == NEW:
        entity.state = to
        entity.save(force_insert=True)
    else:
        changed: dict[str, object] = {**proposal.payload, "state": to}
        type(entity)._default_manager.filter(pk=entity.pk).update(**changed)
        entity.refresh_from_db()
    for model, rows in groupby(proposal.parts, key=_model):
        model._default_manager.bulk_create(list(rows), batch_size=500)


def _model(row: models.Model) -> type[models.Model]:
    return type(row)


def _describe(entity: Entity, to: str, *, by: Actor, reason: str) -> dict[str, object]:
    now = timezone.now().astimezone(UTC)
    return {
        "action": f"{entity._meta.label_lower}.{to}",
        "actor": str(by.sign_in_name),
        "at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "from": entity.present_state,
        "reason": reason,
    }


def _written(proposal: Proposal) -> dict[str, object]:
    rows = (proposal.entity, *proposal.parts)
    return {
        "object": f"{proposal.entity._meta.label_lower}:{proposal.entity.pk}",
        "payload": dict(proposal.payload),
        "rows": audit.counts(rows),
        "rows_sha256": audit.digest(rows),
    }
