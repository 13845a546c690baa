"""The command that serves: it refuses with a sentence before it begins."""

import socket
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from moothall.server import gunicorn_settings
from moothall.server.management.commands.serve import PortNumberError, check_port, port_number
from moothall.server.static import FRONT_END, AssetsMissingError, check_assets


def test_a_taken_port_is_named_with_another_to_try(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(SystemExit) as end:
            call_command("serve", check=True)

    assert end.value.code == 1
    said = capsys.readouterr().err
    assert f"Port {port} is taken" in said
    assert f"PORT={port + 1} make up" in said


def test_a_free_port_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    check_port(port)
    monkeypatch.setenv("PORT", str(port))
    call_command("serve", check=True)


@pytest.mark.parametrize("text", ["", "eight", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(PortNumberError, match="whole number from 1 to 65535"):
        port_number(text)


def test_missing_assets_stop_the_start(
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.ASSETS = tmp_path
    monkeypatch.setenv("PORT", "0")
    with pytest.raises(AssetsMissingError, match="front-end assets missing: run make up"):
        check_assets(tmp_path)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PORT", str(probe.getsockname()[1]))
    with pytest.raises(SystemExit) as end:
        call_command("serve")

    assert end.value.code == 1
    assert "front-end assets missing: run make up" in capsys.readouterr().err


def test_assets_that_are_there_pass(tmp_path: Path) -> None:
    for name in FRONT_END:
        (tmp_path / name).touch()

    check_assets(tmp_path)


def test_it_listens_on_this_machine_alone_and_leaves_no_socket() -> None:
    assert gunicorn_settings.bind.startswith("127.0.0.1:")
    assert gunicorn_settings.control_socket_disable
    assert (gunicorn_settings.workers, gunicorn_settings.threads) == (2, 4)


def test_it_says_where_it_is_and_what_to_try(capsys: pytest.CaptureFixture[str]) -> None:
    gunicorn_settings.when_ready(None)

    said = capsys.readouterr().out
    assert gunicorn_settings.ADDRESS in said
    assert "Try first" in said
