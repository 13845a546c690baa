"""What must hold of the database before the hall may write to it."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error
from django.db import connections


def check_triggers_cannot_be_bypassed(
    *, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Refuse an SQLite connection on which REPLACE would pass by the delete triggers."""
    faults: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            (is_on,) = cursor.execute("PRAGMA recursive_triggers").fetchone()
        if not is_on:
            faults.append(
                Error(
                    "SQLite runs without recursive_triggers: REPLACE could change the audit trail.",
                    hint="Add 'PRAGMA recursive_triggers=ON' to the connection's init_command.",
                    id="records.E001",
                )
            )
    return faults
