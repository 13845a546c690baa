"""Install the front-end part of the hall: GOV.UK Frontend's compiled style and script.

Run:   .venv/bin/python tools/front_end.py      after: make env
In:    package.json and package-lock.json; npm checks what comes against the lock's digest.
Out:   two files in src/moothall/pages/assets, which is never committed.
Rule:  safe to repeat, and quick when nothing changed. No npm on the machine: one comes from
       requirements/npm.txt into .venv. Fonts and crest are for GOV.UK services only, so their
       names are taken out; so are the source-map comments, which name files we do not serve.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PACKAGE = ROOT / "node_modules/govuk-frontend/dist/govuk"
ASSETS = ROOT / "src/moothall/pages/assets"
FILES = ("govuk-frontend.min.css", "govuk-frontend.min.js")
STAMP = ASSETS / "made-from.sha256"
FONT_FACE = re.compile(r"(/\*![^*]*Margaret Calvert[^*]*\*/)?@font-face\{[^}]*\}")
CREST = re.compile(r"url\([^)]*govuk-crest\.svg\)")
SOURCE_MAP = re.compile(r"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?\n?")
TRIES = 3


def main() -> None:
    """Install what is missing; leave alone what is as the lock says."""
    if is_done():
        return
    start = time.monotonic()
    say("installing the front-end part")
    run_npm(find_npm() or install_npm())
    ASSETS.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        text = (PACKAGE / name).read_text(encoding="utf-8")
        (ASSETS / name).write_text(cleaned(text), encoding="utf-8")
    STAMP.write_text(made_from(), encoding="utf-8")
    say(f"installed the front-end part in {time.monotonic() - start:.0f} s")


def is_done() -> bool:
    """Whether the files are there and made from these very instructions."""
    there = all((ASSETS / name).is_file() for name in FILES) and PACKAGE.is_dir()
    return there and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == made_from()


def made_from() -> str:
    """Return the digest of all that decides what the files hold."""
    sources = (ROOT / "package.json", ROOT / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def cleaned(text: str) -> str:
    """Take out the font, the crest and the source-map comment."""
    text = FONT_FACE.sub("", text)
    text = CREST.sub("none", text)
    text = SOURCE_MAP.sub("", text)
    return text.replace("GDS Transport,", "")


def find_npm() -> str | None:
    """Return the machine's npm, or the one that an earlier run put into .venv."""
    return shutil.which("npm") or shutil.which("npm", path=str(BIN))


def install_npm() -> str:
    """Bring npm into .venv as a Python package."""
    say("this machine has no npm; installing one into .venv (60 MB, once)")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "--require-hashes", "-r", str(ROOT / "requirements/npm.txt")]
    found = shutil.which("npm", path=str(BIN)) if succeeds(command) else None
    if found is None:
        sys.exit(
            "npm is missing and could not be installed, so the pages have no style. Check the "
            f"network, or install Node.js with npm. Then run by hand:\n  {' '.join(command)}"
        )
    return found


def run_npm(npm: str) -> None:
    """Install the locked package; npm refuses one whose digest is not the lock's."""
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not succeeds(command):
        sys.exit(
            "npm could not install the front-end part. Check the network, then run by hand in "
            f"{ROOT}:\n  {' '.join(command)}"
        )


def succeeds(command: list[str]) -> bool:
    """Run a command, and try twice more before giving up."""
    # npm from .venv starts node, which stands beside it.
    environment = os.environ | {"PATH": f"{os.environ.get('PATH', '')}{os.pathsep}{BIN}"}
    for attempt in range(1, TRIES + 1):
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        if done.returncode == 0:
            return True
        say(f"attempt {attempt} of {TRIES} failed")
    return False


def say(sentence: str) -> None:
    """Tell the user what is going on."""
    print(f"· {sentence}", flush=True)


if __name__ == "__main__":
    main()
