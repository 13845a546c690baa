#!/usr/bin/env python
"""Run a command of the hall: ``manage.py constitute PLAN``, ``manage.py serve`` and more."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line; Ctrl-C ends it without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.server.settings")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit("Stopped. Nothing was half-written.")


if __name__ == "__main__":
    main()
