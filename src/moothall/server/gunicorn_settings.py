"""How gunicorn runs the hall: on this machine only, and it says when it is ready."""

import os
from typing import Any

PORT = os.environ.get("PORT") or "8000"
ADDRESS = f"http://127.0.0.1:{PORT}"

bind = f"127.0.0.1:{PORT}"
workers = 2
threads = 4
preload_app = True
control_socket_disable = True
proc_name = "moothall"
loglevel = "warning"

WHAT_TO_TRY = f"""
The hall is open at {ADDRESS}

  Try first:
    1. Choose an area on the map: its people, its grant, what it matches and crosses.
    2. Search for a district, such as your own: who decides there, before and after.
    3. {ADDRESS}/settlement : every grant to the penny, with its CSV.
    4. {ADDRESS}/areas/conflicts : where geographies disagree, and the price of each way out.

  Stop it with Ctrl-C.
"""


def when_ready(_server: Any) -> None:  # noqa: ANN401 - gunicorn ships no types
    """Say where the hall is and what to do there, once it answers."""
    print(WHAT_TO_TRY, flush=True)  # noqa: T201 - the terminal is where this belongs
