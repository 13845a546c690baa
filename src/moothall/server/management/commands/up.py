"""``manage.py up PLAN``: constitute the hall from a plan and open it."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Check the port before the work, load the plan, serve."""

    help = "Constitute the demonstration hall from a plan folder and serve it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder."""
        parser.add_argument("plan", help="folder that 'folkmoot plan' wrote")

    def handle(self, *_args: Any, plan: str, **_options: Any) -> None:  # noqa: ANN401 - Django's
        """Run the three steps; each says in a sentence why it cannot go on."""
        call_command("serve", check=True)
        # The demonstration follows the plan that was made last; the old one stays readable.
        call_command("constitute", plan, replace=True)
        call_command("serve")
