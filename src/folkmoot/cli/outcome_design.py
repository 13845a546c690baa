"""``folkmoot outcomes templates`` and ``lint``: outcomes to write from, and those written."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill

import click

from folkmoot.cli.console import check_free, csv_text, print_json, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.outcomes.design import (
    EXAMPLE,
    WRITTEN_COLUMNS,
    OutcomeTemplate,
    WrittenOutcome,
    read_outcomes,
    templates,
)
from folkmoot.outcomes.lint import Finding, in_years, lint, outcome_power, payment_beside
from folkmoot.parameters.reader import PACKAGED, packaged_text

FINDING_COLUMNS = ("outcome", "rule", "why", "better")
TEMPLATE_COLUMNS = (
    *("template", "stream", "name", "definition", "cohort", "level", "indicator", "data_source"),
    *("months_to_show", "baseline", "gaming", "state"),
)
STREAMS = tuple(dict.fromkeys(one.stream for one in templates()))


@click.command("templates")
@click.option("--stream", type=click.Choice(STREAMS), help="Only those of one stream.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write them.")
@force_option
@json_option
def templates_command(
    *, stream: str | None, csv_path: Path | None, force: bool, as_json: bool
) -> None:
    """List drafts of outcomes to write from: for whom, by what figure, and how they are gamed.

    For example:

        folkmoot outcomes templates --stream employment
    """
    found = [one for one in templates() if stream in (None, one.stream)]
    if csv_path is not None:
        rows = [_template_row(one) for one in found]
        write(csv_path, csv_text(TEMPLATE_COLUMNS, rows), force=force)
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(line for one in found for line in _template_lines(one)))


def _template_row(one: OutcomeTemplate) -> tuple[object, ...]:
    return (
        *(one.code, one.stream, one.name, one.definition, one.cohort, one.level, one.indicator),
        *(one.data_source, one.months_to_show, one.baseline, "; ".join(one.gaming), one.state),
    )


def _template_lines(one: OutcomeTemplate) -> Iterator[str]:
    yield f"{one.name}  [{one.stream}: {one.code}, {one.state.replace('_', ' ')}]"
    for said in (
        f"{one.definition}.",
        f"For: {one.cohort}.",
        f"Figure: {one.indicator}, from {one.data_source}; after {one.months_to_show} months.",
        f"Baseline: {one.baseline}.",
        f"Gamed by: {'; '.join(one.gaming)}.",
    ):
        yield _wrapped(said)
    yield ""


def _wrapped(said: str) -> str:
    return fill(said, 98, initial_indent="  ", subsequent_indent="    ")


@click.command("lint")
@click.argument("file", type=FILE, required=False)
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write the findings.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there is a finding.")
@click.option(
    "--template",
    type=FILE,
    metavar="FILE",
    help="Write made-up outcomes to fill in, as FILE.toml or FILE.csv.",
)
@force_option
@json_option
def lint_command(
    *,
    file: Path | None,
    csv_path: Path | None,
    strict: bool,
    template: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Look at outcomes written for a contract: what is wrong, why, and a better form.

    FILE is TOML, with a table for each outcome, or CSV, with a row for each. A finding is an
    observation, not a verdict. For example:

        folkmoot outcomes lint --template outcomes.toml

        folkmoot outcomes lint outcomes.toml
    """
    if (file is None) == (template is None):
        raise click.UsageError("Name a FILE, or write one with --template.")
    if template is not None:
        _write_template(template, force=force)
        return
    if csv_path is not None:
        check_free(csv_path, force=force)
    outcomes = read_outcomes(Path(str(file)))
    found = lint(outcomes)
    if csv_path is not None:
        rows = [(one.outcome, one.rule, one.why, one.better) for one in found]
        write(csv_path, csv_text(FINDING_COLUMNS, rows), force=force)
    if as_json:
        print_json(_summary(outcomes, found))
    else:
        click.echo("\n".join(_lines(outcomes, found)))
    if strict and found:
        raise SystemExit(1)


def _write_template(template: Path, *, force: bool) -> None:
    if template.suffix == ".csv":
        text = csv_text(WRITTEN_COLUMNS, map(_written_row, read_outcomes(PACKAGED / EXAMPLE)))
    else:
        text = packaged_text(EXAMPLE)
    write(template, text, force=force)
    click.echo(f"Written to {template}: made-up outcomes, to fill in.")


def _written_row(one: WrittenOutcome) -> tuple[object, ...]:
    return (one.code, *(_cell(getattr(one, name)) for name in WRITTEN_COLUMNS[1:]))


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name}={rate:g}" for name, rate in value.items())
    return value


def _lines(outcomes: Sequence[WrittenOutcome], found: Sequence[Finding]) -> Iterator[str]:
    for one in outcomes:
        yield f"{one.name}  [{one.code}]"
        power = outcome_power(one)
        if power is not None:
            yield _wrapped(
                f"If the aim is reached, {one.people:,} people show it in {in_years(power.power)}."
            )
        mine = [it for it in found if it.outcome == one.code]
        for number, it in enumerate(mine, 1):
            yield _wrapped(f"{number}. {it.rule[0].upper()}{it.rule[1:]}. {it.why}")
            yield _wrapped(f"   Better: {it.better}")
        if not mine:
            yield "  Nothing found."
        if one.payment_share is not None:
            yield _wrapped(
                f"{one.payment_share:.0%} of the contract waits for it. {payment_beside()}."
            )
        yield ""
    yield f"{len(found)} findings in {len(outcomes)} outcomes: observations, not verdicts."


def _summary(outcomes: Sequence[WrittenOutcome], found: Sequence[Finding]) -> dict[str, object]:
    return {
        "outcomes": [
            {
                "outcome": one.code,
                "power": outcome_power(one),
                "payment_share": one.payment_share,
                "findings": [it for it in found if it.outcome == one.code],
            }
            for one in outcomes
        ],
        "payment_beside": payment_beside(),
    }
