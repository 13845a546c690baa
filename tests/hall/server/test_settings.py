"""What the hall runs with: a key of its own, a database from one address, nothing left behind."""

import doctest
import importlib
import io
import pkgutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

import moothall
from moothall.server.database import database
from moothall.server.secret import secret_key


def test_the_key_is_made_once_and_only_we_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"

    first = secret_key(path)

    assert len(first) == 50
    assert secret_key(path) == first
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in path.parent.iterdir()] == ["key"]


def test_a_postgresql_address_is_read_whole() -> None:
    found = database("postgresql://moot:p%40ss@db.example:5433/hall")

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("moot", "p@ss", "db.example")
    assert (found["PORT"], found["NAME"]) == ("5433", "hall")


def test_sqlite_takes_its_lock_first_and_keeps_foreign_keys(db: None) -> None:
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("foreign_keys", "recursive_triggers", "busy_timeout")
        }

    assert found == {"foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 20_000}
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_no_model_has_changed_without_its_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_checks_find_nothing(db: None) -> None:
    call_command("check", fail_level="WARNING", databases=["default"])


def test_static_files_can_be_collected_under_content_names(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "moothall.server.static.StaticStorage"},
    }
    settings.STATIC_ROOT = tmp_path

    call_command("collectstatic", interactive=False, verbosity=0, stdout=io.StringIO())

    (script,) = tmp_path.glob("moothall.*.js")
    (other,) = tmp_path.glob("govuk-frontend.min.*.js")
    assert other.name in script.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        module.name
        for module in pkgutil.walk_packages(moothall.__path__, "moothall.")
        if ".migrations" not in module.name and not module.name.endswith(".wsgi")
    ],
)
def test_the_examples_in_the_source_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
