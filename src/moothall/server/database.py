"""Which database the hall keeps its rows in, from one address.

In:   a path of an SQLite file, or ``postgresql://user:password@host:port/name``.
Out:  what Django calls a database configuration.
Rule: SQLite writes ahead, takes its lock when a transaction begins, and lets no REPLACE
      pass by a delete trigger.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

_SQLITE_AT_OPENING = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
)


def database(address: str) -> dict[str, Any]:
    """Return the configuration for an address.

    Examples
    --------
    >>> database("postgresql://moot:hall@127.0.0.1:5433/moothall")["PORT"]
    '5433'
    >>> database("build/moothall.sqlite3")["NAME"]
    'build/moothall.sqlite3'
    """
    if address.startswith("postgresql://"):
        return _postgresql(address)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": address,
        "OPTIONS": {
            "init_command": _SQLITE_AT_OPENING,
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
