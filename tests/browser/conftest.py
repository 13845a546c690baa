"""A hall that is served as ``make up`` serves it, and a Chromium that talks to nobody else."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from tests.hall.plan_folder import plan_texts, write_plan_folder

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds that the server may take to answer."""
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served hall that stands on the small plan."""
    home = tmp_path_factory.mktemp("hall")
    with _served(home, write_plan_folder(home / "plan")) as address:
        yield address


@pytest.fixture(scope="session")
def hall_of_two_plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served hall in which another plan has taken the small one's place."""
    home = tmp_path_factory.mktemp("hall-of-two")
    areas = plan_texts()["areas.csv"].replace("B4,A02", "B4,A03")
    other = write_plan_folder(home / "other", changes={"areas.csv": areas})
    with _served(home, write_plan_folder(home / "plan")) as address:
        command = [sys.executable, str(ROOT / "manage.py"), "constitute", str(other), "--replace"]
        subprocess.run(command, env=_environment(home, 0), cwd=home, check=True)
        yield address


@contextmanager
def _served(home: Path, plan: Path) -> Iterator[str]:
    """Serve a hall that stands on a plan."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = _environment(home, port)
    command = [sys.executable, str(ROOT / "manage.py"), "up", str(plan)]
    with subprocess.Popen(command, env=environment, cwd=home, stdout=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait()


def _environment(home: Path, port: int) -> dict[str, str]:
    return os.environ | {
        "MOOTHALL_HOME": str(home),
        "MOOTHALL_DATABASE": str(home / "moothall.sqlite3"),
        "PORT": str(port),
    }


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(address, timeout=10).close()  # noqa: S310 - our own server
        except (URLError, TimeoutError):
            assert server.poll() is None, "the server stopped"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)
        else:
            return


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium: MOOTHALL_CHROMIUM, or the one on the path."""
    path = os.environ.get("MOOTHALL_CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium here: set MOOTHALL_CHROMIUM, or run apt-get install chromium"
    # A container's root may not have the sandbox.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *sandbox])
        yield browser
        browser.close()


@dataclass
class Visit:
    """One visitor's page, and everything in it that went wrong."""

    page: Page
    hall: str
    has_script: bool
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._developer = self.page.context.new_cdp_session(self.page)
        self._stop_scripts(value=not self.has_script)

    def _stop_scripts(self, *, value: bool) -> None:
        self._developer.send("Emulation.setScriptExecutionDisabled", {"value": value})

    def go(self, address: str) -> Page:
        """Open an address of the hall."""
        self.page.goto(self.hall + address)
        return self.page

    def barriers(self) -> str:
        """What axe finds; it is a script itself, so it alone is let run where none may."""
        self._stop_scripts(value=False)
        found = Axe().run(self.page, options=RULES)
        self._stop_scripts(value=not self.has_script)
        return str(found.generate_report()) if found.violations_count else ""

    def watch(self, context: BrowserContext) -> None:
        """Write down console errors, and stop and write down requests to anyone else."""
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        context.route(lambda url: not url.startswith(self.hall), lambda route: route.abort())
        context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith(self.hall):
            self.complaints.append(f"asked {request.url}")


SCREENS = pytest.fixture(params=[(320, True), (1280, True), (320, False), (1280, False)], ids=str)


@SCREENS
def visit(request: pytest.FixtureRequest, hall: str, chromium: Browser) -> Iterator[Visit]:
    """A visitor with a narrow or a wide screen, with and without script."""
    with _visiting(request, hall, chromium) as visit:
        yield visit


@SCREENS
def visit_two_plans(
    request: pytest.FixtureRequest, hall_of_two_plans: str, chromium: Browser
) -> Iterator[Visit]:
    """The same in a hall that has held two plans."""
    with _visiting(request, hall_of_two_plans, chromium) as visit:
        yield visit


@contextmanager
def _visiting(request: pytest.FixtureRequest, hall: str, chromium: Browser) -> Iterator[Visit]:
    width, has_script = request.param
    context = chromium.new_context(viewport={"width": width, "height": 800})
    visit = Visit(page=context.new_page(), hall=hall, has_script=has_script)
    visit.watch(context)
    yield visit
    context.close()
    assert visit.complaints == []
