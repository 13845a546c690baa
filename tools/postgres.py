"""Run a command against a throw-away PostgreSQL on this machine, and leave nothing behind.

Run:   .venv/bin/python tools/postgres.py .venv/bin/python -m pytest tests/hall
Out:   MOOTHALL_DATABASE=postgresql://… for the command; its exit code is ours.
Rule:  the cluster listens on the loopback address alone, lives in a folder of its own and is
       stopped by its own process. PostgreSQL refuses to run as root; there it runs as the
       user that the system package made.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"
"""The cluster's superuser, and the system's user where we are root."""
PATIENCE = 30.0
"""Seconds that a cluster may take to answer."""


def main(command: list[str]) -> int:
    """Run the command with the address of a fresh cluster; return its exit code."""
    if not command:
        sys.exit("Say what to run: tools/postgres.py COMMAND …")
    programs = find_programs()
    if programs is None:
        sys.exit(
            "No PostgreSQL server is installed here, so nothing was run against it. "
            "On Debian or Ubuntu run: apt-get install postgresql"
        )
    with cluster(programs) as address:
        environment = os.environ | {"MOOTHALL_DATABASE": address}
        return subprocess.run(command, env=environment, check=False).returncode


def find_programs() -> Path | None:
    """Return the folder of initdb and postgres: on the path, or the newest that Debian has."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max(
        (path.parent for path in found), key=lambda path: int(path.parent.name), default=None
    )


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a cluster in a folder of its own, give its address, stop it, remove the folder."""
    folder = Path(tempfile.mkdtemp(prefix="moothall-postgresql-"))
    port = free_port()
    own = as_user(folder)
    try:
        data = folder / "data"
        making = f"--username {USER} --auth trust --encoding UTF8 --no-sync --pgdata".split()
        initdb = [*own, str(programs / "initdb"), *making, str(data)]
        subprocess.run(initdb, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        # Nothing in it needs to outlive a crash.
        options = f"-p {port} -h 127.0.0.1 -c fsync=off -c unix_socket_directories= -D".split()
        serving = [*own, str(programs / "postgres"), *options, str(data)]
        with subprocess.Popen(serving, cwd=folder, stderr=subprocess.DEVNULL) as server:
            try:
                wait_for(programs, port)
                yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
            finally:
                server.send_signal(signal.SIGINT)  # fast shutdown
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_user(folder: Path) -> list[str]:
    """Return what to put before a command so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    person = pwd.getpwnam(USER)
    os.chown(folder, person.pw_uid, person.pw_gid)
    return ["setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups"]


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(programs: Path, port: int) -> None:
    """Wait until the cluster answers; give up with a sentence."""
    deadline = time.monotonic() + PATIENCE
    asking = [str(programs / "pg_isready"), *f"--quiet --host 127.0.0.1 --port {port}".split()]
    while subprocess.run(asking, check=False).returncode:
        if time.monotonic() > deadline:
            sys.exit(f"PostgreSQL did not answer within {PATIENCE:.0f} s on port {port}.")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
