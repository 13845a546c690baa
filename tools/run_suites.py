"""Run every test suite, and say at the end which ones could not run.

Run:   python tools/run_suites.py            after: make env
       REQUIRE_ALL_SUITES=1 …                a suite that could not run is a failure (CI)
Rule:  where we are root and have apt, missing system packages are installed; elsewhere the
       command to run is printed. A suite is never skipped in silence.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = str(ROOT / ".venv/bin/python")
PACKAGES = {
    "chromium": "chromium",
    "postgresql": "postgresql",
    "libreoffice": "libreoffice-calc",
}


@dataclass(frozen=True, kw_only=True)
class Suite:
    """Tests that run together, and what must be there for them."""

    name: str
    command: tuple[str, ...]
    missing: Callable[[], str] = lambda: ""
    """What keeps the suite from running, as a phrase; empty when nothing does."""
    required: bool = True
    """Whether CI fails when it cannot run."""


def pytest(*arguments: str) -> tuple[str, ...]:
    """Run pytest in the environment."""
    return (PYTHON, "-m", "pytest", "-q", *arguments)


def no_shared() -> str:
    """The published tables stand beside a full checkout, not in a lone clone."""
    folder = shared()
    return "" if (folder / "england").is_dir() else f"no published tables at {folder}"


def shared() -> Path:
    """Where the published tables are."""
    return Path(os.environ.get("FOLKMOOT_SHARED", ROOT.parent / "shared"))


def no_chromium() -> str:
    """The browser journeys need a Chromium of the system."""
    found = os.environ.get("MOOTHALL_CHROMIUM") or shutil.which("chromium")
    return "" if found else "no chromium"


def no_postgresql() -> str:
    """The hall's tests run on a throw-away PostgreSQL cluster too."""
    found = shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return "" if found else "no postgresql server"


def no_libreoffice() -> str:
    """The workbook is recalculated by a spreadsheet program that we did not write."""
    return "" if shutil.which("soffice") else "no libreoffice"


def no_git() -> str:
    """The clean clone needs the history that a downloaded archive lacks."""
    return "" if shutil.which("git") and (ROOT / ".git").exists() else "no git history"


SUITES = (
    Suite(
        name="core, command line, house, oracles",
        command=pytest(
            *("-n", "2", "-m", "not shared and not office"),
            *("tests/core", "tests/cli", "tests/house", "tests/oracles", "src/folkmoot"),
        ),
    ),
    Suite(
        name="published tables",
        command=pytest("-m", "shared", "tests"),
        missing=no_shared,
        required=False,
    ),
    Suite(
        name="workbook in LibreOffice",
        command=pytest("-m", "office", "tests/core/exhibits"),
        missing=no_libreoffice,
    ),
    Suite(name="hall on SQLite", command=pytest("tests/hall")),
    Suite(
        name="hall on PostgreSQL",
        command=(PYTHON, "tools/postgres.py", *pytest("tests/hall")),
        missing=no_postgresql,
    ),
    Suite(name="browser", command=pytest("-n", "2", "tests/browser"), missing=no_chromium),
    Suite(name="clean clone", command=(PYTHON, "tools/clean_clone.py"), missing=no_git),
)


def main() -> None:
    """Run all suites; exit 1 when one fails."""
    install_system_packages()
    failed, not_run = [], []
    for suite in SUITES:
        missing = suite.missing()
        if missing:
            not_run.append((suite, missing))
            continue
        print(f"\n== {suite.name}", flush=True)
        start = time.monotonic()
        if subprocess.run(suite.command, cwd=ROOT, check=False).returncode:
            failed.append(suite.name)
        print(f"== {suite.name}: {time.monotonic() - start:.0f} s", flush=True)
    print()
    for suite, missing in not_run:
        print(f"NOT RUN: {suite.name} ({missing}).")
    if os.environ.get("REQUIRE_ALL_SUITES"):
        failed += [suite.name for suite, _ in not_run if suite.required]
    ran = len(SUITES) - len(not_run)
    print(f"Suites: {ran} run, {len(not_run)} not run, {len(failed)} failed.")
    sys.exit(f"FAILED: {', '.join(failed)}" if failed else 0)


def install_system_packages() -> None:
    """Install what is missing where we may, and say what to run where we may not."""
    wanted = [PACKAGES["chromium"]] if no_chromium() else []
    wanted += [PACKAGES["postgresql"]] if no_postgresql() else []
    wanted += [PACKAGES["libreoffice"]] if no_libreoffice() else []
    if not wanted:
        return
    install = ["apt-get", "install", "-y", "-qq", *wanted]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"· installing {', '.join(wanted)}", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    else:
        print(f"· to run every suite: sudo {' '.join(install)}", flush=True)


if __name__ == "__main__":
    main()
