"""Do what a stranger does first: clone, run the README's command, look at what came out.

Run:   python tools/clean_clone.py      after: a commit; it clones what is committed
Rule:  nothing of this checkout is used but its history; the environment is made anew.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ("VIRTUAL_ENV", "PYTHONPATH", "PYTEST_ADDOPTS", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
"""What this checkout's own commands leave in the environment."""


def main() -> None:
    """Clone, plan, check; exit 1 with what was wrong."""
    environment = {name: text for name, text in os.environ.items() if name not in HERE}
    with tempfile.TemporaryDirectory(prefix="folkmoot-clone-") as folder:
        clone = Path(folder) / "folkmoot"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for attempt in ("first", "second"):
            print(f"· make plan, the {attempt} time", flush=True)
            done = subprocess.run(["make", "plan"], cwd=clone, env=environment, check=False)
            if done.returncode:
                sys.exit(f"'make plan' failed the {attempt} time in a clean clone.")
        left = subprocess.run(
            ["git", "status", "--porcelain"], cwd=clone, check=True, capture_output=True, text=True
        )
        if left.stdout:
            sys.exit(f"'make plan' left files that git does not ignore:\n{left.stdout}")
        if not (clone / "build/plan/report.html").is_file():
            sys.exit("'make plan' wrote no report.")
    print("A clean clone plans, verifies, and can do so again.")


if __name__ == "__main__":
    main()
