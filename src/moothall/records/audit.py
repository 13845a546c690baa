"""Add events to the audit trail, and check that none was changed.

Rule:      an event is written in the transaction of what it records, or not at all.
Not here:  the arithmetic (``records.chain``).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.db import connection
from django.db.models import Model

from moothall.records.chain import GENESIS, canonical, leaf, link
from moothall.records.models import AuditEvent

_TURN = 7_062_026
"""The PostgreSQL lock that makes writers of the chain take turns; any number does."""


def append(event: Mapping[str, object]) -> AuditEvent:
    """Write the next event of the chain, inside the caller's transaction."""
    _wait_for_turn()
    last = AuditEvent.objects.last()
    seq = last.seq + 1 if last else 1
    text = canonical({**event, "seq": seq})
    event_leaf = leaf(text)
    previous = bytes.fromhex(last.link) if last else GENESIS
    return AuditEvent.objects.create(
        seq=seq,
        event=text.decode(),
        leaf=event_leaf.hex(),
        link=link(previous, event_leaf).hex(),
    )


def _wait_for_turn() -> None:
    """SQLite has one writer at a time; PostgreSQL has many, and two must not share a number."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def first_broken_seq(events: Iterable[AuditEvent]) -> int | None:
    """Return the number of the first event that does not follow, or None if all do."""
    previous, expected = GENESIS, 1
    for row in events:
        event_leaf = leaf(row.event.encode())
        previous = link(previous, event_leaf)
        if (row.seq, row.leaf, row.link) != (expected, event_leaf.hex(), previous.hex()):
            return row.seq
        expected += 1
    return None


def digest(rows: Sequence[Model]) -> str:
    """Return the SHA-256 of rows as written, without their own keys."""
    texts = [
        json.dumps(
            {
                field.attname: getattr(row, field.attname)
                for field in row._meta.concrete_fields
                if not field.primary_key
            },
            default=str,
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )
        for row in rows
    ]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def counts(rows: Sequence[Model]) -> dict[str, int]:
    """Return how many rows of each model there are."""
    labels = sorted(row._meta.label_lower for row in rows)
    return {label: len(list(same)) for label, same in groupby(labels)}
