"""``folkmoot outcomes``: what people need, whether it has worked, and how large the lottery is."""

from collections.abc import Iterator
from pathlib import Path

import click

from folkmoot.cli.console import print_json, table
from folkmoot.cli.inputs import given_places, json_option, places_option
from folkmoot.outcomes.claims import Checked, check_claims
from folkmoot.outcomes.indicators import domains, period_in_words
from folkmoot.outcomes.measured import Ground


@click.group()
def outcomes() -> None:
    """Understand needs and review outcomes: statistics that say what they cannot.

    The needs assessment of an area of a plan, as one page:

        folkmoot outcomes profile Devon --plan build/plan --out devon.html
    """


@outcomes.command("list")
@places_option
@json_option
def list_command(*, package: Path | None, as_json: bool) -> None:
    """List the indicators of a package: what each is, its latest period, how much is known.

    For example:

        folkmoot outcomes list --json
    """
    ground = Ground.of(given_places(package))
    shown = ground.indicators
    if as_json:
        print_json([{"indicator": one, "periods": ground.periods(one.code)} for one in shown])
        return
    for domain, title in domains().items():
        rows = [one for one in shown if one.domain == domain]
        if rows:
            click.echo(f"\n{title}")
            click.echo(
                table(
                    ("indicator", "name", "kind", "level", "latest"),
                    [
                        (
                            one.code,
                            one.short,
                            one.kind,
                            one.level,
                            period_in_words(ground.periods(one.code)[-1]),
                        )
                        for one in rows
                    ],
                    text=5,
                )
            )


@outcomes.command("claims")
@places_option
@json_option
def claims_command(*, package: Path | None, as_json: bool) -> None:
    """Reckon again what the source papers say of differences between places.

    Each claim beside the same figure from the package, with its interval, or why there is
    none. For example:

        folkmoot outcomes claims --json
    """
    found = check_claims(Ground.of(given_places(package)))
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(line for one in found for line in _claim_lines(one)))


def _claim_lines(one: Checked) -> Iterator[str]:
    yield f"{one.claim.says}"
    yield f"  Printed: {one.claim.published} ({one.claim.source})."
    if one.extremes is not None:
        yield f"  Now: {claim_in_words(one)}"
    else:
        yield "  Not reckoned: no data."
    yield f"  {one.claim.note}"
    yield ""


def claim_in_words(one: Checked) -> str:
    """A claim reckoned again, with its interval and, of many areas, the shrunken ratio."""
    found = one.extremes
    if found is None:
        return "no data"
    high, low = one.names[found.highest], one.names[found.lowest]
    said = f"{found.ratio:.2f} times, {high} over {low}, {one.period}"
    if found.lower is not None and found.upper is not None:
        said += f" (95% interval {found.lower:.2f} to {found.upper:.2f})"
    if not one.claim.between and found.shrunken is not None:
        said += f"; extremes of {one.areas} areas overstate: shrunken, {found.shrunken:.2f}"
    return f"{said}."
