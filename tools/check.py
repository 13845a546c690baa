"""Check what no test runs: format, lint, types, floors, docs and licences.

Run:   python tools/check.py            after: make env-test
"""

import re
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv/bin"

COMMANDS = {
    "format": ("ruff", "format", "--check", "--quiet"),
    "lint": ("ruff", "check", "--quiet"),
    "types": ("mypy",),
    "floors": ("lint-imports",),
    "docs": ("mkdocs", "build", "--strict", "--quiet", "--site-dir", "build/docs"),
}
FORBIDDEN = re.compile(r"\b(A?GPL)", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser", re.IGNORECASE)


def main() -> None:
    """Run every check; exit 1 when one fails."""
    failed = [name for name, command in COMMANDS.items() if not runs(name, command)]
    problems = licences()
    if problems:
        print("\n".join(problems))
        failed.append("licences")
    sys.exit(f"FAILED: {', '.join(failed)}" if failed else 0)


def runs(name: str, command: tuple[str, ...]) -> bool:
    """Run one check and say how it went; what it prints is shown when it fails."""
    start = time.monotonic()
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, check=False, capture_output=True, text=True
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:8} {verdict} ({time.monotonic() - start:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def licences() -> list[str]:
    """Run-time packages whose licence is AGPL, GPL or unknown; LGPL is allowed."""
    names = re.findall(
        r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements/run.txt").read_text(), re.MULTILINE
    )
    problems = []
    for name in names:
        try:
            found = licence(name)
        except metadata.PackageNotFoundError:
            continue  # a package that only another platform needs
        if not found:
            problems.append(f"licence of {name} is unknown: read it, and note it in this file")
        elif FORBIDDEN.search(LESSER.sub("", found)):
            problems.append(f"licence of {name} is {found}: not allowed at run time")
    print(f"licences {'FAILED' if problems else 'ok'} ({len(names)} packages)")
    return problems


def licence(name: str) -> str:
    """What a package says its licence is: the expression, the classifiers, or the first line."""
    told = metadata.metadata(name)
    classifiers = [c.split(" :: ")[-1] for c in told.get_all("Classifier") or () if "License" in c]
    expressions = told.get_all("License-Expression") or told.get_all("License") or [""]
    return "; ".join(classifiers) or expressions[0].strip().split("\n")[0]


if __name__ == "__main__":
    main()
