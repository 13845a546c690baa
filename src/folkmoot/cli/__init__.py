"""The command line: one file a group of commands; each parses, calls and prints.

A deliberate error goes to standard error as its own sentence, with exit code 1; wrong usage
exits with 2; an interrupt writes nothing and exits with 130.
"""

from typing import IO

import click

from folkmoot.cli.area_demands import demand_command
from folkmoot.cli.area_moves import explain_command, move_command
from folkmoot.cli.areas import areas
from folkmoot.cli.compare import compare_command
from folkmoot.cli.deals import deals_command
from folkmoot.cli.funding import funding
from folkmoot.cli.money_flow import flow_command
from folkmoot.cli.outcome_agreement import agreement_command
from folkmoot.cli.outcome_asked import asked_command
from folkmoot.cli.outcome_design import lint_command, templates_command
from folkmoot.cli.outcome_evidence import evidence_command
from folkmoot.cli.outcome_funnel import funnel_command
from folkmoot.cli.outcome_needs import needs_command
from folkmoot.cli.outcome_options import options_command
from folkmoot.cli.outcome_overlap import overlap_command
from folkmoot.cli.outcome_people import people_command
from folkmoot.cli.outcome_profile import profile_command
from folkmoot.cli.outcome_ranks import ranks_command
from folkmoot.cli.outcome_rates import gradient_command, rates_command
from folkmoot.cli.outcome_resettlement import resettlement_command
from folkmoot.cli.outcome_series import spc_command
from folkmoot.cli.outcome_variation import variation_command
from folkmoot.cli.outcomes import outcomes
from folkmoot.cli.pilot import pilot_command
from folkmoot.cli.places import places
from folkmoot.cli.plan import plan, verify
from folkmoot.cli.prevention import prevention_command
from folkmoot.cli.savings import savings_command
from folkmoot.cli.services import services
from folkmoot.cli.transition import transition
from folkmoot.cli.transition_folder import check_command, contracts_command
from folkmoot.cli.transition_gates import readiness_command
from folkmoot.cli.transition_progress import progress_command
from folkmoot.cli.transition_staff import assets_command, staff_command
from folkmoot.cli.transition_watch import watch_command
from folkmoot.vocabulary.errors import FolkmootError


class Refusal(click.ClickException):
    """A deliberate error, shown as it words itself."""

    exit_code = 1

    def show(self, file: IO[str] | None = None) -> None:
        """Print the error without a prefix: its text is already a sentence."""
        click.echo(self.message, err=file is None, file=file)


class Interrupted(Refusal):
    """The user stopped the command."""

    exit_code = 130


class Commands(click.Group):
    """Commands whose deliberate errors become sentences, never tracebacks."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except FolkmootError as error:
            raise Refusal(str(error)) from error
        except KeyboardInterrupt:
            raise Interrupted("\nStopped. Nothing was left half-written.") from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="folkmoot")
def main() -> None:
    """Draw commissioning areas, share the money between them, and say why.

    The whole job, on the packaged England:

        folkmoot plan --out build/plan
    """


areas.add_command(demand_command)
areas.add_command(explain_command)
areas.add_command(move_command)
services.add_command(deals_command)
services.add_command(flow_command)
services.add_command(prevention_command)
services.add_command(savings_command)
transition.add_command(pilot_command)
transition.add_command(check_command)
transition.add_command(contracts_command)
transition.add_command(staff_command)
transition.add_command(assets_command)
transition.add_command(readiness_command)
transition.add_command(progress_command)
transition.add_command(watch_command)
for method in (
    profile_command,
    variation_command,
    rates_command,
    spc_command,
    funnel_command,
    ranks_command,
    gradient_command,
    agreement_command,
    resettlement_command,
    needs_command,
    overlap_command,
    evidence_command,
    options_command,
    people_command,
    asked_command,
    templates_command,
    lint_command,
):
    outcomes.add_command(method)
for command in (
    plan,
    verify,
    compare_command,
    places,
    areas,
    funding,
    services,
    transition,
    outcomes,
):
    main.add_command(command)
