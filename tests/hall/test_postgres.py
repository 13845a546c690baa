"""The throw-away PostgreSQL: a sentence where it cannot be had."""

import pytest
from tools import postgres


def test_nothing_to_run_is_said() -> None:
    with pytest.raises(SystemExit, match="Say what to run"):
        postgres.main([])


def test_a_machine_without_a_server_is_told_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres, "find_programs", lambda: None)

    with pytest.raises(SystemExit, match="apt-get install postgresql"):
        postgres.main(["true"])
