"""``manage.py constitute PLAN``: load a devolution plan into the hall."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseError
from django.utils import timezone

from folkmoot.plan.folder import read_plan
from folkmoot.vocabulary.errors import FolkmootError
from moothall.bridge.constitution import constitute
from moothall.people.actions import open_office
from moothall.people.models import Person
from moothall.people.roles import Role
from moothall.records.errors import HallError


class Command(BaseCommand):
    """Read a plan folder and constitute the hall from it, with progress and plain errors."""

    help = "Constitute the hall from a plan folder: manage.py constitute build/plan"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder and the one option."""
        parser.add_argument("plan", type=Path, help="folder that 'folkmoot plan' wrote")
        parser.add_argument(
            "--replace", action="store_true", help="withdraw another plan that is in force"
        )

    def handle(self, *_args: Any, plan: Path, replace: bool, **_options: Any) -> None:  # noqa: ANN401 - Django's
        """Load the plan, or say in a sentence why not and leave with 1."""
        began = time.monotonic()
        try:
            self._say(f"Reading the plan in {plan}", 0.0)
            folder = read_plan(plan)
            call_command("migrate", verbosity=0)
            new = constitute(folder, by=_centre(), replace=replace, progress=self._say)
        except (FolkmootError, HallError) as error:
            self.stderr.write(str(error))
            sys.exit(1)
        except DatabaseError as error:
            self.stderr.write(
                f"The database would not keep the plan, so nothing was written: {error} "
                "Check that its file or server can be written, then run the command again."
            )
            sys.exit(1)
        took = time.monotonic() - began
        done = "Constituted" if new else "Already constituted from this very plan; nothing changed"
        self.stdout.write(f"{done}: plan {folder.sha256[:12]} ({took:.1f} s).")

    def _say(self, sentence: str, share: float) -> None:
        self.stdout.write(f"  {share:4.0%}  {sentence}")


def _centre() -> Person:
    """The office in whose name the command acts."""
    return open_office(
        sign_in_name="devolution-unit",
        office="Devolution Unit",
        role=Role.CENTRE,
        first_day=timezone.localdate(),
    )
