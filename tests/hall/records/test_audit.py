"""The audit trail: it grows by one, it cannot be edited, and an edit is found."""

from random import Random

import pytest
from django.core.checks import Error
from django.db import DatabaseError, connection, transaction

from moothall.centre.models import DevolutionPlan
from moothall.records.audit import append, first_broken_seq
from moothall.records.checks import check_triggers_cannot_be_bypassed
from moothall.records.models import AuditEvent

TABLE = AuditEvent._meta.db_table


def test_events_are_numbered_from_one_and_follow_each_other(db: None) -> None:
    for word in ("one", "two", "three"):
        append({"action": word})

    assert [event.seq for event in AuditEvent.objects.all()] == [1, 2, 3]
    assert first_broken_seq(AuditEvent.objects.all()) is None


def test_the_record_of_a_constitution_follows(plan: DevolutionPlan) -> None:
    events = list(AuditEvent.objects.all())

    # area plan, three bodies, plan, needs, settlement, two negotiations
    assert len(events) == 9
    assert first_broken_seq(events) is None


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET event = 'x' WHERE seq = 1",  # noqa: S608 - no value from outside
        f"DELETE FROM {TABLE} WHERE seq = 1",  # noqa: S608 - no value from outside
    ],
)
def test_the_database_refuses_to_change_an_event(db: None, statement: str) -> None:
    append({"action": "one"})

    with (
        pytest.raises(DatabaseError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_refuses_to_replace_or_empty(db: None) -> None:
    append({"action": "one"})
    row = f"INTO {TABLE} (seq, event, leaf, link) VALUES (1, 'x', 'x', 'x')"
    statement = f"REPLACE {row}" if connection.vendor == "sqlite" else f"TRUNCATE {TABLE}"

    with (
        pytest.raises(DatabaseError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_check_finds_a_connection_that_lets_replace_pass(db: None) -> None:
    assert check_triggers_cannot_be_bypassed(databases=["default"]) == []
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        (found,) = check_triggers_cannot_be_bypassed(databases=["default"])
        cursor.execute("PRAGMA recursive_triggers=ON")

    assert isinstance(found, Error)


def test_every_single_changed_byte_is_found(db: None) -> None:
    for number in range(20):
        append({"action": f"act {number}", "reason": "because £"})
    chance = Random(7)  # noqa: S311 - a test's dice, not a key

    for _ in range(1_000):
        events = list(AuditEvent.objects.all())
        chosen = chance.choice(events)
        text = bytearray(chosen.event.encode())
        text[chance.randrange(len(text))] ^= 1
        chosen.event = text.decode(errors="replace")

        assert first_broken_seq(events) == chosen.seq


def test_a_missing_event_is_found(db: None) -> None:
    for word in ("one", "two", "three"):
        append({"action": word})

    without_second = [event for event in AuditEvent.objects.all() if event.seq != 2]

    assert first_broken_seq(without_second) == 3
