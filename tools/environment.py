"""Make the environment in .venv from the pinned, hashed requirement files.

Run:   python3 tools/environment.py run        what folkmoot and moothall need
       python3 tools/environment.py run test   and what the tests need besides
       python3 tools/environment.py run test bench openfisca   and the peers of the benchmarks
Rule:  safe to repeat; a set that is installed as its file says is left alone. Standard
       library only, since nothing is installed yet.
"""

import hashlib
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv"
ASIDE = frozenset({"openfisca"})
"""Sets whose libraries fit no other: each has an environment of its own."""
OLDEST = (3, 11)
TRIES = 3


def main(sets: list[str]) -> None:
    """Make the environment and install the named sets."""
    if sys.version_info < OLDEST:
        version = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"folkmoot needs Python 3.11 or later, and this is {version}. "
            "Install one and name it: make env PYTHON=python3.11"
        )
    for name in sets:
        make(home(name))
        install(name)


def make(folder: Path) -> None:
    """Make an environment where there is none."""
    if (folder / "bin" / "python").exists():
        return
    say(f"making the environment in {folder.relative_to(ROOT)}")
    try:
        venv.create(folder, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        sys.exit(
            "This Python cannot make environments: its module 'ensurepip' is missing. "
            "On Debian or Ubuntu run: apt-get install python3-venv"
        )


def home(name: str) -> Path:
    """Where a set is installed."""
    return FOLDER / name if name in ASIDE else FOLDER


def install(name: str) -> None:
    """Install one set, and the project itself with the first."""
    requirements = ROOT / "requirements" / f"{name}.txt"
    folder = home(name)
    stamp = folder / f".{name}.sha256"
    digest = hashlib.sha256(requirements.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    start = time.monotonic()
    say(f"installing {requirements.relative_to(ROOT)} (the first time takes a minute)")
    pip(folder, "--require-hashes", "-r", str(requirements))
    if name == "run":
        pip(folder, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(digest.hexdigest())
    say(f"installed {requirements.relative_to(ROOT)} in {time.monotonic() - start:.0f} s")


def pip(folder: Path, *arguments: str) -> None:
    """Install, and try twice more before giving up."""
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    command.append("--disable-pip-version-check")
    for attempt in range(1, TRIES + 1):
        if subprocess.run([*command, *arguments], cwd=ROOT, check=False).returncode == 0:
            return
        say(f"attempt {attempt} of {TRIES} failed")
    sys.exit(
        "The installation failed. Check the network, then run by hand:\n  "
        + " ".join([*command, *arguments])
    )


def say(sentence: str) -> None:
    """Tell the user what is going on."""
    print(f"· {sentence}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["run"])
