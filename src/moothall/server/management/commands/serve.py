"""``manage.py serve``: open the hall on this machine until interrupted."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from moothall.records.errors import HallError
from moothall.server.static import check_assets


class PortTakenError(HallError):
    """Something else answers on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.port = port

    def __str__(self) -> str:
        return (
            f"Port {self.port} is taken on this machine, so the hall cannot open there. "
            f"Choose another: PORT={self.port + 1} make up"
        )


class PortNumberError(HallError):
    """The variable PORT does not hold the number of a port."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return (
            f"PORT is '{self.text}', which is no port, so the hall cannot open there. "
            "Give a whole number from 1 to 65535: PORT=8001 make up"
        )


def port_number(text: str) -> int:
    """Read the number of a port.

    Raises
    ------
    PortNumberError
        If it is not a whole number from 1 to 65535.
    """
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise PortNumberError(text)
    return int(text)


def check_port(port: int) -> None:
    """Refuse a port that something else listens on.

    Raises
    ------
    PortTakenError
        If the port cannot be bound on the loopback address.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTakenError(port) from error


class Command(BaseCommand):
    """Check that the hall can open, make its tables and files ready, hand over to gunicorn."""

    help = "Serve the hall at http://127.0.0.1:PORT (variable PORT, default 8000)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the one option."""
        parser.add_argument(
            "--check", action="store_true", help="only say whether the port is free"
        )

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:  # noqa: ANN401 - Django's
        """Refuse with a sentence, or become the server."""
        try:
            check_port(port_number(os.environ.get("PORT") or "8000"))
            if check:
                return
            check_assets(settings.ASSETS)
        except HallError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        command = [sys.executable, "-m", "gunicorn", "--config"]
        command += ["python:moothall.server.gunicorn_settings", "moothall.server.wsgi"]
        os.execv(sys.executable, command)  # noqa: S606 - our own command, no shell
